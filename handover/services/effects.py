"""What a step sets in a case beside its state: one line a step, read it beside handover/states/cases.py."""

from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Subquery

from accounts.models.places import OfficeKind
from retirees.models import Retiree

NOW = object()
RECEIVERS = (OfficeKind.STREET, OfficeKind.COMMUNITY)
# Somebody may have corrected the number since the tracks were opened.
ID_INDEX = Subquery(Retiree.objects.filter(pk=OuterRef("pk")).values("id_index"))


@dataclass(frozen=True)
class Effect:
    """`sets`: fields with the same value or expression in every row. `moves`: the case changes hands, and the person
    goes along. `asks`: the fields that the caller must give. `target`: which office the caller must name."""

    sets: dict = field(default_factory=dict)
    moves: bool = False
    asks: tuple[str, ...] = ()
    target: str = ""


SUBMITTED = {
    "round": F("round") + 1,
    "submitted_at": NOW,
    "returned_by": None,
    "outside_place": "",
    "id_index": ID_INDEX,
}
NOBODY = {"office": None, "area": None, "returned_by": None}

EFFECTS = {
    "submit": Effect(SUBMITTED, moves=True),
    "resubmit": Effect({**SUBMITTED, "office": F("returned_by")}, moves=True),
    "withdraw": Effect({**NOBODY, "batch": None, "basis": ""}, moves=True),
    "assign": Effect(moves=True, target="below_area"),
    "reassign": Effect(moves=True, target="below_area"),
    "pass_down": Effect(moves=True, target="community_below"),
    "hand_back": Effect({"office": F("area")}, moves=True),
    "redirect": Effect({"basis": ""}, moves=True, target="area"),
    "accept": Effect({"accepted_at": NOW}),
    "return": Effect({"office": None, "returns": F("returns") + 1}, moves=True),
    "take_back": Effect(),
    "contact": Effect(asks=("contact_card", "contacted_on")),
    "complete": Effect(),
    "send_outside": Effect({**NOBODY, "basis": "", "id_index": ID_INDEX}, asks=("outside_place",)),
    "recall_outside": Effect({"outside_place": ""}),
    "report_outside": Effect(),
    "confirm_outside": Effect({"accepted_at": NOW}),
    "refuse_outside": Effect(),
    "ask_closing": Effect(NOBODY, moves=True),
    "propose_closing": Effect(),
    "confirm_closing": Effect(),
    "agree_closing": Effect({"office": None}, moves=True),
    "refuse_closing": Effect({"outside_place": ""}),
    # Whoever proposed it gets the case straight back when it is submitted again.
    "object_closing": Effect({"returned_by": F("office"), "office": None}, moves=True),
}


def values_of(effect, at):
    return {name: at if value is NOW else value for name, value in effect.sets.items()}
