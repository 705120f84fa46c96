"""Sheets whose columns are laid down, one after the other: how a cell is read, and what is wrong with a row.

A sheet is read whole: every fault is told at once with its row and cell.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from retirees.roster.text import as_text
from weihai_transfer.lib.workbooks.facts import BrokenCell, cell_name
from weihai_transfer.lib.workbooks.faults import Fault

LOOKED_AT = 10
SPACES = re.compile(r"\s+")
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?").fullmatch
PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})").fullmatch
CENT = Decimal("0.01")


class Unreadable(ValueError):
    """Why a cell cannot be taken, as a sentence without its end."""


# --- cells


def text(limit, needed=False):
    def read(value):
        found = SPACES.sub(" ", as_text(value)).strip()
        if needed and not found:
            raise Unreadable("没有填写")
        if len(found) > limit:
            raise Unreadable(f"超过 {limit} 个字，请缩短")
        return found

    return read


def number(what, *, digits, unit, needed=False, positive=False):
    """A Decimal with at most two places and at most so many digits before them."""

    def read(value):
        if value in (None, ""):
            if needed:
                raise Unreadable(f"没有填写{what}")
            return None
        if isinstance(value, bool | date):
            raise Unreadable(f"不是{what}，请填写数字")
        try:
            found = Decimal(str(value).replace(",", "").replace("，", "").strip())
        except InvalidOperation:
            raise Unreadable(f"“{str(value)[:20]}”不是{what}，请填写数字，不带单位") from None
        if not found.is_finite() or found < 0 or (positive and found == 0):
            raise Unreadable(f"{what}{'须大于零' if positive else '不能小于零'}")
        if found >= Decimal(10) ** digits:
            raise Unreadable(f"{what}过大，请核对单位（{unit}）")
        if found != found.quantize(CENT):
            raise Unreadable(f"{what}最多两位小数")
        return found.quantize(CENT)

    return read


def day(needed=False):
    def read(value):
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        found = as_text(value).strip()
        if not found:
            if needed:
                raise Unreadable("没有填写")
            return None
        match = DAY(found) or PLAIN_DAY(found)
        try:
            return date(*map(int, match.groups()))
        except (AttributeError, ValueError):
            raise Unreadable(f"“{found[:20]}”不是日期，请按 2026-11-23 的格式填写") from None

    return read


# --- rows: `fields` have .heading and .read


def first(rows, most):
    """As many as are taken at once, with a little air for headings and one to tell that there are more."""
    for at, cells in rows:
        if at > most + LOOKED_AT + 1:
            return
        yield at, cells


def wrong_headings(at, cells, fields, heading):
    """What differs from the laid-down headings, column by column; `heading(cell)` makes spellings alike."""
    given = [heading(value) for value in cells] + [""] * len(fields)
    faults = []
    for column, (field, found) in enumerate(zip(fields, given, strict=False)):
        if found != field.heading:
            told = f"现为“{found[:20]}”" if found else "现为空"
            faults.append(Fault(at, cell_name(at, column), f"第 {column + 1} 列应为“{field.heading}”，{told}。"))
    return faults


def read_row(at, cells, fields):
    """([what each field reads, None where it could not], [Fault])."""
    values, faults = [], []
    cells = [*cells, *[None] * len(fields)]
    for column, (field, value) in enumerate(zip(fields, cells, strict=False)):
        try:
            if isinstance(value, BrokenCell):
                raise Unreadable(f"单元格显示为 {value.text}，不是数据")
            values.append(field.read(value))
        except Unreadable as trouble:
            values.append(None)
            faults.append(Fault(at, cell_name(at, column), f"{field.heading}：{trouble}。"))
    return values, faults
