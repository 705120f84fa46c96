"""How far a membership has come, as the step bar shows it."""

from party.ends import RECEIVER, SENDER
from party.states import SIDES, State
from party.summary import badge

PATH = (State.PENDING, State.ISSUED, State.ARRIVED, State.PLACED)
OUTSIDE = (State.PENDING, State.OUTSIDE, State.DEPARTED)
# Where on the path a member stands who has left it for a while.
ASIDE = {State.REFUSED: State.PENDING, State.UNREACHABLE: State.PENDING}
NEXT = {
    State.PENDING: "开具介绍信",
    State.ISSUED: "确认接收或退回介绍信",
    State.OUTSIDE: "催收市外党组织的回执，登记接收或作废重开",
    State.ARRIVED: "编入党支部",
    State.REFUSED: "补正后重新开具介绍信",
    State.UNREACHABLE: "查找本人，恢复联系后继续转接",
}


def name_of_side(membership, side):
    names = {SENDER: f"{membership.enterprise}党组织", RECEIVER: f"{membership.office or '转入单位'}党组织"}
    return names[side]


def track_of(membership, user, today):
    side = SIDES[membership.state]
    return {
        "heading": "党组织关系",
        "badge": badge(membership, user, today),
        "steps": _steps(membership.state),
        "responsible": name_of_side(membership, side.answers) if side else "",
        "next_words": f"{name_of_side(membership, side.acts)}{NEXT[membership.state]}。" if side else "",
    }


def _steps(state):
    path = OUTSIDE if state in OUTSIDE[1:] else PATH
    if state == State.ENDED:
        return [{"label": one.label, "status": "off", "note": ""} for one in path]
    now = path.index(ASIDE.get(state, state))
    done = state == path[-1]
    return [
        {
            "label": one.label,
            "status": "done" if at < now or done else "now" if at == now else "ahead",
            "note": State(state).label if at == now and state in ASIDE else "",
        }
        for at, one in enumerate(path)
    ]
