"""Sheets whose columns are found by their headings, wherever they stand and whatever stands beside them."""

from retirees.roster.heading_words import bare_key, key
from retirees.roster.text import as_text

LOOK_AT = 15


def known(names, aliases=None):
    """{a heading as it may be written: the name that it means}, for `find`."""
    return {key(name): name for name in names} | {key(alias): name for alias, name in (aliases or {}).items()}


def find(book, words, needed):
    """({name: column}, the rows below the headings) of the first sheet that has all the `needed` ones; None without."""
    for sheet in book.sheets:
        rows = iter(book.rows(sheet.index))
        if columns := _headings(rows, words, needed):
            return columns, rows
    return None


def _headings(rows, words, needed):
    """The rows are left standing behind their headings."""
    for _ in range(LOOK_AT):
        _, cells = next(rows, (0, None))
        if cells is None:
            return None
        found = {}
        for at, cell in enumerate(cells):
            text = as_text(cell)
            if name := words.get(key(text)) or words.get(bare_key(text)):
                found.setdefault(name, at)
        if set(needed) <= set(found):
            return found
    return None


def said(cells, columns):
    """{name: cell} of one row; None where the row ends before the column."""
    return {name: cells[at] if at < len(cells) else None for name, at in columns.items()}
