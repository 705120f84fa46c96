"""The due list: its columns and filters."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from accounts.scope import reach_of
from oversight.deadlines.counting import LATE, SOON
from oversight.deadlines.ladder import ESCALATED, MINE
from oversight.deadlines.look import SOON as AHEAD
from oversight.deadlines.rows import DueRows
from weihai_transfer.lib.filters import FLAG, Filter
from weihai_transfer.lib.listing import Column, ListPage


def view_of(request):
    return ESCALATED if request.GET.get(ESCALATED) == "1" else MINE


def due_page(request, look, kinds):
    view = view_of(request)
    rows = DueRows(request.user, look, view, kinds=kinds)
    return ListPage(
        request, rows, columns=COLUMNS, filters=_filters(request.user, rows), unit="件", row_url=lambda one: one.url
    )


COLUMNS = [
    Column("kind", "事项", "kind.label"),
    Column("subject", "姓名或编号", link=True),
    Column("enterprise", "企业"),
    Column("who", "由谁办理"),
    Column("term", "期限", "kind.term_label"),
    Column("last_day", "最后一日"),
    Column("late", "逾期或剩余", "badge"),
    Column("more", "办理情况", "url", template="oversight/_due_more.html"),
]


def _filters(user, rows):
    found = [
        # What the rows themselves were made with; here only to be said in words and kept in the address.
        Filter(ESCALATED, "只看提级到我的", kind=FLAG, narrow=lambda found, _: found),
        Filter("kind", "事项", [(one.code, one.label) for one in rows.kinds], narrow=DueRows.of_kind),
        Filter("when", "期限", ((LATE, "已逾期"), (SOON, f"{AHEAD} 个工作日内到期")), narrow=DueRows.at),
    ]
    # An office below an area knows its area.
    reach = reach_of(user, *{duty for kind in rows.kinds for duty in kind.needs})
    if reach.everywhere or reach.enterprises:
        found.append(Filter("area", "区市", _areas, narrow=lambda found, path: found.in_area(path)))
    found.append(Filter("enterprise", "企业", lambda: _enterprises(user, rows.kinds), narrow=DueRows.of_enterprise))
    return found


def _areas():
    areas = Office.objects.filter(kind=OfficeKind.AREA, active=True).order_by("path")
    return [(area.path, str(area)) for area in areas]


def _enterprises(user, kinds):
    """Those that stand in any row that this user sees: a bookmark holds when nothing of one is due any more."""
    seen = Q(pk__in=[])
    for model, column in {(kind.model, kind.enterprise) for kind in kinds}:
        seen |= Q(Exists(model.objects.visible_to(user).filter(**{column: OuterRef("pk")})))
    return [(one.pk, one.name) for one in Enterprise.objects.filter(seen).order_by("path")]
