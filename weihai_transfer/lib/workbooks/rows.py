"""The rows of a table, written as XML straight into the sheet that XlsxWriter keeps in constant memory.

Cell by cell, XlsxWriter spends some 6 µs on each; of a table the format of a column is known beforehand, so nothing of
that is left but the text itself. The cells are those that output.write_cell writes: never a formula, text stays text.
"""

import datetime
import re
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name

from weihai_transfer.lib.workbooks.csvcells import is_dangerous
from weihai_transfer.lib.workbooks.output import CELL_CHARS, FORBIDDEN

_EPOCH = datetime.date(1899, 12, 30)
_FIRST_YEAR = 1900
_DAY = 86_400
# What has to be looked at: by its first character a formula, or anywhere markup, controls and escapes.
_STARTS = frozenset("'=+-@＝＋－＠ \u3000\t\r\n")
_ODD = re.compile("[\x00-\x1f&<>_\x7f-\x9f\ud800-\udfff\ufffe\uffff]|\\s$")


class RowWriter:
    """`looks`: for each column its format properties. Rows come in order, after everything above them was written."""

    def __init__(self, page, first_row, columns, looks, formats):
        self._page = page
        self._row = first_row
        self._kinds = [column.kind for column in columns]
        self._cells = [_Cells(at, look, formats) for at, look in enumerate(looks)]
        # What stands above is flushed, and the sheet goes on where this one ends.
        page._write_single_row(first_row)
        page.dim_colmin, page.dim_colmax = 0, max(page.dim_colmax or 0, len(looks) - 1)
        if page.dim_rowmin is None:
            page.dim_rowmin = first_row

    def write(self, values):
        page, number = self._page, str(self._row + 1)
        out = []
        for cells, kind, value in zip(self._cells, self._kinds, values, strict=True):
            if value is None or value == "":
                out.append(f"{cells.start}{number}{cells.blank}")
            elif type(value) is str and kind == "text":
                if value[0] in _STARTS or len(value) > 10_000 or _ODD.search(value):
                    out.append(cells.odd_text(number, value, page))
                else:
                    out.append(f"{cells.start}{number}{cells.text}{value}</t></is></c>")
            else:
                out.append(cells.other(number, kind, value, page))
        page.row_data_fh.write(f'<row r="{number}">{"".join(out)}</row>')
        page.dim_rowmax = self._row
        self._row += 1
        page.previous_row = self._row


class _Cells:
    """How the cells of one column begin, in each of the formats that they may have."""

    def __init__(self, at, look, formats):
        self._formats, self._look = formats, look
        plain = self._index()
        self.start = f'<c r="{xl_col_to_name(at)}'
        self.blank = f'" s="{plain}"/>'
        self.text = f'" s="{plain}" t="inlineStr"><is><t>'
        self.value = f'" s="{plain}"><v>'

    def _index(self, **more):
        return self._formats.get(**self._look | more)._get_xf_index()

    def odd_text(self, number, text, page):
        clear = FORBIDDEN.sub("", text)[:CELL_CHARS]
        space = ' xml:space="preserve"' if clear != clear.strip() else ""
        # Marked, or F2 and Enter in Excel would turn the text into a formula.
        index = self._index(quote_prefix=True) if is_dangerous(text) else self._index()
        clear = page._escape_control_characters(clear).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f'{self.start}{number}" s="{index}" t="inlineStr"><is><t{space}>{clear}</t></is></c>'

    def other(self, number, kind, value, page):
        if kind == "text":
            return self.odd_text(number, _as_text(value), page)
        if isinstance(value, bool):
            return f'{self.start}{number}" s="{self._index()}" t="b"><v>{int(value)}</v></c>'
        if isinstance(value, int | float | Decimal):
            return f"{self.start}{number}{self.value}{value:.16G}</v></c>"
        if isinstance(value, datetime.date) and value.year >= _FIRST_YEAR:
            return f"{self.start}{number}{self.value}{_serial(value)}</v></c>"
        return self.odd_text(number, _as_text(value), page)


def _as_text(value):
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _serial(value):
    """The number by which Excel knows a day; the moment of it as a fraction, as read on a clock here."""
    if not isinstance(value, datetime.datetime):
        return (value - _EPOCH).days
    since_midnight = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1_000_000
    return f"{(value.date() - _EPOCH).days + since_midnight / _DAY:.16G}"
