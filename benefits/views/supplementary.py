"""Supplementary medical insurance and mutual aid: the plans, one plan, its levels, a new one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.scope import holds, own_enterprises
from accounts.views.guard import attempt, needs
from benefits.forms.supplementary import LevelForm, PlanForm
from benefits.lists import supplementary as listing
from benefits.models import SupplementaryLevel, SupplementaryPlan
from benefits.models.supplementary import SEEN_WITH
from benefits.services import supplementary
from benefits.standing import SENTENCE
from benefits.supplementary_papers import SUPPLEMENTARY_PAPERS
from benefits.supplementary_timeline import entries
from tracks.papers.pages import papers_of

FORM = ("GET", "HEAD", "POST")
PLANS = "benefits:supplementary"


@require_safe
@needs(*SEEN_WITH)
def show_plans(request):
    page = listing.plans_page(request)
    context = {
        "title": f"补充医疗和互助（{page.count:,} 项）",
        "crumbs": [("医保衔接", reverse("benefits:medical")), ("补充医疗和互助", "")],
        "list": page,
        "may_add": holds(request.user, Duty.SUBMIT),
        "sentence": SENTENCE,
    }
    return render(request, "benefits/plans.html", context)


def seen(request, pk):
    rows = SupplementaryPlan.objects.visible_to(request.user).select_related("enterprise")
    return get_object_or_404(rows, pk=pk)


def is_mine(plan, user):
    return SupplementaryPlan.objects.open_to(user, Duty.SUBMIT).filter(pk=plan.pk).exists()


@require_safe
def show_plan(request, pk):
    plan, user = seen(request, pk), request.user
    levels = SupplementaryLevel.objects.visible_to(user).filter(plan=plan).order_by("-since")
    context = {
        "title": plan.name,
        "crumbs": [*_crumbs(), (plan.name, "")],
        "plan": plan,
        "facts": [
            ("企业", plan.enterprise),
            ("种类", plan.get_kind_display()),
            ("解决渠道", plan.through),
            ("实行日期", plan.since),
            ("参加人数", f"{plan.covers.filter(ended_on=None).count():,} 人"),
        ],
        "levels": levels,
        "sentence": SENTENCE,
        "mine": is_mine(plan, user),
        "papers": papers_of(SUPPLEMENTARY_PAPERS, plan, user),
        "entries": entries(plan),
    }
    return render(request, "benefits/plan.html", context)


def _crumbs():
    return [("医保衔接", reverse("benefits:medical")), ("补充医疗和互助", reverse(PLANS))]


@require_http_methods(FORM)
@needs(Duty.SUBMIT)
def add_plan(request):
    form = PlanForm(own_enterprises(request.user), request.POST or None)

    def act():
        given = form.cleaned_data
        about = {name: given[name] for name in ("kind", "name", "channel", "since", "key")}
        return supplementary.open_plan(given["enterprise"], level=form.level, actor=request.user, **about)

    if form.is_valid() and (done := attempt(request, form, act, "已登记。请列入享受待遇的人员。")):
        return redirect("benefits:supplementary_plan", done.result.pk) if done.result else redirect(PLANS)
    context = {
        "title": "登记补充医疗和互助",
        "crumbs": [*_crumbs(), ("登记", "")],
        "form": form,
        "submit": "登记",
        "cancel_url": reverse(PLANS),
        "intro": "国有企业退休人员原享受的补充医疗保险、医疗互助帮困等待遇仍按原渠道解决，确保待遇水平不降低（二(五)）。",
    }
    return render(request, "benefits/plan_form.html", context)


@require_http_methods(FORM)
def add_level(request, pk):
    plan = seen(request, pk)
    if not is_mine(plan, request.user):
        raise PermissionDenied
    posted = request.method == "POST"
    form = LevelForm(request.POST if posted else None, request.FILES if posted else None)

    def act():
        given = form.cleaned_data
        about = {"decision": form.decision, "upload": given["file"], "key": given["key"]}
        return supplementary.record_level(plan, since=given["since"], level=form.level, actor=request.user, **about)

    if form.is_valid() and attempt(request, form, act, "待遇水平已登记。"):
        return redirect("benefits:supplementary_plan", pk)
    before = supplementary.newest(plan)
    context = {
        "title": f"登记待遇水平（{plan.name}）",
        "crumbs": [*_crumbs(), (plan.name, reverse("benefits:supplementary_plan", args=[pk])), ("登记待遇水平", "")],
        "form": form,
        "submit": "登记",
        "cancel_url": reverse("benefits:supplementary_plan", args=[pk]),
        "intro": f"{before.since} 起：{before.words}。降低待遇水平须有决定（二(五)）。" if before else "",
    }
    return render(request, "benefits/plan_form.html", context)
