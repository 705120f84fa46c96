"""What may be entered: what was paid, at the rate at which it was paid; nothing new and nothing more (二(六))."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from benefits.models import OutOfPoolItem, Treatment
from benefits.services import items
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
NO_NEW = "国有企业不再新增统筹外项目"
NO_RAISE = "原则上不再提高发放标准"


def entry(person, **changed):
    values = {"kind": "heating", "name": "", "rate": Decimal("1000.00"), "period": "season", "times": 0}
    return items.Entry(person.pk, **values | {"since": date(2018, 11, 1)} | changed)


def test_what_began_after_the_document_is_new_for_those_retired_before_it(item_of):
    with pytest.raises(Refused, match=NO_NEW) as refusal:
        item_of(since=date(2020, 3, 31))
    assert "二(六)" in str(refusal.value)
    assert not OutOfPoolItem.objects.exists()
    assert item_of(name="白示例", since=date(2020, 3, 30)).pk


def test_those_retired_later_get_what_the_group_paid_before(item_of, town):
    later = {"retired_on": date(2022, 3, 31), "since": date(2022, 4, 1)}
    with pytest.raises(Refused, match="之前没有“取暖补贴”"):
        item_of(**later)
    item_of("白示例")
    assert item_of("于示例", **later).pk
    # The subsidiary is of the same group; another kind, or another group, is not.
    assert item_of("丁示例", place=town.dyeworks, **later).pk
    with pytest.raises(Refused, match=NO_NEW):
        item_of("崔示例", kind="nursing", **later)
    with pytest.raises(Refused, match=NO_NEW):
        item_of("仇示例", place=town.port, hr="port_hr", **later)


def test_other_items_are_the_same_by_their_name(make_person, town, people):
    old = make_person(town.mill, "安示例", retired_on=date(2018, 1, 1))
    late = make_person(town.mill, "白示例", retired_on=date(2022, 1, 1))
    rows = [entry(old, kind="other", name="示例米面油")]
    rows += [entry(late, kind="other", name=name, since=date(2022, 2, 1)) for name in ("示例米面油", "示例旅游费", "")]
    faults = items.faults_of(rows, actor=people["mill_hr"])
    assert list(faults) == [2, 3]
    assert NO_NEW in faults[2]
    assert "须填写项目名称" in faults[3]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rate": Decimal(0)}, "大于零"),
        ({"rate": Decimal("-1")}, "大于零"),
        ({"rate": Decimal("1.005")}, "最多两位小数"),
        ({"period": "festival"}, "每年次数"),
        ({"period": "festival", "times": 13}, "每年次数"),
        ({"period": "monthly", "times": 12}, "每年次数"),
        ({"kind": "gold"}, "不在可选范围"),
        ({"period": "event", "lump_agreed": True}, "不能折算"),
        ({"since": clock.today() + timedelta(days=1)}, "晚于今天"),
    ],
)
def test_an_item_must_make_sense(changed, words, item_of):
    with pytest.raises(Refused, match=words):
        item_of(**changed)


def test_nothing_is_entered_for_the_dead_for_others_people_or_twice(item_of, make_person, town, people, given):
    with pytest.raises(Refused, match="已去世"):
        item_of(survival="deceased")
    with pytest.raises(Refused, match="不在您的企业名下"):
        item_of("崔示例", place=town.port)
    with pytest.raises(Refused, match="没有退休时间"):
        item_of("于示例", retired_on=None)
    first = item_of("白示例")
    with pytest.raises(Refused, match="没有重复录入"):
        items.add(first.retiree, **given(), actor=people["mill_hr"])


def test_a_higher_rate_needs_an_approval(item_of, people):
    item = item_of()
    with pytest.raises(Refused, match=NO_RAISE) as refusal:
        items.change(item, rate=Decimal("1000.01"), actor=people["mill_hr"])
    assert "1,000.00" in str(refusal.value)
    raised = items.change(item, rate=Decimal("1100.00"), raise_approval="示例批〔2026〕1号", actor=people["mill_hr"])
    assert (raised.rate, raised.raise_approval) == (Decimal("1100.00"), "示例批〔2026〕1号")
    # The approval was for that raise and for no further one.
    with pytest.raises(Refused, match=NO_RAISE):
        items.change(item, rate=Decimal("1200.00"), actor=people["mill_hr"])


def test_paying_more_often_is_a_raise_too(item_of, people):
    item = item_of(kind="festival", period="festival", times=2, rate=Decimal("500.00"))
    with pytest.raises(Refused, match=NO_RAISE):
        items.change(item, times=3, actor=people["mill_hr"])
    with pytest.raises(Refused, match=NO_RAISE):
        items.change(item, times=0, period="monthly", actor=people["mill_hr"])
    assert items.change(item, times=4, rate=Decimal("250.00"), actor=people["mill_hr"]).yearly == Decimal("1000.00")


def test_a_lower_rate_passes_and_a_proposal_follows_it(item_of, decided, people):
    item = item_of()
    decided(item)
    items.change(item, rate=Decimal("900.00"), lump_agreed=True, actor=people["mill_hr"])
    treatment = Treatment.objects.get()
    assert (treatment.yearly, treatment.rule) == (Decimal("900.00"), 7)


def test_a_decided_item_is_not_changed_and_not_removed(item_of, decided, take, people):
    item = item_of()
    take(decided(item), "confirm")
    with pytest.raises(Refused, match="先撤回决定"):
        items.change(item, rate=Decimal("900.00"), actor=people["mill_hr"])
    with pytest.raises(Refused, match="不能移去"):
        items.remove(item, reason="示例", actor=people["mill_hr"])
    with pytest.raises(Refused, match="先撤回决定"):
        items.enter_many([entry(item.retiree, rate=Decimal("900.00"))], actor=people["mill_hr"])


def test_a_mistaken_entry_is_removed_with_a_reason(item_of, people):
    item = item_of()
    with pytest.raises(Refused, match="理由"):
        items.remove(item, reason=" ", actor=people["mill_hr"])
    with pytest.raises(Refused, match="查找不到"):
        items.remove(item, reason="示例", actor=people["port_hr"])
    items.remove(item, reason="示例：金额录入错误", actor=people["mill_hr"])
    assert not OutOfPoolItem.objects.exists()


def test_a_form_that_showed_something_else_changes_nothing(item_of, people):
    item = item_of()
    items.change(item, rate=Decimal("900.00"), actor=people["mill_hr"])
    with pytest.raises(Refused, match="刚被他人修改"):
        items.change(item, basis="x", version={"rate": Decimal("1000.00")}, actor=people["mill_hr"])


# --- from a workbook


def test_a_workbook_adds_changes_and_leaves_alone(item_of, make_person, town, people):
    standing = item_of("安示例")
    other = make_person(town.mill, "白示例", retired_on=date(2017, 1, 1))
    rows = [
        entry(standing.retiree, rate=Decimal("800.00")),
        entry(other),
        entry(other, kind="living", period="monthly"),
    ]
    done = items.enter_many(rows, actor=people["mill_hr"])
    assert (len(done.added), done.changed, done.same) == (2, [standing.pk], 0)
    again = items.enter_many(rows, actor=people["mill_hr"])
    assert (again.moved, again.same) == ([], 3)


def test_a_workbook_with_a_new_item_brings_nothing_in(make_person, town, people):
    old = make_person(town.mill, "安示例", retired_on=date(2018, 1, 1))
    late = make_person(town.mill, "白示例", retired_on=date(2022, 1, 1))
    after = date(2022, 2, 1)
    rows = [entry(old), entry(old, kind="living", since=date(2021, 1, 1)), entry(late, kind="nursing", since=after)]
    faults = items.faults_of(rows, actor=people["mill_hr"])
    assert list(faults) == [1, 2]
    assert all(NO_NEW in sentence for sentence in faults.values())
    with pytest.raises(Refused, match="没有录入任何一条"):
        items.enter_many(rows, actor=people["mill_hr"])
    assert not OutOfPoolItem.objects.exists()


def test_the_stock_of_the_same_workbook_says_what_was_paid(make_person, town, people):
    old = make_person(town.mill, "安示例", retired_on=date(2018, 1, 1))
    late = make_person(town.dyeworks, "白示例", retired_on=date(2022, 1, 1))
    rows = [entry(late, since=date(2022, 2, 1)), entry(old)]
    assert len(items.enter_many(rows, actor=people["mill_hr"]).added) == 2


def test_the_same_item_twice_in_a_workbook_is_a_fault(make_person, town, people):
    old = make_person(town.mill, "安示例", retired_on=date(2018, 1, 1))
    assert list(items.faults_of([entry(old), entry(old)], actor=people["mill_hr"])) == [1]


def test_a_raise_in_a_workbook_names_its_approval(item_of, people):
    one = item_of().retiree
    assert NO_RAISE in items.faults_of([entry(one, rate=Decimal(1200))], actor=people["mill_hr"])[0]
    rows = [entry(one, rate=Decimal("1200.00"), raise_approval="示例批〔2026〕1号")]
    assert items.enter_many(rows, actor=people["mill_hr"]).changed
    # The next file does not repeat the number: the approval stays with the item.
    assert items.enter_many([entry(one, rate=Decimal("1200.00"))], actor=people["mill_hr"]).same == 1
