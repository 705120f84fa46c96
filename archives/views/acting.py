"""Steps and facts of one dossier or of many."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds
from archives import services
from archives.desk import DESK, pack_action, record_action, step_action, unpack_action
from archives.lists import dossiers as listing
from archives.models import Dossier, Shipment
from archives.papers import DOSSIER_PAPERS
from archives.shipment_states import State as ShipmentState
from archives.states import BY_SHIPMENT, MACHINE
from tracks import desk
from tracks.papers.pages import make_action
from weihai_transfer.lib.among import among

PARCELS = 20


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, step):
    """The form of one step with one dossier."""
    if step not in MACHINE.by_name or step in BY_SHIPMENT:
        raise Http404
    dossier = _seen(request, pk)
    return desk.step_on_one(request, DESK, dossier, MACHINE[step], step_action(step, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def record(request, pk):
    """Writing down the facts of one dossier."""
    dossier = _seen(request, pk)
    names = services.may_record(dossier, request.user)
    if not names:
        raise PermissionDenied
    return desk.act_on_one(request, DESK, dossier, record_action(names, request.user, dossier))


def _seen(request, pk):
    rows = Dossier.objects.visible_to(request.user).select_related("retiree", "enterprise", "shipment")
    return get_object_or_404(rows, pk=pk)


BULK = {
    "pack": pack_action,
    "unpack": unpack_action,
    "missing": lambda user: make_action(DOSSIER_PAPERS, "missing", user),
}


@require_POST
def bulk(request):
    """A step, or facts, with the rows chosen in the list."""
    name = request.POST.get("step", "")
    if name == "record":
        if not (names := listing.common_facts(request.user)):
            raise PermissionDenied
        action = record_action(names, request.user)
    elif name in BULK:
        if not holds(request.user, Duty.SUBMIT):
            raise PermissionDenied
        action = BULK[name](request.user)
    elif name in listing.USUAL + listing.ALSO:
        if not holds(request.user, *MACHINE[name].duties):
            raise PermissionDenied
        action = step_action(name, request.user)
    else:
        return HttpResponseBadRequest()
    return desk.act_on_many(request, DESK, listing.dossiers_page(request), action)


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, DESK, key, onward=lambda moved: _parcels(request.user, moved))


def _parcels(user, ids):
    """The shipments into which these dossiers were packed and that have still to be sent."""
    packed = Dossier.objects.visible_to(user).filter(pk__in=among(Dossier, ids)).values("shipment")
    rows = Shipment.objects.visible_to(user).filter(pk__in=packed, state=ShipmentState.PACKING).order_by("pk")
    return [(f"批次 {one.number}", reverse("archives:shipment", args=[one.pk])) for one in rows[:PARCELS]]
