from django import forms

from accounts.forms.keyed import day_field
from accounts.models import Office
from accounts.models.places import OfficeKind
from benefits.models import AmountKind, Payer, Scheme
from benefits.services import medical
from tracks.forms import StepForm
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

CHOOSE = ("", "请选择")
DAYS = ("agreed_on", "handed_on", "taken_over_on")
RESPONSIBLE = (OfficeKind.BUREAU, OfficeKind.AREA)


class MedicalStepForm(StepForm):
    own = {name: (*fields, *medical.ALSO.get(name, ())) for name, fields in medical.GIVEN.items()}

    scheme = forms.ChoiceField(label="原参保方式", choices=[CHOOSE, *Scheme.choices])
    amount = forms.DecimalField(
        label="衔接费用（元）",
        min_value=0,
        max_digits=11,
        decimal_places=2,
        help_text="每人的金额，一次性补缴或每年缴费；不需缴费的填 0。",
    )
    amount_kind = forms.ChoiceField(label="费用方式", choices=[CHOOSE, *AmountKind.choices])
    payer = forms.ChoiceField(label="费用承担", choices=[CHOOSE, *Payer.choices])
    bureau = forms.ModelChoiceField(
        label="经办部门",
        queryset=Office.objects.active().filter(kind__in=RESPONSIBLE).order_by("kind", "path"),
        empty_label="请选择",
        help_text="负责接续的医保部门或区市。",
    )
    agreed_on = day_field("商定日期")
    contribution_proof = forms.BooleanField(label="缴费年限证明", required=False)
    insurance_proof = forms.BooleanField(label="参保凭证", required=False)
    application_form = forms.BooleanField(label="转移接续申请表", required=False)
    other_document = forms.CharField(label="其他材料", max_length=120, required=False, help_text="没有的不填。")
    handed_on = day_field("移交日期")
    taken_over_on = day_field("接续日期")
    insured_place = forms.CharField(label="接续后参保地", max_length=80, help_text="如 威海市环翠区。")

    def __init__(self, step, *args, transfer=None, **kwargs):
        super().__init__(step, *args, **kwargs)
        for name in DAYS:
            if name in self.fields:
                self.fields[name].initial = clock.today
        if transfer:
            # What was proposed before and sent back stands in the form again.
            names = [name for name in medical.PLAN if name in self.fields]
            self.initial.update({name: getattr(transfer, name) for name in names})

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                medical.checked(self.step.name, cleaned)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return cleaned

    def arguments(self):
        values = {name: self.cleaned_data.get(name) for name in self.own.get(self.step.name, ())}
        return {**super().arguments(), "values": values}
