"""Every state × every step of a membership, at which end it is taken, and what becomes of the letter."""

import pytest

from audit.models import Operation
from party.models import Letter, Membership
from party.services import take
from party.services.steps import WRITES
from party.states import MACHINE, RECEIVING, SETTLED, SIDES, WITH_LETTER, WITH_RECEIVER, State
from tracks.advancing import NOT_YOURS, UNSEEN
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db

FROM, TO = "mill_party", "zhudao_party"
ALLOWED = {
    # state: {step: (who takes it, where it leads)}
    "pending": {
        "issue": (FROM, "issued"),
        "issue_outside": (FROM, "outside"),
        "lose": (FROM, "unreachable"),
        "end": (FROM, "ended"),
    },
    "issued": {
        "arrive": (TO, "arrived"),
        "refuse": (TO, "refused"),
        "reissue": (FROM, "issued"),
        "void": (FROM, "pending"),
        "lose": (FROM, "unreachable"),
    },
    "outside": {
        "reissue_outside": (FROM, "outside"),
        "confirm_outside": (FROM, "departed"),
        "void": (FROM, "pending"),
        "lose": (FROM, "unreachable"),
    },
    "arrived": {"place": (TO, "placed")},
    "placed": {"move": (TO, "placed")},
    "departed": {},
    "refused": {
        "issue": (FROM, "issued"),
        "issue_outside": (FROM, "outside"),
        "lose": (FROM, "unreachable"),
        "end": (FROM, "ended"),
    },
    "unreachable": {"find": (FROM, "pending"), "end": (FROM, "ended")},
    "ended": {"reopen": (FROM, "pending")},
}
PAIRS = [(state, step) for state in ALLOWED for step in ALLOWED[state]]
VALUES = {"place": {"branch": "示例第二党支部"}, "move": {"branch": "示例第二党支部"}}
# Nobody takes these by hand; they follow from what was recorded about the person (test_endings.py).
FOLLOWING = {"end_by_death", "end_by_closing"}


@pytest.fixture
def asked_by(town, letter_values):
    def ask(step):
        step = MACHINE[step]
        issues = step.target == State.ISSUED
        return {
            "reason_code": step.reasons[0][0] if step.reasons else "",
            "reason": "示例理由" if step.needs_text else "",
            "targets": town.zhudao if issues else None,
            "values": letter_values(outside="中共烟台市示例区工作委员会")
            if step.name in WRITES
            else VALUES.get(step.name),
        }

    return ask


def test_the_table_names_every_state_and_every_step():
    assert set(ALLOWED) == set(State.values)
    assert {step for steps in ALLOWED.values() for step in steps} == set(MACHINE.by_name) - FOLLOWING
    assert set(SETTLED) == {"placed", "departed", "ended"}


def test_the_sending_organisation_answers_until_the_arrival():
    answering = {state: side.answers for state, side in SIDES.items() if side}
    assert {state for state, side in answering.items() if side == "receiver"} == {"arrived"}


@pytest.mark.parametrize("state", ALLOWED)
def test_a_step_that_the_table_does_not_name_is_refused_and_leaves_no_trace(state, member_in, people, asked_by):
    member = member_in(state)
    before = Operation.objects.count(), member.history.count(), Letter.history.count()
    for step in set(MACHINE.by_name) - set(ALLOWED[state]) - FOLLOWING:
        who = TO if MACHINE[step].duties == (RECEIVING,) else FROM
        outcome = take(step, [member.pk], actor=people[who], **asked_by(step))
        assert outcome.moved == []
        sentence = outcome.refused[member.pk]
        assert sentence == UNSEEN if who == TO and not member.office_id else "不能" in sentence
    assert (Operation.objects.count(), member.history.count(), Letter.history.count()) == before


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_a_step_of_the_table_moves_the_member_and_leaves_one_history_row(state, step, member_in, people, asked_by):
    who, target = ALLOWED[state][step]
    member = member_in(state)
    before = member.history.count()
    outcome = take(step, [member.pk], actor=people[who], **asked_by(step))
    assert outcome.refused == {}
    member.refresh_from_db()
    assert (member.state, member.last_step) == (target, step)
    assert member.history.count() == before + 1
    newest = member.history.first().operation
    assert (newest.kind, newest.actor) == (f"membership.{step}", people[who])
    # A letter stands exactly in the states of this list.
    standing = Letter.objects.filter(membership=member.pk, voided_at=None).count()
    assert standing == (1 if target in WITH_LETTER else 0)


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_nobody_takes_a_step_of_the_other_end(state, step, member_in, people, asked_by):
    who = FROM if ALLOWED[state][step][0] == TO else TO
    member = member_in(state)
    outcome = take(step, [member.pk], actor=people[who], **asked_by(step))
    seen = who == FROM or state in WITH_RECEIVER
    assert outcome.refused[member.pk] == (NOT_YOURS if seen else UNSEEN)
    assert outcome.forbidden == ([member.pk] if seen else [])
    assert Membership.objects.get(pk=member.pk).state == state


@pytest.mark.parametrize("step", [step for step in MACHINE.by_name if MACHINE[step].needs_reason])
def test_a_step_that_needs_a_reason_is_refused_without_one(step, member_in, people, letter_values):
    member = member_in(MACHINE[step].sources[0])
    before = member.last_step
    who = TO if MACHINE[step].duties == (RECEIVING,) else FROM
    with pytest.raises(Refused):
        take(step, [member.pk], actor=people[who], values=letter_values())
    assert Membership.objects.get(pk=member.pk).last_step == before


def test_the_reason_other_needs_words(member_in, people):
    member = member_in(State.ISSUED)
    with pytest.raises(Refused, match="没有填写"):
        take("void", [member.pk], actor=people[FROM], reason_code="other")


def test_whoever_refuses_a_member_loses_sight_of_him(member_in, people):
    member = member_in(State.ISSUED)
    take("refuse", [member.pk], actor=people[TO], reason_code="dues_unpaid", reason="党费只交到上半年")
    assert not Membership.objects.visible_to(people[TO]).exists()
    assert Letter.objects.get(membership=member.pk).voided_at


def test_a_watch_sees_and_cannot_act(member_in, organisation, asked_by):
    member = member_in(State.ISSUED)
    for step in ("arrive", "void"):
        assert take(step, [member.pk], actor=organisation, **asked_by(step)).refused[member.pk] == NOT_YOURS


def test_no_letter_is_written_for_the_dead(make_person, town, people, asked_by):
    person = make_person(town.mill, "安示例", political_status="01", survival="deceased")
    outcome = take("issue", [person.pk], actor=people[FROM], **asked_by("issue"))
    assert "已去世" in outcome.refused[person.pk]
    ended = take("end", [person.pk], actor=people[FROM], reason_code="died", reason="示例：家属来电告知")
    assert ended.moved == [person.pk]
