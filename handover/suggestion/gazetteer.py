"""The divisions, arranged so that one pass over an address finds every name in it."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from handover.suggestion.localnames import (
    AREA_SPELLINGS,
    COMMUNITY_SPELLINGS,
    COUNTY_ZONE_TAILS,
    COUNTY_ZONES,
    RECEIVER_BY_COMMUNITY,
    RECEIVER_BY_STREET,
    STREET_SPELLINGS,
    ZONES,
)
from handover.suggestion.model import Place
from handover.suggestion.names import Form, community_forms, street_forms

CITY_SPELLINGS = ("威海市", "威海")
_ELSEWHERE = Path(__file__).with_name("elsewhere.csv")
_COUNTRIES = ("韩国", "日本", "美国", "加拿大", "澳大利亚", "新加坡")
# Old words for the neighbour that Weihai belonged to until 1987, and one county name still common in hukou books.
_OLD_NEIGHBOURS = (("city", "烟台地区"), ("near", "牟平县"), ("near", "掖县"), ("near", "黄县"), ("near", "文登地区"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the index: `target` is a Place, a Zone, or the level of a division elsewhere."""

    form: Form
    target: object


class Gazetteer:
    def __init__(self, places: Iterable[Place]) -> None:
        self.areas: dict[str, Place] = {}
        self.streets: dict[str, Place] = {}
        self.communities: dict[str, Place] = {}
        shelves = {"area": self.areas, "street": self.streets, "community": self.communities}
        for place in places:
            shelves[place.level][place.code] = place
        self.area_by_receiver = {area.receiver_code: area.code for area in self.areas.values()}
        self._relate_receivers()
        names: dict[str, list[Entry]] = defaultdict(list)
        self._add_areas(names)
        self._add_streets(names)
        self._add_communities(names)
        _add_elsewhere(names)
        self.index: dict[str, list[tuple[str, tuple[Entry, ...]]]] = defaultdict(list)
        for text, entries in sorted(names.items(), key=lambda item: -len(item[0])):
            self.index[text[:2]].append((text, tuple(entries)))
        self.index.default_factory = None

    def area_of(self, receiver_code: str) -> str | None:
        return self.area_by_receiver.get(receiver_code)

    def _relate_receivers(self) -> None:
        """Per street: who receives it, who holds it in the statistics, and who receives single villages of it."""
        self.direct: dict[str, frozenset[str]] = {}
        self.partial: dict[str, set[str]] = defaultdict(set)
        for street in self.streets.values():
            parent = self.areas.get(street.parent_code)
            holders = {street.receiver_code} | ({parent.receiver_code} if parent else set())
            self.direct[street.code] = frozenset(holders)
        for community in self.communities.values():
            self.partial[community.parent_code].add(community.receiver_code)

    def _add_areas(self, names: dict[str, list[Entry]]) -> None:
        for area in self.areas.values():
            spellings = {area.name, *area.aliases, *AREA_SPELLINGS.get(area.receiver_code, ())}
            for stem in COUNTY_ZONES.get(area.receiver_code, ()):
                spellings |= {f"{stem}{mark}{tail}" for mark in ("", "区", "市") for tail in COUNTY_ZONE_TAILS}
            for text in spellings:
                # An alias list may carry codes of the past beside names.
                if len(text) >= 2 and not text.isascii():
                    names[text].append(Entry(Form(text, "area", complete=text[-1] in "区市县"), area))
        for zone in ZONES:
            for text in zone.names:
                complete = text[-1] in "区镇道处办"
                names[text].append(Entry(Form(text, "zone", complete=complete), zone))
        for text in CITY_SPELLINGS:
            names[text].append(Entry(Form(text, "city", complete=text.endswith("市")), "威海"))

    def _add_streets(self, names: dict[str, list[Entry]]) -> None:
        for street in self.streets.values():
            for name in (street.name, *street.aliases):
                for form in street_forms(name):
                    names[form.text].append(Entry(form, street))
            for text in STREET_SPELLINGS.get(street.code, ()):
                names[text].append(Entry(Form(text, "street", complete=True), street))

    def _add_communities(self, names: dict[str, list[Entry]]) -> None:
        for community in self.communities.values():
            prefixes = self._prefixes(community)
            seen = set()
            for name in (community.name, *community.aliases, *COMMUNITY_SPELLINGS.get(community.code, ())):
                for form in community_forms(name, prefixes):
                    if form.text not in seen:
                        seen.add(form.text)
                        names[form.text].append(Entry(form, community))

    def _prefixes(self, community: Place) -> tuple[str, ...]:
        street = self.streets.get(community.parent_code)
        if street is None:
            return ()
        stem = street_forms(street.name)[0].text
        areas = tuple(sorted((area.name for area in self.areas.values()), key=len, reverse=True))
        return (*areas, f"{stem}街道办事处", f"{stem}街道", f"{stem}镇")


def _add_elsewhere(names: dict[str, list[Entry]]) -> None:
    """Divisions outside Weihai, full (strong) and without 市, 省, 区 (weak: only at the head of an address)."""
    with _ELSEWHERE.open(encoding="utf-8", newline="") as file:
        rows = [(row["level"], row["name"]) for row in csv.DictReader(file)]
    short: dict[str, str] = {}
    for level, name in (*rows, *_OLD_NEIGHBOURS, *(("city", name) for name in _COUNTRIES)):
        names[name].append(Entry(Form(name, "elsewhere", complete=True), level))
        stem = re.sub(r"(?:省|市|区|县|地区|盟|(?:壮族|回族|维吾尔)?自治区|特别行政区|[一-龥]*族自治州)$", "", name)
        if level != "county" and len(stem) >= 2 and stem != name:
            short.setdefault(stem, level)
    for stem, level in short.items():
        names[stem].append(Entry(Form(stem, "elsewhere"), level))


def gazetteer_from_csv(folder: str | Path) -> Gazetteer:
    """From weihai-divisions.csv, weihai-communities.csv and weihai-receiving-units.csv in `folder`."""
    return Gazetteer(places_from_csv(folder))


def places_from_csv(folder: str | Path) -> list[Place]:
    folder = Path(folder)
    units = _rows(folder / "weihai-receiving-units.csv")
    by_stats = {row["stats_code"]: row["code"] for row in units if row["stats_code"]}
    places = [_area(row) for row in units]
    streets: dict[str, str] = {}
    for row in _rows(folder / "weihai-divisions.csv"):
        if row["level"] == "street":
            receiver = RECEIVER_BY_STREET.get(row["code"]) or by_stats[row["parent_code"]]
            streets[row["code"]] = receiver
            places.append(Place(row["code"], row["name"], "street", row["parent_code"], receiver))
    for row in _rows(folder / "weihai-communities.csv"):
        receiver = RECEIVER_BY_COMMUNITY.get(row["code"]) or streets[row["parent_code"]]
        places.append(Place(row["code"], row["name"], "community", row["parent_code"], receiver))
    return places


def _area(row: dict[str, str]) -> Place:
    aliases = (row["short_name"], *row["aliases"].split("|"))
    return Place(row["stats_code"] or row["code"], row["name"], "area", "", row["code"], aliases)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
