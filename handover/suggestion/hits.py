"""Every name in an address, with how strongly its surroundings say that the place is meant.

Strength is kept as odds: what the hit is worth against "nothing is meant", so that the odds of independent hits
multiply and the odds of rival places compare (see score.py).
"""

from dataclasses import dataclass
from itertools import pairwise

from handover.suggestion.gazetteer import Entry, Gazetteer
from handover.suggestion.localnames import Zone
from handover.suggestion.model import Place
from handover.suggestion.names import (
    COMMUNITY_SUFFIX,
    ESTATE,
    ESTATE_OTHER,
    LONGER_ROAD,
    RIGHT_EDGE,
    ROAD,
    ROAD_FOLLOWING,
    STREET_SUFFIX,
)

# A name may begin after one of these without any mark between.
_LEFT_EDGE = frozenset(
    "省市区县镇乡村道办处会社旗州号楼室栋幢单元路街巷段院内部委组队厂司校原住址在于归属辖系籍地为是至到由庄疃"
)

STREET_EXPLICIT, STREET_OTHER_KIND, STREET_BARE, STREET_BARE_COMMON, STREET_VAGUE = 60.0, 40.0, 7.0, 2.5, 0.4
STREET_AS_COMMUNITY, STREET_AS_ESTATE = 0.8, 0.3
COMMUNITY_EXACT, COMMUNITY_EXACT_SHORT = 30.0, 20.0
COMMUNITY_SWAPPED, COMMUNITY_SWAPPED_SHORT = 14.0, 8.0
COMMUNITY_BARE = {2: 2.5, 3: 7.0}
COMMUNITY_BARE_LONG = 12.0
COMMUNITY_ESTATE, COMMUNITY_ESTATE_SHORT, COMMUNITY_IN_OTHER_NAME = 1.0, 0.5, 0.05
COMMON_WORD = 0.3
# Unknown words follow a bare name: 颐和公馆 is hardly 颐和. A road behind it is the usual order of an address.
UNCLEAR_RIGHT, UNCLEAR_RIGHT_SHORT, ROAD_FOLLOWS = 1 / 6, 1 / 12, 1 / 3
# Below this a street or community hit only lists a candidate.
FIRM = 5.0


@dataclass(slots=True)
class Hit:
    start: int
    end: int
    place: Place
    odds: float
    explicit: bool
    former: bool


@dataclass(slots=True)
class Mark:
    """An area, a zone, the city itself, or a division elsewhere."""

    start: int
    end: int
    kind: str
    target: Place | Zone | str
    complete: bool
    former: bool


def scan(text: str, gazetteer: Gazetteer) -> list[tuple[int, int, tuple[Entry, ...]]]:
    index = gazetteer.index
    found = []
    for start, pair in enumerate(pairwise(text)):
        shelf = index.get(pair[0] + pair[1])
        if shelf:
            found += [(start, start + len(name), entries) for name, entries in shelf if text.startswith(name, start)]
    return found


class Reader:
    """Reads the raw finds of one address; keeps the positions at which names begin and end."""

    def __init__(self, text: str, found: list[tuple[int, int, tuple[Entry, ...]]]) -> None:
        self.text = text
        self.found = found
        self.starts = {start for start, _, _ in found}
        self.ends = {end for _, end, _ in found}

    def left_edge(self, start: int) -> bool:
        if start == 0 or start in self.ends:
            return True
        before = self.text[start - 1]
        return before in _LEFT_EDGE or not "一" <= before <= "龥"

    def former(self, start: int) -> bool:
        return start > 0 and self.text[start - 1] == "原"

    def _closes_an_estate_name(self, start: int, name: str) -> bool:
        """花园 in 望海花园, though 望海 is a community's name too."""
        if start == 0 or not ESTATE_OTHER.fullmatch(name):
            return False
        before = self.text[start - 1]
        return before not in _LEFT_EDGE and "一" <= before <= "龥"

    def read(self) -> tuple[list[Mark], list[Hit]]:
        marks: list[Mark] = []
        hits: list[Hit] = []
        for start, end, entries in self.found:
            tail = Tail(self.text, end, end in self.starts)
            left = self.left_edge(start)
            for entry in entries:
                kind = entry.form.kind
                if kind in ("area", "zone", "city", "elsewhere"):
                    if mark := self._mark(start, end, entry, tail, left):
                        marks.append(mark)
                elif hit := self._hit(start, end, entry, tail, left):
                    hits.append(hit)
        return _longest(marks, hits)

    def _mark(self, start: int, end: int, entry: Entry, tail: "Tail", left: bool) -> Mark | None:
        form = entry.form
        if tail.road or (not form.complete and (not left or tail.part_of_other_name)):
            return None
        if len(form.text) <= 3 and not left:
            return None
        if form.kind == "zone" and not form.complete and LONGER_ROAD.match(self.text, end):
            return None
        if form.text.endswith("市") and self.text.startswith("场", end):
            return None
        return Mark(start, end, form.kind, entry.target, form.complete, self.former(start))

    def _hit(self, start: int, end: int, entry: Entry, tail: "Tail", left: bool) -> Hit | None:
        place: Place = entry.target
        odds, stop, explicit = (_street if place.level == "street" else _community)(entry, tail)
        if odds == 0.0:
            return None
        if left and not explicit and self._closes_an_estate_name(start, entry.form.text):
            left = False
        if not left:
            odds *= _INSIDE_WORD[explicit, len(entry.form.text) > 2, place.level == "street"]
        return Hit(start, stop, place, odds, explicit, self.former(start))


