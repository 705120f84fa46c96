"""The catalogue 人事档案目录 of one dossier as a workbook, out and in."""

import re

from archives.schemes import DEFAULT, schemes
from archives.services import catalogue
from retirees.roster.text import as_text
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.reading import open_uploaded
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

TITLE = "人事档案目录"
COLUMNS = (
    ("class_code", "类号", 10),
    ("title", "材料名称", 44),
    ("year", "材料制成时间（年）", 12),
    ("month", "材料制成时间（月）", 12),
    ("day", "材料制成时间（日）", 12),
    ("copies", "份数", 8),
    ("pages", "页数", 8),
    ("remark", "备注", 24),
)
NUMBERS = ("year", "month", "day", "copies", "pages")
# As other people's forms head the same columns.
ALIASES = {"年": "year", "月": "month", "日": "day", "材料制成时间": "year", "序号": ""}
MOST = 2_000


def write(target, materials):
    rows = ([getattr(one, name) for name, _, _ in COLUMNS] for one in materials)
    columns = [Column(label, width, "integer" if name in NUMBERS[3:] else "text") for name, label, width in COLUMNS]
    return write_table(target, [Sheet(TITLE, columns, rows, captions=(TITLE,))])


def read(path, filename, scheme=DEFAULT):
    """(rows, [Fault]) of an uploaded catalogue, all faults at once."""
    with open_uploaded(path, filename) as book:
        rows = [(number, [as_text(value).strip() for value in row]) for number, row in book.rows(0)]
    start, places = _headings(rows)
    if places is None:
        return [], [Fault(0, "", "没有找到表头。表头须有“类号”“材料名称”“份数”“页数”。请使用下载的目录格式。")]
    found, faults = [], []
    for number, cells in rows:
        if number <= start or not any(cells):
            continue
        values, wrong = _values(cells, places, scheme)
        faults += [Fault(number, "", sentence) for sentence in wrong or catalogue.faults(values)]
        found.append(values)
    if len(found) > MOST:
        faults.append(Fault(0, "", f"一卷目录最多 {MOST:,} 份材料。请核对文件。"))
    if not found and not faults:
        faults.append(Fault(0, "", "目录中没有材料。请填写后重新上传。"))
    return found, faults


def _headings(rows):
    """(row number of the last heading row, {field: column})."""
    labels = {label: name for name, label, _ in COLUMNS} | ALIASES
    places, start = {}, 0
    for number, cells in rows[:6]:
        here = {labels[cell]: at for at, cell in enumerate(cells) if labels.get(cell)}
        if {"class_code", "title"} <= set(here) or (places and here):
            places, start = places | here, number
        elif places:
            break
    return start, places if {"class_code", "title", "pages"} <= set(places) else None


def _values(cells, places, scheme):
    """({field: value}, faults) of one row."""
    values, wrong = {"scheme": scheme}, []
    labels = {name: label for name, label, _ in COLUMNS}
    for name in labels:
        at = places.get(name)
        text = cells[at] if at is not None and at < len(cells) else ""
        if name not in NUMBERS:
            values[name] = text
        elif text and not re.fullmatch(r"\d{1,4}", text, re.ASCII):
            wrong.append(f"{labels[name]}“{text[:12]}”不是整数。请改正。")
        else:
            values[name] = int(text) if text else None
    for name in ("copies", "pages"):
        if values.get(name) is None:
            values[name] = 1
        elif values[name] < 1:
            wrong.append(f"{labels[name]}须大于零。请改正。")
    return values, wrong


def known_schemes():
    return [(one.code, one.name) for one in schemes().values()]
