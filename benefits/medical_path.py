"""How far a medical-insurance transfer has come, as the step bar shows it."""

from benefits.medical_states import AREA, CITY, ENTERPRISE, SIDES, State
from benefits.medical_summary import badge

INSIDE = (State.TO_SETTLE, State.PROPOSED, State.AGREED, State.HANDED, State.DONE)
OUTSIDE = (State.TO_SETTLE, State.OUTSIDE, State.DONE)
SHORT = {
    State.PROPOSED: "已提出方案",
    State.AGREED: "已商定",
    State.HANDED: "材料已移交",
    State.OUTSIDE: "待确认",
}
NEXT = {
    State.TO_SETTLE: "与接收区市协商，提出衔接方案",
    State.PROPOSED: "同意方案或退回协商",
    State.AGREED: "移交缴费年限证明、参保凭证等材料",
    State.HANDED: "接续医保关系，登记接续日期和参保地",
    State.OUTSIDE: "确认或退回市外衔接",
}


def name_of_side(transfer, side):
    return {ENTERPRISE: str(transfer.enterprise), AREA: str(transfer.office or "接收区市"), CITY: "市国资委"}[side]


def track_of(transfer, user):
    side = SIDES[transfer.state]
    return {
        "heading": "医保衔接",
        "badge": badge(transfer, user),
        "steps": _steps(transfer),
        "responsible": name_of_side(transfer, side.answers) if side else "",
        "next_words": f"{name_of_side(transfer, side.acts)}{NEXT[transfer.state]}。" if side else "",
    }


def _steps(transfer):
    path = OUTSIDE if transfer.settled_outside else INSIDE
    if transfer.state == State.ENDED:
        return [{"label": SHORT.get(one, one.label), "status": "off", "note": ""} for one in path]
    now, done = path.index(transfer.state), transfer.state == State.DONE
    return [
        {
            "label": SHORT.get(one, one.label),
            "status": "done" if at < now or done else "now" if at == now else "ahead",
            "note": "",
        }
        for at, one in enumerate(path)
    ]
