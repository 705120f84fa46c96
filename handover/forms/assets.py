"""What assets ask for: the columns of one, a sheet of many, a step."""

from django import forms

from accounts.forms.keyed import day_field
from handover.models.assets import Asset, AssetCategory
from handover.services.assets import APPEND, REPLACE
from tracks.forms import KeyForm, StepForm
from tracks.sheets import SheetForm
from weihai_transfer.lib import clock

COLUMNS = (
    "name",
    "category",
    "address",
    "floor_area",
    "quantity",
    "original_value",
    "net_value",
    "title_number",
    "use",
    "receiver",
    "approval_number",
    "remark",
)


class AssetForm(KeyForm):
    name = forms.CharField(label="资产名称", max_length=120)
    category = forms.ChoiceField(label="资产类别", choices=AssetCategory.choices)
    address = forms.CharField(label="坐落地址", max_length=200, required=False, help_text="房屋必须填写。")
    floor_area = forms.DecimalField(
        label="面积（㎡）", min_value=0, max_digits=12, decimal_places=2, required=False, help_text="房屋必须填写。"
    )
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=999_999_999, initial=1)
    original_value = forms.DecimalField(label="原值（元）", min_value=0, max_digits=14, decimal_places=2)
    net_value = forms.DecimalField(label="净值（元）", min_value=0, max_digits=14, decimal_places=2)
    title_number = forms.CharField(label="权属证号", max_length=80, required=False)
    use = forms.CharField(label="现用途", max_length=80, required=False)
    receiver = forms.CharField(label="接收单位", max_length=120, required=False)
    approval_number = forms.CharField(label="批准文号", max_length=80, required=False)
    remark = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(self, *args, asset: Asset | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if asset:
            self.initial.update({name: getattr(asset, name) for name in COLUMNS})

    def clean(self):
        given = super().clean()
        if given.get("category") == AssetCategory.BUILDING:
            for name in ("address", "floor_area"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, f"房屋须填写{self.fields[name].label}。")
        original, net = given.get("original_value"), given.get("net_value")
        if original is not None and net is not None and net > original:
            self.add_error("net_value", "净值大于原值，没有保存。请核对。")
        return given

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in COLUMNS}


class AssetSheetForm(SheetForm):
    way = forms.ChoiceField(
        label="导入方式",
        choices=((REPLACE, "替换本协议现有清单"), (APPEND, "接在现有清单之后")),
        initial=REPLACE,
    )


class AssetStepForm(StepForm):
    own = {"receive": ("handed_over_on",)}

    handed_over_on = day_field("移交日期", initial=clock.today)

    def arguments(self):
        return {**super().arguments(), "handed_over_on": self.cleaned_data.get("handed_over_on")}
