"""The state of a treatment as one viewer sees it."""

from accounts.duties import Duty
from accounts.scope import reach_of
from benefits.treatment_states import APPROVER, ENTERPRISE, MEANINGS, SIDES
from weihai_transfer.lib.words import Badge


def badge(one, user):
    side = SIDES[one.state]
    mine = side is not None and side.acts in sides_of(one, user)
    return Badge(one.get_state_display(), "mine" if mine else MEANINGS[one.state])


def sides_of(one, user):
    """At which side of a treatment this user stands."""
    found = set()
    if one.enterprise_id in reach_of(user, Duty.SUBMIT).enterprises:
        found.add(ENTERPRISE)
    if one.asked_on and one.approver_id in reach_of(user, Duty.APPROVE).offices:
        found.add(APPROVER)
    return found
