"""An .xls or WPS .et before reading: encryption, macros, far cells, and what calamine does not tell."""

import struct

from weihai_transfer.lib.workbooks.compound import CompoundFile
from weihai_transfer.lib.workbooks.facts import OTHER_ERROR
from weihai_transfer.lib.workbooks.refusal import Refused, damaged, disguised, encrypted, macros
from weihai_transfer.lib.workbooks.sheetscan import Gathered

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOF, _FILEPASS, _BOUNDSHEET, _ROW, _COLINFO = 0x809, 0x2F, 0x85, 0x208, 0x7D
_FORMULA, _BOOLERR, _MULRK = (0x06, 0x406), 0x205, 0xBD
_VALUES = {0x203, 0x204, 0x27E, 0xFD, 0xD6, _BOOLERR, *_FORMULA}


def inspect(path, size, limits):
    if size > limits.xls_bytes:
        raise Refused(
            "too_large",
            f".xls 文件过大（上限 {limits.xls_bytes // 2**20} MB）。请另存为 .xlsx（体积更小）或拆分后重新上传。",
        )
    with open(path, "rb") as file:
        try:
            container = CompoundFile(file, size)
            stream = _stream_name(container.entries)
            return _Scan(limits).sheets_of(container.pieces(stream))
        except (struct.error, IndexError, UnicodeDecodeError) as trouble:
            raise damaged() from trouble


def _stream_name(entries):
    if "encryptedpackage" in entries or "encryptioninfo" in entries:
        raise encrypted()
    if "_vba_project_cur" in entries or "_vba_project" in entries:
        raise macros()
    for name in ("workbook", "book"):
        if name in entries:
            return name
    raise disguised("Word 文档" if "worddocument" in entries else "其他 Office 文档")


class _Scan:
    def __init__(self, limits):
        self.limits = limits
        self.offsets = {}
        self.sheets = {}
        self.sheet = None
        self.unicode = True

    def sheets_of(self, pieces):
        for at, kind, data in _records(pieces):
            if kind == _BOF:
                self.sheet = self.sheets.get(self.offsets.get(at))
                if at == 0:
                    self.unicode = data[:2] == b"\x00\x06"
            elif kind == _FILEPASS:
                raise encrypted()
            elif kind == _BOUNDSHEET:
                self._bound_sheet(data)
            elif self.sheet is not None:
                self._sheet_record(kind, data)
        return tuple(gathered.facts(hidden) for gathered, hidden in self.sheets.values())

    def _bound_sheet(self, data):
        offset, state, kind, characters = struct.unpack_from("<LBBB", data)
        if kind == 1:
            raise macros()
        if kind:
            return
        if not self.unicode:
            name = data[7 : 7 + characters].decode("gb18030", "replace")
        elif data[7] & 1:
            name = data[8 : 8 + 2 * characters].decode("utf-16-le", "replace")
        else:
            name = data[8 : 8 + characters].decode("latin-1")
        self.offsets[offset] = name
        self.sheets[name] = Gathered(name, self.limits), bool(state & 3)

    def _sheet_record(self, kind, data):
        gathered = self.sheet[0]
        if kind in _VALUES:
            row, column = struct.unpack_from("<HH", data)
            gathered.value_at(row + 1, column)
            if kind == _BOOLERR and data[7]:
                gathered.broken_at(row + 1, column, _ERRORS.get(data[6], OTHER_ERROR))
            elif kind in _FORMULA:
                gathered.formulas += 1
                # A formula whose result is no number says so in the last two bytes; kind 2 is an error.
                if data[12:14] == b"\xff\xff" and data[6] == 2:
                    gathered.broken_at(row + 1, column, _ERRORS.get(data[8], OTHER_ERROR))
        elif kind == _MULRK:
            row, last = *struct.unpack_from("<H", data), *struct.unpack_from("<H", data, len(data) - 2)
            gathered.value_at(row + 1, last)
        elif kind == _ROW:
            if struct.unpack_from("<H", data, 12)[0] & 0x20:
                gathered.hidden_rows.append(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _COLINFO:
            first, last, width, _, options = struct.unpack_from("<5H", data)
            columns = range(first, min(last + 1, self.limits.columns))
            gathered.widths.update(dict.fromkeys(columns, round(width / 256, 1)))
            if options & 1:
                gathered.hidden_columns.update(columns)


def _records(pieces):
    """(offset, kind, data) of each record of a stream that arrives in sectors."""
    held, start = bytearray(), 0
    for piece in pieces:
        held += piece
        at = 0
        while len(held) - at >= 4:
            kind, length = struct.unpack_from("<HH", held, at)
            if len(held) - at - 4 < length:
                break
            yield start + at, kind, bytes(held[at + 4 : at + 4 + length])
            at += 4 + length
        del held[:at]
        start += at
