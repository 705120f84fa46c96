"""Counts for a page: within the user's reach, at the end of a day, by area, street, community or enterprise.

The tallies are summed and what happened since they were brought up to date is added, so a number is never behind the list
that it leads to. A community has no tally of its own: its people are few and are counted one by one.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from accounts.scope import Reach, reach_of
from handover.models import Case
from oversight.counting import keeping, people, sums
from oversight.counting.cells import cells
from oversight.counting.measures import MEASURES, measured
from oversight.models import Tally, TallyKind, TallyLevel
from weihai_transfer.lib import clock

AREA, STREET, COMMUNITY, ENTERPRISE, WHOLE = "area", "street", "community", "enterprise", ""
COLUMN = {AREA: "area", STREET: "office", COMMUNITY: "office", ENTERPRISE: "enterprise"}


@dataclass(frozen=True)
class Scope:
    """Whose people are counted: those whom the user may see, narrowed to one area, street or group of enterprises."""

    reach: Reach
    area: int | None = None
    # The ids of one street with its communities, and of one enterprise with its subsidiaries.
    offices: frozenset | None = None
    enterprises: frozenset | None = None
    # True where the tallies do not tell these people apart from others of their street.
    finer: bool = False
    # What changed since the last count, by day, and what was counted, by cut and day: once for all numbers of a page.
    changed: dict = field(default_factory=dict, compare=False, repr=False)
    counted: dict = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, user, *, area=None, street=None, enterprise=None):
        """`area`, `street`, `enterprise`: rows of these models."""
        reach = reach_of(user, *Case.objects.all().seen_with)
        offices = Office.objects.under([street.path]) if street else None
        below = Enterprise.objects.under([enterprise.path]) if enterprise else None
        return cls(
            reach,
            area.pk if area else None,
            frozenset(offices.values_list("pk", flat=True)) if street else None,
            frozenset(below.values_list("pk", flat=True)) if enterprise else None,
            finer=_is_finer(reach) or bool(street and street.kind == OfficeKind.COMMUNITY),
        )

    @property
    def is_whole(self):
        """Everything that the user may see, not narrowed to a part of it."""
        return self.area is None and self.offices is None and self.enterprises is None

    def rows(self, office="office", enterprise="enterprise", area="area"):
        """The condition over rows with these columns."""
        found = self.reach.covers(office, enterprise)
        if self.area:
            found &= Q(**{area: self.area})
        if self.offices is not None:
            found &= Q(**{f"{office}_id__in": self.offices})
        if self.enterprises is not None:
            found &= Q(**{f"{enterprise}_id__in": self.enterprises})
        return found

    def holds(self, cell):
        reach = self.reach
        return (
            (reach.everywhere or cell.enterprise in reach.enterprises or cell.office in reach.offices)
            and self.area in (None, cell.area)
            and (self.offices is None or cell.office in self.offices)
            and (self.enterprises is None or cell.enterprise in self.enterprises)
        )


def _is_finer(reach):
    """Does the reach hold a community without its street?"""
    if reach.everywhere or not reach.offices:
        return False
    alone = Office.objects.filter(pk__in=reach.offices, kind=OfficeKind.COMMUNITY).exclude(parent__in=reach.offices)
    return alone.exists()


def numbers(scope, by=WHOLE, day: date | None = None):
    """{key: Counter of measure codes} at the end of a day (today by default); the key is that of the area, street,
    community or enterprise, None where a person has none, and always None for the whole."""
    day = None if _is_now(day) else day
    if (by, day) not in scope.counted:
        found = _one_by_one if by == COMMUNITY or scope.finer else _kept
        scope.counted[by, day] = measured(found(scope, by, day))
    return scope.counted[by, day]


def listed(scope, day=None):
    """The people themselves, as rows of counting.people: one for each who is counted, in the same scope."""
    return people.present().filter(scope.rows()) if _is_now(day) else stood(scope, day)


def cases(scope, day=None):
    """The cases alone: of today without looking at the other tracks."""
    return QuerySet(Case).filter(scope.rows()) if _is_now(day) else stood(scope, day)


def stood(scope, day):
    """The same from the history, of today too: rows of the history of cases."""
    return people.then(_end(day), _candidates(scope, day)).filter(scope.rows())


def _is_now(day):
    return day is None or day >= clock.today()


def _end(day):
    return clock.midnight(day + timedelta(days=1))


def _candidates(scope, day):
    """Who may be in the scope at all, so that not everybody's history is read; None for everybody."""
    if scope.reach.everywhere and scope.area is None and scope.offices is None and scope.enterprises is None:
        return None
    versions = Case.history.filter(history_date__lt=_end(day))
    return set(versions.filter(scope.rows()).values_list("retiree_id", flat=True).distinct())


def _one_by_one(scope, by, day):
    """From the people themselves; a community stands for itself, whoever is with the street itself for the street."""
    found = Counter()
    for cell, number in cells(listed(scope, day), office="office_id").items():
        found[(_key(cell, by), *_kind(cell))] += number
    return found


def _key(cell, by):
    return getattr(cell, COLUMN[by]) if by else None


def _kind(cell):
    return cell.track, cell.stock, cell.outside, cell.state, cell.marked


def _kept(scope, by, day):
    column = [f"{COLUMN[by]}_id"] if by else []
    rows = sums.standing(_level(scope, by), None if _is_now(day) else day).filter(scope.rows())
    found = Counter()
    for *kind, number in sums.added_up(rows, *column, *sums.KIND):
        found[tuple(kind if column else (None, *kind))] += number
    for cell, change in _since(scope, day).items():
        if scope.holds(cell):
            found[(_key(cell, by), *_kind(cell))] += change
    return found


def _level(scope, by):
    """Most questions tell no streets apart, and are answered from far fewer rows."""
    finer = by == STREET or scope.offices is not None or bool(scope.reach.offices)
    return TallyLevel.STREET if finer else TallyLevel.AREA


def _since(scope, day):
    """What changed since the tallies were brought up to date, up to the end of the day."""
    end = None if _is_now(day) else _end(day)
    if end not in scope.changed:
        until = keeping.counted_until()
        late = end is None or until is None or until < end
        scope.changed[end] = keeping.changes(until, end) if late else Counter()
    return scope.changed[end]


def series(scope, codes, days):
    """{day: Counter of these measure codes} at the end of each of some days, quickest for Sundays: a week's opening is
    what stood then."""
    found, tracks = {}, {MEASURES[code].track for code in codes}
    if not scope.finer:
        rows = Tally.objects.filter(
            scope.rows(),
            level=_level(scope, WHOLE),
            kind=TallyKind.OPENING,
            track__in=tracks,
            day__in=_next_days(days),
        )
        cells_of = defaultdict(Counter)
        for opening, *kind, number in sums.added_up(rows, "day", *sums.KIND):
            cells_of[opening - timedelta(days=1)][(None, *kind)] += number
        found = {day: measured(kept)[None] for day, kept in cells_of.items()}
    return {day: found[day] if day in found else numbers(scope, WHOLE, day).get(None, Counter()) for day in days}


def _next_days(days):
    return [day + timedelta(days=1) for day in days]
