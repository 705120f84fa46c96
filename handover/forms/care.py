"""What a community fills in about one person or many."""

from django import forms

from accounts.forms.keyed import day_field
from accounts.models import Office
from handover.models.community import (
    ActivityKind,
    ConfirmationResult,
    ConfirmationWay,
    ContactCheck,
    EligibilityResult,
    EligibilityWay,
    ServiceKind,
)
from handover.services.effects import RECEIVERS
from retirees.codes import OUTSIDE, SPECIAL_GROUPS, Residence
from tracks.forms import KeyForm
from weihai_transfer.lib import clock


class DayForm(KeyForm):
    """`given` is what the service takes; empty until the form was sent (a preview of the usual values then)."""

    on = day_field("日期")

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["on"].initial = clock.today

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError("日期在今天之后。请核对后改正。")
        return day

    @property
    def given(self):
        if self.is_bound and self.is_valid():
            return {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items() if name != "key"}


class ConfirmForm(DayForm):
    way = forms.ChoiceField(label="核实方式", choices=ConfirmationWay.choices)
    contact = forms.ChoiceField(label="联系信息", choices=ContactCheck.choices, initial=ContactCheck.CORRECT)
    result, found = ConfirmationResult.ALIVE, False
    field_order = ["on", "way", "contact", "phone", "residence_address", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "核实日期"
        self.fields["way"].initial = ConfirmationWay.VISIT

    @property
    def given(self):
        found = dict(super().given)
        correct = {name: found.pop(name, "") for name in ("phone", "residence_address")}
        return {**found, "result": self.result, "found": self.found, "correct": correct}


class ConfirmOneForm(ConfirmForm):
    phone = forms.RegexField(
        r"^[0-9-]{7,20}$",
        label="新联系电话",
        required=False,
        help_text="电话有变化时填写，核实的同时更正。",
        error_messages={"invalid": "电话应为 7 至 20 位数字。请核对后改正。"},
    )
    residence_address = forms.CharField(
        label="新常年居住地", max_length=200, required=False, help_text="住址有变化时填写。"
    )
    note = forms.CharField(
        label="说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="加密保存，留在本单位。",
    )


class FoundForm(ConfirmForm):
    found = True


class UnreachableForm(ConfirmForm):
    result = ConfirmationResult.UNREACHABLE
    note = forms.CharField(
        label="查找情况",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写明怎样查找、何时没有找到。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["contact"]


class CheckForm(DayForm):
    way = forms.ChoiceField(label="认证方式", choices=EligibilityWay.choices, initial=EligibilityWay.FACE)
    result = forms.ChoiceField(label="认证结果", choices=EligibilityResult.choices, initial=EligibilityResult.PASSED)


class ServeForm(DayForm):
    kind = forms.ChoiceField(label="服务种类", choices=ServiceKind.choices, initial=ServiceKind.VISIT)
    text = forms.CharField(
        label="情况",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="加密保存，只有本单位可以查看；属地变更后不随人转走。",
    )


class GroupsForm(KeyForm):
    groups = forms.MultipleChoiceField(
        label="特殊群体",
        choices=[(code, label) for code, label in SPECIAL_GROUPS.items() if code != "elderly"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="八十岁以上高龄按出生日期自动计算。",
    )
    since = day_field("起始日期")
    ground = forms.CharField(
        label="认定依据", max_length=200, help_text="如残疾证、低保证、荣誉证书。不写病情和家庭困难的细节。"
    )


class MoveOutForm(KeyForm):
    moved_on = day_field("迁出日期")
    residence = forms.ChoiceField(
        label="居住地类别", choices=[(one.value, one.label) for one in Residence if one in OUTSIDE]
    )
    place = forms.CharField(label="迁入地", max_length=100, help_text="写到市、县即可，原企业可以看到。")


class ActivityForm(DayForm):
    title = forms.CharField(label="活动名称", max_length=80)
    kind = forms.ChoiceField(label="活动种类", choices=ActivityKind.choices)
    office = forms.ModelChoiceField(label="组织单位", queryset=Office.objects.none())
    place = forms.CharField(label="地点", max_length=120, required=False)
    participants = forms.IntegerField(label="参加人数", min_value=1, max_value=100_000)

    def __init__(self, offices, data=None):
        super().__init__(data)
        rows = Office.objects.active().filter(pk__in=offices, kind__in=RECEIVERS).select_related("parent")
        self.fields["office"].queryset = rows.order_by("path")
        self.fields["office"].initial = rows.order_by("path").first()
