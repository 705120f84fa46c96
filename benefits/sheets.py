"""Out-of-pool items as a workbook, in and out.

A sheet is read whole: every fault is told at once with its row and cell, and nothing is taken from a sheet with one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from benefits.codes import ItemKind, Period
from benefits.services.items import Entry
from retirees.roster.text import as_text, compact
from retirees.sheets.fixed import LOOKED_AT, SPACES, Unreadable, day, first, number, read_row, text, wrong_headings
from weihai_transfer.lib import identity
from weihai_transfer.lib.sealing import blind_index
from weihai_transfer.lib.workbooks.facts import cell_name
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded
from weihai_transfer.lib.workbooks.writing import TemplateColumn

MOST = 5000
LOST_DIGITS = 15
YES_NO = {"是": True, "否": False}
UNKNOWN = "本企业名下没有这个身份证号的人员。请核对身份证号；没有录入的，请先导入花名册。"
OTHER_NAME = "身份证号对应的人员姓名与本行不同。请核对姓名和身份证号。"
TWICE = "与第 {row} 行是同一人的同一项目。请合并为一行。"


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


def _id_number(value):
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 10**LOST_DIGITS:
        raise Unreadable("身份证号存成了数字，末几位已经丢失。请把单元格改为文本格式后重新录入")
    found = compact(as_text(value)).upper()
    if not found:
        raise Unreadable("没有填写")
    if not identity.is_valid(found):
        raise Unreadable("不是有效的身份证号，请核对原件")
    return found


def _choice(known, what, default=None):
    def read(value):
        found = SPACES.sub("", as_text(value))
        if not found and default is not None:
            return default
        if found not in known:
            raise Unreadable(f"{what}应为{'、'.join(known)}之一")
        return known[found]

    return read


def _times(value):
    found = as_text(value).strip()
    if not found:
        return 0
    if not found.isascii() or not found.isdigit() or int(found) > 12:
        raise Unreadable("应为 1 至 12 的整数，只有按节日发放的填写")
    return int(found)


_rate = number("金额", digits=9, unit="元", needed=True, positive=True)
KINDS = {label: value for value, label in ItemKind.choices}
PERIODS = {label: value for value, label in Period.choices}
FIELDS = (
    Field("姓名", "person", text(60, needed=True), 12, required=True),
    Field("身份证号", "id_number", _id_number, 22, text=True, required=True),
    Field("项目", "kind", _choice(KINDS, "项目"), 16, choices=tuple(KINDS), required=True),
    Field("项目名称", "name", text(60), 18, note="项目选择“其他”的必须填写。"),
    Field("标准（元）", "rate", _rate, 12, note="每次发放的金额，数字，不带单位。", required=True),
    Field("发放方式", "period", _choice(PERIODS, "发放方式"), 12, choices=tuple(PERIODS), required=True),
    Field("每年次数", "times", _times, 10, note="只有按节日发放的填写，1 至 12。"),
    Field("开始发放时间", "since", day(needed=True), 14, date=True, required=True),
    Field("发放依据", "basis", text(200), 26),
    Field("发放渠道", "payer", text(120), 16),
    Field("符合原有关规定", "met_old_rules", _choice(YES_NO, "", True), 12, choices=tuple(YES_NO), note="不填按“是”。"),
    Field(
        "协商一致一次性支付",
        "lump_agreed",
        _choice(YES_NO, "", False),
        12,
        choices=tuple(YES_NO),
        note="不填按“否”。",
    ),
    Field("提高标准的批准文号", "raise_approval", text(60), 20, note="只有经批准提高标准的填写。"),
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
    """One row; a cell that could not be read is None in it, and then it is not `whole`."""

    row: int
    values: dict
    whole: bool


def read(path, filename):
    """([Line], [Fault]) of an uploaded workbook. Raises workbooks.refusal.Refused for what is no readable workbook."""
    with open_uploaded(path, filename) as book:
        sheet = next((one for one in book.sheets if not one.hidden), None)
        rows = list(first(book.rows(sheet.index), MOST)) if sheet else []
    at = next((at for at, (_, cells) in enumerate(rows[:LOOKED_AT]) if _is_heading(cells)), None)
    if at is None:
        words = f"前 {LOOKED_AT} 行中没有找到表头。请使用本页的空白模板，表头为：{'、'.join(HEADINGS)}。"
        return [], [Fault(0, "", words)]
    if faults := wrong_headings(*rows[at], FIELDS, _heading):
        return [], faults
    lines, faults = _read_rows(rows[at + 1 :])
    if not lines and not faults:
        faults = [Fault(0, "", "表头以下没有项目。请逐行填写后重新上传。")]
    return lines, faults


def _heading(value):
    return SPACES.sub("", str(value or "")).replace("(", "（").replace(")", "）")


def _is_heading(cells):
    return {"身份证号", "项目"} <= set(map(_heading, cells))


def _read_rows(rows):
    lines, faults = [], []
    for row, cells in rows:
        if not any(str(value).strip() for value in cells if value is not None):
            continue
        if len(lines) >= MOST:
            faults.append(Fault(row, "", f"项目超过 {MOST:,} 项。请分几个文件上传。"))
            break
        values, wrong = read_row(row, cells, FIELDS)
        faults += wrong
        lines.append(Line(row, {field.name: value for field, value in zip(FIELDS, values, strict=True)}, not wrong))
    return lines, faults


# --- from lines to entries


def entries_of(lines, people):
    """([Entry], [row number of each], [Fault]): `people` are the retirees whom the user may write, by their id index."""
    entries, rows, faults, seen = [], [], [], {}
    for line in lines:
        values = line.values
        if values["id_number"] is None:
            continue
        person = people.get(blind_index("id", values["id_number"]))
        if person is None:
            faults.append(_fault(line.row, "id_number", UNKNOWN))
            continue
        if values["person"] not in (None, person.name):
            faults.append(_fault(line.row, "person", OTHER_NAME))
            continue
        if not line.whole:
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
    return {blind_index("id", line.values["id_number"]) for line in lines if line.values["id_number"]}


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
