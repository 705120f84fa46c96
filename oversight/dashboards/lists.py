"""The lists behind numbers that no working list shows: people as they stood on a past day, and returns."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from archives.states import State as DossierState
from handover import deadlines, reasons
from handover.listing import NO_AREA, NO_AREA_YET
from handover.models import Case
from handover.states.cases import State
from oversight.counting import reading
from oversight.counting.measures import MEASURES
from oversight.counting.reading import Scope
from oversight.dashboards import waiting
from oversight.dashboards.asked import day_or_404
from party.states import State as MemberState
from weihai_transfer.lib import clock
from weihai_transfer.lib.filters import MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage

# Whoever has left the viewer's sight since is a row without a name: the number stays, the person is not shown.
NO_LONGER_SEEN = "已不在本单位范围"
OVERDUE = ("overdue", "逾期")
# The columns of counting.people that a measure looks at.
LOOKED_AT = {
    "case": ("state", "covered"),
    "dossier": ("dossier_state", "digitised"),
    "membership": ("membership_state", "receipted"),
}


def people_then(request):
    """(ListPage, day) of the people who stand behind a number of a past day."""
    day = day_or_404(request, "day") or clock.today()
    seen = Case.objects.visible_to(request.user).filter(pk=OuterRef("retiree_id"))
    rows = reading.stood(Scope.of(request.user), day).annotate(seen=Exists(seen))
    page = ListPage(
        request,
        rows.select_related("retiree", "enterprise", "area", "office__parent"),
        columns=COLUMNS,
        filters=_filters(request, day),
        order=("history_id",),
        unit="人",
        row_url=_person_url,
    )
    return page, day


def _person_url(row):
    return reverse("handover:person", args=[row.retiree_id]) if row.seen else ""


def _name(row):
    return row.retiree.name if row.seen else NO_LONGER_SEEN


COLUMNS = (
    Column("name", "姓名", _name, link=True),
    Column("enterprise", "企业", sort="enterprise__path"),
    Column("area", "接收区市", sort="area__path"),
    Column("office", "接收单位", sort="office__path"),
    Column("state", "当时状态", lambda row: State(row.state).label, sort="state"),
    Column("since", "进入状态时间", lambda row: timezone.localdate(row.state_since), sort="state_since"),
    Column("dossier", "人事档案", lambda row: row.dossier_state and DossierState(row.dossier_state).label),
    Column("membership", "党组织关系", lambda row: row.membership_state and MemberState(row.membership_state).label),
)


def _filters(request, day):
    terms = deadlines.Terms(today=day)
    figures = [*((one.code, one.label) for one in MEASURES.values()), OVERDUE]
    waits = {one.code: one for one in deadlines.WAITS}
    found = (
        Filter("figure", "统计口径", figures, narrow=lambda rows, code: _by_measure(rows, code, terms)),
        Filter("state", "状态", State.choices, MANY),
        Filter(
            "waited",
            "已等候",
            [(one.code, one.label) for one in deadlines.WAITS],
            narrow=lambda rows, code: rows.filter(deadlines.waited(waits[code], terms)),
        ),
        Filter("area", "接收区市", _areas(), narrow=_at("area")),
        Filter("office", "镇街", _asked(request, "office", Office), narrow=_below),
        Filter("at", "就在该单位", [*_asked(request, "at", Office), (NO_AREA, "没有接收单位")], narrow=_at("office")),
        Filter("enterprise", "企业", _asked(request, "enterprise", Enterprise), narrow=_at("enterprise")),
        Filter("group", "企业及所属企业", _asked(request, "group", Enterprise), narrow=_of_group),
    )
    return [one for one in found if one.name in ("figure", "state", "area") or one.name in request.GET]


def _by_measure(rows, code, terms):
    if code == OVERDUE[0]:
        return deadlines.overdue(rows, terms)
    measure = MEASURES[code]
    state, mark = LOOKED_AT[measure.track]
    asked = {f"{state}__in": measure.states}
    for column, value in ((mark, measure.marked), ("stock", measure.stock), ("ended_outside", measure.outside)):
        if value is not None:
            asked[column] = value
    return rows.filter(**asked)


def _areas():
    areas = [(one.pk, str(one)) for one in Office.objects.filter(kind=OfficeKind.AREA)]
    return [*areas, (NO_AREA, NO_AREA_YET)]


def _asked(request, name, model):
    keys = [key for key in request.GET.getlist(name) if key.isascii() and key.isdigit()]
    return [(one.pk, str(one)) for one in model.objects.filter(pk__in=keys)] if keys else []


def _at(column):
    return lambda rows, key: rows.filter(**{column: None if key == NO_AREA else key})


def _below(rows, key):
    return rows.filter(office__path__startswith=Office.objects.get(pk=key).path)


def _of_group(rows, key):
    return rows.filter(enterprise__path__startswith=Enterprise.objects.get(pk=key).path)


def returns(request, asked):
    """The returns of the period, one row for each time."""
    seen = Case.objects.visible_to(request.user).filter(pk=OuterRef("retiree_id"))
    rows = waiting.returns_of(asked).annotate(seen=Exists(seen))
    return ListPage(
        request,
        rows.select_related("retiree", "enterprise", "returned_by__parent", "operation"),
        columns=RETURN_COLUMNS,
        filters=[Filter("reason", "原因", reasons.RETURN, lookup="operation__reason_code")],
        order=("-history_date", "-history_id"),
        unit="次",
        row_url=_person_url,
    )


RETURN_COLUMNS = (
    Column("name", "姓名", _name, link=True),
    Column("enterprise", "企业", sort="enterprise__path"),
    Column("by", "退回单位", "returned_by", sort="returned_by__path"),
    Column("on", "退回日期", lambda row: timezone.localdate(row.history_date), sort="history_date"),
    Column("reason", "原因", lambda row: reasons.LABELS.get(row.operation.reason_code, "")),
    Column("times", "第几次退回", "returns", number=True, sort="returns"),
)
