"""The document of a bulletin: GB/T 9704-2012, every number as in the snapshot, two drawn charts with numbers of their own."""

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn

from oversight.models import Bulletin
from oversight.reports import bulletins, drafting, paper
from oversight.reports import snapshot as snapshots
from oversight.reports.columns import rate_words, shown_rate
from tests.oversight.by_hand import AT, DAY, snapshot
from tests.papers.reading import text_of
from weihai_transfer.lib import words

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TABLE_CODES = [
    *("due", "accepted", ("accepted",), ("covered",), "returned", "members_due", "members_receipted", ("members",)),
    *("dossiers_due", "dossiers_moved", ("dossiers",), "problems_open"),
]


def made(**changes):
    """A bulletin of the numbers by hand, issued in no database."""
    numbers = changes.pop("numbers", None) or snapshot()
    return Bulletin(
        month=DAY.replace(day=1),
        snapshot=snapshots.kept(numbers),
        day=numbers.day,
        taken_at=numbers.taken_at,
        addressees=bulletins.ADDRESSEES,
        copied_to=bulletins.COPIED_TO,
        **{"title": drafting.title(numbers), "issued_at": AT, "year": 2026, "number": 9}
        | drafting.draft(numbers)
        | changes,
    )


@pytest.fixture(scope="module")
def data():
    return paper.printed(made())


@pytest.fixture(scope="module")
def document(data):
    return Document(io.BytesIO(data))


def line_with(document, text):
    return next(one for one in document.paragraphs if text in one.text)


def fonts_of(line):
    return {run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in line.runs if run.text}


def sizes_of(line):
    return {run.font.size.pt for run in line.runs if run.text and run.font.size}


def chart(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read(name))
    series = root.find(f".//{CHART}ser")
    return [
        [point.findtext(f"{CHART}v") for point in series.findall(f"{CHART}{axis}//{CHART}pt")]
        for axis in ("cat", "val")
    ]


def test_a_draft_has_neither_number_nor_day_of_issue():
    text = text_of(paper.printed(made(issued_at=None, year=None, number=None)))
    assert "第　　期" in text
    assert "2026-10 草稿" in text
    assert text.count(paper.NO_DAY) == 2
    assert "None" not in text


def test_a_bulletin_without_anybody_draws_no_empty_chart():
    nobody = snapshot(areas=(("示例东区", "", (0,) * 21),), enterprises=(("示例厂", "", (0,) * 21),))
    with zipfile.ZipFile(io.BytesIO(paper.printed(made(numbers=nobody)))) as package:
        body = package.read("word/document.xml").decode()
    assert "图1" in body
    assert "图2" not in body


def test_the_page_is_that_of_the_standard(document):
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == 225


def test_title_headings_and_text_have_their_types(document):
    title = line_with(document, "进展情况通报")
    assert (fonts_of(title), sizes_of(title), title.alignment) == ({"方正小标宋简体"}, {22}, 1)
    heading = line_with(document, "一、总体情况")
    assert (fonts_of(heading), sizes_of(heading)) == ({"黑体"}, {16})
    second = line_with(document, "（一）协议签订不平衡。")
    lead, rest = (run for run in second.runs if run.text)
    assert lead._r.rPr.rFonts.get(qn("w:eastAsia")) == "楷体"
    assert rest._r.rPr.rFonts.get(qn("w:eastAsia")) is None
    normal = document.styles["Normal"].element.rPr
    assert (normal.rFonts.get(qn("w:eastAsia")), document.styles["Normal"].font.size.pt) == ("仿宋", 16)
    assert (second.paragraph_format.line_spacing.pt, sizes_of(second)) == (28, {16})


def test_the_mark_is_red_over_a_red_line(document):
    mark = line_with(document, "威海市国有企业退休人员")
    assert {f"{run.font.color.rgb}" for run in mark.runs if run.text} == {"FF0000"}
    border = line_with(document, "2026年第9期")._p.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert border.get(qn("w:color")) == "FF0000"


def test_pages_are_numbered_outside_with_dashes(document):
    for footer, side in ((document.sections[0].footer, 2), (document.sections[0].even_page_footer, 0)):
        assert re.fullmatch(r"—\s+—", footer.paragraphs[0].text)
        assert footer.paragraphs[0].alignment == side
        assert sizes_of(footer.paragraphs[0]) == {14}