# Without an edge before it, a name is probably the end of a longer one: 李大庄村 is not 大庄村.
_INSIDE_WORD = {
    (True, True, True): 0.5,
    (True, False, True): 0.15,
    (True, True, False): 0.15,
    (True, False, False): 0.03,
    (False, True, True): 0.1,
    (False, False, True): 0.02,
    (False, True, False): 0.02,
    (False, False, False): 0.02,
}


class Tail:
    """What stands behind a name; each question is asked once for all places that share the name."""

    __slots__ = (
        "building",
        "community",
        "end",
        "estate",
        "long_other",
        "other",
        "right",
        "road",
        "road_follows",
        "street",
    )

    def __init__(self, text: str, end: int, name_follows: bool) -> None:
        self.end = end
        self.community = COMMUNITY_SUFFIX.match(text, end)
        self.street = STREET_SUFFIX.match(text, end)
        self.road = ROAD.match(text, end) is not None
        self.estate = ESTATE.match(text, end) is not None
        other = ESTATE_OTHER.match(text, end)
        self.other = other is not None
        self.long_other = other is not None and other.end() - end > 1
        self.building = self.long_other and not name_follows
        self.road_follows = ROAD_FOLLOWING.match(text, end) is not None
        self.right = name_follows or RIGHT_EDGE.match(text, end) is not None

    @property
    def part_of_other_name(self) -> bool:
        """Asked for areas: 文登花园 is an estate, but 荣成港湾 is 荣成 and then a street."""
        return self.community is not None or self.estate or self.building


def _street(entry: Entry, tail: Tail) -> tuple[float, int, bool]:
    form, end = entry.form, tail.end
    if tail.street:
        same = tail.street.lastgroup == form.kind
        return (STREET_EXPLICIT if same else STREET_OTHER_KIND), tail.street.end(), True
    if form.complete:
        return STREET_OTHER_KIND, end, True
    if not form.open or tail.road:
        return 0.0, end, False
    if tail.community:
        return STREET_AS_COMMUNITY, end, False
    if tail.estate or tail.other:
        return STREET_AS_ESTATE, end, False
    if form.vague:
        return STREET_VAGUE, end, False
    return (STREET_BARE_COMMON if form.common else STREET_BARE), end, False


def _community(entry: Entry, tail: Tail) -> tuple[float, int, bool]:
    form, end = entry.form, tail.end
    long = len(form.text) > 2
    exact = COMMUNITY_EXACT if long else COMMUNITY_EXACT_SHORT
    if tail.community:
        same = tail.community.lastgroup in (form.kind, "both") or form.complete
        swapped = COMMUNITY_SWAPPED if long else COMMUNITY_SWAPPED_SHORT
        return (exact if same else swapped), tail.community.end(), True
    if tail.road or tail.street:
        return 0.0, end, False
    if form.complete:
        return exact, end, True
    if not form.open:
        return 0.0, end, False
    return _bare_community(entry, tail), end, False


def _bare_community(entry: Entry, tail: Tail) -> float:
    text = entry.form.text
    if tail.estate:
        odds = COMMUNITY_ESTATE if len(text) > 2 else COMMUNITY_ESTATE_SHORT
    elif tail.long_other or (tail.other and not tail.right):
        odds = COMMUNITY_IN_OTHER_NAME
    else:
        odds = COMMUNITY_BARE.get(len(text), COMMUNITY_BARE_LONG)
        if not tail.right:
            unclear = UNCLEAR_RIGHT if len(text) > 2 else UNCLEAR_RIGHT_SHORT
            odds *= ROAD_FOLLOWS if tail.road_follows else unclear
    return odds * (COMMON_WORD if entry.form.common else 1.0)


def _longest(marks: list[Mark], hits: list[Hit]) -> tuple[list[Mark], list[Hit]]:
    """Without the names that lie inside a longer one (文登 in 文登营镇) or run into a full one (乳山寨 in 乳山寨前村)."""
    full = [(hit.start, hit.end) for hit in hits if hit.explicit and hit.odds > FIRM]
    hits = [hit for hit in hits if hit.explicit or not any(hit.start < first < hit.end < last for first, last in full)]
    spans = {(one.start, one.end) for one in (*marks, *hits)}
    if len(spans) < 2:
        return marks, hits
    inner = {
        (start, end)
        for start, end in spans
        for first, last in spans
        if first <= start and end <= last and last - first > end - start
    }
    return [one for one in marks if (one.start, one.end) not in inner], [
        one for one in hits if (one.start, one.end) not in inner
    ]
