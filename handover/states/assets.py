"""The law of an asset 移交资产: handed over free of charge (二(一)), received item by item."""

from django.db import models
from django.db.models import Q

from handover.states import agreements
from handover.states.agreements import AREA_SIGNS, GROUP_SIGNS
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    LISTED = "listed", "待移交"
    RECEIVED = "received", "已接收"
    REFUSED = "refused", "不接收"


ENTERPRISE, AREA = agreements.ENTERPRISE, agreements.AREA

SIDES = {
    # state           who acts next  who is responsible for the thing
    State.LISTED:   Side(AREA,       ENTERPRISE),
    State.RECEIVED: None,
    State.REFUSED:  Side(ENTERPRISE, ENTERPRISE),
}  # fmt: skip

REFUSE = (
    ("title_unclear", "权属不清或有争议"),
    ("differs", "与清单不符"),
    ("unusable", "损坏，不能使用"),
    ("not_free", "附有债务、抵押或租约"),
    ("other", "其他"),
)

IN_FORCE = Blocker(
    "所属协议尚未签订或已不再有效，不能接收资产。请待双方签订协议后再办理。",
    ~Q(agreement__state__in=agreements.BOTH_SIGNED),
)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="receive",
            label="接收资产",
            duties=(AREA_SIGNS,),
            sources=(State.LISTED,),
            target=State.RECEIVED,
            blockers=(IN_FORCE,),
        ),
        Step(
            name="refuse",
            label="不接收",
            duties=(AREA_SIGNS,),
            sources=(State.LISTED,),
            target=State.REFUSED,
            reasons=REFUSE,
            needs_text=True,
            danger=True,
            blockers=(IN_FORCE,),
        ),
        Step(
            name="relist",
            label="重新列入移交",
            duties=(GROUP_SIGNS,),
            sources=(State.REFUSED,),
            target=State.LISTED,
            needs_text=True,
        ),
        Step(
            name="take_back",
            label="退回资产",
            duties=(AREA_SIGNS,),
            sources=(State.RECEIVED,),
            target=State.LISTED,
            needs_text=True,
            danger=True,
        ),
    ),
)

MEANINGS = {State.LISTED: "away", State.RECEIVED: "done", State.REFUSED: "late"}
