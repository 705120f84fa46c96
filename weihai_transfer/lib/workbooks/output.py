"""Cells written by XlsxWriter: never a formula, never a link, text stays text, little memory."""

import contextlib
import datetime
import os
import re
import tempfile
from decimal import Decimal

import xlsxwriter

from weihai_transfer.lib.workbooks.csvcells import is_dangerous
from weihai_transfer.lib.workbooks.facts import BrokenCell

# As a browser is told what it gets.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATE, MOMENT, TEXT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "@"
# Numbers from here on have more digits than Excel keeps.
_EXCEL_EXACT = 10**15
_LIKE_A_NUMBER = re.compile(r"[\d０-９][\d０-９.,/:\-]*[XxＸｘ]?$")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
CELL_CHARS = 32_767


@contextlib.contextmanager
def new_workbook(target):
    """A workbook in constant memory. Row data waits beside the target, and is gone afterwards whatever happens."""
    beside = os.path.dirname(os.path.abspath(target)) if isinstance(target, str | os.PathLike) else None
    with tempfile.TemporaryDirectory(prefix=".workbook-", dir=beside) as waiting:
        options = {
            "constant_memory": True,
            "tmpdir": waiting,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(os.fspath(target) if beside else target, options)
        try:
            yield book
            book.close()
        except BaseException:
            _abandon(book)
            raise


def _abandon(book):
    for sheet in book.worksheets():
        if sheet.row_data_fh and not sheet.row_data_fh.closed:
            sheet.row_data_fh.close()
    # Otherwise the destructor would try to write the half-done file after all.
    book.fileclosed = True


class Formats:
    """XlsxWriter keeps every format it is given, so equal ones are made once."""

    def __init__(self, book):
        self._book = book
        self._made = {}

    def get(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def write_cell(sheet, row, column, value, formats, **look):
    """One value as what it is. `look` are format properties; text that could pass for a number or formula is marked."""
    if value is None:
        if look:
            sheet.write_blank(row, column, None, formats.get(**look))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, formats.get(**look))
    elif isinstance(value, int | float | Decimal):
        _write_number(sheet, row, column, value, formats, look)
    elif isinstance(value, datetime.date):
        _write_date(sheet, row, column, value, formats, look)
    else:
        _write_text(sheet, row, column, value.text if isinstance(value, BrokenCell) else str(value), formats, look)


def _write_number(sheet, row, column, value, formats, look):
    if abs(value) >= _EXCEL_EXACT and float(value).is_integer():
        look = {"num_format": "0"} | look
    sheet.write_number(row, column, value, formats.get(**look) if look else None)


def _write_date(sheet, row, column, value, formats, look):
    moment = isinstance(value, datetime.datetime)
    if moment:
        value = value.replace(tzinfo=None)
    if value.year < 1900:
        return _write_text(sheet, row, column, value.isoformat(), formats, look)
    return sheet.write_datetime(row, column, value, formats.get(**look | {"num_format": MOMENT if moment else DATE}))


def _write_text(sheet, row, column, text, formats, look):
    if is_dangerous(text):
        # Otherwise F2 and Enter in Excel would turn the text into a formula.
        look = look | {"quote_prefix": True}
    elif "num_format" not in look and _LIKE_A_NUMBER.match(text):
        look = look | {"num_format": TEXT}
    sheet.write_string(row, column, FORBIDDEN.sub("", text)[:CELL_CHARS], formats.get(**look) if look else None)


def sheet_names(wanted):
    """Names that Excel accepts, as near to the wanted ones as possible, each once."""
    names, used = [], set()
    for want in wanted:
        base = _NOT_IN_NAMES.sub("_", want).strip("'")[:31] or "Sheet"
        name, number = base, 1
        while name.lower() in used:
            number += 1
            name = f"{base[: 31 - len(str(number)) - 2]}({number})"
        used.add(name.lower())
        names.append(name)
    return names
