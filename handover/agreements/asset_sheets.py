"""The list of assets as a workbook, in and out, with exactly the fifteen columns of the form.

A sheet is read whole: every fault is told at once with its row and cell, and nothing is taken from a sheet with one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from handover.models.assets import AssetCategory
from retirees.sheets.fixed import LOOKED_AT, SPACES, Unreadable, day, first, number, read_row, text, wrong_headings
from weihai_transfer.lib.workbooks.facts import cell_name
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded
from weihai_transfer.lib.workbooks.writing import Column

FREE = "无偿划转"
MOST = 5000
TOTALS = ("合计", "总计", "小计")
CATEGORIES = {label: value for value, label in AssetCategory.choices}
UNIT = "元、㎡"


@dataclass(frozen=True)
class Field:
    """One of the fifteen columns: how it is called, how wide and what kind it is written, how it is read."""

    heading: str
    name: str
    read: Callable
    width: float = 14
    kind: str = "text"


def _quantity(value):
    count = number("数量", digits=9, unit="件", needed=True)(value)
    if count != int(count) or count < 1:
        raise Unreadable("数量应为大于零的整数")
    return int(count)


def _category(value):
    text = str(value or "").strip()
    if text not in CATEGORIES:
        raise Unreadable(f"资产类别应为{'、'.join(CATEGORIES)}之一")
    return CATEGORIES[text]


def _way(value):
    if str(value or "").strip() != FREE:
        raise Unreadable(f"移交方式应为“{FREE}”（二(一)）")


FIELDS = (
    Field("序号", "", lambda value: None, 6, "integer"),
    Field("资产名称", "name", text(120, needed=True), 22),
    Field("资产类别", "category", _category, 10),
    Field("坐落地址", "address", text(200), 30),
    Field("面积(㎡)", "floor_area", number("面积", digits=10, unit=UNIT), 12, "money"),
    Field("数量", "quantity", _quantity, 8, "integer"),
    Field("原值", "original_value", number("原值", digits=12, unit=UNIT, needed=True), 16, "money"),
    Field("净值", "net_value", number("净值", digits=12, unit=UNIT, needed=True), 16, "money"),
    Field("权属证号", "title_number", text(80), 24),
    Field("现用途", "use", text(80), 14),
    Field("接收单位", "receiver", text(120), 18),
    Field("移交方式", "", _way, 10),
    Field("批准文号", "approval_number", text(80), 20),
    Field("移交日期", "handed_over_on", day(), 12, "date"),
    Field("备注", "remark", text(200), 20),
)
HEADINGS = [field.heading for field in FIELDS]
COLUMNS_OUT = tuple(Column(field.heading, field.width, field.kind) for field in FIELDS)


# --- out


def rows_of(assets):
    """The fifteen values of each asset, numbered anew."""
    for serial, one in enumerate(assets.order_by("agreement__version", "serial", "pk"), 1):
        yield tuple(_out(field, one, serial) for field in FIELDS)


def _out(field, one, number):
    if field.heading == "序号":
        return number
    if field.heading == "移交方式":
        return FREE
    return one.get_category_display() if field.name == "category" else getattr(one, field.name)


# --- in


def read(path, filename):
    """([{field: value}], [Fault]) of an uploaded workbook. Raises workbooks.refusal.Refused for what is no readable workbook."""
    with open_uploaded(path, filename) as book:
        sheet = next((one for one in book.sheets if not one.hidden), None)
        rows = list(first(book.rows(sheet.index), MOST)) if sheet else []
    at = next((at for at, (_, cells) in enumerate(rows[:LOOKED_AT]) if "资产名称" in map(_heading, cells)), None)
    if at is None:
        return [], [
            Fault(0, "", f"前 {LOOKED_AT} 行中没有找到表头。请使用本页的空白模板，表头为：{'、'.join(HEADINGS)}。")
        ]
    if faults := _wrong_headings(*rows[at]):
        return [], faults
    found = _read_rows(rows[at + 1 :])
    if not found[0] and not found[1]:
        return [], [Fault(0, "", "表头以下没有资产。请逐行填写后重新上传。")]
    return found


def _heading(value):
    return (
        SPACES.sub("", str(value or ""))
        .replace("（", "(")
        .replace("）", ")")
        .replace("m2", "㎡")
        .replace("平方米", "㎡")
    )


def _wrong_headings(row, cells):
    faults = wrong_headings(row, cells, FIELDS, _heading)
    if extra := [found for found in map(_heading, cells[len(FIELDS) :]) if found]:
        words = f"多出 {len(extra)} 列：{'、'.join(extra)[:100]}。清单只有 {len(FIELDS)} 列，请删去。"
        faults.append(Fault(row, "", words))
    return faults


def _read_rows(rows):
    found, faults, titles = [], [], {}
    for row, cells in rows:
        if _is_empty(cells):
            continue
        if len(found) >= MOST:
            faults.append(Fault(row, "", f"资产超过 {MOST:,} 项。请合并同类资产后重新上传。"))
            break
        values, wrong = _read_row(row, cells)
        if not wrong:
            wrong = _together(row, values, titles)
        faults += wrong
        found.append(values)
    return (found, faults) if not faults else ([], faults)


def _is_empty(cells):
    texts = [str(value).strip() for value in cells if value not in (None, "")]
    return not texts or any(SPACES.sub("", text).rstrip("：:") in TOTALS for text in texts[:2])


def _read_row(row, cells):
    values, faults = read_row(row, cells, FIELDS)
    return {field.name: value for field, value in zip(FIELDS, values, strict=True) if field.name}, faults


def _fault(number, column, words):
    return Fault(number, cell_name(number, column), f"{HEADINGS[column]}：{words}。")


def _together(number, values, titles):
    """What is wrong between the cells of one row, and between rows."""
    faults = []
    if values["net_value"] > values["original_value"]:
        faults.append(_fault(number, HEADINGS.index("净值"), "净值大于原值，请核对"))
    if values["category"] == AssetCategory.BUILDING:
        if not values["address"]:
            faults.append(_fault(number, HEADINGS.index("坐落地址"), "房屋须填写坐落地址"))
        if not values["floor_area"]:
            faults.append(_fault(number, HEADINGS.index("面积(㎡)"), "房屋须填写面积"))
    if title := values["title_number"]:
        before = titles.setdefault(title, number)
        if before != number:
            faults.append(_fault(number, HEADINGS.index("权属证号"), f"与第 {before} 行相同，一证只列一项"))
    return faults
