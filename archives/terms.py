"""By when a shipment must have been received: working days from its sending, computed and never stored."""

from django.db.models import Q

from accounts.calendar import overrides, too_early, values_over_time
from archives.shipment_states import NOT_RECEIVED
from weihai_transfer.lib import clock, working_days

TERM = "shipment_days"


class Term:
    """What the city has set, read once and used for many rows; of another day than today where one is given."""

    def __init__(self, today=None, days_off=None, values=None):
        self.today = today or clock.today()
        self.days_off = overrides() if days_off is None else days_off
        self.values = (values or values_over_time())[TERM]
        self._reckoned = {}

    def last_day(self, shipment):
        """The last day on which the shipment must be received, as Reckoned; None where no term runs."""
        if shipment.sent_on is None:
            return None
        if shipment.sent_on not in self._reckoned:
            days = [value for since, value in self.values if since is None or since <= shipment.sent_on][-1]
            self._reckoned[shipment.sent_on] = working_days.after(shipment.sent_on, days, self.days_off)
        return self._reckoned[shipment.sent_on]

    def days_late(self, shipment):
        """Working days past the last day while the shipment has not been received; 0 for what is in time."""
        if shipment.state not in NOT_RECEIVED or (last := self.last_day(shipment)) is None or last.value >= self.today:
            return 0
        # Only days off may have gone by since, but it is late all the same.
        return max(1, working_days.between(last.value, self.today, self.days_off).value)

    def late(self):
        """The condition of shipments that were not received in their time: on both sides' lists."""
        late = too_early(
            self.values, "sent_on", lambda days: working_days.earliest_start(self.today, days, self.days_off)
        )
        return late & Q(state__in=NOT_RECEIVED)


def overdue(shipments, term=None):
    return shipments.filter((term or Term()).late())
