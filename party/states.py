"""The law of a membership 党组织关系: read it aloud beside 二(三).

The sending party organisation keeps the duty of management until the receiving one has confirmed the arrival.
"""

from django.db import models
from django.db.models import Q

from retirees.codes import Survival
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    PENDING = "pending", "待转出"
    ISSUED = "issued", "已开具"
    ARRIVED = "arrived", "已接收"
    PLACED = "placed", "已编入支部"
    REFUSED = "refused", "被退回"
    UNREACHABLE = "unreachable", "失联"
    ENDED = "ended", "终止转接"


SENDER, RECEIVER = "sender", "receiver"
# Both sides hold the duty PARTY; these say at which end of the relation it must be held (models/scope.py).
SENDING, RECEIVING = "party.sending", "party.receiving"

SIDES = {
    # state             who acts next  who is responsible for the member
    State.PENDING:     Side(SENDER,    SENDER),
    State.ISSUED:      Side(RECEIVER,  SENDER),
    State.ARRIVED:     Side(RECEIVER,  RECEIVER),
    State.PLACED:      None,
    State.REFUSED:     Side(SENDER,    SENDER),
    State.UNREACHABLE: Side(SENDER,    SENDER),
    State.ENDED:       None,
}  # fmt: skip

SETTLED = tuple(state for state in State if SIDES[state] is None)
# A letter stands and the receiving organisation sees the member.
WITH_RECEIVER = (State.ISSUED, State.ARRIVED, State.PLACED)

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
            name="void",
            label="作废介绍信",
            duties=(SENDING,),
            sources=(State.ISSUED,),
            target=State.PENDING,
            reasons=VOID,
            danger=True,
        ),
        Step(
            name="lose",
            label="登记失联",
            duties=(SENDING,),
            sources=(State.PENDING, State.ISSUED, State.REFUSED),
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
    State.ARRIVED: "done",
    State.PLACED: "done",
    State.REFUSED: "away",
    State.UNREACHABLE: "late",
    State.ENDED: "closed",
}
