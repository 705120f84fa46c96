"""Checking a shipment with a scanner or the keyboard, and its list with barcodes."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from archives import annexes
from archives.forms.shipments import CheckForm
from archives.models import Dossier
from archives.services import checking
from archives.services.checking import OUTCOMES
from archives.services.shipments import tally
from archives.shipment_states import NOT_RECEIVED
from archives.states import MEANINGS
from archives.views.forms import act_at_once
from archives.views.shipments import mine, seen
from audit import events
from audit.operations import AlreadyDone
from tracks.forms import KeyForm
from weihai_transfer.lib import barcodes
from weihai_transfer.lib.pages import is_htmx, render_piece
from weihai_transfer.lib.refusals import Refused

HEIGHT = 28


@dataclass(frozen=True)
class Said:
    """The feedback on the dossier that was noted last, big enough to be read from where the scanner is."""

    words: str
    detail: str
    good: bool


@require_http_methods(["GET", "HEAD", "POST"])
def check(request, pk):
    shipment = mine(request, pk, Duty.ARCHIVES)
    if shipment.state not in NOT_RECEIVED:
        messages.info(request, f"批次“{shipment.get_state_display()}”，没有待核收的档案。")
        return redirect("archives:shipment", pk)
    if request.method != "POST":
        return _board(request, shipment, CheckForm(), _said_of(request, shipment))
    form = CheckForm(request.POST)
    if not form.is_valid():
        said = Said("没有登记", "".join(one for found in form.errors.values() for one in found), False)
        return _board(request, shipment, form, said)
    try:
        dossier, outcome = _note(request, shipment, form.cleaned_data)
    except (Refused, AlreadyDone) as refusal:
        return _board(request, shipment, form, Said("没有登记", str(refusal), False))
    if outcome.refused:
        return _board(request, shipment, form, Said("没有登记", outcome.refused[dossier.pk], False))
    if is_htmx(request):
        return _board(
            request, shipment, CheckForm(), _said(dossier.line, dossier.retiree.name, form.cleaned_data["outcome"])
        )
    query = urlencode({"line": dossier.line, "outcome": form.cleaned_data["outcome"]})
    return redirect(f"{reverse('archives:check', args=[pk])}?{query}")


def _note(request, shipment, given):
    return checking.note(
        shipment,
        given["code"],
        given["outcome"],
        actor=request.user,
        reason_code=given["reason_code"] if given["outcome"] == "returned" else "",
        reason=given["reason"],
        key=given["key"],
    )


def _said(line, name, outcome):
    label = OUTCOMES[outcome][0]
    return Said(f"第 {line} 号　{label}", name, outcome in ("received", "damaged"))


def _said_of(request, shipment):
    """After the way round without JavaScript: what the address says was noted, told from the row as it stands."""
    line, outcome = request.GET.get("line", ""), request.GET.get("outcome", "")
    if not (line.isascii() and line.isdigit() and len(line) < 6 and outcome in OUTCOMES):
        return None
    rows = Dossier.objects.visible_to(request.user).filter(shipment=shipment, line=int(line)).select_related("retiree")
    # What was returned is out of sight already.
    found = rows.first()
    return _said(line, found.retiree.name if found else "", outcome)


def _board(request, shipment, form, said):
    counts = tally(shipment.pk)
    context = {
        "title": f"逐卷核收（批次 {shipment.number}）",
        "crumbs": [
            ("档案批次", reverse("archives:shipments")),
            (shipment.number, reverse("archives:shipment", args=[shipment.pk])),
            ("逐卷核收", ""),
        ],
        "shipment": shipment,
        "form": form,
        "said": said,
        "counts": counts,
        "done": counts["total"] - counts["waiting"],
        "last": [(one, MEANINGS[one.state]) for one in checking.last_noted(shipment, request.user)],
    }
    # After a fault the board is the answer to a form, and stays where it is.
    return render_piece(request, "archives/check.html", "archives/_check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rest(request, pk):
    """Everything that nobody has said anything of: received in one act, after a look at how many they are."""
    shipment = mine(request, pk, Duty.ARCHIVES)
    back = reverse("archives:shipment", args=[pk])
    form = KeyForm(request.POST or None)
    if request.method == "POST":
        key = form["key"].value()
        done = tally(pk)["waiting"]
        said = f"其余 {done:,} 卷已核收。"
        return act_at_once(request, form, lambda: _received(shipment, request.user, key), said, back)
    preview = checking.preview_rest(shipment, actor=request.user)
    context = {
        "title": f"核收其余全部（批次 {shipment.number}）",
        "crumbs": [
            ("档案批次", reverse("archives:shipments")),
            (shipment.number, back),
            ("逐卷核收", reverse("archives:check", args=[pk])),
            ("核收其余全部", ""),
        ],
        "shipment": shipment,
        "counts": tally(pk),
        "ready": len(preview.moved),
        "refused": preview.by_reason(),
        "form": form,
    }
    return render(request, "archives/rest.html", context)


def _received(shipment, user, key):
    outcome = checking.receive_rest(shipment, actor=user, key=key)
    if outcome.refused:
        raise Refused(next(iter(outcome.refused.values())))


@require_safe
def show_list(request, pk):
    """The list of a shipment to print: with barcodes for the archive, or as labels for the bags."""
    shipment = seen(request, pk)
    labels = request.GET.get("labels") == "1"
    rows = annexes.lines(shipment).filter(pk__in=Dossier.objects.visible_to(request.user).filter(shipment=shipment))
    events.note(request, "open_person", subject=f"archives.Shipment {pk}", field="批次清单")
    context = {
        "title": f"{'档案标签' if labels else '档案批次清单'} {shipment.number}",
        "crumbs": [
            ("档案批次", reverse("archives:shipments")),
            (shipment.number, reverse("archives:shipment", args=[pk])),
            ("标签" if labels else "清单", ""),
        ],
        "shipment": shipment,
        "rows": [(one, code, barcodes.path(code, HEIGHT)) for one in rows if (code := shipment.check_number(one.line))],
        "box": f"0 0 {barcodes.width(shipment.check_number(1))} {HEIGHT}",
        "labels": labels,
        "print_words": f"批次 {shipment.number}。",
    }
    return render(request, "archives/shipment_labels.html" if labels else "archives/shipment_list.html", context)
