"""One person's out-of-pool money in a label, for those who see the items."""

from benefits.lists.badges import sides_of
from benefits.models import OutOfPoolItem
from benefits.treatment_states import SIDES
from weihai_transfer.lib.words import Badge


def of_person(pk, user):
    """“2 项，待办 1 项”; None without items, and for those who do not see them."""
    rows = OutOfPoolItem.objects.visible_to(user).filter(retiree=pk).select_related("treatment")
    treatments = [getattr(one, "treatment", None) for one in rows]
    if not treatments:
        return None
    open_ones = [one for one in treatments if one is None or SIDES[one.state]]
    if not open_ones:
        return Badge(f"{len(treatments)} 项，已办结", "done")
    mine = any(one is not None and SIDES[one.state].acts in sides_of(one, user) for one in open_ones)
    return Badge(f"{len(treatments)} 项，未办结 {len(open_ones)} 项", "mine" if mine else "away")
