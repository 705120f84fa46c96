"""What a user did last, in words; his own acts only."""

from dataclasses import dataclass
from datetime import datetime

from audit.models import Operation
from oversight.audit_words import OPERATIONS, unit_of


@dataclass(frozen=True)
class Act:
    at: datetime
    words: str


def latest_of(user, how_many=8):
    rows = Operation.objects.filter(actor=user, rows__isnull=False).order_by("-at")[:how_many]
    return [Act(row.at, f"{OPERATIONS.get(row.kind, row.kind)}{_size(row)}") for row in rows]


def _size(row):
    moved = (row.outcome or {}).get("moved")
    count = len(moved) if isinstance(moved, list) else (row.outcome or {}).get("people")
    return f"，{count:,} {unit_of(row.kind)}" if count else ""
