"""Until when the side whose turn it is has to act, by the state of the case and the terms that the city has set."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.calendar import overrides, too_early, values_over_time
from accounts.parameters import KNOWN
from handover.states.cases import State
from weihai_transfer.lib import clock, working_days
from weihai_transfer.lib.working_days import Reckoned

# In these states a term of working days runs from the day on which the case came into the state.
TERMS = {
    State.SUBMITTED: "distribute_days",
    State.ASSIGNED: "answer_days",
    State.RETURNED: "take_back_days",
    State.ACCEPTED: "contact_days",
}
# A draft of the normal phase: so many calendar days from retirement. One that came back: as long as taking back has.
FIRST_SUBMISSION, NEXT_SUBMISSION = "submit_days", "take_back_days"


@dataclass(frozen=True)
class Due:
    """The last day of a term. `note` says when a part of it had to be estimated."""

    day: object
    term: str
    note: str = ""

    @property
    def label(self):
        return KNOWN[self.term].label


@dataclass
class Terms:
    """What the city has set, read once and used for many rows."""

    today: object = field(default_factory=clock.today)
    days_off: dict = field(default_factory=overrides)
    values: dict = field(default_factory=values_over_time)
    _reckoned: dict = field(default_factory=dict)

    def value(self, code, on):
        """The value that held on the day on which the term began."""
        return [value for since, value in self.values[code] if since is None or since <= on][-1]

    def after(self, start, number):
        if (start, number) not in self._reckoned:
            self._reckoned[start, number] = working_days.after(start, number, self.days_off)
        return self._reckoned[start, number]


def terms_for(user):
    """The terms, kept on the user object: read once a request however many rows a page has."""
    known = user.__dict__.get("_terms")
    if known is None or known.today != clock.today():
        known = user.__dict__["_terms"] = Terms()
    return known


def due(case, terms=None):
    """The Due of a case, or None where no term runs. A draft reads `case.retiree`."""
    terms = terms or Terms()
    code = _term_of(case)
    if code == FIRST_SUBMISSION:
        start = case.retiree.retired_on
        return start and Due(start + timedelta(days=terms.value(code, start)), code)
    if code is None:
        return None
    start = timezone.localdate(case.state_since)
    reckoned = terms.after(start, terms.value(code, start))
    return Due(reckoned.value, code, reckoned.note)


def _term_of(case):
    if case.state != State.DRAFT:
        return TERMS.get(case.state)
    if case.round:
        return NEXT_SUBMISSION
    return None if case.stock else FIRST_SUBMISSION


def days_left(case, terms=None):
    """Working days that are left, as Reckoned: 0 on the last day, below 0 past it. None where no term runs."""
    terms = terms or Terms()
    until = due(case, terms)
    return until and days_until(until.day, terms)


def days_until(day, terms):
    """Working days until a day, as Reckoned: 0 on it, below 0 past it."""
    left = working_days.between(terms.today, day, terms.days_off)
    if day < terms.today and left.value == 0:
        # Only days off have gone by since, but it is late all the same.
        return Reckoned(-1, left.unknown)
    return left


def days_late(case, terms=None):
    """Working days past the last day; 0 for what is in time."""
    left = days_left(case, terms)
    return max(0, -left.value) if left else 0


def overdue(cases, terms=None):
    """The cases of a query set whose term is over, as a filter that the database applies."""
    late = Q(pk__in=[])
    for part in late_parts(terms):
        late |= part
    return cases.filter(late)


def late_parts(terms=None):
    """The same as conditions that have no case in common: whoever counts is quicker with one after the other, because
    each reads an index alone, and the last asks besides when people retired."""
    terms = terms or Terms()
    return (
        *(Q(state=state) & began_too_early(terms, code) for state, code in TERMS.items()),
        Q(state=State.DRAFT, round__gt=0) & began_too_early(terms, NEXT_SUBMISSION),
        Q(state=State.DRAFT, round=0, stock=False) & _retired_too_early(terms),
    )


def late(terms, states):
    """The condition of the cases in these states alone, for whoever asks state by state; its rows are those of
    `late_parts`."""
    rows = Q(pk__in=[])
    for state, code in TERMS.items():
        if state in states:
            rows |= Q(state=state) & began_too_early(terms, code)
    if State.DRAFT in states:
        *_, again, first = late_parts(terms)
        rows |= again | first
    return rows


def began_too_early(terms, code, field="state_since"):
    """The rows whose term of working days by this parameter, running from the day of an instant, is over."""
    return too_early(
        terms.values[code],
        field,
        lambda number: working_days.earliest_start(terms.today, number, terms.days_off),
        clock.midnight,
    )


def _retired_too_early(terms):
    values = terms.values[FIRST_SUBMISSION]
    return too_early(values, "retiree__retired_on", lambda number: terms.today - timedelta(days=number))


@dataclass(frozen=True)
class Wait:
    """How long something has stood in its state: more than `over` and up to `up_to` working days."""

    code: str
    label: str
    over: int | None
    up_to: int | None


WAITS = (
    Wait("5", "5 个工作日以内", None, 5),
    Wait("10", "6 至 10 个工作日", 5, 10),
    Wait("20", "11 至 20 个工作日", 10, 20),
    Wait("more", "超过 20 个工作日", 20, None),
)


def waited(wait, terms=None):
    """The rows that have stood in their state for so long, as a filter that the database applies."""
    terms, rows = terms or Terms(), Q()
    if wait.up_to is not None:
        rows &= Q(state_since__gte=_stood_since(wait.up_to, terms))
    if wait.over is not None:
        rows &= Q(state_since__lt=_stood_since(wait.over, terms))
    return rows


def _stood_since(number, terms):
    return clock.midnight(working_days.earliest_start(terms.today, number, terms.days_off))


def by_wait(cases, code):
    return cases.filter(waited(next(one for one in WAITS if one.code == code)))
