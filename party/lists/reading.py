"""A party list that comes back: every cell cleaned, every fault of the file at once, nothing written here."""

import re
from dataclasses import dataclass, field
from datetime import date

from party.lists.columns import CATEGORY
from retirees.roster.cells import money_cleaner, text_cleaner, yes_no_cleaner
from retirees.roster.dates import read_date
from retirees.roster.ids import id_cleaner
from retirees.roster.problems import ERROR
from retirees.roster.text import EMPTY, as_text, compact
from retirees.sheets import headed
from weihai_transfer.lib import clock
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded

MOST = 5000
BRACKETED = re.compile(r"(是|否)[(（](.*)[)）]")
NO_HEADINGS = "没有找到“姓名”和“身份证号”两列，文件没有导入。请使用本页导出的党员名册，不要改动表头。"
TOO_MANY = f"一次最多更新 {MOST:,} 人，文件没有导入。请拆分后分别上传。"


@dataclass
class Line:
    number: int
    name: str
    id_number: str
    person: dict = field(default_factory=dict)
    membership: dict = field(default_factory=dict)
    # Whether the list says that the member cannot be reached; None where it says nothing.
    lost: bool | None = None
    lost_since: date | None = None


@dataclass
class ReadList:
    lines: list
    faults: list


def read(path, filename):
    """Raises workbooks.refusal.Refused when the file is no readable workbook."""
    with open_uploaded(path, filename) as book:
        found = headed.find(book, KNOWN, ("姓名", "身份证号"))
        return _read_rows(*found, clock.today()) if found else ReadList([], [Fault(0, "", NO_HEADINGS)])


def _read_rows(columns, rows, today):
    result, seen, readers = ReadList([], []), {}, _readers(today)
    for number, cells in rows:
        said = headed.said(cells, columns)
        # Totals and signatures below the list have neither a name nor a number.
        if not _filled(said.get("身份证号")) and not _filled(said.get("姓名")):
            continue
        line = _line(number, said, readers, result.faults)
        if line is None:
            continue
        if first := seen.get(line.id_number):
            result.faults.append(
                Fault(number, "身份证号", f"与第 {first} 行是同一人。一人只能占一行，请删去其中一行。")
            )
            continue
        seen[line.id_number] = number
        result.lines.append(line)
        if len(result.lines) > MOST:
            return ReadList([], [Fault(0, "", TOO_MANY)])
    if not result.lines and not result.faults:
        result.faults.append(Fault(0, "", "表头之下没有人员，文件没有导入。请核对上传的文件。"))
    return result


def _filled(cell):
    return as_text(cell).strip() not in EMPTY


def _line(number, said, readers, faults):
    def cleaned(name, reader):
        value, findings = reader(said.get(name))
        faults.extend(Fault(number, name, one.text) for one in findings if one.severity == ERROR)
        return value

    id_number = cleaned("身份证号", readers["身份证号"])
    if not id_number:
        if not any(one.row == number for one in faults):
            faults.append(Fault(number, "身份证号", "没有填写，无法对应到人。请补填。"))
        return None
    line = Line(number, compact(as_text(said.get("姓名"))), id_number)
    for name, target in PERSON.items():
        if (value := cleaned(name, readers[name])) is not None:
            line.person[target] = value
    for name, target in MEMBERSHIP.items():
        if (value := cleaned(name, readers[name])) is not None:
            line.membership[target] = value
    _floating(line, said, cleaned)
    _lost(line, said, cleaned, readers, number, faults)
    return line


def _split(raw):
    """“是（2026-01-05）” → (是, 2026-01-05)"""
    match = BRACKETED.fullmatch(as_text(raw).strip())
    return (match[1], match[2]) if match else (raw, None)


def _floating(line, said, cleaned):
    answer, to = _split(said.get("是否流动党员"))
    said["是否流动党员"] = answer
    floating = cleaned("是否流动党员", yes_no_cleaner())
    said["外出流向"] = to or said.get("外出流向")
    to = cleaned("外出流向", text_cleaner(limit=80))
    if floating is not None:
        line.membership |= {"floating": floating, "floating_to": (to or "") if floating else ""}


def _lost(line, said, cleaned, readers, number, faults):
    answer, since = _split(said.get("是否失联"))
    said["是否失联"] = answer
    line.lost = cleaned("是否失联", yes_no_cleaner())
    said["失联时间"] = since or said.get("失联时间")
    line.lost_since = cleaned("失联时间", readers["失联时间"])
    if line.lost is False and line.lost_since:
        faults.append(Fault(number, "是否失联", "填写的是“否”，又有失联时间，前后不一致。请核对后统一。"))


def _date_reader(today):
    def clean(raw):
        reading = read_date(raw, today)
        return reading.day, reading.findings

    return clean


def _category(raw):
    text = compact(as_text(raw))
    if text in EMPTY:
        return None, ()
    # 党员 and 中共党员 say that somebody is one, and not a probationary one.
    word = "正式" if text in ("党员", "中共党员") else text
    code = next((code for code, label in CATEGORY.items() if label in word), None)
    return code, () if code else (_Said(ERROR, "不在可选范围内。请填写“正式”或“预备”。"),)


def _past(reader, today):
    """Nobody joined or was lost on a day to come."""

    def clean(raw):
        value, findings = reader(raw)
        if value and value > today:
            return None, (_Said(ERROR, "晚于今天。请填写实际日期。"),)
        return value, findings

    return clean


@dataclass(frozen=True)
class _Said:
    severity: str
    text: str


PERSON = {
    "入党时间": "party_joined_on",
    "转正时间": "party_confirmed_on",
    "党员类别": "political_status",
    "党费交至": "dues_paid_until",
    "月党费": "dues_monthly",
}
MEMBERSHIP = {"党员档案/入党材料是否齐全": "papers_complete", "备注": "remark"}
NAMES = (
    "姓名", "身份证号", *PERSON, *MEMBERSHIP, "是否流动党员", "外出流向", "是否失联", "失联时间",
)  # fmt: skip
ALIASES = {
    "公民身份号码": "身份证号",
    "身份证号码": "身份证号",
    "党员档案材料是否齐全": "党员档案/入党材料是否齐全",
    "入党材料是否齐全": "党员档案/入党材料是否齐全",
    "党费缴至": "党费交至",
    "月党费元": "月党费",
    "是否失联党员": "是否失联",
}
KNOWN = headed.known(NAMES, ALIASES)


def _readers(today):
    day = _date_reader(today)
    return {
        "身份证号": id_cleaner(today),
        "入党时间": _past(day, today),
        "转正时间": _past(day, today),
        "党员类别": _category,
        "党费交至": day,
        "月党费": money_cleaner(limit=99_999),
        "党员档案/入党材料是否齐全": yes_no_cleaner(),
        "备注": text_cleaner(limit=300),
        "失联时间": _past(day, today),
    }
