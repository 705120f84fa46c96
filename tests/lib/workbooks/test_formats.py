"""What each format gives back: the same values at the same places, and what parsers like to hide."""

import datetime

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableColumnProperties, TableProperties

from tests.lib.workbooks.hostile import ODS_VALUE, ods
from tests.lib.workbooks.making import GOOD_ROWS, HEADINGS, MAIN, PEOPLE, read_all, sheet, small_xlsx, text_cell
from weihai_transfer.lib.workbooks.facts import BrokenCell
from weihai_transfer.lib.workbooks.guard import inspect
from weihai_transfer.lib.workbooks.reading import open_workbook

DATED = datetime.datetime(1958, 3, 1, 8, 30)


def by_openpyxl(path):
    book = openpyxl.Workbook()
    for row in [HEADINGS, *PEOPLE]:
        book.active.append(row)
    book.save(path)


def by_xlsxwriter(path, **options):
    with xlsxwriter.Workbook(path, options) as book:
        page, date = book.add_worksheet("Sheet"), book.add_format({"num_format": "yyyy-mm-dd"})
        for row, values in enumerate([HEADINGS, *PEOPLE]):
            for column, value in enumerate(values):
                if isinstance(value, datetime.date):
                    page.write_datetime(row, column, value, date)
                else:
                    page.write(row, column, value)


def by_inline_xlsxwriter(path):
    by_xlsxwriter(path, constant_memory=True)


def by_xlwt(path):
    book = xlwt.Workbook()
    page, date = book.add_sheet("Sheet"), xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, values in enumerate([HEADINGS, *PEOPLE]):
        for column, value in enumerate(values):
            page.write(row, column, value, *([date] if isinstance(value, datetime.date) else []))
    book.save(str(path))


def ods_cell(value, **attributes):
    if isinstance(value, datetime.date):
        cell = odf_table.TableCell(valuetype="date", datevalue=value.isoformat(), **attributes)
    elif isinstance(value, int | float):
        cell = odf_table.TableCell(valuetype="float", value=value, **attributes)
    elif value is None:
        return odf_table.TableCell(**attributes)
    else:
        cell = odf_table.TableCell(valuetype="string", **attributes)
    cell.addElement(odf_text.P(text=str(value)))
    return cell


def ods_page(name, rows, **attributes):
    page = odf_table.Table(name=name, **attributes)
    for values in rows:
        row = odf_table.TableRow()
        for value in values:
            row.addElement(ods_cell(value))
        page.addElement(row)
    return page


def by_odfpy(path):
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(ods_page("Sheet", [HEADINGS, *PEOPLE]))
    document.save(str(path))


@pytest.mark.parametrize(
    ("make", "suffix", "kind"),
    [
        (by_openpyxl, ".xlsx", "xlsx"),
        (by_xlsxwriter, ".xlsx", "xlsx"),
        (by_inline_xlsxwriter, ".xlsx", "xlsx"),
        (by_xlwt, ".xls", "xls"),
        (by_xlwt, ".et", "xls"),
        (by_xlwt, ".xlsx", "xls"),
        (by_odfpy, ".ods", "ods"),
        (by_openpyxl, ".xls", "xlsx"),
    ],
)
def test_the_same_people_come_out_of_every_format(tmp_path, make, suffix, kind):
    path = tmp_path / f"名册{suffix}"
    make(path)
    inspected = inspect(path, path.name)
    assert inspected.kind == kind
    with open_workbook(path, inspected) as book:
        assert [(info.name, info.hidden, info.height, info.width) for info in book.sheets] == [("Sheet", False, 4, 5)]
        rows = list(book.rows(0))
    assert rows == list(enumerate([HEADINGS, *PEOPLE], 1))
    assert [type(value) for value in rows[2][1]] == [str, str, datetime.date, int, str]


def test_rows_and_columns_keep_their_numbers_when_the_sheet_begins_late(tmp_path):
    book = openpyxl.Workbook()
    book.active["C3"], book.active["D6"] = "示例", 1
    book.save(tmp_path / "late.xlsx")
    assert read_all(tmp_path / "late.xlsx")["Sheet"] == {
        1: [],
        2: [],
        3: [None, None, "示例"],
        4: [],
        5: [],
        6: [None, None, None, 1],
    }


