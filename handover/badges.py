"""The state of a case as one viewer sees it: orange when it is his turn, red when it is past its day."""

from handover import deadlines
from handover.states.cases import RECEIVED, State
from handover.viewers import is_turn_of
from weihai_transfer.lib.words import Badge

MEANINGS = {State.DRAFT: "idle", State.CLOSED: "closed", **dict.fromkeys(RECEIVED, "done")}


def badge_of(case, user):
    label = case.get_state_display()
    if late := deadlines.days_late(case, deadlines.terms_for(user)):
        return Badge(label, "late", f"逾期 {late:,} 个工作日")
    if is_turn_of(case, user):
        return Badge(label, "mine")
    return Badge(label, MEANINGS.get(case.state, "away"))
