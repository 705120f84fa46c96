"""The law of a relocation 属地变更: read it aloud beside 二(二).

After acceptance a person may move to another street or community. Until the other side agrees the present office stays
responsible; from then on the new one is.
"""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from handover.states.cases import RECEIVED
from retirees.codes import Survival
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    ASKED_BY_OLD = "asked_by_old", "待新单位接收"
    ASKED_BY_NEW = "asked_by_new", "待原单位同意"
    DONE = "done", "已变更"
    REFUSED = "refused", "不同意变更"
    WITHDRAWN = "withdrawn", "已撤回"


OLD, NEW = "old", "new"
# Both sides hold the duty to receive; these say at which end of the move it must be held (models/relocations.py).
LEAVING, ARRIVING = "relocation.leaving", "relocation.arriving"

SIDES = {
    # state             who acts next  who is responsible for the person
    State.ASKED_BY_OLD: Side(NEW,      OLD),
    State.ASKED_BY_NEW: Side(OLD,      OLD),
    State.DONE:         None,
    State.REFUSED:      None,
    State.WITHDRAWN:    None,
}  # fmt: skip
OPEN = tuple(state for state in State if SIDES[state])

REFUSE = (
    ("not_living_here", "经核实，本人不在新地址居住"),
    ("still_living_here", "经核实，本人仍在原辖区居住"),
    ("wrong_address", "新地址不详或有误"),
    ("wrong_office", "新地址不属于本镇街（社区）辖区"),
    ("other", "其他"),
)


def no_longer_here():
    """The case moved on by other ways since it was asked for."""
    cases = apps.get_model("handover.Case").objects.filter(pk=OuterRef("retiree"), state__in=RECEIVED)
    return ~Q(Exists(cases.filter(office=OuterRef("office"))))


STILL_HERE = (
    Blocker("此人已不由原单位管理，申请已经过时。请撤回或不同意本次申请，并核对人员现状。", no_longer_here),
    Blocker("此人登记为已去世，不能变更属地。请撤回或不同意本次申请。", Q(retiree__survival=Survival.DECEASED)),
)
SAME_PLACE = Blocker("新单位与原单位相同，不需要变更。请撤回本次申请。", Q(to_office=F("office")))

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="accept",
            label="接收变更",
            duties=(ARRIVING,),
            sources=(State.ASKED_BY_OLD,),
            target=State.DONE,
            blockers=(*STILL_HERE, SAME_PLACE),
        ),
        Step(
            name="agree",
            label="同意变更",
            duties=(LEAVING,),
            sources=(State.ASKED_BY_NEW,),
            target=State.DONE,
            blockers=(*STILL_HERE, SAME_PLACE),
        ),
        Step(
            name="decline",
            label="不接收",
            duties=(ARRIVING,),
            sources=(State.ASKED_BY_OLD,),
            target=State.REFUSED,
            reasons=REFUSE,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="object",
            label="不同意变更",
            duties=(LEAVING,),
            sources=(State.ASKED_BY_NEW,),
            target=State.REFUSED,
            reasons=REFUSE,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="recall",
            label="撤回申请",
            duties=(LEAVING,),
            sources=(State.ASKED_BY_OLD,),
            target=State.WITHDRAWN,
        ),
        Step(
            name="cancel",
            label="撤回申请",
            duties=(ARRIVING,),
            sources=(State.ASKED_BY_NEW,),
            target=State.WITHDRAWN,
        ),
    ),
)

# The colour of a state for somebody whose turn it is not.
MEANINGS = {
    State.ASKED_BY_OLD: "away",
    State.ASKED_BY_NEW: "away",
    State.DONE: "done",
    State.REFUSED: "closed",
    State.WITHDRAWN: "closed",
}
