"""The law of a case 管理服务移交: read it aloud beside 二(二) and 三(二).

Until a receiver accepts, the enterprise stays responsible for the person; from then on the receiver is.
"""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.duties import Duty
from accounts.models.places import OfficeKind
from archives import states as dossiers
from benefits import medical_states as medical
from handover import reasons
from party import states as memberships
from retirees.codes import NOT_TRANSFERRED, Survival
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    DRAFT = "draft", "待上报"
    SUBMITTED = "submitted", "已上报（待分配）"
    ASSIGNED = "assigned", "待接收"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已接收"
    CONTACTED = "contacted", "已对接"
    COMPLETED = "completed", "办结"
    OUTSIDE = "outside", "市外移交中"
    OUTSIDE_REPORTED = "outside_reported", "市外移交待确认"
    CLOSING_BY_ENTERPRISE = "closing_by_enterprise", "核销待确认（企业提出）"
    CLOSING_BY_OFFICE = "closing_by_office", "核销待确认（接收方提出）"
    CLOSED = "closed", "核销"


ENTERPRISE, AREA, RECEIVER, CITY = "enterprise", "area", "receiver", "city"

SIDES = {
    # state                       who acts next        who is responsible for the person
    State.DRAFT:                 Side(ENTERPRISE,      ENTERPRISE),
    State.SUBMITTED:             Side(AREA,            ENTERPRISE),
    State.ASSIGNED:              Side(RECEIVER,        ENTERPRISE),
    State.RETURNED:              Side(ENTERPRISE,      ENTERPRISE),
    State.ACCEPTED:              Side(RECEIVER,        RECEIVER),
    State.CONTACTED:             Side(RECEIVER,        RECEIVER),
    State.COMPLETED:             None,
    State.OUTSIDE:               Side(ENTERPRISE,      ENTERPRISE),
    State.OUTSIDE_REPORTED:      Side(CITY,            ENTERPRISE),
    State.CLOSING_BY_ENTERPRISE: Side(CITY,            ENTERPRISE),
    State.CLOSING_BY_OFFICE:     Side(ENTERPRISE,      ENTERPRISE),
    State.CLOSED:                None,
}  # fmt: skip

# Out with the person's case at another enterprise: one person is handed over once.
ON_THE_WAY = (
    State.SUBMITTED,
    State.ASSIGNED,
    State.RETURNED,
    State.ACCEPTED,
    State.CONTACTED,
    State.COMPLETED,
    State.OUTSIDE,
    State.OUTSIDE_REPORTED,
)
RECEIVED = (State.ACCEPTED, State.CONTACTED, State.COMPLETED)
# With the enterprise or the city: no receiving office sees the person.
SEEN_BY_NO_OFFICE = (
    State.DRAFT,
    State.RETURNED,
    State.OUTSIDE,
    State.OUTSIDE_REPORTED,
    State.CLOSING_BY_ENTERPRISE,
    State.CLOSED,
)
SEEN_BY_A_RECEIVER = (State.SUBMITTED, State.ASSIGNED, State.ACCEPTED, State.CONTACTED, State.CLOSING_BY_OFFICE)
OPEN = tuple(state for state in State if SIDES[state])
# A term of working days runs from the day on which the case came into one of these (deadlines.TERMS).
UNDER_A_TERM = (State.SUBMITTED, State.ASSIGNED, State.RETURNED, State.ACCEPTED)


def handed_over_elsewhere():
    # The table of states lies below the model that uses it, so the model is asked for by name. The person's own
    # index is compared: his number may have been corrected since the case was opened.
    cases = apps.get_model("handover.Case").objects
    same = cases.filter(id_index=OuterRef("retiree__id_index"), state__in=ON_THE_WAY).exclude(pk=OuterRef("pk"))
    return Q(Exists(same))


def without_receipt():
    """A receipt counts that was filed since the person was sent outside, or since the last one was refused."""
    filed = apps.get_model("handover.CasePaper").objects.filter(
        case=OuterRef("pk"), kind="receipt", made_at__gte=OuterRef("state_since")
    )
    return ~Q(Exists(filed))


FIT_TO_SUBMIT = (
    Blocker("此人登记为已去世，不能上报移交。请申请核销。", Q(retiree__survival=Survival.DECEASED)),
    Blocker(
        "离休人员和内部退养人员不在移交范围（厅字〔2019〕19号）。请申请核销或更正退休类别。",
        Q(retiree__retirement_kind__in=NOT_TRANSFERRED),
    ),
    Blocker("没有填写退休时间。请先更正人员信息。", Q(retiree__retired_on=None)),
    Blocker("此人已由其他单位上报移交，不能重复移交。请与市国资委核对。", handed_over_elsewhere),
)
RETURNED_BY_A_RECEIVER = Blocker(
    "此人没有被镇（街道）、社区退回，或退回单位已停用，不能直接再次上报。请按上报办理。",
    ~Q(returned_by__kind__in=(OfficeKind.STREET, OfficeKind.COMMUNITY), returned_by__active=True),
)
OTHER_TRACKS_DONE = (
    Blocker(
        "人事档案尚未办结。请待档案入库，或由企业登记不移交、无档案后再办结。",
        Q(retiree__dossier__isnull=False) & ~Q(retiree__dossier__state__in=dossiers.SETTLED),
    ),
    Blocker(
        "党组织关系尚未办结。请待编入党支部，或由企业终止转接后再办结。",
        Q(retiree__membership__isnull=False) & ~Q(retiree__membership__state__in=memberships.SETTLED),
    ),
    Blocker(
        "医保关系尚未衔接（二(五)）。请待区市登记已衔接后再办结；已在本地参保的，请由企业和区市核对。",
        Q(retiree__medical_transfer__isnull=False) & ~Q(retiree__medical_transfer__state__in=medical.SETTLED),
    ),
)
RECEIPT_FILED = Blocker("没有上传本次市外移交的接收回执。请先上传回执再提交。", without_receipt)

