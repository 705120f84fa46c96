"""本单位办理记录: what was done at one's own office or enterprise and below it.

An operation keeps its office and position as text, and names repeat (many villages and communities share one), so the text
alone would show foreign acts. An act is one's own when its actor held a post of one's own circle at a place in
reach at that moment, by the history of grants, and the text is a name that this very place has had.
"""

from django.db.models import Exists, OuterRef, Q

from accounts.duties import POSITIONS
from accounts.models import Enterprise, EnterpriseGrant, Office, OfficeGrant
from audit import history
from audit.models import Operation

# Who reads whose acts: the business of the people, the dossiers, the party. Any other position reads its own kind.
CIRCLES = (
    ("soe_hr", "soe_group", "district", "street", "community", "sasac"),
    ("archivist", "city_archives"),
    ("soe_party", "street_party", "organisation"),
)


def circle_of(position):
    return next((circle for circle in CIRCLES if position in circle), (position,))


def acts_of(user):
    rows = Q(pk__in=[])
    for post in user.posts:
        rows |= _at(post)
    return Operation.objects.filter(rows)


def _at(post):
    grants = EnterpriseGrant if isinstance(post.place, Enterprise) else OfficeGrant
    given = history.history_of(grants).objects.filter(
        history_type=history.CREATED, content_object__path__startswith=post.place.path
    )
    rows = Q(pk__in=[])
    for code in circle_of(post.position.code):
        if POSITIONS[code].place == post.position.place:
            rows |= Q(position=POSITIONS[code].label) & Exists(_held_then(grants, given.filter(position=code)))
    # The few accounts first: the engine then looks at their acts only.
    return Q(actor__in=given.order_by().values("user_id")) & rows


def _held_then(grants, given):
    """Grants that the actor of an operation held at its moment, at a place that was called as the operation says."""
    place = history.history_of(Enterprise if grants is EnterpriseGrant else Office)
    text = OuterRef(OuterRef("office"))
    named = place.objects.filter(id=OuterRef("content_object_id"))
    taken = history.history_of(grants).objects.filter(id=OuterRef("id"), history_type=history.REMOVED)
    return (
        given.filter(user_id=OuterRef("actor_id"), history_date__lte=OuterRef("at"))
        .filter(~Exists(taken.filter(history_date__lt=OuterRef(OuterRef("at")))))
        .filter(Exists(named.filter(Q(short_name=text) | Q(short_name="", name=text))))
    )
