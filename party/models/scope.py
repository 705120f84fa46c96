"""Who sees party data: the party duty, or a watch over this track, and nobody else (design 4)."""

from django.db.models import Q

from accounts.duties import Duty
from accounts.scope import Reach, reach_of
from party.ends import RECEIVING, SENDING


class PartyScoped:
    """A duty of the machine may say at which end PARTY must be held: nobody confirms the arrival of his own letter."""

    seen_with = (Duty.PARTY, Duty.WATCH_PARTY)

    def open_to(self, user, *duties):
        held = reach_of(user, Duty.PARTY)
        rows = Q(pk__in=[])
        if SENDING in duties:
            # A party office above all streets reaches every receiver, but it sends for no enterprise.
            rows |= Reach(enterprises=held.enterprises).covers(None, self.enterprise)
        if RECEIVING in duties:
            # Whoever reaches everything still stands only for members who were sent to somebody.
            rows |= Q(**{f"{self.office}__isnull": False}) & held.covers(self.office, None)
        if plain := [duty for duty in duties if duty not in (SENDING, RECEIVING)]:
            reach = reach_of(user, *plain)
            # Everything is said by an empty condition, and that would vanish in an “or”.
            rows = Q() if reach.everywhere else rows | reach.covers(self.office, self.enterprise)
        return self.filter(rows)
