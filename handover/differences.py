"""What changed in a person's facts: between two stored versions, and since the round before."""

from django.db import connection

from audit.history import history_of
from handover import facts
from handover.models import Case
from handover.states.cases import ON_THE_WAY, State
from retirees.models import FACTS, SEALED, Retiree
from tracks.timeline import Change
from weihai_transfer.lib.fields import sealed

COLUMNS = [field.attname for field in Retiree._meta.concrete_fields]
# Search columns follow from facts; nobody reads them.
DERIVED = ("pinyin", "initials", "id_index", "id_tail_index", "phone_tail_index")
COMPARED = tuple(name for name in FACTS if name not in DERIVED)
UNTOLD = "（有改动）"


def as_person(row):
    """The Retiree that a history row is a version of; what is sealed stays sealed until it is read."""
    return Retiree.from_db(connection.alias, COLUMNS, [row.__dict__[name] for name in COLUMNS])


def changed(before, after, names=COMPARED):
    """[Change] of the facts that differ between two versions of a person, masked as a page shows them."""
    found = []
    for name in COMPARED:
        if name in names and _differs(before, after, name):
            old, new = facts.text_of(before, name), facts.text_of(after, name)
            found.append(Change(facts.label_of(name), old, new if new != old else f"{new}{UNTOLD}"))
    return found


def _differs(before, after, name):
    if name in SEALED and bytes(sealed(before, name)) == bytes(sealed(after, name)):
        return False
    return getattr(before, name) != getattr(after, name)


def since_last_round(case, user):
    """What changed since the facts that a receiver has seen last: [Change] with label, before and after.

    While the case is on its way that is the round before this one; while the enterprise has it back, the last one.
    Empty before the first resubmission. Facts that this user may not know are left out.
    """
    seen = case.round - 1 if case.state in ON_THE_WAY and case.state != State.RETURNED else case.round
    if seen < 1:
        return []
    return changed(_facts_of_round(case, seen), Retiree.objects.get(pk=case.pk), facts.names_for(case, user))


def _facts_of_round(case, number):
    """The person as he was when this round was submitted."""
    rounds = history_of(Case).objects.filter(retiree_id=case.pk, round=number)
    submitted = rounds.order_by("history_id").values("history_date")[:1]
    versions = history_of(Retiree).objects.filter(id=case.pk, history_date__lte=submitted)
    return as_person(versions.order_by("-history_date", "-history_id").first())
