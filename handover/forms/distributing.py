from django import forms

from handover import reasons
from tracks.forms import KeyForm


class ActKey(KeyForm):
    """The key alone, for forms whose fields are rows of a table."""


class RedirectForm(forms.Form):
    """Why a whole group goes to another area."""

    reason_code = forms.ChoiceField(
        label="转出原因",
        choices=[("", "请选择"), *reasons.REDIRECT],
        error_messages={
            "required": "没有选择转出原因，没有转出。请选择后再提交。",
            "invalid_choice": "转出原因不在可选范围内，没有转出。请重新选择。",
        },
    )
    reason = forms.CharField(
        label="具体说明",
        required=False,
        max_length=500,
        help_text="选择“其他”时必填。不要填写证件号码、电话等个人信息。",
    )

    def clean(self):
        values = super().clean()
        if values.get("reason_code") == "other" and not values.get("reason", "").strip():
            self.add_error("reason", "原因选择了“其他”，而没有写明情况。请写明后再提交。")
        return values
