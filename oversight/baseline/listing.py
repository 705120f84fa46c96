"""The list behind a number of the bridge, and what may be recorded from it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.urls import reverse

from accounts.models import Enterprise, Office
from accounts.scope import reach_of
from handover.listing import NO_AREA_YET
from handover.models import Case
from oversight.baseline import lines, narrowing
from oversight.baseline.bridge import AREA, CUTS, ENTERPRISE, NOBODYS, WHOLE
from oversight.baseline.freezing import may_keep
from oversight.baseline.lines import LINES
from retirees.models import Retiree
from tracks.desk import Button
from weihai_transfer.lib.listing import Column, ListPage

ELSEWHERE = "（不在本单位名下）"


@dataclass(frozen=True)
class Asked:
    """Which number of the bridge the address asks for; `name` is the area's or enterprise's, for the title."""

    line: object
    cut: str
    key: int | None
    name: str

    @classmethod
    def of(cls, query):
        line, cut, key = LINES.get(query.get("line", "")), query.get("cut", WHOLE), query.get("key")
        if line is None or cut not in CUTS or (key is not None and not (key.isascii() and key.isdigit() and cut)):
            raise Http404
        number = None if key is None else int(key[:9])
        return cls(line, cut, number, cls._name(cut, number))

    @staticmethod
    def _name(cut, key):
        if key is None:
            return ""
        if cut == AREA and key == NOBODYS:
            return NO_AREA_YET
        model = Enterprise if cut == ENTERPRISE else Office
        found = model.objects.filter(pk=key).first()
        if found is None:
            raise Http404
        return found.name


def people_page(request, baseline, asked):
    rows = narrowing.rows_of(baseline, request.user, asked.line.code, asked.cut, asked.key)
    frozen = asked.line.code in lines.OF_FROZEN
    return ListPage(
        request,
        _frozen_rows(rows) if frozen else _rows(rows, baseline),
        columns=_frozen_columns(request.user) if frozen else _columns(request.user),
        order=("enterprise__path", "pk"),
        row_url=_way(request.user, frozen),
    )


def _rows(rows, baseline):
    rows = rows.select_related("retiree", "enterprise", "area")
    then = Office.objects.filter(pk=OuterRef("base_area"))
    return rows.annotate(
        base_area=Subquery(_base(baseline, "area")), base_enterprise=Subquery(_base(baseline, "enterprise__name"))
    ).annotate(base_area_name=Subquery(then.values("name")[:1]))


def _base(baseline, name):
    return baseline.people.filter(case=OuterRef("pk")).values(name)[:1]


def _frozen_rows(rows):
    rows = rows.select_related("case__retiree", "enterprise", "area")
    return rows.annotate(last_name=_last_name())


def _last_name():
    """Of somebody who is gone with a roster: his name stands in the history alone."""
    versions = Retiree.history.model.objects.filter(id=OuterRef("case_id")).order_by("-history_date", "-history_id")
    return Subquery(versions.values("name")[:1])


def _sees(user):
    """Who of the rows is the viewer's to know by name: those whom he sees as people, too."""
    reach = reach_of(user, *Case.objects.all().seen_with)

    def sees(case):
        if reach.everywhere or case.enterprise_id in reach.enterprises:
            return True
        return case.office_id in reach.offices

    return sees


def _columns(user):
    sees = _sees(user)

    def known(value):
        return lambda one: value(one) if sees(one) else None

    return [
        Column("name", "姓名", lambda one: one.retiree.name if sees(one) else ELSEWHERE, link=True),
        Column("enterprise", "移交企业", sort="enterprise__path"),
        Column("base_area_name", "基线接收区市"),
        Column("area", "现接收区市", known(lambda one: one.area)),
        Column("state", "状态", known(lambda one: one.get_state_display())),
        Column("since", "进入状态时间", known(lambda one: one.state_since)),
        Column("base_enterprise", "基线企业", optional=True, hidden=True),
    ]


def _frozen_columns(user):
    sees = _sees(user)
    reach = reach_of(user, *Case.objects.all().seen_with)

    def name(one):
        mine = reach.everywhere or one.enterprise_id in reach.enterprises
        if one.case_id and one.there:
            return one.case.retiree.name if sees(one.case) else ELSEWHERE
        return one.last_name if mine else ELSEWHERE

    def now(one):
        if not one.there:
            return "花名册已撤回"
        return one.case.get_state_display() if sees(one.case) else None

    return [
        Column("name", "姓名", name, link=True),
        Column("enterprise", "基线企业", sort="enterprise__path"),
        Column("area", "基线接收区市", sort="area__path"),
        Column("state", "现在状态", now),
    ]


def _way(user, frozen):
    sees = _sees(user)

    def way(one):
        case = (one.case if one.there else None) if frozen else one
        return reverse("handover:person", args=[case.pk]) if case and sees(case) else ""

    return way


def buttons(user, line):
    """Recording a change, for those who may, where the line has anything to record."""
    if not may_keep(user) or not line.kinds:
        return []
    return [Button("登记变动", reverse("oversight:baseline_record"), primary=line.waiting)]


def changed_page(request, people):
    """Whom a recorded change names; for the leading group's office."""
    rows = people.select_related("case__retiree", "case__enterprise", "case__area")
    # The key of a row leads nowhere once the case is gone with a roster.
    rows = rows.annotate(last_name=_last_name(), there=Exists(Case.objects.filter(pk=OuterRef("case_id"))))
    return ListPage(
        request,
        rows,
        columns=[
            Column("name", "姓名", "last_name", link=True),
            Column("enterprise", "移交企业", lambda one: one.case.enterprise if one.there else None),
            Column("area", "现接收区市", lambda one: one.case.area if one.there else None),
            Column("state", "状态", lambda one: one.case.get_state_display() if one.there else "花名册已撤回"),
        ],
        row_url=lambda one: reverse("handover:person", args=[one.case_id]) if one.there else "",
    )
