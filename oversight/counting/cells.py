"""People who stand alike, as one cell with their number; a person is in one cell of each track that he is on."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count

from oversight.models import TallyTrack

# Of each track: the column of its state, and the one of its mark.
OF_TRACK = {
    TallyTrack.CASE: ("state", "covered"),
    TallyTrack.DOSSIER: ("dossier_state", "digitised"),
    TallyTrack.MEMBERSHIP: ("membership_state", "receipted"),
}
STATES = tuple(column for columns in OF_TRACK.values() for column in columns)


class Cell(NamedTuple):
    track: str
    area: int | None
    office: int | None
    enterprise: int
    stock: bool
    outside: bool
    state: str
    marked: bool


def cells(people, office="street"):
    """Counter of Cell over rows of counting.people; `office`: by which column a cell tells offices apart."""
    found = Counter()
    where = ("area_id", office, "enterprise_id", "stock", "ended_outside")
    rows = people.order_by().values_list(*where, *STATES).annotate(people=Count("pk"))
    for area, street, enterprise, stock, outside, *states, number in rows:
        where = (area, street, enterprise, stock, bool(outside))
        for at, track in enumerate(OF_TRACK):
            state, marked = states[2 * at], states[2 * at + 1]
            if state:
                found[Cell(track.value, *where, state, bool(marked))] += number
    return found
