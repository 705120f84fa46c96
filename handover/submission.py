"""Where a set of people would go when it is submitted now, counted before anything is written."""

from collections import Counter
from dataclasses import dataclass

from accounts.models import Office
from handover import suggesting
from handover.models import Case
from handover.services import submitting
from handover.services.targets import Targets
from handover.viewers import full_name


def obstacle(step_name, sentence):
    """What keeps a person from the step; nothing, when naming an area by hand is all that is asked for."""
    solved = step_name == "submit" and sentence in (submitting.NO_AREA, submitting.OUTSIDE)
    return "" if solved else sentence or ""


@dataclass(frozen=True)
class Summary:
    """`places`: [(place, people, whether straight back to it)]; `undecided`: ids for whom an area has to be named."""

    places: list
    undecided: tuple


def summary(outcome, step, ids):
    """`outcome` is the preview of the same ids."""
    undecided = tuple(pk for pk, why in outcome.refused.items() if why == submitting.NO_AREA)
    made = submitting.plan(step.name, outcome.moved, Targets(None), store=False)
    straight = set(made.straight)
    areas = Counter(one.area for pk, one in suggesting.suggestions_for(made.by_area).items())
    back = Counter(Case.objects.filter(pk__in=straight).values_list("returned_by", flat=True))
    offices = Office.objects.select_related("parent").in_bulk(back)
    places = [(str(area), count, False) for area, count in areas.items()]
    places += [(full_name(offices[pk]), count, True) for pk, count in back.items()]
    return Summary(sorted(places, key=lambda place: (place[2], -place[1], place[0])), undecided)
