"""The sheet of a paper: its size and margins, fonts with what stands in for them, page numbers, the foot line, and the
loop that sets one paper after the other."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from weihai_transfer.lib.documents import NO_DAY as NO_TIME

PLATFORM = "威海市国有企业退休人员社会化管理服务平台"

# Type sizes by their Chinese names, in points.
NO2, SMALL2, NO3, SMALL3, NO4, SMALL4, NO5, SMALL5 = 22, 18, 16, 15, 14, 12, 10.5, 9

FANG, HEI, KAI, SONG, TITLE = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"
# What Word and WPS take when a font is not there: the older Windows names, then those of domestic Linux.
INSTEAD = {
    FANG: "仿宋_GB2312,FangSong,方正仿宋_GBK,FZFangSong-Z02",
    HEI: "SimHei,方正黑体_GBK,FZHei-B01",
    KAI: "楷体_GB2312,KaiTi,方正楷体_GBK",
    SONG: "SimSun,方正书宋_GBK",
    TITLE: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,FZXiaoBiaoSong-B05,华文中宋,宋体",
}
LATIN = "Times New Roman"
LEFT, CENTRE, RIGHT, BOTH = ALIGN.LEFT, ALIGN.CENTER, ALIGN.RIGHT, ALIGN.JUSTIFY

# The time of no real day: a template says nothing about who laid it out and when.
NO_DAY = datetime(2026, 1, 1)


class Sheet:
    """A template in the making. `numbered` papers have page numbers of their own and may be longer than a page."""

    def __init__(self, title, *, size=SMALL4, numbered=False):
        self.document, self.numbered, self._first = Document(), numbered, False
        self.section = self.document.sections[0]
        self.section.page_width, self.section.page_height = Mm(210), Mm(297)
        self.width = 0
        _properties(self.document, title)
        _fonts(self.document, size)

    # --- pages

    def official(self):
        """GB/T 9704-2012: type area 156 × 225 mm, 22 lines of 28 characters, page numbers outside."""
        self._margins(37, 35, 28, 26)
        # 28 characters of 16 pt fill 156 mm when each stands 0.25 pt closer; a grid of characters would do the same in
        # Word, but other programs give a character that is wider than its cell two cells.
        closer = self.document.styles["Normal"].element.get_or_add_rPr()
        closer.find(qn("w:sz")).addprevious(parse_xml(f'<w:spacing {nsdecls("w")} w:val="-5"/>'))
        self.section.footer_distance = Mm(23)
        self._page_numbers(NO4, outside=True)
        return self

    def form(self, sides=22, ends=20):
        """A form: as much room as it needs."""
        self._margins(ends, ends, sides, sides)
        self.section.footer_distance = Mm(12)
        if self.numbered:
            self._page_numbers(NO5, outside=False)
        return self

    def landscape(self):
        self.section.orientation = WD_ORIENT.LANDSCAPE
        self.section.page_width, self.section.page_height = Mm(297), Mm(210)
        self._margins(18, 18, 18, 18)
        self.section.footer_distance = Mm(10)
        self._page_numbers(NO5, outside=False)
        return self

    def _margins(self, top, bottom, left, right):
        section = self.section
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        self.width = section.page_width.mm - left - right

    def _page_numbers(self, size, *, outside):
        """— 1 —, on the outer side of a sheet that is printed on both sides, or in the middle."""
        begin = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
        self.section._sectPr.find(qn("w:cols")).addprevious(begin)
        footers = [(self.section.footer, RIGHT if outside else CENTRE)]
        if outside:
            self.document.settings.odd_and_even_pages_header_footer = True
            footers.append((self.section.even_page_footer, LEFT))
        for footer, align in footers:
            footer.is_linked_to_previous = False
            line = footer.paragraphs[0]
            line.alignment = align
            # One character away from the edge of the type area.
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(size)
            add_run(line, "— ", size=size, font=SONG)
            add_field(line, "PAGE", size)
            add_run(line, " —", size=size, font=SONG)

    # --- the loop over papers

    def begin(self):
        self.tag("for paper in papers")
        self._first = True

    def end(self):
        if self.numbered:
            self.tag("if more or not loop.last")
            self._next_section()
            self.tag("endif")
        self.tag("endfor")

    def _next_section(self):
        """Ends this paper's section, so that the next one begins on a page of its own with number 1."""
        line = self.line("", size=1, exact=1)
        copy = parse_xml(self.section._sectPr.xml)
        line._p.get_or_add_pPr().append(copy)

    def foot_line(self, sides=0):
        """Small, at the very foot of the page on which the paper begins; stands in a frame, so that it moves nothing."""
        words = (
            "编号 {{ paper.number }}　模板 {{ paper.template }}　办理 {{ paper.operation }}　{{ paper.made_on }}生成"
        )
        line = self.line(words, size=8, font=SONG, align=CENTRE)
        bottom = round((self.section.page_height.mm - 9.5) * 56.7)
        line._p.get_or_add_pPr().insert_element_before(
            parse_xml(
                f'<w:framePr {nsdecls("w")} w:w="{round(self.width * 56.7)}" w:hRule="auto" w:wrap="around" '
                f'w:vAnchor="page" w:hAnchor="margin" w:xAlign="center" w:y="{bottom}"/>'
            ),
            *("w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"),
        )
        # The frame hangs on the line that follows; a table cannot carry it.
        self.line("", size=1, exact=1)

    def tag(self, words):
        """A line that is an order of the template and leaves no line behind."""
        self.document.add_paragraph("{%p " + words + " %}")

    # --- lines

    def line(self, text, **how):
        paragraph = add_line(self.document, text, **how)
        if self._first:
            # Forms need no section of their own: the page ends before each, and before the first nothing has begun.
            paragraph.paragraph_format.page_break_before = not self.numbered
            self._first = False
        return paragraph

    def title(self, text, *, size=NO2, after=12, before=0):
        return self.line(
            text, size=size, font=TITLE, align=CENTRE, after=after, before=before, keep=True, exact=size * 1.5
        )

    def bytes(self):
        raw = io.BytesIO()
        self.document.save(raw)
        return undated(raw)


