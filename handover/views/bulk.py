"""Many people, one step: what was chosen is frozen, looked at, confirmed and carried out once."""

import uuid
from io import BytesIO
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import holds
from audit import events
from handover import bulk_jobs, bulk_running, listing, outcomes, receivers, step_words, submission
from handover.forms.steps import StepForm, asks_nothing
from handover.models import BulkSelection, Case
from handover.models.bulk import BulkState
from handover.services import preview
from handover.states.cases import MACHINE
from handover.views.steps import known_step
from weihai_transfer.lib.pages import is_htmx, private_file
from weihai_transfer.lib.selection import Selection
from weihai_transfer.lib.workbooks.output import XLSX
from weihai_transfer.lib.workbooks.writing import write_table

MOST = 50_000
NOTHING_CHOSEN = "没有选择人员，没有办理。请勾选人员后再办理。"
TOO_MANY = "一次选择了 {count:,} 人，超过一次最多 {most:,} 人，没有办理。请用筛选条件分几次办理。"


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request, step):
    """From the list of people. After a login that was asked for in between, there is nothing to go on with."""
    if request.method != "POST":
        return redirect("handover:people")
    page = listing.people_page(request, Case.objects.visible_to(request.user))
    return begin(request, known_step(step), page, f"{reverse('handover:people')}?{page.query}")


def begin(request, step, page, back):
    """Freeze what a list's form chose. A step that asks nothing, for people ticked one by one, is taken at once."""
    if not holds(request.user, *step.duties):
        raise PermissionDenied
    chosen = Selection.from_post(request, page.queryset)
    # Ticked people who have left the list meanwhile stay in, to be told about one by one.
    ids = list(page.queryset.values_list("pk", flat=True)) if chosen.whole else chosen.ids
    if not ids or len(ids) > MOST:
        messages.warning(request, TOO_MANY.format(count=len(ids), most=MOST) if ids else NOTHING_CHOSEN)
        return redirect(back)
    if chosen.whole and chosen.changed:
        messages.warning(request, chosen.changed)
    key = _key(request)
    selection = bulk_running.choose(request.user, step.name, ids, back=back, key=key)
    if key and not chosen.whole and asks_nothing(step) and _carry_out_at_once(request, step, selection):
        return redirect(selection.back or back)
    return redirect("handover:bulk_selection", selection.step, selection.pk)


def _carry_out_at_once(request, step, selection):
    """True when all of them are done, now or by the first of two clicks."""
    if selection.state == BulkState.CHOSEN:
        if preview(step.name, selection.ids, actor=request.user).refused:
            return False
        if bulk_running.start(selection):
            bulk_running.run(selection.pk)
        selection.refresh_from_db()
    if selection.state != BulkState.DONE or selection.refused:
        return False
    messages.success(request, f"{step_words.done(step)} {len(selection.moved):,} 人。")
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def show_selection(request, step, pk):
    """Before: what can and cannot move. Meanwhile: how far it is. Afterwards: what became of each."""
    selection = _own(request, step, pk)
    step = MACHINE[selection.step]
    if selection.state == BulkState.CHOSEN:
        return _confirm(request, step, selection)
    if request.method == "POST":
        return redirect(request.path)
    if selection.state == BulkState.RUNNING:
        return _show_progress(request, step, selection)
    if is_htmx(request):
        return render(request, "_progress.html", {"progress": _progress(request, step, selection)})
    return _show_result(request, step, selection)


def _own(request, step, pk):
    return get_object_or_404(BulkSelection.objects.visible_to(request.user), pk=pk, step=known_step(step).name)


def _confirm(request, step, selection):
    ids = [uuid.UUID(one) for one in selection.ids]
    cases = Case.objects.visible_to(request.user).filter(pk__in=ids)
    outcome = preview(step.name, ids, actor=request.user)
    areas = submission.summary(outcome, step, ids) if step.name in receivers.SUBMITTING else None
    offices = receivers.offered(step, cases)
    nowhere = receivers.NOWHERE if receivers.asks_for_office(step) and not offices else ""
    possible = 0 if nowhere else len(outcome.moved) + (len(areas.undecided) if areas else 0)
    form = StepForm(
        step,
        request.POST if request.method == "POST" else None,
        offices=offices,
        must_choose=areas is None or not outcome.moved,
    )
    if areas:
        _ask_area_for_undecided(form, areas)
    if form.is_valid() and possible:
        return _start(request, step, selection, form)
    refused = {pk: why for pk, why in outcome.refused.items() if not (areas and pk in areas.undecided)}
    context = _frame(request, step, selection) | {
        "outcome": outcomes.in_words(possible if areas is None else len(outcome.moved), refused, request.user),
        "areas": areas,
        "undecided": _undecided(request, step, areas) if areas else [],
        "form": form if possible else None,
        "nowhere": nowhere,
        # How many it will be is open as long as an area may be named for some of them or not.
        "press": step_words.press(step) if areas and areas.undecided else f"{step_words.press(step)} {possible:,} 人",
        "will": step_words.will(step, "所选人员"),
    }
    return render(request, "handover/bulk_preview.html", context)


