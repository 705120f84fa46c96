from django import forms

from accounts.models import Office
from accounts.models.places import OfficeKind
from handover.services.effects import RECEIVERS
from tracks.forms import KeyForm, StepForm


def _address():
    return forms.CharField(
        label="新住址",
        max_length=200,
        required=False,
        help_text="填写的，变更后作为本人的常年居住地。",
    )


def _note():
    return forms.CharField(
        label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="写明搬迁时间和核实情况。"
    )


class LeavingForm(KeyForm):
    """The present office names the new one."""

    office = forms.ModelChoiceField(
        label="新单位",
        queryset=Office.objects.none(),
        help_text="选择新住址所在的镇（街道），由其安排到社区。",
        error_messages={"required": "没有选择新单位。请选择新住址所在的镇（街道）。"},
    )
    address = _address()
    note = _note()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Office.objects.active().filter(kind=OfficeKind.STREET)
        self.fields["office"].queryset = rows.select_related("parent").order_by("path")
        self.fields["office"].label_from_instance = lambda one: f"{one.parent} {one}"


class ComingForm(KeyForm):
    """The new office names the person, by number and name alone."""

    id_number = forms.CharField(label="公民身份号码", min_length=18, max_length=18)
    name = forms.CharField(label="姓名", max_length=60)
    office = forms.ModelChoiceField(label="本单位", queryset=Office.objects.none())
    address = _address()
    note = _note()

    def __init__(self, offices, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Office.objects.active().filter(pk__in=offices, kind__in=RECEIVERS).select_related("parent")
        self.fields["office"].queryset = rows.order_by("path")
        self.fields["office"].initial = rows.order_by("path").first()


class RelocationStepForm(StepForm):
    own = {"accept": ("community",)}

    community = forms.ModelChoiceField(
        label="安排到社区",
        queryset=Office.objects.none(),
        required=False,
        empty_label="暂由镇（街道）管理",
    )

    def __init__(self, step, *args, offices=(), **kwargs):
        super().__init__(step, *args, **kwargs)
        if "community" in self.fields:
            rows = Office.objects.active().filter(kind=OfficeKind.COMMUNITY, pk__in=offices)
            self.fields["community"].queryset = rows.order_by("path")

    def arguments(self):
        return {**super().arguments(), "community": self.cleaned_data.get("community")}
