"""How far people have come on their way (funnel), and how it went on in time (burn-up)."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from oversight.counting import reading
from oversight.counting.measures import MEASURES
from oversight.dashboards.numbers import people_url
from weihai_transfer.lib.linked import Number

# Each holds whoever came further too.
STAGES = ("due", "submitted", "at_street", "accepted", "contacted", "completed")
ASIDE = ("draft", "unassigned", "waiting", "returned", "outside", "closing", "closed")
POINTS = 12
# The pace that a projection goes on with is that of so many weeks.
PACE_WEEKS = 4


@dataclass(frozen=True)
class Stage:
    label: str
    number: Number
    # Of those who are due.
    share: float | None


@dataclass(frozen=True)
class Point:
    """`target`: the people who should have been accepted by this day; `projected`: those who will be at today's pace."""

    day: date
    due: Number | None
    accepted: Number | None
    target: int | None
    projected: int | None


@dataclass(frozen=True)
class BurnUp:
    """`finish`: the day on which everybody is accepted at the pace of the last four weeks; None when there is none."""

    points: list
    pace: float
    finish: date | None
    target_day: date | None


def funnel(asked):
    numbers = reading.numbers(asked.scope, day=asked.day).get(None, Counter())
    return [_stage(asked, code, numbers) for code in STAGES], [_stage(asked, code, numbers) for code in ASIDE]


def _stage(asked, code, numbers):
    share = numbers[code] / numbers["due"] if numbers["due"] else None
    return Stage(MEASURES[code].label, Number(numbers[code], people_url(asked, code)), share)


def burn_up(asked, target=None):
    """A BurnUp in weekly steps up to the day, and on to the day on which it will be done (or the target's).

    `target`: (percent, day) of the stage.
    """
    last = asked.last_day
    days = [*_sundays_before(last), last]
    counted = reading.series(asked.scope, ("due", "accepted"), days)
    due, accepted = counted[last]["due"], counted[last]["accepted"]
    begun = days[-1 - PACE_WEEKS]
    pace = (accepted - counted[begun]["accepted"]) / (last - begun).days
    finish = _finish(last, due - accepted, pace)
    aim = _Aim(target, days[0], counted[days[0]]["accepted"], due)
    points = [_past(asked, day, counted[day], aim) for day in days]
    # The line that goes on begins where the facts end.
    points[-1] = replace(points[-1], projected=accepted)
    points += [
        Point(day, None, None, aim.on(day), _projected(day, last, accepted, pace, due))
        for day in _ahead(last, finish, aim)
    ]
    return BurnUp(points, pace, finish, target and target[1])


def _sundays_before(last):
    newest = last - timedelta(days=last.weekday() + 1)
    return [newest - timedelta(weeks=back) for back in range(POINTS - 2, -1, -1)]


def _past(asked, day, counted, aim):
    here = asked.at(day)
    return Point(
        day,
        Number(counted["due"], people_url(here, "due")),
        Number(counted["accepted"], people_url(here, "accepted")),
        aim.on(day),
        None,
    )


def _finish(last, left, pace):
    if left <= 0:
        return last
    # Ten years are no plan.
    return last + timedelta(days=-(-left // pace)) if pace > 0 and left / pace < 3650 else None


def _ahead(last, finish, aim):
    """A few days to come: four weekly steps, the target's and the day on which it will be done."""
    days = {last + timedelta(weeks=week) for week in (1, 2, 3, 4)}
    days |= {day for day in (finish, aim.day) if day and day > last}
    return sorted(days)


def _projected(day, last, accepted, pace, due):
    return min(due, round(accepted + pace * (day - last).days)) if pace > 0 else accepted


class _Aim:
    """A straight line from what was accepted on the first day to the target on its day."""

    def __init__(self, target, first, accepted, due):
        self.percent, self.day = target or (None, None)
        self.first, self.start, self.due = first, accepted, due

    def on(self, day):
        if self.day is None:
            return None
        whole = round(self.due * self.percent / 100)
        if day >= self.day or self.day <= self.first:
            return whole
        return round(self.start + (whole - self.start) * (day - self.first).days / (self.day - self.first).days)
