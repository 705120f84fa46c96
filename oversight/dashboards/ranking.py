"""The table of a dashboard, by area, street, community or enterprise, and who holds the hand-over up most."""

from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from accounts.scope import holds
from handover import deadlines
from handover.figures import FIGURES
from handover.listing import NO_AREA_YET
from oversight.counting import people, reading
from oversight.counting.measures import MEASURES, RATES
from oversight.counting.reading import AREA, COMMUNITY, ENTERPRISE, STREET
from oversight.dashboards.numbers import WITH_COMMUNITIES, people_url
from weihai_transfer.lib import clock
from weihai_transfer.lib.linked import Number

COUNTS = ("due", "accepted", "with_receiver", "with_enterprise", "returned", "overdue", "ended_outside")
SHARES = ("accepted", "dossiers", "members")
SHARE_LABELS = {"accepted": "移交率", "dossiers": "档案", "members": "党组织关系"}
NOWHERE = {AREA: NO_AREA_YET, STREET: "尚未上报", COMMUNITY: "尚未上报", ENTERPRISE: "—"}
TITLES = {AREA: "按接收区市", STREET: "按镇街", COMMUNITY: "按社区", ENTERPRISE: "按移交企业"}
WORST = 3
# Who holds up: what is counted, and the states among which the cause is looked for.
HELD_BY = {
    AREA: ("with_receiver", ("unassigned", "waiting")),
    STREET: ("with_receiver", ("unassigned", "waiting")),
    ENTERPRISE: ("with_enterprise", ("draft", "returned", "outside", "closing")),
}
STEPS = 10
# How the form of a notice names who it goes to, and what it asks for.
ADDRESSED = {AREA: "office", ENTERPRISE: "enterprise"}
REQUEST = (
    "截至 {day}，轮到你单位办理、尚未接收的退休人员 {count:,} 人，主要为“{cause}” {most:,} 人，其中逾期 {late:,} 人。"
    "请逐人核对，在期限内办理，并答复办理结果；不能办理的，写明原因。"
)


@dataclass(frozen=True)
class Share:
    """A rate as it stands in a heat table: `heat` from 0 (nothing) to 9 (all); `before`: the rate of the compared day."""

    value: object
    heat: int | None
    before: object = None


@dataclass(frozen=True)
class Place:
    """A line's key, its words, the page that goes on from it, and which filter of the list says it."""

    key: int | None
    label: str
    url: str = ""
    way: str = ""


@dataclass(frozen=True)
class Line:
    place: Place
    counted: Counter
    numbers: list
    shares: list
    # Accepted on the compared day, and by how much it has grown since.
    then: Number | None = None
    growth: int | None = None


@dataclass(frozen=True)
class Ranking:
    by: str
    title: str
    headings: list
    shares: list
    lines: list
    total: Line

    @property
    def table(self):
        return f"table-{self.by}"


@dataclass(frozen=True)
class Held:
    """Who holds up how many, `cause` the state where most of them are, `late` those past their term."""

    label: str
    url: str
    number: Number
    rate: object
    cause: str
    cause_number: Number
    late: Number
    notice_url: str = ""


def cut_of(asked):
    """By what the places of the table are told apart: areas, then the streets of one, then the communities of one."""
    if asked.street:
        return COMMUNITY
    if asked.area or not (asked.scope.reach.everywhere or asked.scope.reach.enterprises):
        return STREET
    return AREA


def ranking(asked, by, late):
    """A Ranking; `late` as `overdue_of` gives it."""
    now = reading.numbers(asked.scope, by, asked.day)
    before = reading.numbers(asked.scope, by, asked.since) if asked.since else {}
    mine = _by_key(late, by)
    lines = [
        _line(asked, place, now.get(place.key, Counter()), before.get(place.key, Counter()), mine[place.key])
        for place in _places(by, {*now, *before}, asked)
    ]
    total = _line(asked, Place(None, "合计"), _sum(now), _sum(before), mine.total())
    return Ranking(
        by, TITLES[by], [_label(code) for code in COUNTS], [SHARE_LABELS[one] for one in SHARES], lines, total
    )


def _label(code):
    return FIGURES["overdue"].label if code == "overdue" else MEASURES[code].label


def overdue_of(asked):
    """{(area, street, office, enterprise): people whose term was over} on the day."""
    rows = reading.cases(asked.scope, asked.day).annotate(street=people.STREET).order_by()
    found = Counter()
    for late in deadlines.late_parts(deadlines.Terms(today=asked.last_day)):
        keys = rows.filter(late).values_list("area_id", "street", "office_id", "enterprise_id")
        found.update({tuple(key): number for *key, number in keys.annotate(number=Count("*"))})
    return found


def _by_key(late, by):
    at = {AREA: 0, STREET: 1, COMMUNITY: 2, ENTERPRISE: 3}[by]
    found = Counter()
    for key, number in late.items():
        found[key[at]] += number
    return found


def _sum(numbers):
    total = Counter()
    for one in numbers.values():
        total.update(one)
    return total


def _places(by, present, asked):
    """The places in the order of their tree; what is nowhere yet last."""
    if by == ENTERPRISE:
        rows = Enterprise.objects.filter(pk__in=[key for key in present if key]).order_by("path")
        found = [Place(one.pk, one.name, asked.page(enterprise=one.pk), by) for one in rows]
    else:
        rows = Office.objects.filter(pk__in=_shown(by, present, asked)).order_by("path")
        found = [_place(one, by, asked) for one in rows]
    known = {one.key for one in found}
    return [*found, *([Place(None, NOWHERE[by], way=by)] if present - known else [])]


def _place(office, by, asked):
    """In the table of streets the area stands for what it has not assigned; in that of communities the street for what it
    works on itself."""
    if by == AREA:
        return Place(office.pk, str(office), asked.page(area=office.pk), by)
    if by == STREET and office.kind == OfficeKind.STREET:
        return Place(office.pk, str(office), asked.page(street=office.pk), WITH_COMMUNITIES)
    own = {OfficeKind.AREA: "（待分配）", OfficeKind.STREET: "（镇街直接办理）"}
    return Place(office.pk, f"{office}{own.get(office.kind, '')}", way=by)


def _shown(by, present, asked):
    """Also areas where nobody goes yet."""
    if by != AREA or not asked.scope.reach.everywhere:
        return [key for key in present if key]
    areas = Office.objects.filter(kind=OfficeKind.AREA, active=True).values_list("pk", flat=True)
    return [*areas, *(key for key in present if key)]


def _line(asked, place, now, before, late):
    counts = [
        Number(late if code == "overdue" else now[code], people_url(asked, code, place.way, place.key))
        for code in COUNTS
    ]
    shares = [_share(code, now, before if asked.since else None) for code in SHARES]
    if not asked.since:
        return Line(place, now, counts, shares)
    then = Number(before["accepted"], people_url(asked.at(asked.since), "accepted", place.way, place.key))
    return Line(place, now, counts, shares, then, now["accepted"] - before["accepted"])


def _share(code, numbers, then):
    value = RATES[code].of(numbers)
    heat = None if value is None else min(STEPS - 1, int(value * STEPS))
    return Share(value, heat, then and RATES[code].of(then))


def worst(asked, ranked, late):
    """The three Held of a Ranking with most people whose turn it is there; those past their term decide among equals."""
    code, states = HELD_BY[ranked.by]
    mine = _by_key(late, ranked.by)
    held_up = [line for line in ranked.lines if line.place.key and line.counted[code]]
    held_up.sort(key=lambda line: (-line.counted[code], -mine[line.place.key], line.place.label))
    return [_held(asked, ranked.by, line, code, states, mine[line.place.key]) for line in held_up[:WORST]]


def _held(asked, by, line, code, states, late):
    place, cause = line.place, max(states, key=lambda one: line.counted[one])
    found = Held(
        place.label,
        place.url,
        Number(line.counted[code], people_url(asked, code, place.way, place.key)),
        RATES["accepted"].of(line.counted),
        MEASURES[cause].label,
        Number(line.counted[cause], people_url(asked, cause, place.way, place.key)),
        Number(late, people_url(asked, "overdue", place.way, place.key)),
    )
    return replace(found, notice_url=_notice_url(asked, by, place, found))


def _notice_url(asked, by, place, held):
    """Pressing an area or an enterprise (三(二)), with what the page has just said filled in."""
    if by not in ADDRESSED or asked.day or not holds(asked.user, Duty.COORDINATE):
        return ""
    text = REQUEST.format(
        day=clock.today(), count=held.number.count, cause=held.cause, most=held.cause_number.count, late=held.late.count
    )
    query = urlencode({"to": f"{ADDRESSED[by]}-{place.key}", "title": "督办退休人员移交进度", "text": text})
    return f"{reverse('handover:notice_issue')}?{query}"
