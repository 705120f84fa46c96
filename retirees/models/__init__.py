from retirees.models.facts import FACTS, SEALED, PersonFacts
from retirees.models.people import Retiree
from retirees.models.rosters import RememberedHeading, Roster, RosterRow

__all__ = ["FACTS", "SEALED", "PersonFacts", "RememberedHeading", "Retiree", "Roster", "RosterRow"]
