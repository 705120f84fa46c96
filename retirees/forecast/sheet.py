"""The list of employees as a workbook: the blank form, and the list in with all its faults at once."""

from dataclasses import dataclass
from datetime import date

from retirees.roster.ids import id_cleaner
from retirees.roster.person_names import name_cleaner
from retirees.roster.problems import ERROR
from retirees.roster.text import EMPTY, as_text, compact
from retirees.sheets import headed
from retirees.statutory_age import Category
from weihai_transfer.lib import clock, identity
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded
from weihai_transfer.lib.workbooks.writing import TemplateColumn, write_template

FILENAME = "职工名单模板.xlsx"
MOST = 20_000
NAME, NUMBER, POST, REMARK = "姓名", "身份证号", "岗位类别", "备注"
# What a woman's post says; of a man the number says enough.
MANAGERIAL, WORKER = "管理或专业技术岗位", "工人岗位"
POSTS = {MANAGERIAL: Category.WOMEN_55, WORKER: Category.WOMEN_50}
ALIASES = {"公民身份号码": NUMBER, "身份证号码": NUMBER, "人员类别": POST, "岗位": POST}
KNOWN = headed.known((NAME, NUMBER, POST, REMARK), ALIASES)
# Part of what enterprises write, longest first: the answer of a cell that holds it.
WORDS = (
    ("干部", MANAGERIAL),
    ("管理", MANAGERIAL),
    ("技术", MANAGERIAL),
    ("55", MANAGERIAL),
    ("工人", WORKER),
    ("50", WORKER),
)
NO_HEADINGS = "没有找到“姓名”和“身份证号”两列，文件没有导入。请使用本页的空白模板，不要改动表头。"
TOO_MANY = f"一次最多导入 {MOST:,} 人，文件没有导入。请拆分后分别上传。"
NO_POST = f"没有写明岗位类别。女职工请填写“{MANAGERIAL}”或“{WORKER}”，系统按原 55 岁或 50 岁计算。"
GUIDE = (
    "一行填写一名在职职工，从第二行开始。重新上传时按身份证号对应，已有的更新，没有的新增。",
    f"女职工须填写岗位类别：{MANAGERIAL}（原 55 岁）或{WORKER}（原 50 岁）。男职工可以不填。",
    "退休月份按 2025 年起逐步延迟法定退休年龄的规定自动计算，不必填写。特殊工种、病退等提前退休的不在此列。",
)


@dataclass(frozen=True)
class Line:
    number: int
    name: str
    id_number: str
    category: str
    born_on: date
    remark: str


def write(target):
    columns = [
        TemplateColumn(NAME, required=True),
        TemplateColumn(NUMBER, width=24, text=True, required=True),
        TemplateColumn(POST, width=20, choices=tuple(POSTS)),
        TemplateColumn(REMARK, width=26),
    ]
    examples = [
        ["示例甲", _number(date(1966, 1, 8), 995), "", ""],
        ["示例乙", _number(date(1976, 1, 8), 996), WORKER, ""],
    ]
    write_template(target, columns, examples, GUIDE, title="职工名单")


def _number(born_on, serial):
    first17 = f"371002{born_on:%Y%m%d}{serial:03}"
    return first17 + identity.check_digit(first17)


def read(path, filename):
    """([Line], [Fault]). Raises workbooks.refusal.Refused for what is no readable workbook."""
    with open_uploaded(path, filename) as book:
        found = headed.find(book, KNOWN, (NAME, NUMBER))
        return _read_rows(*found) if found else ([], [Fault(0, "", NO_HEADINGS)])


def _read_rows(columns, rows):
    today = clock.today()
    readers = {NAME: name_cleaner(), NUMBER: id_cleaner(today)}
    lines, faults, seen = [], [], {}
    for number, cells in rows:
        said = headed.said(cells, columns)
        if not _filled(said.get(NAME)) and not _filled(said.get(NUMBER)):
            continue
        line, wrong = _line(number, said, readers)
        if line and (first := seen.setdefault(line.id_number, number)) != number:
            wrong = [Fault(number, NUMBER, f"与第 {first} 行是同一人。一人只能占一行，请删去其中一行。")]
        faults += wrong
        if line and not wrong:
            lines.append(line)
        if len(lines) > MOST:
            return [], [Fault(0, "", TOO_MANY)]
    if not lines and not faults:
        faults.append(Fault(0, "", "表头之下没有职工，文件没有导入。请核对上传的文件。"))
    return ([], faults) if faults else (lines, [])


def _filled(cell):
    return as_text(cell).strip() not in EMPTY


def _line(number, said, readers):
    values, faults = {}, []
    for name, reader in readers.items():
        values[name], findings = reader(said.get(name))
        faults += [Fault(number, name, one.text) for one in findings if one.severity == ERROR]
        if not values[name] and not any(one.cell == name for one in faults):
            faults.append(Fault(number, name, "没有填写。请补填。"))
    if faults:
        return None, faults
    category = _category(values[NUMBER], compact(as_text(said.get(POST))))
    if category is None:
        return None, [Fault(number, POST, NO_POST)]
    born_on = identity.birth_date(values[NUMBER])
    return Line(number, values[NAME], values[NUMBER], category, born_on, as_text(said.get(REMARK)).strip()[:200]), []


def _category(id_number, post):
    if identity.sex(id_number) == "1":
        return Category.MEN
    found = next((meant for word, meant in WORDS if word in post), None)
    return POSTS.get(found)
