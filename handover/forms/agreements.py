"""What agreements ask for: the parties, the plan, a signature."""

from django import forms

from accounts.forms.keyed import day_field
from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from handover.agreements import plan
from handover.states.agreements import SIGNING
from tracks.forms import KeyForm, StepForm
from weihai_transfer.lib import clock

SIGNATURE = ("signed_on", "signer", "signer_title")


class PartiesForm(KeyForm):
    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(),
        label="移交企业",
        empty_label="请选择",
        help_text="由本市范围内最高一级企业统一签订，所属企业的人员一并列入。",
        error_messages={"required": "没有选择移交企业，没有起草。请选择后再提交。"},
    )
    area = forms.ModelChoiceField(
        Office.objects.active().filter(kind=OfficeKind.AREA).order_by("path"),
        label="接收区市",
        empty_label="请选择",
        error_messages={"required": "没有选择接收区市，没有起草。请选择后再提交。"},
    )

    def __init__(self, enterprises, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises
        if len(enterprises) == 1:
            self.fields["enterprise"].initial = enterprises[0]


class PlanForm(KeyForm):
    """The figures, the lines of the timetable, the texts. `version` tells how the plan stood when it was read."""

    version = forms.CharField(widget=forms.HiddenInput)
    people = forms.IntegerField(label="移交人数", min_value=0, max_value=999_999, required=False)
    members = forms.IntegerField(label="其中党员", min_value=0, max_value=999_999, required=False)
    dossiers = forms.IntegerField(label="人事档案（份）", min_value=0, max_value=999_999, required=False)
    dossier_volumes = forms.IntegerField(label="档案册数", min_value=0, max_value=9_999_999, required=False)
    assets = forms.IntegerField(label="资产（项）", min_value=0, max_value=99_999, required=False)
    assets_area = forms.DecimalField(
        label="资产面积（㎡）", min_value=0, max_digits=14, decimal_places=2, required=False
    )
    assets_value = forms.DecimalField(
        label="资产原值（元）", min_value=0, max_digits=16, decimal_places=2, required=False
    )
    contingency = forms.CharField(
        label="应急预案",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="联系不上的人员、途中遗失的档案、集中反映的问题等情况如何处理，由谁负责。",
    )
    fees = forms.CharField(
        label="费用约定",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="档案整理等费用的约定；没有的不填。",
    )

    def __init__(self, agreement, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*plan.FIGURES, "contingency", "fees"):
            self.fields[name].initial = getattr(agreement, name)
        self.fields["version"].initial = plan.version_of(agreement)
        for at in range(plan.ROWS):
            row = agreement.timetable[at] if at < len(agreement.timetable) else {}
            place = f"第 {at + 1} 项"
            self.fields[f"until_{at}"] = day_field(f"{place}完成时间", required=False, initial=row.get("until"))
            self.fields[f"work_{at}"] = forms.CharField(
                label=f"{place}工作内容", max_length=120, required=False, initial=row.get("work")
            )
            self.fields[f"side_{at}"] = forms.ChoiceField(
                label=f"{place}责任方", choices=plan.WHO, required=False, initial=row.get("side", "both")
            )

    @property
    def figures(self):
        return [self[name] for name in plan.FIGURES]

    @property
    def lines(self):
        return [(self[f"until_{at}"], self[f"work_{at}"], self[f"side_{at}"]) for at in range(plan.ROWS)]

    def clean(self):
        given = super().clean()
        for at in range(plan.ROWS):
            until, work = given.get(f"until_{at}"), given.get(f"work_{at}")
            if work and not until and f"until_{at}" not in self.errors:
                self.add_error(f"until_{at}", "写了工作内容，没有填写完成时间。请填写日期。")
            if until and not work:
                self.add_error(f"work_{at}", "写了完成时间，没有填写工作内容。请填写后再保存。")
        return given

    @property
    def values(self):
        given = self.cleaned_data
        rows = [
            {"until": f"{given[f'until_{at}']}", "work": given[f"work_{at}"], "side": given[f"side_{at}"] or "both"}
            for at in range(plan.ROWS)
            if given[f"work_{at}"]
        ]
        return {name: given[name] for name in (*plan.FIGURES, "contingency", "fees")} | {
            "timetable": sorted(rows, key=lambda row: row["until"])
        }


class AgreementStepForm(StepForm):
    own = {"propose": ("reason",), "agree": ("reason",), **dict.fromkeys(SIGNING, SIGNATURE)}

    signed_on = day_field("签订日期", initial=clock.today, help_text="协议上写的日期。")
    signer = forms.CharField(label="签字人", max_length=60)
    signer_title = forms.CharField(label="职务", max_length=60, help_text="如法定代表人、分管负责人。")

    def __init__(self, step, *args, **kwargs):
        super().__init__(step, *args, **kwargs)
        if "reason" in self.fields and not step.needs_text:
            self.fields["reason"].label, self.fields["reason"].help_text = "说明", "可以不填。对方在协商记录中看到。"
        elif step.name in ("comment", "reopen", "withdraw"):
            self.fields["reason"].label, self.fields["reason"].help_text = "意见", "写明需要修改什么。双方都能看到。"

    def arguments(self):
        given = {name: self.cleaned_data[name] for name in SIGNATURE if name in self.fields}
        return {**super().arguments(), "values": given}
