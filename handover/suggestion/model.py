"""What goes in and what comes out. Plain values, so that the matcher knows neither the database nor the pages."""

from dataclasses import dataclass, replace
from typing import Literal

Level = Literal["area", "street", "community"]
Outcome = Literal["matched", "ambiguous", "area_only", "outside", "nothing"]
Basis = Literal["declared", "residence", "hukou", ""]


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the official divisions.

    `receiver_code` names the receiving area (HC, WD, NH …), which is not always the statistical parent.
    """

    code: str
    name: str
    level: Level
    parent_code: str
    receiver_code: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Where a matched word stands in the address as it was typed: `address[start:end]`."""

    start: int
    end: int
    level: Level


@dataclass(frozen=True, slots=True)
class Candidate:
    area: str
    street: str
    community: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal for a person to confirm; a level that the address does not decide is None, never a guess."""

    address: str
    area: str | None = None
    street: str | None = None
    community: str | None = None
    confidence: float = 0.0
    words: tuple[str, ...] = ()
    outside: bool = False
    candidates: tuple[Candidate, ...] = ()
    spans: tuple[Span, ...] = ()
    outcome: Outcome = "nothing"

    def capped(self, ceiling: float) -> "Suggestion":
        return self if self.confidence <= ceiling else replace(self, confidence=ceiling)


@dataclass(frozen=True, slots=True)
class PersonSuggestion:
    """The suggestion for one person, which of the three texts it rests on, and what each text said by itself."""

    suggestion: Suggestion
    basis: Basis
    sources: dict[str, Suggestion]
    agree: bool | None
