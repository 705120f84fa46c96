"""How values read on screen and on paper: dates, thousands, rates, money, badges."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from django.utils import timezone

NOTHING = "—"


@dataclass(frozen=True)
class Badge:
    """A state as one viewer sees it. `meaning` is one of idle, away, mine, late, done, closed."""

    label: str
    meaning: str = "idle"
    note: str = ""

    def __str__(self):
        return f"{self.label}（{self.note}）" if self.note else self.label


def shown(value):
    """A value as plain text, the same in tables, exports' previews and differences."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    return str(value)


def rate(value):
    """0.875 → “87.5%”. Only what is wholly done reads 100.0%, and only what is nothing at all reads 0.0%."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / value.denominator
    try:
        percent = Decimal(str(value)) * 100
    except InvalidOperation:
        return NOTHING
    tenth = Decimal("0.1")
    rounded = percent.quantize(tenth, ROUND_HALF_UP)
    if percent < 100 <= rounded:
        rounded = percent.quantize(tenth, ROUND_DOWN)
    if rounded == 0 and percent > 0:
        rounded = tenth
    return f"{rounded}%"


def yuan(value):
    """12345.67 → “12,345.67 元”; from a million on in 万元."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return NOTHING
    if abs(amount) >= 1_000_000:
        return f"{(amount / 10_000).quantize(Decimal('0.01'), ROUND_HALF_UP):,} 万元"
    return f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP):,} 元"


def on_paper(value):
    """2026-11-23 → “2026年11月23日”, as papers write it."""
    if not isinstance(value, date):
        return NOTHING
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.year}年{value.month}月{value.day}日"
