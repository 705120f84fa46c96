"""Taking a step with medical-insurance transfers, and what the step writes down with it (二(五)).

take(step, ids, *, actor, reason_code, reason, key, values) -> tracks.advancing.Outcome
"""

from django.db.models import QuerySet

from accounts.models.places import OfficeKind
from benefits.medical_states import MACHINE, State
from benefits.models import MedicalTransfer
from tracks.advancing import AT_ONCE, advance, follow, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.among import among
from weihai_transfer.lib.refusals import Refused

PLAN = ("scheme", "amount", "amount_kind", "payer", "bureau")
DOCUMENTS = ("contribution_proof", "insurance_proof", "application_form")
# What each step asks for; all of it must be said.
GIVEN = {
    "propose": PLAN,
    "agree": ("agreed_on",),
    "hand": ("handed_on",),
    "take_over": ("taken_over_on", "insured_place"),
    "report_outside": ("scheme", "taken_over_on", "insured_place"),
}
# Asked for beside that: documents are ticked, one more may be named.
ALSO = {"hand": (*DOCUMENTS, "other_document")}
# What a matter gives up when it goes back to the beginning; the plan stays, to be proposed anew.
BACK = {"office": None, "agreed_on": None, "taken_over_on": None, "insured_place": ""}
# What it gives up when it ends.
ENDING = {"office": None}

INCOMPLETE = "内容没有填写完整，没有办理。请补齐后再提交。"
NO_DOCUMENT = "没有勾选移交的材料，没有办理。请勾选已移交的材料，或填写其他材料的名称。"
NO_BUREAU = "经办部门应为市直部门或区市工作机构，没有办理。请从列表中重新选择。"
NEGATIVE = "衔接费用不能小于零，没有办理。不需缴费的请填写 0。"
TOO_LATE = "日期晚于今天，没有办理。请填写实际日期。"


def preview(step_name, ids, *, actor):
    return may_move(MedicalTransfer, step_name, as_ids(ids), actor=actor)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, values=None):
    """Take a step with every transfer of `ids` that may take it. `values`: see GIVEN and ALSO. Raises Refused, AlreadyDone."""
    step, ids = MACHINE[step_name], as_ids(ids)
    check_reason(step, reason_code, reason)
    columns = _columns(step, checked(step_name, values or {}))

    def work(act):
        each = _addressed if step.name == "propose" else None
        return advance(act, MedicalTransfer, step_name, ids, actor=actor, values=columns, each=each)

    about = {"reason_code": reason_code, "reason": reason.strip(), "key": key}
    return carry_out(f"medical.{step_name}", work, actor=actor, **about)


def checked(step_name, values):
    """What was given, as far as this step asks for it. Raises Refused."""
    given = {name: values.get(name) for name in GIVEN.get(step_name, ())}
    given = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    if any(value in (None, "") for value in given.values()):
        raise Refused(INCOMPLETE)
    if given.get("amount") is not None and given["amount"] < 0:
        raise Refused(NEGATIVE)
    if "bureau" in given and given["bureau"].kind not in (OfficeKind.BUREAU, OfficeKind.AREA):
        raise Refused(NO_BUREAU)
    if any(value > clock.today() for name, value in given.items() if name.endswith("_on")):
        raise Refused(TOO_LATE)
    also = {name: values.get(name) for name in ALSO.get(step_name, ())}
    if also and not any(also.values()):
        raise Refused(NO_DOCUMENT)
    return {**given, **also}


def _columns(step, given):
    if step.name == "hand":
        return _documents(given)
    if step.target == State.TO_SETTLE:
        return BACK
    if step.name == "undo":
        return {"taken_over_on": None, "insured_place": ""}
    return given


def _documents(given):
    """The day of handing over for each ticked document; one that was handed over before keeps its day."""
    day = given["handed_on"]
    columns = {f"{name}_on": day for name in DOCUMENTS if given[name]}
    if other := (given["other_document"] or "").strip():
        columns |= {"other_document": other, "other_document_on": day}
    return columns


def _addressed(ids):
    """{id: the area}: a plan goes to where the person's case lies now. By name: the case is to the right of this app."""
    found = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = QuerySet(MedicalTransfer).filter(pk__in=among(MedicalTransfer, chunk))
        found |= {pk: {"office": area} for pk, area in rows.values_list("pk", "retiree__case__area")}
    return found


# --- what follows from elsewhere


def end_by_death(act, ids):
    """End the open transfers of people who died; answers the ids that moved."""
    return follow(act, MedicalTransfer, "end_by_death", ids, values=ENDING)


def end_by_closing(act, ids):
    """End those of people whose case was closed without transfer."""
    return follow(act, MedicalTransfer, "end_by_closing", ids, values=ENDING)
