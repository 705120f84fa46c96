"""The papers about one person's hand-over, and about a batch: who may make them, and when."""

from django.db.models import Count, QuerySet

from accounts.duties import Duty
from handover.models import Batch, BatchPaper, Case, CasePaper
from handover.papers import words
from handover.states.cases import RECEIVED, State
from retirees.codes import Survival
from tracks.papers import PaperDesk, PaperKind

Kind = CasePaper.Kind
ONLY_OUTSIDE = "当前状态为“{state}”，不能上传市外接收回执。只有市外移交中的人员需要回执；请核对状态后再办理。"
DECEASED = "此人登记为已去世，不再需要{paper}，没有生成。请核对死亡登记。"
CLOSED = "此人已核销，不再移交，没有生成{paper}。请核对名单。"
NOT_YET = {
    Kind.INTRODUCTION: "当前状态为“{state}”，还没有确定接收街道（镇）或已停止移交，不能生成移交介绍信。请待区市分配后再生成。",
    Kind.CARD: "当前状态为“{state}”，不能生成联系卡。联系卡在接收后发放；请先办理接收。",
}
# In which states a paper makes sense: everywhere but after the end for the first one.
FITTING = {
    Kind.CONFIRMATION: tuple(state for state in State if state != State.CLOSED),
    Kind.INTRODUCTION: (State.ASSIGNED, *RECEIVED, State.OUTSIDE, State.OUTSIDE_REPORTED),
    Kind.CARD: RECEIVED,
}
EMPTY_BATCH = "本批次目前没有人员，不能生成移交花名册。人员已撤回或编入了后来的批次；请到新的批次生成。"
LONG_BATCH = f"本批次超过 {words.MOST_ROWS:,} 人，不生成 Word 花名册。请下载 Excel 花名册打印后签章。"


def outside_only(ids):
    """A receipt of a place outside the city is filed while the person is on the way there."""
    rows = QuerySet(Case).filter(pk__in=ids).exclude(state=State.OUTSIDE)
    return {pk: ONLY_OUTSIDE.format(state=State(state).label) for pk, state in rows.values_list("pk", "state")}


def _fitting(kind):
    """The check of a paper that is made of living people in some states."""

    def check(ids):
        rows = QuerySet(Case).filter(pk__in=ids).values_list("pk", "state", "retiree__survival")
        return {pk: sentence for pk, state, survival in rows if (sentence := _obstacle(kind, state, survival))}

    return check


def _obstacle(kind, state, survival):
    if survival == Survival.DECEASED:
        return DECEASED.format(paper=kind.label)
    if state == State.CLOSED:
        return CLOSED.format(paper=kind.label)
    if state not in FITTING[kind]:
        return NOT_YET[kind].format(state=State(state).label)
    return ""


def fit_for_a_roster(ids):
    counted = QuerySet(Batch).filter(pk__in=ids).annotate(now=Count("cases")).values_list("pk", "now")
    return {pk: LONG_BATCH if now else EMPTY_BATCH for pk, now in counted if not 0 < now <= words.MOST_ROWS}


def _of_person(kind, *, duty, mark, content, **more):
    template = f"{kind.value}-1"
    check = _fitting(kind)
    return PaperKind(code=kind, duties=(duty,), template=template, mark=mark, content=content, check=check, **more)


PAPERS = PaperDesk(
    name="case",
    app="handover",
    track="case",
    model=CasePaper,
    page="handover:person",
    kinds=(
        _of_person(Kind.CONFIRMATION, duty=Duty.SUBMIT, mark="确", content=words.confirmations),
        _of_person(Kind.INTRODUCTION, duty=Duty.SUBMIT, mark="介", content=words.introductions),
        _of_person(Kind.CARD, duty=Duty.RECEIVE, mark="卡", content=words.cards, numbered_by="office"),
        PaperKind(code=Kind.RECEIPT, duties=(Duty.SUBMIT,), check=outside_only),
    ),
)

BATCH_PAPERS = PaperDesk(
    name="batch",
    app="handover",
    track="batch",
    model=BatchPaper,
    page="handover:batch",
    kinds=(
        PaperKind(
            code=BatchPaper.Kind.ROSTER,
            duties=(Duty.SUBMIT,),
            template="roster-1",
            mark="册",
            content=words.rosters,
            check=fit_for_a_roster,
        ),
    ),
)


def card_number(case):
    """The number of the newest card that was made for the person; empty when none was."""
    made = QuerySet(CasePaper).filter(case=case, kind=Kind.CARD).order_by("-made_at", "-pk")
    return made.values_list("number", flat=True).first() or ""
