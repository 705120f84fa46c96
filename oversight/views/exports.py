"""Exports: asking out of a list, one's own, fetching; and the requests of others that a second person answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.guard import attempt, needs
from audit import events
from oversight.exports import asking, files, jobs, showing
from oversight.exports.lists import EXPORTS, list_url
from oversight.forms.exports import AskForm, RefuseForm
from oversight.models import Export, ExportState
from oversight.models.exports import KEPT, SEES_REQUESTS, UNDER_WAY
from weihai_transfer.lib.filters import MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import is_htmx, private_file
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.workbooks.output import XLSX

FORM = ("GET", "HEAD", "POST")
ROOT, REQUESTS = "导出记录", "导出申请"
NOT_THIS_LIST = "当前岗位不能查看这个列表，不能导出。"
POST_IS_GONE = "申请时所在的岗位已经没有了，不能再下载。"
COLUMNS = (
    Column("number", "编号", sort="number", link=True),
    Column("what", "名单", showing.label, sort="what"),
    Column("words", "筛选条件"),
    Column("size", "行数", showing.size),
    Column("masked", "脱敏"),
    Column("state", "状态", showing.badge, sort="state"),
    Column("at", "申请时间", sort="at"),
)


@require_http_methods(FORM)
def ask_export(request, what):
    """Out of a list, with its filters in the address."""
    one, user = EXPORTS.get(what), request.user
    if one is None:
        raise Http404
    if not one.open_to(user):
        raise PermissionDenied(NOT_THIS_LIST)
    query = request.META.get("QUERY_STRING", "")
    page = one.page_of(user, query)
    form = AskForm(one.columns_of(user, page), request.POST or None)
    if form.is_valid() and (
        done := attempt(request, form, lambda: asking.ask(what, query, actor=user, **form.arguments()), "已申请导出。")
    ):
        if done.result is None:
            return redirect("oversight:exports")
        if done.result.state == ExportState.QUEUED:
            jobs.enqueue(done.result)
        return redirect("oversight:export", done.result.pk)
    back = f"{reverse(one.url)}?{page.query}"
    context = {
        "title": f"导出{one.label}（{page.count:,} {one.unit}）",
        "crumbs": [(one.label, back), ("导出", "")],
        "form": form,
        "words": page.words,
        "faults": page.faults,
        "back": back,
        "over": asking.why_another(user, page.count, masked=True),
        "kept": KEPT.days,
    }
    return render(request, "oversight/export_ask.html", context)


@require_safe
def show_exports(request):
    user = request.user
    page = ListPage(
        request,
        Export.objects.visible_to(user).defer("keys"),
        columns=COLUMNS,
        filters=[
            Filter("state", "状态", ExportState.choices, MANY),
            Filter("what", "名单", [(one.code, one.label) for one in EXPORTS.values()]),
        ],
        order=("-at", "-pk"),
        unit="项",
        row_url=lambda row: reverse("oversight:export", args=[row.pk]),
    )
    context = {
        "title": f"{ROOT}（{page.count:,} 项）",
        "crumbs": [(ROOT, "")],
        "list": page,
        "answers": asking.may_answer(user),
    }
    return render(request, "oversight/exports.html", context)


def _own(request, pk):
    rows = Export.objects.visible_to(request.user).select_related("user", "answered_by", "enterprise", "office")
    return get_object_or_404(rows.defer("keys"), pk=pk)


@require_safe
def show_export(request, pk):
    row = _own(request, pk)
    progress = showing.progress(row, request.path)
    if is_htmx(request):
        done = {"words": row.get_state_display(), "running": False, "next_url": request.path}
        return render(request, "_progress.html", {"progress": progress or done})
    context = {
        "title": f"导出 {row.number}（{showing.label(row)}）",
        "crumbs": [(ROOT, reverse("oversight:exports")), (row.number, "")],
        "export": row,
        "badge": showing.badge(row),
        "facts": [*showing.facts(row), *showing.answer_facts(row), *showing.result_facts(row)],
        "progress": progress,
        "may_fetch": row.state == ExportState.READY,
        "why_not": "" if _post_stands(request.user, row) else POST_IS_GONE,
        "may_cancel": row.state in UNDER_WAY,
        "list_url": list_url(row),
    }
    return render(request, "oversight/export.html", context)


def _post_stands(user, row):
    return row.post in {post.key for post in user.posts} and EXPORTS[row.what].open_to(user)


@require_POST
def cancel_export(request, pk):
    row = _own(request, pk)
    attempt(request, None, lambda: asking.cancel(row.pk, actor=request.user), "已取消导出。")
    return redirect("oversight:export", row.pk)


@require_safe
def fetch_export(request, pk):
    """The file, opened frame by frame. Who has lost the post since has lost the file with it."""
    row = _own(request, pk)
    if not _post_stands(request.user, row):
        raise PermissionDenied(POST_IS_GONE)
    if row.state != ExportState.READY or not files.path_of(row.file).exists():
        raise Http404
    clear = "" if row.masked else "，未脱敏"
    events.note(
        request,
        "download",
        subject=f"oversight.Export {row.number}",
        field=f"{showing.label(row)} {row.rows:,} 行{clear}",
        reason=row.reason,
    )
    name = f"{showing.label(row)}-{row.number}-{timezone.localdate(row.ready_at):%Y%m%d}.xlsx"
    answer = private_file(files.read(row.file), name, XLSX)
    answer["Content-Length"] = row.size
    return answer


# --- the second person


@require_safe
@needs(*SEES_REQUESTS)
def show_requests(request):
    rows = Export.objects.open_to(request.user, *SEES_REQUESTS).exclude(user=request.user).exclude(needs="")
    page = ListPage(
        request,
        rows.select_related("user", "enterprise", "office").defer("keys"),
        columns=[
            COLUMNS[0],
            Column("asker", "申请人", showing.asker),
            *(column for column in COLUMNS[1:] if column.name != "state"),
            Column("state", "状态", showing.badge_for_another, sort="state"),
        ],
        filters=[Filter("state", "状态", ExportState.choices, MANY)],
        order=("at", "pk") if request.GET.getlist("state") else ("-at", "-pk"),
        unit="项",
        row_url=lambda row: reverse("oversight:export_request", args=[row.pk]),
    )
    context = {
        "title": f"{REQUESTS}（{page.count:,} 项）",
        "crumbs": [(ROOT, reverse("oversight:exports")), (REQUESTS, "")],
    }
    return render(request, "oversight/export_requests.html", context | {"list": page})


def _of_another(request, pk):
    if Export.objects.visible_to(request.user).filter(pk=pk).exists():
        raise PermissionDenied(asking.OWN)
    rows = Export.objects.open_to(request.user, *SEES_REQUESTS).exclude(needs="")
    return get_object_or_404(rows.select_related("user", "answered_by", "enterprise", "office").defer("keys"), pk=pk)


def _crumbs(last):
    return [(REQUESTS, reverse("oversight:export_requests")), (last, "")]


@require_safe
@needs(*SEES_REQUESTS)
def show_request(request, pk):
    row = _of_another(request, pk)
    reasons = [] if row.state == ExportState.WAITING else [asking.ANSWERED]
    context = {
        "title": f"{REQUESTS} {row.number}",
        "crumbs": _crumbs(row.number),
        "badge": showing.badge_for_another(row),
        "facts": [("申请人", showing.asker(row)), *showing.facts(row), *showing.answer_facts(row)],
        "actions": [
            {
                "label": "批准",
                "url": reverse("oversight:export_approve", args=[pk]),
                "primary": True,
                "post": True,
                "reasons": reasons,
            },
            {
                "label": "不批准",
                "url": reverse("oversight:export_refuse", args=[pk]),
                "danger": True,
                "reasons": reasons,
            },
        ],
    }
    return render(request, "oversight/export_request.html", context)


@require_POST
@needs(*SEES_REQUESTS)
def approve_request(request, pk):
    row = _of_another(request, pk)
    try:
        jobs.enqueue(asking.approve(row.pk, actor=request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("oversight:export_request", row.pk)
    messages.success(request, f"已批准 {row.number}，申请人可以下载。")
    return redirect("oversight:export_requests")


@require_http_methods(FORM)
@needs(*SEES_REQUESTS)
def refuse_request(request, pk):
    row = _of_another(request, pk)
    form = RefuseForm(request.POST or None)
    if form.is_valid() and attempt(
        request,
        form,
        lambda: asking.refuse(
            row.pk, actor=request.user, answer=form.cleaned_data["reason"], key=form.cleaned_data["key"]
        ),
        f"未批准 {row.number}。",
    ):
        return redirect("oversight:export_requests")
    own = reverse("oversight:export_request", args=[pk])
    context = {
        "title": f"不批准 {row.number}",
        "crumbs": [(REQUESTS, reverse("oversight:export_requests")), (row.number, own), ("不批准", "")],
        "form": form,
        "submit": "不批准",
        "danger": True,
        "cancel_url": own,
        "intro": f"{showing.asker(row)}申请导出{showing.label(row)} {showing.size(row)}。",
    }
    return render(request, "accounts/form.html", context)
