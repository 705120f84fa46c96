"""What a user did last, in words; his own acts only."""

from dataclasses import dataclass
from datetime import datetime

from audit.models import Operation
from handover.states.cases import MACHINE

KINDS = {
    "roster.import": "导入花名册",
    "roster.withdraw": "撤回花名册",
    "retiree.correct": "更正人员信息",
    "retiree.death": "登记死亡",
    **{f"case.{step.name}": step.label for step in MACHINE.steps},
}


@dataclass(frozen=True)
class Act:
    at: datetime
    words: str


def latest_of(user, how_many=8):
    rows = Operation.objects.filter(actor=user, rows__isnull=False).order_by("-at")[:how_many]
    return [Act(row.at, f"{words_of(row.kind)}{_size(row)}") for row in rows]


def words_of(kind):
    return KINDS.get(kind, kind)


def _size(row):
    moved = (row.outcome or {}).get("moved")
    people = len(moved) if isinstance(moved, list) else (row.outcome or {}).get("people")
    return f"，{people:,} 人" if people else ""
