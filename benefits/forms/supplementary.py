from django import forms

from accounts.forms.keyed import day_field
from accounts.models import Enterprise
from benefits.models import PlanKind
from tracks.forms import KeyForm
from tracks.sheets import SheetForm
from weihai_transfer.lib import clock, scans

CHOOSE = ("", "请选择")
FROM_TODAY = "从这一天起按此水平执行。"


class LevelFields(KeyForm):
    """What a plan gives: by the year, by the share of a bill, or both."""

    amount = forms.DecimalField(
        label="每人每年（元）",
        min_value=0,
        max_digits=9,
        decimal_places=2,
        required=False,
        help_text="没有定额的不填。",
    )
    percent = forms.DecimalField(
        label="报销比例（%）",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text="没有比例的不填；两项至少填一项。",
    )
    document = forms.CharField(label="依据文件", max_length=160, help_text="文件名称和文号。")

    @property
    def level(self):
        return {name: self.cleaned_data[name] for name in ("amount", "percent", "document")}


class PlanForm(LevelFields):
    enterprise = forms.ModelChoiceField(label="企业", queryset=Enterprise.objects.none())
    kind = forms.ChoiceField(label="种类", choices=[CHOOSE, *PlanKind.choices])
    name = forms.CharField(label="名称", max_length=80)
    channel = forms.CharField(
        label="解决渠道",
        max_length=80,
        required=False,
        help_text="由企业自行解决的不填；由其他单位办理的写明单位名称。",
    )
    since = day_field("实行日期")

    field_order = ("enterprise", "kind", "name", "channel", "since", "amount", "percent", "document")

    def __init__(self, enterprises, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises


class LevelForm(LevelFields):
    since = day_field("起始日期", help_text=FROM_TODAY)
    decided_by = forms.CharField(
        label="决定单位",
        max_length=80,
        required=False,
        help_text="待遇水平降低时必须填写（二(五)）；不降低的，以下四项不填。",
    )
    decision_number = forms.CharField(label="决定文号", max_length=80, required=False)
    decided_on = day_field("决定日期", required=False)
    file = forms.FileField(
        label="决定文件扫描件",
        required=False,
        widget=forms.FileInput(attrs={"accept": scans.ACCEPT}),
        help_text=scans.WORDS,
    )

    field_order = ("since", "amount", "percent", "document")

    @property
    def decision(self):
        return {name: self.cleaned_data[name] for name in ("decided_by", "decision_number", "decided_on")}


class CoverForm(KeyForm):
    since = day_field("起始日期", initial=clock.today, help_text="从这一天起享受本项待遇。")


class EndForm(KeyForm):
    ended_on = day_field("终止日期", initial=clock.today)
    decided_by = forms.CharField(label="决定单位", max_length=80)
    decision_number = forms.CharField(label="决定文号", max_length=80)

    def arguments(self):
        return {name: self.cleaned_data[name] for name in ("ended_on", "decided_by", "decision_number", "key")}


class CoverSheetForm(SheetForm):
    since = day_field("起始日期", initial=clock.today)
