"""Exports, lists and the blank roster."""

import datetime
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from tests.lib.workbooks.making import read_all
from tests.lib.workbooks.test_csv import DANGEROUS
from weihai_transfer.lib.workbooks.output import sheet_names
from weihai_transfer.lib.workbooks.writing import Column, Sheet, TemplateColumn, write_table, write_template

COLUMNS = [
    Column("姓名", 12),
    Column("身份证号", 22),
    Column("人数", 8, "integer"),
    Column("金额", 14, "money"),
    Column("移交率", 10, "percent"),
    Column("退休日期", 12, "date"),
    Column("时间", 20, "moment"),
]
MOMENT = datetime.datetime(2024, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
ROW = ["示例甲", "371002195803011234", 1200, Decimal("3456.70"), 0.985, datetime.date(2018, 3, 1), MOMENT]


def test_a_table_reads_back_as_what_it_is(tmp_path):
    captions = ["退休人员移交名册", "截至 2024-05-06，导出人：示例"]
    sheets = [
        Sheet("名册/一", COLUMNS, iter([ROW, [None, "", *[None] * 5]]), captions, footer="内部资料 & 不得外传"),
        Sheet("名册/一", COLUMNS, []),
    ]
    assert write_table(tmp_path / "a.xlsx", sheets) == 2
    read = read_all(tmp_path / "a.xlsx")
    assert list(read) == ["名册_一", "名册_一(2)"]
    labels = [column.label for column in COLUMNS]
    expected = [*ROW[:3], 3456.7, 0.985, ROW[5], MOMENT.replace(tzinfo=None)]
    assert read["名册_一"] == {1: captions[:1], 2: captions[1:], 3: labels, 4: expected}
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert {str(merge) for merge in page.merged_cells.ranges} == {"A1:G1", "A2:G2"}
    assert page.freeze_panes == "A4"
    assert page.print_title_rows == "$3:$3"
    assert page.auto_filter.ref == "A3:G5"
    assert page["B4"].number_format == "@"
    assert page["D4"].number_format == "#,##0.00"
    assert "&&" in page.oddFooter.left.text or "& " in page.oddFooter.left.text


def test_a_text_column_turns_numbers_and_dates_into_text(tmp_path):
    columns = [Column("号码"), Column("日期"), Column("说明")]
    write_table(
        tmp_path / "a.xlsx", [Sheet("一", columns, [[371002195803011234, datetime.date(1958, 3, 1), "x" * 40_000]])]
    )
    assert read_all(tmp_path / "a.xlsx")["一"][2] == ["371002195803011234", "1958-03-01", "x" * 32_767]


@pytest.mark.parametrize("prefix", DANGEROUS)
def test_exports_never_hold_a_formula_and_come_back_unchanged(tmp_path, prefix):
    text = prefix + '1+1+cmd|"/c calc"!A1'
    write_table(tmp_path / "a.xlsx", [Sheet(text, [Column(text)], [[text]], [text], footer=text)])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert page["A3"].data_type == "s"
    assert page["A3"].quotePrefix
    assert list(read_all(tmp_path / "a.xlsx").values()) == [{1: [text], 2: [text], 3: [text]}]


def test_a_row_of_the_wrong_length_is_a_mistake_of_ours(tmp_path):
    with pytest.raises(ValueError, match="argument"):
        write_table(tmp_path / "a.xlsx", [Sheet("一", [Column("甲"), Column("乙")], [["只有一个"]])])
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="colour"):
        Column("甲", kind="colour")


def test_sheet_names_fit_excel():
    assert sheet_names(["a[b]:c*d?e/f\\g", "'引号'", "", "长" * 40, "长" * 40]) == [
        "a_b__c_d_e_f_g",
        "引号",
        "Sheet",
        "长" * 31,
        "长" * 28 + "(2)",
    ]


def test_the_blank_roster(tmp_path):
    streets = tuple(f"示例第{number}街道办事处" for number in range(300))
    columns = [
        TemplateColumn("姓名", 12, required=True),
        TemplateColumn("身份证号", 22, text=True, required=True, note="18 位，末位可为 X。"),
        TemplateColumn("性别", 8, choices=("男", "女")),
        TemplateColumn("退休日期", 14, date=True),
        TemplateColumn("接收街道", 24, choices=streets),
        TemplateColumn("户籍街道", 24, choices=streets),
    ]
    example = ["示例甲", "371002195803011234", "男", "2018-03-01", streets[0], streets[1]]
    write_template(tmp_path / "a.xlsx", columns, [example], ["每人一行。", "请勿增减标题。"])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("退休人员名册", "visible"),
        ("填写说明", "visible"),
        ("选项", "hidden"),
    ]
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == [column.label for column in columns]
    assert page.max_row == 1
    assert page["B1"].comment.text == "必填。18 位，末位可为 X。"
    assert page.column_dimensions["B"].width == pytest.approx(22.7, abs=0.1)
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert rules["C2:C200000"].formula1 == "'选项'!$A$1:$A$2"
    assert rules["E2:E200000"].formula1 == rules["F2:F200000"].formula1 == "'选项'!$B$1:$B$300"
    assert "1958-03-01" in rules["D2:D200000"].prompt
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        head = archive.read("xl/worksheets/sheet1.xml").partition(b"<sheetData>")[0]
    styles = [bool(re.search(rb'<col min="%d"[^>]* style="' % column, head)) for column in range(1, 7)]
    # Ids, phones and dates are typed into text cells: a date cell would turn 1958.3 into another day.
    assert styles == [False, True, False, True, False, False]
    lists = [cell.value for cell in book["选项"]["B"]]
    assert lists == list(streets)
    said = [value for row in book["填写说明"].iter_rows(values_only=True) for value in row if value]
    assert {"每人一行。", "请勿增减标题。", "必填", "371002195803011234", "男、女"} <= set(said)


def test_the_blank_roster_passes_the_guard_and_holds_no_people(tmp_path):
    write_template(tmp_path / "a.xlsx", [TemplateColumn("姓名"), TemplateColumn("电话", text=True)])
    assert read_all(tmp_path / "a.xlsx")["退休人员名册"] == {1: ["姓名", "电话"]}
