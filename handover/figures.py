"""The named numbers of the hand-over (design 12): one definition for the count on a page and for the list it leads to."""

from dataclasses import dataclass

from django.db.models import Q

from handover import deadlines
from handover.agreements import coverage
from handover.states.cases import ON_THE_WAY, RECEIVED, State


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

FIGURES = {
    figure.code: figure
    for figure in (
        Figure("due", "应移交", ~Q(state=State.CLOSED)),
        Figure("draft", "待上报", Q(state=State.DRAFT)),
        Figure("covered", "已签协议（人）", narrow=coverage.covered),
        Figure("submitted", "已上报", Q(state__in=ON_THE_WAY) & ~OUTSIDE),
        Figure("unassigned", "待分配", Q(state=State.SUBMITTED)),
        Figure("waiting", "待接收", Q(state=State.ASSIGNED)),
        Figure("accepted", "已接收", Q(state__in=RECEIVED)),
        Figure("contacted", "已对接", Q(state__in=(State.CONTACTED, State.COMPLETED))),
        Figure("completed", "办结", Q(state=State.COMPLETED)),
        Figure("returned", "退回", Q(state=State.RETURNED)),
        Figure("outside", "市外移交", OUTSIDE),
        Figure("closing", "核销待确认", Q(state__in=(State.CLOSING_BY_ENTERPRISE, State.CLOSING_BY_OFFICE))),
        Figure("closed", "核销", Q(state=State.CLOSED)),
        Figure("overdue", "逾期", narrow=deadlines.overdue),
    )
}
