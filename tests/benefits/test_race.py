"""Two people at the same moment, on both engines, with real threads and connections."""

from decimal import Decimal

import pytest

from benefits.models import OutOfPoolItem, Settlement, Treatment
from benefits.services import deciding, expectancy, items, settling
from tests import cast
from tests.benefits.conftest import STOCK
from tests.handover.test_case_race import at_once
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entered(town, people, given):
    """Twenty people with an item each."""
    made = cast.bring_in(
        [cast.person(town.mill, f"示例{n}", n, retired_on=STOCK) for n in range(1, 21)], actor=people["mill_hr"]
    )
    rows = [items.Entry(one.pk, **given(lump_agreed=True)) for one in made]
    return items.enter_many(rows, actor=people["mill_hr"]).added


def test_four_who_decide_at_once_give_one_treatment_an_item(entered):
    def decide():
        return len(deciding.decide(entered, actor=cast.find_people()["mill_hr"]).moved)

    assert sum(at_once([decide] * 4)) == 20
    assert Treatment.objects.count() == 20
    assert Treatment.history.count() == 20


def test_two_who_reckon_at_once_leave_one_standing_sum_each(entered, people):
    deciding.decide(entered, actor=people["mill_hr"])
    expectancy.set_expectancy(STOCK, Decimal(81), 2017, "示例", actor=people["sysadmin"])
    ids = list(OutOfPoolItem.objects.values_list("retiree", flat=True))

    def settle():
        return settling.settle(ids, settled_on=clock.today(), actor=cast.find_people()["mill_hr"]).moved

    at_once([settle] * 3)
    assert Settlement.objects.standing().count() == 20
    assert Settlement.objects.values("number").distinct().count() == 60


def test_two_who_enter_the_same_item_enter_it_once(town, people, given):
    [one] = cast.bring_in([cast.person(town.mill, "安示例", 900, retired_on=STOCK)], actor=people["mill_hr"])

    def enter():
        try:
            return items.add(one, **given(), actor=cast.find_people()["mill_hr"]).pk
        except Refused as refusal:
            return str(refusal)

    answers = at_once([enter] * 3)
    assert OutOfPoolItem.objects.count() == 1
    assert sum("没有重复录入" in str(answer) for answer in answers) == 2


def test_deciding_and_entering_meet_without_waiting_in_a_circle(entered, people, given):
    """Facts change, decisions are made anew and taken back by several at once; nobody is left with an old one."""
    hr = people["mill_hr"]
    deciding.decide(entered, actor=hr)
    rows = OutOfPoolItem.objects.order_by("-pk")
    lower = [items.Entry(one.retiree_id, **given(lump_agreed=True, rate=Decimal("900.00"))) for one in rows]

    def decide():
        return deciding.decide(entered, actor=cast.find_people()["mill_hr"])

    def enter():
        return items.enter_many(lower, actor=cast.find_people()["mill_hr"])

    def settle():
        actor = cast.find_people()["mill_hr"]
        return settling.settle([one.retiree_id for one in rows], settled_on=clock.today(), actor=actor)

    expectancy.set_expectancy(STOCK, Decimal(81), 2017, "示例", actor=people["sysadmin"])
    at_once([decide, enter, settle, decide])
    assert set(Treatment.objects.values_list("yearly", flat=True)) == {Decimal("900.00")}
    # A sum that a treatment points at is reckoned from what the item says now.
    for one in Treatment.objects.exclude(settlement=None).select_related("settlement"):
        assert [line["rate"] for line in one.settlement.lines] == ["900.00"]
