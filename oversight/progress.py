"""The progress table: each number is counted by the condition that its list is filtered by (handover.figures)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from accounts.models import Enterprise, Office
from accounts.scope import holds
from handover.figures import FIGURES
from handover.models import Agreement, Case
from handover.states.agreements import State as AgreementState

COLUMNS = ("due", "covered", "submitted", "accepted", "returned", "outside", "overdue")
UNKNOWN = "none"


@dataclass(frozen=True)
class Number:
    count: int
    url: str


@dataclass(frozen=True)
class Line:
    """`agreements`: how many are signed, for those who see agreements."""

    label: str
    numbers: list[Number]
    agreements: Number | None
    # accepted / due; None where nothing is due.
    rate: float | None


@dataclass(frozen=True)
class Table:
    title: str
    first: str
    headings: list[str]
    lines: list[Line]
    total: Line


def by_area(user):
    areas = Office.objects.filter(kind="area", active=True).order_by("path")
    keys = [(area.pk, str(area)) for area in areas] + [(None, "尚未确定接收地")]
    return _table(user, "按接收区市", "接收区市", "area", keys)


def by_enterprise(user):
    cases = Case.objects.visible_to(user)
    present = Enterprise.objects.filter(pk__in=cases.values("enterprise").distinct()).order_by("path")
    return _table(user, "按移交企业", "企业", "enterprise", [(one.pk, one.name) for one in present])


def _table(user, title, first, column, keys):
    cases = Case.objects.visible_to(user)
    counts = {code: _grouped(FIGURES[code].of(cases), column) for code in COLUMNS}
    signed = _signed(user, column)
    lines = [_line(label, counts, key, column, signed) for key, label in keys]
    if column == "area":
        # An area that nobody was sent to yet stays in the table; the line without a place only when it counts someone.
        lines = [
            line for line, (key, _) in zip(lines, keys, strict=True) if key or any(one.count for one in line.numbers)
        ]
    whole = {None: sum(signed.values())} if signed is not None else None
    total = _line("合计", {code: {None: sum(found.values())} for code, found in counts.items()}, None, "", whole)
    return Table(title, first, [FIGURES[code].label for code in COLUMNS], lines, total)


def _signed(user, column):
    """{key: signed agreements}; None for those who see no agreements."""
    if not holds(user, *Agreement.objects.all().seen_with):
        return None
    return _grouped(Agreement.objects.visible_to(user).filter(state=AgreementState.SIGNED), column)


def _grouped(cases, column):
    return dict(cases.order_by().values_list(column).annotate(Count("pk")))


def _line(label, counts, key, column, signed):
    numbers = [Number(counts[code].get(key, 0), _list_of(code, column, key)) for code in COLUMNS]
    found = dict(zip(COLUMNS, numbers, strict=True))
    due = found["due"].count
    # Where nobody knows yet who goes, nobody has signed.
    nowhere = column and key is None
    agreements = None if signed is None or nowhere else Number(signed.get(key, 0), _agreements(column, key))
    return Line(label, numbers, agreements, found["accepted"].count / due if due else None)


def _agreements(column, key):
    query = {"state": AgreementState.SIGNED.value, **({column: key} if column and key else {})}
    return f"{reverse('handover:agreements')}?{urlencode(query)}"


def _list_of(code, column, key):
    query = {"figure": code}
    if column:
        query[column] = key or UNKNOWN
    return f"{reverse('handover:people')}?{urlencode(query)}"
