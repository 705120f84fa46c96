"""The progress table by area or by enterprise: at the end of a day, and what a period changed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from handover.listing import NO_AREA_YET
from oversight.counting import beside, reading
from oversight.counting.measures import RATES
from oversight.counting.reading import AREA, ENTERPRISE, Scope
from weihai_transfer.lib import clock


@dataclass
class Line:
    """`key`: the pk of the area or enterprise, None for people without one and for the sum of all lines."""

    key: int | None
    label: str
    level: str = ""
    now: Counter = field(default_factory=Counter)
    before: Counter | None = None

    def count(self, code):
        return self.now[code]

    def period(self, code):
        """By how much the number changed since the beginning of the period; None without one."""
        return None if self.before is None else self.now[code] - self.before[code]

    def rate(self, code):
        """A Fraction, or None where there is nothing to take a share of."""
        return RATES[code].of(self.now)


@dataclass(frozen=True)
class Table:
    """`known`: the codes of counting.beside that the viewer has a list for."""

    cut: str
    lines: list
    total: Line
    known: frozenset


def table(user, cut, day=None, since=None, scope=None):
    """A Table at the end of `day` (today by default); with `since`, the first day of a period, also what it changed.

    `cut`: "area" or "enterprise". Lines: every active area, or every enterprise with anybody or anything; whoever goes
    nowhere yet in a line without a key.
    """
    scope = scope or Scope.of(user)
    now = _counted(user, scope, cut, day)
    before = _counted(user, scope, cut, since - timedelta(days=1)) if since else None
    lines = [
        Line(key, label, level, now.get(key, Counter()), None if before is None else before.get(key, Counter()))
        for key, label, level in _keys(cut, scope, {*now, *(before or ())})
    ]
    total = Line(None, "合计", "", _sum(now), None if before is None else _sum(before))
    return Table(cut, lines, total, frozenset(beside.known_to(user)))


def _counted(user, scope, cut, day):
    found = {key: Counter(numbers) for key, numbers in reading.numbers(scope, cut, day).items()}
    if scope.is_whole:
        end = None if day is None or day >= clock.today() else clock.midnight(day + timedelta(days=1))
        for key, numbers in beside.sums(user, cut, end).items():
            found.setdefault(key, Counter()).update(numbers)
    return found


def _sum(lines):
    total = Counter()
    for numbers in lines.values():
        total.update(numbers)
    return total


def _keys(cut, scope, present):
    if cut == AREA:
        areas = Office.objects.filter(kind=OfficeKind.AREA).order_by("path")
        shown = [one for one in areas if one.pk in present or (one.active and scope.reach.everywhere)]
        keys = [(one.pk, str(one), "") for one in shown]
    else:
        assert cut == ENTERPRISE, cut
        rows = Enterprise.objects.filter(pk__in=[key for key in present if key]).order_by("path")
        keys = [(one.pk, one.name, one.get_level_display()) for one in rows]
    known = {key for key, *_ in keys}
    return [*keys, *([(None, NO_AREA_YET, "")] if present - known else [])]
