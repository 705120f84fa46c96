"""What it would cost: by rule of the table, and by year."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.values import set_value
from audit.operations import operation
from benefits import outlook
from benefits.decision import Choices, Outcome
from benefits.services import items
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 8)
BORN = date(1958, 3, 8)  # 820 months old on that day; 152 are left of 81 years


@pytest.fixture
def some(item_of, town, people):
    """Two items of one person (heating 1,000 a year, 200 a month), one vulnerable, one without a birth date."""
    first = item_of(born_on=BORN)
    item_of(retiree=first.retiree, kind="living", period="monthly", rate=Decimal("200.00"))
    item_of("白示例", born_on=BORN, special_groups=["work_injury"])
    unknown = item_of("于示例").retiree
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(type(unknown), [unknown.pk], born_on=None)
    return town.mill


def by_rule(found):
    return {line.rule: (line.people, line.items, line.yearly, line.provision, line.once) for line in found.lines}


def test_what_the_table_would_bring(some):
    found = outlook.what_if([some.pk], expectancy=Decimal(81), day=DAY)
    assert by_rule(found) == {
        3: (1, 1, Decimal(1000), Decimal(0), Decimal(0)),
        6: (1, 2, Decimal(3400), Decimal("43066.67"), Decimal(0)),
    }
    assert (found.people, found.items, found.provision, found.once, found.undecided) == (
        2,
        3,
        Decimal("43066.67"),
        0,
        1,
    )


def test_if_all_agreed_or_nobody_did(some):
    all_of_them = outlook.what_if([some.pk], all_lump=True, expectancy=Decimal(81), day=DAY)
    assert by_rule(all_of_them)[7] == (1, 2, Decimal(3400), Decimal(0), Decimal("43066.67"))
    assert 7 not in by_rule(outlook.what_if([some.pk], all_lump=False, expectancy=Decimal(81), day=DAY))


def test_with_other_choices_and_without_an_expectancy(some, set_place):
    set_place(some, annuity=True)
    found = outlook.what_if([some.pk], choices=Choices(vulnerable_before_annuity=False), day=DAY)
    assert {line.rule for line in found.lines} == {4}
    assert (found.provision, found.once) == (None, None)


def test_the_dead_and_other_enterprises_are_in_no_sum(some, town, people, make_person, item_of):
    assert outlook.what_if([town.port.pk], expectancy=Decimal(81), day=DAY).items == 0


def test_the_queries_do_not_grow_with_the_items(some, item_of, django_assert_num_queries):
    for n in range(9):
        item_of(f"第{n}示例")
    with django_assert_num_queries(6):
        outlook.what_if([some.pk], expectancy=Decimal(81), day=DAY)


def test_a_provision_is_paid_until_the_month_of_the_expectancy(item_of, decided, town):
    """Born in March 1958, 81 years: paid to February 2039; the last year has two months."""
    decided(item_of(born_on=BORN, kind="living", period="monthly", rate=Decimal("100.00")))
    years = outlook.budget_by_year([town.mill.pk], 2037, 4, expectancy=Decimal(81), day=DAY)
    assert [(one.year, one.paid) for one in years] == [
        (2037, {Outcome.PROVISION: Decimal("1200.00")}),
        (2038, {Outcome.PROVISION: Decimal("1200.00")}),
        (2039, {Outcome.PROVISION: Decimal("200.00")}),
        (2040, {}),
    ]


def test_those_past_the_expectancy_count_for_the_floor(item_of, decided, town, people):
    set_value("lump_floor_months", date(2020, 1, 1), 18, source="示例", actor=people["sysadmin"])
    decided(item_of(born_on=date(1935, 1, 1), kind="living", period="monthly", rate=Decimal("100.00")))
    years = outlook.budget_by_year([town.mill.pk], 2026, 3, expectancy=Decimal(81), day=DAY)
    # July 2026 and 18 months: to December 2027.
    assert [one.total for one in years] == [Decimal("1200.00"), Decimal("1200.00"), Decimal(0)]


def test_what_stops_costs_nothing_and_tapering_its_percent(item_of, decided, take, planned, town):
    take(take(decided(item_of(met_old_rules=False)), "confirm"), "stop")
    late = date(2022, 5, 1)
    take(decided(item_of("白示例", retired_on=late, since=late, born_on=BORN)), "confirm")
    [year] = outlook.budget_by_year([town.mill.pk], 2027, 1, expectancy=Decimal(81), day=DAY)
    assert year.paid == {Outcome.TAPER: Decimal("500.00")}


def test_a_lump_sum_stands_once_in_its_year(item_of, decided, settled, take, town):
    first = item_of(born_on=BORN, lump_agreed=True)
    one, _ = decided(first, item_of(retiree=first.retiree, kind="living", lump_agreed=True))
    total = settled(one, date(2025, 7, 8)).amount
    years = outlook.budget_by_year([town.mill.pk], 2025, 3, expectancy=Decimal(81), day=DAY)
    assert [year.paid for year in years] == [{Outcome.LUMP_SUM: total}, {}, {}]
    take(take(take(one, "offer"), "sign"), "pay")
    years = outlook.budget_by_year([town.mill.pk], 2025, 3, expectancy=Decimal(81), day=DAY)
    assert [year.year for year in years if year.paid] == [clock.today().year]


def test_a_change_of_an_item_moves_the_budget(item_of, decided, town, people):
    item = item_of(born_on=BORN)
    decided(item)
    items.change(item, rate=Decimal("600.00"), actor=people["mill_hr"])
    assert outlook.budget_by_year([town.mill.pk], 2027, 1, day=DAY)[0].total == Decimal("600.00")
