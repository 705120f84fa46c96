"""Taking the steps of cases: one operation for many rows as for one."""

from django.db import IntegrityError

from accounts.duties import Duty
from accounts.scope import reach_of
from handover.agreements import coverage
from handover.models import Case, DeathNotice
from handover.services import consequences, submitting
from handover.services.effects import EFFECTS, values_of
from handover.services.targets import Targets, check_for, demand
from handover.states.cases import MACHINE, State
from retirees.models import Retiree
from tracks import advancing
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.refusals import Refused

SUBMITTING = ("submit", "resubmit")
ASKED = {
    "contact_card": "没有填写联系卡编号。请填写后再登记首次联系。",
    "contacted_on": "没有填写首次联系日期。请填写后再登记首次联系。",
    "outside_place": "没有填写市外接收单位。请填写接收地的镇（街道）或社区名称后再办理。",
}
HANDED_OVER_MEANWHILE = "其中有人刚由其他单位上报移交，本次办理没有进行。请刷新列表，去除重复人员后重新办理。"


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, targets=None, values=None):
    """Move every case of `ids` that may take the step; the outcome tells of each what became of it.

    `targets`: an Office for all or {case id: Office}; `values`: what the step asks for (a card number, a place).
    Raises Refused when the request itself is wrong, AlreadyDone when `key` was carried out before.
    """
    step, ids, targets = MACHINE[step_name], as_ids(ids), Targets(targets)
    check_reason(step, reason_code, reason)
    values = _asked(step, values or {})
    if EFFECTS[step_name].target:
        demand(step, targets)
    try:
        return carry_out(
            f"case.{step_name}",
            lambda act: move(act, step_name, ids, actor=actor, targets=targets, values=values),
            actor=actor,
            reason_code=reason_code,
            reason=reason.strip(),
            key=key,
        )
    except IntegrityError as clash:
        if _same_person(clash):
            raise Refused(HANDED_OVER_MEANWHILE) from clash
        raise


def preview(step_name, ids, *, actor, targets=None):
    """What `take` would move and refuse now; writes nothing."""
    step, ids, targets = MACHINE[step_name], as_ids(ids), Targets(targets)
    if step_name in SUBMITTING:
        return submitting.preview(step_name, ids, actor=actor, targets=targets)
    return advancing.may_move(Case, step_name, ids, actor=actor, check=_check(step, targets))


def move(act, step_name, ids, *, actor, targets=None, values=None):
    """`take` within an operation that the caller has opened, for acts of which the step is only a part."""
    targets = targets or Targets(None)
    if step_name in SUBMITTING:
        outcome = submitting.submit(act, step_name, ids, actor=actor, targets=targets)
    else:
        outcome = advancing.advance(
            act,
            Case,
            step_name,
            ids,
            actor=actor,
            values={**values_of(EFFECTS[step_name], act.operation.at), **(values or {})},
            each=lambda moved: _each(step_name, moved, actor, targets),
            check=_check(MACHINE[step_name], targets),
        )
    if EFFECTS[step_name].moves:
        follow_case(act, outcome.moved)
    if MACHINE[step_name].target == State.CLOSED:
        consequences.of_closing(act, outcome.moved)
    return outcome


def _check(step, targets):
    """Without a named target a preview judges the rows alone."""
    if step.name == "accept":
        return coverage.lacking
    kind = EFFECTS[step.name].target
    return check_for(kind, step, targets) if kind and targets else None


def _each(step_name, moved, actor, targets):
    """The fields that differ from row to row."""
    if step_name == "return":
        return _returned_by(moved, actor)
    kind = EFFECTS[step_name].target
    if not kind:
        return {}
    names = ("office", "area") if kind == "area" else ("office",)
    return {pk: dict.fromkeys(names, targets.of(pk)) for pk in moved}


def _returned_by(ids, actor):
    """The street or community when its own clerk returns, the area when the area does it."""
    reach = reach_of(actor, Duty.RECEIVE)
    own = set(reach.offices)
    found = {}
    for chunk in bulk.chunks(ids, advancing.AT_ONCE):
        for pk, office, area in Case.objects.filter(pk__in=chunk).values_list("pk", "office_id", "area_id"):
            found[pk] = {"returned_by": office if reach.everywhere or office in own else area}
    return found


def follow_case(act, ids):
    """Let the person, and the notice of his death if there is one, be seen by whoever has the case now."""
    for model in (Retiree, DeathNotice):
        for chunk in bulk.chunks(ids, advancing.AT_ONCE):
            rows = model.objects.filter(pk__in=chunk)
            lookup = "case__office_id" if model is Retiree else "retiree__case__office_id"
            found = rows.values_list("pk", "office_id", lookup)
            act.change_each(model, {pk: {"office": new} for pk, old, new in found if old != new})


def _asked(step, values):
    wanted = EFFECTS[step.name].asks
    if strays := set(values) - set(wanted):
        raise TypeError(f"{step.name} takes no {strays}")
    for name in wanted:
        value = values.get(name)
        if not (value.strip() if isinstance(value, str) else value):
            raise Refused(ASKED[name])
    if values.get("contacted_on") and values["contacted_on"] > clock.today():
        raise Refused("首次联系日期不能晚于今天。请核对后重新填写。")
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _same_person(clash):
    """Is it the constraint one_open_case_per_person? SQLite names the column instead of the constraint."""
    return "one_open_case_per_person" in str(clash) or "handover_case.id_index" in str(clash)
