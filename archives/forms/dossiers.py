from django import forms

from accounts.forms.keyed import day_field
from archives.models import Shipment
from archives.services import findings
from archives.shipment_states import State as ShipmentState
from tracks.forms import KeyForm, StepForm
from weihai_transfer.lib.refusals import Refused

YES_NO = (("", "请选择"), ("yes", "是"), ("no", "否"))
ANSWER = {"yes": True, "no": False}


def answer_field(label):
    return forms.ChoiceField(label=label, choices=YES_NO, required=False)


class DossierStepForm(StepForm):
    own = {
        "receive": ("condition",),
        "move": ("shelf",),
        "exempt": findings.TEST,
        "dispute": findings.TEST,
        "decide_exempt": findings.DECISION,
        "decide_transfer": findings.DECISION,
    }

    condition = forms.CharField(
        label="卷况", max_length=200, required=False, help_text="完好的不填；破损、污损的写明情况，随档案保留。"
    )
    shelf = forms.CharField(label="新架位", max_length=60, help_text="库、区、列、架、层、位。")
    appointed_by_city = answer_field("由市委或市委委托部门任免")
    group_post = answer_field("退休前曾任集团公司领导班子副职（含同职级）以上职务")
    post = forms.CharField(label="曾任职务", max_length=120, required=False)
    document = forms.CharField(
        label="任免文件", max_length=160, required=False, help_text="文件名称和文号；扫描件在“文书”中上传。"
    )
    decision_number = forms.CharField(label="研究决定文号", max_length=80, help_text="市国资委党委研究决定的文号。")
    decided_on = day_field("决定日期")

    def clean(self):
        cleaned = super().clean()
        try:
            findings.checked(self.step.name, self.values) if not self.errors else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return cleaned

    @property
    def values(self):
        """What the step's service takes beside its reason."""
        given = {name: self.cleaned_data.get(name) for name in self.own.get(self.step.name, ())}
        return {name: ANSWER.get(value) if name in findings.TEST[:2] else value for name, value in given.items()}

    def arguments(self):
        return {**super().arguments(), "values": self.values}


class PackForm(KeyForm):
    """Into one of one's own shipments that are being packed, or into new ones by archive institution."""

    shipment = forms.ModelChoiceField(
        label="装入批次",
        queryset=Shipment.objects.none(),
        required=False,
        empty_label="按移交企业和接收机构新建批次",
        help_text="新建的批次，装入后再填写移交人和封签号。",
    )
    elsewhere = forms.BooleanField(
        label="不按接收地移交",
        required=False,
        help_text="原则上移交接收地所在区市的档案管理机构（二(四)），确需时勾选。",
    )

    def __init__(self, shipments, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shipment"].queryset = shipments.filter(state=ShipmentState.PACKING).select_related("addressee")
        self.fields["shipment"].label_from_instance = lambda one: f"{one.number}（{one.addressee}）"

    def arguments(self):
        shipment = self.cleaned_data.get("shipment")
        return {"shipment": shipment and shipment.pk, "elsewhere": self.cleaned_data.get("elsewhere", False)}


class FactsForm(KeyForm):
    """Facts of one dossier, or the same facts of many: then an empty field leaves each as it is."""

    volumes = forms.IntegerField(label="册数", min_value=1, max_value=999, required=False)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=99_999, required=False)
    place = forms.CharField(label="移交前存放地", max_length=120, required=False)
    start_number = forms.CharField(
        label="起始档案编号", max_length=60, required=False, help_text="填写后，所选各卷按列表顺序从此编号起依次编号。"
    )
    number = forms.CharField(label="档案编号", max_length=60, required=False)
    shelf = forms.CharField(
        label="架位", max_length=60, required=False, help_text="库、区、列、架、层、位，如 一号库 3 区 2 列 5 架 4 层。"
    )

    retention = forms.CharField(label="保管期限", max_length=20, required=False, help_text="如 永久、30年、10年。")
    remark = forms.CharField(
        label="目录备注", max_length=200, required=False, help_text="列入移交案卷目录，不写健康、困难等情况。"
    )
    condition = forms.CharField(label="核收时卷况", max_length=200, required=False)
    digitised_on = day_field("数字化日期", required=False)
    images = forms.IntegerField(label="图像数", min_value=1, max_value=99_999, required=False)
    pages_counted = forms.IntegerField(
        label="数字化清点页数",
        min_value=1,
        max_value=99_999,
        required=False,
        help_text="与登记页数不同的，页面上会提示。",
    )

    def __init__(self, names, *args, dossier=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.names, self.dossier = names, dossier
        for name in set(self.fields) - {"key", *names}:
            del self.fields[name]
        if dossier:
            self.initial.update({name: getattr(dossier, name) for name in names})
        else:
            for name in names:
                if name != "start_number":
                    self.fields[name].help_text = "不填写的，各卷原有内容不变。"

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.values:
            raise forms.ValidationError("没有填写或改动任何内容，没有登记。请至少填写一项后再提交。")
        return cleaned

    @property
    def values(self):
        """The fields to write: of one dossier those that differ, of many those that are filled in."""
        data = {name: self.cleaned_data.get(name) for name in self.names}
        if self.dossier:
            return {name: value for name, value in data.items() if value != getattr(self.dossier, name)}
        return {name: value for name, value in data.items() if value not in (None, "")}
