"""Forecasts of out-of-pool money: what the table would bring to an enterprise, and what each year costs.

Undiscounted: what is paid in a year, times the remaining months of the average life expectancy. A provision in the
accounts is an actuarial value of CAS 9 and is made elsewhere. Decimal throughout, rounded once a cell.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet

from benefits import facts as sources
from benefits.decision import BY_NUMBER, Outcome, decide
from benefits.lump_sum import CENT, MONTHS, age_in_months, expectancy_in_months
from benefits.models import OutOfPoolItem, Treatment
from benefits.treatment_states import State
from retirees.codes import Survival
from retirees.models import Retiree
from weihai_transfer.lib.among import among

UNDISCOUNTED = "未折现：年标准 × 按预期寿命计算的剩余月数 ÷ 12。计提入账须按会计准则另行精算。"
# What goes on month by month.
PAID_ON = (Outcome.KEEP, Outcome.PROVISION, Outcome.TAPER, Outcome.FOLLOW)
OPEN = (State.PROPOSED, State.WITH_APPROVER, State.REJECTED, State.TO_SIGN, State.DECIDED)
COUNTED = (*OPEN, State.IN_FORCE, State.PAID, State.RECORDED)


@dataclass
class RuleLine:
    """What one row of the table would bring; sums are None where no life expectancy is set."""

    rule: int
    people: int
    items: int
    yearly: Decimal
    provision: Decimal | None
    once: Decimal | None

    @property
    def row(self):
        return BY_NUMBER[self.rule]


@dataclass
class WhatIf:
    lines: list
    people: int
    items: int
    yearly: Decimal
    provision: Decimal | None
    once: Decimal | None
    # Items of people whose retirement or birth date is missing, and what is paid on an event, are in no sum.
    undecided: int


def what_if(enterprise_ids, *, choices=None, all_lump=None, expectancy=None, day=None):
    """The WhatIf of all items of living people of these enterprises (the caller has checked whose they are).

    `choices`: a decision.Choices in place of the city's; `all_lump`: as if all, or nobody, agreed to be paid once;
    `expectancy`: years (Decimal); without it no sums of remaining months.
    """
    settings = sources.settings_on(day)
    floor = settings.values["lump_floor_months"]
    rows = QuerySet(OutOfPoolItem).filter(enterprise__in=list(enterprise_ids))
    known = sources.known_of(rows.exclude(retiree__survival=Survival.DECEASED), settings)
    born = _born([one.item["retiree_id"] for one in known.values()])
    sums, undecided = defaultdict(lambda: _Bucket()), 0
    for one in known.values():
        person = one.item["retiree_id"]
        if one.facts is None or born.get(person) is None:
            undecided += 1
            continue
        facts = one.facts if all_lump is None else _with_lump(one.facts, all_lump)
        row = decide(facts, choices or settings.choices)
        months = _months_left(born[person], settings.day, expectancy, floor)
        sums[row.number].add(person, one.yearly, months)
    lines = [_line(number, sums[number], expectancy) for number in sorted(sums)]
    return WhatIf(
        lines,
        people=len(set().union(*(bucket.people for bucket in sums.values()))),
        items=sum(line.items for line in lines),
        yearly=sum((line.yearly for line in lines), Decimal(0)),
        provision=_total(lines, "provision", expectancy),
        once=_total(lines, "once", expectancy),
        undecided=undecided,
    )


class _Bucket:
    def __init__(self):
        self.people, self.items, self.yearly, self.product = set(), 0, Decimal(0), Decimal(0)
        self.each = defaultdict(Decimal)

    def add(self, person, yearly, months):
        self.people.add(person)
        self.items += 1
        self.yearly += yearly
        self.product += yearly * months
        self.each[person] += yearly * months


def _line(number, bucket, expectancy):
    provision = once = None
    if expectancy is not None:
        outcome = BY_NUMBER[number].outcome
        provision = _round(bucket.product / MONTHS) if outcome == Outcome.PROVISION else Decimal(0)
        # What is paid once is rounded for each person, as his settlement will be.
        once = Decimal(0)
        if outcome == Outcome.LUMP_SUM:
            once = sum((_round(product / MONTHS) for product in bucket.each.values()), Decimal(0))
    return RuleLine(number, len(bucket.people), bucket.items, bucket.yearly, provision, once)


def _total(lines, name, expectancy):
    return None if expectancy is None else sum((getattr(line, name) for line in lines), Decimal(0))


def _with_lump(facts, agreed):
    return type(facts)(**{**facts.__dict__, "lump_agreed": agreed})


def _born(ids):
    rows = QuerySet(Retiree).filter(pk__in=among(Retiree, set(ids)))
    return dict(rows.values_list("pk", "born_on"))


def _months_left(born_on, day, expectancy, floor):
    if expectancy is None:
        return 0
    return max(floor, expectancy_in_months(expectancy) - age_in_months(born_on, day))


def _round(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


# --- by year


@dataclass
class Year:
    """What is paid in one year, by outcome of the table."""

    year: int
    paid: dict

    @property
    def total(self):
        return sum(self.paid.values(), Decimal(0))


def budget_by_year(enterprise_ids, first_year, years=10, *, expectancy=None, day=None):
    """[Year]: as decided, or as proposed where nobody decided yet.

    A person counts until the month in which he reaches the life expectancy; one who is past it, for the floor of
    months from `day`. Without a life expectancy everybody counts in every year. A lump sum stands in the year in
    which it was paid, or reckoned.
    """
    settings = sources.settings_on(day)
    paid = defaultdict(lambda: defaultdict(Decimal))
    for outcome, last, yearly in _streams(enterprise_ids, expectancy, settings):
        for year in range(first_year, first_year + years):
            paid[year][outcome] += yearly * _months_in(year, last)
    found = []
    once = _lump_sums(enterprise_ids)
    for year in range(first_year, first_year + years):
        cells = {Outcome(outcome): _round(product / MONTHS) for outcome, product in paid[year].items() if product}
        if year in once:
            cells[Outcome.LUMP_SUM] = once[year]
        found.append(Year(year, cells))
    return found


def _streams(enterprise_ids, expectancy, settings):
    """[(outcome, last month or None, what is paid in a full year)], people of the same last month together."""
    floor = settings.values["lump_floor_months"]
    rows = (
        QuerySet(Treatment)
        .filter(enterprise__in=list(enterprise_ids), outcome__in=PAID_ON, state__in=COUNTED)
        .exclude(retiree__survival=Survival.DECEASED)
        .values_list("outcome", "retiree__born_on", "yearly", "percent")
    )
    streams = defaultdict(Decimal)
    for outcome, born_on, yearly, percent in rows:
        share = yearly if percent is None else yearly * percent / 100
        streams[outcome, _last_month(born_on, settings.day, expectancy, floor)] += share
    return [(outcome, last, yearly) for (outcome, last), yearly in streams.items()]


def _last_month(born_on, day, expectancy, floor):
    """The number (year × 12 + month − 1) of the month after the last one that is paid; None: without an end."""
    if expectancy is None or born_on is None:
        return None
    reached = _number(born_on) + expectancy_in_months(expectancy)
    return max(reached, _number(day) + floor)


def _number(day: date):
    return day.year * MONTHS + day.month - 1


def _months_in(year, last):
    return MONTHS if last is None else min(MONTHS, max(0, last - year * MONTHS))


def _lump_sums(enterprise_ids):
    """{year: Σ} of the standing settlements that are on their way or paid."""
    rows = (
        QuerySet(Treatment)
        .filter(enterprise__in=list(enterprise_ids), outcome=Outcome.LUMP_SUM, state__in=COUNTED)
        .exclude(settlement=None)
        .values_list("settlement", "settlement__settled_on", "settlement__paid_on", "settlement__amount")
        .distinct()
    )
    once = defaultdict(Decimal)
    for _, settled_on, paid_on, amount in rows:
        once[(paid_on or settled_on).year] += amount
    return once
