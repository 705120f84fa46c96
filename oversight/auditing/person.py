"""One person's whole story: every operation that wrote a row of his, and every security event about him.

Fields are told by their names; of values only the states. Nothing is unsealed here: two versions are compared as stored.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from archives.models import ShipmentPaper
from audit import history
from audit.models import Operation, SecurityEvent
from handover.models import BatchPaper
from oversight import audit_words
from oversight.auditing import nouns, trails
from oversight.auditing.rows import Computed
from tracks.papers import Paper
from weihai_transfer.lib.words import Badge

ACT, READ = "act", "read"
KINDS = ((ACT, "办理"), (READ, "查阅"))
VERBS = {history.CREATED: "新建", history.REMOVED: "移除"}


@dataclass(frozen=True)
class Entry:
    pk: str
    at: datetime
    what: str
    actor_id: int | None
    kind: str
    sentence: str
    reason: str
    about: str = ""
    changes: tuple = field(default=())
    url: str = ""

    @property
    def badge(self):
        return Badge("办理", "done") if self.what == ACT else Badge("查阅", "away")


@dataclass
class Trail:
    """changes: {operation: [sentence]}; subjects: what the events about this person are filed under."""

    changes: dict
    subjects: dict


def trail_of(person):
    """As many queries as there are models that lead to a person, however much was done with him."""
    changes, subjects = defaultdict(list), {str(person): ""}
    for model in trails.leads():
        label, noun, before = model._meta.label, nouns.noun_of(model), {}
        key = model._meta.pk.attname
        for version in trails.versions_of(model, person).order_by("history_id").values():
            pk, kind = version[key], version["history_type"]
            subjects.setdefault(f"{label} {pk}", noun)
            _together(label, version, subjects)
            verb = VERBS.get(kind) or _told(model, before.get(pk), version)
            changes[version["operation_id"]].append(f"{noun}：{verb}")
            before[pk] = version
    return Trail(changes, subjects)


def _together(label, version, subjects):
    for model, column, what in trails.TOGETHER:
        if model == label and version[column] is not None:
            subjects.setdefault(f"{what} {version[column]}", "同批")


def _told(model, old, new):
    if old is None:
        return "修改"
    found = []
    for one in model._meta.concrete_fields:
        words = nouns.field_words(one)
        if words is None or _stored(old[one.attname]) == _stored(new[one.attname]):
            continue
        if one.name in nouns.VALUES_OF:
            labels = dict(one.flatchoices)
            words += f"由“{labels.get(old[one.attname], '—')}”改为“{labels.get(new[one.attname], '—')}”"
        found.append(words)
    return "、".join(found) or "内容未变"


def _stored(value):
    """PostgreSQL answers sealed bytes as a view, which equals no other."""
    return bytes(value) if isinstance(value, memoryview) else value


def story_of(person):
    """Everything, in one list; None when there never was such a person."""
    trail = trail_of(person)
    if not trail.changes:
        return None
    acts = [_act(one, trail) for one in Operation.objects.filter(pk__in=list(trail.changes))]
    return Computed([*acts, *(_read(one, trail) for one in events_about(trail))])


def events_about(trail):
    """Every event that names the person, one of his rows, an act that made his papers, or what he lies in with others."""
    made = Operation.objects.filter(pk__in=list(trail.changes), kind__endswith=".paper").values_list("pk", flat=True)
    # Papers that one act made for many people are downloaded together under the key of that act.
    of_papers = [f"{model._meta.label} {key}" for key in made for model in _paper_models()]
    return SecurityEvent.objects.filter(subject__in=[*trail.subjects, *of_papers])


def _paper_models():
    return [model for model in trails.leads() if issubclass(model, Paper)] + [BatchPaper, ShipmentPaper]


def _act(one, trail):
    return Entry(
        pk=str(one.pk),
        at=one.at,
        what=ACT,
        actor_id=one.actor_id,
        kind=one.kind,
        sentence=audit_words.of_operation(one),
        reason=audit_words.reason_of(one),
        changes=tuple(dict.fromkeys(trail.changes[one.pk])),
        url=reverse("oversight:audit_operation", args=[one.pk]),
    )


def _read(one, trail):
    return Entry(
        pk=str(one.pk),
        at=one.at,
        what=READ,
        actor_id=one.actor_id,
        kind=one.kind,
        sentence=audit_words.of_event(one),
        reason=one.reason,
        about=about(one, trail),
    )


def about(event, trail):
    """Which of his rows was read; what he shares with others is called so."""
    words = nouns.subject_words(event.subject)
    return f"{words}（含此人的整批）" if trail.subjects.get(event.subject) == "同批" else words
