"""The state of a membership as a label: for pages that may say no more, and as the badge of one viewer."""

from accounts.duties import Duty
from accounts.scope import reach_of
from party.ends import RECEIVER, RECEIVING, SENDER, SENDING
from party.models import Membership
from party.states import MEANINGS, ON_THE_WAY, SIDES, State
from weihai_transfer.lib.words import Badge


def summary(retiree_ids):
    """{id: (label, meaning)} of the people who have a membership row. Says nothing but the state."""
    rows = Membership.objects.filter(pk__in=retiree_ids).values_list("pk", "state")
    return {pk: (State(state).label, MEANINGS[state]) for pk, state in rows}


def badge(membership, user, today=None):
    """The state as this user sees it: orange when it is his turn; red when the letter is no longer valid.

    `today` asks for the validity; the row must then come from `with_letter()`.
    """
    side = SIDES[membership.state]
    mine = bool(side) and side.acts in sides(membership, user)
    meaning = "mine" if mine else MEANINGS[membership.state]
    if today and membership.state in ON_THE_WAY:
        left = membership.letter.days_left(today) if membership.letter else -1
        if left < 0:
            return Badge(membership.get_state_display(), "late", f"介绍信过期 {-left} 天")
        return Badge(membership.get_state_display(), meaning, f"剩 {left} 天")
    return Badge(membership.get_state_display(), meaning)


def sides(membership, user):
    """At which ends of this relation the user holds the party duty."""
    held = reach_of(user, Duty.PARTY)
    found = set()
    if membership.enterprise_id in held.enterprises:
        found.add(SENDER)
    if membership.office_id and (held.everywhere or membership.office_id in held.offices):
        found.add(RECEIVER)
    return found


def ends_of(user):
    """At which ends the user holds the party duty for anybody: the pseudo-duties of the machine."""
    held = reach_of(user, Duty.PARTY)
    found = set()
    if held.enterprises:
        found.add(SENDING)
    if held.everywhere or held.offices:
        found.add(RECEIVING)
    return found
