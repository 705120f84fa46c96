"""Tables built by hand, as oversight.counting.tables answers them: four areas and four enterprises."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from handover.listing import NO_AREA_YET
from oversight.counting.beside import BESIDE
from oversight.counting.measures import RATES
from oversight.counting.reading import AREA, ENTERPRISE
from oversight.reports.columns import CODES, MONEY
from oversight.reports.snapshot import taken

DAY, SINCE = date(2026, 10, 31), date(2026, 10, 1)
AT = timezone.make_aware(datetime(2026, 11, 2, 9, 30))
# label, level, then the numbers in the order of CODES.
AREAS = (
    (
        "示例东区",
        "",
        (
            1000,
            1000,
            3,
            960,
            875,
            12,
            10,
            200,
            150,
            990,
            700,
            300,
            120000,
            24000,
            60000,
            "1250.00",
            "3860000.00",
            2,
            63,
            20,
            20,
        ),
    ),
    ("示例西区", "", (400, 400, 2, 400, 400, 0, 0, 80, 80, 400, 400, 100, 0, 0, 0, "0.00", "0.00", 0, 0, 0, 0)),
    (
        "示例南区",
        "",
        (300, 300, 1, 30, 9, 1, 40, 50, 5, 290, 3, 0, 36500, 24000, 0, "80.00", "120000.00", 5, 90, 100, 60),
    ),
    ("示例北区", "", (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "0.00", "0.00", 0, 0, 0, 0)),
)
ENTERPRISES = (
    (
        "=示例（集团）公司",
        "市属企业",
        (
            900,
            900,
            3,
            880,
            700,
            8,
            20,
            180,
            100,
            890,
            600,
            300,
            100000,
            24000,
            60000,
            "1250.00",
            "3860000.00",
            3,
            90,
            50,
            32,
        ),
    ),
    (
        "示例二厂",
        "中央企业",
        (500, 500, 2, 400, 398, 5, 30, 100, 90, 490, 403, 90, 56500, 24000, 0, "80.00", "120000.00", 2, 30, 20, 17),
    ),
    ("示例三所", "省属企业", (200, 200, 1, 100, 100, 0, 0, 40, 40, 200, 50, 5, 0, 0, 0, "0.00", "0.00", 1, 25, 50, 25)),
    ("示例四站", "区属企业", (100, 100, 0, 10, 86, 0, 0, 10, 5, 100, 50, 5, 0, 0, 0, "0.00", "0.00", 1, 8, 0, 6)),
)
# A month earlier everything that is done stood at this part of it.
EARLIER = Fraction(4, 5)
STANDING = ("due", "stock", "members_due", "dossiers_due", "out_of_pool_year")


@dataclass
class ByHand:
    key: object
    label: str
    level: str
    now: dict
    before: dict | None = None

    def count(self, code):
        return self.now[code]

    def period(self, code):
        return None if self.before is None else self.now[code] - self.before[code]

    def rate(self, code):
        return RATES[code].of(self.now)


@dataclass
class Table:
    lines: list
    total: ByHand
    known: tuple = tuple(BESIDE)
    cut: str = ""


def _numbers(values):
    return {code: Decimal(value) if code in MONEY else value for code, value in zip(CODES, values, strict=True)}


def _before(code, value):
    if code in STANDING:
        return value
    return int(value * EARLIER) if isinstance(value, int) else value * 4 / 5


def table(rows, *, since=True, known=tuple(BESIDE)):
    lines = []
    for at, (label, level, values) in enumerate(rows, 1):
        now = _numbers(values)
        before = {code: _before(code, value) for code, value in now.items()} if since else None
        lines.append(ByHand(None if label == NO_AREA_YET else at, label, level, now, before))
    before = _sum(one.before for one in lines) if since else None
    return Table(lines, ByHand(None, "合计", "", _sum(one.now for one in lines), before), known)


def _sum(numbers):
    numbers = list(numbers)
    return {code: sum(one[code] for one in numbers) for code in numbers[0]}


def snapshot(*, since=True, areas=AREAS, enterprises=ENTERPRISES, known=tuple(BESIDE)):
    tables = [table(rows, since=since, known=known) for rows in (areas, enterprises)]
    for one, cut in zip(tables, (AREA, ENTERPRISE), strict=True):
        one.cut = cut
    trend = [(date(2026, 8, 31), 700), (date(2026, 9, 30), 1027), (DAY, 1284)]
    return taken(DAY, SINCE if since else None, AT, tables, trend)
