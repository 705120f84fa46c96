"""What people type without seeing it: full-width signs, blanks of every kind, marks of Excel and of web pages."""

import html
import re
import unicodedata
from datetime import date, datetime, time

MIDNIGHT = time(0)
HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
# Brackets, commas and stops stay full-width in prose; letters, digits and the hyphen do not.
HALF_IN_PROSE = {code: half for code, half in HALF.items() if chr(code).isalnum() or chr(code) in "－／＃＋＠　"}

BLANK = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Zero width, soft hyphen, direction marks, variation selectors, byte order mark, other control characters.
INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
)
BLANKS = re.compile(f"[{BLANK}]+")
INVISIBLES = re.compile(f"[{INVISIBLE}]+")
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});|_x[0-9A-Fa-f]{4}_")
BLANK_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
# Kangxi radicals and compatibility ideographs look like the character that was meant (copied from a PDF).
LOOKALIKE = re.compile("[\u2f00-\u2fd5\uf900-\ufa0b\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff]")
# A formula prefix, or the ="…" with which a CSV keeps digits from becoming a number.
QUOTED = re.compile(r"""^=?"(.*)"$|^['‘’`]+(.*)$""", re.S)
FORMULA = re.compile(r"^[=+@\-]+")
BROKEN = re.compile(r"^#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)$|^#{3,}$|\ufffd|锟斤拷|烫烫烫")

SUSPECT = re.compile(f"[{BLANK}{INVISIBLE}０-９Ａ-Ｚａ-ｚ－／＃＋＠'\"‘’`<&_=+@#\ufffd锟烫\u2f00-\u2fd5\uf900-\ufaff]")

EMPTY = frozenset(
    "- -- --- — —— ――  – _ / // \\ . 、 无 空 未知 不详 不明 暂无 未填 N/A n/a NA NULL null None nan".split()
) | {""}
DITTO = frozenset("同上 同前 〃 ″ \" 〞 '' 同左 同右 见上".split())


def is_broken(cell):
    """A cell of the reader that stands for a formula error; everything else is a plain value."""
    return hasattr(cell, "text")


def as_text(cell):
    """The characters that the user sees in a cell."""
    if type(cell) is str:
        return cell
    if cell is None:
        return ""
    if type(cell) is bool:
        return "是" if cell else "否"
    if type(cell) is float:
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, (datetime, date)):
        whole_day = not isinstance(cell, datetime) or cell.time() == MIDNIGHT
        return cell.isoformat()[:10] if whole_day else cell.isoformat(" ")
    return cell.text if is_broken(cell) else str(cell)


def unquoted(text):
    match = QUOTED.match(text)
    return (match[1] if match[1] is not None else match[2]) if match else text


def compact(text):
    """For codes, numbers and choices: half-width, no blank and nothing invisible anywhere."""
    if text.isascii() and text.isalnum():
        return text
    text = INVISIBLES.sub("", text.translate(HALF))
    if "&" in text or "<" in text or "_x" in text:
        text = without_markup(text)
    return unquoted("".join(text.split()))


def without_markup(text):
    return MARKUP.sub(lambda match: html.unescape(match[0]) if match[0][0] == "&" else "", text)


def prose(text):
    """For names, addresses and remarks: only what cannot be meant is taken away."""
    text = without_markup(INVISIBLES.sub("", text))
    text = LOOKALIKE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text.translate(HALF_IN_PROSE))
    text = BLANK_BESIDE_CHINESE.sub("", BLANKS.sub(" ", text).strip())
    text = unquoted(text)
    return text if text in EMPTY else FORMULA.sub("", text).strip()