def add_line(container, text, *, align=LEFT, indent=0, before=0, after=0, exact=0, spacing=0, keep=False, **run):
    """`text` is a string or a list of (text, {how}) runs; `indent` counts characters of the first line."""
    paragraph = container.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    shape.keep_with_next = keep or None
    if exact:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(exact)
    elif spacing:
        shape.line_spacing = spacing
    for part, how in [(text, {})] if isinstance(text, str) else text:
        add_run(paragraph, part, **{**run, **how})
    if indent:
        mark = paragraph._p.get_or_add_pPr().get_or_add_ind()
        mark.set(qn("w:firstLineChars"), str(indent * 100))
        mark.set(qn("w:firstLine"), str(round(indent * run.get("size", SMALL4) * 20)))
    return paragraph


def add_run(paragraph, text, *, size=None, font=None, bold=False, strike=False, under=False):
    run = paragraph.add_run(text)
    run.font.size = Pt(size) if size else None
    run.font.bold, run.font.strike, run.font.underline = bold or None, strike or None, under or None
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    # Quotation marks, dashes and the dot of a name are as wide as characters, not as letters.
    fonts.set(qn("w:hint"), "eastAsia")
    if font:
        fonts.set(qn("w:eastAsia"), font)
    return run


def add_field(paragraph, name, size):
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = add_run(paragraph, "", size=size, font=SONG)
        if kind:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        else:
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {text} </w:instrText>'))


def _properties(document, title):
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, PLATFORM, PLATFORM, ""
    core.created = core.modified = NO_DAY
    core.language, core.revision = "zh-CN", 1
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _fonts(document, size):
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(size)
    shape = normal.element.get_or_add_rPr()
    shape.get_or_add_rFonts().set(qn("w:eastAsia"), FANG)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in INSTEAD.items()
    )
    table = f'<w:fonts {nsdecls("w")}>{rows}<w:font w:name="{LATIN}"><w:charset w:val="00"/></w:font></w:fonts>'
    document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = table.encode()
    _as_new_word(document)


def _as_new_word(document):
    """Not in the compatibility mode of an old Word, which sets lines another way."""
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    compat = parse_xml(
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        f'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    after = next(
        settings.iterchildren(qn("w:rsids"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"), None
    )
    after.addprevious(compat) if after is not None else settings.append(compat)


def undated(raw):
    """The same archive without the time of its making."""
    clean = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(zipfile.ZipInfo(part.filename, NO_TIME), source.read(part), zipfile.ZIP_DEFLATED)
    return clean.getvalue()
