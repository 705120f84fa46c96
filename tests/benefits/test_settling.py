"""The sum that is paid once: every input kept, and the same amount from what is printed."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from accounts.values import set_value
from benefits.models import Settlement, Treatment
from benefits.services import expectancy, settling
from tracks.advancing import UNSEEN
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 8)
BORN = date(1958, 3, 8)


@pytest.fixture
def two_items(item_of, decided):
    first = item_of(born_on=BORN, lump_agreed=True)
    second = item_of(retiree=first.retiree, kind="living", period="monthly", rate=Decimal("200.00"), lump_agreed=True)
    return decided(first, second)


def test_without_a_life_expectancy_the_clerk_is_told_who_sets_it(two_items, people):
    with pytest.raises(Refused, match=r"没有设定.*系统管理员"):
        settling.settle([two_items[0].retiree_id], settled_on=DAY, actor=people["mill_hr"])


def test_the_expectancy_of_the_day_holds(two_items, people, lived):
    expectancy.set_expectancy(date(2026, 7, 9), Decimal(82), 2025, "示例后来公报", actor=people["sysadmin"])
    settling.settle([two_items[0].retiree_id], settled_on=DAY, actor=people["mill_hr"])
    assert Settlement.objects.get().expectancy == 81
    with pytest.raises(Refused, match="没有设定"):
        settling.settle([two_items[0].retiree_id], settled_on=date(2019, 12, 31), actor=people["mill_hr"])


def test_all_items_of_a_person_are_one_sum_with_every_input(two_items, settled):
    one = settled(two_items[0], DAY)
    assert (one.age_months, one.full_months, one.months, one.amount) == (820, 972, 152, Decimal("43066.67"))
    assert (one.expectancy_year, one.expectancy_source) == (2019, "示例统计公报")
    assert (one.floor_months, one.floor_source, one.born_on) == (0, "默认值（二(六)）", BORN)
    assert [(line["label"], line["rate"], line["times"]) for line in one.lines] == [
        ("取暖补贴", "1000.00", 1),
        ("生活补贴", "200.00", 12),
    ]
    assert one.number == f"{clock.today().year}-DEMO01-L00001"
    assert set(Treatment.objects.values_list("settlement", flat=True)) == {one.pk}


def test_a_new_reckoning_replaces_the_one_before(two_items, settled, people):
    first = settled(two_items[0], DAY)
    set_value("lump_floor_months", date(2020, 1, 1), 180, source="示例批复", actor=people["sysadmin"])
    second = settled(two_items[0], DAY)
    assert (second.months, second.floor_source, second.number[-6:]) == (180, "示例批复", "L00002")
    first.refresh_from_db()
    assert first.replaced
    assert not second.replaced


def test_who_reckons_what(two_items, item_of, decided, lived, people):
    provision = decided(item_of("白示例"))
    outcome = settling.preview([provision.retiree_id], settled_on=DAY, actor=people["mill_hr"])
    assert "没有待核算" in outcome.refused[provision.retiree_id]
    for who in set(people) - {"mill_hr", "group"}:
        outcome = settling.preview([two_items[0].retiree_id], settled_on=DAY, actor=people[who])
        assert outcome.refused[two_items[0].retiree_id] == UNSEEN, who
    with pytest.raises(Refused, match="晚于今天"):
        settling.settle([], settled_on=clock.today() + timedelta(days=1), actor=people["mill_hr"])
    assert not Settlement.objects.exists()


def test_while_a_sum_is_signed_no_other_is_reckoned(two_items, settled, take, item_of, decided, people):
    settled(two_items[0], DAY)
    take(Treatment.objects.get(pk=two_items[0].pk), "offer")
    decided(item_of(retiree=two_items[0].retiree, kind="transport", lump_agreed=True))
    outcome = settling.settle([two_items[0].retiree_id], settled_on=DAY, actor=people["mill_hr"])
    assert "先撤回决定" in outcome.refused[two_items[0].retiree_id]


def test_what_was_paid_stays_beside_what_is_found_later(two_items, settled, take, item_of, decided):
    settled(two_items[0], DAY)
    paid = take(take(take(two_items[0], "offer"), "sign"), "pay")
    late = decided(item_of(retiree=paid.retiree, kind="transport", rate=Decimal("120.00"), lump_agreed=True))
    second = settled(late, DAY)
    assert [line["label"] for line in second.lines] == ["交通、通讯补贴"]
    assert second.amount == Decimal("1520.00")
    assert Settlement.objects.standing().count() == 2
    assert list(Settlement.objects.unpaid()) == [second]


def test_the_amount_can_be_reckoned_on_paper_from_what_is_printed(two_items, settled):
    one = settled(two_items[0], DAY)
    words = settling.example(one).words
    printed = " ".join(words)
    years = Decimal(re.search(r"：([\d.]+) 岁（2019 年", printed).group(1))
    age = int(re.search(r"核算时年龄：(\d+) 个月", printed).group(1))
    floor = int(re.search(r"最少计发月数：(\d+) 个月", printed).group(1))
    months = max(floor, int((years * 12).quantize(Decimal(1), ROUND_HALF_UP)) - age)
    items = re.findall(r"：([\d,.]+) 元 × 每年 (\d+) 次", printed)
    total = sum(Decimal(rate.replace(",", "")) * int(times) * months for rate, times in items)
    amount = (total / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert len(items) == 2
    assert f"各项乘积相加：{total:,.2f}" in printed
    assert f"÷ 12 ＝ {amount:,.2f} 元" in printed
    assert amount == one.amount == Decimal("43066.67")


def test_the_example_says_the_floor_and_what_is_not_counted(item_of, decided, settled, people):
    item_of("白示例", kind="funeral", period="event", rate=Decimal(5000))
    set_value("lump_floor_months", date(2020, 1, 1), 24, source="示例批复", actor=people["sysadmin"])
    later = {"retired_on": date(2024, 5, 31), "since": date(2024, 6, 1), "born_on": date(1935, 1, 1)}
    one = decided(item_of(kind="funeral", period="event", rate=Decimal(5000), **later))
    assert one.rule == 9
    words = settling.example(settled(one, DAY)).words
    assert "最少计发月数：24 个月（示例批复）" in words
    assert "计发月数：24 个月（剩余月数和最少计发月数中的较大者）" in words
    assert any("按发生支付，不折算" in line for line in words)


def test_many_sums_cost_as_few_queries_as_one(item_of, decided, lived, people, django_assert_max_num_queries):
    rows = [item_of(f"第{n}示例", lump_agreed=True) for n in range(12)]
    decided(*rows)
    with django_assert_max_num_queries(32):
        outcome = settling.settle([row.retiree_id for row in rows], settled_on=DAY, actor=people["mill_hr"])
    assert len(outcome.moved) == 12
    assert Settlement.objects.values("number").distinct().count() == 12
