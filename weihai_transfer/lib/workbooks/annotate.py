"""The user's own workbook again, with every fault marked where it is: ready to correct and upload."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from weihai_transfer.lib.workbooks.limits import LIMITS
from weihai_transfer.lib.workbooks.output import TEXT, Formats, new_workbook, sheet_names, write_cell
from weihai_transfer.lib.workbooks.reading import open_workbook

_HEADING = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#F2F2F2"}
_FAILED = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
_REASON = {"text_wrap": True, "valign": "top", "font_color": "#9C0006"}
_REASON_HEADING = _HEADING | {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
# Excel's files count five pixels of padding into a column's width; XlsxWriter adds them itself.
_PADDING = 5 / 7


@dataclass(frozen=True)
class Marking:
    """What is said about one sheet. `remarks`: row number → [(column from 0 or None, message)].

    `keep_rows` are title and heading rows, always kept and frozen; the title of the reason column stands in
    `heading_row`, by default the last of them. With `only_rows` all other rows are left out unless named there.
    """

    remarks: Mapping[int, Sequence[tuple[int | None, str]]]
    keep_rows: Collection[int] = ()
    heading_row: int | None = None
    only_rows: Collection[int] | None = None


def annotate(path, inspected, target, markings, *, reason_column_title="问题说明", limits=LIMITS):
    """Writes an .xlsx from `markings` (sheet index → Marking) and answers how many rows each marked sheet has."""
    written, comments = {}, _Comments(limits.comments)
    with open_workbook(path, inspected, limits) as source, new_workbook(target) as book:
        formats = Formats(book)
        names = sheet_names(sheet.name for sheet in source.sheets)
        copies = [
            _Copy(book.add_worksheet(name), info, formats) for name, info in zip(names, source.sheets, strict=True)
        ]
        first = _open_at(copies, markings)
        for index, copy in enumerate(copies):
            if index in markings:
                marks = _Marks(markings[index], reason_column_title, comments)
                written[index] = _Marked(copy, marks).write(source.rows(index))
            else:
                copy.write(source.rows(index), hide=copy.info.hidden and index != first)
    return written


def _open_at(copies, markings):
    """The first sheet with a fault is what the user sees first. Excel wants one visible sheet in any case."""
    faulty = [index for index, marking in markings.items() if any(marking.remarks.values())]
    shown = [copy.info.index for copy in copies if not copy.info.hidden]
    first = min(faulty or list(markings) or shown or [0])
    copies[first].sheet.activate()
    if copies[0].info.hidden:
        copies[first].sheet.set_first_sheet()
    return first


class _Comments:
    def __init__(self, left):
        self.left = left


class _Copy:
    """One sheet written as it was: values, merged ranges, widths, what is hidden."""

    def __init__(self, sheet, info, formats):
        self.sheet = sheet
        self.info = info
        self.formats = formats

    def write(self, rows, hide):
        self.columns()
        if hide:
            self.sheet.hide()
        for number, values in rows:
            self.hide_row(number, number - 1)
            for column, value in enumerate(values):
                write_cell(self.sheet, number - 1, column, value, self.formats)
        for merge in self.info.merged:
            self.merge(merge.first_row - 1, merge.first_column, merge.last_row - 1, merge.last_column)

    def columns(self, shown=frozenset()):
        for column in range(self.info.width):
            width = self.info.widths.get(column)
            hidden = column in self.info.hidden_columns and column not in shown
            if width or hidden:
                self.sheet.set_column(column, column, max((width or 9) - _PADDING, 0.5), None, {"hidden": hidden})

    def hide_row(self, number, row):
        if number in self.info.hidden_rows:
            self.sheet.set_row(row, None, None, {"hidden": True})

    def merge(self, first_row, first_column, last_row, last_column):
        # merge_range would write the cells again, which constant memory cannot do, and walk over every cell.
        if (first_row, first_column) != (last_row, last_column):
            self.sheet.merge.append([first_row, first_column, last_row, last_column])


class _Marks:
    def __init__(self, marking, title, comments):
        self.remarks = marking.remarks
        self.title = title
        self.only_rows = None if marking.only_rows is None else frozenset(marking.only_rows)
        self.keep_rows = frozenset(marking.keep_rows)
        self.last_heading = max(self.keep_rows, default=0)
        self.title_row = marking.heading_row or self.last_heading
        self.comments = comments
        self.columns = {column for found in self.remarks.values() for column, _ in found if column is not None}

    def wanted(self, number):
        return self.only_rows is None or number in self.keep_rows or number in self.only_rows

    def by_cell(self, number):
        cells = defaultdict(list)
        for column, message in self.remarks.get(number, ()):
            if column is not None and message not in cells[column]:
                cells[column].append(message)
        return cells

    def reason(self, number):
        messages = dict.fromkeys(message.rstrip("。； ") for _, message in self.remarks.get(number, ()))
        return "；".join(messages) + "。" if messages else None


class _Marked:
    def __init__(self, copy, marks):
        self.copy = copy
        self.info = copy.info
        self.sheet = copy.sheet
        self.formats = copy.formats
        self.marks = marks
        self.kept = array("L")
        self.carried = _MergedValues(copy.info.merged if marks.only_rows is not None else ())
        self.reason_column, self.dropped_columns, self.title_row = copy.info.width, set(), marks.title_row

    def write(self, rows):
        head = [] if not self.marks.last_heading else _take(rows, self.marks.last_heading)
        self._find_old_reasons(head)
        self.copy.columns(shown=self.marks.columns)
        self.sheet.set_column(self.reason_column, self.reason_column, 48)
        for number, values in head:
            self._row(number, values)
        if self.marks.last_heading:
            self.sheet.freeze_panes(len(self.kept), 0)
        for number, values in rows:
            self._row(number, values)
        self._merges()
        return len(self.kept)

    def _find_old_reasons(self, head):
        found = [
            (number, column)
            for number, values in head
            for column, value in enumerate(values)
            if number in self.marks.keep_rows and isinstance(value, str) and value.strip() == self.marks.title
        ]
        if found:
            self.title_row, self.reason_column = found[0]
            self.dropped_columns = {column for _, column in found}

    def _row(self, number, values):
        wanted = self.marks.wanted(number)
        self.carried.pass_by(number, values, wanted)
        if not wanted:
            return
        row = len(self.kept)
        self.kept.append(number)
        heading = number in self.marks.keep_rows
        failed = self.marks.by_cell(number)
        if number not in self.marks.remarks:
            self.copy.hide_row(number, row)
        for column in range(max(len(values), *(column + 1 for column in failed), 0) if failed else len(values)):
            if column == self.reason_column or column in self.dropped_columns and number >= self.title_row:
                continue
            value = values[column] if column < len(values) else None
            self._cell(row, column, value, failed.get(column), heading)
        self._reason(row, number, values)

    def _cell(self, row, column, value, messages, heading):
        if not messages:
            look = _HEADING if heading and value is not None else {}
            write_cell(self.sheet, row, column, value, self.formats, **look)
            return
        # As text, so that an identity number typed into the marked cell keeps all its digits.
        write_cell(self.sheet, row, column, value, self.formats, **_FAILED, num_format=TEXT)
        if self.marks.comments.left > 0:
            self.marks.comments.left -= 1
            text = "\n".join(messages)
            lines = 1 + sum(1 + len(message) // 18 for message in messages)
            self.sheet.write_comment(row, column, text[:2000], {"x_scale": 1.8, "y_scale": max(0.6, lines * 0.22)})

    def _reason(self, row, number, values):
        if number == self.title_row:
            write_cell(self.sheet, row, self.reason_column, self.marks.title, self.formats, **_REASON_HEADING)
        elif reason := self.marks.reason(number):
            write_cell(self.sheet, row, self.reason_column, reason, self.formats, **_REASON)
        elif number < self.title_row and self.reason_column < len(values):
            write_cell(self.sheet, row, self.reason_column, values[self.reason_column], self.formats, **_HEADING)

    def _merges(self):
        whole = self.marks.only_rows is None
        for merge in self.info.merged:
            first, last = merge.first_row - 1, merge.last_row - 1
            if not whole:
                first = bisect_left(self.kept, merge.first_row)
                last = bisect_right(self.kept, merge.last_row) - 1
            covers_reasons = merge.first_column <= self.reason_column <= merge.last_column
            if first <= last and not (covers_reasons and merge.last_row >= self.title_row):
                self.copy.merge(first, merge.first_column, last, merge.last_column)


class _MergedValues:
    """A value that was merged over several rows stands in the first; if that row is left out, the next one takes it."""

    def __init__(self, merged):
        self._starting = defaultdict(list)
        for merge in merged:
            if merge.last_row > merge.first_row:
                self._starting[merge.first_row].append(merge)
        self._waiting = []

    def pass_by(self, number, values, wanted):
        for merge in self._starting.pop(number, ()):
            if not wanted and merge.first_column < len(values):
                self._waiting.append((merge, values[merge.first_column]))
        if not self._waiting:
            return
        self._waiting = [(merge, value) for merge, value in self._waiting if merge.last_row >= number]
        if wanted:
            for merge, value in self._waiting:
                values.extend([None] * (merge.first_column + 1 - len(values)))
                values[merge.first_column] = value
            self._waiting = []


def _take(rows, last):
    """The rows up to a number, however few the file has."""
    taken = []
    for number, values in rows:
        taken.append((number, values))
        if number >= last:
            break
    return taken
