"""Steps and receipts of one membership or of many."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from party import listing
from party.desk import DESK, receipt_action, step_action
from party.models import Membership
from party.services import preview_receipts
from party.states import MACHINE, SENDING
from party.summary import ends_of
from tracks import desk
from tracks.advancing import may_move


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, step):
    """The form of one step with one membership."""
    if step not in MACHINE.by_name:
        raise Http404
    membership = _seen(request, pk, MACHINE[step].duties)
    if request.method != "POST" and (stopped := may_move(Membership, step, [pk], actor=request.user).refused):
        messages.error(request, stopped[pk])
        return redirect(DESK.row, pk)
    return desk.act_on_one(request, DESK, membership, step_action(step, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request, pk):
    """Noting that the receipt of one letter came back."""
    membership = _seen(request, pk, (SENDING,))
    if request.method != "POST" and (stopped := preview_receipts([pk], actor=request.user).refused):
        messages.error(request, stopped[pk])
        return redirect(DESK.row, pk)
    return desk.act_on_one(request, DESK, membership, receipt_action(request.user))


def _seen(request, pk, duties):
    """404 for what the user may not see, 403 for what he may see but not do."""
    rows = Membership.objects.visible_to(request.user).select_related("retiree", "enterprise")
    membership = get_object_or_404(rows, pk=pk)
    if not Membership.objects.open_to(request.user, *duties).filter(pk=pk).exists():
        raise PermissionDenied
    return membership


@require_POST
def bulk(request):
    """A step, or receipts, with the rows chosen in the list."""
    name = request.POST.get("step", "")
    if name == "receipt":
        duties, action = (SENDING,), receipt_action(request.user)
    elif name in listing.USUAL:
        duties, action = MACHINE[name].duties, step_action(name, request.user)
    else:
        return HttpResponseBadRequest()
    if not ends_of(request.user).intersection(duties):
        raise PermissionDenied
    return desk.act_on_many(request, DESK, listing.memberships_page(request), action)


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, DESK, key)
