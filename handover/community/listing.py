"""The people whom a street or community looks after, with what was done for them; and the records of services."""

from datetime import date

from django.db.models import Case as Choose
from django.db.models import OuterRef, Subquery, Value, When
from django.urls import reverse

from accounts.duties import Duty
from accounts.models import Office
from accounts.models.places import OfficeKind
from accounts.scope import reach_of
from handover.community import terms
from handover.community.acts import BULK
from handover.listing import person_url
from handover.models import Activity, Confirmation, EligibilityCheck, ServiceRecord
from handover.models.community import ActivityKind, ConfirmationResult, EligibilityResult, ServiceKind
from handover.viewers import full_name
from retirees.codes import SPECIAL_GROUPS, Survival
from tracks.desk import Button
from weihai_transfer.lib import clock
from weihai_transfer.lib.filters import FLAG, MONTH, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge

GROUPS = {**SPECIAL_GROUPS, "elderly": "八十岁以上高龄（按出生日期）"}
YES_NO = (("yes", "已办"), ("no", "未办"))


def people(user):
    return terms.looked_after().open_to(user, Duty.RECEIVE)


def _newest(model, what, **conditions):
    rows = model.objects.filter(retiree=OuterRef("pk"), **conditions).order_by("-on")
    return Subquery(rows.values(what)[:1])


def with_care(cases):
    """What was done last, in columns of the same query; the oldest and those who live alone stand first."""
    year = clock.today().year
    return cases.select_related("retiree", "enterprise", "office__parent").annotate(
        confirmed_on=_newest(Confirmation, "on", year=year),
        confirmed_as=_newest(Confirmation, "result", year=year),
        missed_on=_newest(Confirmation, "on", result=ConfirmationResult.UNREACHABLE),
        checked_as=_newest(EligibilityCheck, "result", year=year),
        visited_on=_newest(ServiceRecord, "on", kind__in=terms.VISITS),
        turn=Choose(When(terms.in_group("elderly") | terms.in_group("alone"), then=Value(0)), default=Value(1)),
    )


def care_page(request):
    user = request.user
    return ListPage(
        request,
        with_care(people(user)),
        columns=[
            Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
            Column("id_number", "公民身份号码", "retiree.masked_id"),
            Column("age", "年龄", "retiree.age", sort="-retiree__born_on", number=True),
            Column("groups", "特殊群体", lambda case: "、".join(groups_of(case.retiree))),
            Column("office", "接收单位", lambda case: full_name(case.office), sort="office__path"),
            Column("confirmed", "本年度核实", _confirmed, sort="confirmed_on"),
            Column("checked", "本年度资格认证", _checked),
            Column("visited", "最近走访", "visited_on", sort="visited_on"),
            Column("act", "办理", lambda case: case.retiree.survival, template="handover/community/_act.html"),
            Column("missed", "联系不上（登记日期）", _missed_since, optional=True, hidden=True),
            Column("enterprise", "原企业", sort="enterprise__path", optional=True, hidden=True),
        ],
        filters=[
            Filter("confirmed", "本年度核实", YES_NO, narrow=_yes_no(terms.confirmed)),
            Filter("eligible", "本年度资格认证", YES_NO, narrow=_yes_no(terms.eligible)),
            Filter(
                "group", "特殊群体", tuple(GROUPS.items()), narrow=lambda rows, code: rows.filter(terms.in_group(code))
            ),
            Filter("survival", "生存状态", _SURVIVAL, lookup="retiree__survival"),
            Filter("office", "社区", lambda: offices_of(user), lookup="office"),
            Filter("visit", "只看待走访的", kind=FLAG, narrow=lambda rows, _: rows.filter(terms.to_visit())),
            Filter("late", "只看核实逾期的", kind=FLAG, narrow=lambda rows, _: rows.filter(terms.confirmed_too_late())),
        ],
        order=("turn", "retiree__born_on", "pk"),
        row_url=person_url,
    )


_SURVIVAL = [(one.value, one.label) for one in Survival if one != Survival.DECEASED]


