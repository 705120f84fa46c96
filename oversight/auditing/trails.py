"""Which histories lead to a person, found by walking the foreign keys: a new track is found without being named."""

from functools import cache

from audit import history
from retirees.models import Retiree

# What a person lies in together with others: (model whose versions name it, column, what it is).
TOGETHER = (
    ("retirees.Retiree", "roster_id", "retirees.Roster"),
    ("handover.Case", "batch_id", "handover.Batch"),
    ("archives.Dossier", "shipment_id", "archives.Shipment"),
    ("handover.AgreementPerson", "agreement_id", "handover.Agreement"),
)


@cache
def leads():
    """{audited model: (its column, the model that the column points at)}; of the person himself: his id, nothing."""
    found = {Retiree: ("id", None)}
    waiting = [model for model in history.audited_models() if model is not Retiree]
    while True:
        more = {model: way for model in waiting if model not in found and (way := _way(model, found))}
        if not more:
            return found
        found |= more


def _way(model, found):
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model in found:
            return field.attname, field.related_model
    return None


def versions_of(model, person):
    """All versions of the model's rows of one person, also of rows that were removed since."""
    column, above = leads()[model]
    rows = history.history_of(model).objects
    if above is None:
        return rows.filter(id=person)
    if leads()[above][1] is None or above._meta.pk.is_relation and _is_keyed_by_person(above):
        return rows.filter(**{column: person})
    return rows.filter(**{f"{column}__in": versions_of(above, person).order_by().values(above._meta.pk.attname)})


def _is_keyed_by_person(model):
    """A track that is one to one with the person has his key."""
    return model._meta.pk.attname == leads()[model][0] and leads()[model][1] is Retiree
