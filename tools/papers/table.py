"""Tables of papers: fixed widths in millimetres, headings that repeat on every page, rows that do not break."""

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from tools.papers.page import CENTRE, HEI, LEFT, SMALL4, add_line

SINGLE, DASHED, NONE = 'w:val="single" w:sz="6"', 'w:val="dashed" w:sz="6"', 'w:val="nil"'


class Grid:
    """A table under construction; `widths` in millimetres. Cells are given as texts or as lists of lines."""

    def __init__(self, sheet, widths, *, size=SMALL4, borders=SINGLE, height=0, padding=1.2):
        self.sheet, self.widths, self.size, self.height = sheet, widths, size, height
        self.table = sheet.document.add_table(rows=0, cols=len(widths))
        self.table.autofit, self.table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        shape = self.table._tbl.tblPr
        for old in shape.findall(qn("w:tblW")):
            shape.remove(old)
        sides = "".join(f"<w:{side} {borders}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        twips = round(padding * 56.7)
        for xml in (
            f'<w:tblW {nsdecls("w")} w:w="{sum(map(_twips, widths))}" w:type="dxa"/>',
            f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>",
            f'<w:tblCellMar {nsdecls("w")}><w:left w:w="{twips}" w:type="dxa"/><w:right w:w="{twips}" w:type="dxa"/></w:tblCellMar>',
        ):
            shape.append(parse_xml(xml))
        _sort(shape)
        for column, width in zip(self.table.columns, widths, strict=True):
            column.width = Mm(width)

    def row(
        self, *cells, spans=None, height=None, heading=False, keep=False, align=None, size=None, font=None, exact=False
    ):
        """One row; `spans` says how many columns each cell takes, `align` how each stands."""
        spans = spans or [1] * len(cells)
        added = self.table.add_row()
        height = self.height if height is None else height
        if height:
            added.height = Mm(height)
            added.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY if exact else WD_ROW_HEIGHT_RULE.AT_LEAST
        shape = added._tr.get_or_add_trPr()
        shape.insert(0, parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if heading:
            shape.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        at = 0
        for number, (text, span) in enumerate(zip(cells, spans, strict=True)):
            cell = added.cells[at]
            if span > 1:
                cell = cell.merge(added.cells[at + span - 1])
            cell.width = Mm(sum(self.widths[at : at + span]))
            side = align[number] if align else (CENTRE if heading else LEFT)
            self._fill(cell, text, side, heading, keep, size, font)
            at += span
        return added

    def _fill(self, cell, text, align, heading, keep, size, font):
        cell.vertical_alignment = VERTICAL.CENTER
        cell._tc.remove(cell.paragraphs[0]._p)
        for line in text if isinstance(text, list) else [text]:
            how = {"size": size or self.size, "align": align, "keep": keep}
            if heading or font:
                how["font"] = font or HEI
            if isinstance(line, tuple):
                line, own = line
                how |= own
            add_line(cell, line, **how)

    def loop(self, over, *cells, **how):
        """One row for each of a list."""
        self.tag(f"for row in {over}")
        self.row(*cells, **how)
        self.tag("endfor")

    def tag(self, words):
        self.table.add_row().cells[0].text = "{%tr " + words + " %}"


# The order that the format asks of a table's properties.
ORDER = ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook")


def _sort(shape):
    place = {qn(f"w:{name}"): at for at, name in enumerate(ORDER)}
    children = sorted(shape, key=lambda child: place.get(child.tag, len(ORDER)))
    for child in children:
        shape.append(child)


def _twips(mm):
    return round(mm * 56.7)


def fields(sheet, widths, rows, *, size=SMALL4, height=8.5):
    """A form of labels and values: each row is (label, value) or (label, value, label, value)."""
    grid = Grid(sheet, widths, size=size, height=height)
    for row in rows:
        spans = [1] * len(row)
        if len(row) == 2 and len(widths) == 4:
            spans = [1, 3]
        cells = [[(text, {"font": HEI})] if at % 2 == 0 else text for at, text in enumerate(row)]
        grid.row(*cells, spans=spans, align=[CENTRE if at % 2 == 0 else LEFT for at in range(len(row))])
    return grid


def cut(sheet, words, *, before=10, after=10, size=9):
    """The line along which a sheet is cut or over which the seal goes: dashes, with its words in the middle."""
    line = sheet.line(words, size=size, align=CENTRE, before=before, after=after)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="dashed" w:sz="8" w:space="1" w:color="auto"/></w:pBdr>'
    )
    line._p.get_or_add_pPr().insert_element_before(border, *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"))
    return line