SUBMIT, DISTRIBUTE, RECEIVE, COORDINATE = (Duty.SUBMIT,), (Duty.DISTRIBUTE,), (Duty.RECEIVE,), (Duty.COORDINATE,)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="submit",
            label="上报",
            duties=SUBMIT,
            sources=(State.DRAFT,),
            target=State.SUBMITTED,
            blockers=FIT_TO_SUBMIT,
        ),
        Step(
            name="resubmit",
            label="再次上报",
            duties=SUBMIT,
            sources=(State.DRAFT,),
            target=State.ASSIGNED,
            blockers=(*FIT_TO_SUBMIT, RETURNED_BY_A_RECEIVER),
        ),
        Step(
            name="withdraw",
            label="撤回",
            duties=SUBMIT,
            sources=(State.SUBMITTED, State.ASSIGNED),
            target=State.DRAFT,
            needs_text=True,
        ),
        Step(name="assign", label="分配", duties=DISTRIBUTE, sources=(State.SUBMITTED,), target=State.ASSIGNED),
        Step(
            name="reassign",
            label="改派",
            duties=DISTRIBUTE,
            sources=(State.ASSIGNED,),
            target=State.ASSIGNED,
            reasons=reasons.REASSIGN,
        ),
        Step(
            name="pass_down",
            label="转交社区",
            duties=RECEIVE,
            sources=(State.ASSIGNED,),
            target=State.ASSIGNED,
        ),
        Step(
            name="hand_back",
            label="交回区市重新分配",
            duties=RECEIVE,
            sources=(State.ASSIGNED,),
            target=State.SUBMITTED,
            reasons=reasons.REASSIGN,
        ),
        Step(
            name="redirect",
            label="转其他区市",
            duties=DISTRIBUTE,
            sources=(State.SUBMITTED,),
            target=State.SUBMITTED,
            reasons=reasons.REDIRECT,
        ),
        Step(name="accept", label="接收", duties=RECEIVE, sources=(State.ASSIGNED,), target=State.ACCEPTED),
        Step(
            name="return",
            label="退回",
            duties=(Duty.RECEIVE, Duty.DISTRIBUTE),
            sources=(State.SUBMITTED, State.ASSIGNED),
            target=State.RETURNED,
            reasons=reasons.RETURN,
            needs_text=True,
            danger=True,
        ),
        Step(name="take_back", label="收回并修改", duties=SUBMIT, sources=(State.RETURNED,), target=State.DRAFT),
        Step(name="contact", label="登记首次联系", duties=RECEIVE, sources=(State.ACCEPTED,), target=State.CONTACTED),
        Step(
            name="complete",
            label="办结",
            duties=RECEIVE,
            sources=(State.CONTACTED,),
            target=State.COMPLETED,
            blockers=OTHER_TRACKS_DONE,
        ),
        Step(
            name="send_outside",
            label="转市外移交",
            duties=SUBMIT,
            sources=(State.DRAFT,),
            target=State.OUTSIDE,
            blockers=FIT_TO_SUBMIT,
        ),
        Step(
            name="recall_outside",
            label="改为市内移交",
            duties=SUBMIT,
            sources=(State.OUTSIDE,),
            target=State.DRAFT,
            needs_text=True,
        ),
        Step(
            name="report_outside",
            label="提交市外接收回执",
            duties=SUBMIT,
            sources=(State.OUTSIDE,),
            target=State.OUTSIDE_REPORTED,
            blockers=(RECEIPT_FILED,),
        ),
        Step(
            name="confirm_outside",
            label="确认市外接收",
            duties=COORDINATE,
            sources=(State.OUTSIDE_REPORTED,),
            target=State.COMPLETED,
        ),
        Step(
            name="refuse_outside",
            label="退回市外回执",
            duties=COORDINATE,
            sources=(State.OUTSIDE_REPORTED,),
            target=State.OUTSIDE,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="ask_closing",
            label="申请核销",
            duties=SUBMIT,
            # Also what a receiver has not accepted yet: the enterprise could withdraw it first, to the same end.
            sources=(State.DRAFT, State.SUBMITTED, State.ASSIGNED, State.RETURNED, State.OUTSIDE),
            target=State.CLOSING_BY_ENTERPRISE,
            reasons=reasons.CLOSING,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="propose_closing",
            label="提出核销",
            duties=(Duty.RECEIVE, Duty.DISTRIBUTE),
            sources=(State.SUBMITTED, State.ASSIGNED),
            target=State.CLOSING_BY_OFFICE,
            reasons=reasons.CLOSING,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="confirm_closing",
            label="确认核销",
            duties=COORDINATE,
            sources=(State.CLOSING_BY_ENTERPRISE,),
            target=State.CLOSED,
        ),
        Step(
            name="agree_closing",
            label="同意核销",
            duties=SUBMIT,
            sources=(State.CLOSING_BY_OFFICE,),
            target=State.CLOSED,
        ),
        Step(
            name="refuse_closing",
            label="不同意核销",
            duties=COORDINATE,
            sources=(State.CLOSING_BY_ENTERPRISE,),
            target=State.DRAFT,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="object_closing",
            label="不同意核销",
            duties=SUBMIT,
            sources=(State.CLOSING_BY_OFFICE,),
            target=State.DRAFT,
            needs_text=True,
            danger=True,
        ),
    ),
)
