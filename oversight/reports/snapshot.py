"""All numbers of a report as they stood at one moment: read once, written down whole, and never counted again."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from oversight.counting.beside import BESIDE
from oversight.counting.measures import RATES
from oversight.counting.reading import ENTERPRISE
from oversight.reports.columns import CENT, CODES, MONEY, RATE_CODES

NO_ENTERPRISE = "不属于企业"


@dataclass(frozen=True)
class Line:
    """One area, one enterprise or the whole. A number is None where its reader may not see it or where there is none."""

    key: str
    label: str
    level: str = ""
    counts: dict = field(default_factory=dict)
    # Within the period; empty without one. `earlier`: the rates at its beginning.
    changes: dict = field(default_factory=dict)
    rates: dict = field(default_factory=dict)
    earlier: dict = field(default_factory=dict)

    def count(self, code):
        return self.counts.get(code)

    def change(self, code):
        return self.changes.get(code)

    def rate(self, code):
        return self.rates.get(code)

    def left(self, whole, done):
        """How many of `whole` are not `done` yet; None where one of them is not known."""
        if self.count(whole) is None or self.count(done) is None:
            return None
        return self.count(whole) - self.count(done)


@dataclass(frozen=True)
class Cut:
    """Lines of areas or enterprises; what belongs to none of them stands in a line without a key."""

    lines: tuple[Line, ...]
    total: Line

    def shows(self, code):
        """Whether anybody has such a number: a column of nothing is left out."""
        return any(one.count(code) is not None for one in (*self.lines, self.total))


@dataclass(frozen=True)
class Snapshot:
    """`since`: the first day of the period. `trend`: [(last day of a month, accepted)], oldest first."""

    day: date
    since: date | None
    taken_at: datetime
    areas: Cut
    enterprises: Cut
    trend: tuple[tuple[date, int], ...] = ()

    @property
    def total(self):
        return self.areas.total


def taken(day, since, taken_at, tables, trend=()):
    """From two tables of oversight.counting: by area and by enterprise."""
    areas, enterprises = (_cut(one) for one in tables)
    return Snapshot(day, since, taken_at, areas, enterprises, tuple(trend))


def _cut(table):
    # What its reader has no list for is not counted for him, and nought would be a false number.
    codes = [code for code in CODES if code not in BESIDE or code in table.known]
    return Cut(tuple(_line(one, codes, table.cut) for one in table.lines), _line(table.total, codes))


def _line(one, codes, cut=""):
    changes = {code: one.period(code) for code in codes}
    return Line(
        "" if one.key is None else str(one.key),
        # What belongs to no enterprise, a problem of a street, goes nowhere by that.
        NO_ENTERPRISE if cut == ENTERPRISE and one.key is None else one.label,
        one.level,
        {code: _number(code, one.count(code)) for code in codes},
        {code: _number(code, value) for code, value in changes.items() if value is not None},
        {code: one.rate(code) for code in RATE_CODES},
        {} if one.before is None else {code: RATES[code].of(one.before) for code in RATE_CODES},
    )


def _number(code, value):
    """An engine that sums no decimals answers something near them."""
    return Decimal(str(value)).quantize(CENT) if code in MONEY else int(value)


# --- as it is kept


def kept(snapshot):
    """Plain values for a JSON field; numbers that are no whole numbers stand as texts, so that none is rounded."""
    return {
        "day": snapshot.day.isoformat(),
        "since": snapshot.since.isoformat() if snapshot.since else None,
        "taken_at": snapshot.taken_at.isoformat(),
        "areas": _kept_cut(snapshot.areas),
        "enterprises": _kept_cut(snapshot.enterprises),
        "trend": [[day.isoformat(), number] for day, number in snapshot.trend],
    }


def _kept_cut(cut):
    return {"lines": [_kept_line(one) for one in cut.lines], "total": _kept_line(cut.total)}


def _kept_line(one):
    values = {name: getattr(one, name) for name in ("counts", "changes", "rates", "earlier")}
    return {"key": one.key, "label": one.label, "level": one.level} | {
        name: {code: _kept(value) for code, value in numbers.items()} for name, numbers in values.items()
    }


def _kept(value):
    return value if value is None or isinstance(value, int) else str(value)


def of(bulletin):
    """The numbers on which a bulletin stands."""
    return read(bulletin.snapshot)


def read(values):
    """The snapshot that `kept` wrote down."""
    return Snapshot(
        date.fromisoformat(values["day"]),
        date.fromisoformat(values["since"]) if values["since"] else None,
        datetime.fromisoformat(values["taken_at"]),
        _read_cut(values["areas"]),
        _read_cut(values["enterprises"]),
        tuple((date.fromisoformat(day), number) for day, number in values["trend"]),
    )


def _read_cut(values):
    return Cut(tuple(_read_line(one) for one in values["lines"]), _read_line(values["total"]))


def _read_line(values):
    return Line(
        values["key"],
        values["label"],
        values["level"],
        *({code: _read(value, Decimal) for code, value in values[name].items()} for name in ("counts", "changes")),
        *({code: _read(value, Fraction) for code, value in values[name].items()} for name in ("rates", "earlier")),
    )


def _read(value, kind):
    """Only counts are kept as numbers; a rate of exactly 0 or 1 is a text too."""
    return kind(value) if isinstance(value, str) else value
