"""Who read how much, and what left the system as a file."""

from datetime import timedelta

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.views.guard import needs
from audit import events
from audit.models import SecurityEvent
from oversight import audit_words
from oversight.auditing import nouns, reading, taken
from oversight.auditing.filters import of_kinds
from oversight.auditing.tabs import tabs
from weihai_transfer.lib import clock, filters
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage

COUNT = "oversight/_audit_count.html"
DAY_COLUMNS = (
    Column("day", "日期", sort="day"),
    Column("who", "人员"),
    Column("account", "账号", sort="account"),
    Column("opened", "打开人员", lambda day: day.count("open_person"), COUNT, number=True),
    Column("revealed", "查看完整信息", lambda day: day.count("reveal"), COUNT, number=True),
    Column("searched", "查询", lambda day: day.count("search"), COUNT, number=True),
    Column("exported", "导出", lambda day: day.count("export"), COUNT, number=True),
    Column("downloaded", "下载", lambda day: day.count("download"), COUNT, number=True),
    Column("total", "合计", lambda day: day.count(), COUNT, sort="total", number=True),
    Column("badge", "提示", sort="unusual"),
)


def _since(rows, day):
    return rows.narrowed(since=day)


def _until(rows, day):
    return rows.narrowed(at__lt=clock.midnight(day + timedelta(days=1)))


DAY_FILTERS = (
    Filter("since", "开始日期", kind=filters.DATE, narrow=_since),
    Filter("until", "结束日期", kind=filters.DATE, narrow=_until),
    Filter("account", "账号", kind=filters.TEXT, narrow=lambda rows, name: rows.narrowed(actor__username=name)),
)


def _crumbs(title):
    return [("审计", reverse("oversight:audit")), (title, "")]


@require_safe
@needs(Duty.AUDIT)
def show_readers(request):
    events.note(request, "read_audit", field="谁看了多少")
    page = ListPage(
        request,
        reading.Days(),
        columns=DAY_COLUMNS,
        filters=DAY_FILTERS,
        order=("-unusual", "-total", "-day", "pk"),
        unit="行",
    )
    context = {
        "title": "谁看了多少",
        "crumbs": _crumbs("谁看了多少"),
        "tabs": tabs(request, "oversight:audit_readers"),
        "list": page,
        "days": reading.DAYS,
        "rules": reading,
    }
    return render(request, "oversight/audit_readers.html", context)


TAKEN_COLUMNS = (
    Column("at", "时间", sort="at"),
    Column("sentence", "记录", audit_words.of_event),
    Column("amount", "数量", taken.amount_of),
    Column("subject", "对象", lambda one: nouns.subject_words(one.subject)),
    Column("reason", "理由和筛选条件"),
    Column("path", "页面", optional=True, hidden=True),
)


@require_safe
@needs(Duty.AUDIT)
def show_taken(request):
    events.note(request, "read_audit", field="导出和下载")
    page = ListPage(
        request,
        SecurityEvent.objects.filter(kind__in=taken.KINDS),
        columns=TAKEN_COLUMNS,
        filters=of_kinds(taken.KINDS),
        order=("-at", "-pk"),
        unit="条",
    )
    context = {
        "title": "导出和下载",
        "crumbs": _crumbs("导出和下载"),
        "tabs": tabs(request, "oversight:audit_taken"),
        "list": page,
    }
    return render(request, "oversight/audit.html", context)
