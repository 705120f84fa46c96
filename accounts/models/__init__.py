from accounts.models.grants import EnterpriseGrant, OfficeGrant
from accounts.models.parameters import Holiday, Parameter
from accounts.models.places import Enterprise, Office, OfficeAlias, ReceiverLink
from accounts.models.stages import Stage, StageTarget
from accounts.models.users import User

__all__ = [
    "Enterprise",
    "EnterpriseGrant",
    "Holiday",
    "Office",
    "OfficeAlias",
    "OfficeGrant",
    "Parameter",
    "ReceiverLink",
    "Stage",
    "StageTarget",
    "User",
]
