"""Acting from pages: one row or a whole list; preview first, then the outcome row by row.

The views of a track give an `Action` (a step or another verb of its services) and a `Desk` (where its pages lie).
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from audit.models import Operation
from audit.operations import AlreadyDone
from tracks.advancing import may_move
from weihai_transfer.lib import outcome as results
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.selection import Selection

NAMED = 50


def _name_of_person(row):
    return row.retiree.name


def _person_and_enterprise(row):
    return f"{row.retiree.name}（{row.enterprise}）"


@dataclass(frozen=True)
class Desk:
    """`kind` begins the names of the track's operations; the others are URL names. Rows are people's unless `name`
    and `full_name` call them otherwise; `joined` is what these read."""

    kind: str
    model: type
    noun: str
    list: str
    row: str
    step: str
    outcome: str
    unit: str = "人"
    # Where the papers of one act are printed into one file, on tracks that have papers.
    papers_of: str = ""
    joined: tuple[str, ...] = ("retiree", "enterprise")
    name: Callable = _name_of_person
    full_name: Callable = _person_and_enterprise


@dataclass(frozen=True)
class Action:
    """`form(data)` makes the form, `preview(ids, form)` and `run(ids, form)` answer with an Outcome."""

    label: str
    form: Callable
    preview: Callable
    run: Callable
    danger: bool = False
    intro: str = ""
    # What the outcome comes to, as a Summary, where more is to be said than how many.
    summary: Callable | None = None


@dataclass(frozen=True)
class Summary:
    """A small table above a preview or an outcome; what looks like a number stands to the right."""

    caption: str
    headings: tuple[str, ...]
    rows: list
    numbers: tuple[int, ...] = ()


def step_action(step, form, service, user, intro=""):
    """The Action of a step: `form(step, data)` asks for what it needs, `service` has the track's `preview` and `take`."""
    return Action(
        step.label,
        form=lambda data: form(step, data),
        preview=lambda ids, form: service.preview(step.name, ids, actor=user),
        run=lambda ids, form: service.take(step.name, ids, actor=user, **form.arguments()),
        danger=step.danger,
        intro=intro,
    )


@dataclass(frozen=True)
class Button:
    """One act of a list's bulk bar (`_bulk.html`); `value` says which, unless the way (`url`) says it."""

    label: str
    url: str
    value: str = ""
    primary: bool = False
    danger: bool = False
    key: str = ""
    name: str = "step"


def step_buttons(steps, states, url, may, *, filled=False):
    """The bulk buttons of the steps that `may` be taken, from one of `states` or from anywhere when none is chosen.

    The first that does no harm is filled, unless another button of the bar already is.
    """
    found = []
    for step in steps:
        if (states and not set(step.sources).intersection(states)) or not may(step):
            continue
        primary = not (step.danger or filled)
        filled = filled or primary
        found.append(Button(step.label, url, step.name, primary, step.danger))
    return found


def actions_of(desk, row, offered, has_form):
    """The buttons of a row's steps: a step that asks nothing is taken at once, the others open their page."""
    found = []
    for offer in offered:
        step = offer.step
        at_once = not has_form(step)
        found.append(
            {
                "label": step.label,
                "url": reverse(desk.step, args=[row.pk, step.name]),
                "primary": not step.danger and not offer.reasons and not any(one["primary"] for one in found),
                "danger": step.danger,
                "reasons": offer.reasons,
                "post": at_once,
                # Each button has its own key, so that a second click is known and another step is not taken for it.
                "name": "key" if at_once else "",
                "value": str(new_id()) if at_once else "",
            }
        )
    return found


def header_of(row, user):
    """What `_person_header.html` shows; the street only to those who see the person himself."""
    retiree = row.retiree
    sees_person = type(retiree).objects.visible_to(user).filter(pk=retiree.pk).exists()
    return {
        "name": retiree.name,
        "masked_id": retiree.masked_id,
        "age": retiree.age,
        "sex": retiree.get_sex_display(),
        "unit": row.enterprise,
        "street": retiree.office if sees_person else None,
        "tags": [{"label": retiree.get_survival_display(), "meaning": "closed"}] if retiree.survival != "alive" else [],
    }


def step_on_one(request, desk, row, step, action):
    """The page of a step with a row that the user sees: 403 without the duty, back to the row when it cannot be taken."""
    if not desk.model.objects.open_to(request.user, *step.duties).filter(pk=row.pk).exists():
        raise PermissionDenied
    if request.method != "POST":
        stopped = may_move(desk.model, step.name, [row.pk], actor=request.user).refused
        if stopped:
            messages.error(request, stopped[row.pk])
            return redirect(desk.row, row.pk)
    return act_on_one(request, desk, row, action)


