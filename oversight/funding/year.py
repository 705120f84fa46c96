"""The statements of a year, read with a constant number of queries: counts, rates, budgets and payments."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.calendar import values_over_time
from accounts.models import Office
from accounts.models.places import EnterpriseLevel, OfficeKind
from accounts.scope import reach_of
from oversight.funding import counting, rates
from oversight.funding.entries import FIRST_YEAR
from oversight.funding.months import CODE, months_of
from oversight.funding.statement import NOUGHT, line_of, statement_of, together
from oversight.models import FundingBudget, FundingPayment
from oversight.models.funding import SEES_FUNDING
from weihai_transfer.lib import clock


@dataclass
class Year:
    """`of`: {area id: Statement}; `months`: the twelve count days; `rates`: {level: [rate, …]}."""

    year: int
    months: list
    rates: dict
    of: dict
    total: object

    @property
    def statements(self):
        return list(self.of.values())

    @property
    def latest(self):
        """The place of the newest month that was counted and not projected; the first when none was."""
        return max((at for at, month in enumerate(self.months) if not month.projected), default=0)


def years():
    """The years that can be looked at, newest first: budgets are made for the coming one too."""
    return range(clock.today().year + 1, FIRST_YEAR - 1, -1)


def areas_of(user, *duties):
    """The areas of which the user may see the funding (or for which he holds one of `duties`)."""
    reach = reach_of(user, *(duties or SEES_FUNDING))
    areas = Office.objects.filter(kind=OfficeKind.AREA).order_by("path")
    return areas if reach.everywhere else areas.filter(pk__in=reach.offices)


def months(year):
    return months_of(year, values_over_time()[CODE], clock.today())


def read(year, areas):
    """The Year of these areas (a query set or list of offices)."""
    days, known = months(year), rates.over_time()
    counts = counting.count(days)
    budgets, payments = _entered(FundingBudget, year), _entered(FundingPayment, year)
    nobody = [0] * len(days)
    found = {}
    for area in areas:
        lines = {
            level: line_of(level, counts.get((area.pk, level), nobody), days, known[level]) for level in EnterpriseLevel
        }
        found[area.pk] = statement_of(area, lines, budgets[area.pk], payments[area.pk])
    return Year(year, days, known, found, together(list(found.values())) if found else None)


def _entered(model, year):
    """{area id: {finance: {line: amount}}}; an area of which nothing was entered has an empty one."""
    found = defaultdict(lambda: defaultdict(dict))
    rows = QuerySet(model).filter(year=year).order_by("pk")
    # Added up here and not by the database, which on SQLite would do it in floating point.
    for area, finance, line, amount in rows.values_list("area", "finance", "line", "amount"):
        lines = found[area][finance]
        lines[line] = lines.get(line, NOUGHT) + amount
    return found
