"""The list of dossiers and the page of one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.scope import holds
from archives import custody, services, timeline
from archives.desk import DESK, has_form
from archives.lists import dossiers as listing
from archives.models import Dossier, FilingFee, LeaderFinding
from archives.papers import DOSSIER_PAPERS
from archives.path import track_of
from archives.services import catalogue
from archives.states import BY_SHIPMENT, State
from audit import events
from tracks import desk
from tracks.papers.pages import papers_of
from tracks.taking import offers
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.pages import back_url

FACTS = ("enterprise", "office", "volumes", "pages", "retention", "place", "number", "shelf", "condition", "remark")
DIGITAL = ("digitised_on", "images", "pages_counted")


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
        "ways": _ways(request, page),
    }
    return render(request, "archives/dossiers.html", context)


def _ways(request, page):
    """What else is done with dossiers: their shipments, fees, the official list out and in."""
    user = request.user
    ways = [("档案批次", reverse("archives:shipments"))]
    if holds(user, *FilingFee.objects.all().seen_with):
        ways.append(("档案整理费", reverse("archives:fees")))
    if holds(user, Duty.SUBMIT):
        ways.append(("下载移交案卷目录", f"{reverse('archives:register')}?{page.query}"))
        ways.append(("上传移交案卷目录", reverse("archives:upload_register")))
    return ways


@require_safe
def show_dossier(request, pk):
    rows = Dossier.objects.visible_to(request.user).select_related(
        "retiree__office", "enterprise", "office", "shipment"
    )
    dossier = get_object_or_404(rows, pk=pk)
    events.note(request, "open_person", subject=str(pk), field="人事档案")
    user = request.user
    actions = desk.actions_of(DESK, dossier, _offered(dossier, user), has_form)
    if services.may_record(dossier, user):
        actions.append({"label": "登记档案情况", "url": reverse("archives:record", args=[pk])})
    context = {
        "title": f"人事档案（{dossier.retiree.name}）",
        "crumbs": [("档案", back_url(request, reverse("archives:dossiers"))), (dossier.retiree.name, "")],
        "person": desk.header_of(dossier, user),
        "track": track_of(dossier, user),
        "actions": actions,
        "dossier": dossier,
        "facts": [*_shipment(dossier), *_labelled(dossier, FACTS)],
        "digital": _labelled(dossier, DIGITAL) if dossier.digitised_on else [],
        "chain": custody.chain(dossier),
        "findings": LeaderFinding.objects.visible_to(user).filter(dossier=dossier),
        "missing": catalogue.missing_of(dossier),
        "may_write": catalogue.may_write(dossier, user),
        "materials": dossier.materials.count(),
        "key": str(new_id()),
        "page_sum": catalogue.page_sum(dossier),
        "papers": papers_of(DOSSIER_PAPERS, dossier, user),
        "entries": timeline.entries(dossier.retiree, user),
    }
    return render(request, "archives/dossier.html", context)


def _offered(dossier, user):
    """A dossier is sent and recalled with its shipment; and nobody needs to read why it does not end with a case that
    goes on."""
    return [
        offer
        for offer in offers(dossier, user)
        if offer.step.name not in BY_SHIPMENT and not (offer.step.name == "end" and offer.reasons)
    ]


def _labelled(dossier, names):
    return [(Dossier._meta.get_field(name).verbose_name, getattr(dossier, name)) for name in names]


def _shipment(dossier):
    if not dossier.shipment_id:
        return []
    return [("批次", f"{dossier.shipment}，第 {dossier.line} 号"), ("核对号", dossier.check_number)]
