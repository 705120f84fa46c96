"""The process that parses. It may abort, hang or fill its memory; the parent only ever sees frames of plain values.

Frames on standard output are a length of eight bytes and a marshalled tuple:
("opened", [(name, hidden, merged, rows, columns)]), ("rows", first row, rows, dates), ("end",), ("refused", reason, …).
Commands on standard input are sheet numbers, one a line.
"""

import csv
import datetime
import json
import marshal
import re
import resource
import sys

from weihai_transfer.lib.workbooks.csvcells import unquoted
from weihai_transfer.lib.workbooks.facts import ERROR_TEXTS

_BATCH_CELLS = 20_000
_BATCH_CHARS = 400_000
_EXACT = 10**18
_ERRORS = frozenset(ERROR_TEXTS)
_FORCED_TEXT = re.compile(r'="([0-9A-Za-z-]*)"')
_ZERO = datetime.time(0, 0)


class _Refused(Exception):
    pass


def main():
    settings = json.loads(sys.argv[1])
    _limit(settings)
    answer = sys.stdout.buffer
    try:
        source = (_Text if settings["kind"] == "csv" else _Workbook)(settings)
        _send(answer, ("opened", source.sheets()))
        for line in sys.stdin:
            for batch in _batches(source.rows(int(line)), settings):
                _send(answer, batch)
            _send(answer, ("end",))
    except _Refused as refusal:
        _send(answer, ("refused", *refusal.args))
    except BrokenPipeError:
        pass
    except MemoryError:
        _send(answer, ("refused", "memory"))
    except BaseException:  # noqa: B036 - a Rust panic arrives as a BaseException
        _send(answer, ("refused", "unreadable"))


def _limit(settings):
    memory, seconds = settings["child_memory"], settings["child_cpu_seconds"]
    for kind, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        # The soft limit tells the parent why (SIGXCPU); the hard one cannot be ignored.
        (resource.RLIMIT_CPU, seconds, seconds + 5),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


def _send(answer, message):
    data = marshal.dumps(message)
    answer.write(len(data).to_bytes(8, "little"))
    answer.write(data)
    answer.flush()


class _Workbook:
    def __init__(self, settings):
        # Imported after the limits are set, so that they hold for everything it does.
        import python_calamine

        self._worksheet = python_calamine.SheetTypeEnum.WorkSheet
        self._visible = python_calamine.SheetVisibleEnum.Visible
        self._kind = settings["kind"]
        # By content: from a path it would believe the suffix, and uploads may have any.
        self._file = open(settings["path"], "rb")  # noqa: SIM115 - open as long as the process
        self._book = python_calamine.load_workbook(self._file)
        self._metadata = [sheet for sheet in self._book.sheets_metadata if sheet.typ == self._worksheet]

    def sheets(self):
        return [(sheet.name, sheet.visible != self._visible, *self._extent(sheet.name)) for sheet in self._metadata]

    def _extent(self, name):
        # An .xls is parsed whole when it is opened; for the others the guard knows this already.
        if self._kind != "xls":
            return (), 0, 0
        sheet = self._book.get_sheet_by_name(name)
        last_row, last_column = sheet.end or (-1, -1)
        merged = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
        return merged, last_row + 1, last_column + 1

    def rows(self, index):
        sheet = self._book.get_sheet_by_name(self._metadata[index].name)
        if sheet.start is None:
            return
        # iter_rows begins at row 1 but at the first used column.
        missing = [""] * sheet.start[1]
        for row in sheet.iter_rows():
            yield missing + row if missing else row


class _Text:
    def __init__(self, settings):
        self._settings = settings
        csv.field_size_limit(settings["cell_chars"])

    def sheets(self):
        rows = columns = 0
        for row in self.rows(0):
            rows += 1
            while row and not row[-1]:
                row.pop()
            columns = max(columns, len(row))
            if rows > self._settings["rows"]:
                raise _Refused("too_many_rows")
            if columns > self._settings["columns"]:
                raise _Refused("too_many_columns", rows)
        return [("Sheet1", False, (), rows, columns)]

    def rows(self, index):
        settings = self._settings
        with open(settings["path"], encoding=settings["encoding"], newline="") as file:
            reader = csv.reader(file, delimiter=settings["delimiter"])
            number = 1
            try:
                for number, row in enumerate(reader, 1):  # noqa: B007 - named in the refusal
                    yield [_plain(value) for value in row]
            except csv.Error:
                raise _Refused("cell_too_long", number + 1, -1) from None


def _plain(value):
    forced = _FORCED_TEXT.fullmatch(value)
    return forced[1] if forced else unquoted(value)


def _batches(rows, settings):
    """Dates and error texts travel apart, by row and column, because marshal knows plain values only."""
    most = settings["cell_chars"]
    first, batch, special, cells, chars = 1, [], [], 0, 0
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            kind = type(value)
            if kind is str:
                if not value:
                    row[column] = None
                    continue
                length = len(value)
                chars += length
                if length > most:
                    raise _Refused("cell_too_long", number, column)
                if value in _ERRORS:
                    special.append((number - first, column, value))
            elif kind is float:
                if value.is_integer() and -_EXACT < value < _EXACT:
                    row[column] = int(value)
            elif kind is not int and kind is not bool:
                row[column] = _special(value, number - first, column, special)
        while row and row[-1] is None:
            row.pop()
        batch.append(row)
        cells += len(row) + 1
        if cells > _BATCH_CELLS or chars > _BATCH_CHARS:
            yield "rows", first, batch, special
            first, batch, special, cells, chars = number + 1, [], [], 0, 0
    yield "rows", first, batch, special


def _special(value, offset, column, special):
    if isinstance(value, datetime.datetime):
        special.append((offset, column, value.timetuple()[:6]))
        return 0
    if isinstance(value, datetime.date):
        special.append((offset, column, (value.year, value.month, value.day)))
        return 0
    if value == _ZERO:
        # A zero (or a negative number) that is formatted as a date; people type 0 for “nothing”.
        return 0
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(value)


if __name__ == "__main__":
    main()
