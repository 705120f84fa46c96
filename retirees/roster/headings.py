"""From the first rows of the sheets to Layouts: which sheet holds people, which column fills what, what is doubtful."""

import re
from dataclasses import dataclass, replace

from retirees.roster import contents, heading_rows
from retirees.roster.columns import BY_FIELD
from retirees.roster.heading_rows import Block, Grid
from retirees.roster.heading_words import CLOSE, EXACT, IGNORED_COLUMN, SUGGESTED, UNKNOWN, exact, key, said
from retirees.roster.layout import REMEMBERED, SET_ASIDE, ColumnMatch, Layout, NoHeading

LOOKED_AT = 60
EXPLANATION = re.compile(r"说明|须知|代码|字典|下拉|选项|样表|样例|模板|范例|参数|封面|目录索引|readme", re.I)
SUMMARY = re.compile(r"汇总|合并|总表|全部|统计")
SAME_LAYOUT = 0.6
CERTAIN = (EXACT, CLOSE, REMEMBERED)
BY_CERTAINTY = {REMEMBERED: 0, EXACT: 1, CLOSE: 2}


def recognise(rows, *, merged=(), remembered=None, sheet="", at=None, hidden_columns=()):
    """`rows`: (row number from 1, cells from column A). `merged`: (first row, first column from 0, last row, last column).

    `remembered`: heading key → field, what this enterprise chose before. `at`: (first, last) heading row by the user's word.
    """
    grid = Grid([(number, cells) for number, cells in rows if number <= LOOKED_AT or at], merged)
    block = chosen_block(grid, at) if at else heading_rows.find_block(grid)
    if block is None:
        return no_heading(grid, sheet)
    data = [cells for number, cells in grid.raw.items() if number >= block.data_from]
    columns = []
    for index, path in heading_rows.paths(grid, block).items():
        cells = [row[index] for row in data if index < len(row)]
        match = matched(index, path, cells, remembered or {})
        if match:
            columns.append(match)
    columns = offered_once(settle_rivals(columns))
    return Layout(
        sheet=sheet,
        heading_rows=(block.first, block.last),
        data_from=block.data_from,
        columns=tuple(columns),
        titles=heading_rows.titles(grid, block),
        doubts=tuple(doubts(columns, hidden_columns)),
    )


def chosen_block(grid, at):
    first, last = at
    data_from = last + 1
    while data_from in grid.texts and heading_rows.is_aside(grid, data_from):
        data_from += 1
    return Block(first, last, data_from)


def matched(index, path, cells, remembered):
    heading = "／".join(path)
    full = contents.filled(cells)
    if not heading and not full:
        return None
    match = ColumnMatch(index, heading, UNKNOWN, filled=len(full))
    before = remembered.get(key(heading)) if heading else None
    if before is not None and (before == "" or before in BY_FIELD):
        match = replace(match, status=REMEMBERED, field=before or None)
    elif heading:
        match = by_heading(match, path, cells)
    if match.status == UNKNOWN:
        guess = contents.guess(cells)
        if guess:
            match = replace(match, status=SUGGESTED, suggestion=guess)
        elif not full:
            # A heading that nobody knows over a column that nobody filled is no question for the user.
            match = replace(match, status=IGNORED_COLUMN, ignored="空列")
    scale = 10_000 if "万元" in heading else 1
    return replace(match, scale=scale, samples=contents.samples(full, match.field or match.suggestion))


def by_heading(match, path, cells):
    answer = said(path)
    if answer.certainty in (EXACT, CLOSE):
        doubts = contents.doubts_about(answer.field, cells)
        if doubts and contents.is_weak(path[-1], answer.field, cells):
            return replace(match, status=SUGGESTED, suggestion=answer.field, doubts=doubts)
        return replace(match, status=answer.certainty, field=answer.field, doubts=doubts)
    if answer.certainty == SUGGESTED:
        return replace(match, status=SUGGESTED, suggestion=answer.field)
    if answer.certainty == IGNORED_COLUMN:
        return replace(match, status=IGNORED_COLUMN, ignored=answer.ignored)
    return match


def settle_rivals(columns):
    """Two columns for one field: the certain one, then the fuller one, then the first is taken; the user is told."""
    rivals = {}
    for match in columns:
        if match.field and not BY_FIELD[match.field].several:
            rivals.setdefault(match.field, []).append(match)
    losers = {}
    for matches in rivals.values():
        if len(matches) > 1:
            best = min(matches, key=lambda m: (BY_CERTAINTY[m.status], bool(m.doubts), -m.filled, m.index))
            losers.update({match.index: best for match in matches if match is not best})
    return [
        replace(match, field=None, suggestion=match.field, status=SET_ASIDE, doubts=(rival_sentence(match, losers),))
        if match.index in losers
        else match
        for match in columns
    ]


def rival_sentence(match, losers):
    best = losers[match.index]
    return (
        f"与 {best.letter} 列“{best.label}”同为{BY_FIELD[match.field].label}，已采用 {best.letter} 列，本列不导入。"
        "如应采用本列，请改选。"
    )


