from django import forms

from accounts.forms.keyed import KeyedForm, ReasonForm


class AskForm(KeyedForm):
    """Which columns; and whether masked values are wanted in full, with the reason that it takes."""

    columns = forms.MultipleChoiceField(
        label="列",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "没有选择列。请至少选择一列。"},
    )
    clear = forms.BooleanField(label="包含完整的身份证号、电话、地址（不脱敏）", required=False)
    reason = forms.CharField(
        label="用途",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不脱敏的必须填写，批准人会看到。不要写入个人的姓名和号码。",
    )

    def __init__(self, columns, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = [(column.name, column.label) for column in columns]
        self.fields["columns"].initial = [column.name for column in columns if column.chosen]
        if not any(column.clear for column in columns):
            del self.fields["clear"]

    def clean(self):
        given = super().clean()
        if given.get("clear") and not (given.get("reason") or "").strip():
            self.add_error("reason", "不脱敏的导出没有填写用途。请写明为什么需要完整的号码、电话或者地址。")
        return given

    def arguments(self):
        given = self.cleaned_data
        return {
            "columns": given["columns"],
            "masked": not given.get("clear"),
            "reason": given["reason"],
            "key": given["key"],
        }


class RefuseForm(ReasonForm):
    """Why somebody's request is not agreed to; he reads it."""

    reason = forms.CharField(
        label="不批准的理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="申请人会看到。"
    )
