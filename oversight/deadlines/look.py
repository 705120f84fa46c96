"""The days on which one asks what is late: today, some working days ahead, some working days back.

What will be late then if nobody acts, and what is late since then, is told by the same conditions that tell what is late
today: each is asked on another day. So there is one rule for a term, in the app that it belongs to.
"""

from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from accounts import campaign
from archives.terms import Term as ShipmentTerm
from benefits.medical_terms import Term as MedicalTerm
from handover.community import terms as care_terms
from handover.deadlines import Terms, days_until
from handover.problems import due
from handover.states.deaths import State as DeathState
from weihai_transfer.lib import working_days

# What has no more working days than this is told before it is late.
SOON = 3
SECOND, THIRD = "escalate_second", "escalate_third"
DAY = timedelta(days=1)
# Of deaths and of moves; each kind narrows it to its own state.
TOLD = (DeathState.TOLD_TO_ENTERPRISE, DeathState.TOLD_TO_OFFICE)


class Asked:
    """One day on which it is asked, with the terms as of that day."""

    def __init__(self, look, today):
        self.look, self.today = look, today
        self.terms = replace(look.terms, today=today)

    # What several kinds ask is worked out once a day that is asked about.
    @cached_property
    def told_too_long(self):
        return care_terms.told_too_long(TOLD, self.terms)

    @cached_property
    def late_problems(self):
        return due.late_problems(self.terms)

    @cached_property
    def shipments(self):
        return ShipmentTerm(self.today, self.terms.days_off, self.terms.values)

    @cached_property
    def medical(self):
        return MedicalTerm(self.today, self.terms.values)

    @cached_property
    def confirmed_too_late(self):
        return care_terms.confirmed_too_late(self.today)

    @property
    def target(self):
        return self.look.target


class Look:
    """What the city has set, read once for all kinds and for all days that are asked about."""

    def __init__(self):
        self.terms = Terms()
        self.today = self.terms.today
        self._asked, self._late = {}, {}

    def on(self, day):
        if day not in self._asked:
            self._asked[day] = Asked(self, day)
        return self._asked[day]

    def late(self, kind, asked):
        """The condition of what is late on the day that is asked about, worked out once."""
        key = (kind.code, asked.today)
        if key not in self._late:
            self._late[key] = kind.late(asked)
        return self._late[key]

    @cached_property
    def target(self):
        return campaign.signing_target()

    @cached_property
    def party(self):
        """The terms of the chase list as they hold today."""
        return {code: self.terms.value(code, self.today) for code in ("issue_days", "receipt_days", "branch_days")}

    @cached_property
    def now(self):
        return self.on(self.today)

    @cached_property
    def ahead(self):
        """What is late on this day and not today has `SOON` working days or fewer."""
        return self.on(working_days.after(self.today, SOON + 1, self.terms.days_off).value)

    @cached_property
    def second(self):
        return self._more_than(SECOND)

    @cached_property
    def third(self):
        return self._more_than(THIRD)

    def _more_than(self, code):
        """What was late on this day is late today by more working days than the city has set."""
        number = self.terms.value(code, self.today)
        return self.now if number == 0 else self.on(self._back(number))

    def _back(self, number):
        """The working day that lies so many working days before the latest one."""
        day, left = self.today, number
        while not self._works(day) or left:
            left -= self._works(day)
            day -= DAY
        return day

    def _works(self, day):
        return working_days.between(day - DAY, day, self.terms.days_off).value > 0

    @cached_property
    def is_day_off(self):
        return not self._works(self.today)

    def left_until(self, day):
        """Working days until a last day, as Reckoned: below 0 past it."""
        return days_until(day, self.terms)

    # --- the year of confirming (三(三))

    @cached_property
    def years(self):
        """(last day of the last year that is over, of the year that runs)"""
        year = care_terms.year_over(self.today)
        return care_terms.last_day_of(year), care_terms.last_day_of(year + 1)
