"""Steps of one agreement or of many."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handover.agreements import listing
from handover.agreements.desk import AGREEMENTS, agreement_action
from handover.models import Agreement
from handover.states.agreements import MACHINE
from tracks import desk


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, step):
    if step not in MACHINE.by_name:
        raise Http404
    one = get_object_or_404(Agreement.objects.visible_to(request.user).select_related("enterprise", "area"), pk=pk)
    return desk.step_on_one(request, AGREEMENTS, one, MACHINE[step], agreement_action(step, request.user))


@require_POST
def bulk(request):
    name = request.POST.get("step", "")
    if name not in listing.IN_BULK:
        return HttpResponseBadRequest()
    if not listing.may(request.user, MACHINE[name]):
        raise PermissionDenied
    return desk.act_on_many(request, AGREEMENTS, listing.agreements_page(request), agreement_action(name, request.user))


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, AGREEMENTS, key)
