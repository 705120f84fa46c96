"""Until when a problem has to be assigned or answered, and a notice replied to, in working days."""

from datetime import datetime, time

from django.db.models import Q
from django.utils import timezone

from accounts.calendar import overrides
from accounts.values import value_on
from handover.states.notices import State as NoticeState
from handover.states.problems import State
from weihai_transfer.lib import clock, working_days


def day_after(code):
    """The day that lies the term `code` after today: the usual answering day of what is given out now."""
    return working_days.after(clock.today(), value_on(code), overrides()).value


def last_day(problem):
    """The last day for the side whose turn it is; None where no term runs."""
    if problem.state == State.RAISED:
        start = timezone.localdate(problem.state_since)
        return working_days.after(start, value_on("assign_days", start), overrides()).value
    return problem.due_on if problem.state == State.ASSIGNED else None


def late_problems():
    """Not assigned or not answered in time."""
    today = clock.today()
    first_in_time = working_days.earliest_start(today, value_on("assign_days"), overrides())
    midnight = timezone.make_aware(datetime.combine(first_in_time, time.min))
    return Q(state=State.RAISED, state_since__lt=midnight) | Q(state=State.ASSIGNED, due_on__lt=today)


def late_notices():
    return Q(state=NoticeState.ISSUED, due_on__lt=clock.today())


def days_late(day):
    """Working days past `day`; 0 in time, at least 1 after it."""
    today = clock.today()
    if day is None or day >= today:
        return 0
    return max(1, working_days.between(day, today, overrides()).value)
