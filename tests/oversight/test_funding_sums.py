"""From people to money: pure sums, rounded once, shared out to the last fen."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from accounts.models.places import EnterpriseLevel
from oversight.funding.months import months_of
from oversight.funding.statement import line_of, shared_out, statement_of, together
from oversight.models import FinanceLevel, FundingLine, ServiceRate
from tests.oversight.conftest import SHARES

MONTHS = months_of(2025, [(None, 15)], date(2026, 1, 1))
LEVEL = EnterpriseLevel.CITY


def rate(since, per_head, shares=SHARES):
    return ServiceRate(
        level=LEVEL, since=since, per_head=Decimal(per_head), **{one.value: shares[one] * 100 for one in FinanceLevel}
    )


def line(counts, *rates):
    return line_of(LEVEL, counts, MONTHS, rates)


def test_without_a_rate_nothing_is_due_and_the_months_are_named():
    found = line([0, 0, 3] + [0] * 9)
    assert (found.due, [month.number for month in found.missing]) == (Decimal("0.00"), [3])


def test_without_people_a_missing_rate_is_no_matter():
    assert line([0] * 12).missing == []


def test_a_month_before_the_first_rate_is_missing_and_the_rest_is_reckoned():
    found = line([1] * 12, rate(date(2025, 3, 16), "120"))
    assert [month.number for month in found.missing] == [1, 2, 3]
    assert found.due == Decimal("90.00")


def test_a_whole_year_costs_the_yearly_rate():
    assert line([7] * 12, rate(date(2020, 1, 1), "333.33")).due == Decimal("2333.31")


@pytest.mark.parametrize(
    ("since", "months_of_the_old"), [(date(2025, 7, 15), 6), (date(2025, 7, 16), 7), (date(2025, 7, 1), 6)]
)
def test_a_new_rate_holds_from_the_first_count_day_that_it_reaches(since, months_of_the_old):
    found = line([10] * 12, rate(date(2025, 1, 1), "120"), rate(since, "240"))
    assert found.due == 10 * (months_of_the_old * Decimal(10) + (12 - months_of_the_old) * Decimal(20))


def test_money_is_rounded_once_and_not_month_by_month():
    """A month of one person is 8.333… yuan: twelve rounded months would be 99.96."""
    assert line([1] * 12, rate(date(2025, 1, 1), "100")).due == Decimal("100.00")
    assert line([1] + [0] * 11, rate(date(2025, 1, 1), "100")).due == Decimal("8.33")
    assert line([1] + [0] * 11, rate(date(2025, 1, 1), "0.30")).due == Decimal("0.03")  # 0.025, half up


@pytest.mark.parametrize("per_head", ["100", "0.01", "333.33", "777.77", "99999.99"])
@pytest.mark.parametrize("people", [1, 2, 7, 1001])
def test_the_shares_are_the_sum_exactly(per_head, people):
    thirds = dict(zip(FinanceLevel, (33, 33, 17, 17), strict=True))
    found = line([people, 0, people + 1] + [0] * 9, rate(date(2025, 1, 1), per_head, thirds))
    assert sum(found.borne.values()) == found.due
    exact = {one: found.due * thirds[one] / 100 for one in FinanceLevel}
    assert all(abs(found.borne[one] - exact[one]) <= Decimal("0.02") for one in FinanceLevel)


def test_the_missing_fen_go_to_the_largest_remainders():
    borne = dict(zip(FinanceLevel, map(Fraction, ("0.334", "0.333", "0.3325", "0.0005")), strict=True))
    assert list(shared_out(100, borne).values()) == [Decimal(one) for one in ("0.34", "0.33", "0.33", "0.00")]


def test_nobody_is_given_what_he_does_not_bear():
    only = {one: 100 if one is FinanceLevel.AREA else 0 for one in FinanceLevel}
    found = line([1] + [0] * 11, rate(date(2025, 1, 1), "100", only))
    assert list(found.borne.values()) == [0, 0, 0, Decimal("8.33")]


def test_a_statement_names_due_budget_payment_and_what_is_left():
    lines = {level: line_of(level, [10] * 12, MONTHS, [rate(date(2025, 1, 1), "120")]) for level in EnterpriseLevel}
    budgets = {"central": {"2230105": Decimal("2000.00"), "general": Decimal("100.00")}}
    found = statement_of(None, lines, budgets, {"central": {"2230105": Decimal("500.00")}})
    central = found.finances[FinanceLevel.CENTRAL]
    assert (central.due, central.budgeted, central.paid) == (Decimal("2400.00"), Decimal("2100.00"), Decimal("500.00"))
    assert (central.unpaid, central.short) == (Decimal("1900.00"), Decimal("300.00"))
    assert central.budgeted_by_line[FundingLine.STATE_CAPITAL] == Decimal("2000.00")
    assert (found.total.due, found.person_months) == (Decimal("4800.00"), 480)


def test_the_sum_of_areas_is_the_sum_of_what_stands_above_it():
    lines = {
        level: line_of(level, [1] + [0] * 11, MONTHS, [rate(date(2025, 1, 1), "100")]) for level in EnterpriseLevel
    }
    one = statement_of(None, lines, {}, {})
    both = together([one, one])
    assert both.total.due == 2 * one.total.due == Decimal("66.64")
    assert both.lines[LEVEL].counts[0] == 2
    assert sum(line.due for line in both.lines.values()) == both.total.due
