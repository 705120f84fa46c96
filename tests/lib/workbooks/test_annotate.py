"""The user's own workbook comes back: same values, same places, faults marked, nothing that runs."""

import datetime
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt

from tests.lib.workbooks.making import HEADINGS, PEOPLE, read_all
from tests.lib.workbooks.test_csv import DANGEROUS
from tests.lib.workbooks.test_formats import by_odfpy, by_openpyxl, by_xlwt
from weihai_transfer.lib.workbooks.annotate import Marking, annotate
from weihai_transfer.lib.workbooks.guard import inspect
from weihai_transfer.lib.workbooks.limits import Limits
from weihai_transfer.lib.workbooks.refusal import Refused

REMARKS = {
    3: [(1, "身份证号校验码不正确。"), (1, "身份证号与出生日期不一致。"), (None, "与第 4 行重复。")],
    4: [(4, "联系电话位数不对。"), (6, "接收街道未填写。")],
}


def marked(path, remarks=REMARKS, sheet=0, **options):
    target = path.parent / "annotated.xlsx"
    names = ("keep_rows", "heading_row", "only_rows")
    marking = Marking(remarks, **{"keep_rows": (1,)} | {name: options.pop(name) for name in names if name in options})
    annotate(path, inspect(path, path.name), target, {sheet: marking}, **options)
    return target


def cells(target, sheet=0):
    return openpyxl.load_workbook(target).worksheets[sheet]


@pytest.mark.parametrize(("make", "suffix"), [(by_openpyxl, ".xlsx"), (by_xlwt, ".xls"), (by_odfpy, ".ods")])
def test_values_stay_and_faults_are_marked(tmp_path, make, suffix):
    path = tmp_path / f"a{suffix}"
    make(path)
    target = marked(path)
    reasons = {
        1: "问题说明",
        3: "身份证号校验码不正确；身份证号与出生日期不一致；与第 4 行重复。",
        4: "联系电话位数不对；接收街道未填写。",
    }
    rows = read_all(target)["Sheet"]
    for number, values in enumerate([HEADINGS, *PEOPLE], 1):
        assert rows[number][:5] == values
        assert (rows[number] + [None])[5] == reasons.get(number)
    page = cells(target)
    assert page["B3"].comment.text == "身份证号校验码不正确。\n身份证号与出生日期不一致。"
    assert page["B3"].fill.fgColor.rgb == page["E4"].fill.fgColor.rgb == page["G4"].fill.fgColor.rgb == "FFFFC7CE"
    assert page["G4"].comment.text == "接收街道未填写。"
    assert page["B2"].comment is None
    assert page["B2"].fill.fill_type is None
    assert page.freeze_panes == "A2"


def test_csv_comes_back_as_a_workbook_with_text_as_text(tmp_path):
    (tmp_path / "a.csv").write_text("姓名,身份证号\n示例,371002195803011234\n,0012\n", encoding="gb18030")
    target = marked(tmp_path / "a.csv", {3: [(0, "姓名未填写。")]})
    page = cells(target)
    assert (page["B2"].value, page["B2"].number_format, page["B3"].value) == ("371002195803011234", "@", "0012")
    assert page["C3"].value == "姓名未填写。"
    # Whoever types eighteen digits into a marked cell keeps them all.
    assert page["A3"].number_format == "@"


def test_dates_are_dates_and_long_numbers_stay_what_can_be_refused(tmp_path):
    book = openpyxl.Workbook()
    moment = datetime.datetime(2020, 1, 2, 3, 4, 5)
    book.active.append(["日期", "号码"])
    book.active.append([datetime.date(1958, 3, 1), 371002195803011234, moment, datetime.date(1900, 1, 5), True, 0.25])
    book.save(tmp_path / "a.xlsx")
    before = read_all(tmp_path / "a.xlsx")["Sheet"][2]
    target = marked(tmp_path / "a.xlsx", {2: [(0, "早于参加工作时间。"), (1, "号码以数字存储，末几位已丢失。")]})
    after = read_all(target)["Sheet"][2]
    assert after[:1] + after[2:6] == before[:1] + before[2:]
    assert type(after[1]) is int
    assert after[1] == pytest.approx(before[1])
    page = cells(target)
    assert page["A2"].number_format == "yyyy-mm-dd"
    assert page["A2"].fill.fgColor.rgb == "FFFFC7CE"
    assert page["B2"].number_format == "@"


