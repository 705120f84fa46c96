"""An .xlsx before reading: its parts, its relations, its counts, then each sheet."""

import posixpath

from weihai_transfer.lib.workbooks import markup, sheetscan
from weihai_transfer.lib.workbooks.archive import unpacks_too_large
from weihai_transfer.lib.workbooks.refusal import Refused, damaged, disguised, macros

_WORKBOOK = "xl/workbook.xml"
_MARKUP = (".xml", ".rels", ".vml")


def inspect(archive, limits):
    """The facts of every worksheet, in workbook order."""
    _refuse_by_parts(archive, limits)
    _refuse_by_content_types(archive)
    relations = _relations(archive)
    sheets = _sheets(archive, limits)
    styles = _parts_of(relations, "styles") or ["xl/styles.xml"]
    strings = _parts_of(relations, "sharedStrings") or ["xl/sharedStrings.xml"]
    for part in filter(archive.__contains__, styles):
        _count_formats(archive, part, limits)
    for part in filter(archive.__contains__, strings):
        _count_strings(archive, part, limits)
    worksheets = []
    for name, hidden, relation in sheets:
        kind, part = relations.get(relation, ("", ""))
        if kind.lower().endswith("macrosheet"):
            raise macros()
        if kind == "worksheet":
            worksheets.append((name, hidden, part))
    if not worksheets:
        raise damaged()
    scanned = {part.lower() for _, _, part in worksheets}
    for part in archive.names:
        if part.endswith(_MARKUP) and part not in scanned:
            markup.root_of(archive.pieces(part))
    return tuple(sheetscan.scan(archive, part, name, hidden, limits) for name, hidden, part in worksheets)


def _refuse_by_parts(archive, limits):
    names = archive.names
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise macros()
    if _WORKBOOK not in archive:
        if any(name.endswith("workbook.bin") for name in names):
            raise Refused(
                "xlsb",
                "文件是 Excel 二进制工作簿（.xlsb），系统不读取这种格式。请另存为“Excel 工作簿（*.xlsx）”后重新上传。",
            )
        raise disguised("未知的压缩内容")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise Refused(
            "external_links",
            "文件引用了其他工作簿：被引用的文件不在系统中，取到的值无法核对。"
            "请在“数据—编辑链接”中断开链接，或复制后选择性粘贴为数值，保存后重新上传。",
        )


def _refuse_by_content_types(archive):
    found = []

    def start(name, attributes):
        if "macroenabled" in attributes.get("ContentType", "").lower():
            found.append(name)

    _small(archive, "[content_types].xml", start)
    if found:
        raise macros()


def _relations(archive):
    """Relation id → (kind, part)."""
    relations = {}

    def start(name, attributes):
        if markup.local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = kind, part

    _small(archive, "xl/_rels/workbook.xml.rels", start)
    return relations


def _parts_of(relations, wanted):
    return [part for kind, part in relations.values() if kind == wanted]


def _sheets(archive, limits):
    sheets = []

    def start(name, attributes):
        if markup.local(name) != "sheet":
            return
        relation = next((value for key, value in attributes.items() if markup.local(key) == "id"), "")
        hidden = attributes.get("state", "visible") != "visible"
        sheets.append((attributes.get("name", ""), hidden, relation))
        if len(sheets) > limits.sheets:
            raise Refused(
                "too_many_sheets",
                f"工作表过多：一个文件最多读取 {limits.sheets} 张工作表。请删除无关的工作表或拆分文件后重新上传。",
            )

    _small(archive, _WORKBOOK, start)
    return sheets


def _small(archive, part, start):
    if part not in archive:
        raise damaged()
    if archive.size(part) > archive.limits.part_bytes:
        raise unpacks_too_large(archive.limits)
    markup.parse(archive.pieces(part), start)


def _count_formats(archive, part, limits):
    size, formats = archive.size(part), 0

    def start(name, attributes):
        nonlocal formats
        formats += markup.local(name) == "xf"
        if formats > 2 * limits.formats or _lies(attributes.get("count", ""), size):
            raise Refused(
                "too_many_formats",
                "文件中的单元格样式数量异常，读取会耗尽系统资源。"
                "请新建空白工作簿，将名册“选择性粘贴—数值”到其中，保存后重新上传。",
            )

    _small(archive, part, start)


def _count_strings(archive, part, limits):
    size = archive.size(part)
    if size > limits.strings_bytes:
        raise unpacks_too_large(limits)
    _, attributes = markup.root_of(archive.pieces(part))
    # Readers reserve memory for uniqueCount texts before they have seen one; `count` counts cells that use them.
    cells = sum(archive.size(name) for name in archive.names)
    if _lies(attributes.get("uniqueCount", ""), size) or _lies(attributes.get("count", ""), cells):
        raise Refused(
            "lying_counts",
            "文件内部声明的文字数量与实际内容不符，可能被人为改动。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。",
        )
    for piece in archive.pieces(part):
        # No text of a cell is as long as a whole piece.
        if len(piece) > 8 * limits.cell_chars - 8 and b"<" not in piece:
            raise Refused(
                "cell_too_long",
                f"文件中有单元格的文字过长：一个单元格最多 {limits.cell_chars:,} 个字，文件可能已损坏。"
                "请检查并缩短该单元格后重新上传。",
            )


def _lies(stated, size):
    """A count that its part has no room for: each counted element takes at least four bytes."""
    return bool(stated) and (not stated.isdecimal() or len(stated) > 12 or int(stated) > size // 4 + 1)
