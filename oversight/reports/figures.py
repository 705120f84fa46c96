"""Where the numbers of the reports come from: oversight.counting, in the reach of who asks."""

from datetime import timedelta

from oversight.counting.moment import one_moment
from oversight.counting.reading import Scope, series
from oversight.counting.tables import table
from oversight.reports.snapshot import taken
from weihai_transfer.lib import clock

CUTS = ("area", "enterprise")
# So many months the line of a bulletin goes back, the month of the bulletin included.
MONTHS = 12


def read(user, day, since=None, *, months=0):
    """A snapshot of the end of `day`, of the period that began on `since`, and of the ends of so many months."""
    with one_moment():
        tables = [table(user, cut, day, since) for cut in CUTS]
        ends = ends_of_months(day, months)
        accepted = series(Scope.of(user), ("accepted",), ends)
    return taken(day, since, clock.now(), tables, [(end, accepted[end]["accepted"]) for end in ends])


def ends_of_months(day, count):
    """The last days of the months up to `day`, which ends the last one; oldest first."""
    ends = [day][:count]
    while len(ends) < count:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends[::-1]
