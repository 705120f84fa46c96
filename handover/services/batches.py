"""Numbered batches: 2026-DEMO01-0003 is the third of that year of that enterprise."""

from collections import Counter

from django.utils import timezone

from accounts.models import Enterprise
from handover.models import Batch, Case


def number_batches(act, ids):
    """One batch for each enterprise of these cases; returns {case id: batch}."""
    enterprise_of = dict(Case.objects.filter(pk__in=ids).values_list("pk", "enterprise_id"))
    people = Counter(enterprise_of.values())
    batches = {}
    # The row of the enterprise is the lock on its numbers; cases are locked already, so nobody waits in a circle.
    for enterprise in Enterprise.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True):
        batch = Batch(
            number=_next_number(enterprise, act.operation.at),
            enterprise=enterprise,
            by=act.operation.actor,
            at=act.operation.at,
            people=people[enterprise.pk],
        )
        batches[enterprise.pk] = act.insert([batch])[0]
    return {pk: batches[enterprise] for pk, enterprise in enterprise_of.items()}


def _next_number(enterprise, at):
    begin = f"{timezone.localtime(at).year}-{enterprise.code}-"
    last = Batch.objects.filter(enterprise=enterprise, number__startswith=begin).order_by("-pk").first()
    return f"{begin}{int(last.number.removeprefix(begin)) + 1 if last else 1:04}"
