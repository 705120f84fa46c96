"""Whose a late row is, step by step (三(二): 加强移交工作的跟踪督导), derived each time it is asked.

| late by                                  | on whose list                                                          |
|------------------------------------------|------------------------------------------------------------------------|
| any day                                  | the side whose turn it is                                              |
| more working days than `escalate_second` | its superiors: street and area above a community, area above a street, |
|                                          | group above a subsidiary                                               |
| more working days than `escalate_third`  | the leading group's office; for party relations the organisation       |
|                                          | department, which alone watches them                                   |
"""

from django.db.models import Q

from accounts.models import Office
from accounts.scope import holds, reach_of
from oversight.deadlines.kinds import KINDS

MINE, ESCALATED = "mine", "escalated"
NOBODY = Q(pk__in=[])


def kinds_of(user):
    """The kinds that may stand on this user's list."""
    return [kind for kind in KINDS.values() if holds(user, *kind.needs)]


def rows_of(kind, user, view, look):
    """The rows of a kind that are this user's to do (late or not), or that have moved up to him."""
    if view == MINE:
        return kind.rows(kind.model.objects.open_to(user, *kind.turn))
    return kind.rows(kind.model.objects.visible_to(user)).filter(_moved_up(kind, user, look))


def _moved_up(kind, user, look):
    found = NOBODY
    below = _below(kind, user)
    if below != NOBODY:
        found |= below & look.late(kind, look.second)
    if any(reach_of(user, duty).everywhere for duty in kind.top):
        found |= look.late(kind, look.third)
    return found


def _below(kind, user):
    """Where the side whose turn it is hangs truly below a place of this user's."""
    if not kind.above:
        return NOBODY
    reach, own = reach_of(user, *kind.above), _own_places(user, kind.above)
    rows = NOBODY
    for column in kind.places:
        offices = kind.model._meta.get_field(column).related_model is Office
        below = set(reach.offices if offices else reach.enterprises) - own[offices]
        if below:
            rows |= Q(**{f"{column}__in": below})
    return rows


def _own_places(user, duties):
    """{True: offices, False: enterprises} at which the user himself holds one of the duties."""
    own = {True: set(), False: set()}
    for post in user.posts:
        if set(post.position.duties).intersection(duties):
            own[isinstance(post.place, Office)].add(post.place.pk)
    return own
