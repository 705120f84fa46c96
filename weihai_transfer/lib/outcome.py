"""What a bulk step did, in the shape that `_refused.html` prints."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Group:
    reason: str
    count: int
    rows: list = field(default_factory=list)

    @property
    def more(self):
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Outcome:
    moved: int
    refused: list = field(default_factory=list)
    unit: str = "人"

    @property
    def refused_count(self):
        return sum(group.count for group in self.refused)

    @classmethod
    def of(cls, moved, refusals, *, unit="人", shown=50):
        """`refusals` are (reason, label, url) for each row that stayed; the largest group comes first."""
        found = {}
        for reason, label, url in refusals:
            found.setdefault(reason, []).append((label, url))
        groups = [Group(reason, len(rows), rows[:shown]) for reason, rows in found.items()]
        return cls(moved, sorted(groups, key=lambda group: -group.count), unit)
