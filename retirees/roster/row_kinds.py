"""What a row below the headings is: a person, nothing, or a line that only looks like a row."""

import re

from retirees.roster.columns import BY_FIELD
from retirees.roster.heading_words import key
from retirees.roster.text import as_text

DATA, BLANK, NOTE = "data", "blank", "note"

TOTAL = re.compile(
    r"^(?:合计|总计|小计|共计|累计|总人数|本页|本表|以上|人数|总数|平均)|^共[\d一二三四五六七八九十百千 ]+[人名条]"
)
FOOTER = re.compile(
    r"^(?:制表|填表|填报|编制|审核|审批|复核|经办|负责|单位(?:公章|盖章|负责|\(|（|[:：])|盖章|日期|时间[:：]|联系人[:：]|联系电话[:：]"
    r"|备注\d?[:：.、]|说明\d?[:：.、]|注\d?[:：.、]|注\s*\d|填写说明|移交单位|接收单位|移交人|接收人|监交|第.{1,4}页|以下空白|此页|续表|完$)"
)
SECTION = re.compile(
    r"^[（(][一二三四五六七八九十\d]{1,3}[)）]|^[一二三四五六七八九十]{1,3}[、.．]|^\d{1,2}、|^第[一二三四五六七八九十]+[部类批]"
)
SAMPLE = frozenset("例 示例 样例 范例 例如 例:".split())


class Kinds:
    """Tells the kinds of rows of one layout; made once, asked for every row."""

    def __init__(self, layout):
        self.identity = layout.fields.get("id_number", [None])[0]
        self.taken = tuple(match.index for match in layout.columns if match.field)
        self.headings = {match.index: heading_keys(match) for match in layout.columns if match.heading}
        self.titles = frozenset(key(title) for title in layout.titles)

    def of(self, cells):
        identity = self.identity
        if identity is not None and identity < len(cells):
            cell = cells[identity]
            if (type(cell) is str and len(cell) > 14 and cell[:6].isdigit()) or has_number(cell):
                return DATA
        filled = [(index, cell) for index, cell in enumerate(cells) if is_filled(cell)]
        if not filled:
            return BLANK
        return self.of_odd(filled)

    def of_odd(self, filled):
        """A row without a proper identity number."""
        first = "".join(as_text(filled[0][1]).split())
        taken = [pair for pair in filled if pair[0] in self.taken]
        if self.is_heading(filled) or (len(filled) <= 3 and key(as_text(filled[0][1])) in self.titles):
            return NOTE
        if self.is_aside(first, taken, filled):
            return NOTE
        if taken:
            return DATA
        # A serial number, or a formula that was drawn down too far, makes no person.
        return NOTE if any(len(as_text(cell)) > 8 and not as_text(cell).isdigit() for _, cell in filled) else BLANK

    def is_aside(self, first, taken, filled):
        """A total, a footer, the name of a section, the example of a template."""
        texts = ["".join(as_text(cell).split()) for _, cell in filled[:4]]
        if any(TOTAL.search(text) or FOOTER.search(text) for text in texts):
            return True
        if first in SAMPLE:
            return True
        return len(filled) == 1 and (bool(SECTION.search(first)) or (not taken and not first.isdigit()))

    def is_heading(self, filled):
        """The headings again, as on every printed page."""
        same = sum(key(as_text(cell)) in self.headings.get(index, ()) for index, cell in filled if type(cell) is str)
        return same >= 2 and same >= len(filled) * 0.6


def has_number(cell):
    """Something that was meant as an identity number."""
    return cell is not None and sum(character.isdigit() for character in as_text(cell)) >= 6


def heading_keys(match):
    keys = {key(part) for part in match.heading.split("／")} | {key(match.heading)}
    if match.field:
        keys.update(key(alias) for alias in BY_FIELD[match.field].aliases)
    return keys


def is_filled(cell):
    if cell is None or cell == "":
        return False
    return type(cell) is not str or not cell.isspace()


def classify_row(cells, layout):
    """The kind of one row. For many rows make one `Kinds`."""
    return Kinds(layout).of(cells)
