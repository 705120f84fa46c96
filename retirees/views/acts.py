"""What may be done with a roster as a whole."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.duties import Duty
from accounts.views.guard import needs
from audit.operations import AlreadyDone
from retirees import jobs
from retirees.forms import ExplainForm, ImportForm, WithdrawForm
from retirees.models import Retiree
from retirees.models.rosters import RosterState
from retirees.roster import explaining, importing, uploading
from retirees.views.guard import find_own
from retirees.views.roster import crumbs
from weihai_transfer.lib.refusals import Refused


def _too_late(roster, what):
    roster.refresh_from_db()
    return f"花名册当前为“{roster.get_state_display()}”，不能{what}。下面是最新情况。"


@require_POST
@needs(Duty.SUBMIT)
def cancel(request, pk):
    """Stop what runs: a check leaves nothing behind, an import is undone whole by its worker."""
    roster = find_own(request, pk)
    if roster.state == RosterState.IMPORTING:
        if importing.cancel(roster):
            messages.info(request, "已要求取消导入。已经导入的部分将全部撤回，请稍候。")
            return redirect("retirees:roster", roster.pk)
    elif roster.is_running and uploading.discard(roster):
        messages.success(request, "已取消读取，上传的文件已删除。需要时请重新上传。")
        return redirect("retirees:roster", roster.pk)
    messages.warning(request, _too_late(roster, "取消"))
    return redirect("retirees:roster", roster.pk)


@require_POST
@needs(Duty.SUBMIT)
def discard(request, pk):
    roster = find_own(request, pk)
    if uploading.discard(roster):
        messages.success(request, "已放弃本次上传，核对结果和文件已删除。改正后可重新上传。")
    else:
        messages.warning(request, _too_late(roster, "放弃"))
    return redirect("retirees:roster", roster.pk)


@require_POST
@needs(Duty.SUBMIT)
def explain(request, pk):
    """Why the retirement dates of one kind of doubt are right."""
    roster = find_own(request, pk)
    form = ExplainForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    try:
        count = explaining.explain(roster, given.get("kind", ""), given.get("text", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已为 {count:,} 人登记退休时间说明。")
    return redirect("retirees:roster", roster.pk)


@require_POST
@needs(Duty.SUBMIT)
def import_people(request, pk):
    roster = find_own(request, pk)
    form = ImportForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    good_only = form.cleaned_data["rows"] == "good"
    try:
        importing.start(roster, actor=request.user, good_rows_only=good_only, key=form.cleaned_data["key"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    except AlreadyDone as done:
        messages.info(request, str(done))
    else:
        roster.refresh_from_db()
        jobs.enqueue(roster)
    return redirect("retirees:roster", roster.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Duty.SUBMIT)
def withdraw(request, pk):
    roster = find_own(request, pk)
    if request.method != "POST" and roster.state != RosterState.IMPORTED:
        messages.warning(request, _too_late(roster, "撤回"))
        return redirect("retirees:roster", roster.pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and _withdrawn(request, roster, form):
        return redirect("retirees:roster", roster.pk)
    people = Retiree.objects.visible_to(request.user).filter(roster=roster).count()
    context = {
        "title": "撤回本次导入",
        "crumbs": crumbs(roster, ("撤回", "")),
        "roster": roster,
        "form": form,
        "people": people,
        "cancel": reverse("retirees:roster", args=[roster.pk]),
    }
    return render(request, "retirees/withdraw.html", context, status=422 if form.errors else 200)


def _withdrawn(request, roster, form):
    """False with the refusal on the form."""
    try:
        importing.withdraw(roster, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    except AlreadyDone as done:
        messages.info(request, str(done))
    else:
        messages.success(request, "已撤回本次导入，本批人员已从名册中移出。")
    return True
