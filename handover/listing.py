"""The list of people as cases: its columns, its filters and its bulk buttons, shared by every page that lists people."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from accounts.scope import holds, reach_of
from handover import deadlines
from handover.agreements import coverage
from handover.badges import badge_of
from handover.figures import FIGURES
from handover.models import Agreement, Batch, Case
from handover.offers import FORWARD, forward_first
from handover.papers.desk import FITTING, PAPERS
from handover.states.cases import MACHINE, State
from handover.viewers import full_name
from retirees.codes import OUTSIDE, Survival
from retirees.models import Roster
from retirees.models.rosters import RosterState
from tracks.desk import Button
from weihai_transfer.lib.filters import DATE, FLAG, MANY, MONTH, Filter
from weihai_transfer.lib.listing import Column, ListPage

SHOWN_WITH = ("retiree", "enterprise", "area", "office__parent", "batch")
# A batch that is in the address is offered too, however old it is.
NEWEST_BATCHES = 50
NO_AREA, NO_AREA_YET = "none", "尚未确定接收地"


def people_page(request, cases, *, order=("pk",), without=()):
    """A ListPage over scoped `cases`. `without`: names of filters or columns that the page itself has settled."""
    return ListPage(
        request,
        cases.select_related(*SHOWN_WITH),
        columns=[column for column in columns(request.user) if column.name not in without],
        filters=[one for one in filters(request) if one.name not in without],
        order=order,
        unit="人",
        row_url=person_url,
    )


def person_url(case):
    return reverse("handover:person", args=[case.pk])


def columns(user):
    found = [
        Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
        Column("id_number", "公民身份号码", "retiree.masked_id"),
        Column("age", "年龄", "retiree.age", sort="-retiree__born_on", number=True),
        Column("enterprise", "企业", sort="enterprise__path"),
        Column("office", "接收单位", lambda case: full_name(case.office), sort="office__path"),
        Column("state", "状态", lambda case: badge_of(case, user), sort="state"),
        Column("since", "进入状态时间", lambda case: timezone.localdate(case.state_since), sort="state_since"),
        Column("retired_on", "退休时间", "retiree.retired_on", sort="retiree__retired_on"),
        Column("area", "接收区市", sort="area__path", optional=True, hidden=True),
        Column("batch", "批次", optional=True, hidden=True),
        Column("returns", "退回次数", number=True, sort="returns", optional=True, hidden=True),
        Column("sex", "性别", "retiree.get_sex_display", optional=True, hidden=True),
        Column("former_unit", "原工作单位", "retiree.former_unit", optional=True, hidden=True),
    ]
    if holds(user, Duty.RECEIVE):
        groups = Column("groups", "特殊群体", lambda case: _groups(case, user), optional=True, hidden=True)
        found.append(groups)
    return found


def _groups(case, user):
    reach = reach_of(user, Duty.RECEIVE)
    known = reach.everywhere or case.office_id in reach.offices
    return "、".join(case.retiree.special_group_labels) if known else ""


def filters(request):
    """The filters that tell this viewer's people apart; one that stands in the address is always there."""
    user = request.user
    found = [
        Filter("state", "状态", State.choices, MANY),
        Filter("figure", "统计口径", [(one.code, one.label) for one in FIGURES.values()], narrow=_by_figure),
        Filter("area", "接收区市", _areas(), narrow=_by_area),
        Filter("office", "镇街", _streets(request), narrow=_by_street),
        Filter("at", "就在该单位", _places_of(request), narrow=_at_place),
        Filter("enterprise", "企业", _enterprises(user)),
        Filter("group", "企业及所属企业", _groups_of(request), narrow=_by_group),
        Filter("batch", "批次", _batches(request)),
        Filter("agreement", "协议", _agreements(request), narrow=_by_agreement),
        Filter("roster", "花名册", _rosters(request), lookup="retiree__roster"),
        Filter("retired", "退休月份", kind=MONTH, lookup="retiree__retired_on"),
        Filter("waited", "已等候", [(one.code, one.label) for one in deadlines.WAITS], narrow=deadlines.by_wait),
        *_accepted_between(request),
        Filter("stock", "人员类别", (("1", "存量"), ("0", "新增")), narrow=_by_stock),
        Filter("survival", "生存状态", Survival.choices, lookup="retiree__survival"),
        Filter("outside", "只看居住市外的", kind=FLAG, narrow=_living_outside),
    ]
    asked = request.GET
    if _is_below_one_area(user) and "area" not in asked:
        found = [one for one in found if one.name != "area"]
    return [one for one in found if one.kind in (DATE, MONTH, FLAG) or len(one.choices) > 1 or one.name in asked]


def _is_below_one_area(user):
    reach = reach_of(user, *Case.objects.all().seen_with)
    return not reach.everywhere and not reach.enterprises


def _by_figure(cases, code):
    return FIGURES[code].of(cases)


def _areas():
    areas = [(area.pk, str(area)) for area in Office.objects.filter(kind=OfficeKind.AREA, active=True)]
    return [*areas, (NO_AREA, NO_AREA_YET)]


