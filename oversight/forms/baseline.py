from django import forms

from accounts.forms.keyed import KeyedForm
from oversight.models import ChangeKind

AREA = forms.Textarea(attrs={"rows": 3})


class FreezeForm(KeyedForm):
    source = forms.CharField(label="依据", max_length=200, help_text="数据来源，如调查摸底、文件名称和文号。")
    reason = forms.CharField(
        label="重新冻结的理由",
        max_length=200,
        widget=AREA,
        help_text="原基线和原来登记的变动都保留，变动从新基线重新起算。",
    )

    def __init__(self, replaces, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not replaces:
            del self.fields["reason"]


class RecordForm(KeyedForm):
    """Under which kind, and why; offered are the kinds that fit the line of the bridge."""

    kind = forms.ChoiceField(label="变动类别")
    reason = forms.CharField(
        label="变动理由", max_length=500, widget=AREA, help_text="写明情况和依据，变动记录中保留。"
    )

    def __init__(self, kinds, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, ChangeKind(kind).label) for kind in kinds]

    def arguments(self):
        return {name: self.cleaned_data[name] for name in ("kind", "reason", "key")}
