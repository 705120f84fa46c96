"""What is paid once, by the average life expectancy of the city (二(六); domain.md 5.4): a pure function.

remaining months = the larger of the floor and (life expectancy in months − age in months on the day of settlement);
amount = Σ (what an item comes to in a year) × remaining months ÷ 12, rounded once, at the end, half up to the cent.
Undiscounted: it is a payment agreed with the retiree, not the provision of the accounts.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MONTHS = 12
CENT = Decimal("0.01")
ROUNDING = "合计后一次四舍五入到分"


@dataclass(frozen=True)
class Line:
    """One item: its rate and how many times a year it is paid."""

    label: str
    rate: Decimal
    times: int

    @property
    def yearly(self):
        return self.rate * self.times

    def exact(self, months):
        """Its part of the sum before rounding, for the worked example."""
        return self.yearly * months / MONTHS


@dataclass(frozen=True)
class Sum:
    """A lump sum with every number that leads to it."""

    age_months: int
    full_months: int
    floor_months: int
    months: int
    lines: tuple[Line, ...]
    amount: Decimal

    @property
    def floored(self):
        return self.full_months - self.age_months < self.floor_months


def age_in_months(born_on, day):
    """Whole months lived on `day`; a month that is not over does not count."""
    months = (day.year - born_on.year) * MONTHS + day.month - born_on.month
    return months - (day.day < born_on.day)


def expectancy_in_months(years):
    """Life expectancy (years, Decimal) in whole months, half up: 78.53 years are 942 months."""
    return int((years * MONTHS).quantize(Decimal(1), ROUND_HALF_UP))


def lump_sum(lines, *, born_on, settled_on, expectancy, floor_months=0):
    """The Sum of `lines` for one person; `expectancy` in years. Raises ValueError where the birth lies after the day."""
    age = age_in_months(born_on, settled_on)
    if age < 0:
        raise ValueError("born after the day of settlement")
    full = expectancy_in_months(expectancy)
    months = max(floor_months, full - age)
    yearly = sum((line.yearly for line in lines), Decimal(0))
    amount = (yearly * months / MONTHS).quantize(CENT, ROUND_HALF_UP)
    return Sum(age, full, floor_months, months, tuple(lines), amount)
