"""The state of a dossier as a label: for pages that may say no more, and as the badge of one viewer."""

from accounts.duties import Duty
from accounts.scope import reach_of
from archives.models import Dossier
from archives.states import ARCHIVE, CITY, ENTERPRISE, MEANINGS, SIDES, State
from weihai_transfer.lib.words import Badge


def summary(retiree_ids):
    """{id: (label, meaning)} of the people who have a dossier row. Says nothing but the state."""
    rows = Dossier.objects.filter(pk__in=retiree_ids).values_list("pk", "state")
    return {pk: (State(state).label, MEANINGS[state]) for pk, state in rows}


def badge(dossier, user):
    """The state as this user sees it: orange when it is his turn."""
    side = SIDES[dossier.state]
    mine = side and side.acts in _sides(dossier, user)
    return Badge(dossier.get_state_display(), "mine" if mine else MEANINGS[dossier.state])


def _sides(dossier, user):
    found = set()
    if dossier.enterprise_id in reach_of(user, Duty.SUBMIT).enterprises:
        found.add(ENTERPRISE)
    archives = reach_of(user, Duty.ARCHIVES)
    if dossier.office_id and (archives.everywhere or dossier.office_id in archives.offices):
        found.add(ARCHIVE)
    if reach_of(user, Duty.COORDINATE).everywhere:
        found.add(CITY)
    return found
