"""The rates of the whole beside the targets of the stages, and the days that are left."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from accounts import campaign
from oversight.counting import reading
from oversight.counting.measures import RATES
from oversight.dashboards.numbers import people_url
from weihai_transfer.lib.linked import Number

# Each rate that is shown, and the target of the stages that it is held against.
SHOWN = {
    "covered": "signed",
    "accepted": "transferred",
    "contacted": "contacted",
    "dossiers": "dossiers",
    "members": "memberships",
}


@dataclass(frozen=True)
class Headline:
    """`short`: how many people or dossiers are missing to the target; `before`: the rate of the compared day."""

    label: str
    done: Number
    whole: Number
    value: object
    before: object
    target: object = None
    due_on: date | None = None
    days_left: int | None = None
    short: int | None = None

    @property
    def days_past(self):
        return -self.days_left

    @property
    def reached(self):
        return self.target is not None and self.value is not None and self.value * 100 >= self.target


def targets_of(asked):
    """{measure: what is to be reached, as it stands on the day}."""
    return {one.measure: one for one in campaign.targets_on(asked.last_day)}


def read(asked, targets):
    now = reading.numbers(asked.scope, day=asked.day).get(None, Counter())
    before = reading.numbers(asked.scope, day=asked.since).get(None, Counter()) if asked.since else None
    return [_headline(asked, RATES[code], now, before, targets.get(measure)) for code, measure in SHOWN.items()]


def _headline(asked, rate, now, before, target):
    percent = target.percent if target else None
    return Headline(
        rate.label,
        Number(now[rate.done], people_url(asked, rate.done)),
        Number(now[rate.whole], people_url(asked, rate.whole)),
        rate.of(now),
        before and rate.of(before),
        percent,
        target.due_on if target else None,
        target.working_days.value if target else None,
        max(0, -int(-(now[rate.whole] * percent) // 100) - now[rate.done]) if target else None,
    )


def aim_of(targets):
    """(percent, day) of the target of 移交率, for the burn-up; None without one."""
    found = targets.get(SHOWN["accepted"])
    return found and (found.percent, found.due_on)
