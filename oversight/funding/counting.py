"""Who counts: the living people whom an area has on the count day of a month, by level of their enterprise.

Counted is who was received up to that day and did not die before it. Nobody outside the city is: no street here manages
him. When people moved, their relocations say; in which area they were, the history of their cases. What moved is counted
where it is now and then put back month by month: most people never move, and so a whole year is two queries.
"""

from collections import defaultdict

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from handover.models import Case, Relocation
from handover.states.cases import RECEIVED
from handover.states.relocations import State as MoveState
from retirees.codes import Survival

AT_HOME = Q(state__in=RECEIVED, area__isnull=False)


def living(month, case="", person="retiree__"):
    """The condition over cases, or over rows that lead to a case and a person. The day of the death still counts."""
    return Q(**{f"{case}accepted_at__lt": month.ends}) & (
        ~Q(**{f"{person}survival": Survival.DECEASED}) | Q(**{f"{person}died_on__gte": month.counted_on})
    )


def count(months):
    """{(area id, level of the enterprise): [people of each month]}."""
    found = defaultdict(lambda: [0] * len(months))
    for area, level, *numbers in _as_they_are_now(months):
        found[area, level] = numbers
    for here, before, level, *numbers in _moved(months):
        if here != before:
            found[here, level] = [have - gone for have, gone in zip(found[here, level], numbers, strict=True)]
            found[before, level] = [have + back for have, back in zip(found[before, level], numbers, strict=True)]
    return {key: numbers for key, numbers in found.items() if any(numbers)}


def _as_they_are_now(months):
    each = {f"m{month.number}": Count("pk", filter=living(month)) for month in months}
    rows = QuerySet(Case).filter(AT_HOME, living(months[-1]) | Q(retiree__died_on__gte=months[0].counted_on))
    return rows.order_by().values_list("area", "enterprise__level").annotate(**each)


def _moved(months):
    """(where to, where from, level, people of each month who had not moved yet), of every change of area since."""
    each = {
        f"m{month.number}": Count("pk", filter=living(month, "retiree__case__") & Q(state_since__gte=month.ends))
        for month in months
    }
    rows = done().filter(state_since__gte=months[0].ends, retiree__case__state__in=RECEIVED)
    rows = rows.annotate(
        here=_area_at(OuterRef("state_since"), "retiree_id", including=True),
        before=_area_at(OuterRef("state_since"), "retiree_id"),
    )
    return rows.order_by().values_list("here", "before", "retiree__enterprise__level").annotate(**each)


def done():
    return QuerySet(Relocation).filter(state=MoveState.DONE)


def _area_at(moment, person, *, including=False):
    """The area of the newest version of a case before a moment (or at it)."""
    versions = Case.history.model.objects.filter(
        **{"retiree_id": OuterRef(person), f"history_date__{'lte' if including else 'lt'}": moment}
    )
    return Subquery(versions.order_by("-history_date", "-history_id").values("area_id")[:1])


# --- the people behind a number


def people_of(rows, area, month):
    """Of `rows` (a scoped query set of cases) those who count in an area in a month, with `since` and `until`."""
    moves = done().filter(retiree=OuterRef("pk"))
    later = moves.filter(state_since__gte=month.ends)
    found = rows.filter(AT_HOME, living(month)).annotate(moved_later=Exists(later))
    found = found.annotate(area_then=_area_at(month.ends, "pk"))
    came = moves.filter(state_since__lt=month.ends, to_office__path__startswith=area.path)
    came = came.exclude(office__path__startswith=area.path).order_by("-state_since")
    left = later.filter(office__path__startswith=area.path).exclude(to_office__path__startswith=area.path)
    return found.filter(Q(moved_later=False, area=area.pk) | Q(moved_later=True, area_then=area.pk)).annotate(
        since=TruncDate(Coalesce(Subquery(came.values("state_since")[:1]), F("accepted_at"))),
        left_on=TruncDate(Subquery(left.order_by("state_since").values("state_since")[:1])),
    )
