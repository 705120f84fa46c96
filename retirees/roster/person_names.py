"""A person's name as it stands in a cell → the name on the identity card."""

import re

from retirees.roster.problems import found, noted, shortened
from retirees.roster.text import EMPTY, as_text, is_broken, prose

LIMIT = 60
# GB 18030 without signs: the ideograph blocks and the ideographic zero.
HAN = "\u3400-\u4dbf\u4e00-\u9fff〇\uf900-\ufaff\U00020000-\U0003ffff"
CLEAN = re.compile(r"[\u4e00-\u9fff]{2,4}").fullmatch
DOTS = re.compile(r"[•・．.‧∙⋅●ꞏ᛫·﹒･]")
BRACKET = re.compile(r"[(（\[【〔《<]([^)）\]】〕》>]*)[)）\]】〕》>]?")
DECEASED = re.compile("故|去世|死|亡|逝")
PLACEHOLDER = re.compile(r"[?？*＊□■◆�〓×]")
SEVERAL_SIGNS = re.compile(r"[、,，;；/／|]")
LATIN = re.compile("[A-Za-z]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\u2e80-\u2eff\u2f00-\u2fdf]")
ODD = re.compile(f"[^{HAN}·A-Za-z\ue000-\uf8ff\U000f0000-\U0010ffff\u2e80-\u2fdf]")


def name_cleaner(today=None):
    """raw → (name, findings)."""

    def clean(raw):
        if type(raw) is str and CLEAN(raw) and raw not in EMPTY:
            return raw, ()
        if is_broken(raw):
            return None, (found("broken_cell", shown=raw.text),)
        before = as_text(raw)
        text = prose(before)
        if text in EMPTY or not text.strip("0"):
            return None, ()
        return cleaned(text, before)

    return clean


def cleaned(text, before):
    findings = []
    if match := BRACKET.search(text):
        inner = match[1].strip()
        findings.append(found("name_deceased" if DECEASED.search(inner) else "name_bracket", shown=shortened(inner)))
        text = BRACKET.sub("", text)
    name = DOTS.sub("·", text if LATIN.search(text) else text.replace(" ", "")).strip("·- ")
    if fault := refused(name):
        return None, (*findings, fault)
    if name != before:
        findings.append(noted("name_spelling", "去掉空格和多余字符，间隔号统一为“·”"))
    findings.extend(doubts(name))
    return name, tuple(findings)


def refused(name):
    if not name:
        return found("missing")
    if any(character.isdigit() for character in name):
        return found("name_digits")
    for code, pattern in (("name_placeholder", PLACEHOLDER), ("name_several", SEVERAL_SIGNS)):
        if match := pattern.search(name):
            return found(code, shown=match[0])
    if len(name) > LIMIT:
        return found("too_long", length=len(name), limit=LIMIT)
    odd = ODD.search(name.replace(" ", "") if LATIN.search(name) else name)
    return found("name_odd_sign", shown=odd[0]) if odd else None


def doubts(name):
    if LATIN.search(name):
        yield found("name_latin")
    if PRIVATE.search(name):
        yield found("name_private")
    if len(name) == 1:
        yield found("name_short")
    elif len(name) > 15:
        yield found("name_long", length=len(name))


def looks_like_name(cell):
    return isinstance(cell, str) and bool(re.fullmatch(f"[{HAN}·• ]{{2,12}}", cell.strip()))
