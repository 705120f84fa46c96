"""The state of a medical-insurance transfer as a label: for pages that may say no more, and as the badge of one viewer."""

from accounts.duties import Duty
from accounts.scope import reach_of
from benefits.medical_states import AREA, CITY, ENTERPRISE, MEANINGS, SIDES, State
from benefits.medical_terms import term_for
from benefits.models import MedicalTransfer
from weihai_transfer.lib.words import Badge


def summary(retiree_ids):
    """{id: (label, meaning)} of the people who have a transfer. Says nothing but the state."""
    rows = MedicalTransfer.objects.filter(pk__in=retiree_ids).values_list("pk", "state")
    return {pk: (State(state).label, MEANINGS[state]) for pk, state in rows}


def badge(transfer, user):
    """The state as this user sees it: red past its day, orange when it is his turn."""
    side = SIDES[transfer.state]
    if late := term_for(user).days_late(transfer):
        return Badge(transfer.get_state_display(), "late", f"逾期 {late:,} 天")
    mine = side and side.acts in sides(transfer, user)
    return Badge(transfer.get_state_display(), "mine" if mine else MEANINGS[transfer.state])


def sides(transfer, user):
    """At which sides of this transfer the user may act."""
    found = set()
    if transfer.enterprise_id in reach_of(user, Duty.SUBMIT).enterprises:
        found.add(ENTERPRISE)
    areas = reach_of(user, Duty.DISTRIBUTE)
    if transfer.office_id and (areas.everywhere or transfer.office_id in areas.offices):
        found.add(AREA)
    if reach_of(user, Duty.COORDINATE).everywhere:
        found.add(CITY)
    return found
