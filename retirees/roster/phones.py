"""Telephone numbers as they stand in a cell → one or several, joined by 、."""

import re

from retirees.roster.ids import looks_like_id
from retirees.roster.problems import found, noted
from retirees.roster.text import EMPTY, as_text, compact, is_broken

LIMIT = 60
MOBILE = re.compile(r"1[3-9]\d{9}", re.A).fullmatch
LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))?([2-9]\d{6,7})(?:[-转](\d{1,6}))?", re.A).fullmatch
# A bracketed or hyphenated area code: (0631)5231234, 0631-5231234.
AREA = re.compile(r"\(?\b(0\d{2,3})\)?[- ]*(?=[2-9]\d{6,7}(?!\d))", re.A)
EXTENSION = re.compile(r"(?<=\d)(?:转|分机|ext\.?)(\d{1,6})", re.I)
COUNTRY = re.compile(r"(?<!\d)(?:\+?0{0,2}86-?)(?=1[3-9]\d{9}|0?\d{2,3}-?[2-9]\d{6})")
ZERO_MOBILE = re.compile(r"(?<!\d)0(?=1[3-9]\d{9}(?!\d))")
GROUPED_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[- ](\d{4})[- ](\d{4})(?!\d)")
TWO_MOBILES = re.compile(r"(?<!\d)(1[3-9]\d{9})(1[3-9]\d{9})(?!\d)")
NUMBERS = re.compile(r"\+?\d[\d-]*")
SPLIT = re.compile(r"[、,，;；/／\\\s|或和及]+")
ABROAD = re.compile(r"(?:\+|00)\d{7,15}", re.A).fullmatch


def phone_cleaner(today=None):
    """raw → (numbers joined by 、, findings)."""

    def clean(raw):
        if type(raw) is str and MOBILE(raw):
            return raw, ()
        if raw is None:
            return None, ()
        if is_broken(raw):
            return None, (found("broken_cell", shown=raw.text),)
        before = as_text(raw)
        if compact(before) in EMPTY or not compact(before).strip("0-"):
            return None, ()
        if len(before.split()) == 1 and looks_like_id(before):
            return None, (found("phone_is_id"),)
        return several(before)

    return clean


def several(before):
    spelled, words = spell_out(before)
    numbers = list(dict.fromkeys(spelled))
    if not numbers:
        return None, (found("phone_none"),)
    findings = [found("phone_with_words")] if words else []
    many = len(numbers) > 1
    for position, number in enumerate(numbers, 1):
        if fault := judged(number, f"第 {position} 个号码" if many else ""):
            findings.append(fault)
    value = "、".join(numbers)
    if len(value) > LIMIT:
        return None, (found("too_long", length=len(value), limit=LIMIT),)
    if value != before.strip() and not words:
        findings.append(noted("phone_spelling", "统一号码写法"))
    return value, tuple(findings)


def spell_out(before):
    """All numbers in a cell, and whether words stand beside them."""
    text = " ".join(compact(piece) for piece in SPLIT.split(GROUPED_MOBILE.sub(r"\1\2\3", half(before))) if piece)
    text = COUNTRY.sub("", EXTENSION.sub(r"转\1", text))
    text = AREA.sub(r"\1-", TWO_MOBILES.sub(r"\1 \2", ZERO_MOBILE.sub("", text)))
    marked = text.replace("转", "-")
    numbers = [number.rstrip("-") for number in NUMBERS.findall(marked)]
    rest = NUMBERS.sub("", marked)
    return [number for number in numbers if sum(c.isdigit() for c in number) >= 3], bool(
        re.search(r"[^\s()（）.:：+-]", rest)
    )


def half(text):
    """Half-width, but keeping blanks, which may stand between two numbers."""
    return " ".join(compact(piece) for piece in text.split())


def judged(number, which):
    digits = number.replace("-", "")
    if MOBILE(digits) or ABROAD(number) or LANDLINE(landline(number)) or re.fullmatch("[48]00\\d{7}", digits):
        return None
    which = which or "号码"
    if len(digits) < 7 or (digits.startswith("1") and len(digits) < 11):
        return found("phone_short", which=which, length=len(digits))
    if len(digits) > 11:
        return found("phone_long", which=which, length=len(digits))
    return found("phone_odd", which=which)


def landline(number):
    area, dash, rest = number.partition("-")
    return area + rest if area.startswith("0") else number


def looks_like_phone(cell):
    text = compact(as_text(cell))
    return bool(MOBILE(text) or re.fullmatch(r"0\d{2,3}-?[2-9]\d{6,7}", text))
