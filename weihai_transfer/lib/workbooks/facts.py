"""What is known about a workbook before its values are read. Rows count from 1, columns from 0 (A)."""

from array import array
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

# calamine answers an empty cell for all of these, so they travel by position. The order is the stored code.
ERROR_TEXTS = (
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#未计算",
    "#错误",
)
UNCALCULATED = "#未计算"
OTHER_ERROR = "#错误"
_CODE = {text: code for code, text in enumerate(ERROR_TEXTS)}


@dataclass(frozen=True)
class BrokenCell:
    """A cell whose formula has no usable result; `text` is what Excel shows in it."""

    text: str

    def __str__(self):
        return self.text


class Merge(NamedTuple):
    first_row: int
    first_column: int
    last_row: int
    last_column: int


class BrokenCells:
    """Positions of error cells, eight bytes each, because a failed lookup column has one in every row."""

    def __init__(self):
        self._packed = array("Q")

    def __len__(self):
        return len(self._packed)

    def add(self, row, column, text):
        self._packed.append(row << 20 | column << 4 | _CODE.get(text, _CODE[OTHER_ERROR]))

    def in_order(self):
        """(row, column, BrokenCell), sorted by row and column."""
        for packed in sorted(self._packed):
            yield packed >> 20, packed >> 4 & 0xFFFF, BrokenCell(ERROR_TEXTS[packed & 0xF])


@dataclass(frozen=True)
class SheetFacts:
    name: str
    hidden: bool = False
    rows: int = 0
    columns: int = 0
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    widths: dict[int, float] = field(default_factory=dict)
    merged: tuple[Merge, ...] = ()
    formulas: int = 0
    broken: BrokenCells = field(default_factory=BrokenCells)

    @property
    def error_cells(self):
        return len(self.broken)


@dataclass(frozen=True)
class Inspected:
    """`kind` is xlsx, xls, ods or csv. `sheets` is empty for csv, best effort for xls, complete for xlsx and ods."""

    kind: str
    size: int
    sheets: tuple[SheetFacts, ...] = ()
    encoding: str = ""
    delimiter: str = ""

    def facts_of(self, name):
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


@cache
def column_index(letters):
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(index):
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row, column):
    return f"{column_letters(column)}{row}"
