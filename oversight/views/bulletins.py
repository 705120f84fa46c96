"""进展情况通报: the list, one with its text and tables, the acts upon it, and its document."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.guard import attempt, needs
from audit import events
from oversight.forms.bulletins import DraftForm, IssueForm, TextForm
from oversight.models import Bulletin
from oversight.models.bulletins import SEES_BULLETINS
from oversight.reports import bulletins, figures, paper, preview, snapshot, story
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.words import Badge

FORM = ("GET", "HEAD", "POST")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROOT = "进展情况通报"
STATES = (("draft", "草稿"), ("issued", "已印发"))


def badge_of(row):
    if row.issued_at is None:
        return Badge("草稿", "mine")
    return Badge("已印发", "closed", "已重新通报") if getattr(row, "replaced_by", None) else Badge("已印发", "done")


def _in_state(rows, state):
    return rows.drafts() if state == "draft" else rows.issued()


@require_safe
@needs(*SEES_BULLETINS)
def show_bulletins(request):
    rows = Bulletin.objects.visible_to(request.user).select_related("replaced_by")
    page = ListPage(
        request,
        rows,
        columns=[
            Column("month", "月份", lambda row: f"{row.month:%Y-%m}", sort="month", link=True),
            Column("serial", "期号", lambda row: row.serial or None, sort="number"),
            Column("title", "标题"),
            Column("day", "数据截止日期", sort="day"),
            Column("issued_at", "印发时间", sort="issued_at"),
            Column("state", "状态", badge_of),
        ],
        filters=[Filter("state", "状态", STATES, narrow=_in_state)],
        order=("-month", "-taken_at", "pk"),
        unit="份",
        row_url=lambda row: reverse("oversight:bulletin", args=[row.pk]),
    )
    month = clock.today().replace(day=1)
    context = {
        "title": f"{ROOT}（{page.count:,} 份）",
        "crumbs": [("进度", reverse("oversight:progress")), (ROOT, "")],
        "list": page,
        "may_write": bulletins.may_write(request.user),
        "month": f"{month:%Y-%m}",
        "key": new_id(),
    }
    return render(request, "oversight/bulletins.html", context)


def _writer(request):
    if not bulletins.may_write(request.user):
        raise PermissionDenied


@require_http_methods(FORM)
@needs(*SEES_BULLETINS)
def draft_bulletin(request):
    """One click with the month of today; the form is for another month, and for a second bulletin with its reason."""
    _writer(request)
    form = DraftForm(request.POST or None)
    if form.is_valid():
        month, reason, key = (form.cleaned_data[name] for name in ("month", "reason", "key"))
        month = month.replace(day=1)
        waiting = Bulletin.objects.visible_to(request.user).drafts().filter(month=month).first()
        if waiting:
            messages.info(request, bulletins.WAITS.format(month=month))
            return redirect("oversight:bulletin", waiting.pk)
        done = attempt(request, form, lambda: _drafted(request.user, month, reason, key), "已取数并生成草稿。")
        if done:
            return redirect("oversight:bulletin", done.result.pk) if done.result else redirect("oversight:bulletins")
    context = {
        "title": "生成通报",
        "crumbs": [(ROOT, reverse("oversight:bulletins")), ("生成通报", "")],
        "form": form,
        "submit": "生成通报",
        "cancel_url": reverse("oversight:bulletins"),
    }
    return render(request, "accounts/form.html", context)


def _drafted(user, month, reason, key):
    # Asked before the numbers are counted, and again when they are written.
    if why_not := bulletins.refused(month, reason):
        raise bulletins.Refused(why_not)
    return bulletins.draft(month, _numbers(user, month), actor=user, reason=reason, key=key)


def _numbers(user, month):
    day, since = bulletins.days_of(month)
    return figures.read(user, day, since, months=figures.MONTHS)


def _seen(request, pk):
    rows = Bulletin.objects.visible_to(request.user).select_related("replaces", "replaced_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@needs(*SEES_BULLETINS)
def show_bulletin(request, pk):
    return _page(request, _seen(request, pk))


def _page(request, row, form=None, issuing=None):
    numbers = snapshot.of(row)
    strays = [] if row.issued_at else bulletins.strays(row)
    writes = bulletins.may_write(request.user) and not row.issued_at
    if writes:
        words = {name: getattr(row, name) for name in bulletins.EDITED}
        form = form or TextForm(initial=words | {"seen": bulletins.version_of(row)})
        issuing = issuing or IssueForm(strays)
    context = {
        "title": f"{ROOT} {row.month:%Y-%m}{f'（{row.serial}）' if row.serial else '（草稿）'}",
        "crumbs": [(ROOT, reverse("oversight:bulletins")), (f"{row.month:%Y-%m}", "")],
        "row": row,
        "badge": badge_of(row),
        "strays": strays,
        "form": form if writes else None,
        "issuing": issuing if writes else None,
        "sections": paper.sections(row),
        "tables": preview.tables(numbers),
        "trend": [(f"{day:%Y-%m}", number) for day, number in numbers.trend],
        "key": new_id(),
        "entries": story.of_bulletin(row),
    }
    return render(request, "oversight/bulletin.html", context)


@require_POST
@needs(*SEES_BULLETINS)
def edit_bulletin(request, pk):
    row = _seen(request, pk)
    _writer(request)
    form = TextForm(request.POST)
    if form.is_valid():
        values, key = dict(form.cleaned_data), form.cleaned_data["key"]
        done = attempt(
            request,
            form,
            lambda: bulletins.edit(row, values, seen=values["seen"], actor=request.user, key=key),
            "已保存。",
        )
        if done:
            return redirect("oversight:bulletin", pk)
    row.refresh_from_db()
    if form.non_field_errors() and not row.issued_at:
        # What was typed stays; sent again it counts as written in sight of what stands there now.
        form.data = form.data.copy()
        form.data["seen"] = bulletins.version_of(row)
    return _page(request, row, form=form)


@require_POST
@needs(*SEES_BULLETINS)
def retake_bulletin(request, pk):
    row = _seen(request, pk)
    _writer(request)
    attempt(
        request,
        None,
        lambda: bulletins.retake(row, _numbers(request.user, row.month), actor=request.user),
        "已重新取数，没有修改过的文字随之更新。",
    )
    return redirect("oversight:bulletin", pk)


@require_POST
@needs(*SEES_BULLETINS)
def issue_bulletin(request, pk):
    row = _seen(request, pk)
    _writer(request)
    form = IssueForm(bulletins.strays(row), request.POST)
    if form.is_valid():
        given = {"checked": form.cleaned_data.get("checked", False), "key": form.cleaned_data["key"]}
        done = attempt(
            request, form, lambda: bulletins.issue(row, actor=request.user, **given), "已印发，正文、数据和文件已固定。"
        )
        if done:
            return redirect("oversight:bulletin", pk)
    row.refresh_from_db()
    return _page(request, row, issuing=form)


@require_safe
@needs(*SEES_BULLETINS)
def download_bulletin(request, pk):
    """The file that was issued, always the same bytes; of a draft, what would be issued now."""
    row = _seen(request, pk)
    data = bulletins.file_of(row) if row.issued_at else paper.printed(row)
    name = row.serial.replace(" ", "") or f"{row.month:%Y-%m}草稿"
    events.note(request, "download", subject=f"oversight.Bulletin:{row.pk}", field=f"{ROOT} {name}")
    return private_file(data, f"{ROOT}-{name}.docx", DOCX)
