from party.models.letters import Letter
from party.models.memberships import Membership

__all__ = ["Letter", "Membership"]
