from django import forms

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import reach_of
from party.models import PartyOrganisation
from party.models.organisations import COMMITTEES, OrganisationKind
from tracks.forms import KeyForm

CONTACT = ("address", "phone", "fax", "postcode")


class OrganisationForm(KeyForm):
    """What both adding and changing ask."""

    name = forms.CharField(
        label="名称", max_length=120, help_text="党组织全称，如“中共某某街道某某社区第一支部委员会”。"
    )
    nationwide = forms.BooleanField(
        label="可向全国直接接转组织关系", required=False, help_text="有审批预备党员权限的基层党委才有此权限。"
    )
    address = forms.CharField(label="通讯地址", max_length=120, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    fax = forms.CharField(label="传真", max_length=30, required=False)
    postcode = forms.RegexField(
        label="邮政编码",
        regex=r"^\d{6}$",
        required=False,
        error_messages={"invalid": "邮政编码应为 6 位数字。请改正。"},
    )

    def said(self):
        return {name: value for name, value in self.cleaned_data.items() if name not in ("place", "version")}


class NewOrganisationForm(OrganisationForm):
    """`place` is one of the user's own offices or enterprises."""

    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *OrganisationKind.choices])
    place = forms.ChoiceField(label="所在单位")
    parent = forms.ModelChoiceField(
        label="上级党组织",
        queryset=PartyOrganisation.objects.none(),
        required=False,
        empty_label="没有，或不在本平台管理",
    )

    field_order = ["kind", "name", "place", "parent", "nationwide", *CONTACT]

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = places_of(user)
        self.fields["place"].choices = [("", "请选择"), *((code, str(one)) for code, one in self.places.items())]
        own = PartyOrganisation.objects.open_to(user, Duty.PARTY).active().exclude(kind=OrganisationKind.BRANCH)
        self.fields["parent"].queryset = own.select_related("office", "enterprise").order_by("path")
        self.fields["parent"].label_from_instance = lambda one: f"{one}（{one.place}）"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("nationwide") and cleaned.get("kind") not in COMMITTEES:
            self.add_error("nationwide", "只有基层党委、党工委可以直接接转。请取消勾选，或改正类别。")
        return cleaned

    def said(self):
        place = self.places[self.cleaned_data["place"]]
        which = "office" if isinstance(place, Office) else "enterprise"
        return {**super().said(), which: place}


class ChangeOrganisationForm(OrganisationForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


def places_of(user):
    """{"office-7": office}: where the user holds the party duty, streets before their communities."""
    held = reach_of(user, Duty.PARTY)
    offices = Office.objects.active()
    offices = offices.filter(kind__in=OFFICES) if held.everywhere else offices.filter(pk__in=held.offices)
    enterprises = Enterprise.objects.active().filter(pk__in=held.enterprises)
    return {f"office-{one.pk}": one for one in offices.order_by("path")} | {
        f"enterprise-{one.pk}": one for one in enterprises.order_by("path")
    }


# Whoever keeps the whole city does not choose among two thousand villages.
OFFICES = ("area", "street", "party", "bureau")
