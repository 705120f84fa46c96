"""Rounds of submission, for a page of cases at once: how much has changed, and why they came back."""

from audit.history import history_of
from handover import differences, facts
from handover.models import Case
from retirees.models import Retiree


def changes_since_last(cases, user):
    """{case id: [Change]} for the cases that were submitted before; with two queries, however many there are."""
    again = {case.pk: case for case in cases if case.round > 1}
    if not again:
        return {}
    submitted = _submitted(again)
    before = _people_at(submitted)
    return {
        pk: differences.changed(before[pk], case.retiree, facts.names_for(case, user))
        for pk, case in again.items()
        if pk in before
    }


def last_return(case):
    """The operation by which the case was returned last, or None."""
    rows = history_of(Case).objects.filter(retiree_id=case.pk, operation__kind="case.return")
    row = rows.select_related("operation").order_by("-history_date", "-history_id").first()
    return row.operation if row else None


def _submitted(cases):
    """{case id: when its last round but this one was submitted}"""
    rows = history_of(Case).objects.filter(retiree_id__in=cases).order_by("history_date", "history_id")
    found = {}
    for pk, number, at in rows.values_list("retiree_id", "round", "history_date"):
        if number == cases[pk].round - 1:
            found.setdefault(pk, at)
    return found


def _people_at(moments):
    """{id: the person as he was at that moment}"""
    found = {}
    rows = history_of(Retiree).objects.filter(id__in=moments).order_by("history_date", "history_id")
    for row in rows:
        if row.history_date <= moments[row.id]:
            found[row.id] = differences.as_person(row)
    return found
