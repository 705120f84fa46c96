"""Assumptions of a forecast, read from the address: it writes nothing, so it can be kept and sent on."""

from decimal import Decimal

from django import forms

from accounts.models import Enterprise
from benefits.decision import Choices

AS_SET, YES, NO = "", "1", "0"
LUMP = ((AS_SET, "按已登记的协商情况"), (YES, "全部一次性支付"), (NO, "全部不一次性支付"))


def _choice(label):
    return forms.ChoiceField(label=label, required=False, choices=((AS_SET, "按本市现行口径"), (YES, "是"), (NO, "否")))


class WhatIfForm(forms.Form):
    enterprise = forms.ModelChoiceField(
        label="企业（含所属企业）", queryset=Enterprise.objects.none(), empty_label=None, to_field_name="code"
    )
    lump = forms.ChoiceField(label="一次性支付", required=False, choices=LUMP)
    vulnerable = _choice("弱势群体保留优先于企业年金停发")
    annuity = _choice("已实施企业年金的，已退休人员也停发")
    years = forms.DecimalField(
        label="人口平均预期寿命（岁）",
        required=False,
        min_value=Decimal(50),
        max_value=Decimal(110),
        max_digits=5,
        decimal_places=2,
        help_text="不填按本市现行数值。",
    )

    def __init__(self, enterprises, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises

    def choices(self, standing):
        """The decision.Choices to reckon with: what was chosen here, else what the city has set (`standing`)."""
        given = self.cleaned_data
        return Choices(
            vulnerable_before_annuity=_read(given["vulnerable"], standing.vulnerable_before_annuity),
            annuity_ends_existing=_read(given["annuity"], standing.annuity_ends_existing),
        )

    @property
    def all_lump(self):
        return _read(self.cleaned_data["lump"], None)


def _read(text, otherwise):
    return otherwise if text == AS_SET else text == YES


class BudgetForm(forms.Form):
    enterprise = forms.ModelChoiceField(
        label="企业（含所属企业）", queryset=Enterprise.objects.none(), empty_label=None, to_field_name="code"
    )
    first_year = forms.IntegerField(label="起始年份", min_value=2020, max_value=2100)

    def __init__(self, enterprises, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises
