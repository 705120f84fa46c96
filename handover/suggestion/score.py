"""From hits to streets: each street's odds, as the product of what speaks for it and against it."""

from collections import defaultdict
from dataclasses import dataclass, field

from handover.suggestion.gazetteer import Gazetteer
from handover.suggestion.hits import FIRM, Hit, Mark
from handover.suggestion.localnames import FORMER_PARENTS, LEGAL_PARENT, WITHIN, Zone
from handover.suggestion.outside import receiver_of

AREA_SAME, AREA_LEGALLY, AREA_FORMERLY, AREA_NEIGHBOUR = 3.0, 1.2, 1.2, 0.15
# 文登区靠山村 may be a village of 初村镇, which left 文登; with no town named that is a weak guess.
AREA_FORMERLY_BY_VILLAGE = 0.35
AREA_CONFLICT_STREET, AREA_CONFLICT = 0.05, 0.02
CITY_NAMED, NOTHING_NAMED = 1.3, 0.4
ZONE_INSIDE, ZONE_OUTSIDE = 3.0, 0.05
# Another street is written out in full, so that a community elsewhere is probably a namesake.
OTHER_STREET_NAMED = 0.5


@dataclass(slots=True)
class Context:
    named: frozenset[str]
    weihai: bool
    zones: tuple[Zone, ...]


@dataclass(slots=True)
class Hypothesis:
    street: str
    street_odds: float = 0.0
    street_explicit: bool = False
    communities: dict[str, float] = field(default_factory=dict)
    odds: float = 0.0

    @property
    def best_community(self) -> float:
        return max(self.communities.values(), default=0.0)


def context_of(marks: list[Mark], weihai: bool) -> Context:
    named = {receiver_of(mark) for mark in marks if not mark.former}
    for wide, narrow in WITHIN.items():
        if wide in named and named.intersection(narrow):
            named.discard(wide)
    zones = tuple(mark.target for mark in marks if isinstance(mark.target, Zone) and mark.target.streets)
    return Context(frozenset(named), weihai, zones)


def hypotheses(hits: list[Hit], context: Context, gazetteer: Gazetteer) -> list[Hypothesis]:
    """Best first."""
    found: dict[str, Hypothesis] = {}
    present = any(hit.explicit and not hit.former and hit.place.level == "street" for hit in hits)
    for hit in hits:
        place = hit.place
        street = place.code if place.level == "street" else place.parent_code
        one = found.setdefault(street, Hypothesis(street))
        if place.level == "community":
            one.communities[place.code] = max(one.communities.get(place.code, 0.0), hit.odds)
            continue
        odds = hit.odds
        if hit.former:
            # 原宋村镇: the former name, worth nothing beside the present one.
            odds = 1.0 if present else odds * 0.5
        one.street_odds = max(one.street_odds, odds)
        one.street_explicit |= hit.explicit and odds > FIRM
    named_streets = {one.street for one in found.values() if one.street_explicit}
    for one in found.values():
        one.odds = _odds(one, context, gazetteer, bool(named_streets - {one.street}))
    return sorted(found.values(), key=lambda one: -one.odds)


def _odds(one: Hypothesis, context: Context, gazetteer: Gazetteer, other_named: bool) -> float:
    odds = one.best_community or 1.0
    if one.street_odds:
        # A weak community beside a named street is no evidence against it.
        odds = one.street_odds * max(odds, 1.0)
    odds *= _area_factor(one, context, gazetteer)
    for zone in context.zones:
        odds *= ZONE_INSIDE if one.street in zone.streets else ZONE_OUTSIDE
    if other_named and not one.street_explicit:
        odds *= OTHER_STREET_NAMED
    return odds


def _area_factor(one: Hypothesis, context: Context, gazetteer: Gazetteer) -> float:
    named = context.named
    if not named:
        return CITY_NAMED if context.weihai else NOTHING_NAMED
    direct = gazetteer.direct.get(one.street, frozenset())
    if named & direct:
        return AREA_SAME
    if any(gazetteer.communities[code].receiver_code in named for code in one.communities):
        return AREA_SAME
    if named.intersection(FORMER_PARENTS.get(one.street, ())):
        return AREA_FORMERLY if one.street_odds else AREA_FORMERLY_BY_VILLAGE
    if any(LEGAL_PARENT.get(receiver) in named for receiver in direct):
        return AREA_LEGALLY
    if named & gazetteer.partial.get(one.street, set()):
        return AREA_LEGALLY
    if "HC" in direct and named.intersection(LEGAL_PARENT):
        return AREA_NEIGHBOUR
    return AREA_CONFLICT_STREET if one.street_explicit else AREA_CONFLICT


def shares(ranked: list[Hypothesis]) -> dict[str, float]:
    """Each street's share of belief; what is left over belongs to "none of them"."""
    total = 1.0 + sum(one.odds for one in ranked)
    return {one.street: one.odds / total for one in ranked}


def community_of(one: Hypothesis) -> str | None:
    """The community of the chosen street, if exactly one is meant."""
    if not one.communities:
        return None
    by_odds: dict[float, list[str]] = defaultdict(list)
    for code, odds in one.communities.items():
        by_odds[odds].append(code)
    best, *rest = sorted(by_odds, reverse=True)
    if len(by_odds[best]) > 1 or best < 2.0 or (rest and rest[0] * 1.8 > best):
        return None
    return by_odds[best][0]
