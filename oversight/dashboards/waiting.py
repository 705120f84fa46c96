"""How long the work waits, what was returned and why, and how fast people are accepted."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate
from django.urls import reverse

from accounts.models import Office
from accounts.models.places import OfficeKind
from accounts.scope import reach_of
from handover import deadlines, reasons
from handover.models import Case
from handover.states.cases import RECEIVED, SIDES, State
from oversight.counting import people, reading
from oversight.dashboards.numbers import people_url
from weihai_transfer.lib import clock, working_days
from weihai_transfer.lib.linked import Number

# Before anybody has accepted the person, and after it until the first contact.
WAITING = tuple(state for state, side in SIDES.items() if side)
PERIOD_DAYS = 30


@dataclass(frozen=True)
class Age:
    """How many have stood in a state for so long; `late` of them past their term."""

    state: State
    numbers: list
    total: Number
    late: Number


def ages(asked, late):
    """[Age] of every state in which somebody waits; `late`: {state: people past their term}."""
    terms = deadlines.Terms(today=asked.last_day)
    bucket = models.Case(*(When(deadlines.waited(one, terms), then=Value(one.code)) for one in deadlines.WAITS))
    rows = reading.cases(asked.scope, asked.day).filter(state__in=WAITING).annotate(bucket=bucket).order_by()
    found = {(state, code): number for state, code, number in rows.values_list("state", "bucket").annotate(Count("pk"))}
    present = [state for state in WAITING if any(key[0] == state for key in found)]
    return [_age(asked, state, found, late.get(state.value, 0)) for state in present]


def _age(asked, state, found, late):
    numbers = [
        Number(found.get((state.value, one.code), 0), _list(asked, state=state.value, waited=one.code))
        for one in deadlines.WAITS
    ]
    total = sum(one.count for one in numbers)
    late_url = _list(asked, state=state.value, figure="overdue")
    return Age(state, numbers, Number(total, _list(asked, state=state.value)), Number(late, late_url))


def _list(asked, **query):
    return people_url(asked, query.pop("figure", ""), **query)


def late_by_state(asked):
    late = deadlines.overdue(reading.cases(asked.scope, asked.day), deadlines.Terms(today=asked.last_day)).order_by()
    return dict(late.values_list("state").annotate(Count("pk")))


# --- returns


@dataclass(frozen=True)
class Returned:
    label: str
    number: Number


def period_of(asked):
    """(first day, last day) of what is looked at: since the compared day, else the last thirty days."""
    last = asked.last_day
    return (asked.since + timedelta(days=1) if asked.since else last - timedelta(days=PERIOD_DAYS - 1)), last


def returns_of(asked):
    """Every return of the period, as versions of cases: the enterprise's, and of an office those that it made itself."""
    first, last = period_of(asked)
    acts = Case.history.filter(
        last_step="return",
        state=State.RETURNED,
        state_since=F("history_date"),
        history_date__gte=clock.midnight(first),
        history_date__lt=clock.midnight(last + timedelta(days=1)),
    )
    return acts.filter(_seen_returns(asked))


def _seen_returns(asked):
    reach = reach_of(asked.user, *Case.objects.all().seen_with)
    mine = reach.covers("returned_by", "enterprise")
    if asked.area:
        mine &= Q(returned_by__path__startswith=asked.area.path)
    if asked.street:
        mine &= Q(returned_by__path__startswith=asked.street.path)
    return mine & Q(enterprise__path__startswith=asked.enterprise.path) if asked.enterprise else mine


def by_reason(asked):
    """[Returned] by reason, the most frequent first."""
    found = returns_of(asked).order_by().values_list("operation__reason_code").annotate(number=Count("history_id"))
    lines = sorted(found, key=lambda line: -line[1])
    return [
        Returned(reasons.LABELS.get(code, code or "未写明"), Number(number, returns_url(asked, reason=code)))
        for code, number in lines
    ]


def returns_url(asked, **query):
    return f"{reverse('oversight:progress_returns')}?{asked.query(**query)}"


# --- acceptance


@dataclass(frozen=True)
class Pace:
    """Working days from the assignment to the acceptance, of those accepted in the period."""

    label: str
    accepted: Number
    mean: float | None
    middle: float | None
    longest: int | None


def paces(asked):
    """[Pace] by area (by street within one), the slowest first, and of all together."""
    by = "area_id" if asked.area is None and asked.scope.reach.everywhere else "street"
    terms, found = deadlines.Terms(), {}
    for key, assigned, accepted, number in _accepted(asked, by):
        days = Counter() if key not in found else found[key]
        found[key] = days
        if assigned:
            days[working_days.between(assigned, accepted, terms.days_off).value] += number
        else:
            days[None] += number
    names = {one.pk: one for one in Office.objects.filter(pk__in=[key for key in found if key])}
    lines = [_pace(asked, by, names.get(key), days) for key, days in found.items()]
    lines.sort(key=lambda line: (-(line.mean or 0), line.label))
    whole = sum(found.values(), Counter())
    return lines, _pace(asked, "", None, whole)


def _accepted(asked, by):
    first, last = period_of(asked)
    assigned = Case.history.filter(
        retiree_id=OuterRef("pk"), state=State.ASSIGNED, history_date__lte=OuterRef("accepted_at")
    ).order_by("-history_id")
    rows = QuerySet(Case).filter(
        asked.scope.rows(),
        state__in=RECEIVED,
        accepted_at__gte=clock.midnight(first),
        accepted_at__lt=clock.midnight(last + timedelta(days=1)),
    )
    rows = rows.annotate(street=people.STREET, came=TruncDate(Subquery(assigned.values("state_since")[:1])))
    rows = rows.annotate(went=TruncDate("accepted_at")).order_by()
    return rows.values_list(by, "came", "went").annotate(Count("pk"))


def _pace(asked, by, place, days):
    first, last = period_of(asked)
    measured = sorted(Counter({day: number for day, number in days.items() if day is not None}).elements())
    query = {"accepted_since": first.isoformat(), "accepted_until": last.isoformat()}
    if place:
        query |= {"area" if place.kind == OfficeKind.AREA else "office": place.pk}
    elif by:
        query["at"] = "none"
    today = asked.at(clock.today())
    return Pace(
        str(place) if place else "市外" if by else "合计",
        Number(days.total(), people_url(today, "accepted", **query)),
        sum(measured) / len(measured) if measured else None,
        median(measured) if measured else None,
        measured[-1] if measured else None,
    )
