from django import forms

from accounts.forms.keyed import KeyedForm, day_field


class StageForm(KeyedForm):
    first_day = day_field("开始日期")
    last_day = day_field("结束日期", required=False, help_text="没有结束日期的不填。")
    signing_by = day_field(
        "协议签订目标日期", required=False, help_text="本阶段没有签订目标的不填。各阶段中最晚的一个为现行目标。"
    )
    source = forms.CharField(label="依据", max_length=200, help_text="如文件名称、文号和条款。")

    def clean(self):
        given = super().clean()
        first = given.get("first_day")
        for name, label in (("last_day", "结束日期"), ("signing_by", "协议签订目标日期")):
            if first and given.get(name) and given[name] < first:
                self.add_error(name, f"{label}早于开始日期，没有设定。请核对后重新填写。")
        return given


class TargetForm(KeyedForm):
    """`dated`: whether the target has a day of its own; the day of signing is the stage's."""

    percent = forms.DecimalField(
        label="目标（%）",
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=100,
        required=False,
        help_text="本阶段不设这项目标的留空。",
    )
    due_on = day_field("目标日期", required=False)
    source = forms.CharField(label="依据", max_length=200, help_text="如文件名称、文号和条款。")

    def __init__(self, first_day, dated, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.first_day = first_day
        if not dated:
            del self.fields["due_on"]

    def clean_percent(self):
        percent = self.cleaned_data["percent"]
        if percent == 0:
            raise forms.ValidationError("目标须大于 0，没有设定。不设目标的请留空。")
        return percent

    def clean(self):
        given = super().clean()
        if "due_on" in self.fields and not self.errors:
            percent, day = given.get("percent"), given.get("due_on")
            if percent is not None and day is None:
                self.add_error("due_on", "填写了目标的须填写目标日期，没有设定。请补充后再提交。")
            elif percent is None and day is not None:
                self.add_error("percent", "填写了目标日期的须填写目标，没有设定。不设目标的请将日期也留空。")
            elif day and day < self.first_day:
                self.add_error("due_on", "目标日期早于阶段开始日期，没有设定。请核对后重新填写。")
        return given
