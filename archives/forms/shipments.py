"""Forms about shipments: who carries them, what was found, who signed."""

from django import forms

from accounts.forms.keyed import day_field
from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from archives.forms.enterprises import usual
from archives.models.shipments import Way
from archives.services.checking import OUTCOMES
from archives.services.shipments import CARRYING
from archives.states import RETURN
from tracks.forms import KeyForm, StepForm
from weihai_transfer.lib import clock, identity

PHONES = ("carrier_phone", "second_phone")


class CarryingForm(KeyForm):
    way = forms.ChoiceField(label="移交方式", choices=Way.choices)
    carrier = forms.CharField(label="移交人姓名", max_length=60, required=False, help_text="机要通信的填写机要员。")
    carrier_unit = forms.CharField(label="移交人单位", max_length=120, required=False)
    carrier_phone = forms.RegexField(r"^[0-9+\- ]{7,20}$", label="移交人电话", required=False)
    second_carrier = forms.CharField(
        label="第二名移交人姓名", max_length=60, required=False, help_text="专人移交须有两人；机要通信不填。"
    )
    second_unit = forms.CharField(label="第二名移交人单位", max_length=120, required=False)
    second_phone = forms.RegexField(r"^[0-9+\- ]{7,20}$", label="第二名移交人电话", required=False)
    seal_number = forms.CharField(label="封签号", max_length=60, required=False)
    planned_on = day_field("计划移交日期", required=False)
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, *args, shipment=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.shipment = shipment
        for name in PHONES:
            self.fields[name].error_messages["invalid"] = "电话号码应为 7 至 20 位数字，可带区号。请改正。"
        if shipment:
            self.initial |= {name: getattr(shipment, name) for name in CARRYING if name not in PHONES}
            for name in PHONES:
                if known := getattr(shipment, name):
                    self.fields[name].help_text = f"已登记 {identity.mask_phone(known)}，不改的留空。"

    @property
    def values(self):
        """What is to stand; a telephone that was left empty stays as it is."""
        given = {name: self.cleaned_data[name] for name in CARRYING}
        if self.shipment:
            given |= {name: getattr(self.shipment, name) for name in PHONES if not given[name]}
        return given


class ShipmentForm(CarryingForm):
    enterprise = forms.ModelChoiceField(label="移交企业", queryset=Enterprise.objects.none())
    addressee = forms.ModelChoiceField(
        label="接收机构",
        queryset=Office.objects.active().filter(kind=OfficeKind.ARCHIVE).order_by("path"),
        help_text="原则上移交到接收地所在的区市档案管理机构（二(四)）。",
    )

    def __init__(self, enterprises, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises
        self.fields["enterprise"].initial = usual(enterprises)
        self.order_fields(["enterprise", "addressee"])


class ShipmentStepForm(StepForm):
    own = {
        "send": ("sent_on",),
        "sign": ("signed_on", "signed_by"),
        "confirm": ("confirmed_on", "confirmed_by"),
    }

    sent_on = day_field("移交日期")
    signed_on = day_field("签收日期")
    signed_by = forms.CharField(label="签收人", max_length=60)
    confirmed_on = day_field("确认日期")
    confirmed_by = forms.CharField(label="确认人", max_length=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("sent_on", "signed_on", "confirmed_on"):
            if name in self.fields:
                self.fields[name].initial = clock.today

    def arguments(self):
        values = {name: self.cleaned_data[name] for name in self.own.get(self.step.name, ())}
        return {**super().arguments(), "values": values}


class CheckForm(KeyForm):
    """One input for the scanner or the keyboard; the rest only for what is not in order."""

    code = forms.CharField(
        label="核对号或批次内序号",
        max_length=20,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "没有扫描或输入核对号。请扫描条码，或输入清单上的序号。"},
    )
    outcome = forms.ChoiceField(
        label="核收情况", choices=[(code, label) for code, (label, _) in OUTCOMES.items()], widget=forms.RadioSelect
    )
    reason_code = forms.ChoiceField(label="退回原因", choices=[("", "请选择"), *RETURN], required=False)
    reason = forms.CharField(
        label="情况说明", max_length=200, required=False, help_text="破损、退回的必填；未见的可以补充说明。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].initial = "received"
