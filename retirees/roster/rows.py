"""A row of the sheet → the facts of a person, every mistake in it at once, and every normalisation.

100,000 rows of 30 columns must not take longer than a person waits: what repeats is looked up, what is
clean already is only recognised as such.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from retirees.roster import agreement, assembly, row_kinds
from retirees.roster.cells import NUMBER, label_of, money_cleaner, text_cleaner
from retirees.roster.columns import BY_FIELD, REQUIRED, is_sealed
from retirees.roster.contents import masked
from retirees.roster.ids import BY_TYPE
from retirees.roster.problems import ERROR, NOTE, Note, Problem, found
from retirees.roster.row_kinds import DATA, Kinds
from retirees.roster.text import as_text, compact

# Values of these are nearly all different, so remembering them would only cost memory.
UNREPEATED = frozenset(
    "name id_number phone contact_name contact_phone hukou_address residence_address residence_elsewhere "
    "dossier_number remark".split()
)
REMEMBERED_VALUES = 8192
WHOLE_ROW = frozenset(["address_missing"])
CARD = agreement.CARD


@dataclass(slots=True)
class CleanRow:
    """`values`: field of PersonFacts → value, only what the row fills; everything else keeps its default."""

    number: int
    kind: str
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    where: dict = field(default_factory=dict, repr=False, compare=False)
    sheet: str = ""

    @property
    def is_data(self):
        return self.kind == DATA

    @property
    def has_errors(self):
        return any(problem.severity == ERROR for problem in self.problems)

    def label(self, name):
        return self.where[name][1] if name in self.where else BY_FIELD[name].label

    def has_problem(self, name, code=None):
        return any(problem.field == name and code in (None, problem.code) for problem in self.problems)

    def say(self, name, code, **facts):
        self.add(name, found(code, **facts))

    def add(self, name, *findings, index=None, label=None):
        if name and label is None:
            index, label = self.where.get(name) or (None, BY_FIELD[name].label)
        for severity, code, text in findings:
            if severity == NOTE:
                self.notes.append(Note(index, label, name, "", "", text))
                continue
            message = f"第 {self.number} 行{'' if code in WHOLE_ROW else label}{text}"
            self.problems.append(Problem(index, label or "", name, code, severity, message))

    def note(self, name, before, after, message):
        index, label = self.where.get(name) or (None, BY_FIELD[name].label)
        if is_sealed(name):
            before, after = masked(before, name), masked(after, name)
        self.notes.append(Note(index, label, name, before[:60], after[:60], message))

    def note_filled(self, name, after):
        """Only where the sheet has the column and left it blank."""
        if name in self.where and not self.has_problem(name):
            self.note(name, "", after, "按身份证号补填")


class Cleaner:
    """Cleans the rows of one layout, in their order."""

    def __init__(self, layout, today=None, merged=()):
        self.today = today or date.today()
        self.sheet, self.kinds = layout.sheet, Kinds(layout)
        self.where, self.steps, self.identity_at = {}, [], None
        self.needed = [column.field for column in REQUIRED if column.field != "id_number"]
        for match in layout.columns:
            if match.field:
                self.prepare(match)
        # The kind of document decides how its number is read.
        self.identity = {kind: make(self.today) for kind, make in BY_TYPE.items()}
        fields = set(layout.fields)
        self.assembly = [step for wanted, step in assembly.STEPS if wanted & fields]
        self.carried = Carried(merged, layout.data_from)

    def prepare(self, match):
        column, place = match.column, (match.index, match.label)
        self.where.setdefault(column.field, place)
        for fact in column.fills:
            self.where.setdefault(fact, place)
        if column.field == "id_number":
            self.identity_at = match.index
            return
        make = column.cleaner
        if make.func is money_cleaner:
            make = partial(make, scale=match.scale)
        clean = item_cleaner(match.label) if column.field == "out_of_pool_item" else make(self.today)
        memory = None if column.field in UNREPEATED else {}
        self.steps.append((match.index, column.field, clean, memory, column.several, place))

    def clean(self, number, cells):
        if self.carried:
            cells = self.carried.filled(number, cells)
        kind = self.kinds.of(cells)
        row = CleanRow(number, kind, where=self.where, sheet=self.sheet)
        if kind != DATA:
            return row
        parts = self.read(row, cells)
        self.read_identity(row, cells)
        self.settle(row, parts)
        return row

    def read(self, row, cells):
        values, parts, width = row.values, {}, len(cells)
        for index, name, clean, memory, several, place in self.steps:
            if index >= width:
                continue
            raw = cells[index]
            if raw is None or raw == "":
                continue
            # 1, 1.0 and True are one key of a dictionary, so only texts and dates are remembered.
            if memory is not None and type(raw) in (str, datetime, date):
                answer = memory.get(raw)
                if answer is None:
                    if len(memory) >= REMEMBERED_VALUES:
                        memory.clear()
                    answer = memory[raw] = clean(raw)
            else:
                answer = clean(raw)
            value, findings = answer
            if findings:
                self.tell(row, name, place, raw, value, findings)
            if value is None:
                continue
            target = parts if name in assembly.PARTS else values
            if several and (name in target or name == "out_of_pool_item"):
                value = together(target.get(name), value, name)
                if type(value) is str and name != "phone" and len(value) > LIMITS[name]:
                    row.add(name, found("too_long", length=len(value), limit=LIMITS[name]))
                    continue
            target[name] = value
        return parts

    def tell(self, row, name, place, raw, value, findings):
        index, label = place
        for finding in findings:
            if finding.severity != NOTE:
                row.add(name, finding, index=index, label=label)
                continue
            before, after = as_text(raw), label_of(value) if type(value) is str else str(value)
            if is_sealed(name):
                before, after = masked(before, name), masked(after, name)
            row.notes.append(Note(index, label, name, before[:60], after[:60], finding.text))

    def read_identity(self, row, cells):
        at = self.identity_at
        raw = cells[at] if at is not None and at < len(cells) else None
        number, findings = self.identity[row.values.get("id_type", CARD)](raw)
        if number is not None:
            row.values["id_number"] = number
        elif not findings:
            findings = (found("missing"),)
        if findings:
            place = self.where.get("id_number") or (None, BY_FIELD["id_number"].label)
            self.tell(row, "id_number", place, raw, number, findings)

    def settle(self, row, parts):
        values = row.values
        for step in self.assembly:
            if parts and not step_is_idle(step, parts):
                step(row, parts)
        if "died_on" in values or "survival" in values or "is_alive" in parts or "is_dead" in parts or row.problems:
            assembly.survival(row, parts)
        agreement.check(row, self.today)
        for name in self.needed:
            if name not in values and not row.has_problem(name):
                row.say(name, "missing")


def step_is_idle(step, parts):
    """A step whose columns are all blank in this row has nothing to put together."""
    return IDLE[step].isdisjoint(parts)


IDLE = {step: wanted for wanted, step in assembly.STEPS}
LIMITS = {"post": 80, "title": 80, "party_branch": 120, "out_of_pool_items": 200, "remark": 1000}


def together(before, value, name):
    """Two columns for one fact: 职务 and 岗位, 备注 and 说明."""
    if name == "out_of_pool_item":
        return [*(before or ()), value]
    if type(value) is list:
        return list(dict.fromkeys([*before, *value]))
    if name == "phone":
        return "、".join(dict.fromkeys([*before.split("、"), *value.split("、")]))
    return before if value in before else f"{before}、{value}"


def item_cleaner(heading):
    """A column of its own for one out-of-pool item: 统筹外供暖费补贴 | 1600 → 供暖费补贴1600元."""
    name = compact(heading).removeprefix("统筹外").split("(")[0]
    text, money = text_cleaner(limit=60), money_cleaner()

    def clean(raw):
        if NUMBER(compact(as_text(raw)).replace(",", "")):
            amount, findings = money(raw)
            return (f"{name}{amount.normalize():f}元" if amount else None), findings
        words, findings = text(raw)
        return (f"{name}{words}" if words else None), findings

    return clean


class Carried:
    """A cell merged down over several people holds its value in the first row only."""

    def __init__(self, merged, data_from):
        self.starts, self.rows, self.held = {}, {}, {}
        for top, left, bottom, right in merged:
            if left == right and bottom > top >= data_from:
                self.starts.setdefault(top, []).append((left, bottom))
                for number in range(top + 1, bottom + 1):
                    self.rows.setdefault(number, []).append((left, top))

    def __bool__(self):
        return bool(self.rows)

    def filled(self, number, cells):
        for index, _ in self.starts.get(number, ()):
            self.held[index] = cells[index] if index < len(cells) else None
        for index, _ in self.rows.get(number, ()):
            if any(row_kinds.is_filled(cell) for cell in cells):
                cells = [*cells, *[None] * (index + 1 - len(cells))]
                if not row_kinds.is_filled(cells[index]):
                    cells[index] = self.held.get(index)
        return cells


class Duplicates:
    """The same identity number twice in one upload: the first row stays, every later one names it.

    `key` turns a number into what is remembered of it; by default the number itself. Rows with other mistakes
    count as well: a corrected row must not collide with its twin at the next upload.
    """

    def __init__(self, key=None):
        self.key = key or (lambda number: number)
        self.first = {}

    def look(self, row):
        """Adds the problem to a row whose number was there before; answers the row."""
        number = row.values.get("id_number")
        if number is None:
            return row
        place = (row.sheet, row.number)
        first = self.first.setdefault(self.key(number), place)
        if first is not place:
            sheet, at = first
            named = f"第 {at} 行" if sheet == row.sheet else f"工作表“{sheet}”第 {at} 行"
            row.add("id_number", found("duplicate_in_file", first=named))
        return row
