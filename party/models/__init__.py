from party.models.letters import Letter
from party.models.memberships import Membership
from party.models.notices import VoidNotice
from party.models.organisations import PartyOrganisation
from party.models.papers import MembershipPaper
from party.models.searches import SearchRecord

__all__ = ["Letter", "Membership", "MembershipPaper", "PartyOrganisation", "SearchRecord", "VoidNotice"]
