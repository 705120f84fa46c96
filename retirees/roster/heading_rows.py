"""Where the headings of a sheet stand: the rows above (title, unit, date) and below (hints, column numbers) set apart."""

import re
from datetime import date, datetime
from typing import NamedTuple

from retirees.roster.heading_words import (
    CHILDREN,
    CLOSE,
    EXACT,
    IGNORED_COLUMN,
    SUGGESTED,
    group_of,
    joined,
    key,
    known,
)
from retirees.roster.text import as_text, is_broken

DEEPEST = 4
WORTH = {EXACT: 1.0, CLOSE: 0.9, SUGGESTED: 0.5, IGNORED_COLUMN: 0.4}
LONGEST_HEADING = 30
TITLE = re.compile(
    r"名册|花名|明细表|登记表|信息表|统计表|汇总表|情况表|一览表|台账|名单|案卷目录|目录$|附件|附表|^表\s*\d"
)
LINE = re.compile(r"[:：]\s*\S|[:：]$|盖章|填报日期|填表日期|制表日期|□|☑|☐|年\s*月\s*日$")
DATA = re.compile(r"\d{6,}|\d{1,2}月\d|^\d{4}[-./年]\d{1,2}|^\d+$|^[男女]$")
HINT = re.compile(
    r"必填|选填|格式|填写|下拉|^例|示例[:：]|^如[:：]|yyyy|YYYY|文本型|18位|不填|请选择|参照|^[(（]?[\d一二三四五六七八九十]{1,2}[)）]?$|^[A-Z甲乙丙丁]$"
)


class Block(NamedTuple):
    first: int
    last: int
    data_from: int


class Grid:
    """The first rows of a sheet as heading texts, merged cells spread over their range."""

    def __init__(self, rows, merged=()):
        self.raw = dict(rows)
        self.numbers = sorted(self.raw)
        self.texts = {
            number: ["" if is_broken(cell) else " ".join(as_text(cell).split()) for cell in cells]
            for number, cells in self.raw.items()
        }
        self.merged = [merge for merge in merged if merge[0] in self.texts]
        self.width = max((len(cells) for cells in self.texts.values()), default=0)
        self.spread = {}
        for top, left, bottom, right in self.merged:
            text = self.text(top, left)
            for number in range(top, min(bottom, top + DEEPEST) + 1):
                for index in range(left, min(right, 600) + 1):
                    self.spread[number, index] = text

    def text(self, number, index):
        row = self.texts.get(number, ())
        return row[index] if index < len(row) else ""

    def filled(self, number):
        return [(index, text) for index, text in enumerate(self.texts.get(number, ())) if text]

    def span(self, number, index):
        """How many columns a merged cell covers."""
        return next((m[3] - m[1] + 1 for m in self.merged if m[0] == number and m[1] == index), 1)


def find_block(grid):
    """The heading rows, or None. The row that names most columns decides; its neighbours may belong to it."""
    best, score = None, 0
    for number in grid.numbers:
        worth = value_of(grid, number)
        if worth > score:
            best, score = number, worth
    if best is None or score < 2:
        return None
    return Block(*extended(grid, best))


def value_of(grid, number):
    """How much a row looks like headings; 0 where it holds data or neither name nor identity number."""
    worths, fields = {}, set()
    for index, text in grid.filled(number):
        if looks_like_data(grid.raw[number][index]):
            return 0
        if len(key(text)) > LONGEST_HEADING:
            continue
        said = known(text)
        fields.add(said.field)
        worths[said.field or said.ignored or index] = max(WORTH.get(said.certainty, 0), worths.get(said.field, 0))
    return sum(worths.values()) if fields & {"name", "id_number"} else 0


def looks_like_data(cell):
    if isinstance(cell, (bool, int, float, date, datetime)):
        return True
    return is_broken(cell) or bool(DATA.search(as_text(cell).strip()))


def extended(grid, best):
    first = last = best
    while best - first < DEEPEST - 1 and is_group_row(grid, first - 1, best):
        first -= 1
    below = max((m[2] for m in grid.merged if first <= m[0] <= best and m[2] - m[0] < DEEPEST), default=best)
    last = max(last, below)
    while last - first < DEEPEST - 1 and is_lower_row(grid, last + 1, best):
        last += 1
    data_from = last + 1
    while data_from in grid.texts and is_aside(grid, data_from):
        data_from += 1
    return first, last, data_from


def is_group_row(grid, number, best):
    """Above the headings: names of groups, not a title or a line about the unit."""
    filled = grid.filled(number)
    if not filled or any(looks_like_data(grid.raw[number][index]) for index, _ in filled):
        return False
    if any(TITLE.search(text) or LINE.search(text) or len(text) > LONGEST_HEADING for _, text in filled):
        return False
    if any(group_of(text) or known(text).certainty == EXACT for _, text in filled):
        return True
    width = len(grid.filled(best)) or 1
    return len(filled) > 1 or 1 < grid.span(number, filled[0][0]) < width * 0.8


def is_lower_row(grid, number, best):
    """Below the headings: parts of a group (区市 街道 社区), while the other columns stay blank."""
    filled = grid.filled(number)
    if not filled or any(looks_like_data(grid.raw[number][index]) for index, _ in filled):
        return False
    if any(len(text) > LONGEST_HEADING for _, text in filled):
        return False
    parts = sum(is_part(grid, best, index, text) for index, text in filled)
    return parts >= max(1, len(filled) * 0.6)


def is_part(grid, best, index, text):
    """Whether a cell continues the heading above it."""
    above, word = grid.text(best, index) or grid.spread.get((best, index), ""), key(text)
    group = above or next((grid.text(best, left) for left in range(index, -1, -1) if grid.text(best, left)), "")
    if group and joined([group, text]):
        return True
    under_group = not above or bool(group_of(above))
    if word in CHILDREN and (under_group or word == key(above)):
        return True
    if known(text).certainty in (EXACT, CLOSE, IGNORED_COLUMN) and (under_group or key(above) != word):
        return True
    return bool(re.fullmatch(r"[(（].{1,12}[)）]|元|万元", text))


def is_aside(grid, number):
    """A row of hints, or of column numbers 1 2 3 …, between the headings and the first person."""
    filled = [text for _, text in grid.filled(number)]
    if len(filled) < 2:
        return False
    if (
        len(filled) > 2
        and filled
        == [str(count) for count in range(int(filled[0]) if filled[0] in "01" else 1, len(filled) + 1)][: len(filled)]
    ):
        return True
    if any(re.search(r"\d{15}", text) for text in filled):
        return False
    return sum(bool(HINT.search(text)) for text in filled) >= max(2, len(filled) * 0.5)


def paths(grid, block):
    """For each column its heading cells from the group down, without repetitions."""
    rows = range(block.first, block.last + 1)
    found = {}
    for index in range(grid.width):
        path = []
        for number in rows:
            text = grid.spread.get((number, index)) or grid.text(number, index)
            if not text and any(grid.text(lower, index) for lower in rows if lower > number):
                text = beside(grid, number, index, rows)
            if text and (not path or path[-1] != text):
                path.append(text)
        found[index] = path
    return found


def beside(grid, number, index, rows):
    """Without merge information a group's name stands in its first column only."""
    for left in range(index - 1, -1, -1):
        below = any(grid.text(lower, left) for lower in rows if lower > number)
        text = grid.text(number, left)
        if text:
            return text if below else ""
        if not below:
            return ""
    return ""


def titles(grid, block):
    return tuple(text for number in grid.numbers if number < block.first for _, text in grid.filled(number))[:6]
