"""The law of a dossier 人事档案: read it aloud beside 二(四).

The enterprise answers for the dossier until the archive institution has signed for it; what was sent back
or lost on the way is the enterprise's again.
"""

from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    PREPARING = "preparing", "整理中"
    READY = "ready", "待移交"
    IN_TRANSIT = "in_transit", "移交途中"
    RECEIVED = "received", "已接收"
    SHELVED = "shelved", "已入库"
    RETURNED = "returned", "退回补正"
    DEFERRED = "deferred", "协议整理中"
    LOST = "lost", "途中遗失"
    EXEMPT = "exempt", "不移交"
    NONE = "none", "无档案"


ENTERPRISE, ARCHIVE = "enterprise", "archive"

SIDES = {
    # state            who acts next  who is responsible for the dossier
    State.PREPARING:  Side(ENTERPRISE, ENTERPRISE),
    State.READY:      Side(ENTERPRISE, ENTERPRISE),
    State.IN_TRANSIT: Side(ARCHIVE,    ENTERPRISE),
    State.RECEIVED:   Side(ARCHIVE,    ARCHIVE),
    State.SHELVED:    None,
    State.RETURNED:   Side(ENTERPRISE, ENTERPRISE),
    State.DEFERRED:   Side(ENTERPRISE, ENTERPRISE),
    State.LOST:       Side(ENTERPRISE, ENTERPRISE),
    State.EXEMPT:     None,
    State.NONE:       None,
}  # fmt: skip

SETTLED = tuple(state for state in State if SIDES[state] is None)
# The archive institution sees a dossier from the day that it is sent until it is sent back.
WITH_ARCHIVE = (State.IN_TRANSIT, State.RECEIVED, State.SHELVED, State.LOST)

RETURN = (
    ("missing_papers", "材料缺失，未附缺失说明"),
    ("not_sorted", "未按要求分类、排序、装订"),
    ("wrong_person", "档案与本人信息不符"),
    ("counts_differ", "册数或页数与移交清册不符"),
    ("damaged", "档案破损、污损"),
    ("not_ours", "不属于本机构接收范围"),
    ("other", "其他"),
)
RECOVER = (
    ("found", "已找回"),
    ("rebuilt", "已按规定补建"),
)

NOT_FOR_LEADERS = Blocker(
    "市委管理的市属国有企业退休领导人员的人事档案不移交（二(四)）。请办理“登记不移交”；认定有误的请先更正人员信息。",
    Q(retiree__city_managed_leader=True),
)
FIT_TO_SEND = (
    NOT_FOR_LEADERS,
    Blocker("没有登记档案册数。请先登记册数再办理。", Q(volumes=None) | Q(volumes=0)),
)
ONLY_FOR_LEADERS = Blocker(
    "此人不是市委管理的市属国有企业退休领导人员，档案应当移交（二(四)）。"
    "界定有争议的，请先报市国资委党委研究，再按结果更正人员信息。",
    Q(retiree__city_managed_leader=False),
)
FIT_TO_SHELVE = (
    Blocker("没有登记档案编号。请先登记编号再入库。", Q(number="")),
    Blocker("没有登记存放架位。请先登记架位再入库。", Q(shelf="")),
)

SUBMIT, ARCHIVES = (Duty.SUBMIT,), (Duty.ARCHIVES,)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="ready",
            label="整理完成",
            duties=SUBMIT,
            sources=(State.PREPARING,),
            target=State.READY,
            blockers=FIT_TO_SEND,
        ),
        Step(name="reopen", label="重新整理", duties=SUBMIT, sources=(State.READY,), target=State.PREPARING),
        Step(
            name="send",
            label="移交",
            duties=SUBMIT,
            sources=(State.READY,),
            target=State.IN_TRANSIT,
            blockers=FIT_TO_SEND,
        ),
        Step(
            name="recall",
            label="撤回移交",
            duties=SUBMIT,
            sources=(State.IN_TRANSIT,),
            target=State.READY,
            needs_text=True,
        ),
        Step(name="receive", label="核收", duties=ARCHIVES, sources=(State.IN_TRANSIT,), target=State.RECEIVED),
        Step(
            name="return",
            label="退回补正",
            duties=ARCHIVES,
            sources=(State.IN_TRANSIT, State.RECEIVED),
            target=State.RETURNED,
            reasons=RETURN,
            needs_text=True,
            danger=True,
        ),
        Step(name="take_back", label="收回补正", duties=SUBMIT, sources=(State.RETURNED,), target=State.PREPARING),
        Step(
            name="shelve",
            label="入库",
            duties=ARCHIVES,
            sources=(State.RECEIVED,),
            target=State.SHELVED,
            blockers=FIT_TO_SHELVE,
        ),
        Step(
            name="defer",
            label="转协议整理",
            duties=SUBMIT,
            sources=(State.PREPARING,),
            target=State.DEFERRED,
            needs_text=True,
            blockers=(NOT_FOR_LEADERS,),
        ),
        Step(name="resume", label="恢复整理", duties=SUBMIT, sources=(State.DEFERRED,), target=State.PREPARING),
        Step(
            name="report_lost",
            label="登记途中遗失",
            duties=(Duty.SUBMIT, Duty.ARCHIVES),
            sources=(State.IN_TRANSIT,),
            target=State.LOST,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="recover",
            label="找回或补建",
            duties=SUBMIT,
            sources=(State.LOST,),
            target=State.PREPARING,
            reasons=RECOVER,
            needs_text=True,
        ),
        Step(
            name="exempt",
            label="登记不移交",
            duties=SUBMIT,
            sources=(State.PREPARING, State.READY, State.DEFERRED),
            target=State.EXEMPT,
            needs_text=True,
            danger=True,
            blockers=(ONLY_FOR_LEADERS,),
        ),
        Step(
            name="include",
            label="恢复移交",
            duties=(Duty.SUBMIT, Duty.COORDINATE),
            sources=(State.EXEMPT,),
            target=State.PREPARING,
            needs_text=True,
        ),
        Step(
            name="declare_none",
            label="登记无档案",
            duties=SUBMIT,
            sources=(State.PREPARING,),
            target=State.NONE,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="register",
            label="补登档案",
            duties=SUBMIT,
            sources=(State.NONE,),
            target=State.PREPARING,
            needs_text=True,
        ),
    ),
)

# Which facts each side may write down while the dossier is in its hands.
FACTS = {
    Duty.SUBMIT: ((State.PREPARING, State.DEFERRED), ("volumes", "pages", "place", "number")),
    Duty.ARCHIVES: ((State.RECEIVED, State.SHELVED), ("volumes", "pages", "number", "shelf")),
}

# The colour of a state for somebody whose turn it is not.
MEANINGS = {
    State.PREPARING: "idle",
    State.READY: "idle",
    State.IN_TRANSIT: "away",
    State.RECEIVED: "done",
    State.SHELVED: "done",
    State.RETURNED: "away",
    State.DEFERRED: "away",
    State.LOST: "late",
    State.EXEMPT: "closed",
    State.NONE: "closed",
}
