"""How a roster's state looks to the one who looks."""

from retirees.models.rosters import RosterState
from retirees.views.guard import may_act
from weihai_transfer.lib.words import Badge

WAITING = (RosterState.HEADINGS, RosterState.CHECKED)
MEANINGS = {
    RosterState.UPLOADED: "away",
    RosterState.READING: "away",
    RosterState.HEADINGS: "away",
    RosterState.CHECKED: "away",
    RosterState.IMPORTING: "away",
    RosterState.IMPORTED: "done",
    RosterState.WITHDRAWN: "closed",
    RosterState.REFUSED: "late",
    RosterState.CANCELLED: "closed",
}


def badge_of(roster, user):
    meaning = "mine" if roster.state in WAITING and may_act(user, roster) else MEANINGS[roster.state]
    return Badge(roster.get_state_display(), meaning)