def test_every_part_stands_in_its_order(data):
    text = text_of(data)
    order = [
        *(
            "2026年第9期",
            "各区市人民政府、开发区管委会，各有关国有企业：",
            "一、总体情况",
            "图1",
            "二、分区市情况",
            "图2",
        ),
        *(
            "三、分企业情况",
            "四、存在问题",
            "五、下一步工作",
            "附件：1．",
            "社会化管理工作领导小组办公室\n2026年11月2日",
        ),
        *("附件1\n", "附件2\n", "抄送：", "印发"),
    ]
    found = [text.index(words) for words in order]
    assert found == sorted(found)


def test_the_text_is_the_text_that_was_issued(data):
    row = made(problems="（一）示例问题。\n  \n示例说明<b>&amp;{{ 7*7 }}")
    text = text_of(paper.printed(row))
    assert "（一）示例问题。\n示例说明<b>&amp;{{ 7*7 }}\n" in text
    for block in drafting.draft(snapshot()).values():
        for line in block.splitlines():
            assert line in text_of(data)


@pytest.mark.parametrize(("at", "cut"), [(0, "areas"), (1, "enterprises")])
def test_each_cell_of_a_table_is_the_number_of_the_snapshot(at, cut, document):
    numbers = getattr(snapshot(), cut)
    rows = [[cell.text for cell in row.cells] for row in document.tables[at].rows][1:]
    expected = [
        [line.label]
        + [
            words.shown(line.count(code)) if isinstance(code, str) else rate_words(line.rate(*code))
            for code in TABLE_CODES
        ]
        for line in (*numbers.lines, numbers.total)
    ]
    assert rows == expected


@pytest.mark.parametrize("at", [0, 1])
def test_the_total_of_a_table_is_the_sum_of_its_lines(at, document):
    *lines, total = [[cell.text for cell in row.cells] for row in document.tables[at].rows][1:]
    for column, code in enumerate(TABLE_CODES, 1):
        if isinstance(code, str):
            assert int(total[column].replace(",", "")) == sum(int(row[column].replace(",", "")) for row in lines)


def test_the_charts_draw_the_numbers_of_the_snapshot(data):
    numbers = snapshot()
    drawn = [one for one in numbers.areas.lines if one.count("due")]
    labels, rates = chart(data, paper.BARS)
    assert labels == [one.label for one in drawn]
    assert [Decimal(rate) for rate in rates] == [shown_rate(one.rate("accepted")) for one in drawn]
    assert chart(data, paper.LINE) == [["2026-08", "2026-09", "2026-10"], ["700", "1027", "1284"]]


def test_each_chart_is_reached_from_the_text_and_declared(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body, relations, types = (
            package.read(name).decode()
            for name in ("word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml")
        )
    shown = re.findall(r'<c:chart [^>]*r:id="(\w+)"', body)
    targets = dict(re.findall(r'Id="(\w+)" Type="[^"]*/chart" Target="([^"]+)"', relations))
    assert [targets[one] for one in shown] == ["charts/chart2.xml", "charts/chart1.xml"]
    for name in (paper.BARS, paper.LINE):
        assert (
            f'PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"'
            in types
        )
    assert len(set(re.findall(r'<wp:docPr id="(\d+)"', body))) == 2


def test_the_same_bulletin_is_the_same_bytes(data):
    assert paper.printed(made()) == data


@pytest.mark.skipif(
    not shutil.which("soffice") or not shutil.which("pdftotext"), reason="not installed: soffice, pdftotext"
)
def test_libreoffice_sets_the_text_and_draws_the_charts(data, tmp_path):
    (tmp_path / "b.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "b.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    said = subprocess.run(["pdftotext", "-layout", tmp_path / "b.pdf", "-"], check=True, capture_output=True, text=True)
    pages = said.stdout.split("\f")[:-1]
    # Labels of both charts, which stand nowhere else.
    assert "2026-08" in said.stdout
    assert re.search(r"\b80%", said.stdout)
    assert "抄送" in pages[-1]
    assert all(page.strip() for page in pages)
