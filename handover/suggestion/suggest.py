"""The proposal for one address, for many, and for one person with two addresses and a declared receiver."""

from collections.abc import Iterable
from dataclasses import replace

from handover.suggestion.gazetteer import Gazetteer
from handover.suggestion.hits import Hit, Mark, Reader, scan
from handover.suggestion.model import Basis, Candidate, PersonSuggestion, Span, Suggestion
from handover.suggestion.normalise import normalise
from handover.suggestion.outside import area_marks, says_weihai, scope_of
from handover.suggestion.score import Hypothesis, community_of, context_of, hypotheses, shares

# A street is proposed when it is likelier than not to be right by this much, and clearly likelier than the next one.
STREET_SHARE, STREET_LEAD = 0.45, 1.8
# Another street with a claim of this size keeps the answer below the figure at which people stop looking.
RIVAL_SHARE, RIVALLED = 0.05, 0.89
CANDIDATE_SHARE, CANDIDATES = 0.02, 5
AREA_BY_NAME, AREA_BY_CANDIDATES = 0.4, 0.3
# An address is a line of text; whatever is longer is read up to here.
LONGEST = 300


def suggest(address: str | None, gazetteer: Gazetteer) -> Suggestion:
    address = address or ""
    text, places = normalise(address[:LONGEST])
    marks, hits = Reader(text, scan(text, gazetteer)).read()
    scope = scope_of(text, marks, hits)
    if scope.outside:
        words = tuple(text[start:end] for start, end in scope.words)
        return Suggestion(address, words=words, outside=True, outcome="outside")
    areas = area_marks(marks, scope)
    hits = [hit for hit in hits if scope.start <= hit.start < scope.end]
    ranked = hypotheses(hits, context_of(areas, says_weihai(text, marks)), gazetteer)
    suggestion = _decide(address, ranked, areas, gazetteer).capped(scope.ceiling)
    return _with_words(suggestion, text, places, areas, hits)


def batch(addresses: Iterable[str | None], gazetteer: Gazetteer) -> list[Suggestion]:
    return [suggest(address, gazetteer) for address in addresses]


def _decide(address: str, ranked: list[Hypothesis], areas: list[Mark], gazetteer: Gazetteer) -> Suggestion:
    share = shares(ranked)
    listed = _candidates(ranked, share, gazetteer)
    if ranked and _clear(ranked, share):
        best = ranked[0]
        community = community_of(best)
        receiver = gazetteer.streets[best.street].receiver_code
        if community:
            receiver = gazetteer.communities[community].receiver_code
        rivalled = len(ranked) > 1 and share[ranked[1].street] >= RIVAL_SHARE
        return Suggestion(
            address,
            area=gazetteer.area_of(receiver),
            street=best.street,
            community=community,
            confidence=min(round(share[best.street], 3), RIVALLED if rivalled else 1.0),
            candidates=listed if len(listed) > 1 else (),
            outcome="matched",
        )
    return _area_only(address, areas, listed, gazetteer)


def _clear(ranked: list[Hypothesis], share: dict[str, float]) -> bool:
    best = ranked[0]
    if share[best.street] < STREET_SHARE:
        return False
    return len(ranked) == 1 or best.odds >= STREET_LEAD * ranked[1].odds


