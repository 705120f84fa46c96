"""The numbers that a dashboard counts (design 12), each as the cells that it takes: which track, which states, which mark.

The same codes stand in handover/figures.py as conditions over live rows: what a list is filtered by. That the two agree
is tested for every number of the demo city.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from archives.states import State as DossierState
from handover.figures import WITH_CITY, WITH_ENTERPRISE, WITH_RECEIVER
from handover.states.cases import ON_THE_WAY, RECEIVED
from handover.states.cases import State as CaseState
from oversight.models import TallyTrack
from party.states import State as MemberState

CASE, DOSSIER, MEMBERSHIP = TallyTrack.CASE, TallyTrack.DOSSIER, TallyTrack.MEMBERSHIP
EVERY_CASE = tuple(state for state in CaseState if state != CaseState.CLOSED)
GOING_OUTSIDE = (CaseState.OUTSIDE, CaseState.OUTSIDE_REPORTED)
# 二(四): those of leaders managed by the city stay, and who has none has none to hand over.
DOSSIERS_DUE = tuple(
    one for one in DossierState if one not in (DossierState.EXEMPT, DossierState.NONE, DossierState.ENDED)
)
DOSSIERS_MOVED = (DossierState.RECEIVED, DossierState.SHELVED)
MEMBERS_DUE = tuple(one for one in MemberState if one != MemberState.ENDED)
ARRIVED = (MemberState.ARRIVED, MemberState.PLACED)


@dataclass(frozen=True)
class Measure:
    """`marked`, `stock`, `outside`: None where it makes no difference."""

    code: str
    label: str
    track: str
    states: tuple
    marked: bool | None = None
    stock: bool | None = None
    outside: bool | None = None
    unit: str = "人"

    def takes(self, stock, outside, state, marked):
        return (
            state in self.states
            and self.marked in (None, marked)
            and self.stock in (None, stock)
            and self.outside in (None, outside)
        )


MEASURES = {
    one.code: one
    for one in (
        Measure("due", "应移交", CASE, EVERY_CASE),
        Measure("stock", "其中存量", CASE, EVERY_CASE, stock=True),
        Measure("covered", "已签协议（人）", CASE, tuple(CaseState), marked=True),
        Measure("draft", "待上报", CASE, (CaseState.DRAFT,)),
        Measure("submitted", "已上报", CASE, tuple(one for one in ON_THE_WAY if one not in GOING_OUTSIDE)),
        Measure("unassigned", "待分配", CASE, (CaseState.SUBMITTED,)),
        Measure("waiting", "待接收", CASE, (CaseState.ASSIGNED,)),
        Measure("returned", "退回", CASE, (CaseState.RETURNED,)),
        # Until a receiver has accepted: whose turn it is (SIDES), that is who holds the hand-over up.
        Measure("with_enterprise", "待企业办理", CASE, WITH_ENTERPRISE),
        Measure("with_receiver", "待接收方办理", CASE, WITH_RECEIVER),
        Measure("with_city", "待领导小组办公室办理", CASE, WITH_CITY),
        Measure("at_street", "已到镇街", CASE, (CaseState.ASSIGNED, *RECEIVED)),
        Measure("accepted", "已接收", CASE, RECEIVED),
        Measure("contacted", "已对接", CASE, (CaseState.CONTACTED, CaseState.COMPLETED)),
        Measure("completed", "办结", CASE, (CaseState.COMPLETED,)),
        Measure("outside", "市外移交", CASE, GOING_OUTSIDE),
        Measure("ended_outside", "市外办结", CASE, (CaseState.COMPLETED,), outside=True),
        Measure(
            "closing",
            "核销待确认",
            CASE,
            (CaseState.CLOSING_BY_ENTERPRISE, CaseState.CLOSING_BY_OFFICE),
        ),
        Measure("closed", "核销", CASE, (CaseState.CLOSED,)),
        Measure("dossiers_due", "档案应移交", DOSSIER, DOSSIERS_DUE, unit="卷"),
        Measure("dossiers_moved", "档案已移交", DOSSIER, DOSSIERS_MOVED, unit="卷"),
        Measure("dossiers_way", "档案移交途中", DOSSIER, (DossierState.IN_TRANSIT,), unit="卷"),
        Measure("dossiers_deferred", "档案协议整理中", DOSSIER, (DossierState.DEFERRED,), unit="卷"),
        Measure("dossiers_lost", "档案途中遗失", DOSSIER, (DossierState.LOST,), unit="卷"),
        Measure("dossiers_digitised", "档案已数字化", DOSSIER, DOSSIERS_MOVED, marked=True, unit="卷"),
        Measure("members_due", "党员应转", MEMBERSHIP, MEMBERS_DUE),
        Measure("members_moved", "党员已转", MEMBERSHIP, (*ARRIVED, MemberState.DEPARTED)),
        Measure("members_receipted", "已回执", MEMBERSHIP, MEMBERS_DUE, marked=True),
        Measure("members_way", "转接途中", MEMBERSHIP, (MemberState.ISSUED, MemberState.OUTSIDE)),
        Measure("members_placed", "已编入支部", MEMBERSHIP, (MemberState.PLACED,)),
        Measure("members_lost", "失联党员", MEMBERSHIP, (MemberState.UNREACHABLE,)),
    )
}


@dataclass(frozen=True)
class Rate:
    """A share of one measure in another; None where there is nothing to take a share of."""

    code: str
    label: str
    done: str
    whole: str

    def of(self, numbers):
        return Fraction(numbers[self.done], numbers[self.whole]) if numbers[self.whole] else None


RATES = {
    one.code: one
    for one in (
        Rate("covered", "签约率", "covered", "stock"),
        Rate("accepted", "移交率", "accepted", "due"),
        Rate("contacted", "社区对接率", "contacted", "accepted"),
        Rate("dossiers", "档案移交率", "dossiers_moved", "dossiers_due"),
        Rate("digitised", "档案数字化率", "dossiers_digitised", "dossiers_moved"),
        Rate("members", "党组织关系转接率", "members_receipted", "members_due"),
        Rate("placed", "编入支部率", "members_placed", "members_moved"),
    )
}


def measured(cells):
    """{key: Counter of measure codes} of {(key, track, stock, outside, state, marked): how many}."""
    known, found = {}, defaultdict(Counter)
    for (key, *kind), number in cells.items():
        kind = tuple(kind)
        if kind not in known:
            track, *rest = kind
            known[kind] = [one.code for one in MEASURES.values() if one.track == track and one.takes(*rest)]
        numbers = found[key]
        for code in known[kind]:
            numbers[code] += number
    return found
