"""进展情况统计表: every number in its cell is one of the snapshot, the total is the sum, and nothing in it is a formula."""

from decimal import Decimal

import pytest
from openpyxl import load_workbook

from oversight.reports import workbook
from oversight.reports.columns import COLUMNS, points, shown_rate
from tests.oversight.by_hand import snapshot

CUMULATIVE, PERIOD = ("按企业（累计）", "按区市（累计）"), ("按企业（本期）", "按区市（本期）")
FIRST_ROW = 5


def written(tmp_path, numbers):
    path = tmp_path / "progress.xlsx"
    workbook.write(path, numbers, "示例领导小组办公室")
    return load_workbook(path)


@pytest.fixture
def book(tmp_path):
    return written(tmp_path, snapshot())


def rows_of(sheet):
    """The lines of the table and its total; the foot is left out."""
    rows = list(sheet.iter_rows(min_row=FIRST_ROW, values_only=True))
    return rows[:-1]


def test_without_a_period_there_are_the_cumulative_sheets_alone(tmp_path):
    assert written(tmp_path, snapshot(since=False)).sheetnames == list(CUMULATIVE)


def test_what_its_reader_may_not_see_has_no_column(tmp_path):
    for sheet in written(tmp_path, snapshot(known=("agreements",))):
        said = {f"{cell}".replace("\n", "") for row in sheet.iter_rows(values_only=True) for cell in row}
        assert not {"统筹外费用", "资产", "存在问题（件）"} & said
        assert {"已签协议", "人事档案", "党组织关系"} <= said


def test_a_name_that_looks_like_a_formula_stays_a_name(book):
    cell = book["按企业（累计）"]["B5"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=示例（集团）公司", "s", True)
    assert all(one.data_type != "f" for sheet in book for row in sheet.iter_rows() for one in row)


@pytest.mark.parametrize(("name", "cut"), [*zip(CUMULATIVE, ("enterprises", "areas"), strict=True)])
def test_each_cell_is_the_number_of_the_snapshot(name, cut, book):
    found, numbers = rows_of(book[name]), getattr(snapshot(), cut)
    assert len(found) == len(numbers.lines) + 1
    for at, (row, line) in enumerate(zip(found, (*numbers.lines, numbers.total), strict=True), 1):
        assert row[:2] == (at if line is not numbers.total else None, line.label)
        for column, value in zip(COLUMNS, row[-len(COLUMNS) :], strict=True):
            assert value == pytest.approx(_expected(column, line)), (line.label, column)


def _expected(column, line):
    if column.kind == "percent":
        rate = shown_rate(line.rate(column.code))
        return None if rate is None else float(rate) / 100
    number = line.count(column.code)
    return float(number) / (10_000 if column.code == "assets_value" else 1)


@pytest.mark.parametrize(("name", "cut"), [*zip(PERIOD, ("enterprises", "areas"), strict=True)])
def test_each_cell_of_the_period_is_the_change(name, cut, book):
    numbers = getattr(snapshot(), cut)
    for row, line in zip(rows_of(book[name]), (*numbers.lines, numbers.total), strict=True):
        for column, value in zip(COLUMNS, row[-len(COLUMNS) :], strict=True):
            if column.kind == "percent":
                expected = points(line.rate(column.code), line.earlier.get(column.code))
            else:
                expected = line.change(column.code) / (10_000 if column.code == "assets_value" else 1)
            assert value == (None if expected is None else pytest.approx(float(expected))), (line.label, column)


@pytest.mark.parametrize("name", [*CUMULATIVE, *PERIOD])
def test_the_total_is_the_sum_of_its_lines(name, book):
    *lines, total = rows_of(book[name])
    for at, column in enumerate(COLUMNS, len(total) - len(COLUMNS)):
        if column.kind != "percent":
            assert total[at] == pytest.approx(sum(line[at] for line in lines)), column


def test_the_columns_stand_in_their_order_under_their_groups(book):
    sheet = book["按企业（累计）"]
    first, second = (list(row) for row in sheet.iter_rows(min_row=3, max_row=4, values_only=True))
    for at, group in enumerate(first):
        first[at] = group or (first[at - 1] if second[at] else None)
    heads = [f"{group}：{label}" if label else group for group, label in zip(first, second, strict=True)]
    assert [head.replace("\n", "") for head in heads] == [
        *("序号", "企业名称", "隶属", "应移交（人）", "已签协议：份", "已签协议：人"),
        *("人员移交：已移交（人）", "人员移交：移交率", "人员移交：其中异地（人）", "人员移交：退回（人）"),
        *("党组织关系：应转（人）", "党组织关系：已转并有回执（人）", "党组织关系：转接率"),
        *("人事档案：应移交（卷）", "人事档案：已移交（卷）", "人事档案：移交率", "人事档案：已数字化（卷）"),
        *("统筹外费用：年费用（元）", "统筹外费用：已计提（年标准，元）", "统筹外费用：已一次性支付（元）"),
        *("资产：面积（㎡）", "资产：价值（万元）"),
        "存在问题（件）",
    ]
    assert {"C3:C4", "E3:F3", "G3:J3", "K3:M3", "W3:W4"} <= {str(one) for one in sheet.merged_cells.ranges}


def test_it_is_filed_on_a4_with_names_and_date(book):
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        # One page wide, which is what stands unsaid, and as many high as it takes.
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$3:$4"
        assert sheet["A1"].value == workbook.TITLE
        assert sheet["A2"].value == "填报单位：示例领导小组办公室"
        foot = sheet.cell(sheet.max_row, 1).value
        assert all(word in foot for word in ("填报人：", "审核人：", "日期："))


def test_the_level_of_an_enterprise_stands_beside_it(book):
    assert [row[2] for row in rows_of(book["按企业（累计）"])] == ["市属", "中央", "省属", "区属", None]


def test_the_same_numbers_are_the_same_bytes(tmp_path):
    made = []
    for at in (1, 2):
        workbook.write(tmp_path / f"{at}.xlsx", snapshot(), "示例")
        made.append((tmp_path / f"{at}.xlsx").read_bytes())
    assert made[0] == made[1]


def test_money_is_never_rounded_on_its_way(book):
    assert Decimal(str(rows_of(book["按企业（累计）"])[-1][-3])) == Decimal("1330.00")
