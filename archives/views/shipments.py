"""Shipments: the list, one of them, making one, its steps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds, own_enterprises
from accounts.views.guard import attempt
from archives import annexes
from archives.forms.shipments import CarryingForm, ShipmentForm, ShipmentStepForm
from archives.lists.shipments import IN_BULK, badge, bulk_buttons, shipments_page
from archives.models import Shipment
from archives.papers import SHIPMENT_PAPERS
from archives.services import shipments
from archives.shipment_path import shipment_entries, shipment_track
from archives.shipment_states import MACHINE, NOT_RECEIVED, State
from archives.terms import Term
from archives.views.forms import form_page
from audit import events
from tracks import desk
from tracks.desk import Desk
from tracks.papers.pages import papers_of
from tracks.taking import offers
from weihai_transfer.lib import identity
from weihai_transfer.lib.pages import back_url, private_file
from weihai_transfer.lib.workbooks.output import XLSX

DESK = Desk(
    kind="shipment",
    model=Shipment,
    noun="档案批次",
    list="archives:shipments",
    row="archives:shipment",
    step="archives:shipment_step",
    outcome="archives:shipment_outcome",
    unit="批",
    joined=(),
    name=str,
    full_name=str,
)
FORM = ("GET", "HEAD", "POST")
SHOWN = ("enterprise", "addressee", "way", "seal_number", "planned_on", "sent_on", "note", "signed_on", "signed_by")
COUNTED = (
    ("total", "本批次", ()),
    ("waiting", "待核收", ("ready", "in_transit")),
    ("received", "已核收", ("received", "shelved")),
    ("missing", "未见", ("lost",)),
    ("returned", "退回补正", ("returned",)),
)


@require_safe
def show_shipments(request):
    if not holds(request.user, *Shipment.objects.all().seen_with):
        raise PermissionDenied
    page = shipments_page(request)
    context = {
        "title": f"档案批次（{page.count:,} 批）",
        "crumbs": [("档案", reverse("archives:dossiers")), ("批次", "")],
        "list": page,
        "bulk": bulk_buttons(request.user, request.GET.getlist("state")),
        "chosen": desk.left_over(request, DESK),
        "may_add": holds(request.user, Duty.SUBMIT),
    }
    return render(request, "archives/shipments.html", context)


@require_POST
def bulk(request):
    """One step with the shipments that are ticked in the list."""
    name = request.POST.get("step", "")
    if name not in IN_BULK:
        return HttpResponseBadRequest()
    if not holds(request.user, *MACHINE[name].duties):
        raise PermissionDenied
    return desk.act_on_many(request, DESK, shipments_page(request), _action(MACHINE[name], request.user))


def _action(step, user):
    return desk.step_action(step, ShipmentStepForm, shipments, user)


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, DESK, key)


@require_safe
def show_shipment(request, pk):
    shipment = seen(request, pk)
    user, term = request.user, Term()
    counts = shipments.tally(pk)
    actions = desk.actions_of(DESK, shipment, offers(shipment, user), lambda step: ShipmentStepForm(step).asks)
    context = {
        "title": f"档案批次 {shipment.number}",
        "crumbs": [("档案批次", back_url(request, reverse("archives:shipments"))), (shipment.number, "")],
        "shipment": shipment,
        "track": shipment_track(shipment, badge(shipment, user, term), term.last_day(shipment)),
        "actions": [*_more_actions(shipment, user), *actions],
        "counts": [(label, counts[name], _listed(shipment, states)) for name, label, states in COUNTED],
        "damaged": counts["damaged"],
        "damaged_url": f"{reverse('archives:dossiers')}?shipment={shipment.pk}&damaged=1",
        "facts": _facts(shipment),
        "papers": papers_of(SHIPMENT_PAPERS, shipment, user),
        "annex": bool(annexes.named(shipment)) and holds(user, *SHIPMENT_PAPERS.kinds[0].duties),
        "entries": shipment_entries(shipment),
    }
    return render(request, "archives/shipment.html", context)


def seen(request, pk):
    rows = Shipment.objects.visible_to(request.user).select_related("enterprise", "addressee", "office")
    return get_object_or_404(rows, pk=pk)


def _is_mine(shipment, user, *duties):
    return Shipment.objects.open_to(user, *duties).filter(pk=shipment.pk).exists()


def mine(request, pk, *duties):
    """The shipment, if it is this user's to act on: 404 when he does not see it, 403 when he has no such duty."""
    shipment = seen(request, pk)
    if not _is_mine(shipment, request.user, *duties):
        raise PermissionDenied
    return shipment


