"""Identity numbers as they stand in a cell → 18 characters, or why not."""

import re

from retirees.codes import IdType
from retirees.roster.problems import found, noted
from retirees.roster.text import as_text, compact, is_broken
from weihai_transfer.lib import identity

CLEAN = re.compile(r"\d{17}[\dX]", re.A).fullmatch
FIFTEEN = re.compile(r"\d{15}", re.A).fullmatch
SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+", re.A).fullmatch
# A foreigner's permanent residence card: three letters and twelve digits.
FOREIGNER = re.compile(r"[A-Z]{3}\d{12}", re.A).fullmatch
CROSSES = str.maketrans("x×╳✕✖ΧХхχ＊﹡∗", "XXXXXXXXX***")
HYPHENS = re.compile(r"[-‐-―−_·.,，、:：]+")
PERMIT_PREFIXES = ("81", "82", "83")
OLDEST = 120


def id_cleaner(today):
    """The number of an identity card or residence permit. Returns a function raw → (number, findings)."""

    def clean(raw):
        if type(raw) is str and CLEAN(raw):
            return judged(raw, (), today)
        if is_broken(raw):
            return None, (found("broken_cell", shown=raw.text),)
        if type(raw) in (int, float) and raw:
            return from_number(raw, today)
        text = compact(as_text(raw))
        if not text.strip("0-—/\\无空") or text in ("未知", "不详", "暂无", "未填"):
            return None, ()
        if SCIENTIFIC(text):
            return None, (found("id_as_number"),)
        return from_text(text, as_text(raw), today)

    return clean


def from_number(raw, today):
    # Excel keeps fifteen digits of a number, so a longer one has already lost its end.
    if not 0 < raw < 10**15 or raw != int(raw):
        return None, (found("id_as_number"),)
    return from_text(str(int(raw)), str(int(raw)), today)


def from_text(text, before, today):
    number = HYPHENS.sub("", text.upper().translate(CROSSES))
    if "*" in number:
        return None, (found("id_masked"),)
    if FIFTEEN(number):
        return judged(identity.from_fifteen(number), (noted("id_fifteen", "15 位旧号码换算为 18 位"),), today)
    if FOREIGNER(number):
        return None, (found("id_of_foreigner"),)
    if len(number) != 18:
        return None, (found("id_length", length=len(number)),)
    for position, character in enumerate(number, 1):
        if not ("0" <= character <= "9" or (position == 18 and character == "X")):
            return None, (found("id_sign", position=position, shown=character),)
    changed = () if number == before else (noted("id_spelling", "去掉多余字符，统一为半角大写"),)
    return judged(number, changed, today)


def judged(number, findings, today):
    """A number of the right shape: its birth date, its check digit."""
    born = identity.birth_date(number)
    if born is None:
        return None, (found("id_birth"),)
    right = identity.check_digit(number[:17])
    if right != number[17]:
        return None, (found("id_check_zeros" if number.endswith("000") else "id_check_digit", right=right),)
    if born > today:
        return None, (found("id_future"),)
    if today.year - born.year > OLDEST:
        return None, (found("id_too_old"),)
    return number, findings


def permit_cleaner(today):
    """Residence permits of people from Hong Kong, Macao and Taiwan, where the row says so."""
    card = id_cleaner(today)

    def clean(raw):
        number, findings = card(raw)
        if number and not number.startswith(PERMIT_PREFIXES):
            return None, (found("id_not_permit"),)
        return number, findings

    return clean


def other_cleaner(today):
    """Passports and the like: nothing can be computed from them, so only their length is judged."""

    def clean(raw):
        if is_broken(raw):
            return None, (found("broken_cell", shown=raw.text),)
        before = as_text(raw)
        number = compact(before).upper()
        if SCIENTIFIC(number):
            return None, (found("id_as_number"),)
        if not number.strip("0-—/\\无"):
            return None, ()
        if not 5 <= len(number) <= 30:
            return None, (found("id_other_length", length=len(number)),)
        return number, () if number == before else (noted("id_spelling", "去掉多余字符，统一为半角大写"),)

    return clean


BY_TYPE = {
    IdType.IDENTITY_CARD.value: id_cleaner,
    IdType.RESIDENCE_PERMIT.value: permit_cleaner,
    IdType.OTHER.value: other_cleaner,
}


def is_permit(number):
    return number.startswith(PERMIT_PREFIXES)


def looks_like_id(cell):
    """For judging a column by its contents; does not say that the number is right."""
    text = compact(as_text(cell)).upper().translate(CROSSES)
    return bool(CLEAN(text) or (FIFTEEN(text) and identity.birth_date(text[:6] + "19" + text[6:] + "00")))


def valid_id(cell):
    return identity.is_valid(compact(as_text(cell)).upper().translate(CROSSES))
