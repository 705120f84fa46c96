"""The bridge as pages and workbooks print it: every number with the list behind it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Enterprise, Office
from handover.listing import NO_AREA_YET
from oversight.baseline.bridge import AREA, ENTERPRISE, NOBODYS, WHOLE
from oversight.baseline.lines import BASELINE, CHANGES, DUE_FLOW, DUE_STOCK, EXPLAINED, LINES

SIGNS = {1: "＋", -1: "－", 0: "＝"}

HEADS = {AREA: "接收区市", ENTERPRISE: "移交企业"}
TITLES = {AREA: "按接收区市", ENTERPRISE: "按移交企业"}


def sign_of(line):
    """The baseline is where one begins: nothing stands before it."""
    return "" if line.code == BASELINE else SIGNS[line.sign]


@dataclass(frozen=True)
class LineNumber:
    line: object
    count: int
    url: str
    sign: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Table:
    """`lines`: [(name, [LineNumber])]; `total` stands under them."""

    cut: str
    title: str
    head: str
    columns: list
    lines: list
    total: list


def list_url(line, cut=WHOLE, key=None):
    query = {"line": line, **({"cut": cut} if cut else {}), **({} if key is None else {"key": key})}
    return f"{reverse('oversight:baseline_people')}?{urlencode(query)}"


def upright(bridge):
    """The bridge from above to below: the baseline, what changed, and what stands today. What is not there and says
    nothing is left out."""
    whole = bridge.of()
    return [
        LineNumber(line, whole[code], list_url(code), sign_of(line), EXPLAINED.get(code, ""))
        for code, line in LINES.items()
        if line.always or whole[code]
    ]


def table(bridge, cut):
    found = bridge.total(cut)
    columns = [line for code, line in LINES.items() if line.always or found[code]]
    lines = [(name, _numbers(bridge.of(cut, key), columns, cut, key)) for key, name in _names(bridge, cut)]
    return Table(cut, TITLES[cut], HEADS[cut], columns, lines, _numbers(found, columns, cut, None))


def _numbers(found, columns, cut, key):
    return [LineNumber(line, found[line.code], list_url(line.code, cut, key)) for line in columns]


def _names(bridge, cut):
    """[(key, name)] of the lines of a cut, in the order of the trees; people without an area come last."""
    keys = bridge.keys(cut)
    if cut == ENTERPRISE:
        rows = Enterprise.objects.filter(pk__in=keys).order_by("path")
        return [(one.pk, one.name) for one in rows]
    rows = Office.objects.filter(pk__in=keys).order_by("path")
    named = [(one.pk, str(one)) for one in rows]
    return named + ([(NOBODYS, NO_AREA_YET)] if NOBODYS in keys else [])


def formula(bridge):
    """The bridge as one sum, to be read aloud."""
    whole = bridge.of()
    parts = [f"{SIGNS[LINES[code].sign]}{LINES[code].label} {whole[code]:,}" for code in CHANGES if whole[code]]
    due = f"＝存量应移交 {whole[DUE_STOCK]:,} 人"
    return f"基线 {whole['baseline']:,} {' '.join([*parts, due])}；另有常态化新增 {whole[DUE_FLOW]:,} 人。"
