"""The law of a dossier 人事档案: read it aloud beside 二(四).

The enterprise answers for the dossier until the archive institution has signed for it; what was sent back
or lost on the way is the enterprise's again. A dossier travels in a shipment and in no other way: `send` and
`recall` are taken by the shipment for all its dossiers (shipment_states.py).
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
    DISPUTED = "disputed", "争议待定"
    EXEMPT = "exempt", "不移交"
    NONE = "none", "无档案"
    ENDED = "ended", "随核销终止"


ENTERPRISE, ARCHIVE, CITY = "enterprise", "archive", "city"

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
    State.DISPUTED:   Side(CITY,       ENTERPRISE),
    State.EXEMPT:     None,
    State.NONE:       None,
    State.ENDED:      None,
}  # fmt: skip

SETTLED = tuple(state for state in State if SIDES[state] is None)
# The archive institution sees a dossier from the day that it is sent until it is sent back.
WITH_ARCHIVE = (State.IN_TRANSIT, State.RECEIVED, State.SHELVED, State.LOST)
# A dossier keeps the number of the shipment in which it went until it is prepared anew.
ON_ITS_SHIPMENT = (State.IN_TRANSIT, State.RECEIVED, State.SHELVED, State.LOST, State.RETURNED)
# Ready ones are packed and taken out again, without a step.
MAY_BE_PACKED = (State.READY, *ON_ITS_SHIPMENT)

RETURN = (
    ("missing_papers", "材料缺失，未附缺失说明"),
    ("not_sorted", "未按要求分类、排序、装订"),
    ("wrong_person", "档案与本人信息不符"),
    ("counts_differ", "册数或页数与移交清册不符"),
    ("damaged", "档案破损、污损"),
    ("not_ours", "不属于本机构接收范围"),
    ("other", "其他"),
)
NOT_FOR_LEADERS = Blocker(
    "市委管理的市属国有企业退休领导人员的人事档案不移交（二(四)）。请办理“登记不移交”；认定有误的请先更正人员信息。",
    Q(retiree__city_managed_leader=True),
)
FIT_TO_SEND = (
    NOT_FOR_LEADERS,
    Blocker("没有登记档案册数。请先登记册数再办理。", Q(volumes=None) | Q(volumes=0)),
)
NO_DOCUMENT = Blocker(
    "没有上传任免文件的扫描件，不能登记不移交（二(四)）。请先在“文书”中上传领导人员任免文件。",
    ~Q(papers__kind="leader"),
)
NOT_PACKED = Blocker("没有装入批次。人事档案须装入批次、由专人移交（二(四)）。请先装入批次。", Q(shipment=None))
# What is missing goes along as a written statement that names each paper and why.
NO_STATEMENT = Blocker(
    "登记了缺少的材料，还没有生成缺件说明。请先生成缺件说明，或补齐材料后登记补齐。",
    Q(missing_papers__id__isnull=False, missing_papers__supplied_on=None) & ~Q(papers__kind="missing"),
)
CASE_GOES_ON = Blocker(
    "此人的移交事项没有核销，档案不能随之终止。请继续办理档案移交，或先办理核销。", ~Q(retiree__case__state="closed")
)
FIT_TO_SHELVE = (
    Blocker("没有登记档案编号。请先登记编号再入库。", Q(number="")),
    Blocker("没有登记存放架位。请先登记架位再入库。", Q(shelf="")),
)

SUBMIT, ARCHIVES, COORDINATE = (Duty.SUBMIT,), (Duty.ARCHIVES,), (Duty.COORDINATE,)

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
            blockers=(*FIT_TO_SEND, NO_STATEMENT),
        ),
        Step(name="reopen", label="重新整理", duties=SUBMIT, sources=(State.READY,), target=State.PREPARING),
        Step(
            name="send",
            label="移交",
            duties=SUBMIT,
            sources=(State.READY,),
            target=State.IN_TRANSIT,
            blockers=(*FIT_TO_SEND, NOT_PACKED),
        ),
        Step(
            name="recall",
            label="撤回移交",
            duties=SUBMIT,
            sources=(State.IN_TRANSIT,),
            target=State.READY,
            needs_text=True,
        ),
        # Damaged ones are received with a note of their condition, or returned.
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
            name="move",
            label="移架",
            duties=ARCHIVES,
            sources=(State.SHELVED,),
            target=State.SHELVED,
            needs_text=True,
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
            name="turn_up",
            label="查见核收",
            duties=ARCHIVES,
            sources=(State.LOST,),
            target=State.RECEIVED,
            needs_text=True,
        ),
        Step(
            name="find",
            label="登记找回",
            duties=SUBMIT,
            sources=(State.LOST,),
            target=State.READY,
            needs_text=True,
        ),
        Step(
            name="rebuild",
            label="登记补建",
            duties=SUBMIT,
            sources=(State.LOST,),
            target=State.PREPARING,
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
            blockers=(NO_DOCUMENT,),
        ),
        Step(
            name="dispute",
            label="提请界定",
            duties=(Duty.SUBMIT, Duty.COORDINATE),
            sources=(State.PREPARING, State.READY, State.DEFERRED, State.EXEMPT),
            target=State.DISPUTED,
            needs_text=True,
        ),
        Step(
            name="decide_exempt",
            label="研究决定不移交",
            duties=COORDINATE,
            sources=(State.DISPUTED,),
            target=State.EXEMPT,
            needs_text=True,
        ),
        Step(
            name="decide_transfer",
            label="研究决定移交",
            duties=COORDINATE,
            sources=(State.DISPUTED,),
            target=State.PREPARING,
            needs_text=True,
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
        Step(
            name="end",
            label="随核销终止",
            duties=SUBMIT,
            sources=(
                State.PREPARING,
                State.READY,
                State.RETURNED,
                State.DEFERRED,
                State.LOST,
                State.DISPUTED,
            ),
            target=State.ENDED,
            needs_text=True,
            danger=True,
            blockers=(CASE_GOES_ON,),
        ),
    ),
)
# Taken for all dossiers of a shipment at once, never with one of them.
BY_SHIPMENT = ("send", "recall")

# Which facts each side may write down while the dossier is in its hands.
FACTS = {
    Duty.SUBMIT: ((State.PREPARING, State.DEFERRED), ("volumes", "pages", "place", "number", "retention", "remark")),
    Duty.ARCHIVES: (
        (State.RECEIVED, State.SHELVED),
        ("volumes", "pages", "number", "shelf", "retention", "condition", "digitised_on", "images", "pages_counted"),
    ),
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
    State.DISPUTED: "away",
    State.EXEMPT: "closed",
    State.NONE: "closed",
    State.ENDED: "closed",
}
