"""Correcting a person's facts: laid over the row as it is now, never over what a form remembered."""

from retirees.models import SEALED, Retiree
from weihai_transfer.lib import names
from weihai_transfer.lib.fields import sealed
from weihai_transfer.lib.sealing import blind_index


class Stale(Exception):
    """Somebody else changed the person since the form was opened."""


def version_of(retiree):
    """What a form carries along to notice that it is stale: the number of the newest history row."""
    return retiree.history.order_by("-history_id").values_list("history_id", flat=True).first()


def changes(retiree, values):
    """{field: (before, after)} for the values that differ from the row."""
    return {name: (getattr(retiree, name), value) for name, value in values.items() if getattr(retiree, name) != value}


def write(act, retiree_id, values, *, version):
    """Write the values that differ into a locked row; returns {field: (before, after)}. Raises Stale."""
    retiree = Retiree.objects.select_for_update(of=("self",)).get(pk=retiree_id)
    if version_of(retiree) != version:
        raise Stale
    changed = changes(retiree, values)
    if not changed:
        return changed
    stored = {}
    for name, (_, after) in changed.items():
        setattr(retiree, name, after)
        stored[name] = sealed(retiree, name) if name in SEALED else after
    act.change(Retiree, [retiree.pk], **stored, **_derived(retiree, changed))
    return changed


def _derived(retiree, changed):
    """The search columns that follow from a changed fact."""
    found = {}
    if "name" in changed:
        found["pinyin"], found["initials"] = names.spell(retiree.name)
    if "id_number" in changed:
        found["id_index"] = blind_index("id", retiree.id_number)
        found["id_tail_index"] = blind_index("id_tail", retiree.id_number[-4:])
    if "phone" in changed:
        found["phone_tail_index"] = blind_index("phone_tail", retiree.phone[-4:])
    return found
