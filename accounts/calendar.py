"""What the city has set about time: the days that differ from the published calendar, and its terms of days."""

from datetime import datetime

from django.db.models import Q
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


def too_early(values, field, first_in_time, value_of=lambda day: day):
    """The rows whose term is over, as a filter that agrees with what is said of one row: each term is as long as the
    value that held on the day on which it began.

    `values`: one entry of `values_over_time`; `first_in_time(value)`: the first day of beginning that is not late yet;
    `value_of(day)`: what the field is compared with (clock.midnight for an instant).
    """
    rows, ends = Q(pk__in=[]), [since for since, _ in values[1:]] + [None]
    for (since, value), end in zip(values, ends, strict=True):
        first = first_in_time(value)
        late = Q(**{f"{field}__lt": value_of(min(end or first, first))})
        rows |= late & Q(**{f"{field}__gte": value_of(since)}) if since else late
    return rows


def working_days_since(moment):
    """How many working days have gone by since a day or an instant; 0 for today and for what lies ahead."""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return max(0, working_days.between(day, clock.today(), overrides()).value)
