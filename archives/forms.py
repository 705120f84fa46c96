from django import forms

from accounts.models import Office
from accounts.models.places import OfficeKind
from tracks.forms import KeyForm, StepForm


class DossierStepForm(StepForm):
    own = {"send": ("office",)}

    office = forms.ModelChoiceField(
        label="接收机构",
        queryset=Office.objects.active().filter(kind=OfficeKind.ARCHIVE).order_by("path"),
        required=False,
        empty_label="人员接收区市的档案管理机构",
        help_text="原则上移交到接收地所在的区市档案管理机构，一般不用选择。",
    )

    def arguments(self):
        return {**super().arguments(), "targets": self.cleaned_data.get("office")}


class FactsForm(KeyForm):
    """Facts of one dossier, or the same facts of many: then an empty field leaves each as it is."""

    volumes = forms.IntegerField(label="册数", min_value=1, max_value=999, required=False)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=99_999, required=False)
    place = forms.CharField(label="移交前存放地", max_length=120, required=False)
    start_number = forms.CharField(
        label="起始档案编号", max_length=60, required=False, help_text="填写后，所选各卷按列表顺序从此编号起依次编号。"
    )
    number = forms.CharField(label="档案编号", max_length=60, required=False)
    shelf = forms.CharField(
        label="架位", max_length=60, required=False, help_text="库、区、列、架、层、位，如 一号库 3 区 2 列 5 架 4 层。"
    )

    def __init__(self, names, *args, dossier=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.names, self.dossier = names, dossier
        for name in set(self.fields) - {"key", *names}:
            del self.fields[name]
        if dossier:
            self.initial.update({name: getattr(dossier, name) for name in names})
        else:
            for name in names:
                if name != "start_number":
                    self.fields[name].help_text = "不填写的，各卷原有内容不变。"

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.values:
            raise forms.ValidationError("没有填写或改动任何内容，没有登记。请至少填写一项后再提交。")
        return cleaned

    @property
    def values(self):
        """The fields to write: of one dossier those that differ, of many those that are filled in."""
        data = {name: self.cleaned_data.get(name) for name in self.names}
        if self.dossier:
            return {name: value for name, value in data.items() if value != getattr(self.dossier, name)}
        return {name: value for name, value in data.items() if value not in (None, "")}
