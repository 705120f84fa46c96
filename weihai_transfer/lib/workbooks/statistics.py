"""Statistical tables as they are filed: a title, groups over the headings, a line of totals, who filled it in.

They are small, one line for each area or enterprise, so they are written in memory: a heading that goes over two rows
could not be written in constant memory. Cells are written as everywhere: never a formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import xlsxwriter

from weihai_transfer.lib.workbooks.output import TEXT, Formats, sheet_names, write_cell

_A4 = 9
_NOUGHT = {"border": 1, "valign": "vcenter"}
_LOOKS = {
    "text": _NOUGHT | {"num_format": TEXT, "text_wrap": True},
    "integer": _NOUGHT | {"num_format": "#,##0"},
    "money": _NOUGHT | {"num_format": "#,##0.00"},
    "percent": _NOUGHT | {"num_format": "0.0%"},
    "points": _NOUGHT | {"num_format": "+0.0;-0.0;0.0"},
}
_TITLE = {"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"}
_PLAIN = {"valign": "vcenter"}
_HEADING = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "bg_color": "#F2F2F2"}


@dataclass(frozen=True)
class Heading:
    """Headings that follow each other and have the same `group` stand under it."""

    label: str
    kind: str = "integer"
    width: float = 9
    group: str = ""


@dataclass(frozen=True)
class Page:
    """`notes`: (left, right) under the title; `total`: the last row, in bold; `foot`: a line for names and date."""

    name: str
    title: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence]
    total: Sequence
    notes: tuple[str, str] = ("", "")
    foot: str = ""


def write_statistics(target, pages, *, created):
    """Writes to a path; `created` is the day that the file says it was made on."""
    book = xlsxwriter.Workbook(
        target, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": datetime(created.year, created.month, created.day)})
    formats = Formats(book)
    for page, name in zip(pages, sheet_names(one.name for one in pages), strict=True):
        _write(book.add_worksheet(name), page, formats)
    book.close()


def _write(sheet, page, formats):
    last = len(page.headings) - 1
    for at, heading in enumerate(page.headings):
        sheet.set_column(at, at, heading.width)
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, last, "", formats.get(**_TITLE))
    sheet.write_string(0, 0, page.title, formats.get(**_TITLE))
    _notes(sheet, page.notes, last, formats)
    _headings(sheet, page.headings, 2, formats)
    row = 4
    for row, values in enumerate([*page.rows, page.total], 4):
        sheet.set_row(row, 20)
        bold = {"bold": True} if values is page.total else {}
        for at, (heading, value) in enumerate(zip(page.headings, values, strict=True)):
            write_cell(sheet, row, at, value, formats, **_LOOKS[heading.kind], **bold)
    if page.foot:
        sheet.set_row(row + 1, 28)
        sheet.merge_range(row + 1, 0, row + 1, last, "", formats.get(**_PLAIN))
        sheet.write_string(row + 1, 0, page.foot, formats.get(**_PLAIN))
    sheet.freeze_panes(4, 0)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2, 3)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&R第 &P 页，共 &N 页")


def _notes(sheet, notes, last, formats):
    half = last // 2
    for first, end, text, side in ((0, half, notes[0], "left"), (half + 1, last, notes[1], "right")):
        look = formats.get(**_PLAIN, align=side)
        if end > first:
            sheet.merge_range(1, first, 1, end, "", look)
        sheet.write_string(1, first, text, look)


def _headings(sheet, headings, row, formats):
    """Two rows: groups over their headings, what has no group over both."""
    look = formats.get(**_HEADING)
    sheet.set_row(row, 22)
    sheet.set_row(row + 1, 48)
    for group, members in groupby(enumerate(headings), key=lambda one: one[1].group):
        members = list(members)
        first, last = members[0][0], members[-1][0]
        if group and last > first:
            sheet.merge_range(row, first, row, last, group, look)
        elif group:
            sheet.write_string(row, first, group, look)
        for at, heading in members:
            if group:
                sheet.write_string(row + 1, at, heading.label, look)
            else:
                sheet.merge_range(row, at, row + 1, at, heading.label, look)
