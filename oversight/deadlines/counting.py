"""How much is late, soon due and moved up, kind by kind: a fixed number of queries whatever there is."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from oversight.deadlines.kinds import Kind
from oversight.deadlines.ladder import ESCALATED, MINE, kinds_of, rows_of
from oversight.deadlines.look import Look

LATE, SOON = "late", "soon"


@dataclass(frozen=True)
class Line:
    """One kind on one user's list."""

    kind: Kind
    late: int
    soon: int
    escalated: int

    @property
    def count(self):
        return self.late + self.soon

    def url(self, view=MINE, when=""):
        return due_url(kind=self.kind.code, view=view, when=when)


def due_url(view=MINE, **query):
    """Of the due list; what is not said is left out, and one's own work is what it shows by itself."""
    said = {name: value for name, value in query.items() if value} | ({ESCALATED: "1"} if view == ESCALATED else {})
    return f"{reverse('oversight:due')}{'?' if said else ''}{urlencode(said)}"


def late_and_soon(kind, look):
    """(the condition of what is late today, of what will be in a few working days)"""
    late = look.late(kind, look.now)
    return late, look.late(kind, look.ahead) & ~late


def lines(user, look=None):
    look = look or Look()
    return [line(kind, user, look) for kind in kinds_of(user)]


def line(kind, user, look):
    late, soon = late_and_soon(kind, look)
    mine = rows_of(kind, user, MINE, look).aggregate(late=Count("pk", filter=late), soon=Count("pk", filter=soon))
    return Line(kind, mine["late"], mine["soon"], rows_of(kind, user, ESCALATED, look).count())


def escalated_to(user, look=None):
    """How many rows have moved up to this user: the number of his workbench."""
    look = look or Look()
    return sum(rows_of(kind, user, ESCALATED, look).count() for kind in kinds_of(user))
