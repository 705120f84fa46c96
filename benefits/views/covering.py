"""The people of supplementary plans: the list, who may still be entered, a workbook in, one of them, the end."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds
from accounts.views.guard import attempt, needs
from benefits import cover_sheets
from benefits.forms.supplementary import CoverForm, CoverSheetForm, EndForm
from benefits.lists import supplementary as listing
from benefits.models import SupplementaryCover, SupplementaryPlan
from benefits.models.supplementary import SEEN_WITH
from benefits.services import covering
from benefits.standing import SENTENCE
from benefits.supplementary_timeline import entries_of_cover
from benefits.views.supplementary import FORM, is_mine, seen
from retirees.models import Retiree
from tracks import desk, sheets
from tracks.desk import Action, Button, Desk
from weihai_transfer.lib.pages import back_url, private_file
from weihai_transfer.lib.workbooks.output import XLSX

COVERS = Desk(
    kind="cover",
    model=SupplementaryCover,
    noun="参加人员",
    list="benefits:covers",
    row="benefits:cover",
    step="",
    outcome="benefits:cover_outcome",
    joined=("retiree", "plan"),
    full_name=str,
)
CANDIDATES = Desk(
    kind="covering",
    model=Retiree,
    noun="列入人员",
    list="benefits:candidates",
    row="handover:person",
    step="",
    outcome="benefits:candidate_outcome",
    joined=("enterprise",),
    name=lambda one: one.name,
    full_name=str,
)


def _end_action(user):
    def preview(ids, form):
        day = form.cleaned_data.get("ended_on") if form.is_bound and form.is_valid() else None
        return covering.preview_end(ids, actor=user, ended_on=day)

    return Action(
        "终止待遇",
        form=EndForm,
        preview=preview,
        run=lambda ids, form: covering.end(ids, actor=user, **form.arguments()),
        danger=True,
        intro="待遇仍按原渠道解决（二(五)），移交不终止待遇；只因去世或有关单位的决定终止。去世的随死亡登记终止，不在此办理。",
    )


def _cover_action(plan, user):
    return Action(
        "列入名单",
        form=CoverForm,
        preview=lambda ids, form: covering.preview_cover(plan, ids, actor=user),
        run=lambda ids, form: covering.cover(plan, ids, actor=user, **form.cleaned_data),
        intro=f"列入{plan}的参加名单。",
    )


@require_safe
@needs(*SEEN_WITH)
def show_covers(request):
    page = listing.covers_page(request)
    mine = holds(request.user, Duty.SUBMIT)
    context = {
        "title": f"补充医疗参加人员（{page.count:,} 人）",
        "crumbs": [("补充医疗和互助", reverse("benefits:supplementary")), ("参加人员", "")],
        "list": page,
        "bulk": [Button("终止待遇", reverse("benefits:cover_bulk"), "end", danger=True)] if mine else [],
        "chosen": desk.left_over(request, COVERS),
    }
    return render(request, "benefits/covers.html", context)


@require_POST
@needs(Duty.SUBMIT)
def cover_bulk(request):
    return desk.act_on_many(request, COVERS, listing.covers_page(request), _end_action(request.user))


@require_safe
def cover_outcome(request, key):
    return desk.show_outcome(request, COVERS, key)


@require_http_methods(FORM)
def show_cover(request, pk):
    """One person's place in one plan, and its end for the enterprise."""
    user = request.user
    rows = SupplementaryCover.objects.visible_to(user).select_related("retiree__enterprise", "plan__enterprise")
    cover = get_object_or_404(rows, pk=pk)
    mine = SupplementaryCover.objects.open_to(user, Duty.SUBMIT).filter(pk=pk).exists()
    action = _end_action(user)
    if request.method == "POST":
        if not mine:
            raise PermissionDenied
        return desk.act_on_one(request, COVERS, cover, action)
    context = {
        "title": f"{cover.retiree.name}（{cover.plan.name}）",
        "crumbs": [
            ("补充医疗和互助", reverse("benefits:supplementary")),
            ("参加人员", back_url(request, reverse("benefits:covers"))),
            (cover.retiree.name, ""),
        ],
        "cover": cover,
        "facts": _facts(cover),
        "sentence": "" if cover.ended_on else SENTENCE,
        "form": action.form(None) if mine and not cover.ended_on else None,
        "submit": action.label,
        "intro": action.intro,
        "danger": True,
        "entries": entries_of_cover(cover),
    }
    return render(request, "benefits/cover.html", context)


