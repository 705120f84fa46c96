from django import forms

from accounts.forms.keyed import KeyedForm, ReasonForm, day_field
from accounts.models import Office
from accounts.models.places import EnterpriseLevel
from oversight.models import FinanceLevel, FundingBudget, FundingLine
from weihai_transfer.lib import clock

CHOOSE = ("", "请选择")


class CounterForm(ReasonForm):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label="冲销理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如金额录入错误、文件作废。原记录和冲销记录都保留。",
    )


class RateForm(KeyedForm):
    level = forms.ChoiceField(label="企业隶属关系", choices=[CHOOSE, *EnterpriseLevel.choices])
    since = day_field("自何日起", initial=clock.today)
    per_head = forms.DecimalField(label="标准（元/人·年）", max_digits=9, decimal_places=2, min_value=0)
    source = forms.CharField(label="依据", max_length=200, help_text="如文件名称、文号和条款。")
    reason = forms.CharField(
        label="更正理由",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="开始日期早于今天，或同一开始日期已有标准的，须写明理由。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for finance in FinanceLevel:
            self.fields[finance.value] = forms.DecimalField(
                label=f"{finance.label}负担（%）", max_digits=5, decimal_places=2, min_value=0, max_value=100, initial=0
            )
        self.order_fields(["level", "since", "per_head", *FinanceLevel.values, "source", "reason"])

    def arguments(self):
        given = self.cleaned_data
        shares = {finance: given[finance.value] for finance in FinanceLevel}
        return {name: given[name] for name in ("level", "since", "per_head", "source", "reason", "key")} | {
            "shares": shares
        }


class EntryForm(KeyedForm):
    """A budget or a payment; offered are the areas and the levels of finance whose money the user enters."""

    area = forms.ModelChoiceField(label="区市", queryset=Office.objects.none())
    year = forms.TypedChoiceField(label="年度", coerce=int)
    finance = forms.ChoiceField(label="负担级次")
    line = forms.ChoiceField(
        label="预算来源",
        choices=[CHOOSE, *FundingLine.choices],
        help_text="由国有资本经营预算安排的，列 223 国有资本经营预算支出的 2230105 科目。",
    )
    amount = forms.DecimalField(label="金额（元）", max_digits=14, decimal_places=2, min_value=0)
    document = forms.CharField(label="预算文件", max_length=120, help_text="名称和文号。")
    paid_on = day_field("拨付日期", initial=clock.today)
    voucher = forms.CharField(label="凭证号", max_length=60)

    def __init__(self, model, areas, finances, years, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas
        self.fields["year"].choices = [(year, f"{year} 年") for year in years]
        self.fields["finance"].choices = [(one.value, one.label) for one in finances]
        for name in ("paid_on", "voucher") if model is FundingBudget else ("document",):
            del self.fields[name]

    def arguments(self):
        return dict(self.cleaned_data)
