"""进展情况通报, laid out as an official document (GB/T 9704-2012), with two charts whose numbers come with each bulletin."""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

from tools.papers.page import BOTH, CENTRE, HEI, KAI, LEFT, NO2, NO3, NO4, RIGHT, SMALL4, TITLE, Sheet
from tools.papers.table import NONE, Grid

# 22 lines of 28 characters: a line of the type area is 28 pt high and a little, as with the agreement.
BODY = {"size": NO3, "exact": 28}
RED = "FF0000"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
# A chart of nothing: render() puts the bulletin's own in its place.
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:layout/>'
    b"</c:plotArea></c:chart></c:chartSpace>"
)
EMU = 36_000
# Width and height in millimetres.
CHART = (156, 68)
# In which section a chart stands, and which part of the package it is.
CHARTS = (("with_trend", 2, "图1　累计移交人数（人）"), ("with_rates", 1, "图2　各区市移交率（%）"))
COLUMNS = (
    ("单　位", 30),
    ("应移交（人）", 10.5),
    ("已移交（人）", 10.5),
    ("移交率", 10.5),
    ("签约率", 10.5),
    ("退回（人）", 10.5),
    ("党员应转（人）", 10.5),
    ("已转有回执（人）", 10.5),
    ("转接率", 10.5),
    ("档案应移交（卷）", 10.5),
    ("已移交（卷）", 10.5),
    ("移交率", 10.5),
    ("未结问题（件）", 10.5),
)


def bulletin():
    sheet = Sheet("国有企业退休人员社会化管理进展情况通报", size=NO3, numbered=True).official()
    sheet.begin()
    _head(sheet)
    sheet.foot_line()
    sheet.title("{{ paper.title }}", size=NO2, before=20, after=28)
    sheet.line("{{ paper.addressees }}：", align=LEFT, **BODY)
    _sections(sheet)
    _annex_names(sheet)
    _signature(sheet)
    _annex(sheet, "1", "按区市进展情况统计表", "paper.areas")
    _annex(sheet, "2", "按企业进展情况统计表", "paper.enterprises")
    _imprint(sheet)
    sheet.end()
    return sheet.bytes()


def _head(sheet):
    """版头: the mark in red, the number of the bulletin, a red line."""
    mark = {"size": 30, "font": TITLE, "align": CENTRE, "exact": 44}
    for words in ("威海市国有企业退休人员", "社会化管理工作通报"):
        line = sheet.line(words, **mark)
        for run in line.runs:
            run.font.color.rgb = RGBColor.from_string(RED)
    line = sheet.line("{{ paper.serial }}", size=NO3, align=CENTRE, before=28, after=0, exact=28)
    line._p.get_or_add_pPr().insert_element_before(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{RED}"/></w:pBdr>'),
        *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"),
    )


def _sections(sheet):
    sheet.tag("for section in paper.sections")
    sheet.line("{{ section.heading }}", indent=2, keep=True, **{**BODY, "font": HEI})
    # What begins with a heading of the second level goes on in the same line.
    sheet.tag("for part in section.parts")
    sheet.line([("{{ part.lead }}", {"font": KAI}), ("{{ part.text }}", {})], indent=2, align=BOTH, **BODY)
    sheet.tag("endfor")
    for condition, number, caption in CHARTS:
        sheet.tag(f"if section.{condition}")
        _chart(sheet, number, caption)
        sheet.tag("endif")
    sheet.tag("endfor")


def _chart(sheet, number, caption):
    """The frame of a chart in its own line; the part of the package that it shows is word/charts/chartN.xml."""
    package = sheet.document.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, EMPTY, package)
    relation = sheet.document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    width, height = (mm * EMU for mm in CHART)
    line = sheet.line("", align=CENTRE, before=6, spacing=1.0, keep=True)
    drawing = (
        f"<w:drawing {nsdecls('w')} "
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{100 + number}" name="{caption}" descr="{caption}，数据见附件"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    line.runs[0]._r.append(parse_xml(drawing))
    sheet.line(caption, size=SMALL4, font=HEI, align=CENTRE, after=6, exact=24)


def _annex_names(sheet):
    sheet.line("", **BODY)
    sheet.line("附件：1．按区市进展情况统计表", indent=2, keep=True, **BODY)
    sheet.line("　　　2．按企业进展情况统计表", indent=2, keep=True, **BODY)


def _signature(sheet):
    """The issuing body, and the day centred under it, on the right half (GB/T 9704 7.3.5)."""
    for words in ("", "", "{{ paper.issuer_1 }}", "{{ paper.issuer_2 }}", "{{ paper.issued_on }}"):
        line = sheet.line(words, align=CENTRE, keep=words != "{{ paper.issued_on }}", **BODY)
        line._p.get_or_add_pPr().get_or_add_ind().set(qn("w:left"), str(11 * NO3 * 20))


def _annex(sheet, number, title, over):
    sheet.line(f"附件{number}", **{**BODY, "font": HEI}).paragraph_format.page_break_before = True
    sheet.title(title, size=NO2, before=6, after=4)
    sheet.line("{{ paper.as_of }}", size=SMALL4, align=RIGHT, after=2, exact=20)
    grid = Grid(sheet, [width for _, width in COLUMNS], size=8.5, height=8, padding=0.3)
    grid.row(*(label for label, _ in COLUMNS), heading=True, height=13)
    cells = ["{{ row.label }}", *(f"{{{{ row.cells[{at}] }}}}" for at in range(len(COLUMNS) - 1))]
    grid.loop(over, *cells, align=[LEFT, *[RIGHT] * (len(COLUMNS) - 1)])


def _imprint(sheet):
    """版记 at the foot of the last page: two thick lines with a thin one between them."""
    sheet.line("", size=SMALL4, exact=28)
    grid = Grid(sheet, (100, 56), size=NO4, borders=NONE, padding=0, height=10)
    grid.table._tbl.tblPr.find(qn("w:tblW")).addprevious(
        parse_xml(
            f'<w:tblpPr {nsdecls("w")} w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" '
            'w:tblpYSpec="bottom"/>'
        )
    )
    grid.row("　抄送：{{ paper.copied_to or BLANK }}", spans=[2], keep=True)
    _ruled(grid.table.rows[-1], top=8)
    grid.row("　{{ paper.printed_by }}", "{{ paper.issued_on }}印发　", align=[LEFT, RIGHT])
    _ruled(grid.table.rows[-1], top=6, bottom=8)
    # What stands in a frame hangs on the line that follows.
    sheet.line("", size=1, exact=1)


def _ruled(row, **sides):
    for cell in {id(one._tc): one for one in row.cells}.values():
        lines = "".join(f'<w:{side} w:val="single" w:sz="{size}"/>' for side, size in sides.items())
        cell._tc.get_or_add_tcPr().insert_element_before(
            parse_xml(f"<w:tcBorders {nsdecls('w')}>{lines}</w:tcBorders>"),
            *("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"),
        )
