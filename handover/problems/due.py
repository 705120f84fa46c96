"""Until when a problem has to be assigned or answered, and a notice replied to, in working days (handover.deadlines)."""

from django.db.models import Q
from django.utils import timezone

from handover import deadlines
from handover.deadlines import Terms
from handover.states.notices import State as NoticeState
from handover.states.problems import State
from weihai_transfer.lib import clock


def day_after(code):
    """The day that lies the term `code` after today: the usual answering day of what is given out now."""
    terms = Terms()
    return terms.after(terms.today, terms.value(code, terms.today)).value


def last_day(problem, terms=None):
    """The last day for the side whose turn it is; None where no term runs."""
    if problem.state == State.RAISED:
        terms, start = terms or Terms(), timezone.localdate(problem.state_since)
        return terms.after(start, terms.value("assign_days", start)).value
    return problem.due_on if problem.state == State.ASSIGNED else None


def late_problems(terms=None):
    """Not assigned or not answered in time."""
    terms = terms or Terms()
    given = Q(state=State.ASSIGNED, due_on__lt=terms.today)
    return Q(state=State.RAISED) & deadlines.began_too_early(terms, "assign_days") | given


def late_notices(today=None):
    return Q(state=NoticeState.ISSUED, due_on__lt=today or clock.today())


def days_late(day, terms=None):
    """Working days past `day`; 0 in time, at least 1 after it."""
    if day is None or day >= clock.today():
        return 0
    return -deadlines.days_until(day, terms or Terms()).value
