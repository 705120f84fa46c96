"""The history of a place or an account as a timeline: one moment for each operation, with what it changed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from accounts.acts import LABELS
from accounts.duties import POSITIONS, Place
from accounts.models import Enterprise, EnterpriseGrant, Office, OfficeAlias, OfficeGrant, ReceiverLink
from accounts.scope import CITY_WIDE
from audit import history
from audit.models import Operation

# Spelled out by other fields of the same row.
NOT_SAID = ("path",)


@dataclass(frozen=True)
class Change:
    label: str
    before: object
    after: object


@dataclass
class Moment:
    when: datetime
    who: str
    office: str
    sentence: str
    reason: str
    changes: list = field(default_factory=list)


def of_office(office):
    return _moments(
        history.history_of(Office).objects.filter(id=office.pk),
        history.history_of(OfficeAlias).objects.filter(office_id=office.pk),
        history.history_of(ReceiverLink).objects.filter(office_id=office.pk),
    )


def of_enterprise(enterprise):
    return _moments(history.history_of(Enterprise).objects.filter(id=enterprise.pk))


def of_parameters():
    """The operations that set parameters and days, newest first."""
    kinds = [kind for kind in LABELS if kind.startswith(("parameter.", "holiday."))]
    return [_moment(one) for one in Operation.objects.filter(kind__in=kinds).order_by("-at")[:50]]


def of_stages():
    return [
        _moment(one)
        for one in Operation.objects.filter(kind__in=("stage.set", "stage.set_target")).order_by("-at")[:50]
    ]


def of_user(user):
    """All that was done with an account: its positions, and its opening, stopping and passwords."""
    kinds = [kind for kind in LABELS if kind.startswith(("user.", "accounts."))]
    return [_moment(one) for one in Operation.objects.filter(kind__in=kinds, outcome__user=user.pk).order_by("-at")]


def _moment(one):
    about = (one.outcome or {}).get("about")
    label = LABELS.get(one.kind, one.kind)
    return Moment(one.at, one.actor_name, one.office, f"{label}：{about}" if about else label, one.reason)


def _moments(*trails):
    found, operations = defaultdict(list), {}
    for trail in trails:
        before = {}
        for version in trail.select_related("operation").order_by("history_id"):
            operations[version.operation_id] = version.operation
            if version.history_type == history.CHANGED and version.id in before:
                found[version.operation_id] += _changes(before[version.id], version)
            before[version.id] = version
    moments = []
    for one in sorted(operations.values(), key=lambda operation: operation.at, reverse=True):
        moment = _moment(one)
        moment.changes = found[one.pk]
        moments.append(moment)
    return moments


def _changes(before, after):
    model = type(after).instance_type
    for one in model._meta.concrete_fields:
        old, new = getattr(before, one.attname), getattr(after, one.attname)
        if old != new and one.name not in NOT_SAID:
            yield Change(one.verbose_name, _said(one, old), _said(one, new))


def _said(one, value):
    if one.remote_field and value is not None:
        return str(one.remote_field.model._base_manager.filter(pk=value).first() or value)
    return dict(one.flatchoices).get(value, value)


@dataclass
class Ground:
    """One post of a user and how he came by it: this is why he sees what he sees."""

    position: object
    place: object
    giver: str
    given: datetime
    basis: str

    @property
    def place_kind(self):
        return self.place._meta.model_name

    @property
    def duties(self):
        return "、".join(duty.label for duty in self.position.duties)

    @property
    def reach(self):
        if self.place_kind == Place.ENTERPRISE:
            return f"{self.place}及其下级企业"
        return "全市" if self.place.kind in CITY_WIDE else f"{self.place}及其下级单位"


def grounds_of(user):
    found = {}
    for grants in (EnterpriseGrant, OfficeGrant):
        rows = grants.objects.filter(user=user).select_related("content_object")
        trail = history.history_of(grants).objects.filter(user_id=user.pk, history_type=history.CREATED)
        given = {row.id: row.operation for row in trail.select_related("operation")}
        for row in rows.order_by("content_object__path", "position", "pk"):
            by = given[row.pk]
            ground = Ground(POSITIONS[row.position], row.content_object, by.actor_name, by.at, by.reason)
            found.setdefault((row.position, row.content_object), ground)
    return list(found.values())
