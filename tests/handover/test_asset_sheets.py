"""The fifteen columns in and out: every fault at once with its cell, and nothing from a sheet that has one."""

from io import BytesIO

import pytest
import xlsxwriter

from handover.agreements import asset_sheets
from handover.models import Asset
from handover.services import assets
from tests import agreements as arranged
from tests.agreements import lead
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.workbooks.writing import Sheet, write_table

GOOD = [
    [1, "示例活动中心", "房屋", "环翠区示例路 9 号", 320.5, 1, 1200000, 800000, "示例证 1", "活动室", "竹岛街道", "无偿划转", "示例批 1 号", "2026-11-01", ""],
    [2, "示例桌椅", "设备", "", "", 40, "12,000.00", 3000, "", "", "", "无偿划转", "", "", "成套"],
]  # fmt: skip


def sheet(tmp_path, rows, headings=asset_sheets.HEADINGS, before=("移交资产清单",)):
    path = tmp_path / "清单.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    for number, row in enumerate([*[[line] for line in before], headings, *rows]):
        page.write_row(number, 0, row)
    book.close()
    return asset_sheets.read(path, path.name)


def test_a_good_sheet_is_read_whole(tmp_path):
    rows, faults = sheet(tmp_path, [*GOOD, [], ["合计", "", "", "", 320.5]])
    assert faults == []
    assert [row["name"] for row in rows] == ["示例活动中心", "示例桌椅"]
    assert (str(rows[0]["floor_area"]), str(rows[1]["original_value"])) == ("320.50", "12000.00")
    assert str(rows[0]["handed_over_on"]) == "2026-11-01"


@pytest.mark.parametrize(
    ("column", "value", "cell", "word"),
    [
        (1, "", "B3", "没有填写"),
        (2, "土地", "C3", "应为房屋、设备、其他之一"),
        (3, "", "D3", "须填写坐落地址"),
        (4, "", "E3", "须填写面积"),
        (4, "三百", "E3", "填写数字"),
        (5, 1.5, "F3", "大于零的整数"),
        (5, "", "F3", "没有填写数量"),
        (6, "12.345", "G3", "两位小数"),
        (6, -1, "G3", "不能小于零"),
        (6, "", "G3", "没有填写原值"),
        (6, 10**13, "G3", "过大"),
        (7, 1300000, "H3", "净值大于原值"),
        (11, "有偿转让", "L3", "无偿划转"),
        (11, "", "L3", "无偿划转"),
        (13, "明年", "N3", "不是日期"),
        (14, "长" * 201, "O3", "超过 200 个字"),
    ],
)
def test_each_fault_is_told_with_its_cell(tmp_path, column, value, cell, word):
    row = list(GOOD[0])
    row[column] = value
    rows, faults = sheet(tmp_path, [row])
    assert rows == []
    assert [(fault.row, fault.cell) for fault in faults] == [(3, cell)]
    assert word in faults[0].sentence


def test_all_faults_of_all_rows_come_at_once(tmp_path):
    bad, worse = list(GOOD[0]), list(GOOD[1])
    bad[1], bad[11] = "", "出售"
    worse[2], worse[8] = "土地", "示例证 1"
    rows, faults = sheet(tmp_path, [bad, GOOD[0], worse])
    assert rows == []
    assert [fault.cell for fault in faults] == ["B3", "L3", "C5"]


def test_one_title_is_listed_once(tmp_path):
    _, faults = sheet(tmp_path, [GOOD[0], GOOD[0]])
    assert [(fault.cell, "与第 3 行相同" in fault.sentence) for fault in faults] == [("I4", True)]


@pytest.mark.parametrize(
    "headings",
    [
        asset_sheets.HEADINGS[:-1],
        [*asset_sheets.HEADINGS, "多余"],
        [*asset_sheets.HEADINGS[:3], "面积(㎡)", "坐落地址", *asset_sheets.HEADINGS[5:]],
    ],
)
def test_other_columns_than_the_fifteen_are_refused(tmp_path, headings):
    rows, faults = sheet(tmp_path, GOOD, headings)
    assert rows == []
    assert faults


