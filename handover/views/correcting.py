"""Correcting the facts of one person."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.duties import Duty
from audit.operations import AlreadyDone
from handover import correcting, facts
from handover.forms.correcting import EMPTY_WORD, CorrectionForm
from handover.models import Case
from handover.offers import names_to_correct
from handover.states.cases import State
from handover.viewers import holds_over
from retirees.correcting import Stale, version_of
from retirees.models import SEALED, Retiree
from weihai_transfer.lib.refusals import Refused


@dataclass(frozen=True)
class Difference:
    """A line of the page that shows both versions; `changed` where both sides touched the same fact."""

    label: str
    before: str
    after: str
    changed: bool


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, pk):
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("retiree", "enterprise"), pk=pk)
    if not holds_over(case, request.user, Duty.SUBMIT, Duty.RECEIVE):
        raise PermissionDenied
    names = names_to_correct(case, request.user)
    if not names:
        messages.error(request, why_not(case))
        return redirect("handover:person", pk=case.pk)
    if request.method == "POST":
        return _take(request, case, names)
    version = version_of(case.retiree)
    form = CorrectionForm(initial={"version": version}, base=case.retiree, names=names, needs_reason=_is_received(case))
    return _page(request, case, form)


def why_not(case):
    return (
        f"当前状态为“{case.get_state_display()}”，现在不能更正人员信息。"
        "企业在待上报时更正，已上报的先撤回、已退回的先收回；接收单位在接收后更正。"
    )


def _is_received(case):
    return case.state != State.DRAFT


def _take(request, case, names):
    version = request.POST.get("version", "")
    base = case.retiree.history.filter(history_id=version).first() if version.isascii() and version.isdigit() else None
    if base is None:
        # The form was tampered with or comes from before a restore: begin anew, nothing is written.
        messages.error(request, "无法确认这份表单依据的是哪一版信息，未保存。请重新填写后再提交。")
        return redirect("handover:correct", pk=case.pk)
    form = CorrectionForm(request.POST, base=base, names=names, needs_reason=_is_received(case))
    if not form.is_valid():
        return _page(request, case, form)
    changes = form.changes()
    if not changes:
        messages.info(request, "没有更改任何内容，未作登记。")
        return redirect("handover:person", pk=case.pk)
    try:
        written = _write(request, case, form, changes)
    except Stale:
        return _both_versions(request, case, form, changes)
    except AlreadyDone:
        messages.info(request, "这次更正已经办理过，没有重复办理。")
        return redirect("handover:person", pk=case.pk)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, case, form)
    messages.success(request, f"已更正{'、'.join(facts.label_of(name) for name in facts.in_order(written))}。")
    for sentence in form.warnings:
        messages.warning(request, sentence)
    return redirect("handover:person", pk=case.pk)


def _write(request, case, form, changes):
    values = form.cleaned_data
    return correcting.correct(
        case, changes, version=values["version"], actor=request.user, reason=values["reason"], key=values["key"]
    )


def _both_versions(request, case, form, changes):
    """Somebody else was faster: his version and the user's side by side, and the user's words still in the form."""
    current = Retiree.objects.get(pk=case.pk)
    theirs = {name for name in form.names if getattr(current, name) != getattr(form.base, name)}
    mine = Retiree(pk=case.pk)
    for name, value in changes.items():
        setattr(mine, name, value)
    differences = [
        Difference(
            facts.label_of(name),
            facts.text_of(current, name),
            facts.text_of(mine, name) if name in changes else "未改",
            name in theirs and name in changes,
        )
        for name in facts.in_order(theirs.union(changes))
    ]
    # What stands in a sealed field was typed by this user just now, so he may see it again.
    typed = {name: value or EMPTY_WORD if name in SEALED else value for name, value in changes.items()}
    initial = {**typed, "version": version_of(current), "reason": form.cleaned_data["reason"]}
    again = CorrectionForm(initial=initial, base=current, names=form.names, needs_reason=_is_received(case))
    return _page(request, case, again, differences=differences, status=409)


def _page(request, case, form, *, differences=(), status=200):
    person = reverse("handover:person", args=[case.pk])
    context = {
        "title": "更正人员信息",
        "crumbs": [("退休人员", reverse("handover:people")), (case.retiree.name, person), ("更正人员信息", "")],
        "case": case,
        "form": form,
        "differences": differences,
        "back": person,
    }
    return render(request, "handover/correct.html", context, status=status)
