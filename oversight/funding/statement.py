"""What is due, budgeted and paid: by area and year. Pure sums over what counting, rates and entries found.

A month costs people × yearly rate ÷ 12, by the rate that holds on its count day. Nothing is rounded on the way. The sum of
an area, year and level of enterprises is rounded once, half up, to the fen; what each level of finance bears of it is rounded
down, and the missing fen go to the largest remainders, so that the parts are the sum exactly.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from accounts.models.places import EnterpriseLevel
from oversight.funding.rates import holding
from oversight.models import FinanceLevel
from oversight.models.funding import WHOLE

NOUGHT = Decimal("0.00")


@dataclass
class LevelLine:
    """The retirees of one level of enterprises in one area. `missing`: the months with people and without a rate."""

    level: EnterpriseLevel
    counts: list[int]
    due: Decimal
    borne: dict
    missing: list

    @property
    def person_months(self):
        return sum(self.counts)


@dataclass
class Money:
    """One level of finance: what it owes for a year, has budgeted and has paid; of both, by the state-capital budget."""

    due: Decimal = NOUGHT
    budgeted: Decimal = NOUGHT
    paid: Decimal = NOUGHT
    budgeted_by_line: dict = field(default_factory=dict)
    paid_by_line: dict = field(default_factory=dict)

    @property
    def unpaid(self):
        return self.due - self.paid

    @property
    def short(self):
        """How much the budget lacks; below nought: how much it has left."""
        return self.due - self.budgeted

    def plus(self, other):
        return Money(
            self.due + other.due,
            self.budgeted + other.budgeted,
            self.paid + other.paid,
            _sum(self.budgeted_by_line, other.budgeted_by_line),
            _sum(self.paid_by_line, other.paid_by_line),
        )


@dataclass
class Statement:
    """One area in one year, or all of them together (`area` is None)."""

    area: object
    lines: dict
    finances: dict

    @property
    def total(self):
        found = Money()
        for money in self.finances.values():
            found = found.plus(money)
        return found

    @property
    def person_months(self):
        return sum(line.person_months for line in self.lines.values())

    @property
    def missing(self):
        return [line for line in self.lines.values() if line.missing]

    def people_in(self, at):
        return sum(line.counts[at] for line in self.lines.values())


def line_of(level, counts, months, rates):
    """`rates`: those of the level, oldest first."""
    due, borne, missing = Fraction(0), defaultdict(Fraction), []
    for people, month in zip(counts, months, strict=True):
        rate = holding(rates, month.day)
        if people and rate is None:
            missing.append(month)
        elif people:
            cost = people * Fraction(rate.per_head) / 12
            due += cost
            for finance in FinanceLevel:
                borne[finance] += cost * rate.share(finance) / WHOLE
    total = fen(due)
    return LevelLine(EnterpriseLevel(level), list(counts), as_yuan(total), shared_out(total, borne), missing)


def fen(amount):
    """A fraction of yuan in whole fen, half up."""
    return int(amount * 100 + Fraction(1, 2))


def as_yuan(whole):
    return Decimal(whole).scaleb(-2)


def shared_out(total, borne):
    """{finance: yuan} of `total` fen: each part rounded down, the rest to the largest remainders (central first)."""
    exact = {finance: borne.get(finance, Fraction(0)) * 100 for finance in FinanceLevel}
    parts = {finance: int(share) for finance, share in exact.items()}
    order = sorted(FinanceLevel, key=lambda finance: parts[finance] - exact[finance])
    for at in range(total - sum(parts.values())):
        parts[order[at % len(order)]] += 1
    return {finance: as_yuan(part) for finance, part in parts.items()}


def statement_of(area, lines, budgets, payments):
    """`budgets`, `payments`: {finance: {line: amount}} of the area."""
    finances = {}
    for finance in FinanceLevel:
        due = sum((line.borne[finance] for line in lines.values()), NOUGHT)
        budgeted, paid = budgets.get(finance, {}), payments.get(finance, {})
        finances[finance] = Money(
            due, sum(budgeted.values(), NOUGHT), sum(paid.values(), NOUGHT), dict(budgeted), dict(paid)
        )
    return Statement(area, lines, finances)


def together(statements):
    """The sum of areas: of rounded amounts, so that the foot of a table is the sum of what stands above it."""
    lines = {}
    for level in EnterpriseLevel:
        mine = [one.lines[level] for one in statements]
        borne = {finance: sum((line.borne[finance] for line in mine), NOUGHT) for finance in FinanceLevel}
        counts = [sum(numbers) for numbers in zip(*(line.counts for line in mine), strict=True)]
        missing = sorted({month for line in mine for month in line.missing}, key=lambda month: month.number)
        lines[level] = LevelLine(level, counts, sum((line.due for line in mine), NOUGHT), borne, missing)
    finances = {finance: Money() for finance in FinanceLevel}
    for one in statements:
        finances = {finance: money.plus(one.finances[finance]) for finance, money in finances.items()}
    return Statement(None, lines, finances)


def _sum(one, other):
    return {line: one.get(line, NOUGHT) + other.get(line, NOUGHT) for line in {*one, *other}}
