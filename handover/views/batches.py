"""Numbered batches of an enterprise: where their people stand now, and the list on paper."""

from io import BytesIO
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import holds
from audit import events
from handover.models import Batch, Case
from handover.papers import words
from handover.papers.desk import BATCH_PAPERS
from handover.states.cases import RECEIVED, State
from handover.viewers import full_name
from tracks.papers import pages as paper_pages
from weihai_transfer.lib.filters import MONTH, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.output import XLSX
from weihai_transfer.lib.workbooks.writing import Column as BookColumn
from weihai_transfer.lib.workbooks.writing import Sheet, write_table

SEEN_WITH = (Duty.SUBMIT, Duty.SIGN, Duty.COORDINATE, Duty.WATCH)
TITLE = "国有企业退休人员社会化管理移交花名册"
ROSTER_ROW = "serial name sex id_number retired_on phone hukou_address residence_address receiver note".split()
ROSTER = (
    BookColumn("序号", 6),
    BookColumn("姓名", 12),
    BookColumn("性别", 6),
    BookColumn("身份证号", 22),
    BookColumn("退休时间", 11),
    BookColumn("联系电话", 16),
    BookColumn("户口所在地", 36),
    BookColumn("常年居住地", 36),
    BookColumn("接收街道（镇）", 18),
    BookColumn("备注", 14),
)
COUNTED = (
    ("unassigned", "待分配", (State.SUBMITTED,)),
    ("waiting", "待接收", (State.ASSIGNED,)),
    ("accepted", "已接收", RECEIVED),
    ("returned", "已退回", (State.RETURNED,)),
)


@require_safe
def show_batches(request):
    if not holds(request.user, *SEEN_WITH):
        raise PermissionDenied
    batches = Batch.objects.visible_to(request.user)
    page = ListPage(
        request,
        batches.select_related("enterprise", "by").annotate(
            **{name: Count("cases", Q(cases__state__in=states)) for name, _, states in COUNTED}
        ),
        columns=[
            Column("number", "批次号", sort="number", link=True),
            Column("enterprise", "企业", sort="enterprise__path"),
            Column("at", "上报日期", lambda batch: timezone.localdate(batch.at), sort="at"),
            Column("by", "经办人"),
            Column("people", "上报人数", sort="people", number=True),
            *(Column(name, label, number=True) for name, label, _ in COUNTED),
        ],
        filters=[
            Filter("enterprise", "企业", lambda: _enterprises(batches)),
            Filter("month", "上报月份", kind=MONTH, lookup="at"),
        ],
        order=("-at", "-pk"),
        unit="批",
        row_url=lambda batch: reverse("handover:batch", args=[batch.pk]),
    )
    context = {"title": f"上报批次（{page.count:,} 批）", "crumbs": [("上报批次", "")], "list": page}
    return render(request, "handover/batches.html", context)


def _enterprises(batches):
    rows = Enterprise.objects.filter(pk__in=batches.order_by().values("enterprise").distinct())
    return [(one.pk, one.name) for one in rows]


@require_safe
def show_batch(request, pk):
    batch = get_object_or_404(Batch.objects.visible_to(request.user).select_related("enterprise", "by"), pk=pk)
    cases = Case.objects.visible_to(request.user).filter(batch=batch)
    if request.GET.get("paper") == "1":
        return _paper(request, batch, cases)
    counts = dict(cases.order_by().values_list("state").annotate(Count("pk")))
    here = sum(counts.values())
    context = {
        "title": f"批次 {batch.number}",
        "crumbs": [("上报批次", reverse("handover:batches")), (batch.number, "")],
        "batch": batch,
        "counts": [(state.label, counts[state], _people(batch, state)) for state in State if state in counts],
        "here": here,
        "gone": batch.people - here,
        "people_url": _people(batch),
        "paper_url": "?paper=1",
        "roster_url": reverse("handover:batch_roster", args=[pk]) if here else "",
        "papers": paper_pages.papers_of(BATCH_PAPERS, batch, request.user),
    }
    return render(request, "handover/batch.html", context)


@require_safe
def download_roster(request, pk):
    """移交花名册 as a workbook, with the same rows as the Word one."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    rows = words.batch_rows(batch)
    if not rows:
        raise Http404
    made = f"{request.user.acting_for} {request.user.name} {timezone.localtime():%Y-%m-%d %H:%M}"
    sheet = Sheet(
        "移交花名册",
        ROSTER,
        [[row[name] for name in ROSTER_ROW] for row in rows],
        captions=(TITLE, f"移交单位：{batch.enterprise.name}　批次：{batch.number}　共 {len(rows):,} 人"),
        footer=made,
    )
    book = BytesIO()
    write_table(book, [sheet])
    events.note(request, "download", subject=f"handover.Batch {pk}", field=f"移交花名册 {len(rows)} 人")
    return private_file(book.getvalue(), f"移交花名册-{batch.number}.xlsx", XLSX)


def _people(batch, state=None):
    query = {"batch": batch.pk, **({"state": state.value} if state else {})}
    return f"{reverse('handover:people')}?{urlencode(query)}"


def _paper(request, batch, cases):
    rows = cases.select_related("retiree", "area", "office__parent").order_by("retiree__pinyin", "pk")
    context = {
        "title": f"批次 {batch.number} 报送清单",
        "crumbs": [
            ("上报批次", reverse("handover:batches")),
            (batch.number, reverse("handover:batch", args=[batch.pk])),
            ("报送清单", ""),
        ],
        "batch": batch,
        "rows": [(case, full_name(case.office)) for case in rows],
        "print_words": f"批次 {batch.number}。",
    }
    return render(request, "handover/batch_paper.html", context)
