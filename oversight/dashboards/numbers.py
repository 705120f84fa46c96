"""The list that has as many rows as a number of a dashboard says."""

from urllib.parse import urlencode

from handover.listing import NO_AREA
from oversight.counting.reading import AREA, COMMUNITY, ENTERPRISE, STREET

# A line of the table of streets that is a street.
WITH_COMMUNITIES = "street with its communities"


def people_url(asked, code, by="", key=None, **more):
    """The list of the people whom a measure counts, of one line (`by`, `key`) of a table or of the whole. Today's is the
    list that is worked on; that of a past day is read from the history."""
    query = {"figure": code, **_narrowed(asked), **_line(by, key), **more}
    if asked.day:
        query["day"] = asked.day.isoformat()
    return f"{asked.people_list}?{urlencode({key: value for key, value in query.items() if value})}"


def _narrowed(asked):
    return {
        "area": asked.area and asked.area.pk,
        "office": asked.street and asked.street.pk,
        "group": asked.enterprise and asked.enterprise.pk,
    }


def _line(by, key):
    """A street stands for its communities too; an area in the table of its streets, and a street in that of its
    communities, for itself alone."""
    if by == AREA:
        return {"area": key or NO_AREA}
    if by == ENTERPRISE:
        return {"enterprise": key}
    if by in (STREET, COMMUNITY):
        return {"at": key or NO_AREA}
    return {"office": key} if by == WITH_COMMUNITIES else {}