def _ask_area_for_undecided(form, areas):
    if not areas.undecided:
        del form.fields["target"]
        return
    field = form.fields["target"]
    field.label, field.help_text = "未能判断的人员送往", "只用于上面列出的人员；其余人员仍按地址判断的区市上报。"


def _undecided(request, step, areas):
    """(label, page on which an area is named for this one)."""
    back = urlencode({"back": request.path})
    return [
        (str(case.retiree), f"{reverse('handover:step', args=[case.pk, step.name])}?{back}")
        for case in outcomes.cases_of(areas.undecided, request.user)
    ]


def _start(request, step, selection, form):
    bulk_running.start(
        selection, reason_code=form.reason_code, reason=form.reason, target=form.target, values=form.values
    )
    if selection.total <= bulk_running.IN_REQUEST:
        bulk_running.run(selection.pk)
    else:
        bulk_jobs.enqueue(selection)
    return redirect(request.path)


def _show_progress(request, step, selection):
    context = _frame(request, step, selection) | {"progress": _progress(request, step, selection)}
    if is_htmx(request):
        return render(request, "_progress.html", context)
    if bulk_running.unfinished().filter(pk=selection.pk).exists():
        context["progress"]["running"] = False
        context["again_url"] = reverse("handover:bulk_again", args=[step.name, selection.pk])
    return render(request, "handover/bulk_progress.html", context)


def _progress(request, step, selection):
    running = selection.state == BulkState.RUNNING
    verb = "正在办理" if running else "办理完毕"
    return {
        "percent": selection.percent,
        "words": f"{verb}“{step.label}”：{selection.done:,} / {selection.total:,} 人。",
        "running": running,
        "poll_url": request.path,
        "next_url": "" if running else request.path,
        "next_label": "查看结果",
    }


def _show_result(request, step, selection):
    rest = outcomes.leftovers(selection.refused)
    context = _frame(request, step, selection) | {
        "outcome": outcomes.in_words(len(selection.moved), selection.refused, request.user),
        "done_words": step_words.done(step),
        "download_url": reverse("handover:bulk_outcome", args=[step.name, selection.pk]),
        "rest": len(rest),
        "rest_url": reverse("handover:bulk_rest", args=[step.name, selection.pk]),
        "batches": [(reverse("handover:batch", args=[pk]), number) for pk, number in selection.batches],
    }
    return render(request, "handover/bulk_result.html", context)


@require_POST
def choose_rest(request, step, pk):
    """Go on with those who were refused, as a new selection."""
    selection = _own(request, step, pk)
    rest = outcomes.leftovers(selection.refused)
    if selection.state != BulkState.DONE or not rest:
        return redirect("handover:bulk_selection", selection.step, selection.pk)
    new = bulk_running.choose(request.user, selection.step, rest, back=selection.back)
    return redirect("handover:bulk_selection", new.step, new.pk)


@require_POST
def run_again(request, step, pk):
    """Put a selection whose worker died back to work."""
    selection = _own(request, step, pk)
    if bulk_running.unfinished().filter(pk=selection.pk).exists():
        bulk_jobs.enqueue(selection)
    return redirect("handover:bulk_selection", selection.step, selection.pk)


@require_safe
def download(request, step, pk):
    selection = _own(request, step, pk)
    if selection.state != BulkState.DONE:
        raise Http404
    step = MACHINE[selection.step]
    title = f"{step.label}结果明细"
    footer = f"{request.user.acting_for} {request.user.name} {timezone.localtime():%Y-%m-%d %H:%M}"
    made = outcomes.sheet(selection, request.user, title=title, done_words=step_words.done(step), footer=footer)
    book = BytesIO()
    write_table(book, [made])
    events.note(request, "download", subject=f"handover.BulkSelection {selection.pk}")
    return private_file(book.getvalue(), f"{title}{timezone.localdate():%Y%m%d}.xlsx", XLSX)


def _frame(request, step, selection):
    back = selection.back or reverse("handover:people")
    return {
        "title": f"{step.label}（{selection.total:,} 人）",
        "crumbs": [("待接收" if back.startswith(reverse("handover:receive")) else "退休人员", back), (step.label, "")],
        "step": step,
        "back_url": back,
        "hidden": [],
    }


def _key(request):
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None
