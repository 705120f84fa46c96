"""Every state × every step of a dossier, and what stands in a step's way."""

from datetime import date

import pytest

from archives.models import Dossier, DossierPaper
from archives.services import preview, take
from archives.states import BY_SHIPMENT, MACHINE, SETTLED, SIDES, State
from audit.models import Operation
from audit.operations import operation
from handover.models import Case
from tracks.advancing import NOT_YOURS, UNSEEN
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db

HR, ARCHIVIST = "mill_hr", "archivist"
CITY = "watchdog"
ALLOWED = {
    # state: {step: (who takes it, where it leads)}; what the shipment does is not in the table
    "preparing": {
        "ready": (HR, "ready"),
        "defer": (HR, "deferred"),
        "exempt": (HR, "exempt"),
        "dispute": (HR, "disputed"),
        "declare_none": (HR, "none"),
        "end": (HR, "ended"),
    },
    "ready": {
        "reopen": (HR, "preparing"),
        "exempt": (HR, "exempt"),
        "dispute": (HR, "disputed"),
        "end": (HR, "ended"),
    },
    "in_transit": {
        "receive": (ARCHIVIST, "received"),
        "return": (ARCHIVIST, "returned"),
        "report_lost": (ARCHIVIST, "lost"),
    },
    "received": {"return": (ARCHIVIST, "returned"), "shelve": (ARCHIVIST, "shelved")},
    "shelved": {"move": (ARCHIVIST, "shelved")},
    "returned": {"take_back": (HR, "preparing"), "end": (HR, "ended")},
    "deferred": {
        "resume": (HR, "preparing"),
        "exempt": (HR, "exempt"),
        "dispute": (HR, "disputed"),
        "end": (HR, "ended"),
    },
    "lost": {
        "turn_up": (ARCHIVIST, "received"),
        "find": (HR, "ready"),
        "rebuild": (HR, "preparing"),
        "end": (HR, "ended"),
    },
    "disputed": {
        "decide_exempt": (CITY, "exempt"),
        "decide_transfer": (CITY, "preparing"),
        "end": (HR, "ended"),
    },
    "exempt": {"include": (HR, "preparing"), "dispute": (CITY, "disputed")},
    "none": {"register": (HR, "preparing")},
    "ended": {},
}
PAIRS = [(state, step) for state in ALLOWED for step in ALLOWED[state]]


VALUES = {
    "exempt": {
        "appointed_by_city": True,
        "group_post": True,
        "post": "示例副总经理",
        "document": "示例任免〔2019〕1号",
    },
    "dispute": {"appointed_by_city": True, "group_post": False},
    "decide_exempt": {"decision_number": "示例国资党纪〔2026〕1号", "decided_on": date(2026, 1, 5)},
    "decide_transfer": {"decision_number": "示例国资党纪〔2026〕2号", "decided_on": date(2026, 1, 5)},
    "move": {"shelf": "二号库 3 架"},
}


def asked_by(step):
    step = MACHINE[step]
    return {
        "reason_code": step.reasons[0][0] if step.reasons else "",
        "reason": "示例理由" if step.needs_text else "",
        "values": VALUES.get(step.name),
    }


@pytest.fixture
def fit(dossier_in, people):
    """A dossier in a state with everything that a step of the table asks for."""

    def make(state, step):
        dossier = dossier_in(state)
        with operation("test.arrange", actor=people[HR]) as act:
            if step == "end":
                act.change(Case, [dossier.pk], **{"state": "closed"})
            if step == "exempt":
                act.insert([DossierPaper(dossier=dossier, kind="leader", filename="示例.pdf")])
        return dossier

    return make


def test_the_table_names_every_state_and_every_step():
    assert set(ALLOWED) == set(State.values)
    assert {step for steps in ALLOWED.values() for step in steps} == set(MACHINE.by_name) - set(BY_SHIPMENT)
    assert (
        set(SETTLED)
        == {state for state, side in SIDES.items() if side is None}
        == {"shelved", "exempt", "none", "ended"}
    )


