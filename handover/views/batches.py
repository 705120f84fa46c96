"""Numbered batches of an enterprise: where their people stand now, and the list on paper."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import holds
from handover.models import Batch, Case
from handover.states.cases import RECEIVED, State
from handover.viewers import full_name
from weihai_transfer.lib.filters import MONTH, Filter
from weihai_transfer.lib.listing import Column, ListPage

SEEN_WITH = (Duty.SUBMIT, Duty.SIGN, Duty.COORDINATE, Duty.WATCH)
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
    }
    return render(request, "handover/batch.html", context)


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
