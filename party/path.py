"""How far a membership has come, as the step bar shows it."""

from party.states import RECEIVER, SENDER, SIDES, State
from party.summary import badge

PATH = (State.PENDING, State.ISSUED, State.ARRIVED, State.PLACED)
# Where on the path a member stands who has left it for a while.
ASIDE = {State.REFUSED: State.PENDING, State.UNREACHABLE: State.PENDING}
NEXT = {
    State.PENDING: "开具介绍信",
    State.ISSUED: "确认接收或退回介绍信",
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
    if state == State.ENDED:
        return [{"label": one.label, "status": "off", "note": ""} for one in PATH]
    now = PATH.index(ASIDE.get(state, state))
    done = state == State.PLACED
    return [
        {
            "label": one.label,
            "status": "done" if at < now or done else "now" if at == now else "ahead",
            "note": State(state).label if at == now and state in ASIDE else "",
        }
        for at, one in enumerate(PATH)
    ]
