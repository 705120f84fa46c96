"""The first look at an uploaded file, in the web process: streaming, standard library only, flat memory."""

import re
from pathlib import PurePath

from weihai_transfer.lib.workbooks import biff, compound, odf, ooxml, plaintext
from weihai_transfer.lib.workbooks.archive import Archive
from weihai_transfer.lib.workbooks.facts import Inspected
from weihai_transfer.lib.workbooks.limits import LIMITS
from weihai_transfer.lib.workbooks.refusal import Refused, damaged, disguised, macros

ACCEPTED = (".xlsx", ".xls", ".et", ".ett", ".ods", ".csv", ".txt", ".tsv", ".xlt", ".xltx", ".ots")
_TEXT = (".csv", ".txt", ".tsv")
_WITH_MACROS = (".xlsm", ".xltm", ".xlam", ".xla")
_KNOWN_STARTS = (
    (b"%PDF", "PDF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"II*\0", "图片"),
    (b"MM\0*", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"{\\rtf", "写字板（RTF）文档"),
    (b"\x7fELF", "可执行程序"),
    (b"\x09\x08\x04\0", "过旧的 Excel 文件"),
    (b"\x09\0\x04\0", "过旧的 Excel 文件"),
    (b"\x09\x02\x06\0", "过旧的 Excel 文件"),
    (b"\x09\x04\x06\0", "过旧的 Excel 文件"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|table|style|script|div)\b",
    re.I | re.S,
)


def inspect(path, filename, limits=LIMITS):
    """Answers what the file is, or raises Refused. `filename` is the user's name for it, `path` where it lies."""
    suffix = PurePath(filename).suffix.lower()
    with open(path, "rb") as file:
        head = file.read(4096)
        size = file.seek(0, 2)
    _refuse_by_size(size, limits)
    _refuse_by_name(suffix)
    if head.startswith(b"PK"):
        with Archive(path, limits) as archive:
            kind, sheets = _packed(archive, limits)
        return Inspected(kind, size, sheets)
    if head.startswith(compound.SIGNATURE):
        return Inspected("xls", size, biff.inspect(path, size, limits))
    _refuse_by_start(head)
    if suffix not in _TEXT:
        raise disguised("纯文本或未知数据")
    encoding, delimiter = plaintext.inspect(path)
    return Inspected("csv", size, encoding=encoding, delimiter=delimiter)


def _refuse_by_size(size, limits):
    if not size:
        raise Refused("empty", "文件是空的，没有任何内容，可能是保存或拷贝时出错。请打开原文件确认有内容后重新上传。")
    if size > limits.file_bytes:
        raise Refused(
            "too_large",
            f"文件过大：单个文件不超过 {limits.file_bytes // 2**20} MB。请删除图片和无关工作表，或拆分成几个文件后上传。",
        )


def _refuse_by_name(suffix):
    if suffix in _WITH_MACROS:
        raise macros()
    if suffix == ".xlsb":
        raise Refused(
            "xlsb",
            "文件是 Excel 二进制工作簿（.xlsb），系统不读取这种格式。请另存为“Excel 工作簿（*.xlsx）”后重新上传。",
        )
    if suffix not in ACCEPTED:
        raise Refused(
            "unknown_suffix",
            "文件类型不在接收范围：名册只接收 .xlsx、.xls、.et、.ods、.csv 文件。请用 Excel 或 WPS 另存为 .xlsx 后上传。",
        )


def _packed(archive, limits):
    names = archive.names
    if any(name.startswith("word/") for name in names):
        raise disguised("Word 文档")
    if any(name.startswith("ppt/") for name in names):
        raise disguised("演示文稿")
    if any(name.startswith("xl/") for name in names):
        return "xlsx", ooxml.inspect(archive, limits)
    if "mimetype" in archive:
        return "ods", odf.inspect(archive, limits)
    if not names or "[content_types].xml" in archive:
        raise damaged()
    raise disguised("压缩包（ZIP）")


def _refuse_by_start(head):
    for start, what in _KNOWN_STARTS:
        if head.startswith(start):
            raise disguised(what)
    # Web systems hand out such "workbooks"; UTF-16 ones have a zero after each letter.
    begin = head.replace(b"\0", b"")
    if _HTML.match(begin):
        raise disguised("网页（HTML）")
    if b"<?xml" in begin[:64] or b"urn:schemas-microsoft-com" in begin:
        raise disguised("XML 文本")
    if begin[:13].lower() == b"mime-version:":
        raise disguised("网页归档（MHTML）")
