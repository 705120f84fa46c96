"""The twelve count days of a year. Pure: which day of each month decides, and whether it has come."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from weihai_transfer.lib import clock

CODE = "count_day"


@dataclass(frozen=True)
class Month:
    """`day` decides who counts. A month whose day lies ahead is projected with the people of today (`counted_on`)."""

    year: int
    number: int
    day: date
    counted_on: date

    @property
    def projected(self):
        return self.counted_on < self.day

    @property
    def ends(self):
        """The instant from which on nothing counts any more: the end of the count day."""
        return clock.midnight(self.counted_on + timedelta(days=1))

    @property
    def label(self):
        return f"{self.year}-{self.number:02}"


def months_of(year, count_days, today):
    """`count_days`: [(first day or None, day of the month), …], oldest first; what holds on the first of a month decides."""
    return [_month(year, number, count_days, today) for number in range(1, 13)]


def _month(year, number, count_days, today):
    first = date(year, number, 1)
    asked = [day for since, day in count_days if since is None or since <= first][-1]
    day = first.replace(day=min(asked, calendar.monthrange(year, number)[1]))
    return Month(year, number, day, min(day, today))
