"""What is done with a shipment; its dossiers move with it, all in one operation."""

from django.db.models import Count, Q, QuerySet

from accounts.duties import Duty
from accounts.models.places import OfficeKind
from accounts.scope import reach_of
from archives.models import Dossier, Shipment
from archives.services import numbering
from archives.shipment_states import MACHINE, State
from archives.states import State as DossierState
from audit.operations import operation
from tracks.advancing import NOT_YOURS, UNSEEN, advance, lock_rows, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

TOGETHER = "批次中有 {count:,} 卷档案不能随批次办理，整批没有{label}。其中：{sentence}"
FIXED = "批次“{state}”，移交人和封签不能再改。需要更正的，请先撤回批次。"
CARRYING = (
    "way",
    "carrier",
    "carrier_unit",
    "carrier_phone",
    "second_carrier",
    "second_unit",
    "second_phone",
    "seal_number",
    "planned_on",
    "note",
)


def open_shipment(enterprise, addressee, *, actor, values=None, key=None):
    """A new shipment in packing."""
    if enterprise.pk not in reach_of(actor, Duty.SUBMIT).enterprises:
        raise Refused("您不能为所选企业建立批次。请选择本企业。")
    if addressee.kind != OfficeKind.ARCHIVE or not addressee.active:
        raise Refused(
            "所选单位不是在用的档案管理机构，没有建立批次。人事档案须移交档案管理机构（二(四)），请重新选择。"
        )
    with operation("shipment.open", actor=actor, key=key) as act:
        return numbering.new_shipment(act, enterprise, addressee, **(values or {}))


def describe(pk, values, *, actor, key=None):
    """Write down carriers, seal and plan while the shipment is being packed."""
    with operation("shipment.describe", actor=actor, key=key) as act:
        lock_rows(Shipment, [pk])
        row = Shipment.objects.open_to(actor, Duty.SUBMIT).filter(pk=pk).first()
        if row is None:
            raise Refused(UNSEEN if not Shipment.objects.visible_to(actor).filter(pk=pk).exists() else NOT_YOURS)
        if row.state != State.PACKING:
            raise Refused(FIXED.format(state=row.get_state_display()))
        for name in CARRYING:
            setattr(row, name, values[name])
        # Read back as they are stored: telephones are sealed.
        act.change(Shipment, [pk], **{name: row.__dict__[name] for name in CARRYING})


def preview(step_name, ids, *, actor):
    return may_move(Shipment, step_name, as_ids(ids), actor=actor)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, values=None):
    """Take a step with every shipment of `ids` that may take it; returns tracks.advancing.Outcome.

    `values`: sent_on (send), signed_on and signed_by (sign), confirmed_on and confirmed_by (confirm); days are today
    by default. Raises Refused (also when one of its dossiers cannot go along: nothing is half done) and AlreadyDone.
    """
    step = MACHINE[step_name]
    check_reason(step, reason_code, reason)
    values = _checked(step_name, values or {})

    def work(act):
        outcome = advance(
            act, Shipment, step_name, as_ids(ids), actor=actor, each=lambda moved: _columns(step_name, moved, values)
        )
        for pk in outcome.moved:
            _move_dossiers(act, step, pk, actor)
        return outcome

    return carry_out(f"shipment.{step_name}", work, actor=actor, reason=reason.strip(), key=key)


def _checked(step_name, values):
    today = clock.today()
    day, who = {
        "send": ("sent_on", None),
        "sign": ("signed_on", "signed_by"),
        "confirm": ("confirmed_on", "confirmed_by"),
    }.get(step_name, (None, None))
    if day:
        values = {**values, day: values.get(day) or today}
        if values[day] > today:
            raise Refused("日期晚于今天，没有办理。请填写实际日期。")
    if who and not values.get(who, "").strip():
        raise Refused("没有填写签收人姓名，没有办理。请填写后再提交。")
    return values


def _columns(step_name, ids, values):
    """{id: columns} that the step sets beside the state."""
    if step_name == "send":
        rows = QuerySet(Shipment).select_related("addressee").in_bulk(ids)
        return {pk: {**values, "office": rows[pk].addressee, "sent": dossiers_of(pk).count()} for pk in ids}
    if step_name == "recall":
        return {pk: {"office": None, "sent_on": None, "sent": None} for pk in ids}
    if step_name == "finish":
        return {pk: _found(tally(pk)) for pk in ids}
    if step_name == "object":
        return {pk: {"signed_on": None, "signed_by": ""} for pk in ids}
    return dict.fromkeys(ids, values)


def _found(counts):
    return {name: counts[name] for name in ("received", "missing", "returned")}


def _move_dossiers(act, step, pk, actor):
    ids = list(dossiers_of(pk).values_list("pk", flat=True))
    if step.name == "cancel":
        act.change(Dossier, ids, shipment=None, line=None)
    if step.name not in ("send", "recall"):
        return
    office = QuerySet(Shipment).get(pk=pk).office
    outcome = advance(act, Dossier, step.name, ids, actor=actor, values={"office": office})
    if outcome.refused:
        sentence = outcome.by_reason()[0][0]
        raise Refused(TOGETHER.format(count=len(outcome.refused), label=step.label, sentence=sentence))


def dossiers_of(pk):
    return QuerySet(Dossier).filter(shipment=pk)


def tally(pk):
    """How many dossiers of the shipment are where: counts alone, also of those that its viewer no longer sees."""
    states = {
        "waiting": (DossierState.READY, DossierState.IN_TRANSIT),
        "received": (DossierState.RECEIVED, DossierState.SHELVED),
        "missing": (DossierState.LOST,),
        "returned": (DossierState.RETURNED,),
    }
    counts = {name: Count("pk", Q(state__in=which)) for name, which in states.items()}
    damaged = Count("pk", ~Q(condition="") & Q(state__in=states["received"]))
    return dossiers_of(pk).aggregate(total=Count("pk"), damaged=damaged, **counts)
