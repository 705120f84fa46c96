"""What an item asks for, entered or changed."""

import json
from datetime import date
from decimal import Decimal

from django import forms

from accounts.forms.keyed import day_field
from benefits.codes import ItemKind, Period
from benefits.services.items import FACTS
from tracks.forms import KeyForm

CHANGING = tuple(name for name in FACTS if name != "raise_approval")


class ItemForm(KeyForm):
    kind = forms.ChoiceField(label="项目", choices=[("", "请选择"), *ItemKind.choices])
    name = forms.CharField(label="项目名称", max_length=60, required=False, help_text="项目选择“其他”的必须填写。")
    rate = forms.DecimalField(label="标准（元）", max_digits=11, decimal_places=2)
    period = forms.ChoiceField(label="发放方式", choices=[("", "请选择"), *Period.choices])
    times = forms.IntegerField(
        label="每年次数", min_value=0, max_value=12, required=False, help_text="只有按节日发放的填写。"
    )
    since = day_field("开始发放时间")
    basis = forms.CharField(label="发放依据", max_length=200, required=False, help_text="文件名称和文号。")
    payer = forms.CharField(label="发放渠道", max_length=120, required=False)
    met_old_rules = forms.BooleanField(label="符合原有关规定", required=False, initial=True)
    lump_agreed = forms.BooleanField(label="与退休人员协商一致，一次性支付", required=False)

    @property
    def values(self):
        given = {name: self.cleaned_data[name] for name in self.fields if name not in ("key", "reason", "version")}
        return given | {"times": given["times"] or 0}


class ItemChangeForm(ItemForm):
    """The kind and the name say which item it is; they stay."""

    raise_approval = forms.CharField(
        label="提高标准的批准文号",
        max_length=60,
        required=False,
        help_text="原则上不再提高发放标准（二(六)）；确经批准提高的才填写。",
    )
    reason = forms.CharField(label="修改理由", max_length=300)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, item, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["kind"], self.fields["name"]
        self.initial.update({name: getattr(item, name) for name in CHANGING})
        self.initial["version"] = json.dumps({name: str(getattr(item, name)) for name in FACTS}, ensure_ascii=False)

    def clean_version(self):
        """{field: value} as the form showed them; what cannot be read is no version that anybody has seen."""
        try:
            said = json.loads(self.cleaned_data["version"])
            return {name: READ.get(name, str)(said[name]) for name in FACTS}
        except (ValueError, KeyError, TypeError, ArithmeticError):
            raise forms.ValidationError("表单已失效，没有保存。请刷新后重新填写。") from None


def _flag(text):
    return text == "True"


READ = {
    "rate": Decimal,
    "times": int,
    "since": date.fromisoformat,
    "met_old_rules": _flag,
    "lump_agreed": _flag,
}


class RemoveForm(KeyForm):
    reason = forms.CharField(label="移去的理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
