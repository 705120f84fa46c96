"""What the city has set about time: the days that differ from the published calendar, and its terms of days."""

from datetime import datetime

from django.utils import timezone

from accounts.models import Holiday, Parameter
from accounts.parameters import KNOWN
from accounts.values import value_on
from weihai_transfer.lib import clock, working_days


def parameter(code, on=None):
    """The value of a parameter on a day, today by default."""
    return value_on(code, on)


def overrides():
    """{day: whether it is worked} for the days that differ from the published calendar."""
    return dict(Holiday.objects.values_list("day", "working"))


def values_over_time():
    """{code: [(first day or None, value), …]}, oldest first: what held from when on, starting with the default."""
    found = {code: [(None, known.default)] for code, known in KNOWN.items()}
    for code, since, value in Parameter.objects.order_by("since").values_list("code", "since", "value"):
        if code in found:
            found[code].append((since, KNOWN[code].read(value)))
    return found


def working_days_since(moment):
    """How many working days have gone by since a day or an instant; 0 for today and for what lies ahead."""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return max(0, working_days.between(day, clock.today(), overrides()).value)
