"""The list of agreements, the page of one, drafting, the plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import holds, reach_of
from accounts.views.guard import attempt
from audit.operations import AlreadyDone
from handover.agreements import coverage, listing, plan, timeline, viewers
from handover.agreements.desk import AGREEMENTS, agreement_has_form
from handover.agreements.papers import ANNEX_LABELS, PAPERS, annexes_of
from handover.forms.agreements import PartiesForm, PlanForm
from handover.models import Agreement
from handover.models.agreements import BUSINESS, AgreementQuerySet
from handover.services import agreements
from handover.states.agreements import AREA, EDITABLE, ENTERPRISE, MACHINE, OPEN, State
from handover.states.assets import State as AssetState
from tracks import desk
from tracks.forms import KeyForm
from tracks.papers import pages as paper_pages
from tracks.taking import offers
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def show_agreements(request):
    user = request.user
    if not holds(user, *AgreementQuerySet.seen_with):
        raise PermissionDenied
    page = listing.agreements_page(request)
    states = [state for state in request.GET.getlist("state") if state in State.values]
    context = {
        "title": f"移交协议（{page.count:,} {page.unit}）",
        "crumbs": [("协议", "")],
        "list": page,
        "bulk": listing.bulk_buttons(user, states),
        "chosen": desk.left_over(request, AGREEMENTS),
        "target": viewers.signing_target(user),
        "may_draft": bool(_roots(user)),
    }
    return render(request, "handover/agreements.html", context)


def _roots(user):
    """The groups for which this user may sign."""
    return Enterprise.objects.active().filter(pk__in=reach_of(user, Duty.SIGN).enterprises, parent=None)


@require_http_methods(METHODS)
def draft(request):
    groups = _roots(request.user)
    if not groups:
        raise PermissionDenied
    form = PartiesForm(groups, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = agreements.draft(given["enterprise"], given["area"], actor=request.user, key=given["key"])
        except AlreadyDone as done:
            messages.info(request, str(done))
            return redirect("handover:agreements")
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已起草 {made.number}，方案已按现有数据填写。请补充进度安排和应急预案。")
            return redirect("handover:agreement_plan", made.pk)
    context = {
        "title": "起草移交协议",
        "crumbs": [("协议", reverse("handover:agreements")), ("起草", "")],
        "form": form,
    }
    return render(request, "handover/agreement_draft.html", context)


@require_safe
def show_agreement(request, pk):
    user = request.user
    rows = Agreement.objects.visible_to(user).select_related("enterprise", "area", "office", "amends")
    one = get_object_or_404(rows, pk=pk)
    sides = viewers.sides_of(one, user)
    # Party workers see the plan's figures and the roster of members, not what the two sides said to each other.
    business = Agreement.objects.open_to(user, *BUSINESS).filter(pk=pk).exists()
    context = {
        "title": f"移交协议 {one.number}",
        "crumbs": [("协议", back_url(request, reverse("handover:agreements"))), (one.number, "")],
        "print_words": f"{one.enterprise.name}与{one.area.name}的移交协议，{one.number}，第 {one.version} 版。",
        "agreement": one,
        "target": viewers.signing_target(user) if one.version == 1 else None,
        "target_badge": viewers.target_badge(one, user),
        "next_versions": one.amended_by.visible_to(user),
        "track": viewers.track_of(one, user),
        "business": business,
        "actions": _actions(one, user, sides),
        "lines": plan.lines(one, _links(one) if business else {}),
        "timetable": [(row["until"], row["work"], dict(plan.WHO).get(row["side"], "")) for row in one.timetable],
        "editable": one.state in EDITABLE and ENTERPRISE in sides,
        "key": new_id(),
        "frozen": bool(one.signed_on),
        "not_submitted": coverage.not_submitted(one).count() if ENTERPRISE in sides and one.state in OPEN else 0,
        "rounds": _rounds(one, user),
        "signatures": [(one.enterprise, one.signature_of(ENTERPRISE)), (one.area, one.signature_of(AREA))],
        "annexes": annexes_of(one, user),
        "papers": _papers(one, user),
        "assets": _assets(one) if business else None,
        "assets_url": f"{reverse('handover:assets')}?agreement={one.pk}",
        "entries": timeline.of_agreement(one) if business else [],
    }
    return render(request, "handover/agreement.html", context)


def _actions(one, user, sides):
    found = desk.actions_of(AGREEMENTS, one, offers(one, user), agreement_has_form)
    if one.state == State.SIGNED and ENTERPRISE in sides:
        url, stopped = reverse("handover:agreement_amend", args=[one.pk]), agreements.hindrance_to_amending(one)
        amending = {"label": "修订为新版本", "url": url, "post": True, "name": "key", "value": str(new_id())}
        found.insert(0, {**amending, "reasons": [stopped] if stopped else []})
    return found


def _links(one):
    people = f"{reverse('handover:people')}?agreement={one.pk}"
    assets = f"{reverse('handover:assets')}?agreement={one.pk}"
    return {"people": people, "assets": assets}


def _rounds(one, user):
    """Each round with what its plan changed from the one before."""
    found, before = [], None
    for turn in one.rounds.visible_to(user):
        label = MACHINE[turn.step].label
        found.append((turn, label, plan.changes(before.plan, turn.plan) if before else []))
        before = turn
    return found[::-1]


def _papers(one, user):
    """Those beside the annexes, which have a table of their own."""
    papers = paper_pages.papers_of(PAPERS, one, user)
    return {**papers, "rows": [row for row in papers["rows"] if row["label"] not in ANNEX_LABELS]}


def _assets(one):
    """[(state, items, ㎡, original value)] and their sum."""
    rows = coverage.assets_of(one)
    found = []
    for state in AssetState:
        total = listing.sums(rows.filter(state=state))
        if total["count"]:
            found.append((state.label, total))
    return {"lines": found, "total": listing.sums(rows)}


@require_http_methods(METHODS)
def edit_plan(request, pk):
    one = _of_group(request, pk)
    page = reverse("handover:agreement", args=[pk])
    if one.state not in EDITABLE and request.method != "POST":
        messages.error(request, f"协议为“{one.get_state_display()}”，不能修改方案。已提出的请先撤回。")
        return redirect(page)
    form = PlanForm(one, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data

        def write():
            agreements.write_plan(one, form.values, seen=given["version"], actor=request.user, key=given["key"])

        if attempt(request, form, write, "方案已保存。"):
            return redirect(page)
        one.refresh_from_db()
        # From here on the form carries the version that its reader has seen, so that he may send it again.
        form.data = form.data.copy() | {"version": plan.version_of(one), "key": str(new_id())}
    context = {
        "title": f"移交方案（{one.number}）",
        "crumbs": [("协议", reverse("handover:agreements")), (one.number, page), ("移交方案", "")],
        "agreement": one,
        "form": form,
        "lines": plan.lines(one),
        "figures": list(zip(form.figures, plan.lines(one), strict=True)),
        "stale": bool(form.non_field_errors()),
        "cancel_url": page,
    }
    return render(request, "handover/agreement_plan.html", context)


def _of_group(request, pk):
    one = get_object_or_404(Agreement.objects.visible_to(request.user).select_related("enterprise", "area"), pk=pk)
    if ENTERPRISE not in viewers.sides_of(one, request.user):
        raise PermissionDenied
    return one


@require_POST
def fill(request, pk):
    """Write today's figures into the plan."""
    one = _of_group(request, pk)
    _carry_out(request, lambda key: agreements.fill(one, actor=request.user, key=key), "方案的数字已按现有数据更新。")
    return redirect("handover:agreement", pk)


@require_POST
def amend(request, pk):
    one = _of_group(request, pk)
    said = "已起草新版本。原协议在新版本签订前继续有效。"
    made = _carry_out(request, lambda key: agreements.amend(one, actor=request.user, key=key), said)
    return redirect("handover:agreement", made.pk if made else pk)


def _carry_out(request, act, said):
    form = KeyForm(request.POST)
    if not form.is_valid():
        return None
    done = attempt(request, None, lambda: act(form.cleaned_data["key"]), said)
    return done.result if done else None