def _facts(cover):
    found = [
        ("姓名", cover.retiree.name),
        ("公民身份号码", cover.retiree.masked_id),
        ("企业", cover.retiree.enterprise),
        ("项目", cover.plan.name),
        ("解决渠道", cover.plan.through),
        ("起始日期", cover.since),
    ]
    if cover.ended_on:
        found += [("终止日期", cover.ended_on), ("终止原因", cover.get_ended_why_display())]
    if cover.decided_by:
        found.append(("决定", f"{cover.decided_by}，{cover.decision_number}"))
    return found


# --- who may still be entered


def _plan(request):
    """The plan of ?plan=: 404 when it is not seen, 403 when it is not this user's."""
    plan = listing.plan_asked(request, SupplementaryPlan.objects.visible_to(request.user))
    if plan is None:
        raise Http404
    if not is_mine(plan, request.user):
        raise PermissionDenied
    return plan


@require_safe
@needs(Duty.SUBMIT)
def show_candidates(request):
    if not request.GET.get("plan"):
        return redirect("benefits:supplementary")
    plan = _plan(request)
    page = listing.candidates_page(request, plan)
    context = {
        "title": f"可列入人员（{page.count:,} 人）",
        "crumbs": [
            ("补充医疗和互助", reverse("benefits:supplementary")),
            (plan.name, reverse("benefits:supplementary_plan", args=[plan.pk])),
            ("可列入人员", ""),
        ],
        "list": page,
        "bulk": [Button("列入名单", reverse("benefits:candidate_bulk"), "add", primary=True)],
        "chosen": desk.left_over(request, CANDIDATES),
        "plan": plan,
    }
    return render(request, "benefits/candidates.html", context)


@require_POST
@needs(Duty.SUBMIT)
def candidate_bulk(request):
    plan = _plan(request)
    page = listing.candidates_page(request, plan)
    return desk.act_on_many(request, CANDIDATES, page, _cover_action(plan, request.user))


@require_safe
def candidate_outcome(request, key):
    return desk.show_outcome(request, CANDIDATES, key)


# --- a workbook in


@require_safe
@needs(Duty.SUBMIT)
def cover_template(request):
    target = BytesIO()
    cover_sheets.template(target)
    return private_file(target.getvalue(), f"{cover_sheets.TITLE}模板.xlsx", XLSX)


@require_http_methods(FORM)
def import_covers(request, pk):
    plan = seen(request, pk)
    if not is_mine(plan, request.user):
        raise PermissionDenied
    posted = request.method == "POST"
    form, faults = CoverSheetForm(request.POST if posted else None, request.FILES if posted else None), []
    back = reverse("benefits:supplementary_plan", args=[pk])
    if form.is_valid() and (found := sheets.read(form, cover_sheets.read)):
        lines, faults = found
        if not faults:
            ids, again, faults = cover_sheets.match(plan, lines, request.user)
            if not faults and _entered(request, plan, form, ids, again):
                return redirect(back)
    context = {
        "title": f"导入参加人员（{plan.name}）",
        "crumbs": [("补充医疗和互助", reverse("benefits:supplementary")), (plan.name, back), ("导入参加人员", "")],
        **sheets.context_of(form, faults),
        "most": cover_sheets.MOST,
        "back": back,
    }
    return render(request, "benefits/cover_import.html", context, status=sheets.status_of(form, faults))


def _entered(request, plan, form, ids, again):
    known = f"另有 {again:,} 人已在名单中，没有重复列入。" if again else ""
    if not ids:
        messages.info(request, known)
        return True
    given = form.cleaned_data

    def act():
        return covering.cover(plan, ids, since=given["since"], actor=request.user, key=given["key"])

    return attempt(request, form, act, f"已列入 {len(ids):,} 人。{known}")
