"""One worksheet of an .xlsx, scanned as a stream: where values reach, what calamine hides.

expat with a Python call per cell takes three seconds for 100,000 × 30, so rows that are written the usual way
are read by regular expressions over the raw bytes; a sheet with anything unusual is read again by expat.
"""

import re
from functools import cache

from weihai_transfer.lib.workbooks import markup
from weihai_transfer.lib.workbooks.facts import (
    UNCALCULATED,
    BrokenCells,
    Merge,
    SheetFacts,
    cell_name,
    column_index,
    column_letters,
)
from weihai_transfer.lib.workbooks.refusal import Refused, damaged, too_long_cell

_HEAD_BYTES = 4 * 1024 * 1024
_ROW_BYTES = 16 * 1024 * 1024
_SHEET_ROWS = 1_048_576
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_USUAL_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<(?:\?xml(?![^>]*encoding=["'](?!utf-?8["']))|[^?!])""", re.I)
# What makes tags mean other than they look. Searches that begin with one rare byte cost next to nothing.
_UNUSUAL = (
    re.compile(rb"!(?:--|\[CDATA)"),
    re.compile(rb"\?>"),
    re.compile(rb":(?:c|row|v|is|f)[\s/>]"),
    re.compile(rb"&#[0-9xX][^<>]*>"),
    re.compile(rb"t='e'"),
)
_ROW = re.compile(rb'<row r="([0-9]+)"([^>]*)>')
_HIDDEN_ROW = re.compile(rb'\bhidden="(?:1|true)"|\bht="0(?:\.0+)?"')
_CELL_AT = re.compile(rb'<c r="([A-Z]+)([0-9]+)"')
_ERROR_CELL = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?\s*(?:<v>([^<]*)</v>)?'
)
_BARE_FORMULA = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?![^>]*\bt="(?:str|e)")[^>]*><f(?:[^>]*/>|[^>]*[^/>]>[^<]*</f>|>[^<]*</f>)'
    rb"\s*(?:<v></v>|<v ?/>)?</c>"
)


class _Unusual(Exception):
    pass


class Gathered:
    """What both ways of scanning collect, and where they stop."""

    def __init__(self, name, limits):
        self.name = name
        self.limits = limits
        self.rows = self.columns = self.formulas = self.row_tags = 0
        self.hidden_rows = []
        self.hidden_columns = set()
        self.widths = {}
        self.merged = []
        self.broken = BrokenCells()

    def facts(self, hidden):
        return SheetFacts(
            name=self.name,
            hidden=hidden,
            rows=self.rows,
            columns=self.columns,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            widths=self.widths,
            merged=tuple(self.merged),
            formulas=self.formulas,
            broken=self.broken,
        )

    def value_at(self, row, column):
        if column >= self.limits.columns:
            raise far_cell(self.name, row, column, self.limits)
        if row > self.limits.rows:
            # Contiguous data that is simply long, or one forgotten cell far below it.
            crowded = self.rows >= self.limits.rows // 2
            raise too_many_rows(self.name, self.limits) if crowded else far_cell(self.name, row, column, self.limits)
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column + 1)

    def broken_at(self, row, column, text):
        self.value_at(row, column)
        self.broken.add(row, column, text)
        if len(self.broken) > self.limits.broken_cells:
            raise Refused(
                "too_many_errors",
                f"工作表“{self.name}”中公式出错的单元格过多，无法逐一核对。"
                "请在 Excel 或 WPS 中修正公式，或复制后选择性粘贴为数值，再重新上传。",
            )

    def row_seen(self, number):
        self.row_tags += 1
        if self.row_tags > _SHEET_ROWS or number > _SHEET_ROWS:
            raise damaged()

    def frame_element(self, tag, attributes):
        """Everything around the rows."""
        if tag == "col":
            self._column(attributes)
        elif tag == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", ""))):
            left, top, right, bottom = found.groups()
            self.merge(Merge(int(top), column_index(left), int(bottom), column_index(right)))

    def merge(self, merge):
        self.merged.append(merge)
        if len(self.merged) > self.limits.merges:
            raise Refused(
                "too_many_merges",
                f"工作表“{self.name}”的合并单元格过多（上限 {self.limits.merges:,} 处）。请取消不必要的合并后重新上传。",
            )

    def _column(self, attributes):
        try:
            first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
            width = float(attributes.get("width", 0))
        except (KeyError, ValueError):
            return
        columns = range(max(first, 0), min(last + 1, self.limits.columns))
        if 0 < width <= 255:
            self.widths.update(dict.fromkeys(columns, width))
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_columns.update(columns)


def scan(archive, part, name, hidden, limits):
    try:
        return _quickly(archive.pieces(part), Gathered(name, limits)).facts(hidden)
    except _Unusual:
        if archive.size(part) > limits.irregular_bytes:
            raise Refused(
                "irregular",
                f"工作表“{name}”的内部写法不常见且数据量过大，无法核对。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。",
            ) from None
        return _thoroughly(archive.pieces(part), Gathered(name, limits)).facts(hidden)


def _quickly(pieces, gathered):
    parser = markup.guarded_parser(lambda tag, attributes: gathered.frame_element(tag, attributes))
    try:
        block = _frame_before_rows(pieces, parser)
        while (end := block.find(b"</sheetData>")) < 0:
            # Rows stay whole: a block ends where its last row begins.
            cut = block.rfind(b"<row ")
            if cut > 0:
                _block(block[:cut], gathered)
                block = block[cut:]
            if len(block) > _ROW_BYTES:
                raise too_long_cell(f"工作表“{gathered.name}”第 {gathered.rows + 1} 行前后", gathered.limits.cell_chars)
            piece = next(pieces, None)
            if piece is None:
                raise damaged()
            block += piece
        _block(block[:end], gathered)
        parser.Parse(block[end:])
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except markup.NOT_WELL_FORMED as trouble:
        raise damaged() from trouble
    return gathered


