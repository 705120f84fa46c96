"""Problems: the list, one of them, raising one, what is done with one or many."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import holds
from accounts.views.guard import attempt
from audit import events
from handover.forms.problems import ProblemForm
from handover.models import Problem, ProblemAnswer
from handover.models.problems import SEES_PROBLEMS
from handover.problems import desk as desks
from handover.problems import due, listing, subjects, timeline, viewers
from handover.services import problems
from handover.states.problems import MACHINE, State
from tracks import desk
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url

METHODS = ["GET", "HEAD", "POST"]
JOINED = (
    "raised_office",
    "raised_enterprise",
    "unit",
    "unit_enterprise",
    "retiree__enterprise",
    "agreement__enterprise",
    "agreement__area",
    "asset",
    "shipment",
)


def _may_look(request):
    if not holds(request.user, *SEES_PROBLEMS):
        raise PermissionDenied


@require_safe
def show_problems(request):
    _may_look(request)
    page = listing.problems_page(request)
    states = [state for state in request.GET.getlist("state") if state in State.values]
    context = {
        "title": f"问题台账（{page.count:,} 件）",
        "crumbs": [("问题台账", "")],
        "list": page,
        "bulk": listing.problem_buttons(request.user, states),
        "chosen": desk.left_over(request, desks.PROBLEMS),
        "may_raise": problems.may_raise(request.user),
    }
    return render(request, "handover/problems.html", context)


@require_safe
def show_problem(request, pk):
    row, user = _seen(request, pk), request.user
    if row.retiree_id:
        events.note(request, "open_person", subject=f"handover.Problem {pk}")
    facts = [
        ("事由", row.title, ""),
        ("类别", row.get_kind_display(), ""),
        ("紧急", row.urgent, ""),
        ("提出单位", viewers.place_name(row.raised_by), ""),
        *subjects.facts_of(row, user),
        ("承办单位", viewers.place_name(row.given_to) if row.given_to else "", ""),
        ("期限", due.last_day(row), ""),
    ]
    context = {
        "title": f"问题 {row.number}",
        "crumbs": [("问题台账", back_url(request, reverse("handover:problems"))), (row.number, "")],
        "track": timeline.problem_track(row, user),
        "actions": desk.actions_of(desks.PROBLEMS, row, offers(row, user), desks.problem_has_form),
        "facts": facts,
        "text": row.text,
        "answers": ProblemAnswer.objects.visible_to(user).filter(problem=row),
        "entries": timeline.of_problem(row),
    }
    return render(request, "handover/problem.html", context)


def _seen(request, pk):
    return get_object_or_404(Problem.objects.visible_to(request.user).select_related(*JOINED), pk=pk)


@require_http_methods(METHODS)
def raise_problem(request):
    if not problems.may_raise(request.user):
        raise PermissionDenied
    subject = subjects.asked_for(request)
    form = ProblemForm(
        request.POST if request.method == "POST" else None,
        of_person=subject.of_person,
        initial={"about": subjects.about_asked_for(request)},
    )

    def act():
        given = dict(form.cleaned_data)
        about = {"about": given.pop("about")} if subject.of_person else {}
        return problems.raise_problem(actor=request.user, subject={**subject.values, **about}, **given)

    if form.is_valid() and (done := attempt(request, form, act, "已提出，由领导小组办公室交办。")):
        return redirect("handover:problem", done.result.pk) if done.result else redirect("handover:problems")
    about = f"有关：{subject.words}。" if subject.words else ""
    intro = f"{about}提出后由领导小组办公室交办到有关单位，在期限内答复（三(一)）。"
    context = {
        "title": "提出问题",
        "crumbs": [("问题台账", reverse("handover:problems")), ("提出问题", "")],
        "action": desk.Action("提出问题", form=None, preview=None, run=None, intro=intro),
        "form": form,
        "row_url": subject.back or reverse("handover:problems"),
    }
    return render(request, "tracks/act.html", context)


@require_http_methods(METHODS)
def step(request, pk, step):
    if step not in MACHINE.by_name:
        raise Http404
    row = _seen(request, pk)
    return desk.step_on_one(request, desks.PROBLEMS, row, MACHINE[step], desks.problem_action(step, request.user))


@require_POST
def bulk(request):
    name = request.POST.get("step", "")
    if name not in listing.PROBLEMS_IN_BULK:
        return HttpResponseBadRequest()
    if not desks.may(request.user, MACHINE[name]):
        raise PermissionDenied
    page = listing.problems_page(request)
    return desk.act_on_many(request, desks.PROBLEMS, page, desks.problem_action(name, request.user))


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, desks.PROBLEMS, key)
