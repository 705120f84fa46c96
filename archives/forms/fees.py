from django import forms

from accounts.forms.keyed import day_field
from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from archives.forms.enterprises import usual
from archives.services.fees import GIVEN
from tracks.forms import KeyForm, StepForm
from weihai_transfer.lib import clock


class FeeForm(KeyForm):
    enterprise = forms.ModelChoiceField(label="移交企业", queryset=Enterprise.objects.none())
    office = forms.ModelChoiceField(
        label="档案管理机构", queryset=Office.objects.active().filter(kind=OfficeKind.ARCHIVE).order_by("path")
    )
    assessor = forms.ModelChoiceField(
        label="评估机构", queryset=Office.objects.active().filter(kind=OfficeKind.ASSESSOR).order_by("path")
    )
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, enterprises, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises
        self.fields["enterprise"].initial = usual(enterprises)


class FeeStepForm(StepForm):
    own = GIVEN

    count = forms.IntegerField(label="卷数", min_value=1, max_value=9_999_999)
    unit_price = forms.DecimalField(label="单价（元/卷）", min_value=0, max_digits=9, decimal_places=2)
    report_number = forms.CharField(label="评估报告编号", max_length=60)
    assessed_on = day_field("评估日期")
    voucher = forms.CharField(label="支付凭证号", max_length=60, help_text="一次性支付；凭证扫描件在“文书”中上传。")
    paid_on = day_field("支付日期")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("assessed_on", "paid_on"):
            if name in self.fields:
                self.fields[name].initial = clock.today

    def arguments(self):
        values = {name: self.cleaned_data[name] for name in self.own.get(self.step.name, ())}
        return {**super().arguments(), "values": values}
