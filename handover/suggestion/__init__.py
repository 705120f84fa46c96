"""Which receiving area, street and community an address belongs to: a proposal with its reasons, never a decision."""

from handover.suggestion.gazetteer import Gazetteer, gazetteer_from_csv, places_from_csv
from handover.suggestion.model import Candidate, PersonSuggestion, Place, Span, Suggestion
from handover.suggestion.suggest import batch, suggest, suggest_for

__all__ = [
    "Candidate",
    "Gazetteer",
    "PersonSuggestion",
    "Place",
    "Span",
    "Suggestion",
    "batch",
    "gazetteer_from_csv",
    "places_from_csv",
    "suggest",
    "suggest_for",
]
