"""The form in front of a step: the reason that the machine asks for, and the key that makes the act happen once."""

from django import forms

from weihai_transfer.lib.fields import new_id


class KeyForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = new_id


class StepForm(KeyForm):
    """`own` of a subclass names its further fields by step; those of other steps are left out."""

    own = {}

    reason_code = forms.ChoiceField(label="原因")
    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明具体情况，办理记录中保留。",
    )

    def __init__(self, step, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        wanted = {"key", *self.own.get(step.name, ())}
        if step.reasons:
            wanted |= {"reason_code", "reason"}
            self.fields["reason_code"].choices = [("", "请选择"), *step.reasons]
        if step.needs_text:
            wanted.add("reason")
        self.fields["reason"].required = step.needs_text
        for name in set(self.fields) - wanted:
            del self.fields[name]
        self.order_fields([*self.own.get(step.name, ()), "reason_code", "reason"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason_code") == "other" and not cleaned.get("reason"):
            self.add_error("reason", "原因选择“其他”时须写明具体情况。请填写后再提交。")
        return cleaned

    @property
    def asks(self):
        """Whether there is anything to fill in."""
        return bool(self.visible_fields())

    def arguments(self):
        """What a case, dossier or membership service takes by keyword."""
        data = self.cleaned_data
        return {"key": data["key"], "reason_code": data.get("reason_code", ""), "reason": data.get("reason", "")}