def _yes_no(condition):
    return lambda rows, answer: rows.filter(condition() if answer == "yes" else ~condition())


def offices_of(user):
    kinds = (OfficeKind.STREET, OfficeKind.COMMUNITY)
    rows = Office.objects.filter(pk__in=reach_of(user, Duty.RECEIVE).offices, kind__in=kinds)
    return [(one.pk, full_name(one)) for one in rows.select_related("parent").order_by("path")]


def groups_of(retiree):
    """The labels of a person's groups today; 高龄 is reckoned, not remembered."""
    codes = set(retiree.special_groups) - {"elderly"}
    if retiree.born_on and retiree.born_on <= terms.born_before(terms.ELDERLY):
        codes.add("elderly")
    return [label for code, label in SPECIAL_GROUPS.items() if code in codes]


def _confirmed(case):
    if case.confirmed_on is None:
        return Badge("待核实", "mine")
    if case.confirmed_as == ConfirmationResult.UNREACHABLE:
        return Badge("联系不上", "late", str(case.confirmed_on))
    return Badge("健在", "done", str(case.confirmed_on))


def _checked(case):
    if case.checked_as is None:
        return Badge("待认证", "idle")
    meaning = "done" if case.checked_as == EligibilityResult.PASSED else "late"
    return Badge(EligibilityResult(case.checked_as).label, meaning)


def _missed_since(case):
    return case.missed_on if case.retiree.survival == Survival.UNREACHABLE else None


def bulk_buttons(request):
    """Whoever is looked for is found; the others are confirmed, checked and visited."""
    lost = request.GET.get("survival") == Survival.UNREACHABLE
    names = ["found"] if lost else ["confirm", "serve", "check"]
    url = reverse("handover:care_bulk")
    keys = {"confirm": "a", "found": "a"}
    return [
        Button(BULK[name].label, url, name, primary=at == 0, key=keys.get(name, "")) for at, name in enumerate(names)
    ]


def services_page(request):
    user = request.user
    own = set(reach_of(user, Duty.RECEIVE).offices)
    return ListPage(
        request,
        ServiceRecord.objects.visible_to(user).select_related("retiree", "office__parent"),
        columns=[
            Column("on", "日期", sort="on"),
            Column("name", "姓名", "retiree.name", sort="retiree__pinyin"),
            Column("kind", "服务种类", "get_kind_display", sort="kind"),
            Column("office", "服务单位", lambda row: full_name(row.office), sort="office__path"),
            Column("text", "情况", lambda row: text_of(row, own)),
        ],
        filters=[
            Filter("kind", "服务种类", ServiceKind.choices),
            Filter("month", "月份", kind=MONTH, lookup="on"),
            Filter("year", "年度", _years, narrow=_in_year),
            Filter("office", "单位", lambda: offices_of(user), lookup="office"),
        ],
        order=("-on", "pk"),
        unit="条",
    )


def text_of(row, own_offices):
    return row.text if row.office_id in own_offices else "（内容留在原服务单位）"


def _years():
    this = clock.today().year
    return [(str(year), f"{year}年") for year in range(this, this - 6, -1)]


def _in_year(rows, year):
    return rows.filter(on__range=(date(int(year), 1, 1), date(int(year), 12, 31)))


def activities_page(request):
    user = request.user
    return ListPage(
        request,
        Activity.objects.visible_to(user).select_related("office__parent"),
        columns=[
            Column("on", "日期", sort="on"),
            Column("title", "活动名称"),
            Column("kind", "活动种类", "get_kind_display", sort="kind"),
            Column("office", "组织单位", lambda row: full_name(row.office), sort="office__path"),
            Column("place", "地点"),
            Column("participants", "参加人数", number=True, sort="participants"),
        ],
        filters=[
            Filter("kind", "活动种类", ActivityKind.choices),
            Filter("month", "月份", kind=MONTH, lookup="on"),
            Filter("year", "年度", _years, narrow=_in_year),
            Filter("office", "单位", lambda: offices_of(user), lookup="office"),
        ],
        order=("-on", "pk"),
        unit="场",
    )