def test_a_sheet_without_headings_or_rows_says_so(tmp_path):
    assert "没有找到表头" in sheet(tmp_path, [], headings=["别的"])[1][0].sentence
    assert "没有资产" in sheet(tmp_path, [])[1][0].sentence


# --- into an agreement


@pytest.fixture
def made(town, people):
    return arranged.begin(town.mill, town.huancui, people["group"])


def test_what_goes_out_comes_in_again(made, people, tmp_path):
    rows, _ = sheet(tmp_path, GOOD)
    assert assets.bring_in(made, rows, way=assets.REPLACE, actor=people["group"]) == 2
    target = BytesIO()
    out = asset_sheets.rows_of(Asset.objects.all())
    write_table(target, [Sheet("资产清单", asset_sheets.COLUMNS_OUT, out, ("资产清单",))])
    path = tmp_path / "out.xlsx"
    path.write_bytes(target.getvalue())
    assert asset_sheets.read(path, path.name) == (rows, [])


def test_a_list_is_replaced_or_continued(made, people, tmp_path):
    rows, _ = sheet(tmp_path, GOOD)
    for way, count in ((assets.REPLACE, 2), (assets.APPEND, 4), (assets.REPLACE, 2)):
        assets.bring_in(made, rows, way=way, actor=people["group"])
        assert sorted(Asset.objects.values_list("serial", flat=True)) == list(range(1, count + 1))


def test_a_list_that_was_laid_before_the_area_stands(made, people):
    lead(made, "proposed")
    with pytest.raises(Refused, match="不能修改资产清单"):
        assets.bring_in(made, [arranged.asset()], way=assets.APPEND, actor=people["group"])


# --- receipt


@pytest.fixture
def listed(made, people):
    assets.bring_in(made, [arranged.asset(), arranged.asset(title_number="")], way=assets.APPEND, actor=people["group"])
    return list(Asset.objects.order_by("serial"))


def test_nothing_is_received_before_both_have_signed(made, listed, people):
    lead(made, "signed_by_enterprise")
    refused = assets.take("receive", [listed[0].pk], actor=people["huancui_clerk"]).refused
    assert "尚未签订" in refused[listed[0].pk]


def test_the_area_receives_item_by_item_and_refuses_with_a_reason(made, listed, people):
    lead(made, "signed")
    first, second = listed
    assert assets.take("receive", [first.pk], actor=people["group"]).forbidden == [first.pk]
    assert assets.take("receive", [first.pk], actor=people["gaoqu_clerk"]).refused[first.pk].startswith("查找不到")
    assert assets.take("receive", [first.pk], actor=people["huancui_clerk"]).moved
    with pytest.raises(Refused):
        assets.take("refuse", [second.pk], actor=people["huancui_clerk"])
    given = {"reason_code": "differs", "reason": "示例：面积不符"}
    assert assets.take("refuse", [second.pk], actor=people["huancui_clerk"], **given).moved
    assets.change(second, {"floor_area": "300.00"}, actor=people["group"])
    assert assets.take("relist", [second.pk], actor=people["group"], reason="示例：已更正").moved
    assert assets.take("receive", [second.pk], actor=people["huancui_clerk"]).moved
    assert set(Asset.objects.values_list("state", flat=True)) == {"received"}


def test_a_bulk_receipt_tells_each_item(made, listed, people):
    lead(made, "signed")
    ids = [one.pk for one in listed]
    assets.take("receive", ids[:1], actor=people["huancui_clerk"])
    outcome = assets.take("receive", ids, actor=people["huancui_clerk"])
    assert (outcome.moved, list(outcome.refused)) == (ids[1:], ids[:1])
