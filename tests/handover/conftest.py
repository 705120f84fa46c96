"""A case in every situation, brought there by the people who would do it."""

from datetime import date

import pytest

from audit.operations import operation
from handover.models import Case, CasePaper
from handover.services import take

# Free of a dossier and of a membership, so that nothing keeps the case from being completed.
PLAIN = {"has_dossier": False, "political_status": "13"}
WORDS = {"reason": "示例情况说明"}


class Walk:
    """The steps to each situation; a situation names the one before it."""

    def __init__(self, town, people):
        self.town, self.people = town, people

    def step(self, case, name, who, **given):
        outcome = take(name, [case.pk], actor=self.people[who], **given)
        assert outcome.moved == [case.pk], outcome.refused

    def to(self, case, situation):
        before, *steps = ROUTES[situation]
        if before:
            self.to(case, before)
        for name, who, given in steps:
            if name == "file_receipt":
                self.file_receipt(case)
            else:
                self.step(case, name, who, **{key: self._meant(value) for key, value in given.items()})
        case.refresh_from_db()
        return case

    def _meant(self, value):
        return getattr(self.town, value[1:]) if isinstance(value, str) and value.startswith("@") else value

    def file_receipt(self, case):
        receipt = CasePaper(kind=CasePaper.Kind.RECEIPT, case=case, filename="示例回执.pdf", size=1, sha256="0" * 64)
        with operation("case.scan", actor=self.people["mill_hr"]) as act:
            receipt.made_at = act.operation.at
            act.insert([receipt])


RETURNING = {"reason_code": "wrong_address", **WORDS}
CLOSING = {"reason_code": "out_of_scope", **WORDS}
CARD = {"values": {"contact_card": "示例-0001", "contacted_on": date(2024, 7, 1)}}
ROUTES = {
    # situation: (the one before, steps as (name, who, arguments))
    "draft": (None,),
    "submitted": ("draft", ("submit", "mill_hr", {"targets": "@huancui"})),
    "assigned": ("submitted", ("assign", "huancui_clerk", {"targets": "@zhudao"})),
    "at_community": ("assigned", ("pass_down", "zhudao_clerk", {"targets": "@zhudao_community"})),
    "returned": ("assigned", ("return", "zhudao_clerk", RETURNING)),
    "draft_again": ("returned", ("take_back", "mill_hr", {})),
    "accepted": ("assigned", ("accept", "zhudao_clerk", {})),
    "contacted": ("accepted", ("contact", "zhudao_clerk", CARD)),
    "completed": ("contacted", ("complete", "zhudao_clerk", {})),
    "outside": ("draft", ("send_outside", "mill_hr", {"values": {"outside_place": "烟台市示例街道"}})),
    "outside_with_receipt": ("outside", ("file_receipt", "", {})),
    "outside_reported": ("outside_with_receipt", ("report_outside", "mill_hr", {})),
    "outside_completed": ("outside_reported", ("confirm_outside", "watchdog", {})),
    "closing_by_enterprise": ("draft", ("ask_closing", "mill_hr", CLOSING)),
    "closing_by_office": ("assigned", ("propose_closing", "zhudao_clerk", CLOSING)),
    "closed": ("closing_by_enterprise", ("confirm_closing", "watchdog", {})),
}


@pytest.fixture
def walk(town, people):
    return Walk(town, people)


@pytest.fixture
def case_in(town, make_person, walk):
    """case_in("assigned", name="安示例", **facts) → a case of the mill in that situation; the street is 竹岛街道."""

    def make(situation, name="安示例", **facts):
        person = make_person(town.mill, name, **{**PLAIN, **facts})
        return walk.to(Case.objects.get(pk=person.pk), situation)

    return make
