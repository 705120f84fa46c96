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
