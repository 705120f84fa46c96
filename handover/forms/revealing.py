from django import forms

PURPOSES = (
    ("contact", "联系本人或家属"),
    ("identity", "核对身份"),
    ("address", "核对住址，确定接收地"),
    ("papers", "填写、核对移交材料"),
    ("benefits", "办理待遇或医保衔接"),
    ("other", "其他"),
)


class RevealForm(forms.Form):
    purpose = forms.ChoiceField(label="查看原因", choices=PURPOSES, widget=forms.RadioSelect)
    note = forms.CharField(
        label="具体情况",
        max_length=200,
        required=False,
        help_text="选择“其他”时必填。不要填写证件号码、电话等个人信息。",
    )

    def clean(self):
        values = super().clean()
        if values.get("purpose") == "other" and not values.get("note", "").strip():
            self.add_error("note", "选择了“其他”，而没有写明情况。查看完整信息须有理由。请写明后再提交。")
        return values

    @property
    def reason(self):
        label = dict(PURPOSES)[self.cleaned_data["purpose"]]
        note = self.cleaned_data["note"].strip()
        return f"{label}：{note}" if note else label
