"""Which 基层党委 speaks for an office or an enterprise: the nearest one at the place itself or above it."""

from django.db.models import QuerySet

from accounts.models.places import OfficeKind
from party.models import PartyOrganisation
from party.models.organisations import COMMITTEES

# A district's own committee answers for no street's letters.
NOT_ABOVE = (OfficeKind.CITY, OfficeKind.AREA, OfficeKind.BUREAU)


def committees_at(offices):
    """{office id: its committee} of the offices that have one; in one query."""
    rows = QuerySet(PartyOrganisation).exclude(office__kind__in=NOT_ABOVE)
    return _nearest(rows, "office", offices)


def committees_of(enterprises):
    """{enterprise id: its committee}; a subsidiary without one is spoken for by its group's."""
    return _nearest(QuerySet(PartyOrganisation), "enterprise", enterprises)


def _nearest(rows, place, wanted):
    above = {one.pk: _paths(one.path) for one in wanted}
    every = {path for paths in above.values() for path in paths}
    known = rows.filter(**{f"{place}__path__in": every}, active=True, kind__in=COMMITTEES)
    by_path = {}
    for committee in known.select_related(place).order_by("path"):
        by_path.setdefault(getattr(committee, place).path, committee)
    found = {pk: next((by_path[path] for path in paths if path in by_path), None) for pk, paths in above.items()}
    return {pk: committee for pk, committee in found.items() if committee}


def _paths(path):
    """The path itself and those above it, nearest first."""
    codes = path.strip("/").split("/")
    return ["/".join(codes[:length]) + "/" for length in range(len(codes), 0, -1)]
