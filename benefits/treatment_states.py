"""The law of a treatment 统筹外费用处理: read it aloud beside 二(六).

The decision table (decision.py) proposes; the enterprise decides; the competent body agrees where the vulnerable keep
what they have, the retiree signs where it is paid once; then it is in force, stopped or paid.
"""

from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from benefits.decision import Outcome
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    PROPOSED = "proposed", "待企业决定"
    WITH_APPROVER = "with_approver", "待主管部门同意"
    REJECTED = "rejected", "主管部门不同意"
    TO_SIGN = "to_sign", "待本人签字"
    DECIDED = "decided", "已决定待落实"
    IN_FORCE = "in_force", "执行中"
    STOPPED = "stopped", "已停发"
    PAID = "paid", "已一次性支付"
    RECORDED = "recorded", "已登记，执行上级规定"
    CANCELLED = "cancelled", "已撤销"
    ENDED = "ended", "已终止"


ENTERPRISE, APPROVER = "enterprise", "approver"

SIDES = {
    # state               who acts next  who is responsible
    State.PROPOSED:      Side(ENTERPRISE, ENTERPRISE),
    State.WITH_APPROVER: Side(APPROVER,   ENTERPRISE),
    State.REJECTED:      Side(ENTERPRISE, ENTERPRISE),
    State.TO_SIGN:       Side(ENTERPRISE, ENTERPRISE),
    State.DECIDED:       Side(ENTERPRISE, ENTERPRISE),
    State.IN_FORCE:      None,
    State.STOPPED:       None,
    State.PAID:          None,
    State.RECORDED:      None,
    State.CANCELLED:     None,
    State.ENDED:         None,
}  # fmt: skip

# What is paid month by month, or may still come to be: a death ends it.
ENDED_BY_DEATH = (
    State.PROPOSED,
    State.WITH_APPROVER,
    State.REJECTED,
    State.TO_SIGN,
    State.DECIDED,
    State.IN_FORCE,
    State.RECORDED,
)
WITH_PROOF = (State.IN_FORCE, State.STOPPED, State.PAID, State.RECORDED)
SUBMIT, APPROVE = (Duty.SUBMIT,), (Duty.APPROVE,)


def only(*outcomes, sentence):
    """A step for these outcomes of the table alone."""
    return Blocker(sentence, ~Q(outcome__in=outcomes))


ASKED_FOR_THE_VULNERABLE = only(
    Outcome.KEEP, sentence="只有保留给弱势群体的项目须报主管部门（单位）同意。请办理本项目的下一步。"
)
NO_SUPERVISOR = Blocker(
    "本企业和上级企业都没有登记主管部门（单位），无处可报。请联系系统管理员在企业信息中登记。", Q(approver=None)
)
SIGNED_FOR_A_LUMP_SUM = only(Outcome.LUMP_SUM, sentence="只有一次性支付的项目需要本人签字。请办理本项目的下一步。")
WITHOUT_A_SUM = Blocker("一次性支付的金额还没有核算。请先核算，打印核算表交本人签字。", Q(settlement=None))
DECIDED_BY_THE_ENTERPRISE = only(
    Outcome.STOP,
    Outcome.CLEAN_UP,
    Outcome.PROVISION,
    Outcome.TAPER,
    sentence="本项目须先报主管部门（单位）同意、由本人签字，或者只作登记，不能直接决定。",
)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="ask_approval",
            label="报主管部门同意",
            duties=SUBMIT,
            sources=(State.PROPOSED, State.REJECTED),
            target=State.WITH_APPROVER,
            blockers=(ASKED_FOR_THE_VULNERABLE, NO_SUPERVISOR),
        ),
        Step(
            name="approve",
            label="同意保留",
            duties=APPROVE,
            sources=(State.WITH_APPROVER,),
            target=State.IN_FORCE,
        ),
        Step(
            name="reject",
            label="不同意",
            duties=APPROVE,
            sources=(State.WITH_APPROVER,),
            target=State.REJECTED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="offer",
            label="提交本人签字",
            duties=SUBMIT,
            sources=(State.PROPOSED,),
            target=State.TO_SIGN,
            blockers=(SIGNED_FOR_A_LUMP_SUM, WITHOUT_A_SUM),
        ),
        Step(name="sign", label="登记本人签字", duties=SUBMIT, sources=(State.TO_SIGN,), target=State.DECIDED),
        Step(
            name="decline",
            label="本人不同意",
            duties=SUBMIT,
            sources=(State.TO_SIGN,),
            target=State.PROPOSED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="confirm",
            label="决定",
            duties=SUBMIT,
            sources=(State.PROPOSED,),
            target=State.DECIDED,
            blockers=(DECIDED_BY_THE_ENTERPRISE,),
        ),
        Step(
            name="put_in_force",
            label="落实计提或过渡方案",
            duties=SUBMIT,
            sources=(State.DECIDED,),
            target=State.IN_FORCE,
            blockers=(
                only(
                    Outcome.PROVISION, Outcome.TAPER, sentence="只有计提和过渡期的项目在此落实。请办理本项目的下一步。"
                ),
            ),
        ),
        Step(
            name="stop",
            label="停发",
            duties=SUBMIT,
            sources=(State.DECIDED,),
            target=State.STOPPED,
            blockers=(
                only(Outcome.STOP, Outcome.CLEAN_UP, sentence="本项目没有决定停发或清理。请办理本项目的下一步。"),
            ),
        ),
        Step(
            name="pay",
            label="登记一次性支付",
            duties=SUBMIT,
            sources=(State.DECIDED,),
            target=State.PAID,
            blockers=(SIGNED_FOR_A_LUMP_SUM,),
        ),
        Step(
            name="record",
            label="登记上级规定",
            duties=SUBMIT,
            sources=(State.PROPOSED,),
            target=State.RECORDED,
            blockers=(only(Outcome.FOLLOW, sentence="本项目不是执行上级规定的项目。请办理本项目的下一步。"),),
        ),
        Step(
            name="revoke",
            label="撤回决定",
            duties=SUBMIT,
            sources=(
                State.REJECTED,
                State.TO_SIGN,
                State.DECIDED,
                State.IN_FORCE,
                State.STOPPED,
                State.RECORDED,
                State.CANCELLED,
            ),
            target=State.PROPOSED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="cancel",
            label="撤销登记",
            duties=SUBMIT,
            sources=(State.PROPOSED, State.REJECTED),
            target=State.CANCELLED,
            needs_text=True,
            danger=True,
        ),
        # Taken by no hand: the consequence of a recorded death, or of a case that is closed without transfer.
        Step(name="end", label="终止", duties=(), sources=ENDED_BY_DEATH, target=State.ENDED),
    ),
)

MEANINGS = {
    State.PROPOSED: "idle",
    State.WITH_APPROVER: "away",
    State.REJECTED: "late",
    State.TO_SIGN: "away",
    State.DECIDED: "away",
    State.IN_FORCE: "done",
    State.STOPPED: "done",
    State.PAID: "done",
    State.RECORDED: "done",
    State.CANCELLED: "closed",
    State.ENDED: "closed",
}