def offered_once(columns):
    """A field that another column surely fills is not offered again, save where several columns may fill it."""
    taken = {match.field for match in columns if match.field}
    return [
        replace(match, suggestion=None, status=UNKNOWN)
        if match.status == SUGGESTED and match.suggestion in taken and not BY_FIELD[match.suggestion].several
        else match
        for match in columns
    ]


def doubts(columns, hidden_columns):
    for match in columns:
        for doubt in match.doubts:
            yield f"{match.letter} 列“{match.label}”：{doubt}"
    hidden = [match.letter for match in columns if match.field and match.index in hidden_columns]
    if hidden:
        yield f"{'、'.join(hidden)} 列是隐藏列，也会导入。不需要时请改为不导入。"
    names = [match for match in columns if match.status == SET_ASIDE and match.suggestion == "name"]
    identities = [match for match in columns if match.status == SET_ASIDE and match.suggestion == "id_number"]
    if names and identities:
        yield "同一行有两组姓名和身份证号，像是左右两栏排版。只会导入一组。请把右栏的人员移到左栏下方后重新上传。"


def no_heading(grid, sheet):
    if not any(grid.filled(number) for number in grid.numbers):
        return NoHeading(sheet, "empty", "工作表是空的，没有可导入的内容。请确认选对了工作表。")
    down = [
        text for number in grid.numbers for index, text in grid.filled(number)[:3] if (a := exact(text)) and a.field
    ]
    if len(set(down)) >= 5:
        return NoHeading(
            sheet,
            "form",
            "像是一人一张的登记表：项目名称竖着排列，没有一行表头，无法成批导入。请改为一行一人的花名册，"
            "可下载模板后填写。",
        )
    if any(contents.valid_id(cell) for cells in grid.raw.values() for cell in cells):
        return NoHeading(
            sheet,
            "no_heading",
            "找到了身份证号，没有找到表头，无法判断每一列是什么。请在人员上方加一行列名（至少有姓名、身份证号），再重新上传。",
        )
    return NoHeading(
        sheet,
        "no_heading",
        f"前 {LOOKED_AT} 行里没有找到表头。表头至少要有姓名和身份证号两列。请检查是否选错了工作表，或按模板补上列名。",
    )


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The first rows of one sheet: (row number, cells), enough to find the headings and look at some people."""

    name: str
    rows: list
    hidden: bool = False
    merged: tuple = ()
    hidden_columns: frozenset = frozenset()


@dataclass(frozen=True, slots=True)
class LeftSheet:
    """A sheet that is not imported, and why; `layout` where it could be after all, if the user says so."""

    sheet: str
    message: str
    layout: Layout | None = None


def choose_sheets(heads, remembered=None):
    """The Layouts of the best sheet and of every other like it, in the order of the workbook, then the LeftSheets."""
    candidates, left = [], []
    for head in heads:
        layout = recognise(
            head.rows,
            merged=head.merged,
            remembered=remembered,
            sheet=head.name,
            hidden_columns=head.hidden_columns,
        )
        if isinstance(layout, NoHeading):
            left.append(LeftSheet(head.name, layout.message))
        elif not any(match.filled for match in layout.columns if match.field or match.suggestion):
            left.append(LeftSheet(head.name, "只有表头，没有人员。请填写人员后重新上传。", layout))
        else:
            candidates.append((head, layout))
    taken, aside = among(candidates)
    order = {head.name: place for place, head in enumerate(heads)}
    return [*taken, *sorted([*left, *aside], key=lambda sheet: order[sheet.sheet])]


def among(candidates):
    """Hidden sheets, explanations and summaries give way to any other sheet that holds people."""
    plain = [pair for pair in candidates if not reason_to_leave(pair[0])]
    shown = [pair for pair in candidates if not pair[0].hidden]
    chosen = plain or shown or candidates
    if not chosen:
        return [], []
    best = max((layout for _, layout in chosen), key=rank)
    taken, aside = [], []
    for head, layout in candidates:
        if (head, layout) not in chosen:
            aside.append(LeftSheet(head.name, reason_to_leave(head) or "是隐藏的工作表。", layout))
        elif layout is best or alike(layout, best):
            taken.append(layout)
        else:
            aside.append(
                LeftSheet(head.name, f"表头与“{best.sheet}”不同，未一并导入。如是另一批人员，请单独导入。", layout)
            )
    return taken, aside


def reason_to_leave(head):
    if head.hidden:
        return "是隐藏的工作表，未导入。"
    if EXPLANATION.search(head.name):
        return "按名称是说明或代码表，未导入。"
    if SUMMARY.search(head.name):
        return "按名称是汇总表，与各分表的人员重复，未导入。"
    return ""


def rank(layout):
    return (-len(layout.missing), len(layout.fields), sum(match.filled for match in layout.columns))


def alike(layout, best):
    ours, theirs = set(layout.fields), set(best.fields)
    return len(layout.missing) <= len(best.missing) and len(ours & theirs) >= SAME_LAYOUT * len(ours | theirs)