def test_types_that_excel_mixes_up(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append([True, 0.25, 13800000000, 371002195803011234, DATED, datetime.time(8, 5), datetime.timedelta(hours=30)])
    page["H1"], page["I1"] = 0, "  两端空格 "
    page["H1"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "types.xlsx")
    row = read_all(tmp_path / "types.xlsx")["Sheet"][1]
    assert row[:3] == [True, 0.25, 13800000000]
    # A number of more than fifteen digits has lost the last ones already; it arrives as a number and can be refused.
    assert type(row[3]) is int
    assert str(row[3])[:15] == "371002195803011"
    assert row[4:] == [DATED, "08:05:00", "30:00:00", 0, "  两端空格 "]


@pytest.mark.parametrize("constant_memory", [True, False])
def test_error_cells_are_not_empty(tmp_path, constant_memory):
    path = tmp_path / "errors.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": constant_memory}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "街道"])
        page.write_formula(1, 1, "=NA()", None, "#N/A")
        page.write_formula(2, 0, "=A9", None, "#REF!")
        page.write_formula(4, 3, "=1/0", None, "#DIV/0!")
    inspected = inspect(path, path.name)
    assert (inspected.sheets[0].error_cells, inspected.sheets[0].formulas) == (3, 3)
    assert read_all(path)["Sheet1"] == {
        1: ["姓名", "街道"],
        2: [None, BrokenCell("#N/A")],
        3: [BrokenCell("#REF!")],
        4: [],
        5: [None, None, None, BrokenCell("#DIV/0!")],
    }


def test_a_formula_that_was_never_calculated_is_not_zero(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["合计", "=1+1", "末"])
    book.save(tmp_path / "formula.xlsx")
    assert read_all(tmp_path / "formula.xlsx")["Sheet"] == {1: ["合计", BrokenCell("#未计算"), "末"]}


def test_a_formula_whose_text_is_empty_is_no_error(tmp_path):
    rows = f'<row r="1">{text_cell("A1", "甲")}<c r="B1" t="str"><f>IF(1,"")</f><v></v></c></row>'
    assert read_all(small_xlsx(tmp_path / "a.xlsx", sheet=sheet(rows)))["名册"] == {1: ["甲"]}


def test_error_cells_of_old_excel_files(tmp_path):
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet")
    page.write(0, 0, "姓名")
    page.row(1).set_cell_error(2, "#N/A!")
    page.row(3).hidden = True
    page.write(3, 0, "示例")
    book.save(str(tmp_path / "a.xls"))
    inspected = inspect(tmp_path / "a.xls", "a.xls")
    assert inspected.sheets[0].hidden_rows == {4}
    assert read_all(tmp_path / "a.xls")["Sheet"] == {
        1: ["姓名"],
        2: [None, None, BrokenCell("#N/A")],
        3: [],
        4: ["示例"],
    }


def test_error_cells_of_ods(tmp_path):
    error = '<table:table-cell table:formula="of:=NA()" office:value-type="string" calcext:value-type="error">{}</table:table-cell>'
    row = "<table:table-row>" + ODS_VALUE.format("") + error.format("<text:p>#N/A</text:p>") + "</table:table-row>"
    ods(tmp_path / "a.ods", row + row.replace("#N/A", "Err:502").replace(ODS_VALUE.format(""), "<table:table-cell/>"))
    assert inspect(tmp_path / "a.ods", "a.ods").sheets[0].formulas == 2
    assert read_all(tmp_path / "a.ods")["a"] == {1: [1, BrokenCell("#N/A")], 2: [None, BrokenCell("#错误")]}


def test_merged_ranges_hidden_sheets_rows_columns_and_widths_of_xlsx(tmp_path):
    path = tmp_path / "shape.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, second = book.add_worksheet("一"), book.add_worksheet("二")
        book.add_chartsheet("图")
        third = book.add_worksheet("三")
        page.merge_range("A1:C1", "名册")
        page.merge_range("A2:A3", "姓名")
        page.write(5, 0, "示例")
        page.set_row(4, None, None, {"hidden": True})
        page.set_column("B:B", 30)
        page.set_column("C:C", 8, None, {"hidden": True})
        second.hide()
        third.very_hidden()
    with open_workbook(path, inspect(path, path.name)) as opened:
        assert [(info.name, info.hidden) for info in opened.sheets] == [("一", False), ("二", True), ("三", True)]
        info = opened.sheets[0]
    assert info.merged == ((1, 0, 1, 2), (2, 0, 3, 0))
    assert info.hidden_rows == {5}
    assert info.hidden_columns == {2}
    assert info.widths[1] == pytest.approx(30.7, abs=0.1)


def test_merged_ranges_and_hidden_sheets_of_xls(tmp_path):
    book = xlwt.Workbook()
    page = book.add_sheet("一")
    page.write_merge(0, 0, 0, 2, "名册")
    page.write(3, 3, "示例")
    page.col(1).width = 20 * 256
    book.add_sheet("二").visibility = 1
    book.save(str(tmp_path / "a.xls"))
    with open_workbook(tmp_path / "a.xls", inspect(tmp_path / "a.xls", "a.xls")) as opened:
        assert [(info.name, info.hidden) for info in opened.sheets] == [("一", False), ("二", True)]
        assert opened.sheets[0].merged == ((1, 0, 1, 2),)
        assert opened.sheets[0].widths[1] == 20
        assert opened.sheets[0].width == 4


