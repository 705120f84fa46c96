"""Judging a column by what stands in it, and showing a few of its cells without giving personal data away."""

import re

from retirees.roster.cells import fits
from retirees.roster.columns import BY_FIELD, WEAK, is_sealed
from retirees.roster.dates import looks_like_date
from retirees.roster.heading_words import bare_key, key
from retirees.roster.ids import looks_like_id, valid_id
from retirees.roster.person_names import looks_like_name
from retirees.roster.phones import looks_like_phone
from retirees.roster.text import EMPTY, as_text
from weihai_transfer.lib import identity

SAMPLES = 3
ENOUGH = 3  # fewer cells prove nothing
LOOKS = {"id": looks_like_id, "phone": looks_like_phone, "date": looks_like_date, "name": looks_like_name}
NAMES = {"id": "身份证号", "phone": "电话号码", "date": "日期", "name": "姓名"}
DIGITS = re.compile(r"\d[\d -]{5,}[\dXx]")


def share(cells, test):
    return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0


def filled(cells):
    return [cell for cell in cells if cell is not None and as_text(cell).strip() not in EMPTY]


def doubts_about(field, cells):
    """Sentences for the user where the cells do not look like what the heading says."""
    shape = BY_FIELD[field].shape if field in BY_FIELD else ""
    cells = filled(cells)
    if len(cells) < ENOUGH or not shape:
        return ()
    if shape == "choice":
        if share(cells, lambda cell: fits(cell, choice_of(field))) < 0.5:
            return ("多数内容不在该项的可选范围内，可能是别的内容。请核对这一列。",)
        return ()
    if share(cells, LOOKS[shape]) >= 0.5 or (shape == "id" and share(cells, long_number) >= 0.5):
        return ()
    other = next((kind for kind in ("id", "phone", "date") if kind != shape and share(cells, LOOKS[kind]) >= 0.5), None)
    if other and (shape, other) != ("name", "date"):
        return (f"列名是{BY_FIELD[field].label}，内容像是{NAMES[other]}。请核对这一列。",)
    if shape in ("id", "date"):
        return (f"列名是{BY_FIELD[field].label}，多数内容不像{NAMES[shape]}。请核对这一列。",)
    return ()


def choice_of(field):
    return "political_status" if field == "party_member" else field


def long_number(cell):
    """A damaged identity number is still meant as one."""
    return len(re.sub(r"\D", "", as_text(cell))) >= 14 or "E+" in as_text(cell).upper()


def is_weak(heading, field, cells):
    """Whether a heading that can mean other things is contradicted by its cells."""
    if bare_key(heading) not in WEAK_KEYS:
        return False
    return bool(doubts_about(field, cells))


WEAK_KEYS = {key(word) for word in WEAK}


def guess(cells):
    """A column without a known heading: only identity and telephone numbers give themselves away."""
    cells = filled(cells)
    if len(cells) < ENOUGH:
        return None
    if share(cells, valid_id) >= 0.6:
        return "id_number"
    return "phone" if share(cells, looks_like_phone) >= 0.6 else None


def samples(cells, field):
    shown = []
    for cell in cells:
        text = as_text(cell).strip()
        if text and text not in shown:
            shown.append(text)
        if len(shown) == SAMPLES:
            break
    return tuple(masked(text, field) for text in shown)


def masked(text, field=None):
    """What may stand beside the sealed value: the shape of it, not the value."""
    text = " ".join(text.split())
    if field in BY_FIELD and BY_FIELD[field].shape == "date" and not looks_like_id(text):
        return text[:12]
    if field in ("id_number", "phone", "contact_phone") or DIGITS.search(text):
        return identity.mask_id(text) if len(re.sub(r"\W", "", text)) > 12 else identity.mask_phone(text)
    if field in ("hukou_address", "residence_address", "residence_elsewhere"):
        return identity.mask_address(text)
    if field and is_sealed(field):
        return text[:1] + "*" * min(len(text) - 1, 6)
    return text if len(text) <= 12 else text[:10] + "…"
