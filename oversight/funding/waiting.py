"""What waits for the finance bureau: areas that have people and no budget, and areas that were not paid all."""

from dataclasses import dataclass

from accounts.duties import Duty
from oversight.funding import year
from weihai_transfer.lib import clock


@dataclass(frozen=True)
class Kind:
    code: str
    label: str
    holds: object


KINDS = {
    kind.code: kind
    for kind in (
        Kind("unbudgeted", "本年经费没有安排预算", lambda one: one.total.due > 0 and one.total.budgeted <= 0),
        Kind("unpaid", "本年经费尚未拨足", lambda one: one.total.due > 0 and one.total.unpaid > 0),
        Kind("unrated", "本年经费缺少标准", lambda one: bool(one.missing)),
    )
}


def waiting(user):
    """[(kind, how many areas, this year)] of the areas of which the user keeps the money."""
    this = clock.today().year
    found = year.read(this, year.areas_of(user, Duty.FUNDING)).statements
    return [(kind, sum(kind.holds(one) for one in found), this) for kind in KINDS.values()]
