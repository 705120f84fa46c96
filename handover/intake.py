"""The normal phase month by month (一: 常态化移交): who retired, who is handed over, who is late; by enterprise and by month.

Each number is counted by the condition that its list is filtered by. What is expected is the enterprise's forecast, for
those who see it.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import reverse

from accounts.models import Enterprise
from accounts.scope import holds
from handover.figures import FIGURES
from handover.models import Case
from retirees.models import ExpectedRetirement
from retirees.statutory_age import add_months
from weihai_transfer.lib.linked import Number

CODES = ("due", "draft", "submitted", "accepted", "completed", "overdue")
LABELS = {"due": "已登记"}
MONTHS = 12


@dataclass(frozen=True)
class Line:
    label: str
    numbers: list
    url: str = ""


@dataclass(frozen=True)
class Table:
    first: str
    headings: list
    lines: list
    total: Line | None = None


def headings(user):
    found = [LABELS.get(code, FIGURES[code].label) for code in CODES]
    return ["预计退休", "预计而未登记", *found] if sees_forecast(user) else found


def sees_forecast(user):
    return holds(user, *ExpectedRetirement.objects.all().seen_with)


def by_enterprise(user, month):
    """One month: a line for each enterprise that has somebody in it."""
    cases = _cases(user).filter(retiree__retired_on__year=month.year, retiree__retired_on__month=month.month)
    counts = {code: _counted(FIGURES[code].of(cases), "enterprise") for code in CODES}
    expected, missing = _forecast(user, "enterprise", expected=month)
    keys = {key for found in (*counts.values(), expected, missing) for key in found}
    rows = Enterprise.objects.filter(pk__in=keys).order_by("path")
    lines = [
        Line(
            one.name,
            _numbers(user, counts, expected, missing, one.pk, month, one.pk),
            f"?{urlencode({'month': f'{month:%Y-%m}', 'enterprise': one.pk})}",
        )
        for one in rows
    ]
    summed = [_sum(found) for found in counts.values()]
    whole = {code: {None: total} for code, total in zip(CODES, summed, strict=True)}
    total = Line("合计", _numbers(user, whole, {None: _sum(expected)}, {None: _sum(missing)}, None, month, None))
    return Table("企业", headings(user), lines, total)


def by_month(user, until, enterprise=None):
    """The twelve months up to `until`, of everybody in sight or of one enterprise."""
    months = [add_months(until, -number) for number in range(MONTHS)]
    cases = _cases(user).filter(retiree__retired_on__gte=months[-1], retiree__retired_on__lt=add_months(until, 1))
    cases = cases.filter(enterprise=enterprise) if enterprise else cases
    cases = cases.annotate(month=TruncMonth("retiree__retired_on"))
    counts = {code: _counted(FIGURES[code].of(cases), "month") for code in CODES}
    given = {"enterprise": enterprise} if enterprise else {}
    expected, missing = _forecast(user, "expected", expected__gte=months[-1], expected__lte=until, **given)
    lines = [
        Line(
            f"{month:%Y-%m}",
            _numbers(user, counts, expected, missing, month, month, enterprise and enterprise.pk),
            f"?{urlencode({'month': f'{month:%Y-%m}'})}",
        )
        for month in months
    ]
    return Table("退休月份", headings(user), lines)


def _cases(user):
    """Those of the normal phase: they need no agreement."""
    return Case.objects.visible_to(user).filter(stock=False)


def _counted(rows, column):
    return dict(rows.order_by().values_list(column).annotate(Count("pk")))


def _forecast(user, column, **which):
    """({key: expected}, {key: expected and in no roster yet}); empty for those who do not see the forecast."""
    if not sees_forecast(user):
        return {}, {}
    rows = ExpectedRetirement.objects.visible_to(user).filter(**which)
    return _counted(rows, column), _counted(rows.entered(False), column)


def _sum(found):
    return sum(found.values())


def _numbers(user, counts, expected, missing, key, month, enterprise):
    own = {"enterprise": enterprise} if enterprise else {}
    people = {"retired": f"{month:%Y-%m}", "stock": "0", **own}
    found = [
        Number(counts[code].get(key, 0), f"{reverse('handover:people')}?{urlencode({'figure': code, **people})}")
        for code in CODES
    ]
    if not sees_forecast(user):
        return found
    coming = {"month": f"{month:%Y-%m}", **own}
    return [
        Number(expected.get(key, 0), f"{reverse('retirees:forecast')}?{urlencode(coming)}"),
        Number(missing.get(key, 0), f"{reverse('retirees:forecast')}?{urlencode({'entered': '0', **coming})}"),
        *found,
    ]