def test_merges_repeats_hidden_sheets_and_rows_of_ods(tmp_path):
    document = OpenDocumentSpreadsheet()
    hidden = Style(name="hidden", family="table")
    hidden.addElement(TableProperties(display="false"))
    wide = Style(name="wide", family="table-column")
    wide.addElement(TableColumnProperties(columnwidth="4cm"))
    document.automaticstyles.addElement(hidden)
    document.automaticstyles.addElement(wide)
    page = odf_table.Table(name="一")
    page.addElement(odf_table.TableColumn(stylename=wide))
    title = odf_table.TableRow()
    title.addElement(ods_cell("名册", numbercolumnsspanned=3))
    page.addElement(title)
    page.addElement(odf_table.TableRow(numberrowsrepeated=2))
    twice = odf_table.TableRow(numberrowsrepeated=2, visibility="collapse")
    twice.addElement(ods_cell(None))
    twice.addElement(ods_cell("示例", numbercolumnsrepeated=2))
    page.addElement(twice)
    # LibreOffice fills every sheet up to its end with empty repeats.
    rest = odf_table.TableRow(numberrowsrepeated=1048571)
    rest.addElement(odf_table.TableCell(numbercolumnsrepeated=16384))
    page.addElement(rest)
    document.spreadsheet.addElement(page)
    document.spreadsheet.addElement(ods_page("二", [["a"]], stylename=hidden))
    document.save(str(tmp_path / "a.ods"))
    with open_workbook(tmp_path / "a.ods", inspect(tmp_path / "a.ods", "a.ods")) as opened:
        assert [(info.name, info.hidden, info.height, info.width) for info in opened.sheets] == [
            ("一", False, 5, 3),
            ("二", True, 1, 1),
        ]
        assert opened.sheets[0].merged == ((1, 0, 1, 2),)
        assert opened.sheets[0].hidden_rows == {4, 5}
        assert opened.sheets[0].widths == {0: 20.0}
        repeated = [None, "示例", "示例"]
        assert [row for _, row in opened.rows(0)] == [["名册"], [], [], repeated, repeated]


@pytest.mark.parametrize(
    "spoken",
    [
        lambda text: (
            text.replace("<c ", "<x:c ")
            .replace("</c>", "</x:c>")
            .replace("<worksheet ", f'<worksheet xmlns:x="{MAIN}" ')
        ),
        lambda text: text.replace("<sheetData>", "<sheetData><!-- a comment -->"),
        lambda text: text.replace('<row r="', '<row  r="'),
        lambda text: text.replace('r="A1"', "r='A1'"),
        lambda text: text.replace("<sheetData>", "<sheetData >"),
    ],
    ids=["prefix", "comment", "blanks", "apostrophes", "open tag"],
)
def test_sheets_written_in_unusual_ways_give_the_same_facts(tmp_path, spoken):
    rows = GOOD_ROWS + '<row r="7" hidden="1"><c r="C7" t="e"><v>#N/A</v></c></row>'
    path = small_xlsx(
        tmp_path / "a.xlsx", sheet=spoken(sheet(rows, tail='<mergeCells><mergeCell ref="A9:B9"/></mergeCells>'))
    )
    facts = inspect(path, "a.xlsx").sheets[0]
    assert (facts.rows, facts.columns, facts.hidden_rows, facts.merged) == (7, 3, {7}, ((9, 0, 9, 1),))
    assert [(row, column) for row, column, _ in facts.broken.in_order()] == [(7, 2)]


def test_cells_without_positions_are_counted_on(tmp_path):
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c t='e'><v>#N/A</v></c></row>"
    facts = inspect(small_xlsx(tmp_path / "a.xlsx", sheet=sheet(rows)), "a.xlsx").sheets[0]
    assert (facts.rows, facts.columns) == (3, 3)
    assert [(row, column) for row, column, _ in facts.broken.in_order()] == [(3, 0)]


def test_a_sheet_can_be_read_twice_and_left_early(tmp_path):
    by_openpyxl(tmp_path / "a.xlsx")
    with open_workbook(tmp_path / "a.xlsx", inspect(tmp_path / "a.xlsx", "a.xlsx")) as book:
        assert next(book.rows(0)) == (1, HEADINGS)
        assert len(list(book.rows(0))) == 4
        assert len(list(book.rows(0))) == 4
