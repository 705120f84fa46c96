"""Who must be chased, on any day: nobody may be lost on the way (二(三)).

A day to come asks what will be overdue if nothing happens until then, a day gone by what was overdue then, as far as it
had been written down by its end. Each kind is one condition over the columns that `on_day` gives, whatever the day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.values import values_on
from audit.history import history_of
from party.models import Letter, Membership
from party.states import ON_THE_WAY, State
from weihai_transfer.lib import clock

# A letter with no more days than this is chased before it is over.
AHEAD = 7
OF_MEMBERSHIP = {"then_state": "state", "then_since": "state_since"}
OF_LETTER = {
    "then_number": "number",
    "then_issued": "issued_on",
    "then_until": "valid_until",
    "then_arrived": "arrived_on",
    "then_receipt": "receipt_on",
}


@dataclass(frozen=True)
class Kind:
    """`states`: where the rows stand that it chases; `last_day(row, terms)`: until when it should have been done."""

    code: str
    label: str
    states: tuple
    condition: Callable[[date, dict], Q]
    last_day: Callable[[object, dict], date | None]


def _no_letter_after(day):
    """Said by the absence of a good letter, so that a member on his way without any is chased too."""
    return Q(then_state__in=ON_THE_WAY) & (Q(then_until=None) | Q(then_until__lt=day))


def _days(number):
    return timedelta(days=number)


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "at_risk",
            f"介绍信已过期或 {AHEAD} 天内到期",
            ON_THE_WAY,
            lambda day, terms: _no_letter_after(day + _days(AHEAD)),
            lambda row, terms: row.then_until,
        ),
        Kind(
            "expired",
            "介绍信已过期",
            ON_THE_WAY,
            lambda day, terms: _no_letter_after(day),
            lambda row, terms: row.then_until,
        ),
        Kind(
            "receipt",
            "回执逾期未回",
            (State.ARRIVED, State.PLACED),
            lambda day, terms: Q(
                then_state__in=(State.ARRIVED, State.PLACED),
                then_arrived__lt=day - _days(terms["receipt_days"]),
                then_receipt=None,
            ),
            lambda row, terms: row.then_arrived and row.then_arrived + _days(terms["receipt_days"]),
        ),
        Kind(
            "branch",
            "逾期未编入党支部",
            (State.ARRIVED,),
            lambda day, terms: Q(then_state=State.ARRIVED, then_arrived__lt=day - _days(terms["branch_days"])),
            lambda row, terms: row.then_arrived and row.then_arrived + _days(terms["branch_days"]),
        ),
        Kind(
            "pending",
            "逾期未转出",
            (State.PENDING, State.REFUSED),
            lambda day, terms: Q(
                then_state__in=(State.PENDING, State.REFUSED),
                then_since__lt=clock.midnight(day - _days(terms["issue_days"])),
            ),
            lambda row, terms: timezone.localdate(row.then_since) + _days(terms["issue_days"]),
        ),
    )
}


def chased(rows, code, day):
    """The rows of one kind on a day, with the columns of that day."""
    return on_day(rows, day).filter(KINDS[code].condition(day, values_on(day)))


def chased_at_all(rows, day):
    terms, any_kind = values_on(day), Q()
    for kind in KINDS.values():
        any_kind |= kind.condition(day, terms)
    return on_day(rows, day).filter(any_kind)


def kind_of(row, day, terms):
    """The gravest kind under which a row of `chased_at_all` stands, for its own line."""
    if row.then_state in ON_THE_WAY:
        return KINDS["expired" if row.then_until is None or row.then_until < day else "at_risk"]
    if row.then_state == State.ARRIVED and row.then_arrived and row.then_arrived < day - _days(terms["branch_days"]):
        return KINDS["branch"]
    return KINDS["receipt" if row.then_state in (State.ARRIVED, State.PLACED) else "pending"]


def on_day(rows, day):
    """The rows with their state and standing letter of that day; of a day to come those of now."""
    return as_now(rows) if day >= timezone.localdate() else as_then(rows, day)


def as_now(rows):
    own = {name: F(column) for name, column in OF_MEMBERSHIP.items()}
    return rows.with_letter().annotate(**own, **{name: F(f"letter__{column}") for name, column in OF_LETTER.items()})


def as_then(rows, day):
    """From history, by the end of the day."""
    end = clock.midnight(day + _days(1))
    own = _newest(Membership, "retiree_id", end)
    # The newest version of any letter is one of the letter that stands: a new one is only written after the old is void.
    letter = _newest(Letter, "membership_id", end)
    return rows.with_letter().annotate(
        **{name: Subquery(own.values(column)[:1]) for name, column in OF_MEMBERSHIP.items()},
        **{name: Subquery(letter.values(column)[:1]) for name, column in OF_LETTER.items()},
    )


def _newest(model, key, end):
    versions = history_of(model).objects.filter(**{key: OuterRef("pk")}, history_date__lt=end)
    return versions.order_by("-history_date", "-history_id")
