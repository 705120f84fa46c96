"""By when a medical-insurance transfer must be settled: days from its registration, computed and never stored."""

from datetime import timedelta

from django.db.models import Q

from accounts.calendar import too_early, values_over_time
from benefits.medical_states import OPEN
from weihai_transfer.lib import clock

TERM = "medical_days"


class Term:
    """What the city has set, read once and used for many rows; of another day than today where one is given."""

    def __init__(self, today=None, values=None):
        self.today = today or clock.today()
        self.values = (values or values_over_time())[TERM]

    def last_day(self, transfer):
        """None for a matter that has come to its end: nobody has to do anything by a day."""
        if transfer.state not in OPEN:
            return None
        start = transfer.opened_on
        days = [value for since, value in self.values if since is None or since <= start][-1]
        return start + timedelta(days=days)

    def days_late(self, transfer):
        """Days past the last day while the matter is open; 0 for what is in time or settled."""
        if transfer.state not in OPEN:
            return 0
        return max(0, (self.today - self.last_day(transfer)).days)

    def late(self):
        """The condition of the transfers that were not settled in their time: on the lists of all who see them."""
        late = too_early(self.values, "opened_on", lambda days: self.today - timedelta(days=days))
        return late & Q(state__in=OPEN)


def term_for(user):
    """The term, kept on the user object: read once a request however many rows a page has."""
    known = user.__dict__.get("_medical_term")
    if known is None or known.today != clock.today():
        known = user.__dict__["_medical_term"] = Term()
    return known


def overdue(transfers, term=None):
    return transfers.filter((term or Term()).late())
