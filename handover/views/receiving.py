"""What waits at a street or community to be received: what is new since the last round, and until when to answer."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from accounts.scope import holds
from handover import deadlines, distribution, rounds, suggesting
from handover.listing import KEYS, person_url
from handover.models import Case
from handover.states.cases import MACHINE, State
from handover.viewers import full_name
from handover.views import bulk
from handover.views.steps import known_step
from tracks.desk import Button
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.filters import FLAG, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge

STEPS = ("accept", "return", "pass_down", "hand_back")
AGAIN = (("0", "首次上报"), ("1", "再次上报"))


@require_safe
def receive(request):
    page = list_of(request)
    place = f"{request.user.acting_for}，" if request.user.acting_for else ""
    context = {
        "title": f"待接收（{place}{page.count:,} 人）",
        "crumbs": [("待接收", "")],
        "list": page,
        "bulk": _buttons(page),
    }
    return render(request, "handover/receive.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request, step):
    if request.method != "POST":
        return redirect("handover:receive")
    page = list_of(request)
    return bulk.begin(request, known_step(step), page, f"{reverse('handover:receive')}?{page.query}")


def list_of(request):
    if not holds(request.user, Duty.RECEIVE):
        raise PermissionDenied
    cases = Case.objects.open_to(request.user, Duty.RECEIVE).filter(state=State.ASSIGNED)
    told = _Told(request)
    page = ListPage(
        request,
        cases.select_related("retiree", "enterprise", "office__parent"),
        columns=_columns(told),
        filters=_filters(cases),
        order=("state_since", "pk"),
        unit="人",
        row_url=person_url,
    )
    told.page = page
    return page


class _Told:
    """What a row says beyond its own columns, read for the whole page at once."""

    def __init__(self, request):
        self.request, self.page, self._changes = request, None, None
        self.divisions = suggesting.divisions()

    def difference(self, case):
        if self._changes is None:
            self._changes = rounds.changes_since_last(self.page.page.object_list, self.request.user)
        if case.round < 2:
            return None
        return len(self._changes.get(case.pk, ()))

    def due(self, case):
        until = deadlines.due(case, deadlines.terms_for(self.request.user))
        return until and until.day

    def left(self, case):
        terms = deadlines.terms_for(self.request.user)
        left = deadlines.days_left(case, terms)
        if left is None:
            return None
        if left.value < 0:
            return Badge(f"逾期 {-left.value} 个工作日", "late")
        return Badge("今日到期" if left.value == 0 else f"还有 {left.value} 个工作日", "mine")


def _columns(told):
    return [
        Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
        Column("age", "年龄", "retiree.age", sort="retiree__born_on", number=True),
        Column("enterprise", "企业", sort="enterprise__path"),
        Column("address", "居住地", lambda case: distribution.place_of(case.retiree, told.divisions)),
        Column("office", "接收单位", lambda case: full_name(case.office), sort="office__path"),
        Column("round", "轮次", told.difference, template="handover/_difference.html", sort="round"),
        Column("due", "答复期限", told.due, sort="state_since"),
        Column("left", "剩余时间", told.left),
    ]


def _filters(cases):
    return [
        Filter("enterprise", "企业", lambda: _enterprises(cases)),
        Filter("office", "接收单位", lambda: _offices(cases)),
        Filter(
            "again",
            "轮次",
            AGAIN,
            narrow=lambda rows, key: rows.filter(round__gt=1) if key == "1" else rows.filter(round=1),
        ),
        Filter("late", "只看逾期的", kind=FLAG, narrow=lambda rows, _: deadlines.overdue(rows)),
    ]


def _enterprises(cases):
    rows = Enterprise.objects.filter(pk__in=cases.order_by().values("enterprise").distinct())
    return [(one.pk, one.name) for one in rows]


def _offices(cases):
    rows = Office.objects.filter(pk__in=cases.order_by().values("office").distinct()).select_related("parent")
    return [(one.pk, full_name(one)) for one in rows]


def _buttons(page):
    """The step to a community only where somebody waits at a street; they carry the key by which a press is one act."""
    at_street = page.count and any(case.office.kind == OfficeKind.STREET for case in page.page.object_list)
    key = str(new_id())
    return [
        Button(
            MACHINE[name].label,
            reverse("handover:receive_bulk", args=[name]),
            key,
            name == "accept",
            MACHINE[name].danger,
            KEYS.get(name, ""),
            name="key",
        )
        for name in STEPS
        if name != "pass_down" or at_street
    ]
