"""What is done with memberships and letters; each verb takes many as it takes one.

take(step, ids, *, actor, reason_code, reason, key, targets, values) -> tracks.advancing.Outcome
"""

from party.services.endings import end_by_closing, end_by_death
from party.services.notices import note
from party.services.receipts import preview_receipts, record_receipts
from party.services.searches import record_facts, record_search
from party.services.steps import (
    arrive,
    issue_letters,
    issue_outside,
    place,
    preview,
    refuse,
    take,
    void_and_reissue,
)

__all__ = [
    "arrive",
    "end_by_closing",
    "end_by_death",
    "issue_letters",
    "issue_outside",
    "note",
    "place",
    "preview",
    "preview_receipts",
    "record_facts",
    "record_receipts",
    "record_search",
    "refuse",
    "take",
    "void_and_reissue",
]
