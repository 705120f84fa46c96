"""What is due from one user, over all kinds, as a list page reads it: narrowed, counted, cut into pages.

The rows of the kinds lie in many tables and their last days are reckoned, so that no one query can sort them. Each kind
is read in the order in which its own last days grow, and only as far as the page reaches; the streams are then merged.
"""

from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import islice

from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, Value, When
from django.urls import reverse

from accounts.duties import Duty
from accounts.models import Office
from handover.models import Case
from handover.viewers import full_name
from oversight.deadlines.counting import LATE, SOON, late_and_soon
from oversight.deadlines.kinds import Kind
from oversight.deadlines.ladder import ESCALATED, kinds_of, rows_of
from party.ends import RECEIVER
from party.models import Membership
from party.path import name_of_side
from party.states import SIDES as PARTY_SIDES
from weihai_transfer.lib.words import Badge

CITY = "市领导小组办公室"


@dataclass(frozen=True)
class Due:
    """One row with its last day."""

    kind: Kind
    row: object
    late: bool
    last_day: date | None
    left: object

    @property
    def pk(self):
        return f"{self.kind.code}-{self.row.pk}"

    @property
    def url(self):
        return reverse(self.kind.row, args=[self.row.pk])

    @property
    def subject(self):
        return self.row.retiree.name if "retiree" in self.kind.joined else self.row.number

    @property
    def who(self):
        """The side whose turn it is."""
        if self.kind.model is Membership:
            side = RECEIVER if self.kind.code == "receipt" else PARTY_SIDES[self.row.state].acts
            return name_of_side(self.row, side)
        if Duty.COORDINATE in self.kind.turn:
            return CITY
        place = next(filter(None, (getattr(self.row, column) for column in self.kind.places)), None)
        return full_name(place) if isinstance(place, Office) else str(place or "")

    @property
    def enterprise(self):
        return getattr(self.row, self.kind.enterprise)

    @property
    def badge(self):
        if self.last_day is None:
            return Badge("没有介绍信", "late")
        if self.late:
            return Badge(f"逾期 {-self.left.value:,} 个工作日", "late")
        return Badge(f"还有 {self.left.value} 个工作日" if self.left.value else "今日到期", "mine")

    @property
    def has_spent(self):
        return self.kind.model is Case

    @property
    def note(self):
        return self.left.note if self.left else ""


class DueRows:
    """Reads like a query set to a ListPage: it can be narrowed, counted and sliced, and has an order of its own."""

    def __init__(self, user, look, view, *, kinds=None, when="", conditions=()):
        self.user, self.look, self.view, self.when = user, look, view, when
        self.kinds = kinds_of(user) if kinds is None else kinds
        self.conditions = conditions
        self._rows = {}

    def _narrowed(self, **changes):
        kept = {"kinds": self.kinds, "when": self.when, "conditions": self.conditions}
        return DueRows(self.user, self.look, self.view, **(kept | changes))

    def of_kind(self, code):
        return self._narrowed(kinds=[kind for kind in self.kinds if kind.code == code])

    def at(self, when):
        return self._narrowed(when=when)

    def of_enterprise(self, pk):
        return self._narrowed(conditions=(*self.conditions, lambda kind: Q(**{kind.enterprise: pk})))

    def in_area(self, path):
        below = lambda kind: Q(**{f"{kind.area}__path__startswith": path})  # noqa: E731
        return self._narrowed(conditions=(*self.conditions, below))

    def none(self):
        return self._narrowed(kinds=[])

    def order_by(self, *names):
        return self

    def rows(self, kind):
        """The query set of one kind."""
        if kind.code not in self._rows:
            late, soon = late_and_soon(kind, self.look)
            rows = rows_of(kind, self.user, self.view, self.look)
            wanted = {LATE: late, SOON: soon}.get(self.when, late | soon)
            # What has moved up is late, whatever else is asked.
            rows = rows.filter(late & wanted if self.view == ESCALATED else wanted)
            for condition in self.conditions:
                rows = rows.filter(condition(kind))
            turn = Choose(When(late, then=Value(1)), default=Value(0), output_field=IntegerField())
            self._rows[kind.code] = rows.annotate(is_late=turn)
        return self._rows[kind.code]

    def count(self):
        return sum(self.rows(kind).count() for kind in self.kinds)

    def __getitem__(self, window):
        streams = [self._stream(kind, window.stop) for kind in self.kinds]
        found = merge(*streams, key=lambda one: (not one.late, one.last_day or date.min))
        return list(islice(found, window.start, window.stop))

    def _stream(self, kind, stop):
        rows = self.rows(kind).select_related(*kind.joined).order_by("-is_late", *kind.order, "pk")
        return [self._due(kind, row) for row in rows[:stop]]

    def _due(self, kind, row):
        last = kind.last_day(row, self.look)
        return Due(kind, row, bool(row.is_late), last, self.look.left_until(last) if last else None)