def _frame_before_rows(pieces, parser):
    """Feeds the head to the parser and answers the bytes after <sheetData>."""
    head = b""
    for piece in pieces:
        head += piece
        if (at := head.find(b"<sheetData>")) >= 0:
            break
        if len(head) > _HEAD_BYTES:
            raise _Unusual
    else:
        raise _Unusual
    at += len(b"<sheetData>")
    if not _USUAL_ENCODING.match(head) or b"<!" in head[:at]:
        raise _Unusual
    parser.Parse(head[:at])
    return head[at:]


def _block(block, gathered):
    marks = list(_ROW.finditer(block))
    if block.count(b"<row") != len(marks) or any(unusual.search(block) for unusual in _UNUSUAL):
        raise _Unusual
    _rows(block, marks, gathered)
    usual, unplaced, far = _patterns(gathered.limits.columns)
    if usual.search(block):
        if unplaced.search(block):
            raise _Unusual
        for found in far.finditer(block):
            gathered.value_at(*_position(found))
    if b't="e"' in block:
        for found in _ERROR_CELL.finditer(block):
            gathered.broken_at(*_position(found), (found[3] or b"").decode(errors="replace"))
    if b"<f" in block:
        gathered.formulas += block.count(b"<f>") + block.count(b"<f ")
        for found in _BARE_FORMULA.finditer(block):
            gathered.broken_at(*_position(found), UNCALCULATED)


def _rows(block, marks, gathered):
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        number, start = int(mark[1]), mark.end()
        end = following.start() if following else len(block)
        gathered.row_seen(number)
        if mark[2] and number <= gathered.limits.rows and _HIDDEN_ROW.search(mark[2]):
            gathered.hidden_rows.append(number)
        last_value = max(block.rfind(b"</v>", start, end), block.rfind(b"</is>", start, end))
        if last_value < 0:
            continue
        # The last value of a row reaches furthest; cells out of order beyond the limit are looked for afterwards.
        cell = _CELL_AT.match(block, block.rfind(b"<c ", start, last_value))
        if not cell:
            raise _Unusual
        gathered.value_at(*_position(cell))


def _position(found):
    return int(found[2]), column_index(found[1].decode())


@cache
def _patterns(columns):
    """For cells: not simply placed within the columns; not simply placed at all; holding a value beyond the columns."""
    within, beyond = _letters(columns)
    rest = rb'[0-9]{1,7}"[ />]'
    return (
        re.compile(rb'<c(?! r="(?:%s)%s)(?=[\s/>])' % (within, rest)),
        re.compile(rb'<c(?! r="[A-Z]{1,3}%s)(?=[\s/>])' % rest),
        re.compile(rb'<c r="(%s)([0-9]+)"(?:[^>/]|/(?!>))*><(?:v>[^<]|is|f)' % beyond),
    )


def _letters(columns):
    """Patterns for column letters within and beyond a limit between AA and ZZ."""
    last, first = column_letters(columns - 1).encode(), column_letters(columns).encode()
    within = rb"[A-Z]|[A-%c][A-Z]|%c[A-%c]" % (max(last[0] - 1, 65), last[0], last[1])
    beyond = rb"%c[%c-Z]|[%c-Z][A-Z]|[A-Z]{3}" % (first[0], first[1], min(first[0] + 1, 90))
    return within, beyond


def _thoroughly(pieces, gathered):
    reader = _Thorough(gathered)
    markup.parse(pieces, reader.start, reader.end)
    return gathered


class _Thorough:
    """The same by expat, for prefixes, entities, comments and cells without positions."""

    def __init__(self, gathered):
        self.gathered = gathered
        self.row = self.column = 0
        self.kind = ""
        self.formula = self.valued = False

    def start(self, name, attributes):
        tag = markup.local(name)
        if tag == "c":
            self._cell(attributes)
        elif tag in ("v", "is"):
            self.valued = True
            self.gathered.value_at(self.row, self.column)
        elif tag == "f":
            self.formula = True
            self.gathered.formulas += 1
        elif tag == "row":
            self._row(attributes)
        else:
            self.gathered.frame_element(tag, attributes)

    def end(self, name):
        if markup.local(name) == "c":
            if self.kind == "e":
                self.gathered.broken_at(self.row, self.column, "")
            elif self.formula and not self.valued:
                self.gathered.broken_at(self.row, self.column, UNCALCULATED)
            self.column += 1

    def _row(self, attributes):
        stated = attributes.get("r", "")
        self.row = int(stated) if stated.isdecimal() and len(stated) < 9 else self.row + 1
        self.column = 0
        self.gathered.row_seen(self.row)
        hidden = attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0"
        if hidden and self.row <= self.gathered.limits.rows:
            self.gathered.hidden_rows.append(self.row)

    def _cell(self, attributes):
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        if found:
            self.row, self.column = int(found[2]), column_index(found[1])
        self.kind = attributes.get("t", "")
        self.formula = self.valued = False


def far_cell(sheet, row, column, limits):
    where = cell_name(row, column)
    return Refused(
        "far_cell",
        f"工作表“{sheet}”的单元格 {where} 有内容，超出可读取范围（{limits.rows:,} 行、{limits.columns} 列以内），"
        f"多为误按键留下的。请在名称框输入 {where} 定位，删除该单元格所在的整行或整列，保存后重新上传。",
    )


def too_many_rows(sheet, limits):
    return Refused(
        "too_many_rows",
        f"工作表“{sheet}”的行数过多：一张工作表最多读取 {limits.rows:,} 行。请拆分成几个文件后分别上传。",
    )
