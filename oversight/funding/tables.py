"""A statement as lines of the pages: every number with the list or page that it counts."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models.places import EnterpriseLevel
from oversight.models import FinanceLevel, FundingLine
from weihai_transfer.lib.linked import Number

NO_RATE = "{area}{level} {months} 没有标准，应负担金额未计入。"


@dataclass(frozen=True)
class AreaLine:
    """`dues`: by level of enterprises; None where people count and the rate is missing."""

    label: str
    url: str
    people: Number
    person_months: Number
    dues: list
    due: Decimal
    budgeted: Number
    paid: Number
    unpaid: Decimal


@dataclass(frozen=True)
class MonthLine:
    label: str
    day: object
    projected: bool
    numbers: list
    total: Number


def _dues(statement):
    return [None if line.missing and not line.due else line.due for line in statement.lines.values()]


def entries_url(name, year, area=None, finance=None):
    query = {"year": year, **({"area": area} if area else {}), **({"finance": finance} if finance else {})}
    return f"{reverse(f'oversight:funding_{name}')}?{urlencode(query)}"


def people_url(year, area, month, level=None):
    url = reverse("oversight:funding_people", args=[year, area, month])
    return f"{url}?{urlencode({'level': level.value})}" if level else url


def area_line(year, statement):
    area, at = statement.area, year.latest
    url = reverse("oversight:funding_area", args=[year.year, area.pk])
    return AreaLine(
        str(area),
        url,
        Number(statement.people_in(at), people_url(year.year, area.pk, at + 1)),
        Number(statement.person_months, url),
        _dues(statement),
        statement.total.due,
        Number(statement.total.budgeted, entries_url("budgets", year.year, area.pk)),
        Number(statement.total.paid, entries_url("payments", year.year, area.pk)),
        statement.total.unpaid,
    )


def total_line(year, statement, narrowed):
    """The foot. The lists of entries are those of all areas, so a narrowed table has no link to them."""
    money = statement.total
    return AreaLine(
        "合计",
        "",
        Number(statement.people_in(year.latest)),
        Number(statement.person_months),
        _dues(statement),
        money.due,
        Number(money.budgeted, "" if narrowed else entries_url("budgets", year.year)),
        Number(money.paid, "" if narrowed else entries_url("payments", year.year)),
        money.unpaid,
    )


def month_lines(year, statement):
    return [_month(year, statement, at, month) for at, month in enumerate(year.months)]


def _month(year, statement, at, month):
    pk = statement.area.pk
    numbers = [
        Number(line.counts[at], people_url(year.year, pk, month.number, level))
        for level, line in statement.lines.items()
    ]
    total = Number(statement.people_in(at), people_url(year.year, pk, month.number))
    return MonthLine(month.label, month.day, month.projected, numbers, total)


def finance_lines(year, statement):
    """(label, Money, url of the budgets, url of the payments, of the state-capital budget: budgeted and paid)."""
    pk = statement.area.pk if statement.area else None
    lines = [(finance.label, finance.value, money) for finance, money in statement.finances.items()]
    return [
        (
            label,
            money,
            entries_url("budgets", year.year, pk, finance),
            entries_url("payments", year.year, pk, finance),
            *of_state_capital(money),
        )
        for label, finance, money in [*lines, ("合计", None, statement.total)]
    ]


def of_state_capital(money):
    nought = Decimal("0.00")
    line = FundingLine.STATE_CAPITAL
    return money.budgeted_by_line.get(line, nought), money.paid_by_line.get(line, nought)


def rates_in(year, level):
    """The rates of a level that hold on some count day of the year, oldest first."""
    days = [month.day for month in year.months]
    found = []
    for at, rate in enumerate(year.rates[level]):
        ends = year.rates[level][at + 1].since if at + 1 < len(year.rates[level]) else None
        if any(rate.since <= day and (ends is None or day < ends) for day in days):
            found.append(rate)
    return found


def rate_words(year, level):
    return "；".join(f"{rate.since} 起 {rate.per_head:,}" for rate in rates_in(year, level)) or "没有标准"


def rate_line(rate):
    """(rate, its percents in the order of FinanceLevel)."""
    return rate, [f"{rate.percent(finance):f}%" for finance in FinanceLevel]


def missing_words(statements):
    """Where people count and no rate holds: one sentence for each area and level."""
    return [
        NO_RATE.format(
            area=one.area,
            level=EnterpriseLevel(line.level).label,
            months="、".join(month.label for month in line.missing),
        )
        for one in statements
        for line in one.missing
    ]