def shaped(path):
    """Two title rows, merged headings, merged units down the side, a hidden row, two more sheets."""
    with xlsxwriter.Workbook(path) as book:
        first, page, last = book.add_worksheet("说明"), book.add_worksheet("名册"), book.add_worksheet("字典")
        first.write(0, 0, "填报说明")
        page.merge_range("A1:C1", "示例集团退休人员名册")
        page.merge_range("A2:A3", "单位")
        page.merge_range("B2:C2", "个人")
        page.write_row(2, 1, ["姓名", "电话"])
        page.merge_range("A4:A6", "示例一厂")
        for row in range(3, 7):
            page.write_row(row, 1, [f"示例{row + 1}", f"1380000000{row}"])
        page.write(6, 0, "示例二厂")
        page.set_row(4, None, None, {"hidden": True})
        page.set_row(5, None, None, {"hidden": True})
        page.set_column("B:B", 22)
        page.set_column("C:C", 18, None, {"hidden": True})
        last.write(1, 1, "字典")
        last.hide()


def test_shape_stays(tmp_path):
    shaped(tmp_path / "a.xlsx")
    target = marked(tmp_path / "a.xlsx", {5: [(2, "电话位数不对。")]}, sheet=1, keep_rows=(1, 2, 3))
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["说明", "名册", "字典"]
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    assert book.active.title == "名册"
    page = book["名册"]
    assert {str(merge) for merge in page.merged_cells.ranges} == {"A1:C1", "A2:A3", "B2:C2", "A4:A6"}
    assert page.column_dimensions["B"].width == pytest.approx(22.7, abs=0.1)
    # A fault must not hide: its row and column are shown, the other hidden row stays hidden.
    assert not page.column_dimensions["C"].hidden
    assert not page.row_dimensions[5].hidden
    assert page.row_dimensions[6].hidden
    assert (page["D3"].value, page["D5"].value) == ("问题说明", "电话位数不对。")
    assert page.freeze_panes == "A4"
    assert book["说明"]["A1"].value == "填报说明"
    assert book["字典"]["B2"].value == "字典"


def test_only_the_faulty_rows_with_the_unit_that_was_merged_above_them(tmp_path):
    shaped(tmp_path / "a.xlsx")
    remarks = {5: [(2, "电话位数不对。")], 6: [(1, "姓名含有空格。")], 7: [(None, "重复。")]}
    target = marked(tmp_path / "a.xlsx", remarks, sheet=1, keep_rows=(1, 2, 3), only_rows={5, 6, 7})
    assert read_all(target)["名册"] == {
        1: ["示例集团退休人员名册"],
        2: ["单位", "个人"],
        3: [None, "姓名", "电话", "问题说明"],
        4: ["示例一厂", "示例5", "13800000004", "电话位数不对。"],
        5: [None, "示例6", "13800000005", "姓名含有空格。"],
        6: ["示例二厂", "示例7", "13800000006", "重复。"],
    }
    page = cells(target, 1)
    assert {str(merge) for merge in page.merged_cells.ranges} == {"A1:C1", "A2:A3", "B2:C2", "A4:A5"}
    assert page["C4"].comment.text == "电话位数不对。"


def test_a_marked_workbook_that_comes_again_has_one_reason_column(tmp_path):
    by_openpyxl(tmp_path / "a.xlsx")
    once = marked(tmp_path / "a.xlsx")
    again = once.rename(tmp_path / "b.xlsx")
    twice = marked(again, {2: [(0, "姓名与上次不同。")]})
    rows = read_all(twice)["Sheet"]
    assert [row[5] if len(row) > 5 else None for row in rows.values()] == ["问题说明", "姓名与上次不同。", None, None]
    assert max(len(row) for row in rows.values()) == 6
    # What the user typed behind the reason column is his own and stays.
    book = openpyxl.load_workbook(again)
    book.active["G1"], book.active["G3"] = "备注", "示例备注"
    book.save(again)
    rows = read_all(marked(again, {3: [(None, "重复。")]}))["Sheet"]
    assert rows[1][5:] == ["问题说明", "备注"]
    assert rows[3][5:] == ["重复。", "示例备注"]


