"""The official list 国有企业退休人员人事档案移交案卷目录: exactly fourteen columns, written and read word for word.

Row 1 is the title, row 2 the headings, the data begin in row 3. Reading names every fault at once, with its cell.
"""

from dataclasses import dataclass
from datetime import date

from retirees.codes import Survival
from retirees.roster.text import as_text
from weihai_transfer.lib import identity
from weihai_transfer.lib.workbooks.facts import cell_name
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

TITLE = "国有企业退休人员人事档案移交案卷目录"
COLUMNS = (
    ("serial", "序号", 6),
    ("name", "姓名", 12),
    ("id_number", "身份证号码", 22),
    ("sex", "性别", 6),
    ("born_on", "出生日期", 12),
    ("retired_on", "退休手续办理时间", 18),
    ("survival", "生存状态", 10),
    ("died_on", "死亡日期", 12),
    ("unit", "所属单位", 26),
    ("hukou", "户籍所在地", 36),
    ("pages", "页数", 8),
    ("number", "档案局档号", 20),
    ("retention", "保管期限", 10),
    ("remark", "备注", 24),
)
NAMES = tuple(name for name, _, _ in COLUMNS)
HEADINGS = tuple(heading for _, heading, _ in COLUMNS)
FIRST = 3
LONGEST = {"number": 60, "retention": 20, "remark": 200}
REQUIRED = ("name", "id_number", "unit", "hukou")
DATES = ("born_on", "retired_on")


@dataclass(frozen=True)
class Line:
    row: int
    cells: dict

    @property
    def pages(self):
        return int(self.cells["pages"]) if self.cells["pages"] else None


# --- writing


def write(target, dossiers):
    """Write the list of these dossiers (a query set with retiree and enterprise) to a path or stream."""
    columns = [Column(heading, width) for _, heading, width in COLUMNS]
    rows = (tuple(_values(at, one)) for at, one in enumerate(dossiers, 1))
    return write_table(target, [Sheet("移交案卷目录", columns, rows, captions=(TITLE,))])


def _values(at, dossier):
    person = dossier.retiree
    yield str(at)
    yield person.name
    yield person.id_number
    yield person.get_sex_display()
    yield _day(person.born_on)
    yield _day(person.retired_on)
    yield person.get_survival_display()
    yield _day(person.died_on)
    yield person.former_unit or dossier.enterprise.name
    yield person.hukou_address
    yield "" if dossier.pages is None else str(dossier.pages)
    yield dossier.number
    yield dossier.retention
    yield dossier.remark


def _day(value):
    return f"{value:%Y%m%d}" if value else ""


# --- reading


def read(path, filename):
    """(lines, faults) of an uploaded list. Raises workbooks.refusal.Refused for what is no readable workbook."""
    with open_uploaded(path, filename) as book:
        rows = [(number, [_plain(value) for value in row]) for number, row in book.rows(0)]
    return check(rows)


def _plain(value):
    """A cell as its text; a day as the list writes it."""
    return f"{value:%Y%m%d}" if isinstance(value, date) else as_text(value)


def fault_at(row, column, sentence):
    return Fault(row, cell_name(row, column), sentence)


def check(rows):
    """(lines, faults) of the rows of a sheet: (row number, [text, …])."""
    known = dict(rows)
    faults = [*_title(known.get(1, [])), *_headings(known.get(2, []))]
    if faults:
        # Under foreign headings every cell would be a fault of its own.
        return [], faults
    lines, seen = [], {}
    for number, values in rows:
        if number < FIRST or not any(value.strip() for value in values):
            continue
        cells = dict(zip(NAMES, [*values, *[""] * len(NAMES)], strict=False))
        if extra := next((at for at, value in enumerate(values) if at >= len(NAMES) and value.strip()), None):
            faults.append(fault_at(number, extra, "备注列之后还有内容。目录只有 14 列，请删去多余的内容。"))
        faults += [fault_at(number, NAMES.index(name), sentence) for name, sentence in _row_faults(cells)]
        if (earlier := seen.setdefault(cells["id_number"], number)) != number and cells["id_number"]:
            faults.append(
                fault_at(number, NAMES.index("id_number"), f"与第 {earlier} 行身份证号码相同。请删去重复的一行。")
            )
        lines.append(Line(number, cells))
    if not lines:
        faults.append(Fault(0, "", "第 3 行起没有数据。请填写后重新上传。"))
    return lines, faults


