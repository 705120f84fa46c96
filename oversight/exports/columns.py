"""What a column of an export is: how it is headed, what it needs to be read, how one cell comes out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from weihai_transfer.lib.words import Badge

WIDTHS = {"date": 12, "moment": 18, "integer": 10, "money": 14}


@dataclass(frozen=True)
class ListColumn:
    """A column as the page of the list has it. `clear`, where the page shows it masked: how it reads in full."""

    name: str
    label: str
    of: Callable
    clear: Callable | None = None
    chosen: bool = True
    kind: str = "text"
    width: float = 16


@dataclass(frozen=True)
class Sealed:
    """A fact that is stored sealed: read by its id, masked unless a second person agreed."""

    field: str
    mask: Callable


@dataclass(frozen=True)
class FactColumn:
    """A column of the roster of people, read without making an object of each row.

    `fields` are lookups from the case; `cell` makes one value out of theirs (by default the first as it is).
    `duties`: who may know it of whom; of other people the cell stays empty.
    """

    name: str
    label: str
    fields: tuple = ()
    cell: Callable | None = None
    kind: str = "text"
    width: float = 0
    sealed: Sealed | None = None
    duties: tuple = ()
    chosen: bool = True

    @property
    def clear(self):
        return self.sealed


def plain(value):
    """A value of a list's column as a cell: what a person reads there, days and numbers as what they are."""
    if value is None or isinstance(value, str | int | Decimal):
        return ("是" if value else "否") if isinstance(value, bool) else value
    if isinstance(value, Badge):
        return str(value)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    return str(value)