def test_error_cells_show_what_excel_showed(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "街道"])
        page.write_formula(1, 1, "=NA()", None, "#N/A")
    target = marked(tmp_path / "a.xlsx", {2: [(1, "公式出错。")]})
    assert cells(target)["B2"].value == "#N/A"
    assert read_all(target)["Sheet1"][2][1].text == "#N/A"


@pytest.mark.parametrize("prefix", DANGEROUS)
def test_nothing_is_ever_a_formula_or_a_link(tmp_path, prefix):
    text = prefix + "cmd|'/c calc'!A1"
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "{=1+1}", "http://192.0.2.1/"])
        page.write_string(1, 0, text)
        page.write_string(2, 0, text)
    target = marked(tmp_path / "a.xlsx", {2: [(0, text), (None, text)]}, reason_column_title="=问题")
    with zipfile.ZipFile(target) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet
    page = cells(target)
    assert page["A3"].data_type == "s"
    assert page["A3"].quotePrefix
    assert page["A2"].quotePrefix
    rows = read_all(target)["Sheet1"]
    assert rows[2][0] == rows[3][0] == text
    assert rows[1][3] == "=问题"


def test_hidden_target_sheets_are_shown(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, "甲")
    page = book.add_sheet("二")
    page.write(0, 0, "姓名")
    page.visibility = 1
    book.save(str(tmp_path / "a.xls"))
    result = openpyxl.load_workbook(marked(tmp_path / "a.xls", {1: []}, sheet=1))
    assert [sheet.sheet_state for sheet in result] == ["visible", "visible"]


def test_comments_end_where_excel_would_suffer(tmp_path):
    by_openpyxl(tmp_path / "a.xlsx")
    target = marked(tmp_path / "a.xlsx", {row: [(0, "姓名有误。")] for row in (2, 3, 4)}, limits=Limits(comments=2))
    page = cells(target)
    assert [page[f"A{row}"].comment is not None for row in (2, 3, 4)] == [True, True, False]
    assert page["A4"].fill.fgColor.rgb == "FFFFC7CE"
    assert page["F4"].value == "姓名有误。"


def test_a_file_object_is_a_target_too(tmp_path):
    by_openpyxl(tmp_path / "a.xlsx")
    held = io.BytesIO()
    inspected = inspect(tmp_path / "a.xlsx", "a.xlsx")
    assert annotate(tmp_path / "a.xlsx", inspected, held, {0: Marking(REMARKS, keep_rows=(1,))}) == {0: 4}
    assert openpyxl.load_workbook(held).active["F3"].value.startswith("身份证号")


def test_a_reader_that_fails_leaves_no_file_behind(tmp_path):
    by_openpyxl(tmp_path / "a.xlsx")
    inspected = inspect(tmp_path / "a.xlsx", "a.xlsx")
    with pytest.raises(Refused):
        annotate(tmp_path / "a.xlsx", inspected, tmp_path / "b.xlsx", {0: Marking({})}, limits=Limits(cell_chars=3))
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_several_sheets_are_marked_at_once(tmp_path):
    book = openpyxl.Workbook()
    for name in ("一", "二"):
        page = book.create_sheet(name)
        for row in [["名册"], HEADINGS, ["以下为样表"], *PEOPLE]:
            page.append(row)
    book.save(tmp_path / "a.xlsx")
    inspected = inspect(tmp_path / "a.xlsx", "a.xlsx")
    markings = {
        1: Marking({}, keep_rows={1, 2, 3}, heading_row=2, only_rows=set()),
        2: Marking({5: [(0, "姓名有误。")]}, keep_rows={1, 2, 3}, heading_row=2),
    }
    assert annotate(tmp_path / "a.xlsx", inspected, tmp_path / "b.xlsx", markings) == {1: 3, 2: 6}
    result = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert result.sheetnames == ["Sheet", "一", "二"]
    assert result.active.title == "二"
    assert (result["一"]["F2"].value, result["二"]["F2"].value, result["二"]["F3"].value) == (
        "问题说明",
        "问题说明",
        None,
    )
    assert result["一"].max_row == 3
    assert result["二"]["F5"].value == "姓名有误。"
    assert result["二"].freeze_panes == "A4"
