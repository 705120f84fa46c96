"""Cleaners of single cells. Each `…_cleaner(today, …)` makes a function raw → (value, findings).

A value of None means an empty cell. A cleaner knows nothing of rows and columns.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from retirees.roster.choices import ACCEPTED, HEALTH, LABEL_OF, LABELS, YES_NO, coded
from retirees.roster.problems import found, noted, shortened
from retirees.roster.text import BROKEN, DITTO, EMPTY, SUSPECT, as_text, compact, is_broken, prose

CENT = Decimal("0.01")
NUMBER = re.compile(r"-?\d+(\.\d+)?|-?\.\d+", re.A).fullmatch
UNITS = re.compile(r"元/?(每?[人月年])*整?$|/[月年]$|元")
COUNT = re.compile(r"(\d{1,5})(\.0+)?[册卷本袋份盒]?", re.A).fullmatch
CHINESE_COUNT = {word: number for number, word in enumerate("零 一 二 三 四 五 六 七 八 九 十".split())} | {
    "两": 2,
    "壹": 1,
    "贰": 2,
}
PIECES = re.compile(r"[、,，;；/／\s+|。]+")
NOTHING = (None, ())
BETWEEN = re.compile(r"(?<=[\w）)])\s+(?=\w)")
NO_TEXT = EMPTY | DITTO | {"0"}


def broken(raw):
    return None, (found("broken_cell", shown=raw.text),)


def text_cleaner(today=None, limit=200):
    """Free text of at most `limit` characters."""

    def clean(raw):
        if type(raw) is str and len(raw) <= limit and not SUSPECT.search(raw) and raw[:1] != "-" and raw not in NO_TEXT:
            return raw, ()
        if raw is None:
            return NOTHING
        return clean_text(raw, limit)

    return clean


def clean_text(raw, limit):
    if is_broken(raw):
        return broken(raw)
    before = as_text(raw)
    if match := BROKEN.search(before.strip()):
        return None, (found("broken_cell", shown=match[0]),)
    text = prose(before)
    if text in EMPTY or text == "0":
        return NOTHING
    if before.strip() in DITTO:
        return None, (found("ditto", shown=before.strip()),)
    if len(text) > limit:
        return None, (found("too_long", length=len(text), limit=limit),)
    # A blank at either end is nobody's concern; anything else that changed is shown.
    return text, () if text == before.strip() else (noted("text_spelling", "去掉空格和不可见字符，数字字母统一为半角"),)


def unit_and_post_cleaner(today=None):
    """A blank between unit and post is the only thing that tells them apart."""
    text = text_cleaner(limit=200)

    def clean(raw):
        return text(BETWEEN.sub("/", raw)) if type(raw) is str else text(raw)

    return clean


def health_cleaner(today=None):
    """Free text; a bare 1 to 4 is the code of the provincial collection form."""
    text = text_cleaner(limit=200)

    def clean(raw):
        word = HEALTH.get(compact(as_text(raw))) if not is_broken(raw) else None
        return (word, (noted("code", "代码换为文字"),)) if word else text(raw)

    return clean


def choice_cleaner(today=None, field="", unclear="choice_unknown"):
    """One of a code list. What is not in it is an error, or a warning and empty where that harms nobody."""
    table, allowed = ACCEPTED[field], "、".join(LABELS[field])

    def clean(raw):
        if type(raw) is str and raw in table:
            return table[raw] or None, ()
        if is_broken(raw):
            return broken(raw)
        code = coded(raw, table)
        if code is None:
            return None, (found(unclear, shown=shortened(as_text(raw).strip()), allowed=allowed),)
        return code or None, ()

    return clean


def yes_no_cleaner(today=None):
    """True, False, or None where nothing is written."""

    def clean(raw):
        if raw is None or raw == "":
            return NOTHING
        if type(raw) is bool:
            return raw, ()
        if is_broken(raw):
            return broken(raw)
        text = compact(as_text(raw))
        answer = YES_NO.get(text)
        if answer is None and text not in EMPTY:
            return None, (found("choice_unknown", shown=shortened(text), allowed="是、否"),)
        return answer, ()

    return clean


def tick_cleaner(today=None):
    """Ticked or not; any word other than a denial ticks (劳模: 省级劳模)."""

    def clean(raw):
        if raw is None or raw == "":
            return NOTHING
        if is_broken(raw):
            return broken(raw)
        text = compact(as_text(raw))
        if text in EMPTY:
            return NOTHING
        answer = YES_NO.get(text)
        return True if answer is None else answer, ()

    return clean


def groups_cleaner(today=None, field="special_groups"):
    """Several groups in one cell → list of codes in the order of the code list."""
    table, allowed = ACCEPTED[field], "、".join(LABELS[field])

    def clean(raw):
        if raw is None or raw == "":
            return NOTHING
        if is_broken(raw):
            return broken(raw)
        codes, findings = [], []
        for piece in PIECES.split(as_text(raw)):
            code = coded(piece, table)
            if code:
                codes.append(code)
            elif code is None and YES_NO.get(compact(piece)) is not False and piece != "4":
                findings.append(found("special_unclear", shown=shortened(piece), allowed=allowed))
        return list(dict.fromkeys(codes)) or None, tuple(findings)

    return clean


def money_cleaner(today=None, limit=999_999_999, scale=1):
    """An amount in yuan, two decimals. `scale` is 10000 where the heading says 万元."""

    def clean(raw):
        if raw is None or raw == "":
            return NOTHING
        if is_broken(raw):
            return broken(raw)
        before = as_text(raw)
        text = compact(before).replace(",", "").lstrip("¥￥约人民币")
        if text in EMPTY:
            return NOTHING
        return amount(UNITS.sub("", text), before, limit, scale)

    return clean


def amount(text, before, limit, scale):
    if text.endswith("万"):
        text, scale = text[:-1], 10_000
    try:
        exact = Decimal(text) if NUMBER(text) or "e" in text.lower() else None
    except InvalidOperation:
        exact = None
    if exact is None:
        return None, (found("number_unreadable", shown=shortened(before.strip())),)
    exact *= scale
    if exact < 0:
        return None, (found("number_negative"),)
    if exact > limit:
        return None, (found("number_too_big", limit=limit),)
    value = exact.quantize(CENT, ROUND_HALF_UP)
    if abs(value - exact) > Decimal("0.000001"):
        return value, (noted("money_rounded", "四舍五入到分"),)
    return value, () if scale == 1 else (noted("money_unit", "万元换算为元"),)


def count_cleaner(today=None, limit=999):
    """A small whole number: 2, 2册, 两册."""

    def clean(raw):
        if raw is None or raw == "":
            return NOTHING
        if is_broken(raw):
            return broken(raw)
        before = as_text(raw)
        text = compact(before)
        if text in EMPTY or text == "0":
            return NOTHING
        match = COUNT(text)
        value = int(match[1]) if match else CHINESE_COUNT.get(text.rstrip("册卷本袋份盒"))
        if value is None:
            return None, (
                found("number_negative")
                if text[:1] == "-"
                else found("number_unreadable", shown=shortened(before.strip())),
            )
        if value > limit:
            return None, (found("number_too_big", limit=limit),)
        return value, ()

    return clean


def label_of(code):
    return LABEL_OF.get(code, code)


def fits(raw, field):
    """Whether a cell means something in a code list; for judging a column by its contents."""
    return coded(raw, ACCEPTED[field]) is not None
