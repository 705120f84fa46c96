"""A death stops what is paid and what might come to be; what was paid once stays paid."""

from datetime import date

import pytest

from audit.operations import operation
from benefits.models import Settlement, Treatment
from benefits.services import deciding
from benefits.treatment_states import ENDED_BY_DEATH, State
from handover.services import record_death
from handover.services import take as move_case
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(State))
def test_a_recorded_death_ends_the_treatment(state, item_of, decided, settled, people, town):
    one = decided(item_of(lump_agreed=True))
    settled(one)
    facts = {"proof": "示例", "proof_on": clock.today(), "asked_on": clock.today(), "approver": town.sasac_bureau}
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(Treatment, [one.pk], state=state, **facts)
    record_death(one.retiree, date(2026, 1, 5), actor=people["mill_hr"], reason="示例：家属告知")
    after = Treatment.objects.get()
    assert after.state == (State.ENDED if state in ENDED_BY_DEATH else state)
    last = Treatment.history.filter(item=one.pk).latest()
    if state in ENDED_BY_DEATH:
        assert last.operation.kind == "case.record_death"
    assert deciding.decide([one.pk], actor=people["mill_hr"]).refused


def test_a_sum_that_was_not_paid_falls_away_and_a_paid_one_stays(item_of, decided, settled, people, take):
    open_one, paid = decided(item_of(lump_agreed=True), item_of("白示例", lump_agreed=True))
    settled(open_one)
    settled(paid)
    take(take(take(paid, "offer"), "sign"), "pay")
    for one in (open_one, paid):
        record_death(one.retiree, date(2026, 1, 5), actor=people["mill_hr"], reason="示例：家属告知")
    states = dict(Treatment.objects.values_list("pk", "state"))
    assert states == {open_one.pk: "ended", paid.pk: "paid"}
    assert dict(Settlement.objects.values_list("retiree", "replaced")) == {
        open_one.retiree_id: True,
        paid.retiree_id: False,
    }


def test_a_street_that_records_a_death_stops_the_money_without_seeing_it(item_of, decided, take, people, town):
    one = take(take(decided(item_of()), "confirm"), "put_in_force")
    assert move_case("submit", [one.retiree_id], actor=people["mill_hr"], targets=town.huancui).moved
    assert move_case("assign", [one.retiree_id], actor=people["huancui_clerk"], targets=town.zhudao).moved
    clerk = people["zhudao_clerk"]
    record_death(one.retiree, date(2026, 1, 5), actor=clerk, reason="示例：家属告知")
    assert Treatment.objects.get().state == "ended"
    assert not Treatment.objects.visible_to(clerk).exists()


def test_a_case_closed_as_a_duplicate_ends_the_money_of_that_row(item_of, decided, people):
    one = decided(item_of())
    ids = [one.retiree_id]
    given = {"reason_code": "duplicate", "reason": "示例：重复登记"}
    assert move_case("ask_closing", ids, actor=people["mill_hr"], **given).moved
    assert Treatment.objects.get().state == "proposed"
    assert move_case("confirm_closing", ids, actor=people["watchdog"]).moved
    assert Treatment.objects.get().state == "ended"
