"""Which facts of a person which viewer is shown, in groups; what is stored sealed is shown masked (design 4 and 7)."""

from dataclasses import dataclass

from accounts.duties import Duty
from handover.viewers import holds_over
from retirees.models import SEALED, Retiree
from weihai_transfer.lib import identity
from weihai_transfer.lib.words import shown


@dataclass(frozen=True)
class Group:
    """`duties` empty: everybody who sees the person sees these facts."""

    label: str
    names: tuple[str, ...]
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    name: str
    label: str
    text: str
    # Whether there is more to see than `text` says.
    sealed: bool = False


GROUPS = (
    Group(
        "基本信息",
        (
            "name",
            "id_type",
            "id_number",
            "sex",
            "born_on",
            "ethnic_group",
            "native_place",
            "marital_status",
            "education",
            "survival",
            "died_on",
        ),
    ),
    Group(
        "居住与联系",
        (
            "phone",
            "residence",
            "residence_address",
            "hukou_address",
            "declared_receiver",
            "contact_name",
            "contact_relation",
            "contact_phone",
        ),
    ),
    Group(
        "工作与退休",
        (
            "worked_since",
            "retired_on",
            "retirement_kind",
            "retirement_note",
            "former_unit",
            "soe_level",
            "post",
            "title",
            "city_managed_leader",
        ),
    ),
    Group("社会保险", ("pension_place", "medical_place", "medical_local")),
    Group("人事档案登记", ("has_dossier", "dossier_place", "dossier_volumes", "dossier_number")),
    Group("特殊情况", ("special_groups", "health", "hardship", "injury_grade", "remark"), (Duty.RECEIVE, Duty.SUBMIT)),
    Group(
        "党务信息",
        (
            "political_status",
            "party_branch",
            "party_joined_on",
            "party_confirmed_on",
            "dues_paid_until",
            "dues_monthly",
        ),
        (Duty.PARTY, Duty.WATCH_PARTY),
    ),
    Group(
        "统筹外费用",
        ("annuity", "out_of_pool_items", "out_of_pool_monthly", "out_of_pool_yearly"),
        (Duty.SUBMIT, Duty.COORDINATE),
    ),
)


def groups_for(case, user):
    return [group for group in GROUPS if not group.duties or holds_over(case, user, *group.duties)]


def names_for(case, user):
    """The facts that this viewer may know of this person."""
    return {name for group in groups_for(case, user) for name in group.names}


def revealable(case, user):
    """The sealed facts of which this viewer may ask for the full text."""
    return names_for(case, user).intersection(SEALED)


def shown_to(case, user):
    """[(heading, [Fact])] of the case's person."""
    return [(group.label, [fact_of(case.retiree, name) for name in group.names]) for group in groups_for(case, user)]


def fact_of(retiree, name):
    return Fact(name, label_of(name), text_of(retiree, name), name in SEALED and bool(getattr(retiree, name)))


def label_of(name):
    return Retiree._meta.get_field(name).verbose_name


def text_of(retiree, name):
    """A fact as a page may show it."""
    value = getattr(retiree, name)
    if name in SEALED:
        return masked(name, value)
    if name == "special_groups":
        return shown("、".join(retiree.special_group_labels))
    field = Retiree._meta.get_field(name)
    return shown(getattr(retiree, f"get_{name}_display")() if field.choices else value)


def masked(name, value):
    """The value of a sealed field with what matters hidden; words about health say only that they are there."""
    if not value:
        return shown("")
    if name == "id_number":
        return identity.mask_id(value)
    if name in ("phone", "contact_phone"):
        return "、".join(identity.mask_phone(number) for number in value.split("、"))
    if name in ("residence_address", "hukou_address"):
        return identity.mask_address(value)
    return "已填写"


def in_order(names):
    """Names of facts in the order in which pages show them."""
    return [name for group in GROUPS for name in group.names if name in names]
