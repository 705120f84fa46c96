"""Working days by the published calendar of the State Council, with the days that the city has set otherwise.

A year that is not published yet is never guessed in silence: `is_working` raises, and what is reckoned into it by
Monday to Friday says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

DAY = timedelta(days=1)


class UnknownYear(Exception):
    def __init__(self, year):
        super().__init__(f"{year} 年节假日安排尚未公布")
        self.year = year


@dataclass(frozen=True)
class Reckoned:
    """A day or a number of days; `unknown` are the years in it that were reckoned by Monday to Friday."""

    value: date | int
    unknown: tuple[int, ...] = ()

    @property
    def note(self):
        """What a page must say beside the value; empty when everything is known."""
        if not self.unknown:
            return ""
        years = "、".join(map(str, self.unknown))
        return f"{years} 年节假日安排尚未公布，按周一至周五估算"


def is_working(day, overrides=None):
    """Raises UnknownYear where neither the calendar nor the city has said anything."""
    if overrides and day in overrides:
        return overrides[day]
    published = _published(day)
    if published is None:
        raise UnknownYear(day.year)
    return published


@lru_cache(maxsize=20_000)
def _published(day):
    """None where nothing is published. The library looks at its whole calendar for each day, the longest for a day that
    it does not know; a page may ask for years of them."""
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return None


def after(start, number, overrides=None):
    """The `number`-th working day after a day: Reckoned."""
    day, unknown = start, set()
    while number > 0:
        day += DAY
        number -= _counts(day, overrides, unknown)
    return Reckoned(day, tuple(sorted(unknown)))


def between(start, end, overrides=None):
    """How many working days lie after `start`, up to and with `end`; negative when `end` comes first: Reckoned."""
    if end < start:
        turned = between(end, start, overrides)
        return Reckoned(-turned.value, turned.unknown)
    unknown = set()
    count = sum(_counts(start + DAY * n, overrides, unknown) for n in range(1, (end - start).days + 1))
    return Reckoned(count, tuple(sorted(unknown)))


def earliest_start(last, number, overrides=None):
    """The earliest day from which `number` working days reach `last` or go past it."""
    day = last
    while after(day - DAY, number, overrides).value >= last:
        day -= DAY
    return day


def _counts(day, overrides, unknown):
    try:
        return is_working(day, overrides)
    except UnknownYear as year:
        unknown.add(year.year)
        return day.weekday() < 5
