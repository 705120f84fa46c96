"""The named numbers of the hand-over (design 12): one definition for the count on a page and for the list it leads to."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from archives.states import State as DossierState
from handover import deadlines
from handover.agreements import coverage
from handover.states.cases import AREA, CITY, ENTERPRISE, ON_THE_WAY, RECEIVED, RECEIVER, SIDES, State
from party.models import Letter
from party.states import State as MemberState


@dataclass(frozen=True)
class Figure:
    code: str
    label: str
    condition: Q | None = None
    # For what no plain condition can say; takes and gives a Case query set.
    narrow: object = None

    def of(self, cases):
        return self.narrow(cases) if self.narrow else cases.filter(self.condition)


OUTSIDE = Q(state__in=(State.OUTSIDE, State.OUTSIDE_REPORTED))


def _held_up_by(*sides):
    """Where these sides must act before anybody has accepted the person."""
    return tuple(state for state, side in SIDES.items() if side and side.acts in sides and state not in RECEIVED)


WITH_ENTERPRISE, WITH_RECEIVER, WITH_CITY = _held_up_by(ENTERPRISE), _held_up_by(AREA, RECEIVER), _held_up_by(CITY)
# 二(四): what leaders managed by the city keep and what does not exist is not due; what ended with its case is no more.
NO_DOSSIER_DUE = (DossierState.EXEMPT, DossierState.NONE, DossierState.ENDED)
HANDED_OVER = (DossierState.RECEIVED, DossierState.SHELVED)
MOVED = (MemberState.ARRIVED, MemberState.PLACED, MemberState.DEPARTED)


def _dossier(*states, **more):
    """People by the state of the dossier: its label is what everybody may know who sees the case."""
    return Q(retiree__dossier__state__in=states, **{f"retiree__dossier__{name}": value for name, value in more.items()})


def _member(*states):
    return Q(retiree__membership__state__in=states)


def _receipted(cases):
    """二(三): the receipt of the letter that stands has come back."""
    letters = QuerySet(Letter).filter(membership=OuterRef("pk"), voided_at=None, receipt_on__isnull=False)
    return cases.filter(Exists(letters), _member(*(one for one in MemberState if one != MemberState.ENDED)))


FIGURES = {
    figure.code: figure
    for figure in (
        Figure("due", "应移交", ~Q(state=State.CLOSED)),
        Figure("stock", "应移交存量", ~Q(state=State.CLOSED) & Q(stock=True)),
        Figure("draft", "待上报", Q(state=State.DRAFT)),
        Figure("covered", "已签协议（人）", narrow=coverage.covered),
        Figure("submitted", "已上报", Q(state__in=ON_THE_WAY) & ~OUTSIDE),
        Figure("unassigned", "待分配", Q(state=State.SUBMITTED)),
        Figure("waiting", "待接收", Q(state=State.ASSIGNED)),
        Figure("with_enterprise", "待企业办理", Q(state__in=WITH_ENTERPRISE)),
        Figure("with_receiver", "待接收方办理", Q(state__in=WITH_RECEIVER)),
        Figure("with_city", "待领导小组办公室办理", Q(state__in=WITH_CITY)),
        Figure("at_street", "已到镇街", Q(state__in=(State.ASSIGNED, *RECEIVED))),
        Figure("accepted", "已接收", Q(state__in=RECEIVED)),
        Figure("contacted", "已对接", Q(state__in=(State.CONTACTED, State.COMPLETED))),
        Figure("completed", "办结", Q(state=State.COMPLETED)),
        Figure("returned", "退回", Q(state=State.RETURNED)),
        Figure("outside", "市外移交", OUTSIDE),
        Figure("ended_outside", "市外办结", Q(state=State.COMPLETED, office=None)),
        Figure("closing", "核销待确认", Q(state__in=(State.CLOSING_BY_ENTERPRISE, State.CLOSING_BY_OFFICE))),
        Figure("closed", "核销", Q(state=State.CLOSED)),
        Figure("overdue", "逾期", narrow=deadlines.overdue),
        Figure("dossiers_due", "档案应移交", _dossier(*(one for one in DossierState if one not in NO_DOSSIER_DUE))),
        Figure("dossiers_moved", "档案已移交", _dossier(*HANDED_OVER)),
        Figure("dossiers_way", "档案移交途中", _dossier(DossierState.IN_TRANSIT)),
        Figure("dossiers_deferred", "档案协议整理中", _dossier(DossierState.DEFERRED)),
        Figure("dossiers_lost", "档案途中遗失", _dossier(DossierState.LOST)),
        Figure("dossiers_digitised", "档案已数字化", _dossier(*HANDED_OVER, digitised_on__isnull=False)),
        Figure("members_due", "党员应转", _member(*(one for one in MemberState if one != MemberState.ENDED))),
        Figure("members_moved", "党员已转", _member(*MOVED)),
        Figure("members_receipted", "党员已回执", narrow=_receipted),
        Figure("members_way", "党员转接途中", _member(MemberState.ISSUED, MemberState.OUTSIDE)),
        Figure("members_placed", "党员已编入支部", _member(MemberState.PLACED)),
        Figure("members_lost", "失联党员", _member(MemberState.UNREACHABLE)),
    )
}