def _listed(shipment, states):
    found = "".join(f"&state={state}" for state in states)
    return f"{reverse('archives:dossiers')}?shipment={shipment.pk}{found}"


def _more_actions(shipment, user):
    found = []
    if shipment.state in NOT_RECEIVED and _is_mine(shipment, user, Duty.ARCHIVES):
        found.append({"label": "逐卷核收", "url": reverse("archives:check", args=[shipment.pk]), "primary": True})
    if shipment.state == State.PACKING and _is_mine(shipment, user, Duty.SUBMIT):
        found.append({"label": "填写移交人和封签", "url": reverse("archives:describe", args=[shipment.pk])})
        packing = f"{reverse('archives:dossiers')}?state=ready&packed=no&enterprise={shipment.enterprise_id}"
        found.append({"label": "选择档案装入", "url": packing})
    return found


def _facts(shipment):
    facts = [(Shipment._meta.get_field(name).verbose_name, _shown(shipment, name)) for name in SHOWN]
    people = (
        ("移交人", shipment.carrier, shipment.carrier_unit, shipment.carrier_phone),
        ("第二名移交人", shipment.second_carrier, shipment.second_unit, shipment.second_phone),
    )
    facts[3:3] = [
        (label, f"{name}（{unit}，电话 {identity.mask_phone(phone)}）") for label, name, unit, phone in people if name
    ]
    if shipment.confirmed_on:
        facts += [("确认日期", shipment.confirmed_on), ("确认人", shipment.confirmed_by)]
    return facts


def _shown(shipment, name):
    return getattr(shipment, f"get_{name}_display", lambda: getattr(shipment, name))()


@require_http_methods(FORM)
def add(request):
    if not holds(request.user, Duty.SUBMIT):
        raise PermissionDenied
    form = ShipmentForm(own_enterprises(request.user), request.POST or None)
    if form.is_valid():
        given = form.cleaned_data

        def act():
            return shipments.open_shipment(
                given["enterprise"], given["addressee"], actor=request.user, values=form.values, key=given["key"]
            )

        if done := attempt(request, form, act, "批次已建立。请选择档案装入。"):
            return redirect(DESK.row, done.result.pk) if done.result else redirect(DESK.list)
    return form_page(
        request,
        form,
        title="建立档案批次",
        crumbs=[("档案批次", reverse(DESK.list)), ("建立", "")],
        submit="建立批次",
        back=reverse(DESK.list),
        intro="人事档案由两名专人或机要通信移交，不得由退休人员本人携带（二(四)）。移交人和封签号可以在发出前补填。",
    )


@require_http_methods(FORM)
def describe(request, pk):
    shipment, back = mine(request, pk, Duty.SUBMIT), reverse(DESK.row, args=[pk])
    if shipment.state != State.PACKING:
        messages.error(request, shipments.FIXED.format(state=shipment.get_state_display()))
        return redirect(back)
    form = CarryingForm(request.POST or None, shipment=shipment)
    if form.is_valid() and attempt(
        request,
        form,
        lambda: shipments.describe(pk, form.values, actor=request.user, key=form.cleaned_data["key"]),
        "已登记移交人和封签。",
    ):
        return redirect(back)
    return form_page(
        request,
        form,
        title=f"移交人和封签（批次 {shipment.number}）",
        crumbs=[("档案批次", reverse(DESK.list)), (shipment.number, back), ("移交人和封签", "")],
        submit="登记",
        back=back,
    )


@require_http_methods(FORM)
def step(request, pk, step):
    if step not in MACHINE.by_name:
        raise Http404
    chosen = MACHINE[step]
    return desk.step_on_one(request, DESK, seen(request, pk), chosen, _action(chosen, request.user))


@require_safe
def annex(request, pk):
    """The workbook that the signed list names, byte for byte."""
    shipment = seen(request, pk)
    if not holds(request.user, Duty.SUBMIT, Duty.ARCHIVES):
        raise PermissionDenied
    found = annexes.signed(shipment)
    if found is None:
        raise Http404
    data, name = found
    events.note(request, "download", subject=f"archives.Shipment {pk}", field="档案移交清册附件")
    return private_file(data, name, XLSX)
