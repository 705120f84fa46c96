"""What is wrong in a workbook that came in: said all at once, row by row, and nothing is taken from it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`row` counts as the file does, 0 for the file as a whole; `cell` names the cell or its column, empty for a row."""

    row: int
    cell: str
    sentence: str


class Faulty(Exception):
    """Undoes an operation: nothing of a workbook with faults is written."""

    def __init__(self, faults):
        super().__init__()
        self.faults = faults
