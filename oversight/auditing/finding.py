"""From what an administrator types to the internal numbers of people: he sees no name and no fact beyond a masked mark."""

import uuid
from dataclasses import dataclass

from audit import history
from retirees.models import Retiree
from weihai_transfer.lib import identity
from weihai_transfer.lib.sealing import blind_index

MOST = 20


@dataclass(frozen=True)
class Found:
    pk: uuid.UUID
    mark: str


def as_number(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def people_like(text):
    """By internal number or by the whole ID number (through its blind index), also if it was corrected since."""
    text = text.strip().replace(" ", "")
    if number := as_number(text):
        known = history.history_of(Retiree).objects.filter(id=number).exists()
        return [Found(number, mark_of(number))] if known else []
    if len(text) not in (15, 18) or not text[:-1].isdigit():
        return []
    index = blind_index("id", text.upper())
    # A withdrawn import leaves nobody in the table; the history still knows him.
    known = Retiree.objects.filter(id_index=index).values_list("pk", flat=True)[:MOST] or (
        history.history_of(Retiree).objects.filter(id_index=index).order_by().values_list("id", flat=True).distinct()
    )
    return [Found(pk, identity.mask_id(text.upper())) for pk in sorted(known)[:MOST]]


def mark_of(number):
    one = Retiree.objects.filter(pk=number).first()
    return one.masked_id if one else "登记已撤回"
