"""Medical-insurance transfers: the list, one of them, their steps, the list as a workbook."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import holds
from accounts.views.guard import needs
from audit import events
from benefits import medical_timeline
from benefits.forms.medical import MedicalStepForm
from benefits.lists import medical as listing
from benefits.medical_papers import MEDICAL_PAPERS
from benefits.medical_path import track_of
from benefits.medical_states import MACHINE
from benefits.medical_states import State as MedicalState
from benefits.medical_terms import term_for
from benefits.models import MedicalTransfer
from benefits.models.medical import SEEN_WITH
from benefits.models.supplementary import SEEN_WITH as SEES_PLANS
from benefits.services import medical
from retirees.models import Retiree
from tracks import desk
from tracks.desk import Desk
from tracks.papers.pages import papers_of
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import yuan

DESK = Desk(
    kind="medical",
    model=MedicalTransfer,
    noun="医保衔接",
    list="benefits:medical",
    row="benefits:transfer",
    step="benefits:medical_step",
    outcome="benefits:medical_outcome",
)
FORM = ("GET", "HEAD", "POST")
MOST = 20_000


@require_safe
@needs(*SEEN_WITH)
def show_transfers(request):
    page = listing.transfers_page(request)
    states = [state for state in request.GET.getlist("state") if state in MedicalState.values]
    context = {
        "title": f"医保衔接（{page.count:,} 人）",
        "crumbs": [("医保衔接", "")],
        "list": page,
        "bulk": listing.bulk_buttons(request.user, states),
        "chosen": desk.left_over(request, DESK),
        "ways": _ways(request),
    }
    return render(request, "benefits/medical.html", context)


def _ways(request):
    return [("补充医疗和互助", reverse("benefits:supplementary"))] if holds(request.user, *SEES_PLANS) else []


@require_POST
@needs(*SEEN_WITH)
def bulk(request):
    """One step with the people who are ticked in the list."""
    name = request.POST.get("step", "")
    if name not in listing.IN_BULK:
        return HttpResponseBadRequest()
    if not holds(request.user, *MACHINE[name].duties):
        raise PermissionDenied
    action = desk.step_action(MACHINE[name], MedicalStepForm, medical, request.user)
    return desk.act_on_many(request, DESK, listing.transfers_page(request), action)


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, DESK, key)


def _seen(request, pk):
    rows = MedicalTransfer.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("retiree__office", "enterprise", "office", "bureau"), pk=pk)


@require_safe
def show_transfer(request, pk):
    transfer, user = _seen(request, pk), request.user
    events.note(request, "open_person", subject=str(pk), field="医保衔接")
    context = {
        "title": f"医保衔接（{transfer.retiree.name}）",
        "crumbs": [("医保衔接", back_url(request, reverse("benefits:medical"))), (transfer.retiree.name, "")],
        "person": _header(transfer, user),
        "track": track_of(transfer, user),
        "actions": desk.actions_of(DESK, transfer, _offered(transfer, user), lambda step: MedicalStepForm(step).asks),
        "facts": _facts(transfer, user),
        "documents": [] if transfer.settled_outside else transfer.documents,
        "papers": papers_of(MEDICAL_PAPERS, transfer, user),
        "entries": medical_timeline.entries(transfer.retiree, user),
        "sees_person": Retiree.objects.visible_to(user).filter(pk=pk).exists(),
    }
    return render(request, "benefits/transfer.html", context)


def _header(transfer, user):
    """The medical-insurance bureau is told name, masked number, enterprise and area, and nothing else of the person."""
    retiree = transfer.retiree
    if Retiree.objects.visible_to(user).filter(pk=retiree.pk).exists():
        return desk.header_of(transfer, user)
    return {"name": retiree.name, "masked_id": retiree.masked_id, "unit": transfer.enterprise}


def _offered(transfer, user):
    """Of the two ways, in the city and outside, only the one that is this person's; while neither is open, the first."""
    found = offers(transfer, user)
    for ways in (("propose", "report_outside"), ("undo", "undo_outside")):
        mine = [offer for offer in found if offer.step.name in ways]
        chosen = [offer for offer in mine if not offer.reasons] or mine[:1]
        found = [offer for offer in found if offer not in mine or offer in chosen]
    return found


def _facts(transfer, user):
    amount = None if transfer.amount is None else f"{yuan(transfer.amount)}（{transfer.get_amount_kind_display()}）"
    return [
        ("移交企业", transfer.enterprise),
        ("接收区市", transfer.office),
        ("登记日期", transfer.opened_on),
        ("应办结日期", term_for(user).last_day(transfer)),
        ("原参保方式", transfer.get_scheme_display()),
        ("衔接费用", amount),
        ("费用承担", transfer.get_payer_display()),
        ("经办部门", transfer.bureau),
        ("商定日期", transfer.agreed_on),
        ("接续日期", transfer.taken_over_on),
        ("接续后参保地", transfer.insured_place),
    ]


@require_http_methods(FORM)
def step(request, pk, step):
    """The form of one step with one transfer."""
    if step not in listing.BY_HAND:
        raise Http404
    transfer, chosen = _seen(request, pk), MACHINE[step]

    def form(step, data):
        return MedicalStepForm(step, data, transfer=transfer)

    action = desk.step_action(chosen, form, medical, request.user)
    return desk.step_on_one(request, DESK, transfer, chosen, action)
