"""Lists and exports as .xlsx, in constant memory. The blank roster is in template.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from weihai_transfer.lib.workbooks.csvcells import safe_csv_cell
from weihai_transfer.lib.workbooks.output import DATE, MOMENT, TEXT, Formats, new_workbook, sheet_names, write_cell
from weihai_transfer.lib.workbooks.rows import RowWriter
from weihai_transfer.lib.workbooks.template import TemplateColumn, write_template

__all__ = ["Column", "Sheet", "TemplateColumn", "safe_csv_cell", "write_table", "write_template"]

_A4 = 9
_TITLE = {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
_CAPTION = {"align": "left", "valign": "vcenter", "text_wrap": True, "font_color": "#555555"}
_HEADING = {
    "bold": True,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "bg_color": "#F2F2F2",
}
_LOOKS = {
    "text": {"num_format": TEXT, "border": 1, "valign": "vcenter", "text_wrap": True},
    "integer": {"num_format": "#,##0", "border": 1, "valign": "vcenter"},
    "number": {"num_format": "#,##0.##", "border": 1, "valign": "vcenter"},
    "money": {"num_format": "#,##0.00", "border": 1, "valign": "vcenter"},
    "percent": {"num_format": "0.0%", "border": 1, "valign": "vcenter"},
    "date": {"num_format": DATE, "border": 1, "valign": "vcenter", "align": "center"},
    "moment": {"num_format": MOMENT, "border": 1, "valign": "vcenter", "align": "center"},
}


@dataclass(frozen=True)
class Column:
    """`kind`: text, integer, number, money, percent, date or moment. In a text column everything is text."""

    label: str
    width: float = 14
    kind: str = "text"

    def __post_init__(self):
        if self.kind not in _LOOKS:
            raise ValueError(self.kind)


@dataclass(frozen=True)
class Sheet:
    """`captions` are lines above the headings, the first one as a title; `footer` and `header` are printed on every page."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence]
    captions: Sequence[str] = ()
    footer: str = ""
    header: str = ""


def write_table(target, sheets, *, created=None, properties=None):
    """Writes to a path or a binary file object; answers the number of rows written, all sheets together.

    `created`: the day that the file says it was made on, so that the same rows are the same bytes whenever written.
    `properties`: what the document says of itself (title, author, comments).
    """
    sheets = list(sheets)
    with new_workbook(target) as book:
        said = dict(properties or {})
        if created:
            said["created"] = datetime(created.year, created.month, created.day)
        if said:
            book.set_properties(said)
        formats = Formats(book)
        names = sheet_names(sheet.title for sheet in sheets)
        return sum(
            _write_sheet(book.add_worksheet(name), sheet, formats) for name, sheet in zip(names, sheets, strict=True)
        )


def _write_sheet(page, sheet, formats):
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
    _captions(page, sheet, formats)
    heading = len(sheet.captions)
    page.set_row(heading, 30)
    for index, column in enumerate(sheet.columns):
        write_cell(page, heading, index, column.label, formats, **_HEADING)
    page.freeze_panes(heading + 1, 0)
    looks = [_LOOKS[column.kind] for column in sheet.columns]
    rows = RowWriter(page, heading + 1, sheet.columns, looks, formats)
    written = 0
    for values in sheet.rows:
        rows.write(values)
        written += 1
    page.autofilter(heading, 0, heading + written, len(sheet.columns) - 1)
    _printed(page, heading, sheet)
    return written


def _captions(page, sheet, formats):
    last = len(sheet.columns) - 1
    for row, caption in enumerate(sheet.captions):
        look = formats.get(**_CAPTION if row else _TITLE)
        page.set_row(row, 18 * (1 + caption.count("\n")) if row else 30)
        if last:
            page.merge_range(row, 0, row, last, "", look)
        page.write_string(row, 0, caption, look)


def _printed(page, heading, sheet):
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(heading)
    # An ampersand begins a code in a footer, two of them print one.
    page.set_footer(f"&L{sheet.footer.replace('&', '&&')[:200]}&R第 &P 页，共 &N 页")
    if sheet.header:
        page.set_header(f"&R{sheet.header.replace('&', '&&')[:200]}")