def _by_area(cases, key):
    return cases.filter(area=None) if key == NO_AREA else cases.filter(area=key)


def _streets(request):
    """The streets of this viewer; a community only where the address names it, as the progress page does."""
    asked = [key for key in request.GET.getlist("office") if key.isascii() and key.isdigit()]
    places = Q(kind=OfficeKind.STREET) | Q(kind=OfficeKind.COMMUNITY, pk__in=asked)
    streets = Office.objects.filter(places, active=True).select_related("parent")
    reach = reach_of(request.user, Duty.DISTRIBUTE, Duty.RECEIVE)
    if reach.offices and not reach.enterprises:
        streets = streets.filter(pk__in=reach.offices)
    return [(street.pk, f"{street.parent} {street}") for street in streets]


def _by_street(cases, key):
    street = Office.objects.get(pk=key)
    return cases.filter(office__in=Office.objects.filter(path__startswith=street.path))


def _enterprises(user):
    with_people = Exists(Case.objects.visible_to(user).filter(enterprise=OuterRef("pk")))
    return [(one.pk, one.name) for one in Enterprise.objects.filter(with_people)]


def _groups_of(request):
    """Offered where the address names one, as the progress page does."""
    asked = [key for key in request.GET.getlist("group") if key.isascii() and key.isdigit()]
    return [(one.pk, one.name) for one in Enterprise.objects.filter(pk__in=asked)] if asked else []


def _by_group(cases, key):
    return cases.filter(enterprise__path__startswith=Enterprise.objects.get(pk=key).path)


def _places_of(request):
    """An office without those below it, where the address names one."""
    asked = [key for key in request.GET.getlist("at") if key.isascii() and key.isdigit()]
    found = [(one.pk, full_name(one)) for one in Office.objects.filter(pk__in=asked).select_related("parent")]
    return [*found, (NO_AREA, "没有接收单位")] if "at" in request.GET else []


def _at_place(cases, key):
    return cases.filter(office=None) if key == NO_AREA else cases.filter(office=key)


def _batches(request):
    batches = Batch.objects.visible_to(request.user)
    asked = [key for key in request.GET.getlist("batch") if key.isascii() and key.isdigit()]
    newest = batches.values("pk")[:NEWEST_BATCHES]
    rows = batches.filter(Q(pk__in=list(newest.values_list("pk", flat=True))) | Q(pk__in=asked))
    return list(rows.values_list("pk", "number"))


def _rosters(request):
    """Offered where the address names one, as the page of an imported roster does."""
    if "roster" not in request.GET:
        return []
    rosters = Roster.objects.visible_to(request.user).filter(state=RosterState.IMPORTED)
    return [(one.pk, str(one)) for one in rosters.only("pk", "filename", "at")]


def _agreements(request):
    """Offered where the address names one, as the page of an agreement does."""
    if "agreement" not in request.GET:
        return []
    rows = Agreement.objects.visible_to(request.user).select_related("enterprise", "area")
    return [(one.pk, str(one)) for one in rows]


def _by_agreement(cases, key):
    return cases.filter(pk__in=coverage.people_of(Agreement.objects.select_related("enterprise").get(pk=key)))


def _by_stock(cases, key):
    return cases.filter(stock=key == "1")


def _accepted_between(request):
    """Offered where the address names a day, as the progress page does."""
    found = (
        Filter("accepted_since", "接收日期自", kind=DATE, lookup="accepted_at__date__gte"),
        Filter("accepted_until", "接收日期至", kind=DATE, lookup="accepted_at__date__lte"),
    )
    return [one for one in found if one.name in request.GET]


def _living_outside(cases, _):
    return cases.filter(retiree__residence__in=OUTSIDE)


# A card number, a place and a scan are written down for one person at a time; `submit` sees itself who goes straight back.
NOT_IN_BULK = ("contact", "send_outside", "report_outside", "resubmit")


def notice_buttons(user, request):
    """Pressing those whose turn it is, from the list of overdue people (三(二))."""
    if request.GET.get("figure") != "overdue" or not holds(user, Duty.COORDINATE):
        return []
    return [Button("督办", reverse("handover:notice_people"))]


KEYS = {"accept": "a", "return": "r"}


def paper_buttons(user, states):
    """The papers that this user may make of people in any of the chosen states, or at all when none is chosen."""
    return [
        Button(f"生成{kind.label}", reverse("handover:make_papers", args=[kind.code]))
        for kind in PAPERS.kinds
        if kind.template and holds(user, *kind.duties) and (not states or set(FITTING[kind.code]).intersection(states))
    ]


def bulk_buttons(user, states):
    """The steps that this user may take from any of the chosen states, the first one as the primary."""
    found = []
    for step in forward_first(MACHINE.steps):
        if step.name in NOT_IN_BULK or not set(step.sources).intersection(states) or not holds(user, *step.duties):
            continue
        primary = not found and step.name in FORWARD
        url = reverse("handover:bulk", args=[step.name])
        found.append(Button(step.label, url, "", primary, step.danger, KEYS.get(step.name, "")))
    return found
