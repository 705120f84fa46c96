"""What people do with cases. Pages, commands and demo data call these and write nothing themselves."""

from handover.services.cases import preview, take
from handover.services.deaths import acknowledge, record_death

__all__ = ["acknowledge", "preview", "record_death", "take"]
