"""What stays with the original channel for one person 补充医疗和互助: for the enterprise's and the city's eyes (二(五))."""

from benefits.models import SupplementaryCover
from benefits.services.supplementary import current
from weihai_transfer.lib import clock

SENTENCE = "仍按原渠道解决，确保待遇水平不降低（二(五)）。"


def covers_of(retiree_id, user):
    """The supplementary plans of one person, as the person's page prints them; [] for who may not see them."""
    rows = SupplementaryCover.objects.visible_to(user).filter(retiree=retiree_id)
    rows = rows.select_related("plan__enterprise").prefetch_related("plan__levels").order_by("since", "pk")
    today = clock.today()
    return [
        {
            "kind": row.plan.get_kind_display(),
            "name": row.plan.name,
            "channel": row.plan.through,
            "level": current(row.plan.levels.all(), today),
            "since": row.since,
            "ended_on": row.ended_on,
            "why": row.get_ended_why_display(),
            "sentence": "" if row.ended_on else SENTENCE,
        }
        for row in rows
    ]
