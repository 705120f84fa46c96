"""An .ods before reading. Repeats are counted as what they unfold to; empty repeats at the end are normal."""

import re

from weihai_transfer.lib.workbooks import markup
from weihai_transfer.lib.workbooks.facts import OTHER_ERROR, Merge
from weihai_transfer.lib.workbooks.refusal import Refused, damaged, disguised, encrypted, macros
from weihai_transfer.lib.workbooks.sheetscan import Gathered

_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_LENGTH = re.compile(r"([0-9.]+)(cm|mm|in|pt)")
_CHARACTERS_PER = {"cm": 5.0, "mm": 0.5, "in": 12.7, "pt": 0.176}
_CELLS = ("table:table-cell", "table:covered-table-cell")


def inspect(archive, limits):
    if not archive.whole("mimetype").startswith(_SPREADSHEET):
        raise disguised("其他 OpenDocument 文档")
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in archive.names):
        raise macros()
    if "meta-inf/manifest.xml" in archive:
        _refuse_encrypted(archive)
    if "content.xml" not in archive:
        raise damaged()
    for part in archive.names:
        if part.endswith((".xml", ".rdf")) and part != "content.xml":
            markup.root_of(archive.pieces(part))
    scan = _Scan(limits)
    markup.feed(scan.parser, archive.pieces("content.xml"))
    if not scan.sheets:
        raise damaged()
    return tuple(gathered.facts(hidden) for gathered, hidden in scan.sheets)


def _refuse_encrypted(archive):
    def start(name, attributes):
        if markup.local(name) == "encryption-data":
            raise encrypted()

    markup.parse(archive.pieces("meta-inf/manifest.xml"), start)


class _Scan:
    def __init__(self, limits):
        self.limits = limits
        self.parser = markup.guarded_parser(self.start)
        self.parser.EndElementHandler = self.end
        self.sheets = []
        self.depth = 0
        self.hidden_tables, self.style_widths, self.style = set(), {}, ""
        self.row, self.row_repeat = 1, 1
        self.column, self.column_repeat, self.described = 0, 1, 0
        self.broken, self.text = None, []

    @property
    def sheet(self):
        return self.sheets[-1][0]

    def start(self, name, attributes):
        if name == "text:p":
            return
        if name in _CELLS:
            if self.depth == 1:
                self._cell(attributes)
        elif name == "table:table-row":
            if self.depth == 1:
                self._row(attributes)
        elif name == "table:table":
            self.depth += 1
            if self.depth == 1:
                self._table(attributes)
        elif name == "table:table-column":
            if self.depth == 1:
                self._described_columns(attributes)
        elif name.startswith("style:"):
            self._style(name, attributes)

    def end(self, name):
        if name == "text:p":
            return
        if name in _CELLS and self.depth == 1:
            if self.broken is not None:
                self._note_broken()
            self.column += self.column_repeat
        elif name == "table:table-row" and self.depth == 1:
            self.row += self.row_repeat
        elif name == "table:table":
            self.depth -= 1

    def _table(self, attributes):
        name = attributes.get("table:name", "")
        self.sheets.append((Gathered(name, self.limits), attributes.get("table:style-name") in self.hidden_tables))
        if len(self.sheets) > self.limits.sheets:
            raise Refused(
                "too_many_sheets",
                f"工作表过多：一个文件最多读取 {self.limits.sheets} 张工作表。请删除无关的工作表或拆分文件后重新上传。",
            )
        self.row, self.described = 1, 0

    def _row(self, attributes):
        self.row_repeat = _count(attributes, "table:number-rows-repeated")
        self.column = 0
        if attributes.get("table:visibility") in ("collapse", "filter"):
            self.sheet.hidden_rows.extend(range(self.row, min(self.row + self.row_repeat, self.limits.rows + 1)))

    def _cell(self, attributes):
        self.column_repeat = _count(attributes, "table:number-columns-repeated")
        formula = "table:formula" in attributes
        if formula or "office:value-type" in attributes:
            self.sheet.formulas += formula
            self.sheet.value_at(self.row + self.row_repeat - 1, self.column + self.column_repeat - 1)
        if attributes.get("calcext:value-type") == "error":
            self.broken, self.text = (self.row, self.column), []
            # Only now: being called for every text would cost a third of the time.
            self.parser.CharacterDataHandler = self.text.append
        if "table:number-columns-spanned" in attributes or "table:number-rows-spanned" in attributes:
            across = _count(attributes, "table:number-columns-spanned")
            down = _count(attributes, "table:number-rows-spanned")
            if across * down > 1:
                self.sheet.merge(Merge(self.row, self.column, self.row + down - 1, self.column + across - 1))

    def _note_broken(self):
        text = "".join(self.text).strip() or OTHER_ERROR
        for row in range(self.row, self.row + self.row_repeat):
            for column in range(self.column, self.column + self.column_repeat):
                self.sheet.broken_at(row, column, text)
        self.broken = None
        self.parser.CharacterDataHandler = None

    def _described_columns(self, attributes):
        repeat = _count(attributes, "table:number-columns-repeated")
        columns = range(self.described, min(self.described + repeat, self.limits.columns))
        self.described += repeat
        if width := self.style_widths.get(attributes.get("table:style-name")):
            self.sheet.widths.update(dict.fromkeys(columns, width))
        if attributes.get("table:visibility") in ("collapse", "filter"):
            self.sheet.hidden_columns.update(columns)

    def _style(self, name, attributes):
        if name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_tables.add(self.style)
        elif name == "style:table-column-properties":
            found = _LENGTH.fullmatch(attributes.get("style:column-width", ""))
            if found and found[1].count(".") < 2 and found[1] != ".":
                self.style_widths[self.style] = min(255.0, round(float(found[1]) * _CHARACTERS_PER[found[2]], 1))


def _count(attributes, name):
    stated = attributes.get(name)
    if stated is None:
        return 1
    if not stated.isdecimal() or len(stated) > 9:
        raise damaged()
    return max(1, int(stated))
