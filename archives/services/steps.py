"""Taking a step with dossiers, and what the step does beside the state."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from archives.models import Dossier, Shipment
from archives.services import findings, payments
from archives.states import BY_SHIPMENT, MACHINE, ON_ITS_SHIPMENT, WITH_ARCHIVE, State
from tracks.advancing import advance, lock_rows, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib.among import among
from weihai_transfer.lib.refusals import Refused

NOT_ALONE = "人事档案须装入批次、由专人移交，不得单独移交或由本人携带（二(四)）。请在档案批次中办理。"
# The archive's own acts while it checks a shipment: the first of them begins the check.
CHECKS = ("receive", "return", "report_lost")
# Facts that a step writes down with it.
WRITES = {"receive": ("condition",), "move": ("shelf",)}
# What a dossier gives up when it ends: `tracks.advancing.follow(act, Dossier, "end", ids, ENDING)`.
ENDING = {"office": None, "shipment": None, "line": None}


def preview(step_name, ids, *, actor, values=None):
    """What `take` would do, without doing it."""
    return may_move(Dossier, step_name, as_ids(ids), actor=actor, check=_check(step_name))


def _check(step_name):
    return payments.unpaid if step_name in ("receive", "turn_up") else None


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, values=None):
    """Take a step with every dossier of `ids` that may take it; returns tracks.advancing.Outcome.

    `values`: what the step asks for beside its reason: condition (receive), shelf (move), and the answers and
    documents of the leader's test (exempt, dispute, decide_…; see findings.py). Raises Refused and AlreadyDone.
    """
    step, ids = MACHINE[step_name], as_ids(ids)
    if step.name in BY_SHIPMENT:
        raise Refused(NOT_ALONE)
    check_reason(step, reason_code, reason)
    values = _checked(step, values or {})

    def work(act):
        _lock_shipments(step, ids)
        outcome = advance(
            act, Dossier, step.name, ids, actor=actor, values=_columns(step, values), check=_check(step.name)
        )
        findings.write(act, step, outcome.moved, values)
        if step.name in CHECKS:
            advance(act, Shipment, "start", _shipments_of(outcome.moved), actor=actor)
        if step.target == State.LOST:
            import_string(settings.LOST_DOSSIERS)(act, outcome.moved)
        return outcome

    kind = f"dossier.{step.name}"
    return carry_out(kind, work, actor=actor, reason_code=reason_code, reason=reason.strip(), key=key)


def _checked(step, values):
    if step.name == "move" and not values.get("shelf", "").strip():
        raise Refused("没有填写新的架位，没有移架。请填写库、区、列、架、层、位。")
    return findings.checked(step.name, values)


def _columns(step, values):
    """The dossier's own columns that the step sets."""
    columns = {name: values[name] for name in WRITES.get(step.name, ()) if values.get(name)}
    # Whoever sent a dossier back keeps the record of his act, not sight of the dossier.
    if step.target not in WITH_ARCHIVE:
        columns |= {"office": None}
    if step.target not in ON_ITS_SHIPMENT:
        columns |= {"shipment": None, "line": None, "condition": ""}
    return columns


def _lock_shipments(step, ids):
    # A shipment is locked before its dossiers, here and where it is sent, so that nobody waits in a circle.
    if step.name in CHECKS:
        lock_rows(Shipment, _shipments_of(ids))


def _shipments_of(ids):
    rows = QuerySet(Dossier).filter(pk__in=among(Dossier, ids), shipment__isnull=False)
    return list(rows.order_by().values_list("shipment", flat=True).distinct())
