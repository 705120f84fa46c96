"""The story of one row, told from its history: who, for which office, did what, why, and what changed."""

from dataclasses import dataclass
from datetime import datetime

from audit.history import CREATED, history_of


@dataclass(frozen=True)
class Change:
    label: str
    before: object
    after: object


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    office: str
    position: str
    sentence: str
    reason: str = ""
    changes: tuple = ()
    meaning: str = ""

    @property
    def when(self):
        return self.at


def versions(model, joined=(), **chosen):
    """(version, the one before it) for each stored version of the chosen object, oldest first."""
    rows = history_of(model).objects.filter(**chosen).select_related("operation", *joined)
    before = None
    for row in rows.order_by("history_date", "history_id"):
        # An object that was removed and registered again begins anew.
        before = None if row.history_type == CREATED else before
        yield row, before
        before = row


def changes(row, before, labels):
    """What differs between two versions, under the given {field: label}; nothing for a first version."""
    if before is None:
        return ()
    found = ((label, _words(before, name), _words(row, name)) for name, label in labels.items())
    return tuple(Change(label, old, new) for label, old, new in found if old != new)


def entry(operation, sentence, *, reason="", changes=(), meaning=""):
    return Entry(
        operation.at,
        operation.actor_name,
        operation.office,
        operation.position,
        sentence,
        reason,
        tuple(changes),
        meaning,
    )


def paper_sentence(row, before):
    """What was done with a paper (tracks.papers), told from two versions of it."""
    name = f"{row.get_kind_display()}{f'（{row.number}）' if row.number else ''}"
    if before is None and row.template:
        return f"生成{name}。"
    return f"上传{name}{'的扫描件' if row.template else ''}。"


def step_of(machine, track, operation):
    """The step that an operation “dossier.send” stands for on the track “dossier”; None when it was no step of it."""
    kind, _, name = operation.kind.partition(".")
    return machine.by_name.get(name) if kind == track else None


def _words(row, name):
    spoken = getattr(row, f"get_{name}_display", None)
    value = spoken() if spoken else getattr(row, name)
    return None if value is None else str(value) if hasattr(value, "_meta") else value
