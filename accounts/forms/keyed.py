from django import forms

from weihai_transfer.lib.fields import new_id


class KeyedForm(forms.Form):
    """A form whose hidden key makes its act happen once, however often it is sent."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=new_id,
        error_messages={
            "required": "表单缺少编号，没有办理。请刷新页面后重新填写。",
            "invalid": "表单编号有误，没有办理。请刷新页面后重新填写。",
        },
    )


class ReasonForm(KeyedForm):
    """Nothing but the reason, for an act that is dangerous or must be accounted for."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


def day_field(label, **options):
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)
