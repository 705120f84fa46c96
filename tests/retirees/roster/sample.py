"""An invented person and a one-row roster of hers, of which a test dirties one cell."""

from datetime import date
from functools import cache

from retirees.roster.headings import recognise
from retirees.roster.rows import Cleaner
from weihai_transfer.lib import identity

TODAY = date(2024, 6, 1)


def id_number(birth="19580315", order="12", sex=2, area="371002"):
    """A number with the right check digit; `sex` is digit 17."""
    first17 = f"{area}{birth}{order}{sex}"
    return first17 + identity.check_digit(first17)


WOMAN = id_number()
GOOD = {
    "姓名": "王示例",
    "身份证号": WOMAN,
    "退休时间": date(2013, 3, 1),
    "常年居住地": "威海市环翠区示例路1号",
}


@cache
def cleaner_for(headings):
    return Cleaner(recognise([(1, list(headings)), (2, [])]), today=TODAY)


def clean(number=37, **cells):
    """The good row with these cells instead, under these headings."""
    row = GOOD | cells
    return cleaner_for(tuple(row)).clean(number, list(row.values()))


def codes(row, severity=None):
    return [problem.code for problem in row.problems if severity in (None, problem.severity)]


class Broken:
    """What the reader gives for a cell whose formula has no result."""

    text = "#REF!"


# Sheets are written as tables: "#2" is the second of these numbers, "@2" of these telephones, "" an empty cell.
IDS = [id_number(order=f"{k:02}") for k in range(10, 16)]
PHONES = [f"1380000000{k}" for k in range(6)]


def rows_of(sheet):
    return [(number, [cell_of(cell) for cell in row]) for number, row in enumerate(sheet, 1)]


def cell_of(cell):
    if isinstance(cell, str) and len(cell) == 2 and cell[0] in "#@" and cell[1].isdigit():
        return (IDS if cell[0] == "#" else PHONES)[int(cell[1])]
    return None if cell == "" else cell


def words(line):
    return ["" if word == "_" else word for word in line.split()]
