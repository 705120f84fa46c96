"""The list of people."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.scope import holds
from handover import listing
from handover.desk import PEOPLE, PRESSED
from handover.models import Case
from handover.states.cases import State
from tracks import desk

SEES_PEOPLE = Case.objects.all().seen_with


@require_safe
def show_people(request):
    if not holds(request.user, *SEES_PEOPLE):
        raise PermissionDenied
    # Waiting work is read oldest first; the whole list in the order in which people came.
    order = ("state_since", "pk") if request.GET.getlist("state") else ("pk",)
    states = _chosen_states(request)
    steps = listing.bulk_buttons(request.user, states)
    page = listing.people_page(request, Case.objects.visible_to(request.user), order=order)
    pressing = listing.notice_buttons(request.user, request)
    context = {
        "title": "退休人员",
        "crumbs": [("退休人员", "")],
        "list": page,
        "bulk": [*steps, *pressing, *listing.paper_buttons(request.user, states)],
        "asks_for_state": not steps and not states and not pressing,
        "chosen": desk.left_over(request, PEOPLE) | desk.left_over(request, PRESSED),
        "can_upload": holds(request.user, Duty.SUBMIT),
        "can_act": holds(request.user, Duty.SUBMIT, Duty.DISTRIBUTE, Duty.RECEIVE, Duty.COORDINATE),
    }
    return render(request, "handover/people.html", context)


def _chosen_states(request):
    return [state for state in request.GET.getlist("state") if state in State.values]
