"""Values out of a workbook. Parsing happens in a child process with limits; see child.py."""

import contextlib
import datetime
import json
import marshal
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from weihai_transfer.lib.workbooks import guard
from weihai_transfer.lib.workbooks.facts import BrokenCell, BrokenCells, Merge, cell_name
from weihai_transfer.lib.workbooks.limits import LIMITS
from weihai_transfer.lib.workbooks.refusal import Refused, damaged, too_long_cell
from weihai_transfer.lib.workbooks.sheetscan import too_many_rows

_ROOT = Path(__file__).resolve().parents[3]
_LARGEST_FRAME = 64 * 1024 * 1024


@dataclass(frozen=True)
class SheetInfo:
    """Rows count from 1, columns from 0. `hidden_rows` is what the guard could see; `width` counts used columns."""

    index: int
    name: str
    hidden: bool
    merged: tuple[Merge, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    height: int
    width: int
    widths: dict[int, float]
    broken: BrokenCells = field(repr=False, compare=False)


def open_uploaded(path, filename):
    """The Workbook that lies at `path` and came in as `filename`; raises Refused for what is none."""
    return open_workbook(path, guard.inspect(path, filename))


def open_workbook(path, inspected, limits=LIMITS):
    """A Workbook to be used with `with`; leaving early ends the child."""
    return Workbook(path, inspected, limits)


class Workbook:
    def __init__(self, path, inspected, limits=LIMITS):
        self._settings = asdict(limits) | {
            "path": os.fspath(Path(path).resolve()),
            "kind": inspected.kind,
            "encoding": inspected.encoding,
            "delimiter": inspected.delimiter,
        }
        self._limits = limits
        self._child = None
        try:
            self.sheets = [self._sheet(index, said, inspected) for index, said in enumerate(self._start())]
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        if self._child is not None:
            self._child.kill()
            self._child = None

    def rows(self, sheet_index):
        """(row number in the file, values from column A) for every row up to the last used one, blank ones as []."""
        sheet = self.sheets[sheet_index]
        if self._child is None or self._child.busy:
            self.close()
            self._start()
        child = self._child
        child.ask(sheet_index)
        broken = sheet.broken.in_order()
        pending = next(broken, None)
        number = 0
        for first, rows, special in child.batches(self._limits):
            for offset, column, value in special:
                rows[offset][column] = _special(value)
            for number, row in enumerate(rows, first):
                while pending and pending[0] == number:
                    _put(row, pending[1], pending[2])
                    pending = next(broken, None)
                yield number, row
        # Rows that hold nothing but error cells reach below what the parser saw.
        while pending:
            number, row = number + 1, []
            while pending and pending[0] == number:
                _put(row, pending[1], pending[2])
                pending = next(broken, None)
            yield number, row

    def _start(self):
        self._child = _Child(self._settings, self._limits)
        return self._child.opened()

    def _sheet(self, index, said, inspected):
        name, hidden, merged, height, width = said
        facts = inspected.facts_of(name)
        if facts is None:
            merged = tuple(Merge(*merge) for merge in merged)
            nothing = frozenset()
            return SheetInfo(index, name, hidden, merged, nothing, nothing, height, width, {}, BrokenCells())
        return SheetInfo(
            index=index,
            name=name,
            hidden=hidden or facts.hidden,
            merged=facts.merged or tuple(Merge(*merge) for merge in merged),
            hidden_rows=facts.hidden_rows,
            hidden_columns=facts.hidden_columns,
            height=max(height, facts.rows),
            width=max(width, facts.columns),
            widths=facts.widths,
            broken=facts.broken,
        )


class _Child:
    """One parser process. It answers one command at a time; `busy` until the answer was read to its end."""

    def __init__(self, settings, limits):
        self.busy = False
        self._settings = settings
        self._patience = limits.wait_seconds
        # A clean environment: no credentials of the web process reach the parser.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "weihai_transfer.lib.workbooks.child", json.dumps(settings)],
            cwd=_ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._poll = select.poll()
        self._poll.register(self._process.stdout, select.POLLIN)

    def opened(self):
        return self._expect("opened")[1]

    def ask(self, sheet_index):
        self.busy = True
        try:
            self._process.stdin.write(b"%d\n" % sheet_index)
        except OSError:
            raise self._death() from None

    def batches(self, limits):
        while (message := self._expect("rows", "end"))[0] == "rows":
            yield message[1:]
        self.busy = False

    def kill(self):
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                stream.close()
        self._process.wait()

    def _expect(self, *kinds):
        message = marshal.loads(self._bytes(self._frame_size()))
        if message[0] == "refused":
            raise self._refusal(*message[1:])
        if message[0] not in kinds:
            raise damaged()
        return message

    def _frame_size(self):
        size = int.from_bytes(self._bytes(8), "little")
        if size > _LARGEST_FRAME:
            raise damaged()
        return size

    def _bytes(self, count):
        """Only waiting counts against the patience, not what the caller does between two batches."""
        held = bytearray(count)
        view, at = memoryview(held), 0
        while at < count:
            began = time.monotonic()
            ready = self._poll.poll(max(self._patience, 0) * 1000)
            self._patience -= time.monotonic() - began
            if not ready:
                raise _too_slow()
            got = self._process.stdout.readinto(view[at:])
            if not got:
                raise self._death()
            at += got
        return held

    def _death(self):
        self._process.kill()
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return _too_slow()
        return _exhausted() if code < 0 else damaged()

    def _refusal(self, reason, *where):
        if reason == "too_many_rows":
            return too_many_rows("Sheet1", _Rows(self._settings["rows"]))
        if reason == "too_many_columns":
            return Refused(
                "too_many_columns",
                f"第 {where[0]:,} 行的列数过多：一张表最多读取 {self._settings['columns']} 列，"
                "可能是分隔符或引号有误。请检查该行，或另存为 .xlsx 后重新上传。",
            )
        if reason == "cell_too_long":
            row, column = where
            place = f"第 {row:,} 行前后" if column < 0 else f"单元格 {cell_name(row, column)} "
            return too_long_cell(place, self._settings["cell_chars"])
        return _exhausted() if reason == "memory" else damaged()


@dataclass(frozen=True)
class _Rows:
    rows: int


def _put(row, column, value):
    row.extend([None] * (column + 1 - len(row)))
    row[column] = value


def _special(value):
    if isinstance(value, str):
        return BrokenCell(value)
    return datetime.date(*value) if len(value) == 3 else datetime.datetime(*value)


def _exhausted():
    return Refused(
        "exhausted",
        "文件无法读取：读取过程占用的内存异常，多为某个单元格误填在很远的行列，或文件被人为改动。"
        "请把名册内容复制到新建的空白工作簿，保存后重新上传。",
    )


def _too_slow():
    return Refused(
        "too_slow",
        "文件读取超时：内容过于复杂，超出了允许的处理时间。请删除无关工作表和样式，或拆分成几个文件后重新上传。",
    )
