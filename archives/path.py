"""How far a dossier has come, as the step bar shows it."""

from archives.states import ARCHIVE, CITY, ENTERPRISE, SIDES, State
from archives.summary import badge

PATH = (State.PREPARING, State.READY, State.IN_TRANSIT, State.RECEIVED, State.SHELVED)
# Where on the path a dossier stands that has left it for a while.
ASIDE = {
    State.RETURNED: State.PREPARING,
    State.DEFERRED: State.PREPARING,
    State.LOST: State.IN_TRANSIT,
    State.DISPUTED: State.PREPARING,
}
NEXT = {
    State.PREPARING: "整理档案，登记册数后提交移交",
    State.READY: "装入批次，派专人移交，不得由本人携带",
    State.IN_TRANSIT: "逐卷核收或退回补正",
    State.RECEIVED: "登记编号和架位后入库",
    State.RETURNED: "收回档案，补正后重新移交",
    State.DEFERRED: "按协议整理，整理后恢复移交",
    State.LOST: "查找或补建档案",
    State.DISPUTED: "研究界定是否属于市委管理的退休领导人员",
}


def name_of_side(dossier, side):
    return {ENTERPRISE: str(dossier.enterprise), ARCHIVE: str(dossier.office or "档案管理机构"), CITY: "市国资委"}[side]


def track_of(dossier, user):
    side = SIDES[dossier.state]
    return {
        "heading": "人事档案",
        "badge": badge(dossier, user),
        "steps": _steps(dossier.state),
        "responsible": name_of_side(dossier, side.answers) if side else "",
        "next_words": f"{name_of_side(dossier, side.acts)}{NEXT[dossier.state]}。" if side else "",
    }


def _steps(state):
    if state in (State.EXEMPT, State.NONE, State.ENDED):
        return [{"label": one.label, "status": "off", "note": ""} for one in PATH]
    now = PATH.index(ASIDE.get(state, state))
    done = state == State.SHELVED
    return [
        {
            "label": one.label,
            "status": "done" if at < now or done else "now" if at == now else "ahead",
            "note": State(state).label if at == now and state in ASIDE else "",
        }
        for at, one in enumerate(PATH)
    ]
