"""One person, one step: what will happen, what the step asks for, and the way back."""

from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from audit.models import Operation
from audit.operations import AlreadyDone
from handover import distribution, receivers, step_words, submission, suggesting
from handover.badges import badge_of
from handover.forms.steps import StepForm
from handover.listing import SHOWN_WITH, person_url
from handover.models import Case
from handover.papers.desk import card_number
from handover.services import preview, take
from handover.services.effects import RECEIVERS
from handover.states.cases import MACHINE, State
from tracks.advancing import UNSEEN
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.refusals import Refused

DONE_BEFORE = "这项操作已经办理过，没有重复办理。"


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, step):
    step = known_step(step)
    if request.method == "POST" and _was_done(request, step, pk):
        # Asked before anything else: whoever returned a person does not see him any more.
        messages.info(request, DONE_BEFORE)
        return redirect(_way_on(request, pk))
    cases = Case.objects.visible_to(request.user).filter(pk=pk)
    case = get_object_or_404(cases.select_related(*SHOWN_WITH, "returned_by"))
    outcome = preview(step.name, [pk], actor=request.user)
    if outcome.forbidden:
        raise PermissionDenied(outcome.refused[pk])
    hint = _suggestion(step, case)
    refused = outcome.refused.get(pk, "")
    blocked = submission.obstacle(step.name, refused)
    undecided = "" if blocked else refused
    offices = receivers.offered(step, cases)
    if receivers.asks_for_office(step) and not offices and not blocked:
        blocked = receivers.NOWHERE
    form = StepForm(
        step,
        request.POST if request.method == "POST" else None,
        offices=offices,
        must_choose=step.name != "submit" or bool(undecided),
        initial=_initial(step, case, hint),
    )
    if straight := _straight_back_to(step, case):
        form.fields["target"].help_text = f"不选的，直接回到上次退回的{straight}。"
    status = 200
    if form.is_valid():
        status = _take(request, case, form)
        if status is None:
            return redirect(_way_on(request, pk))
    context = _context(request, step, case, form, blocked=blocked, undecided=undecided, hint=hint)
    return render(request, "handover/step.html", context, status=status)


def known_step(name):
    if name not in MACHINE.by_name:
        raise Http404
    return MACHINE[name]


def _take(request, case, form):
    """None when it was done (now or before); otherwise the form says why not and the status tells."""
    step = form.step
    try:
        outcome = take(
            step.name,
            [case.pk],
            actor=request.user,
            reason_code=form.reason_code,
            reason=form.reason,
            key=form.cleaned_data["key"],
            targets=form.target,
            values=form.values,
        )
    except AlreadyDone as done:
        messages.info(request, str(done))
        return None
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return 409
    if outcome.moved:
        messages.success(request, _done_words(step, case, form.target))
        return None
    sentence = outcome.refused[case.pk]
    if sentence == UNSEEN:
        raise Http404
    if outcome.forbidden:
        raise PermissionDenied(sentence)
    form.add_error(None, sentence)
    return 409


def _done_words(step, case, target):
    to = f"，接收单位：{target}" if target else ""
    return f"{case.retiree.name}（{case.enterprise}）{step_words.done(step)}{to}。"


def _was_done(request, step, pk):
    """Whether this user has sent this very form before."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return False
    done = Operation.objects.filter(pk=key, actor=request.user, kind=f"case.{step.name}").first()
    return bool(done and str(pk) in (done.outcome or {}).get("moved", []))


def _way_on(request, pk):
    """Back to where one came from; the page of a person who is out of sight now is no place to go to."""
    person = reverse("handover:person", args=[pk])
    back = back_url(request, person)
    if not back.startswith(person) or Case.objects.visible_to(request.user).filter(pk=pk).exists():
        return back
    before = QueryDict(urlsplit(back).query).get("back", "")
    if before.startswith("/") and url_has_allowed_host_and_scheme(before, allowed_hosts=None):
        return before
    return reverse("handover:people")


def _suggestion(step, case):
    """The suggestion where the step asks for a receiver that an address can tell, otherwise None."""
    if step.name in ("submit", "assign", "redirect"):
        return suggesting.suggestion_for(case)
    return None


def _initial(step, case, hint):
    if step.name == "contact":
        return {"contact_card": card_number(case)}
    if hint is None:
        return {}
    office = hint.office if step.name == "assign" else hint.area
    if _straight_back_to(step, case):
        return {}
    if office is None or (step.name == "redirect" and office.pk == case.area_id):
        return {}
    return {"target": str(office.pk)}


def _straight_back_to(step, case):
    """The street that returned the person and gets him straight back, unless the clerk names another area."""
    office = case.returned_by
    return office if step.name == "submit" and office and office.kind in RECEIVERS and office.active else None


def _context(request, step, case, form, **more):
    person = person_url(case)
    back = back_url(request, person)
    return {
        "title": f"{step.label}：{case.retiree.name}",
        "crumbs": [("退休人员", reverse("handover:people")), (case.retiree.name, person), (step.label, "")],
        "case": case,
        "step": step,
        "badge": badge_of(case, request.user),
        "target_label": _target_label(step, case),
        "will": step_words.will(step),
        "press": step_words.press(step),
        "form": form,
        "hint_words": suggestion_words(more["hint"]) if more["hint"] else "",
        "cancel_url": back,
        "hidden": [("back", back)],
        "outside_url": reverse("handover:step", args=[case.pk, "send_outside"]),
        **more,
    }


def _target_label(step, case):
    straight = _straight_back_to(step, case)
    return f"{State.ASSIGNED.label}（{straight}）" if straight else State(step.target).label


def suggestion_words(hint):
    """The suggestion as a sentence, with what it rests on."""
    if hint.outside:
        return "按地址判断，此人居住和户口均在市外。"
    office = hint.office or hint.area
    if office is None:
        return "地址未能判断接收地。"
    ground = f"依据{distribution.BASIS.get(hint.basis, '地址')}中的“{'、'.join(hint.words)}”" if hint.words else ""
    place = f"{hint.area} {hint.office}" if hint.office and hint.area else str(office)
    return f"按地址建议：{place}（{distribution.sureness(hint.confidence)}，{hint.confidence:.0%}）。{ground}{'。' if ground else ''}"
