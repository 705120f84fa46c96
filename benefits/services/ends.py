"""What becomes of a treatment when the person died, or his case is closed without transfer.

Called inside the operation of whoever records that; no duty is asked. What was paid once stays paid.
"""

from django.db.models import QuerySet

from benefits.models import Settlement, Treatment
from retirees.models import Retiree
from tracks.advancing import follow
from weihai_transfer.lib.among import among


def end_by_death(act, ids):
    """End what is paid, or might still come to be, to the people `ids`; returns the ids of the treatments."""
    return _end(act, ids)


def end_by_closing(act, ids):
    return _end(act, ids)


def _end(act, ids):
    rows = QuerySet(Treatment).filter(retiree__in=among(Retiree, ids))
    moved = follow(act, Treatment, "end", list(rows.values_list("pk", flat=True)))
    unpaid = QuerySet(Settlement).filter(retiree__in=among(Retiree, ids), replaced=False, paid_on=None)
    act.change(Settlement, list(unpaid.values_list("pk", flat=True)), replaced=True)
    return moved
