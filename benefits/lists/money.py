"""What an item comes to in a year, in the database; sums of money with their two places."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Case, DecimalField, ExpressionWrapper, F, IntegerField, Value, When

from benefits.codes import TIMES_A_YEAR
from benefits.lump_sum import CENT


def yearly_of(prefix=""):
    """Rate × times a year of an item, `prefix` leads to it."""
    times = Case(
        When(**{f"{prefix}times__gt": 0}, then=F(f"{prefix}times")),
        *(When(**{f"{prefix}period": period}, then=Value(count)) for period, count in TIMES_A_YEAR.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    return ExpressionWrapper(F(f"{prefix}rate") * times, output_field=DecimalField(max_digits=13, decimal_places=2))


def two_places(value):
    """SQLite forgets the places of a sum."""
    return Decimal(str(value or 0)).quantize(CENT, ROUND_HALF_UP)


def in_words(value):
    """12,345.67, as the columns of lists write money."""
    return "" if value is None else f"{two_places(value):,}"