def act_on_one(request, desk, row, action):
    """The page of one step. The caller has checked that the row is this user's to act on."""
    form = action.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = action.run([row.pk], form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except AlreadyDone as done:
            messages.info(request, str(done))
            return redirect(_after(request, desk, row))
        else:
            _say(request, desk, row, action, outcome)
            return redirect(_after(request, desk, row))
    context = {
        "title": f"{action.label}（{desk.name(row)}）",
        "crumbs": [
            (desk.noun, reverse(desk.list)),
            (desk.name(row), reverse(desk.row, args=[row.pk])),
            (action.label, ""),
        ],
        "action": action,
        "form": form,
        "row_url": reverse(desk.row, args=[row.pk]),
    }
    return render(request, "tracks/act.html", context)


def _say(request, desk, row, action, outcome):
    if row.pk in outcome.refused:
        messages.error(request, outcome.refused[row.pk])
    else:
        messages.success(request, f"{desk.name(row)}：{action.label}。")


def _after(request, desk, row):
    """Back to the row, or to the list when the step took the row out of this user's sight."""
    if desk.model.objects.visible_to(request.user).filter(pk=row.pk).exists():
        return reverse(desk.row, args=[row.pk])
    return reverse(desk.list)


def act_on_many(request, desk, listing, action):
    """The answer to a bulk form: preview, then (with `confirm`) the act, then the way to its outcome."""
    back = f"{reverse(desk.list)}?{listing.query}"
    chosen = Selection.from_post(request, listing.queryset, unit=desk.unit)
    if chosen.is_empty:
        messages.warning(request, chosen.changed or "没有勾选任何记录，未办理。请先勾选要办理的记录。")
        return redirect(back)
    filled = "confirm" in request.POST or "check" in request.POST
    form = action.form(request.POST if filled else None)
    ids = list(chosen.queryset.values_list("pk", flat=True))
    if chosen.changed:
        messages.warning(request, chosen.changed)
    outcome = None
    if "confirm" in request.POST and form.is_valid() and not (chosen.whole and chosen.changed):
        try:
            outcome = action.run(ids, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except AlreadyDone as done:
            messages.info(request, str(done))
            return redirect(_way_to_outcome(desk, form, back))
        else:
            if outcome.moved:
                return redirect(_way_to_outcome(desk, form, back))
            messages.error(request, f"所选{desk.unit}均不能{action.label}，没有办理。原因见下。")
    outcome = outcome or action.preview(ids, form)
    context = {
        "title": f"{action.label}（{chosen.count:,} {desk.unit}）",
        "crumbs": [(desk.noun, reverse(desk.list)), (f"批量{action.label}", "")],
        "action": action,
        "form": form,
        "outcome": _named(desk, request.user, len(outcome.moved), outcome.by_reason()),
        "summary": action.summary(outcome) if action.summary else None,
        "hidden": [*chosen.hidden, ("step", request.POST.get("step", ""))],
        "back_url": back,
    }
    return render(request, "tracks/preview.html", context)


def _way_to_outcome(desk, form, back):
    return f"{reverse(desk.outcome, args=[form.cleaned_data['key']])}?{urlencode({'back': back})}"


def show_outcome(request, desk, key, *, onward=None, summary=None):
    """What became of each row of one's own act. `onward(moved)` answers [(label, url)]: where the work goes on;
    `summary(stored outcome)` a Summary."""
    done = get_object_or_404(
        Operation, pk=key, actor=request.user, kind__startswith=f"{desk.kind}.", rows__isnull=False
    )
    groups = {}
    for pk, sentence in done.outcome["refused"].items():
        groups.setdefault(sentence, []).append(desk.model._meta.pk.to_python(pk))
    back = back_url(request, reverse(desk.list))
    left = f"{back}{'&' if '?' in back else '?'}{urlencode({'left': key})}" if groups else back
    context = {
        "title": "办理结果",
        "crumbs": [(desk.noun, reverse(desk.list)), ("办理结果", "")],
        "outcome": _named(desk, request.user, len(done.outcome["moved"]), list(groups.items())),
        "back_url": left,
        "done_at": done.at,
        "summary": summary(done.outcome) if summary else None,
        "papers_url": reverse(desk.papers_of, args=[key]) if desk.papers_of and done.outcome.get("papers") else "",
        "onward": onward([desk.model._meta.pk.to_python(pk) for pk in done.outcome["moved"]]) if onward else [],
    }
    return render(request, "tracks/outcome.html", context)


def left_over(request, desk):
    """The rows that an act could not move, to stay ticked in the list that ?left= leads back to."""
    try:
        key = Operation._meta.pk.to_python(request.GET.get("left") or None)
    except ValidationError:
        return set()
    done = Operation.objects.filter(pk=key, actor=request.user, kind__startswith=f"{desk.kind}.").first()
    return {desk.model._meta.pk.to_python(pk) for pk in done.outcome["refused"]} if done and done.outcome else set()


def _named(desk, user, moved, groups):
    """An outcome with the names of the rows that the user still sees."""
    wanted = [pk for _, ids in groups for pk in ids[:NAMED]]
    rows = desk.model.objects.visible_to(user).select_related(*desk.joined).in_bulk(wanted)
    refusals = []
    for sentence, ids in groups:
        for pk in ids:
            row = rows.get(pk)
            url = reverse(desk.row, args=[pk]) if row else ""
            refusals.append((sentence, desk.full_name(row) if row else "不在可查看范围内的记录", url))
    return results.Outcome.of(moved, refusals, unit=desk.unit, shown=NAMED)
