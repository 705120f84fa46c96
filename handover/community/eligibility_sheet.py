"""The list of eligibility checks as a workbook (姓名, 身份证号, 认证日期, 认证方式): read whole, all faults at once by cell."""

from dataclasses import dataclass
from datetime import date

from handover.models.community import EligibilityWay
from retirees.roster.dates import date_cleaner
from retirees.roster.ids import id_cleaner
from retirees.roster.person_names import name_cleaner
from retirees.roster.problems import ERROR
from retirees.roster.text import EMPTY, as_text, compact
from retirees.sheets import headed
from weihai_transfer.lib import clock
from weihai_transfer.lib.workbooks.facts import cell_name
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded
from weihai_transfer.lib.workbooks.writing import TemplateColumn, write_template

FILENAME = "资格认证模板.xlsx"
MOST = 5_000
NAME, NUMBER, DAY, WAY = "姓名", "身份证号", "认证日期", "认证方式"
HEADINGS = (NAME, NUMBER, DAY, WAY)
KNOWN = headed.known(HEADINGS, {"公民身份号码": NUMBER, "身份证号码": NUMBER})
WAYS = {label: value for value, label in EligibilityWay.choices}
NO_HEADINGS = f"没有找到“{'”“'.join(HEADINGS)}”四列，文件没有导入。请使用本页的空白模板，不要改动表头。"
GUIDE = (
    "一行填写一名已通过资格认证的人员，从第二行开始。按身份证号和姓名对应本单位在管人员。",
    f"认证方式填写{'、'.join(WAYS)}之一；认证日期如 2026-11-23，只收今年和去年的。",
)


@dataclass(frozen=True)
class Line:
    """`cell` names the cell of the number: there a fault is told that only the base knows."""

    number: int
    cell: str
    name: str
    id_number: str
    on: date
    way: str


def write(target):
    columns = [
        TemplateColumn(NAME, required=True),
        TemplateColumn(NUMBER, width=24, text=True, required=True),
        TemplateColumn(DAY, width=14, required=True),
        TemplateColumn(WAY, width=14, choices=tuple(WAYS), required=True),
    ]
    write_template(target, columns, [], GUIDE, title="资格认证")


def read(path, filename):
    """([Line], [Fault]). Raises workbooks.refusal.Refused for what is no readable workbook."""
    with open_uploaded(path, filename) as book:
        found = headed.find(book, KNOWN, HEADINGS)
        return _read_rows(*found) if found else ([], [Fault(0, "", NO_HEADINGS)])


def _read_rows(columns, rows):
    today = clock.today()
    readers = {NAME: name_cleaner(), NUMBER: id_cleaner(today), DAY: date_cleaner(today, "date_incomplete")}
    lines, faults, seen = [], [], {}
    for number, cells in rows:
        said = headed.said(cells, columns)
        if all(as_text(said[name]).strip() in EMPTY for name in (NAME, NUMBER)):
            continue
        line, wrong = _line(number, said, columns, readers, today)
        if line and (first := seen.setdefault(line.id_number, number)) != number:
            wrong = [Fault(number, line.cell, f"与第 {first} 行是同一人。一人只能占一行，请删去其中一行。")]
        faults += wrong
        lines += [line] if line and not wrong else []
        if len(lines) > MOST:
            return [], [Fault(0, "", f"一次最多导入 {MOST:,} 人，文件没有导入。请拆分后分别上传。")]
    if not lines and not faults:
        faults.append(Fault(0, "", "表头之下没有人员，文件没有导入。请核对上传的文件。"))
    return ([], faults) if faults else (lines, [])


def _line(number, said, columns, readers, today):
    values, faults = {}, []

    def fault(name, sentence):
        faults.append(Fault(number, cell_name(number, columns[name]), f"{name}：{sentence}"))

    for name, reader in readers.items():
        values[name], findings = reader(said[name])
        wrong = [one.text for one in findings if one.severity == ERROR]
        for text in wrong:
            fault(name, text)
        if not values[name] and not wrong:
            fault(name, "没有填写。请补填。")
    way = WAYS.get(compact(as_text(said[WAY])))
    if way is None:
        fault(WAY, f"应为{'、'.join(WAYS)}之一。请改正。")
    day = values[DAY]
    if day and (day > today or day.year < today.year - 1):
        fault(DAY, "只能是今年或去年、不晚于今天的日期。请核对。")
    if faults:
        return None, faults
    return Line(number, cell_name(number, columns[NUMBER]), values[NAME], values[NUMBER], day, way), []
