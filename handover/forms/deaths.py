from django import forms
from django.utils import timezone

from tracks.forms import KeyForm


class DeathForm(KeyForm):
    died_on = forms.DateField(label="死亡日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        label="说明",
        max_length=500,
        error_messages={"required": "没有填写说明。登记去世须说明消息来源。请写明，如家属告知、死亡证明。"},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="消息来源、证明材料等。不要填写证件号码、电话等个人信息。",
    )

    def __init__(self, *args, born_on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.born_on = born_on
        self.fields["died_on"].error_messages = {
            "required": "没有填写死亡日期。停发待遇要以这一天为准。请填写。",
            "invalid": "填写的不是有效日期。请按 2026-11-23 的格式填写。",
        }

    def clean_died_on(self):
        day = self.cleaned_data["died_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("死亡日期在今天之后。请核对后改正。")
        if self.born_on and day < self.born_on:
            raise forms.ValidationError("死亡日期早于出生日期。请核对后改正。")
        return day
