"""The people of a supplementary plan as a workbook: name and ID number, in and out; all faults at once, by cell.

Columns may stand anywhere and others may stand beside them: clerks send the list that they have.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.duties import Duty
from benefits.models import SupplementaryCover
from retirees.codes import Survival
from retirees.models import Retiree
from retirees.roster.ids import id_cleaner
from retirees.roster.text import as_text, compact
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.sealing import blind_index
from weihai_transfer.lib.workbooks.facts import BrokenCell, cell_name
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

TITLE = "补充医疗参加人员名单"
HEADINGS = ("序号", "姓名", "身份证号码")
NAME = ("姓名",)
NUMBER = ("身份证号码", "身份证号", "公民身份号码", "证件号码", "公民身份证号码")
LOOKED_AT = 10
MOST = 20_000
AT_ONCE = 5000
NO_HEADINGS = "前 {rows} 行中没有同时找到“姓名”和“身份证号码”两列。请使用本页的空白模板，或补上表头后重新上传。"
UNKNOWN = "本企业没有这个身份证号码的退休人员。请核对号码；尚未登记的，请先导入花名册。"
TWICE = "多个下属企业都登记了这个身份证号码，无法确定是哪一人。请由所属企业分别上传。"
OTHER_NAME = "姓名与系统登记的不一致。请核对原件，或先更正人员信息。"
DEAD = "此人登记为已去世，不能列入。请从名单中删去这一行。"


@dataclass(frozen=True)
class Line:
    row: int
    name: str
    number: str
    # Where the two cells stand.
    name_at: int
    number_at: int


def template(target):
    columns = [Column(HEADINGS[0], 8), Column(HEADINGS[1], 14), Column(HEADINGS[2], 24)]
    return write_table(target, [Sheet(TITLE, columns, (), (TITLE,))])


def read(path, filename):
    """(lines, faults) of an uploaded workbook. Raises workbooks.refusal.Refused for what is no readable workbook."""
    with open_uploaded(path, filename) as book:
        sheet = next((one for one in book.sheets if not one.hidden), None)
        rows = list(_first(book.rows(sheet.index))) if sheet else []
    found = next(((at, places) for at, row in enumerate(rows[:LOOKED_AT]) if (places := _places(row[1]))), None)
    if found is None:
        return [], [Fault(0, "", NO_HEADINGS.format(rows=LOOKED_AT))]
    at, (name_at, number_at) = found
    return _lines(rows[at + 1 :], name_at, number_at)


def _first(rows):
    for number, cells in rows:
        if number > MOST + LOOKED_AT + 1:
            return
        yield number, cells


def _places(cells):
    """(column of the name, column of the number) of a heading row; None when it is none."""
    texts = [compact(_text(value)) for value in cells]
    name = next((at for at, text in enumerate(texts) if text in NAME), None)
    number = next((at for at, text in enumerate(texts) if text in NUMBER), None)
    return None if name is None or number is None else (name, number)


def _text(value):
    return "" if isinstance(value, BrokenCell) else as_text(value)


def _lines(rows, name_at, number_at):
    lines, faults, seen = [], [], {}
    clean = id_cleaner(clock.today())
    for row, cells in rows:
        cells = [*cells, *[None] * (max(name_at, number_at) + 1 - len(cells))]
        name = "".join(_text(cells[name_at]).split())
        raw = cells[number_at]
        if not name and raw in (None, ""):
            continue
        if len(lines) >= MOST:
            faults.append(Fault(row, "", f"名单超过 {MOST:,} 人。请分成几份上传。"))
            break
        number, said = clean(raw)
        if not name:
            faults.append(Fault(row, cell_name(row, name_at), "姓名没有填写。请补填。"))
        if number is None:
            sentence = said[0].text if said else "没有填写。请补填。"
            faults.append(Fault(row, cell_name(row, number_at), f"身份证号码{sentence}"))
        elif (before := seen.setdefault(number, row)) != row:
            faults.append(Fault(row, cell_name(row, number_at), f"与第 {before} 行身份证号码相同。请删去重复的一行。"))
        lines.append(Line(row, name, number or "", name_at, number_at))
    if not lines:
        faults.append(Fault(0, "", "表头以下没有人员。请逐行填写后重新上传。"))
    return lines, faults


def match(plan, lines, user):
    """(ids to enter, how many are in it already, faults): each line with the person whom it names."""
    index = {line.row: blind_index("id", line.number) for line in lines}
    known = _by_index(plan, set(index.values()), user)
    standing = QuerySet(SupplementaryCover).filter(plan=plan, ended_on=None)
    covered = set(standing.values_list("retiree_id", flat=True))
    ids, again, faults = [], 0, []
    for line in lines:
        rows = known.get(index[line.row], [])
        if fault := _fault(line, rows):
            faults.append(fault)
        elif rows[0].pk in covered:
            again += 1
        else:
            ids.append(rows[0].pk)
    return ids, again, faults


def _by_index(plan, wanted, user):
    mine = Retiree.objects.open_to(user, Duty.SUBMIT).filter(enterprise__path__startswith=plan.enterprise.path)
    found = {}
    for chunk in bulk.chunks(sorted(wanted), AT_ONCE):
        for row in mine.filter(id_index__in=chunk).only("id", "name", "id_index", "survival"):
            found.setdefault(row.id_index, []).append(row)
    return found


def _fault(line, rows):
    at_number, at_name = cell_name(line.row, line.number_at), cell_name(line.row, line.name_at)
    if not rows:
        return Fault(line.row, at_number, UNKNOWN)
    if len(rows) > 1:
        return Fault(line.row, at_number, TWICE)
    if rows[0].name != line.name:
        return Fault(line.row, at_name, OTHER_NAME)
    return Fault(line.row, at_name, DEAD) if rows[0].survival == Survival.DECEASED else None
