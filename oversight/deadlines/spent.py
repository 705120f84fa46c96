"""How many working days each side has used on a case so far, from its history: the days of one side are not the other's."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.calendar import overrides
from audit.history import history_of
from handover.models import Case
from handover.states.cases import AREA, CITY, ENTERPRISE, RECEIVER, SIDES, State
from weihai_transfer.lib import clock, working_days

LABELS = {ENTERPRISE: "移交企业", AREA: "接收区市", RECEIVER: "镇街、社区", CITY: "市领导小组办公室"}


@dataclass(frozen=True)
class Stay:
    """The case in one state, from day to day; `side` is whose turn it was, and `days` are that side's."""

    state: str
    side: str
    since: date
    until: date
    days: int
    standing: bool

    @property
    def label(self):
        return State(self.state).label

    @property
    def side_label(self):
        return LABELS.get(self.side, "")


def stays(case):
    """Each state in its turn, the present one last. Corrections that leave the state make no new stay."""
    rows = history_of(Case).objects.filter(retiree_id=case.pk).order_by("history_date", "history_id")
    begun = []
    for state, at in rows.values_list("state", "history_date"):
        if not begun or begun[-1][0] != state:
            begun.append((state, timezone.localdate(at)))
    days_off, ends = overrides(), [day for _, day in begun[1:]] + [clock.today()]
    return [
        _stay(state, since, until, place == len(begun) - 1, days_off)
        for place, ((state, since), until) in enumerate(zip(begun, ends, strict=True))
    ]


def _stay(state, since, until, standing, days_off):
    side = SIDES[state]
    days = working_days.between(since, until, days_off).value if side else 0
    return Stay(state, side.acts if side else "", since, until, days, standing)


def spent(case):
    """{side: working days in all}; the days on which nobody's turn was are nobody's."""
    found = dict.fromkeys(LABELS, 0)
    for stay in stays(case):
        if stay.side:
            found[stay.side] += stay.days
    return found
