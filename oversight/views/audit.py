"""The audit administrator's reading room. Everything is read-only, and reading it is itself noted."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.views.guard import needs
from audit import events, history
from audit.models import Operation, SecurityEvent
from oversight import audit_words
from oversight.auditing import nouns
from oversight.auditing.filters import of_kinds
from oversight.auditing.reading import READS
from oversight.auditing.tabs import tabs
from weihai_transfer.lib import filters
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import back_url

MOST_IDS = 50


OPERATION_COLUMNS = (
    Column("at", "时间", link=True),
    Column("sentence", "记录", audit_words.of_operation),
    Column("reason", "理由", audit_words.reason_of),
    Column("pk", "操作编号", "pk", optional=True, hidden=True),
)
EVENT_COLUMNS = (
    Column("at", "时间"),
    Column("sentence", "记录", audit_words.of_event),
    Column("subject", "对象", lambda one: nouns.subject_words(one.subject)),
    Column("path", "页面"),
    Column("reason", "理由"),
    Column("request_id", "请求编号", optional=True, hidden=True),
)
SUBJECT = Filter("subject", "对象编号", kind=filters.TEXT, lookup="subject")
READING = Filter("reads", "只看查阅和下载", kind=filters.FLAG, narrow=lambda rows, _: rows.filter(kind__in=READS))


@require_safe
@needs(Duty.AUDIT)
def show_operations(request):
    events.note(request, "read_audit", field="操作记录")
    page = ListPage(
        request,
        Operation.objects.all(),
        columns=OPERATION_COLUMNS,
        filters=of_kinds(audit_words.OPERATIONS),
        order=("-at", "-pk"),
        unit="条",
        row_url=lambda one: reverse("oversight:audit_operation", args=[one.pk]),
    )
    context = {"title": "操作记录", "tabs": tabs(request, "oversight:audit"), "list": page, "crumbs": [("审计", "")]}
    return render(request, "oversight/audit.html", context)


@require_safe
@needs(Duty.AUDIT)
def show_events(request):
    events.note(request, "read_audit", field="安全事件")
    page = ListPage(
        request,
        SecurityEvent.objects.all(),
        columns=EVENT_COLUMNS,
        filters=(*of_kinds(events.LABELS), SUBJECT, READING),
        order=("-at", "-pk"),
        unit="条",
    )
    context = {
        "title": "安全事件",
        "tabs": tabs(request, "oversight:audit_events"),
        "list": page,
        "crumbs": [("审计", "")],
    }
    return render(request, "oversight/audit.html", context)


@require_safe
@needs(Duty.AUDIT)
def show_operation(request, pk):
    one = get_object_or_404(Operation, pk=pk)
    events.note(request, "read_audit", field="操作记录", subject=str(pk))
    context = {
        "title": audit_words.OPERATIONS.get(one.kind, one.kind),
        "crumbs": [("审计", reverse("oversight:audit")), ("操作记录", "")],
        "operation": one,
        "sentence": audit_words.of_operation(one),
        "reason": audit_words.reason_of(one),
        "back_url": back_url(request, reverse("oversight:audit")),
        "touched": list(_touched(one)),
        "sealed": getattr(one, "sealed", None),
    }
    return render(request, "oversight/audit_operation.html", context)


def _touched(one):
    """(what kind of rows, how many, the first ids) of every audited model that the operation wrote."""
    for model in history.audited_models():
        rows = history.history_of(model).objects.filter(operation=one)
        key = model._meta.pk.attname
        ids = list(rows.order_by("history_id").values_list(key, flat=True)[: MOST_IDS + 1])
        if ids:
            count = len(ids) if len(ids) <= MOST_IDS else rows.count()
            yield nouns.noun_of(model), count, ids[:MOST_IDS]