def _title(values):
    found = next((value for value in values if value), "")
    if found != TITLE or (values and values[0] != TITLE):
        yield fault_at(1, 0, f"第 1 行标题应为“{TITLE}”，现为“{found[:40]}”。请使用规定格式的目录。")


def _headings(values):
    found = list(values)
    while found and not found[-1].strip():
        found.pop()
    if len(found) != len(HEADINGS):
        yield fault_at(2, 0, f"第 2 行应有 {len(HEADINGS)} 列标题，现有 {len(found)} 列。请按规定格式增减。")
    for at, heading in enumerate(HEADINGS):
        if at < len(found) and found[at] != heading:
            yield fault_at(2, at, f"第 {at + 1} 列标题应为“{heading}”，现为“{found[at][:20]}”。请改正标题和顺序。")


def _row_faults(cells):
    """(column, sentence) of one row; each column is looked at once."""
    heading = dict(zip(NAMES, HEADINGS, strict=True))
    for name, value in cells.items():
        if value != value.strip():
            yield name, f"{heading[name]}首尾有空格。请删去空格。"
        if name in REQUIRED and not value.strip():
            yield name, f"{heading[name]}没有填写。请补填。"
        if name in LONGEST and len(value) > LONGEST[name]:
            yield name, f"{heading[name]}超过 {LONGEST[name]} 个字。请缩短。"
    cells = {name: value.strip() for name, value in cells.items()}
    number = cells["id_number"].upper()
    valid = not number or identity.is_valid(number)
    if number and not valid:
        yield "id_number", _wrong_id(number)
    if number and valid and cells["sex"] != {"1": "男", "2": "女"}[identity.sex(number)]:
        yield "sex", "性别与身份证号码第 17 位不一致。请核对原件。"
    yield from _dates(cells, number if valid else "")
    if cells["pages"] and not (
        cells["pages"].isascii() and cells["pages"].isdigit() and 0 < int(cells["pages"]) < 10**5
    ):
        yield "pages", "页数应为 1 至 99999 的整数。请改正。"


def _wrong_id(number):
    if len(number) != 18:
        return f"身份证号码应为 18 位，现为 {len(number)} 位。请核对原件。"
    if not (number[:17].isascii() and number[:17].isdigit()):
        return "身份证号码含有数字以外的字符。请核对原件，并以文本格式填写。"
    if identity.birth_date(number) is None:
        return "身份证号码中的出生日期不是有效日期。请核对原件。"
    return f"身份证号码校验位不对，应为 {identity.check_digit(number[:17])}。请核对原件。"


def _dates(cells, number):
    heading = dict(zip(NAMES, HEADINGS, strict=True))
    for name in (*DATES, *(("died_on",) if cells["died_on"] else ())):
        if _read_day(cells[name]) is None:
            yield name, f"{heading[name]}应为 8 位数字的有效日期，如 20260331。请改正。"
    if number and len(cells["born_on"]) == 8 and cells["born_on"] != number[6:14]:
        yield "born_on", "出生日期与身份证号码第 7 至 14 位不一致。请核对原件。"
    known = [label for value, label in Survival.choices]
    if cells["survival"] not in ("", *known):
        yield "survival", f"生存状态应为{'、'.join(known)}之一。请改正。"
    if cells["died_on"] and cells["survival"] != Survival.DECEASED.label:
        yield "died_on", f"填写了死亡日期，生存状态却不是“{Survival.DECEASED.label}”。请核对。"


def _read_day(text):
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
