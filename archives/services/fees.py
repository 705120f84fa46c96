"""What is done with filing fees; both sides confirm in any order, the enterprise pays once."""

from django.db.models import QuerySet

from accounts.duties import Duty
from accounts.models.places import OfficeKind
from accounts.scope import reach_of
from archives.fee_states import MACHINE, State
from archives.models import FilingFee
from archives.services import numbering
from audit.operations import operation
from tracks.advancing import advance, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

GIVEN = {"assess": ("count", "unit_price", "report_number", "assessed_on"), "pay": ("voucher", "paid_on")}
EMPTY = {"count": None, "unit_price": None, "report_number": "", "assessed_on": None}
OPEN_ALREADY = "{enterprise}与{office}之间的档案整理费 {number} 尚未办完，没有重复申请。请先办完或取消该笔。"


def request_assessment(enterprise, office, assessor, *, actor, note="", key=None):
    """Ask a professional body to assess what putting the dossiers in order will cost."""
    if enterprise.pk not in reach_of(actor, Duty.SUBMIT).enterprises:
        raise Refused("您不能为所选企业申请评估。请选择本企业。")
    if office.kind != OfficeKind.ARCHIVE or assessor.kind != OfficeKind.ASSESSOR or not assessor.active:
        raise Refused("没有选择档案管理机构和评估机构，没有申请。请从列表中重新选择。")
    with operation("fee.request", actor=actor, key=key) as act:
        numbering.lock(enterprise, office)
        running = QuerySet(FilingFee).filter(enterprise=enterprise, office=office)
        if one := running.exclude(state__in=(State.ACKNOWLEDGED, State.CANCELLED)).first():
            raise Refused(OPEN_ALREADY.format(enterprise=enterprise, office=office, number=one.number))
        return numbering.new_fee(act, enterprise, office, assessor, note)


def preview(step_name, ids, *, actor):
    return may_move(FilingFee, step_name, as_ids(ids), actor=actor)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, values=None):
    """Take a step with every fee of `ids` that may take it; returns tracks.advancing.Outcome.

    `values`: count, unit_price, report_number, assessed_on (assess), voucher, paid_on (pay).
    """
    step = MACHINE[step_name]
    check_reason(step, reason_code, reason)
    values = _checked(step_name, values or {})
    if step.target == State.REQUESTED:
        values = EMPTY
    if step.name == "not_received":
        values = {"voucher": "", "paid_on": None}

    def work(act):
        return advance(act, FilingFee, step_name, as_ids(ids), actor=actor, values=values)

    return carry_out(f"fee.{step_name}", work, actor=actor, reason=reason.strip(), key=key)


def _checked(step_name, values):
    given = {name: values.get(name) for name in GIVEN.get(step_name, ())}
    if any(value in (None, "") for value in given.values()):
        raise Refused("内容没有填写完整，没有办理。请补齐后再提交。")
    if step_name == "assess" and (given["count"] <= 0 or given["unit_price"] <= 0):
        raise Refused("卷数和单价须大于零，没有登记。请核对评估报告。")
    day = given.get("assessed_on") or given.get("paid_on")
    if day and day > clock.today():
        raise Refused("日期晚于今天，没有办理。请填写实际日期。")
    return given
