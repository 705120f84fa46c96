"""The law of an agreement 移交协议: read it aloud beside 三(一) and 三(二).

The enterprise group proposes, the receiving area answers, both sign. Until both have signed nobody of the stock is
received, and the enterprise stays responsible. What is signed is never changed: a new version takes its place.
"""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.duties import Duty
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    DRAFT = "draft", "起草中"
    PROPOSED = "proposed", "已提出（待答复）"
    COMMENTED = "commented", "协商中（待修改）"
    AGREED = "agreed", "已商定（待签订）"
    SIGNED_BY_ENTERPRISE = "signed_by_enterprise", "企业方已签（待接收方签订）"
    SIGNED_BY_AREA = "signed_by_area", "接收方已签（待企业方签订）"
    SIGNED = "signed", "已签订"
    SUPERSEDED = "superseded", "已被新版本替代"
    ENDED = "ended", "终止"


ENTERPRISE, AREA = "enterprise", "area"
# Both sides hold the duty SIGN; these say at which end of the agreement it must be held (models/agreements.py).
GROUP_SIGNS, AREA_SIGNS = "agreement.group", "agreement.area"

SIDES = {
    # state                      who acts next     who is responsible meanwhile
    State.DRAFT:                Side(ENTERPRISE, ENTERPRISE),
    State.PROPOSED:             Side(AREA,       ENTERPRISE),
    State.COMMENTED:            Side(ENTERPRISE, ENTERPRISE),
    # Either may sign first; the one that wants to hand over is asked.
    State.AGREED:               Side(ENTERPRISE, ENTERPRISE),
    State.SIGNED_BY_ENTERPRISE: Side(AREA,       ENTERPRISE),
    State.SIGNED_BY_AREA:       Side(ENTERPRISE, ENTERPRISE),
    State.SIGNED:               None,
    State.SUPERSEDED:           None,
    State.ENDED:                None,
}  # fmt: skip

OPEN = tuple(state for state in State if SIDES[state])
# The plan may be written in these, and the list of assets with it.
EDITABLE = (State.DRAFT, State.COMMENTED)
# From here on the plan has been laid before the area, which sees the agreement from then on.
WITH_AREA = tuple(state for state in State if state not in (State.DRAFT, State.ENDED))
# Both have signed, whatever became of it.
BOTH_SIGNED = (State.SIGNED, State.SUPERSEDED)

TERMINATE = (
    ("enterprise_gone", "企业合并、改制或注销"),
    ("area_changed", "接收区市调整"),
    ("signed_in_error", "协议签订有误"),
    ("other", "其他"),
)


def without_scan(kind):
    """A scan counts that was brought since the plan was agreed: of another text nobody can have sealed a copy."""

    def condition():
        brought = apps.get_model("handover.AgreementPaper").objects.filter(
            agreement=OuterRef("pk"), kind=kind, made_at__gte=OuterRef("agreed_at")
        )
        return ~Q(Exists(brought))

    return condition


COMPLETE_PLAN = (
    Blocker("方案没有填写移交人数。请先“按现有数据更新”或手工填写。", Q(people=None) | Q(people=0)),
    Blocker("方案没有填写进度安排。请至少填写一项完成时间和工作内容。", Q(timetable=[])),
    Blocker("方案没有填写应急预案。请写明联系不上的人员、途中遗失的档案等情况如何处理。", Q(contingency="")),
)
SCAN_OF_ENTERPRISE = Blocker(
    "没有上传企业方盖章的协议扫描件。请先上传扫描件再签订。", without_scan("signed_enterprise")
)
SCAN_OF_AREA = Blocker("没有上传接收方盖章的协议扫描件。请先上传扫描件再签订。", without_scan("signed_area"))

