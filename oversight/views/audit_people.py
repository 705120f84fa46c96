"""One person for the audit administrator: found by number, told without a name."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.views.guard import needs
from audit import events
from oversight import audit_words
from oversight.auditing import finding, person
from oversight.auditing.filters import of_kinds
from oversight.auditing.reading import READS
from oversight.auditing.tabs import tabs
from weihai_transfer.lib import filters
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage

HOME = "oversight:audit_people"
COLUMNS = (
    Column("at", "时间", sort="at", link=True),
    Column("what", "类别", "badge"),
    Column("sentence", "记录"),
    Column("changes", "写了什么、看了什么", template="oversight/_audit_changes.html"),
    Column("reason", "理由"),
)


def _from(rows, day):
    return rows.keep(lambda one: timezone.localdate(one.at) >= day)


def _until(rows, day):
    return rows.keep(lambda one: timezone.localdate(one.at) <= day)


def _of_kind(rows, what):
    return rows.keep(lambda one: one.what == what)


FILTERS = (
    Filter("since", "开始日期", kind=filters.DATE, narrow=_from),
    Filter("until", "结束日期", kind=filters.DATE, narrow=_until),
    Filter("what", "类别", person.KINDS, narrow=_of_kind),
)


def _crumbs(*more):
    return [("审计", reverse("oversight:audit")), ("一人全程", reverse(HOME) if more else ""), *more]


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Duty.AUDIT)
def find(request):
    """The number comes by POST, so that no ID number ever stands in an address or a log."""
    text, found = request.POST.get("q", "").strip()[:60], []
    if text:
        events.note(request, "search", field="审计：一人全程")
        found = finding.people_like(text)
        if len(found) == 1:
            return redirect("oversight:audit_person", found[0].pk)
    context = {
        "title": "一人全程",
        "crumbs": _crumbs(),
        "tabs": tabs(request, HOME),
        "found": found,
        "asked": bool(text),
    }
    return render(request, "oversight/audit_people.html", context)


@require_safe
@needs(Duty.AUDIT)
def show_story(request, pk):
    rows = person.story_of(pk)
    if rows is None:
        raise Http404
    page = ListPage(
        request, rows, columns=COLUMNS, filters=FILTERS, order=("-at", "-pk"), unit="条", row_url=lambda one: one.url
    )
    return _page(request, pk, page, "story", f"一人全程（{page.count:,} 条）")


@require_safe
@needs(Duty.AUDIT)
def show_seen(request, pk):
    trail = person.trail_of(pk)
    if not trail.changes:
        raise Http404
    labels = {kind: events.LABELS[kind] for kind in (*READS, "read_audit")}
    page = ListPage(
        request,
        person.events_about(trail),
        columns=(
            Column("at", "时间", sort="at"),
            Column("sentence", "谁、以什么岗位", audit_words.of_event),
            Column("subject", "看了什么", lambda one: person.about(one, trail)),
            Column("reason", "理由"),
        ),
        filters=of_kinds(labels),
        order=("-at", "-pk"),
        unit="条",
    )
    return _page(request, pk, page, "seen", f"谁看过此人（{page.count:,} 条）")


def _page(request, pk, page, here, title):
    events.note(request, "read_audit", field="一人全程", subject=f"retirees.Retiree {pk}")
    context = {
        "title": title,
        "crumbs": _crumbs((title, "")),
        "tabs": tabs(request, ""),
        "pk": pk,
        "here": here,
        "mark": finding.mark_of(pk),
        "list": page,
    }
    return render(request, "oversight/audit_person.html", context)
