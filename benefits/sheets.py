"""Out-of-pool items as a workbook, in and out.

A sheet is read whole: every fault is told at once with its row and cell, and nothing is taken from a sheet with one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from benefits.codes import ItemKind, Period
from benefits.services.items import Entry
from retirees.roster.text import as_text, compact
from weihai_transfer.lib import identity
from weihai_transfer.lib.sealing import blind_index
from weihai_transfer.lib.workbooks.facts import BrokenCell, cell_name
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded
from weihai_transfer.lib.workbooks.writing import TemplateColumn

MOST = 5000
LOOKED_AT = 10
SPACES = re.compile(r"\s+")
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?").fullmatch
PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})").fullmatch
LOST_DIGITS = 15
YES_NO = {"是": True, "否": False}
UNKNOWN = "本企业名下没有这个身份证号的人员。请核对身份证号；没有录入的，请先导入花名册。"
OTHER_NAME = "身份证号对应的人员姓名与本行不同。请核对姓名和身份证号。"
TWICE = "与第 {row} 行是同一人的同一项目。请合并为一行。"


class Unreadable(ValueError):
    """Why a cell cannot be taken, as a sentence."""


@dataclass(frozen=True)
class Field:
    """One column: how it is called and written, how it is read."""

    heading: str
    name: str
    read: Callable
    width: float = 14
    text: bool = False
    choices: tuple = ()
    note: str = ""
    required: bool = False
    date: bool = False


def _text(limit, needed=False):
    def read(value):
        text = SPACES.sub(" ", as_text(value)).strip()
        if needed and not text:
            raise Unreadable("没有填写")
        if len(text) > limit:
            raise Unreadable(f"超过 {limit} 个字，请缩短")
        return text

    return read


def _number(value):
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 10**LOST_DIGITS:
        raise Unreadable("身份证号存成了数字，末几位已经丢失。请把单元格改为文本格式后重新录入")
    text = compact(as_text(value)).upper()
    if not text:
        raise Unreadable("没有填写")
    if not identity.is_valid(text):
        raise Unreadable("不是有效的身份证号，请核对原件")
    return text


def _choice(known, what, default=None):
    def read(value):
        text = SPACES.sub("", as_text(value))
        if not text and default is not None:
            return default
        if text not in known:
            raise Unreadable(f"{what}应为{'、'.join(known)}之一")
        return known[text]

    return read


def _money(value):
    if value in (None, ""):
        raise Unreadable("没有填写标准")
    if isinstance(value, bool | date):
        raise Unreadable("不是金额，请填写数字")
    try:
        amount = Decimal(str(value).replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        raise Unreadable(f"“{str(value)[:20]}”不是金额，请填写数字，不带单位") from None
    if not amount.is_finite() or amount <= 0:
        raise Unreadable("标准须大于零")
    if amount >= Decimal(10) ** 9:
        raise Unreadable("标准过大，请核对单位（元）")
    if amount != amount.quantize(Decimal("0.01")):
        raise Unreadable("标准最多两位小数")
    return amount.quantize(Decimal("0.01"))


def _times(value):
    text = as_text(value).strip()
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or int(text) > 12:
        raise Unreadable("应为 1 至 12 的整数，只有按节日发放的填写")
    return int(text)


def _day(value):
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value).strip()
    if not text:
        raise Unreadable("没有填写")
    match = DAY(text) or PLAIN_DAY(text)
    try:
        return date(*map(int, match.groups()))
    except (AttributeError, ValueError):
        raise Unreadable(f"“{text[:20]}”不是日期，请按 2009-11-01 的格式填写") from None


KINDS = {label: value for value, label in ItemKind.choices}
PERIODS = {label: value for value, label in Period.choices}
FIELDS = (
    Field("姓名", "person", _text(60, needed=True), 12, required=True),
    Field("身份证号", "id_number", _number, 22, text=True, required=True),
    Field("项目", "kind", _choice(KINDS, "项目"), 16, choices=tuple(KINDS), required=True),
    Field("项目名称", "name", _text(60), 18, note="项目选择“其他”的必须填写。"),
    Field("标准（元）", "rate", _money, 12, note="每次发放的金额，数字，不带单位。", required=True),
    Field("发放方式", "period", _choice(PERIODS, "发放方式"), 12, choices=tuple(PERIODS), required=True),
    Field("每年次数", "times", _times, 10, note="只有按节日发放的填写，1 至 12。"),
    Field("开始发放时间", "since", _day, 14, date=True, required=True),
    Field("发放依据", "basis", _text(200), 26),
    Field("发放渠道", "payer", _text(120), 16),
    Field("符合原有关规定", "met_old_rules", _choice(YES_NO, "", True), 12, choices=tuple(YES_NO), note="不填按“是”。"),
    Field(
        "协商一致一次性支付",
        "lump_agreed",
        _choice(YES_NO, "", False),
        12,
        choices=tuple(YES_NO),
        note="不填按“否”。",
    ),
    Field("提高标准的批准文号", "raise_approval", _text(60), 20, note="只有经批准提高标准的填写。"),
)
HEADINGS = [field.heading for field in FIELDS]
COLUMNS = {field.name: at for at, field in enumerate(FIELDS)}
TEMPLATE = [
    TemplateColumn(
        field.heading,
        field.width,
        text=field.text,
        choices=field.choices or None,
        note=field.note or None,
        required=field.required,
        date=field.date,
    )
    for field in FIELDS
]
GUIDE = (
    "一行一项；同一人有几项的填几行。项目应是 2020-03-30 已经发放的项目和标准。",
    "国有企业不再新增统筹外项目，原则上不再提高发放标准（室字〔2020〕10号 二(六)）：新增项目、没有批准文号的提高标准不能导入。",
    "一处有误即全部不导入，全部问题一次列出。同一文件再次导入不会重复录入。",
)


@dataclass(frozen=True)
class Line:
    """One row that could be read."""

    row: int
    values: dict


def read(path, filename):
    """([Line], [Fault]) of an uploaded workbook. Raises workbooks.refusal.Refused for what is no readable workbook."""
    with open_uploaded(path, filename) as book:
        sheet = next((one for one in book.sheets if not one.hidden), None)
        rows = list(_first(book.rows(sheet.index))) if sheet else []
    at = next((at for at, (_, cells) in enumerate(rows[:LOOKED_AT]) if _is_heading(cells)), None)
    if at is None:
        words = f"前 {LOOKED_AT} 行中没有找到表头。请使用本页的空白模板，表头为：{'、'.join(HEADINGS)}。"
        return [], [Fault(0, "", words)]
    if faults := _wrong_headings(*rows[at]):
        return [], faults
    lines, faults = _read_rows(rows[at + 1 :])
    if not lines and not faults:
        faults = [Fault(0, "", "表头以下没有项目。请逐行填写后重新上传。")]
    return lines, faults


def _first(rows):
    """As many as are taken at once, with a little air for headings and one to tell that there are more."""
    for number, cells in rows:
        if number > MOST + LOOKED_AT + 1:
            return
        yield number, cells


def _heading(value):
    return SPACES.sub("", str(value or "")).replace("(", "（").replace(")", "）")


def _is_heading(cells):
    return {"身份证号", "项目"} <= set(map(_heading, cells))


def _wrong_headings(number, cells):
    given = [_heading(value) for value in cells] + [""] * len(FIELDS)
    faults = []
    for column, (field, text) in enumerate(zip(FIELDS, given, strict=False)):
        if text != field.heading:
            said = f"现为“{text[:20]}”" if text else "现为空"
            words = f"第 {column + 1} 列应为“{field.heading}”，{said}。"
            faults.append(Fault(number, cell_name(number, column), words))
    return faults


def _read_rows(rows):
    lines, faults = [], []
    for number, cells in rows:
        if not any(str(value).strip() for value in cells if value is not None):
            continue
        if len(lines) >= MOST:
            faults.append(Fault(number, "", f"项目超过 {MOST:,} 项。请分几个文件上传。"))
            break
        values, wrong = _read_row(number, cells)
        faults += wrong
        lines.append(Line(number, values))
    return lines, faults


def _read_row(number, cells):
    values, faults = {}, []
    cells = [*cells, *[None] * len(FIELDS)]
    for column, (field, value) in enumerate(zip(FIELDS, cells, strict=False)):
        try:
            if isinstance(value, BrokenCell):
                raise Unreadable(f"单元格显示为 {value.text}，不是数据")
            values[field.name] = field.read(value)
        except Unreadable as trouble:
            faults.append(Fault(number, cell_name(number, column), f"{field.heading}：{trouble}。"))
    return values, faults


# --- from lines to entries


def entries_of(lines, people):
    """([Entry], [row number of each], [Fault]): `people` are the retirees whom the user may write, by their id index."""
    entries, rows, faults, seen = [], [], [], {}
    for line in lines:
        values = line.values
        if "id_number" not in values:
            continue
        person = people.get(blind_index("id", values["id_number"]))
        if person is None:
            faults.append(_fault(line.row, "id_number", UNKNOWN))
            continue
        if values.get("person", person.name) != person.name:
            faults.append(_fault(line.row, "person", OTHER_NAME))
            continue
        if len(values) < len(FIELDS):
            continue
        entry = _entry(person, values)
        if before := seen.get(entry.key):
            faults.append(_fault(line.row, "kind", TWICE.format(row=before)))
        seen.setdefault(entry.key, line.row)
        entries.append(entry)
        rows.append(line.row)
    return entries, rows, faults


def indexes(lines):
    """The id indexes of everybody named in the lines."""
    return {blind_index("id", line.values["id_number"]) for line in lines if "id_number" in line.values}


def _fault(row, name, sentence):
    return Fault(row, cell_name(row, COLUMNS[name]), sentence)


def _entry(person, values):
    return Entry(person.pk, **{name: value for name, value in values.items() if name not in ("person", "id_number")})


def refusals(rows, refused):
    """The sentences of services.items.faults_of as faults of their rows, at the cell that each one is about."""
    return [_fault(rows[at], _cell_of(sentence), sentence) for at, sentence in sorted(refused.items())]


def _cell_of(sentence):
    told = (("标准", "rate"), ("每年次数", "times"), ("开始发放时间", "since"), ("项目名称", "name"))
    return next((name for words, name in told if words in sentence), "kind")
