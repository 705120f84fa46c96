"""Filing fees: the list, one of them, asking for an assessment, its steps."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds, own_enterprises
from accounts.views.guard import attempt
from archives.fee_states import MACHINE
from archives.forms.fees import FeeForm, FeeStepForm
from archives.lists.fees import IN_BULK, badge, bulk_buttons, fees_page
from archives.models import FilingFee
from archives.papers import FEE_PAPERS
from archives.services import fees
from archives.shipment_path import fee_entries, fee_track
from archives.views.forms import form_page
from tracks import desk
from tracks.desk import Desk
from tracks.papers.pages import papers_of
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import yuan

DESK = Desk(
    kind="fee",
    model=FilingFee,
    noun="档案整理费",
    list="archives:fees",
    row="archives:fee",
    step="archives:fee_step",
    outcome="archives:fee_outcome",
    unit="笔",
    joined=(),
    name=str,
    full_name=str,
)
FORM = ("GET", "HEAD", "POST")
SHOWN = (
    "enterprise",
    "office",
    "assessor",
    "count",
    "unit_price",
    "report_number",
    "assessed_on",
    "voucher",
    "paid_on",
)


@require_safe
def show_fees(request):
    if not holds(request.user, *FilingFee.objects.all().seen_with):
        raise PermissionDenied
    page = fees_page(request)
    context = {
        "title": f"档案整理费（{page.count:,} 笔）",
        "crumbs": [("档案整理费", "")],
        "list": page,
        "bulk": bulk_buttons(request.user, request.GET.getlist("state")),
        "chosen": desk.left_over(request, DESK),
        "may_add": holds(request.user, Duty.SUBMIT),
    }
    return render(request, "archives/fees.html", context)


@require_POST
def bulk(request):
    """One step with the fees that are ticked in the list."""
    name = request.POST.get("step", "")
    if name not in IN_BULK:
        return HttpResponseBadRequest()
    if not holds(request.user, *MACHINE[name].duties):
        raise PermissionDenied
    return desk.act_on_many(request, DESK, fees_page(request), _action(MACHINE[name], request.user))


def _action(step, user):
    return desk.step_action(step, FeeStepForm, fees, user)


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, DESK, key)


def _seen(request, pk):
    rows = FilingFee.objects.visible_to(request.user).select_related("enterprise", "office", "assessor")
    return get_object_or_404(rows, pk=pk)


@require_safe
def show_fee(request, pk):
    fee, user = _seen(request, pk), request.user
    facts = [(FilingFee._meta.get_field(name).verbose_name, getattr(fee, name)) for name in SHOWN]
    facts.insert(5, ("金额", yuan(fee.amount) if fee.amount is not None else None))
    context = {
        "title": f"档案整理费 {fee.number}",
        "crumbs": [("档案整理费", back_url(request, reverse("archives:fees"))), (fee.number, "")],
        "track": fee_track(fee, badge(fee, user)),
        "actions": desk.actions_of(DESK, fee, offers(fee, user), lambda step: FeeStepForm(step).asks),
        "facts": [*facts, ("说明", fee.note)],
        "papers": papers_of(FEE_PAPERS, fee, user),
        "entries": fee_entries(fee),
    }
    return render(request, "archives/fee.html", context)


@require_http_methods(FORM)
def add_fee(request):
    if not holds(request.user, Duty.SUBMIT):
        raise PermissionDenied
    form = FeeForm(own_enterprises(request.user), request.POST or None)

    def act():
        given = form.cleaned_data
        return fees.request_assessment(
            given["enterprise"],
            given["office"],
            given["assessor"],
            actor=request.user,
            note=given["note"],
            key=given["key"],
        )

    if form.is_valid() and (done := attempt(request, form, act, "已申请评估。")):
        return redirect(DESK.row, done.result.pk) if done.result else redirect(DESK.list)
    return form_page(
        request,
        form,
        title="申请档案整理费评估",
        crumbs=[("档案整理费", reverse(DESK.list)), ("申请评估", "")],
        submit="申请评估",
        back=reverse(DESK.list),
        intro="由专业机构评估，经移接双方共同确认后，由移交企业一次性支付给接收单位（二(四)）。",
    )


@require_http_methods(FORM)
def fee_step(request, pk, step):
    if step not in MACHINE.by_name:
        raise Http404
    chosen = MACHINE[step]
    return desk.step_on_one(request, DESK, _seen(request, pk), chosen, _action(chosen, request.user))
