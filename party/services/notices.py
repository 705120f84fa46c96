"""A void letter is told to its addressee, who takes note of it (domain.md 3.2)."""

from django.db.models import QuerySet

from party.models import Letter, VoidNotice
from party.notice_states import State
from tracks.advancing import advance
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import bulk

AT_ONCE = 5000


def tell(act, letters, why):
    """Within the caller's operation: one notice for each letter that was on its way to an office of the system."""
    found = []
    for chunk in bulk.chunks(letters, AT_ONCE):
        rows = QuerySet(Letter).filter(pk__in=chunk, addressee__isnull=False, arrived_on=None)
        found += rows.values_list("pk", "enterprise", "addressee")
    act.insert(
        VoidNotice(
            letter_id=pk,
            enterprise_id=enterprise,
            office_id=office,
            why=why[:40],
            voided_at=act.operation.at,
            state=State.TOLD,
            state_since=act.operation.at,
        )
        for pk, enterprise, office in found
    )


def note(ids, *, actor, key=None):
    """Take note of void letters, one or many; returns the Outcome."""
    ids = as_ids(ids)
    return carry_out(
        "void_notice.note", lambda act: advance(act, VoidNotice, "note", ids, actor=actor), actor=actor, key=key
    )
