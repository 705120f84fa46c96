"""The law of a membership 党组织关系: read it aloud beside 二(三).

The sending party organisation keeps the duty of management until the receiving one has confirmed the arrival.
"""

from django.db import models
from django.db.models import Q

from party.ends import RECEIVER, RECEIVING, SENDER, SENDING
from retirees.codes import Survival
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    PENDING = "pending", "待转出"
    ISSUED = "issued", "已开具"
    OUTSIDE = "outside", "市外转接中"
    ARRIVED = "arrived", "已接收"
    PLACED = "placed", "已编入支部"
    REFUSED = "refused", "被退回"
    UNREACHABLE = "unreachable", "失联"
    DEPARTED = "departed", "已转出市外"
    ENDED = "ended", "终止转接"


SIDES = {
    # state             who acts next  who is responsible for the member
    State.PENDING:     Side(SENDER,    SENDER),
    State.ISSUED:      Side(RECEIVER,  SENDER),
    # Nobody outside the city works with this system: the sender chases his letter himself.
    State.OUTSIDE:     Side(SENDER,    SENDER),
    State.ARRIVED:     Side(RECEIVER,  RECEIVER),
    State.PLACED:      None,
    State.REFUSED:     Side(SENDER,    SENDER),
    State.UNREACHABLE: Side(SENDER,    SENDER),
    State.DEPARTED:    None,
    State.ENDED:       None,
}  # fmt: skip

SETTLED = tuple(state for state in State if SIDES[state] is None)
OPEN = tuple(state for state in State if SIDES[state] is not None)
# A letter stands and the receiving organisation sees the member.
WITH_RECEIVER = (State.ISSUED, State.ARRIVED, State.PLACED)
# A letter stands: exactly one, that is not void.
WITH_LETTER = (*WITH_RECEIVER, State.OUTSIDE, State.DEPARTED)
ON_THE_WAY = (State.ISSUED, State.OUTSIDE)

REFUSE = (
    ("not_living_here", "本人不在本辖区居住、户口也不在本辖区"),
    ("dues_unpaid", "党费未交清"),
    ("wrong_facts", "介绍信内容有误"),
    ("papers_missing", "党员材料不齐全"),
    ("wrong_organisation", "介绍信抬头不是本党组织"),
    ("other", "其他"),
)
VOID = (
    ("expired", "超过有效期"),
    ("lost", "遗失"),
    ("wrong_facts", "内容有误"),
    ("wrong_organisation", "转入党组织有误"),
    ("moved", "本人居住地变动"),
    ("refused_outside", "市外党组织退回"),
    ("other", "其他"),
)
END = (
    ("died", "本人已去世"),
    ("not_a_member", "不是党员，登记有误"),
    ("left", "已不再是党员"),
    ("moved_already", "组织关系已另行转出"),
    ("other", "其他"),
)

ALIVE = (Blocker("此人登记为已去世，不能开具介绍信。请办理“终止转接”。", Q(retiree__survival=Survival.DECEASED)),)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="issue",
            label="开具介绍信",
            duties=(SENDING,),
            sources=(State.PENDING, State.REFUSED),
            target=State.ISSUED,
            blockers=ALIVE,
        ),
        Step(name="arrive", label="确认接收", duties=(RECEIVING,), sources=(State.ISSUED,), target=State.ARRIVED),
        Step(
            name="refuse",
            label="退回介绍信",
            duties=(RECEIVING,),
            sources=(State.ISSUED,),
            target=State.REFUSED,
            reasons=REFUSE,
            needs_text=True,
            danger=True,
        ),
        Step(name="place", label="编入党支部", duties=(RECEIVING,), sources=(State.ARRIVED,), target=State.PLACED),
        Step(
            name="move",
            label="调整党支部",
            duties=(RECEIVING,),
            sources=(State.PLACED,),
            target=State.PLACED,
            needs_text=True,
        ),
        Step(
            name="reissue",
            label="作废重开",
            duties=(SENDING,),
            sources=(State.ISSUED,),
            target=State.ISSUED,
            reasons=VOID,
            danger=True,
            blockers=ALIVE,
        ),
        Step(
            name="issue_outside",
            label="开具市外介绍信",
            duties=(SENDING,),
            sources=(State.PENDING, State.REFUSED),
            target=State.OUTSIDE,
            blockers=ALIVE,
        ),
        Step(
            name="reissue_outside",
            label="作废重开（市外）",
            duties=(SENDING,),
            sources=(State.OUTSIDE,),
            target=State.OUTSIDE,
            reasons=VOID,
            danger=True,
            blockers=ALIVE,
        ),
        Step(
            name="confirm_outside",
            label="登记市外接收",
            duties=(SENDING,),
            sources=(State.OUTSIDE,),
            target=State.DEPARTED,
        ),
        Step(
            name="void",
            label="作废介绍信",
            duties=(SENDING,),
            sources=(State.ISSUED, State.OUTSIDE),
            target=State.PENDING,
            reasons=VOID,
            danger=True,
        ),
        Step(
            name="lose",
            label="登记失联",
            duties=(SENDING,),
            sources=(State.PENDING, State.ISSUED, State.OUTSIDE, State.REFUSED),
            target=State.UNREACHABLE,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="find",
            label="恢复联系",
            duties=(SENDING,),
            sources=(State.UNREACHABLE,),
            target=State.PENDING,
            needs_text=True,
        ),
        Step(
            name="end",
            label="终止转接",
            duties=(SENDING,),
            sources=(State.PENDING, State.REFUSED, State.UNREACHABLE),
            target=State.ENDED,
            reasons=END,
            needs_text=True,
            danger=True,
        ),
        Step(
            # Nobody takes these two by hand: they follow from what was recorded about the person.
            name="end_by_death",
            label="因去世终止",
            duties=(),
            sources=OPEN,
            target=State.ENDED,
        ),
        Step(name="end_by_closing", label="随核销终止", duties=(), sources=OPEN, target=State.ENDED),
        Step(
            name="reopen",
            label="恢复转接",
            duties=(SENDING,),
            sources=(State.ENDED,),
            target=State.PENDING,
            needs_text=True,
        ),
    ),
)

# The colour of a state for somebody whose turn it is not.
MEANINGS = {
    State.PENDING: "idle",
    State.ISSUED: "away",
    State.OUTSIDE: "away",
    State.ARRIVED: "done",
    State.PLACED: "done",
    State.REFUSED: "away",
    State.UNREACHABLE: "late",
    State.DEPARTED: "done",
    State.ENDED: "closed",
}
