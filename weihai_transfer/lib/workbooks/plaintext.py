"""A .csv before reading: which encoding, which delimiter, and that it is text at all."""

import codecs
from collections import Counter

from weihai_transfer.lib.workbooks.refusal import Refused, disguised

_PIECE = 256 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", "\t", ";")
_TYPICAL_LINES = 30


def inspect(path):
    """(encoding, delimiter)."""
    with open(path, "rb") as file:
        head = file.read(_PIECE)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            candidates = (encoding,)
            break
    else:
        candidates = ("utf-8", "gb18030")
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding, _delimiter(head, encoding)
    raise Refused(
        "unknown_encoding",
        "文本文件的编码无法识别，读出来会是乱码。请在 Excel 或 WPS 中另存为 .xlsx，或另存为“CSV UTF-8”后重新上传。",
    )


def _decodes(path, encoding):
    decoder = codecs.getincrementaldecoder(encoding)()
    with open(path, "rb") as file:
        try:
            while piece := file.read(_PIECE):
                if "\0" in decoder.decode(piece):
                    raise disguised("二进制数据")
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(head, encoding):
    """The one that most lines hold equally often; quotes are taken into account."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    lines = _outside_quotes(text).splitlines()[:_TYPICAL_LINES]

    def weight(delimiter):
        counts = Counter(line.count(delimiter) for line in lines if delimiter in line)
        return max((lines_alike * count, lines_alike) for count, lines_alike in counts.items()) if counts else (0, 0)

    return max(_DELIMITERS, key=weight)


def _outside_quotes(text):
    return "".join(text.split('"')[::2])
