from retirees.models.facts import FACTS, SEALED, PersonFacts
from retirees.models.forecast import ExpectedRetirement
from retirees.models.people import Retiree
from retirees.models.rosters import RememberedHeading, Roster, RosterRow

__all__ = [
    "FACTS",
    "SEALED",
    "ExpectedRetirement",
    "PersonFacts",
    "RememberedHeading",
    "Retiree",
    "Roster",
    "RosterRow",
]
