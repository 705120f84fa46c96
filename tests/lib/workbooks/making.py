"""Workbooks made by hand, part by part, so that a test can spoil exactly one thing."""

import datetime
import zipfile

from weihai_transfer.lib.workbooks.guard import inspect
from weihai_transfer.lib.workbooks.reading import open_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

HEADINGS = ["姓名", "身份证号", "出生日期", "月退休费", "联系电话"]
PEOPLE = [
    ["示例甲", "371002195803011234", datetime.date(1958, 3, 1), 3456.78, "13800000001"],
    ["示例·乙", "371002195912120023", datetime.date(1959, 12, 12), 4000, "13800000002"],
    ["示例㐀", "37100219600229001X", datetime.date(1960, 2, 29), 0.5, "0631-5200000"],
]


def sheet(rows, head="", tail=""):
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'


def text_cell(where, text):
    return f'<c r="{where}" t="inlineStr"><is><t>{text}</t></is></c>'


GOOD_ROWS = (
    f'<row r="1">{text_cell("A1", "姓名")}{text_cell("B1", "年龄")}</row>'
    f'<row r="2">{text_cell("A2", "示例甲")}<c r="B2"><v>66</v></c></row>'
)


def parts(**changed):
    """The parts of a small good workbook. Keywords replace: sheet, workbook, rels, types, strings, styles."""
    made = {
        "[Content_Types].xml": changed.get(
            "types",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        ),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": changed.get(
            "workbook",
            f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
        "xl/_rels/workbook.xml.rels": changed.get(
            "rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" '
            f'Target="sharedStrings.xml"/><Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        ),
        "xl/sharedStrings.xml": changed.get("strings", f'<sst xmlns="{MAIN}" count="0" uniqueCount="0"/>'),
        "xl/styles.xml": changed.get(
            "styles",
            f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
            '<border/></borders><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>',
        ),
        "xl/worksheets/sheet1.xml": changed.get("sheet", sheet(GOOD_ROWS)),
    }
    return made | changed.get("more", {})


def pack(path, contents):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def small_xlsx(path, **changed):
    return pack(path, parts(**changed))


def read_all(path, filename=None, limits=None):
    """Every sheet as {name: {row number: values}}, through guard and child like an upload."""
    extra = (limits,) if limits else ()
    inspected = inspect(path, filename or str(path), *extra)
    with open_workbook(path, inspected, *extra) as book:
        return {info.name: dict(book.rows(info.index)) for info in book.sheets}
