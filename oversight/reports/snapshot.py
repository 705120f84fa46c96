"""All numbers of a report as they stood at one moment: read once, written down whole, and never counted again."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from oversight.reports.columns import CODES, RATES


@dataclass(frozen=True)
class Line:
    """One area, one enterprise or the whole. A number is None where its reader may not see it or where there is none."""

    key: str
    label: str
    level: str = ""
    counts: dict = field(default_factory=dict)
    # Since the day with which the period begins; empty without one.
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
    lines: tuple[Line, ...]
    total: Line

    def shows(self, code):
        """Whether anybody has such a number: a column of nothing is left out."""
        return any(one.count(code) is not None for one in (*self.lines, self.total))


@dataclass(frozen=True)
class Snapshot:
    """`since`: the last day before the period. `trend`: [(last day of a month, accepted)], oldest first."""

    day: date
    since: date | None
    taken_at: datetime
    areas: Cut
    enterprises: Cut
    trend: tuple[tuple[date, int], ...] = ()

    @property
    def total(self):
        return self.areas.total


def taken(day, since, taken_at, tables, earlier=None, trend=()):
    """From tables of the count: `tables` and `earlier` (those of `since`) are (by area, by enterprise)."""
    before = earlier or (None, None)
    areas, enterprises = (_cut(now, then) for now, then in zip(tables, before, strict=True))
    return Snapshot(day, since, taken_at, areas, enterprises, tuple(trend))


def _cut(table, earlier):
    then = {one.key: one for one in earlier.lines} if earlier else {}
    lines = tuple(_line(one, then.get(one.key)) for one in table.lines)
    return Cut(lines, _line(table.total, earlier.total if earlier else None))


def _line(one, then):
    changes = {code: one.period(code) for code in CODES}
    return Line(
        "" if one.key is None else str(one.key),
        one.label,
        one.level or "",
        {code: one.count(code) for code in CODES},
        {code: value for code, value in changes.items() if value is not None},
        {code: one.rate(code) for code in RATES},
        {code: then.rate(code) for code in RATES} if then else {},
    )


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
