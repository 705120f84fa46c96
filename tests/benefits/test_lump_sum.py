"""What is paid once, by vectors worked out by hand (domain.md 5.4)."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.lump_sum import Line, age_in_months, expectancy_in_months, lump_sum

ALLOWANCE, HEATING = Line("生活补贴", Decimal("200.00"), 12), Line("取暖补贴", Decimal("1000.00"), 1)


def reckon(lines, born, settled=date(2026, 7, 8), years="81", floor=0):
    return lump_sum(lines, born_on=born, settled_on=settled, expectancy=Decimal(years), floor_months=floor)


def test_the_illustration_of_the_facts_comes_to_its_amount():
    """81 years, 68 years and 4 months: 972 − 820 = 152 months; 30,400.00 + 12,666.67."""
    result = reckon([ALLOWANCE, HEATING], date(1958, 3, 8))
    assert (result.full_months, result.age_months, result.months) == (972, 820, 152)
    assert result.amount == Decimal("43066.67")


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        (date(1960, 5, 20), date(2026, 5, 19), 791),  # the day before the birthday
        (date(1960, 5, 20), date(2026, 5, 20), 792),  # on it
        (date(1960, 5, 20), date(2026, 6, 19), 792),
        (date(1960, 2, 29), date(2026, 2, 28), 791),  # a leap day is over on 1 March
        (date(1960, 2, 29), date(2026, 3, 1), 792),
        (date(1960, 2, 29), date(2024, 2, 29), 768),
        (date(1960, 1, 31), date(2026, 4, 30), 794),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_age_counts_whole_months(born, day, months):
    assert age_in_months(born, day) == months


@pytest.mark.parametrize(
    ("years", "months"), [("81", 972), ("78.53", 942), ("79.19", 950), ("80.04", 960), ("78.375", 941)]
)
def test_life_expectancy_in_whole_months_half_up(years, months):
    assert expectancy_in_months(Decimal(years)) == months


def test_the_sum_is_rounded_once_and_not_item_by_item():
    """Three items of 10.00 a year for 5 months: 4.1666… each. Rounded one by one they came to 12.51."""
    lines = [Line(str(n), Decimal("10.00"), 1) for n in range(3)]
    assert reckon(lines, date(1945, 12, 8)).months == 5
    assert reckon(lines, date(1945, 12, 8)).amount == Decimal("12.50")


def test_half_a_cent_goes_up():
    # 0.06 × 1 month ÷ 12 = 0.005
    assert reckon([Line("x", Decimal("0.06"), 1)], date(1945, 8, 8)).amount == Decimal("0.01")
    # 0.30 × 1 ÷ 12 = 0.025, which bankers would round to 0.02
    assert reckon([Line("x", Decimal("0.30"), 1)], date(1945, 8, 8)).amount == Decimal("0.03")


@pytest.mark.parametrize(("floor", "months", "floored"), [(0, 0, True), (12, 12, True), (60, 60, True)])
def test_the_floor_holds_for_those_older_than_the_expectancy(floor, months, floored):
    result = reckon([ALLOWANCE], date(1935, 1, 1), floor=floor)
    assert (result.months, result.floored) == (months, floored)
    assert result.amount == 200 * months


def test_the_floor_does_nothing_to_those_with_more_months():
    result = reckon([ALLOWANCE], date(1958, 3, 8), floor=60)
    assert (result.months, result.floored) == (152, False)


def test_what_is_paid_on_an_event_comes_to_nothing():
    assert reckon([Line("丧葬、抚恤补差", Decimal("5000.00"), 0)], date(1958, 3, 8)).amount == 0


def test_nobody_is_settled_before_his_birth():
    with pytest.raises(ValueError, match="born after"):
        reckon([ALLOWANCE], date(2026, 7, 9))
