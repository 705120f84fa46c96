"""本单位办理记录: what was done at one's own office or enterprise, in words."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import events
from oversight import audit_words
from oversight.auditing import own
from oversight.auditing.filters import of_kinds
from weihai_transfer.lib.listing import Column, ListPage

TITLE = "本单位办理记录"
COLUMNS = (
    Column("at", "时间", sort="at"),
    Column("actor_name", "办理人"),
    Column("office", "单位"),
    Column("position", "岗位"),
    Column("kind", "事项", audit_words.kind_of),
    Column("rows", "涉及记录", number=True),
    Column("reason", "理由", audit_words.reason_for_offices),
)


@require_safe
def show_own(request):
    if not request.user.posts:
        raise PermissionDenied
    events.note(request, "read_audit", field=TITLE)
    page = ListPage(
        request,
        own.acts_of(request.user),
        columns=COLUMNS,
        filters=of_kinds(audit_words.OPERATIONS),
        order=("-at", "-pk"),
        unit="条",
    )
    places = "、".join(dict.fromkeys(str(post.place) for post in request.user.posts))
    context = {"title": f"{TITLE}（{page.count:,} 条）", "crumbs": [(TITLE, "")], "list": page, "places": places}
    return render(request, "oversight/own_acts.html", context)