def _candidates(ranked: list[Hypothesis], share: dict[str, float], gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    listed = []
    for one in ranked[:CANDIDATES]:
        if share[one.street] < CANDIDATE_SHARE:
            continue
        community = community_of(one) or (next(iter(one.communities)) if len(one.communities) == 1 else None)
        place = gazetteer.communities.get(community) or gazetteer.streets[one.street]
        area = gazetteer.area_of(place.receiver_code)
        listed.append(Candidate(area or "", one.street, community, round(share[one.street], 3)))
    return tuple(listed)


def _area_only(address: str, areas: list[Mark], listed: tuple[Candidate, ...], gazetteer: Gazetteer) -> Suggestion:
    named = context_of(areas, False).named
    outcome = "ambiguous" if listed else "area_only"
    if len(named) == 1:
        area = gazetteer.area_of(next(iter(named)))
        return Suggestion(address, area=area, confidence=AREA_BY_NAME, candidates=listed, outcome=outcome)
    common = {candidate.area for candidate in listed}
    if not named and len(common) == 1:
        area = next(iter(common)) or None
        return Suggestion(address, area=area, confidence=AREA_BY_CANDIDATES, candidates=listed, outcome=outcome)
    return Suggestion(address, candidates=listed, outcome="ambiguous" if listed or named else "nothing")


def _with_words(suggestion: Suggestion, text: str, places: list[int], areas: list[Mark], hits: list[Hit]) -> Suggestion:
    """Only the words that led to the result, or to one of the candidates when there is none."""
    streets = {suggestion.street} if suggestion.street else {one.street for one in suggestion.candidates}
    found = {(mark.start, mark.end, "area") for mark in areas}
    for hit in hits:
        place = hit.place
        if place.level == "street" and place.code in streets:
            found.add((hit.start, hit.end, "street"))
        elif place.level == "community" and place.parent_code in streets:
            chosen = suggestion.community in (None, place.code)
            if chosen and hit.odds >= 0.2:
                found.add((hit.start, hit.end, "community"))
    ordered = sorted(found)
    return replace(
        suggestion,
        words=tuple(dict.fromkeys(text[start:end] for start, end, _ in ordered)),
        spans=tuple(Span(places[start], places[end - 1] + 1, level) for start, end, level in ordered),
    )


# What the person or the enterprise declared stands first; then, by 二(二) of the policy, where he lives and where he
# is registered.
ORDER: tuple[Basis, ...] = ("declared", "residence", "hukou")
SECOND_SOURCE, SECOND_SOURCE_OTHER_AREA = 0.85, 0.6


def suggest_for(residence: str, hukou: str, declared_text: str, gazetteer: Gazetteer) -> PersonSuggestion:
    texts = dict(zip(ORDER, (declared_text, residence, hukou), strict=True))
    sources = {basis: suggest(text, gazetteer) for basis, text in texts.items() if text and text.strip()}
    streets = {one.street for one in sources.values() if one.street}
    agree = len(streets) == 1 if sum(one.street is not None for one in sources.values()) > 1 else None
    for basis in ORDER:
        one = sources.get(basis)
        if one is None:
            continue
        if one.street is None and basis == "declared":
            one = _declared_with_addresses(one, sources)
        if one.street:
            return PersonSuggestion(_behind(one, basis, sources), basis, sources, agree)
    basis = next((basis for basis in ORDER if basis in sources and sources[basis].area), "")
    basis = basis or next((basis for basis in ORDER if basis in sources), "")
    return PersonSuggestion(sources[basis] if basis else Suggestion(""), basis, sources, agree)


def _declared_with_addresses(declared: Suggestion, sources: dict[str, Suggestion]) -> Suggestion:
    """观海社区 alone is in four streets; the person's own address may say which."""
    for basis in ("residence", "hukou"):
        address = sources.get(basis)
        if address is None or address.street is None:
            continue
        for candidate in declared.candidates:
            if candidate.street == address.street:
                return replace(
                    declared,
                    area=candidate.area or None,
                    street=candidate.street,
                    community=candidate.community,
                    confidence=min(SECOND_SOURCE, address.confidence),
                    outcome="matched",
                )
    return declared


def _behind(one: Suggestion, basis: Basis, sources: dict[str, Suggestion]) -> Suggestion:
    """A later text is less sure when an earlier one said something else or lies outside the city."""
    for earlier in ORDER[: ORDER.index(basis)]:
        before = sources.get(earlier)
        if before is None:
            continue
        other = before.outside or (before.area is not None and before.area != one.area)
        one = one.capped(SECOND_SOURCE_OTHER_AREA if other else SECOND_SOURCE)
    return one
