"""Treatments: the list, one of them with the reasons for its decision, its steps, and the table itself."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds
from accounts.views.guard import needs
from benefits import clause, desk, explaining
from benefits.decision import CLAUSE, in_order
from benefits.facts import settings_on
from benefits.lists import treatments as listing
from benefits.lists.badges import badge
from benefits.lists.money import in_words
from benefits.models import OutOfPoolItem, Settlement, Treatment
from benefits.papers import TREATMENT_PAPERS
from benefits.path import is_of, treatment_entries, treatment_track
from benefits.services import steps
from tracks import desk as pages
from tracks.papers.pages import papers_of
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url

METHODS = ["GET", "HEAD", "POST"]
SEES = Treatment.objects.all().seen_with


@require_safe
@needs(*SEES)
def show_treatments(request):
    user = request.user
    page = listing.treatments_page(request)
    context = {
        "title": f"统筹外费用处理（{page.count:,} 项）",
        "crumbs": [("统筹外费用处理", "")],
        "list": page,
        "bulk": listing.bulk_buttons(user, request.GET.getlist("state")),
        "chosen": pages.left_over(request, desk.TREATMENTS),
        "sums": listing.sums(page.queryset),
        "money": holds(user, Duty.SUBMIT, Duty.COORDINATE),
        "city": holds(user, Duty.COORDINATE),
    }
    return render(request, "benefits/treatments.html", context)


@require_POST
@needs(*SEES)
def bulk(request):
    """One step with the treatments that are ticked in the list."""
    step = desk.steps_of(request.POST.get("step", ""))
    if step is None:
        return HttpResponseBadRequest()
    if not desk.may_take(request.user, step):
        raise PermissionDenied
    action = desk.step_action(step, request.user)
    return pages.act_on_many(request, desk.TREATMENTS, listing.treatments_page(request), action)


@require_safe
def outcome(request, key):
    return pages.show_outcome(request, desk.TREATMENTS, key)


def _seen(request, pk):
    rows = Treatment.objects.visible_to(request.user)
    joined = ("retiree", "enterprise", "item", "approver", "plan", "settlement")
    return get_object_or_404(rows.select_related(*joined), pk=pk)


@require_safe
def show_treatment(request, pk):
    one, user = _seen(request, pk), request.user
    sees_sum = one.settlement_id and Settlement.objects.visible_to(user).filter(pk=one.settlement_id).exists()
    offered = [offer for offer in offers(one, user, steps.preview) if is_of(offer.step.name, one.outcome)]
    context = {
        "title": f"{one.retiree.name}，{one}",
        "crumbs": [("统筹外费用处理", back_url(request, reverse(desk.TREATMENTS.list))), (str(one), "")],
        "person": pages.header_of(one, user),
        "track": treatment_track(one, badge(one, user)),
        "actions": pages.actions_of(desk.TREATMENTS, one, offered, desk.has_form),
        "facts": _facts(one),
        "treatment": one,
        "row": one.row,
        "clause": CLAUSE,
        "inputs": explaining.inputs(one),
        "choices": explaining.choices(one),
        "settlement": one.settlement if sees_sum else None,
        "item_url": reverse("benefits:item", args=[pk])
        if OutOfPoolItem.objects.visible_to(user).filter(pk=pk).exists()
        else "",
        "papers": papers_of(TREATMENT_PAPERS, one, user),
        "entries": treatment_entries(one),
    }
    return render(request, "benefits/treatment.html", context)


def _facts(one):
    item = one.item
    found = [
        ("处理方式", one.get_outcome_display()),
        ("判定日期", one.decided_on),
        ("项目", str(item)),
        ("标准", f"{in_words(item.rate)} 元，{item.get_period_display()}"),
        ("年标准（元）", in_words(one.yearly)),
    ]
    if one.percent is not None:
        found.append(("过渡期比例", f"{one.percent}%（{one.plan}）"))
    if one.asked_on or one.row.number == explaining.KEPT:
        found += [
            ("弱势群体", explaining.ground_in_words(one.grounds)),
            ("主管部门（单位）", one.approver),
            ("报送日期", one.asked_on),
        ]
    return [*found, ("凭证（文号）", one.proof), ("凭证日期", one.proof_on)]


@require_http_methods(METHODS)
def step(request, pk, step):
    chosen = desk.steps_of(step)
    if chosen is None:
        raise Http404
    action = desk.step_action(chosen, request.user)
    return pages.step_on_one(request, desk.TREATMENTS, _seen(request, pk), chosen, action)


@require_safe
@needs(*SEES)
def show_table(request):
    """判定表 laid beside the text of 二(六), with the choices in force."""
    settings = settings_on()
    rows = [
        {
            "row": row,
            "when": explaining.condition(row),
            "follows": explaining.FOLLOWS[row.outcome],
        }
        for row in in_order(settings.choices)
    ]
    context = {
        "title": "统筹外费用判定表",
        "crumbs": [("统筹外费用处理", reverse(desk.TREATMENTS.list)), ("判定表", "")],
        "number": clause.NUMBER,
        "paragraphs": clause.PARAGRAPHS,
        "clause": CLAUSE,
        "rows": rows,
        "choices": [
            explaining.choice(code, found["value"], found["source"]) for code, found in settings.as_json.items()
        ],
        "widely": explaining.widely(settings.values["vulnerable_widely"]),
        "spared": not settings.choices.annuity_ends_existing,
        "day": settings.day,
    }
    return render(request, "benefits/table.html", context)