GROUP, RECEIVER = (GROUP_SIGNS,), (AREA_SIGNS,)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="propose",
            label="提出移交方案",
            duties=GROUP,
            sources=(State.DRAFT, State.COMMENTED),
            target=State.PROPOSED,
            blockers=COMPLETE_PLAN,
        ),
        Step(
            name="withdraw",
            label="撤回方案",
            duties=GROUP,
            sources=(State.PROPOSED,),
            target=State.DRAFT,
            needs_text=True,
        ),
        Step(name="agree", label="同意方案", duties=RECEIVER, sources=(State.PROPOSED,), target=State.AGREED),
        Step(
            name="comment",
            label="提出修改意见",
            duties=RECEIVER,
            sources=(State.PROPOSED,),
            target=State.COMMENTED,
            needs_text=True,
        ),
        Step(
            name="reopen",
            label="重新协商",
            duties=(GROUP_SIGNS, AREA_SIGNS),
            sources=(State.AGREED,),
            target=State.COMMENTED,
            needs_text=True,
        ),
        Step(
            name="enterprise_signs",
            label="企业方签订",
            duties=GROUP,
            sources=(State.AGREED,),
            target=State.SIGNED_BY_ENTERPRISE,
            blockers=(SCAN_OF_ENTERPRISE,),
        ),
        Step(
            name="area_signs",
            label="接收方签订",
            duties=RECEIVER,
            sources=(State.AGREED,),
            target=State.SIGNED_BY_AREA,
            blockers=(SCAN_OF_AREA,),
        ),
        Step(
            name="enterprise_countersigns",
            label="企业方签订",
            duties=GROUP,
            sources=(State.SIGNED_BY_AREA,),
            target=State.SIGNED,
            blockers=(SCAN_OF_ENTERPRISE,),
        ),
        Step(
            name="area_countersigns",
            label="接收方签订",
            duties=RECEIVER,
            sources=(State.SIGNED_BY_ENTERPRISE,),
            target=State.SIGNED,
            blockers=(SCAN_OF_AREA,),
        ),
        Step(
            name="enterprise_unsigns",
            label="撤回企业方签订",
            duties=GROUP,
            sources=(State.SIGNED_BY_ENTERPRISE,),
            target=State.AGREED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="area_unsigns",
            label="撤回接收方签订",
            duties=RECEIVER,
            sources=(State.SIGNED_BY_AREA,),
            target=State.AGREED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="end",
            label="终止协商",
            duties=GROUP,
            sources=(State.DRAFT, State.PROPOSED, State.COMMENTED, State.AGREED),
            target=State.ENDED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="terminate",
            label="终止协议",
            duties=(Duty.COORDINATE,),
            sources=(State.SIGNED,),
            target=State.ENDED,
            reasons=TERMINATE,
            needs_text=True,
            danger=True,
        ),
        # Nobody takes it: it follows when the next version is signed.
        Step(name="supersede", label="被新版本替代", duties=(), sources=(State.SIGNED,), target=State.SUPERSEDED),
    ),
)

SIGNING = ("enterprise_signs", "area_signs", "enterprise_countersigns", "area_countersigns")
COUNTERSIGNING = SIGNING[2:]
UNSIGNING = ("enterprise_unsigns", "area_unsigns")
# What one side says to the other: each is a round of the negotiation.
ROUNDS = {
    "propose": ENTERPRISE,
    "withdraw": ENTERPRISE,
    "agree": AREA,
    "comment": AREA,
    # Either side; the service says which.
    "reopen": "",
}

# The colour of a state for somebody whose turn it is not.
MEANINGS = {
    State.DRAFT: "idle",
    State.PROPOSED: "away",
    State.COMMENTED: "away",
    State.AGREED: "away",
    State.SIGNED_BY_ENTERPRISE: "away",
    State.SIGNED_BY_AREA: "away",
    State.SIGNED: "done",
    State.SUPERSEDED: "closed",
    State.ENDED: "closed",
}


def side_of(step_name):
    """Which side signs, or withdraws its signature, by this step."""
    return ENTERPRISE if step_name.startswith("enterprise_") else AREA
