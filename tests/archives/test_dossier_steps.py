"""Every state × every step of a dossier, and what stands in a step's way."""

import pytest

from archives.models import Dossier
from archives.services import preview, take
from archives.states import MACHINE, SETTLED, SIDES, State
from audit.models import Operation
from tracks.advancing import NOT_YOURS, UNSEEN
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db

HR, ARCHIVIST = "mill_hr", "archivist"
ALLOWED = {
    # state: {step: (who takes it, where it leads)}
    "preparing": {
        "ready": (HR, "ready"),
        "defer": (HR, "deferred"),
        "exempt": (HR, "exempt"),
        "declare_none": (HR, "none"),
    },
    "ready": {"reopen": (HR, "preparing"), "send": (HR, "in_transit"), "exempt": (HR, "exempt")},
    "in_transit": {
        "recall": (HR, "ready"),
        "receive": (ARCHIVIST, "received"),
        "return": (ARCHIVIST, "returned"),
        "report_lost": (ARCHIVIST, "lost"),
    },
    "received": {"return": (ARCHIVIST, "returned"), "shelve": (ARCHIVIST, "shelved")},
    "shelved": {},
    "returned": {"take_back": (HR, "preparing")},
    "deferred": {"resume": (HR, "preparing"), "exempt": (HR, "exempt")},
    "lost": {"recover": (HR, "preparing")},
    "exempt": {"include": (HR, "preparing")},
    "none": {"register": (HR, "preparing")},
}
PAIRS = [(state, step) for state in ALLOWED for step in ALLOWED[state]]


def asked_by(step, town):
    step = MACHINE[step]
    return {
        "reason_code": step.reasons[0][0] if step.reasons else "",
        "reason": "示例理由" if step.needs_text else "",
        "targets": town.huancui_archive if step.name == "send" else None,
    }


def test_the_table_names_every_state_and_every_step():
    assert set(ALLOWED) == set(State.values)
    assert {step for steps in ALLOWED.values() for step in steps} == set(MACHINE.by_name)
    assert set(SETTLED) == {state for state, side in SIDES.items() if side is None} == {"shelved", "exempt", "none"}


@pytest.mark.parametrize("state", ALLOWED)
def test_a_step_that_the_table_does_not_name_is_refused_and_leaves_no_trace(state, dossier_in, town, people):
    dossier = dossier_in(state)
    before = Operation.objects.count(), dossier.history.count()
    for step in set(MACHINE.by_name) - set(ALLOWED[state]):
        who = ARCHIVIST if MACHINE[step].duties == ("archives",) else HR
        outcome = take(step, [dossier.pk], actor=people[who], **asked_by(step, town))
        assert outcome.moved == []
        sentence = outcome.refused[dossier.pk]
        assert sentence == UNSEEN if who == ARCHIVIST and not dossier.office_id else "不能" in sentence
    assert (Operation.objects.count(), dossier.history.count()) == before


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_a_step_of_the_table_moves_the_dossier_and_leaves_one_history_row(state, step, dossier_in, town, people):
    who, target = ALLOWED[state][step]
    dossier = dossier_in(state, leader=step == "exempt")
    before = dossier.history.count()
    outcome = take(step, [dossier.pk], actor=people[who], **asked_by(step, town))
    assert outcome.refused == {}
    dossier.refresh_from_db()
    assert (dossier.state, dossier.last_step) == (target, step)
    newest = dossier.history.first()
    assert dossier.history.count() == before + 1
    assert newest.operation.kind == f"dossier.{step}"
    assert newest.operation.actor == people[who]
    assert newest.operation.reason == asked_by(step, town)["reason"]


@pytest.mark.parametrize("step", [step for step in MACHINE.by_name if MACHINE[step].needs_reason])
def test_a_step_that_needs_a_reason_is_refused_without_one(step, dossier_in, town, people):
    dossier = dossier_in(MACHINE[step].sources[0], leader=step == "exempt")
    with pytest.raises(Refused):
        take(step, [dossier.pk], actor=people[HR])
    assert Dossier.objects.get(pk=dossier.pk).last_step == ""


@pytest.mark.parametrize(
    ("state", "step", "facts", "leader", "words"),
    [
        ("preparing", "exempt", {}, False, "应当移交（二(四)）"),
        ("preparing", "ready", {}, True, "不移交（二(四)）"),
        ("ready", "send", {}, True, "不移交（二(四)）"),
        ("preparing", "defer", {}, True, "不移交（二(四)）"),
        ("preparing", "ready", {"volumes": None}, False, "没有登记档案册数"),
        ("ready", "send", {"volumes": 0}, False, "没有登记档案册数"),
        ("received", "shelve", {"number": ""}, False, "没有登记档案编号"),
        ("received", "shelve", {"shelf": ""}, False, "没有登记存放架位"),
    ],
)
def test_what_stands_in_the_way_is_said(state, step, facts, leader, words, dossier_in, town, people):
    dossier = dossier_in(state, leader=leader, **facts)
    who = people[ARCHIVIST if step == "shelve" else HR]
    assert words in preview(step, [dossier.pk], actor=who).refused[dossier.pk]
    outcome = take(step, [dossier.pk], actor=who, **asked_by(step, town))
    assert words in outcome.refused[dossier.pk]
    assert Dossier.objects.get(pk=dossier.pk).state == state


def test_the_enterprise_answers_until_the_archive_has_signed():
    answering = {state: side.answers for state, side in SIDES.items() if side}
    assert {state for state, side in answering.items() if side == "archive"} == {"received"}


def test_the_archive_cannot_send_and_the_enterprise_cannot_receive(dossier_in, town, people):
    dossier = dossier_in("in_transit")
    refused = take("receive", [dossier.pk], actor=people[HR])
    assert refused.refused[dossier.pk] == NOT_YOURS
    assert refused.forbidden == [dossier.pk]
    assert take("recall", [dossier.pk], actor=people[ARCHIVIST], reason="示例").refused[dossier.pk] == NOT_YOURS


def test_the_city_office_may_take_back_an_exemption(dossier_in, people):
    dossier = dossier_in("exempt")
    assert take("include", [dossier.pk], actor=people["watchdog"], reason="经研究不属于市委管理").moved == [dossier.pk]