@pytest.mark.parametrize("state", ALLOWED)
def test_a_step_that_the_table_does_not_name_is_refused_and_leaves_no_trace(state, dossier_in, people):
    dossier = dossier_in(state)
    before = Operation.objects.count(), dossier.history.count()
    for step in set(MACHINE.by_name) - set(ALLOWED[state]) - set(BY_SHIPMENT):
        who = {("archives",): ARCHIVIST, ("coordinate",): CITY}.get(MACHINE[step].duties, HR)
        outcome = take(step, [dossier.pk], actor=people[who], **asked_by(step))
        assert outcome.moved == []
        sentence = outcome.refused[dossier.pk]
        assert sentence == UNSEEN if who == ARCHIVIST and not dossier.office_id else "不能" in sentence
    assert (Operation.objects.count(), dossier.history.count()) == before


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_a_step_of_the_table_moves_the_dossier_and_leaves_one_history_row(state, step, fit, people):
    who, target = ALLOWED[state][step]
    dossier = fit(state, step)
    before = dossier.history.count()
    outcome = take(step, [dossier.pk], actor=people[who], **asked_by(step))
    assert outcome.refused == {}
    dossier.refresh_from_db()
    assert (dossier.state, dossier.last_step) == (target, step)
    newest = dossier.history.first()
    assert dossier.history.count() == before + 1
    assert newest.operation.kind == f"dossier.{step}"
    assert newest.operation.actor == people[who]
    assert newest.operation.reason == asked_by(step)["reason"]


@pytest.mark.parametrize("step", [step for step in MACHINE.by_name if MACHINE[step].needs_reason])
def test_a_step_that_needs_a_reason_is_refused_without_one(step, dossier_in, people):
    dossier = dossier_in(MACHINE[step].sources[0])
    with pytest.raises(Refused):
        take(step, [dossier.pk], actor=people[HR], values=VALUES.get(step))
    assert Dossier.objects.get(pk=dossier.pk).last_step == ""


@pytest.mark.parametrize(
    ("state", "step", "facts", "leader", "words"),
    [
        ("preparing", "exempt", {}, False, "没有上传任免文件"),
        ("preparing", "end", {}, False, "没有核销"),
        ("preparing", "ready", {}, True, "不移交（二(四)）"),
        ("preparing", "defer", {}, True, "不移交（二(四)）"),
        ("preparing", "ready", {"volumes": None}, False, "没有登记档案册数"),
        ("preparing", "ready", {"volumes": 0}, False, "没有登记档案册数"),
        ("received", "shelve", {"number": ""}, False, "没有登记档案编号"),
        ("received", "shelve", {"shelf": ""}, False, "没有登记存放架位"),
    ],
)
def test_what_stands_in_the_way_is_said(state, step, facts, leader, words, dossier_in, people):
    dossier = dossier_in(state, leader=leader, **facts)
    who = people[ARCHIVIST if step == "shelve" else HR]
    assert words in preview(step, [dossier.pk], actor=who).refused[dossier.pk]
    outcome = take(step, [dossier.pk], actor=who, **asked_by(step))
    assert words in outcome.refused[dossier.pk]
    assert Dossier.objects.get(pk=dossier.pk).state == state


def test_the_enterprise_answers_until_the_archive_has_signed():
    answering = {state: side.answers for state, side in SIDES.items() if side}
    assert {state for state, side in answering.items() if side == "archive"} == {"received"}


@pytest.mark.parametrize("step", BY_SHIPMENT)
def test_a_dossier_is_sent_and_recalled_by_its_shipment_alone(step, dossier_in, people):
    dossier = dossier_in(MACHINE[step].sources[0])
    with pytest.raises(Refused, match="不得单独移交或由本人携带"):
        take(step, [dossier.pk], actor=people[HR], reason="示例")
    assert Dossier.objects.get(pk=dossier.pk).last_step == ""


def test_the_enterprise_cannot_receive(dossier_in, people):
    dossier = dossier_in("in_transit")
    refused = take("receive", [dossier.pk], actor=people[HR])
    assert refused.refused[dossier.pk] == NOT_YOURS
    assert refused.forbidden == [dossier.pk]


def test_the_city_office_may_take_back_an_exemption(dossier_in, people):
    dossier = dossier_in("exempt")
    assert take("include", [dossier.pk], actor=people["watchdog"], reason="经研究不属于市委管理").moved == [dossier.pk]
