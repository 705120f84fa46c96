"""What is done with memberships and letters; each verb takes many as it takes one.

take(step, ids, *, actor, reason_code, reason, key, targets, values) -> tracks.advancing.Outcome
"""

from party.services.receipts import preview_receipts, record_receipts
from party.services.steps import arrive, issue_letters, place, preview, refuse, take, void_and_reissue

__all__ = [
    "arrive",
    "issue_letters",
    "place",
    "preview",
    "preview_receipts",
    "record_receipts",
    "refuse",
    "take",
    "void_and_reissue",
]
