"""The tapering plan of an enterprise, the life expectancy of the city."""

from decimal import Decimal

from django import forms

from accounts.forms.keyed import day_field
from accounts.models import Enterprise
from benefits.models.plans import LONGEST
from tracks.forms import KeyForm


def _percent(label, required=False):
    return forms.DecimalField(
        label=label, min_value=0, max_value=100, max_digits=5, decimal_places=2, required=required
    )


class PlanForm(KeyForm):
    enterprise = forms.ModelChoiceField(label="企业", queryset=Enterprise.objects.none())
    first_day = day_field("过渡期起算日")
    # The service refuses a longer one with the clause.
    years = forms.IntegerField(label="过渡期（年）", min_value=1, max_value=99, initial=LONGEST)
    first_percent = _percent("第一年比例（%）", required=True)
    second_percent = _percent("第二年比例（%）")
    third_percent = _percent("第三年比例（%）")
    document = forms.CharField(label="方案文号", max_length=80)

    def __init__(self, enterprises, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises

    @property
    def percents(self):
        given = self.cleaned_data
        found = [given["first_percent"], given["second_percent"], given["third_percent"]]
        return found[: given["years"]]


class ExpectancyForm(KeyForm):
    since = day_field("自何日起采用")
    years = forms.DecimalField(
        label="预期寿命（岁）", min_value=Decimal(50), max_value=Decimal(110), max_digits=5, decimal_places=2
    )
    year = forms.IntegerField(label="统计年份", min_value=1990, max_value=2100)
    source = forms.CharField(label="来源", max_length=200, help_text="公布机关和文件，例如统计公报的名称和年份。")
