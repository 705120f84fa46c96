"""The papers about one person's hand-over: who may make them, and what stands in them."""

from django.db.models import QuerySet

from accounts.duties import Duty
from handover.models import Case, CasePaper
from handover.states.cases import State
from tracks.papers import PaperDesk, PaperKind

Kind = CasePaper.Kind
ONLY_OUTSIDE = "当前状态为“{state}”，不能上传市外接收回执。只有市外移交中的人员需要回执；请核对状态后再办理。"


def outside_only(ids):
    """A receipt of a place outside the city is filed while the person is on the way there."""
    rows = QuerySet(Case).filter(pk__in=ids).exclude(state=State.OUTSIDE)
    return {pk: ONLY_OUTSIDE.format(state=State(state).label) for pk, state in rows.values_list("pk", "state")}


PAPERS = PaperDesk(
    name="case",
    app="handover",
    track="case",
    model=CasePaper,
    page="handover:person",
    kinds=(PaperKind(code=Kind.RECEIPT, duties=(Duty.SUBMIT,), check=outside_only),),
)
