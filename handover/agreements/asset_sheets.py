"""The list of assets as a workbook, in and out, with exactly the fifteen columns of the form.

A sheet is read whole: every fault is told at once with its row and cell, and nothing is taken from a sheet with one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from handover.models.assets import AssetCategory
from retirees.roster.text import as_text
from weihai_transfer.lib.workbooks.facts import BrokenCell, cell_name
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded
from weihai_transfer.lib.workbooks.writing import Column

FREE = "无偿划转"
MOST = 5000
LOOKED_AT = 10
SPACES = re.compile(r"\s+")
TOTALS = ("合计", "总计", "小计")
CATEGORIES = {label: value for value, label in AssetCategory.choices}
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?").fullmatch
PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})").fullmatch


class Unreadable(ValueError):
    """Why a cell cannot be taken, as a sentence."""


@dataclass(frozen=True)
class Field:
    """One of the fifteen columns: how it is called, how wide and what kind it is written, how it is read."""

    heading: str
    name: str
    read: Callable
    width: float = 14
    kind: str = "text"


def _text(limit, needed=False):
    def read(value):
        text = SPACES.sub(" ", as_text(value)).strip()
        if needed and not text:
            raise Unreadable("没有填写")
        if len(text) > limit:
            raise Unreadable(f"超过 {limit} 个字，请缩短")
        return text

    return read


def _number(digits, what, needed=False):
    def read(value):
        if value in (None, ""):
            if needed:
                raise Unreadable(f"没有填写{what}")
            return None
        if isinstance(value, bool | date):
            raise Unreadable(f"不是{what}，请填写数字")
        try:
            number = Decimal(str(value).replace(",", "").replace("，", "").strip())
        except InvalidOperation:
            raise Unreadable(f"“{str(value)[:20]}”不是{what}，请填写数字，不带单位") from None
        if not number.is_finite() or number < 0:
            raise Unreadable(f"{what}不能小于零")
        if number != number.quantize(Decimal("0.01")):
            raise Unreadable(f"{what}最多两位小数")
        if number >= Decimal(10) ** digits:
            raise Unreadable(f"{what}过大，请核对单位（元、㎡）")
        return number.quantize(Decimal("0.01"))

    return read


def _quantity(value):
    number = _number(9, "数量", needed=True)(value)
    if number != int(number) or number < 1:
        raise Unreadable("数量应为大于零的整数")
    return int(number)


def _category(value):
    text = str(value or "").strip()
    if text not in CATEGORIES:
        raise Unreadable(f"资产类别应为{'、'.join(CATEGORIES)}之一")
    return CATEGORIES[text]


def _way(value):
    if str(value or "").strip() != FREE:
        raise Unreadable(f"移交方式应为“{FREE}”（二(一)）")


def _day(value):
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    match = DAY(text) or PLAIN_DAY(text)
    try:
        return date(*map(int, match.groups()))
    except (AttributeError, ValueError):
        raise Unreadable(f"“{text[:20]}”不是日期，请按 2026-11-23 的格式填写") from None


FIELDS = (
    Field("序号", "", lambda value: None, 6, "integer"),
    Field("资产名称", "name", _text(120, needed=True), 22),
    Field("资产类别", "category", _category, 10),
    Field("坐落地址", "address", _text(200), 30),
    Field("面积(㎡)", "floor_area", _number(10, "面积"), 12, "money"),
    Field("数量", "quantity", _quantity, 8, "integer"),
    Field("原值", "original_value", _number(12, "原值", needed=True), 16, "money"),
    Field("净值", "net_value", _number(12, "净值", needed=True), 16, "money"),
    Field("权属证号", "title_number", _text(80), 24),
    Field("现用途", "use", _text(80), 14),
    Field("接收单位", "receiver", _text(120), 18),
    Field("移交方式", "", _way, 10),
    Field("批准文号", "approval_number", _text(80), 20),
    Field("移交日期", "handed_over_on", _day, 12, "date"),
    Field("备注", "remark", _text(200), 20),
)
HEADINGS = [field.heading for field in FIELDS]
COLUMNS_OUT = tuple(Column(field.heading, field.width, field.kind) for field in FIELDS)


# --- out


def rows_of(assets):
    """The fifteen values of each asset, numbered anew."""
    for number, one in enumerate(assets.order_by("agreement__version", "serial", "pk"), 1):
        yield tuple(_out(field, one, number) for field in FIELDS)


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
        rows = list(_first(book.rows(sheet.index))) if sheet else []
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


def _first(rows):
    """As many as a list may hold, with a little air for headings and one to tell that there are more."""
    for number, cells in rows:
        if number > MOST + LOOKED_AT + 1:
            return
        yield number, cells


def _heading(value):
    return (
        SPACES.sub("", str(value or ""))
        .replace("（", "(")
        .replace("）", ")")
        .replace("m2", "㎡")
        .replace("平方米", "㎡")
    )


def _wrong_headings(number, cells):
    given = [_heading(value) for value in cells]
    given += [""] * (len(FIELDS) - len(given))
    faults = []
    for column, (field, text) in enumerate(zip(FIELDS, given, strict=False)):
        if text != field.heading:
            said = f"现为“{text}”" if text else "现为空"
            faults.append(
                Fault(number, cell_name(number, column), f"第 {column + 1} 列应为“{field.heading}”，{said}。")
            )
    if extra := [text for text in given[len(FIELDS) :] if text]:
        faults.append(
            Fault(number, "", f"多出 {len(extra)} 列：{'、'.join(extra)[:100]}。清单只有 {len(FIELDS)} 列，请删去。")
        )
    return faults


def _read_rows(rows):
    found, faults, titles = [], [], {}
    for number, cells in rows:
        if _is_empty(cells):
            continue
        if len(found) >= MOST:
            faults.append(Fault(number, "", f"资产超过 {MOST:,} 项。请合并同类资产后重新上传。"))
            break
        values, wrong = _read_row(number, cells)
        if not wrong:
            wrong = _together(number, values, titles)
        faults += wrong
        found.append(values)
    return (found, faults) if not faults else ([], faults)


def _is_empty(cells):
    texts = [str(value).strip() for value in cells if value not in (None, "")]
    return not texts or any(SPACES.sub("", text).rstrip("：:") in TOTALS for text in texts[:2])


def _read_row(number, cells):
    values, faults = {}, []
    cells = [*cells, *[None] * (len(FIELDS) - len(cells))]
    for column, (field, value) in enumerate(zip(FIELDS, cells, strict=False)):
        try:
            if isinstance(value, BrokenCell):
                raise Unreadable(f"单元格显示为 {value.text}，不是数据")
            read = field.read(value)
        except Unreadable as trouble:
            faults.append(_fault(number, column, str(trouble)))
        else:
            if field.name:
                values[field.name] = read
    return values, faults


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
