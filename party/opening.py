"""Opening the memberships of newly registered party members, and undoing it while nobody has worked on them."""

from django.db.models import BinaryField, BooleanField, DateField, DateTimeField, IntegerField, Value

from party.models import Membership
from party.states import State
from retirees.codes import PARTY_MEMBERS
from weihai_transfer.lib import bulk

AT_ONCE = 5000


def open_memberships(act, people):
    """Open a membership for each party member of `people` (a Retiree query set) who has none; returns how many."""
    at = act.operation.at
    members = people.filter(political_status__in=PARTY_MEMBERS)
    return act.insert_select(
        Membership,
        members,
        once=True,
        retiree="pk",
        enterprise="enterprise_id",
        office=Value(None, output_field=IntegerField()),
        state=Value(State.PENDING.value),
        last_step=Value(""),
        state_since=Value(at, output_field=DateTimeField()),
        branch=Value(None, output_field=IntegerField()),
        branch_name=Value(""),
        placed_on=Value(None, output_field=DateField()),
        floating=Value(False),
        floating_to=Value(""),
        lost_since=Value(None, output_field=DateField()),
        stopped_on=Value(None, output_field=DateField()),
        papers_complete=Value(None, output_field=BooleanField()),
        remark=Value(b"", output_field=BinaryField()),
    )


def unopen_memberships(act, ids):
    """Remove the memberships among `ids` on which nobody has acted; returns the ids that stay."""
    ids = list(ids)
    stay = touched(ids)
    act.remove(Membership, [pk for pk in ids if pk not in stay])
    return stay


def touched(ids):
    """Those of `ids` on whose memberships somebody has acted since they were opened."""
    found = set()
    for chunk in bulk.chunks(ids, AT_ONCE):
        found.update(Membership.objects.filter(pk__in=chunk).exclude(last_step="").values_list("pk", flat=True))
    return found
