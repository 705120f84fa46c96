"""What is done with dossiers, shipments and fees; each verb takes many as it takes one.

take(step, ids, *, actor, reason_code, reason, key, values) -> tracks.advancing.Outcome
"""

from archives.services.facts import may_record, preview_record, record
from archives.services.packing import pack, preview_pack, preview_unpack, unpack
from archives.services.steps import ENDING, preview, take

__all__ = [
    "ENDING",
    "may_record",
    "pack",
    "preview",
    "preview_pack",
    "preview_record",
    "preview_unpack",
    "record",
    "take",
    "unpack",
]
