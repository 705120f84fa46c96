import re

from django import forms

from archives.models.catalogue import WhyMissing
from archives.schemes import schemes
from archives.services import catalogue
from tracks.forms import KeyForm

ONE_CLASS = re.compile(r"(\S{1,20})\s+(\S.{0,59})")


class MaterialForm(KeyForm):
    cls = forms.ChoiceField(label="类号")
    title = forms.CharField(label="材料名称", max_length=160)
    year = forms.IntegerField(label="年", min_value=1900, max_value=2100, required=False)
    month = forms.IntegerField(label="月", min_value=1, max_value=12, required=False)
    day = forms.IntegerField(label="日", min_value=1, max_value=31, required=False)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=999, initial=1)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=9999, initial=1)
    remark = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [
            (scheme.name, [(f"{scheme.code}:{code}", f"{code} {name}") for code, name in scheme.classes])
            for scheme in schemes().values()
        ]
        self.fields["cls"].choices = [("", "请选择"), *groups]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for fault in catalogue.faults(self.values):
                self.add_error(None, fault)
        return cleaned

    @property
    def values(self):
        scheme, _, code = self.cleaned_data["cls"].partition(":")
        names = set(catalogue.FIELDS) - {"scheme", "class_code"}
        return {"scheme": scheme, "class_code": code, **{name: self.cleaned_data[name] for name in names}}


class MissingForm(KeyForm):
    class_code = forms.ChoiceField(label="类号", required=False)
    title = forms.CharField(label="缺少的材料", max_length=160, help_text="逐份写明，如 1993年工资变动审批表。")
    why = forms.ChoiceField(label="原因", choices=[("", "请选择"), *WhyMissing.choices])
    text = forms.CharField(label="情况说明", max_length=300, required=False)
    remedy = forms.CharField(label="补救办法", max_length=120, required=False, help_text="如 向市档案馆查档后补交。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = {code: f"{code} {name}" for scheme in schemes().values() for code, name in scheme.classes}
        self.fields["class_code"].choices = [("", "未分类"), *known.items()]


class SchemeForm(KeyForm):
    code = forms.SlugField(label="代码", max_length=20, help_text="英文字母和数字，如 four。")
    name = forms.CharField(label="名称", max_length=60)
    classes = forms.CharField(
        label="类目",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="每行一类：类号、空格、名称，如 四-1 学历学位。",
    )

    def clean_classes(self):
        found = []
        for at, line in enumerate(filter(None, map(str.strip, self.cleaned_data["classes"].splitlines())), 1):
            match = ONE_CLASS.fullmatch(line)
            if match is None:
                raise forms.ValidationError(f"第 {at} 行“{line[:20]}”应为类号、空格、名称。请改正。")
            found.append(list(match.groups()))
        if len({code for code, _ in found}) != len(found):
            raise forms.ValidationError("有重复的类号。请改正。")
        return found
