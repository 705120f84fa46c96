"""Every state × every step of a treatment, whose it is, and which outcome of the table it is for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from audit.operations import operation
from benefits.decision import BY_NUMBER
from benefits.models import OutOfPoolItem, Settlement, Treatment
from benefits.services import deciding, steps
from benefits.treatment_states import ENDED_BY_DEATH, MACHINE, SIDES, State
from tracks.advancing import NOT_YOURS, UNSEEN
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
HR, APPROVER = "mill_hr", "approver"
ALLOWED = {
    # state: {step: (who takes it, where it leads)}
    "proposed": {
        "ask_approval": (HR, "with_approver"),
        "offer": (HR, "to_sign"),
        "confirm": (HR, "decided"),
        "record": (HR, "recorded"),
        "cancel": (HR, "cancelled"),
    },
    "with_approver": {"approve": (APPROVER, "in_force"), "reject": (APPROVER, "rejected")},
    "rejected": {
        "ask_approval": (HR, "with_approver"),
        "revoke": (HR, "proposed"),
        "cancel": (HR, "cancelled"),
    },
    "to_sign": {"sign": (HR, "decided"), "decline": (HR, "proposed"), "revoke": (HR, "proposed")},
    "decided": {
        "put_in_force": (HR, "in_force"),
        "stop": (HR, "stopped"),
        "pay": (HR, "paid"),
        "revoke": (HR, "proposed"),
    },
    "in_force": {"revoke": (HR, "proposed")},
    "stopped": {"revoke": (HR, "proposed")},
    "paid": {},
    "recorded": {"revoke": (HR, "proposed")},
    "cancelled": {"revoke": (HR, "proposed")},
    "ended": {},
}
PAIRS = [(state, step) for state, found in ALLOWED.items() for step in found]
# Which row of the table a step is for, as far as it is not for all.
ROW_FOR = {
    "ask_approval": 3,
    "approve": 3,
    "reject": 3,
    "offer": 7,
    "sign": 7,
    "decline": 7,
    "pay": 7,
    "record": 10,
    "stop": 5,
}
FOR = {
    "ask_approval": {"keep"},
    "offer": {"lump_sum"},
    "confirm": {"stop", "clean_up", "provision", "taper"},
    "record": {"follow"},
    "put_in_force": {"provision", "taper"},
    "stop": {"stop", "clean_up"},
    "pay": {"lump_sum"},
}


@pytest.fixture
def laid(item_of, decided, people, settled, town):
    """laid(state, row) → a treatment laid there, decided by that row, fit for every step of it."""

    def make(state="proposed", row=6):
        one = decided(item_of(lump_agreed=True))
        settled(one)
        facts = {"proof": "示例", "proof_on": clock.today(), "asked_on": clock.today(), "approver": town.sasac_bureau}
        with operation("test.arrange", actor=people[HR]) as act:
            act.change(Treatment, [one.pk], state=state, rule=row, outcome=BY_NUMBER[row].outcome, **facts)
        return Treatment.objects.get(pk=one.pk)

    return make


def test_the_table_names_every_state_and_every_step():
    assert set(ALLOWED) == set(State.values)
    assert {step for found in ALLOWED.values() for step in found} == set(MACHINE.by_name) - {"end"}


def test_who_acts_and_who_answers():
    acting = {state.value: side.acts for state, side in SIDES.items() if side}
    assert acting == {
        "proposed": "enterprise",
        "with_approver": "approver",
        "rejected": "enterprise",
        "to_sign": "enterprise",
        "decided": "enterprise",
    }
    assert {side.answers for side in SIDES.values() if side} == {"enterprise"}


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_a_step_leads_where_the_table_says(state, step, laid, take):
    who, target = ALLOWED[state][step]
    one = take(laid(state, ROW_FOR.get(step, 6)), step, who)
    assert one.state == target


@pytest.mark.parametrize("state", list(ALLOWED))
def test_no_other_step_can_be_taken(state, laid, refused):
    one = laid(state)
    for step in set(MACHINE.by_name) - set(ALLOWED[state]) - {"end"}:
        who = APPROVER if step in ("approve", "reject") else HR
        assert f"不能{MACHINE[step].label}" in refused(one, step, who)
    one.refresh_from_db()
    assert one.state == state


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_nobody_else_takes_a_step(state, step, laid, refused, people):
    who = ALLOWED[state][step][0]
    one = laid(state, ROW_FOR.get(step, 6))
    for other in set(people) - {who, "group"}:
        if who == APPROVER and other == "mill_hr":
            assert refused(one, step, other) == NOT_YOURS
            continue
        seen = other in ("watchdog", "mill_hr", APPROVER)
        assert refused(one, step, other) == (NOT_YOURS if seen else UNSEEN), other


@pytest.mark.parametrize("step", list(FOR))
@pytest.mark.parametrize("row", list(BY_NUMBER))
def test_a_step_is_for_certain_outcomes_alone(step, row, laid, people, planned):
    state = MACHINE[step].sources[0]
    one = laid(state, row)
    with operation("test.arrange", actor=people[HR]) as act:
        act.change(type(one.retiree), [one.retiree_id], retired_on=date(2022, 5, 1))
    moves = steps.preview(step, [one.pk], actor=people[HR]).moved == [one.pk]
    assert moves == (BY_NUMBER[row].outcome in FOR[step])


@pytest.mark.parametrize("step", steps.PROVED)
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "没有填写凭证"),
        ({"proof": " ", "proof_on": date(2026, 1, 1)}, "没有填写凭证"),
        ({"proof": "示例", "proof_on": None}, "没有填写凭证"),
        ({"proof": "示例", "proof_on": date(2999, 1, 1)}, "晚于今天"),
    ],
)
def test_what_is_carried_out_names_its_paper(step, values, words, people):
    with pytest.raises(Refused, match=words):
        steps.take(step, [], actor=people[HR], values=values)


@pytest.mark.parametrize("step", [step.name for step in MACHINE.steps if step.needs_text])
def test_a_step_back_says_why(step, people):
    with pytest.raises(Refused, match="理由"):
        steps.take(step, [], actor=people[HR], reason=" ")


# --- the vulnerable


def test_the_competent_body_sees_what_it_was_asked_for_and_keeps_it(item_of, decided, take, people):
    one = decided(item_of(special_groups=["work_injury"]))
    assert one.rule == 3
    approver = people[APPROVER]
    assert not Treatment.objects.visible_to(approver).exists()
    asked = take(one, "ask_approval")
    assert asked.asked_on == clock.today()
    assert Treatment.objects.visible_to(approver).get() == asked
    kept = take(asked, "approve", APPROVER)
    assert (kept.state, kept.proof) == ("in_force", "示例凭〔2026〕1号")
    # The decision withdrawn is not the competent body's any more.
    back = take(kept, "revoke")
    assert (back.state, back.proof, back.asked_on) == ("proposed", "", None)
    assert not Treatment.objects.visible_to(approver).exists()


def test_an_enterprise_without_a_competent_body_asks_nobody(item_of, decided, refused, set_place, town):
    set_place(town.mill, supervisor=None)
    assert "没有登记主管部门" in refused(decided(item_of(special_groups=["work_injury"])), "ask_approval")


def test_the_subsidiary_asks_the_competent_body_of_its_group(item_of, decided, town):
    one = decided(item_of(place=town.dyeworks, special_groups=["occupational_disease"]))
    assert one.approver == town.sasac_bureau


# --- paid once


def test_what_is_paid_once_is_reckoned_signed_and_paid_with_all_items(item_of, decided, settled, take, refused):
    first = item_of(lump_agreed=True)
    second = item_of(retiree=first.retiree, kind="living", period="monthly", rate=Decimal("200.00"), lump_agreed=True)
    one, two = decided(first, second)
    assert "还没有核算" in refused(one, "offer")
    one.settlement = settled(one)
    offered = take(one, "offer")
    assert set(Treatment.objects.values_list("state", flat=True)) == {"to_sign"}
    signed = take(offered, "sign")
    assert (signed.state, signed.proof) == ("decided", "示例凭〔2026〕1号")
    paid = take(two, "pay", values={"proof": "示例付-1", "proof_on": clock.today()})
    assert set(Treatment.objects.values_list("state", flat=True)) == {"paid"}
    # The agreement stays the proof of the decision, the voucher is the sum's.
    assert paid.proof == "示例凭〔2026〕1号"
    assert (paid.settlement.voucher, paid.settlement.paid_on) == ("示例付-1", clock.today())


def test_who_declines_is_provided_for_and_paid_as_before(item_of, decided, settled, take):
    one = decided(item_of(lump_agreed=True))
    assert one.rule == 7
    settled(one)
    back = take(take(one, "offer"), "decline")
    assert (back.state, back.rule, back.outcome, back.settlement) == ("proposed", 6, "provision", None)
    assert not OutOfPoolItem.objects.get().lump_agreed
    assert Settlement.objects.get().replaced
    assert take(take(back, "confirm"), "put_in_force").state == "in_force"


def test_a_withdrawn_sum_is_reckoned_anew(item_of, decided, settled, take, refused):
    one = decided(item_of(lump_agreed=True))
    settled(one)
    back = take(take(take(one, "offer"), "sign"), "revoke")
    assert (back.state, back.rule, back.settlement) == ("proposed", 7, None)
    assert "还没有核算" in refused(back, "offer")


# --- tapering


def test_the_percent_is_that_of_the_plans_year(item_of, decided, take, planned):
    item_of("白示例")
    for retired, percent in ((date(2021, 1, 1), 75), (date(2022, 12, 31), 50), (date(2023, 1, 1), 25)):
        one = decided(item_of(f"于{retired}", retired_on=retired, since=retired + timedelta(days=1)))
        assert (one.rule, one.outcome) == (8, "taper")
        done = take(one, "confirm")
        assert (done.percent, done.plan) == (percent, planned)
        assert take(done, "put_in_force").percent == percent
    assert take(done, "revoke").percent is None


def test_nobody_tapers_without_a_plan(item_of, decided, refused, town):
    item_of("白示例")
    one = decided(item_of(retired_on=date(2022, 5, 1), since=date(2022, 5, 1)))
    assert "没有登记过渡方案" in refused(one, "confirm")


def test_a_plan_that_does_not_reach_the_year_is_said(item_of, decided, refused, planned, people):
    item_of("白示例")
    one = decided(item_of(retired_on=date(2023, 5, 1), since=date(2023, 5, 1)))
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(type(planned), [planned.pk], years=1)
    assert "没有覆盖这一年" in refused(one, "confirm")


# --- the database


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "in_force", "proof": ""},
        {"state": "paid", "settlement": None},
        {"state": "with_approver", "asked_on": None},
        {"rule": 12},
        {"state": "gone"},
    ],
)
def test_the_database_refuses_what_must_not_be(facts, laid, people):
    one = laid()
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people[HR]) as act:
        act.change(Treatment, [one.pk], **facts)


def test_a_cancelled_treatment_comes_back_when_it_is_taken_up_again(laid, take):
    assert take(take(laid(), "cancel"), "revoke").state == "proposed"


def test_a_death_ends_every_state_but_those_that_are_over():
    assert set(ENDED_BY_DEATH) == set(State) - {State.STOPPED, State.PAID, State.CANCELLED, State.ENDED}


def test_deciding_again_refuses_what_is_on_its_way(laid, people):
    one = laid("with_approver", 3)
    outcome = deciding.decide([one.pk], actor=people[HR])
    assert "待其答复" in outcome.refused[one.pk]
