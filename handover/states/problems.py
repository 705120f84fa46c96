"""The law of a problem 问题: read it aloud beside 三(一): 市直相关部门针对属地政府和企业提出的各类问题，要及时研究，形成处理意见.

Whoever meets a problem raises it, the city office gives it to a member unit, the unit answers, and it is settled when
the one who raised it is content. What is not solved so goes to the leading group (四(一)).
"""

from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from tracks.machine import Blocker, Machine, Side, Step
from weihai_transfer.lib import clock


class State(models.TextChoices):
    RAISED = "raised", "已提出（待交办）"
    ASSIGNED = "assigned", "已交办（待答复）"
    ANSWERED = "answered", "已答复（待确认）"
    ESCALATED = "escalated", "已提请领导小组"
    SETTLED = "settled", "已解决"
    WITHDRAWN = "withdrawn", "已撤回"


RAISER, UNIT, CITY = "raiser", "unit", "city"
# Held at the end that raised the problem, and at the unit that it was given to (models/problems.py).
RAISING, ANSWERING = "problem.raising", "problem.answering"

SIDES = {
    # state           who acts next  who is responsible
    State.RAISED:    Side(CITY,      CITY),
    State.ASSIGNED:  Side(UNIT,      UNIT),
    State.ANSWERED:  Side(RAISER,    UNIT),
    State.ESCALATED: Side(CITY,      CITY),
    State.SETTLED:   None,
    State.WITHDRAWN: None,
}  # fmt: skip
OPEN = tuple(state for state in State if SIDES[state])
WITH_UNIT = (State.ASSIGNED, State.ANSWERED)

COORDINATE = (Duty.COORDINATE,)


def still_in_time():
    return Q(state=State.ASSIGNED, due_on__gte=clock.today())


NOT_LATE_YET = Blocker(
    "答复期限还没有到，不能提请领导小组。请等待答复；急需处理的请与领导小组办公室联系。", still_in_time
)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(name="assign", label="交办", duties=COORDINATE, sources=(State.RAISED,), target=State.ASSIGNED),
        Step(name="answer", label="答复", duties=(ANSWERING,), sources=(State.ASSIGNED,), target=State.ANSWERED),
        Step(
            name="hand_back",
            label="退回交办",
            duties=(ANSWERING,),
            sources=(State.ASSIGNED,),
            target=State.RAISED,
            needs_text=True,
            danger=True,
        ),
        Step(name="settle", label="确认解决", duties=(RAISING,), sources=(State.ANSWERED,), target=State.SETTLED),
        Step(
            name="reopen",
            label="仍未解决",
            duties=(RAISING,),
            sources=(State.ANSWERED,),
            target=State.ASSIGNED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="appeal",
            label="提请领导小组",
            duties=(RAISING,),
            sources=WITH_UNIT,
            target=State.ESCALATED,
            needs_text=True,
            danger=True,
            blockers=(NOT_LATE_YET,),
        ),
        Step(
            name="escalate",
            label="提请领导小组研究",
            duties=COORDINATE,
            sources=(State.RAISED, *WITH_UNIT),
            target=State.ESCALATED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="direct",
            label="按领导小组意见交办",
            duties=COORDINATE,
            sources=(State.ESCALATED,),
            target=State.ASSIGNED,
            needs_text=True,
        ),
        Step(
            name="decide",
            label="登记领导小组决定",
            duties=COORDINATE,
            sources=(State.ESCALATED,),
            target=State.SETTLED,
            needs_text=True,
        ),
        Step(
            name="withdraw",
            label="撤回问题",
            duties=(RAISING,),
            sources=(State.RAISED,),
            target=State.WITHDRAWN,
            needs_text=True,
            danger=True,
        ),
    ),
)
# These leave a line in the rounds, beside the reason of the act.
SPOKEN = ("answer", "hand_back", "reopen", "appeal", "escalate", "direct", "decide")

MEANINGS = {
    State.RAISED: "away",
    State.ASSIGNED: "away",
    State.ANSWERED: "away",
    State.ESCALATED: "late",
    State.SETTLED: "done",
    State.WITHDRAWN: "closed",
}
