"""What a step asks for: the form is built from the table of steps and of their effects."""

from django import forms
from django.utils import timezone

from handover import receivers
from handover.services.effects import EFFECTS
from tracks.forms import KeyForm

NO_PERSONAL_DATA = "不要填写证件号码、电话等个人信息。"


class StepForm(KeyForm):
    """`offices`: [(heading, [Office])] to choose the receiver from; `must_choose`: whether one has to be chosen."""

    def __init__(self, step, *args, offices=(), must_choose=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        if receivers.asks_for_office(step):
            self._ask_office(offices, must_choose)
        if step.reasons:
            self._ask_reason_code()
        if step.needs_reason:
            self._ask_reason()
        for name in EFFECTS[step.name].asks:
            self.fields[name] = ASKED[name](step)

    def _ask_office(self, offices, must_choose):
        self.offices = {str(office.pk): office for _, group in offices for office in group}
        label, hint = _office_words(self.step, must_choose)
        self.fields["target"] = forms.ChoiceField(
            label=label,
            required=must_choose,
            choices=[("", "请选择"), *_grouped(offices)],
            help_text=hint,
            error_messages={
                "required": f"没有选择接收单位，{self.step.label}没有进行。请选择后再提交。",
                "invalid_choice": f"所选单位不在可选范围内，{self.step.label}没有进行。请从列表中重新选择。",
            },
        )

    def _ask_reason_code(self):
        self.fields["reason_code"] = forms.ChoiceField(
            label="原因",
            choices=[("", "请选择"), *self.step.reasons],
            error_messages={
                "required": f"没有选择原因，{self.step.label}没有进行。请选择原因后再提交。",
                "invalid_choice": f"原因不在可选范围内，{self.step.label}没有进行。请重新选择。",
            },
        )

    def _ask_reason(self):
        hint = "写明具体情况和需要对方做什么。" if self.step.needs_text else "选择“其他”时必填。"
        self.fields["reason"] = forms.CharField(
            label="具体说明",
            required=self.step.needs_text,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=hint + NO_PERSONAL_DATA,
            error_messages={"required": f"没有填写具体说明，{self.step.label}没有进行。请填写后再提交。"},
        )

    def clean_target(self):
        return self.offices.get(self.cleaned_data["target"])

    def clean(self):
        values = super().clean()
        if (
            values.get("reason_code") == "other"
            and not values.get("reason", "").strip()
            and "reason" not in self.errors
        ):
            self.add_error("reason", "原因选择了“其他”，而没有写明情况。请写明后再提交。")
        return values

    @property
    def is_empty(self):
        """Whether the step asks for nothing at all."""
        return not self.visible_fields()

    @property
    def reason_code(self):
        return self.cleaned_data.get("reason_code", "")

    @property
    def reason(self):
        return self.cleaned_data.get("reason", "")

    @property
    def target(self):
        return self.cleaned_data.get("target")

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in EFFECTS[self.step.name].asks}


def asks_nothing(step):
    return not (step.needs_reason or receivers.asks_for_office(step) or EFFECTS[step.name].asks)


def _office_words(step, must_choose):
    if step.name in receivers.SUBMITTING:
        return "接收区市", "" if must_choose else "不选的，按地址判断的区市上报。"
    if EFFECTS[step.name].target == "area":
        return "转往的区市、开发区", ""
    if EFFECTS[step.name].target == "community_below":
        return "接收社区", ""
    return "接收的镇（街道）或社区", "可在列表中键入名称的头几个字查找。"


def _grouped(offices):
    if len(offices) == 1 and not offices[0][0]:
        return [(str(office.pk), str(office)) for office in offices[0][1]]
    return [(heading, [(str(office.pk), str(office)) for office in group]) for heading, group in offices]


def _card(step):
    return forms.CharField(
        label="联系卡编号",
        max_length=40,
        error_messages={"required": "没有填写联系卡编号。请按发给本人的联系卡填写后再提交。"},
    )


def _contacted_on(step):
    return DayGoneBy(
        label="首次联系日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "没有填写首次联系日期。请填写后再提交。",
            "invalid": "填写的不是有效日期。请按 2026-11-23 的格式填写。",
        },
    )


def _place(step):
    return forms.CharField(
        label="市外接收单位",
        max_length=120,
        help_text="填写到镇（街道）或社区，如“烟台市芝罘区示例街道”。",
        error_messages={"required": "没有填写市外接收单位。请填写接收地的镇（街道）或社区名称后再提交。"},
    )


class DayGoneBy(forms.DateField):
    def validate(self, value):
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError("日期在今天之后。请核对后改正。")


ASKED = {"contact_card": _card, "contacted_on": _contacted_on, "outside_place": _place}
