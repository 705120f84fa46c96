"""The list of dossiers and the page of one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.scope import holds
from archives import listing, services, timeline
from archives.desk import DESK, has_form
from archives.models import Dossier
from archives.path import track_of
from archives.states import State
from audit import events
from tracks import desk
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url

FACTS = ("enterprise", "office", "volumes", "pages", "place", "number", "shelf")


@require_safe
def show_dossiers(request):
    if not holds(request.user, *Dossier.objects.all().seen_with):
        raise PermissionDenied
    page = listing.dossiers_page(request)
    states = [state for state in request.GET.getlist("state") if state in State.values]
    context = {
        "title": f"人事档案（{page.count:,} {page.unit}）",
        "crumbs": [("档案", "")],
        "list": page,
        "bulk": listing.bulk_buttons(request.user, states),
        "chosen": desk.left_over(request, DESK),
    }
    return render(request, "archives/dossiers.html", context)


@require_safe
def show_dossier(request, pk):
    rows = Dossier.objects.visible_to(request.user).select_related("retiree__office", "enterprise", "office")
    dossier = get_object_or_404(rows, pk=pk)
    events.note(request, "open_person", subject=str(pk), field="人事档案")
    user = request.user
    actions = desk.actions_of(DESK, dossier, offers(dossier, user), has_form)
    if services.may_record(dossier, user):
        actions.append({"label": "登记档案情况", "url": reverse("archives:record", args=[pk])})
    context = {
        "title": f"人事档案（{dossier.retiree.name}）",
        "crumbs": [("档案", back_url(request, reverse("archives:dossiers"))), (dossier.retiree.name, "")],
        "person": desk.header_of(dossier, user),
        "track": track_of(dossier, user),
        "actions": actions,
        "facts": [(Dossier._meta.get_field(name).verbose_name, getattr(dossier, name)) for name in FACTS],
        "entries": timeline.entries(dossier.retiree, user),
    }
    return render(request, "archives/dossier.html", context)
