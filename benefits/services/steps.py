"""Taking a step with treatments; what is paid once goes its way with all of the person's items in the same sum."""

from django.db.models import QuerySet

from benefits.decision import Outcome as Decision
from benefits.facts import houses_of
from benefits.models import OutOfPoolItem, Settlement, Treatment
from benefits.services import deciding
from benefits.treatment_states import MACHINE
from tracks.advancing import AT_ONCE, advance, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.among import among
from weihai_transfer.lib.refusals import Refused

# Which steps are taken on a paper: its number and its day.
PROVED = ("approve", "put_in_force", "stop", "record", "sign", "pay")
# With one item of a sum go the others.
TOGETHER = ("offer", "sign", "decline", "pay", "revoke")
NOTHING = {"proof": "", "proof_on": None, "percent": None, "plan": None, "asked_on": None}
NO_PLAN = "本企业和上级企业都没有登记过渡方案，不能决定。请先登记过渡方案（不超过3年、各年比例）。"
NO_YEAR = "本人 {retired} 退休，过渡方案（{document}）没有覆盖这一年，不能决定。请核对退休时间和过渡方案，再重新判定。"


def preview(step_name, ids, *, actor):
    return may_move(Treatment, step_name, _whole_sums(step_name, as_ids(ids)), actor=actor, check=_check_of(step_name))


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, values=None):
    """Take a step with every treatment of `ids` that may take it; returns tracks.advancing.Outcome.

    `values`: proof, proof_on (approve, put_in_force, stop, record; sign: the signed agreement; pay: the voucher).
    """
    step = MACHINE[step_name]
    check_reason(step, reason_code, reason)
    proof = _proof(step_name, values or {})

    def work(act):
        chosen = _whole_sums(step_name, as_ids(ids))
        if step_name in ("decline", "revoke"):
            deciding.lock(chosen)
        common = _values(step_name, proof)
        each = _percents if step_name == "confirm" else None
        outcome = advance(
            act, Treatment, step_name, chosen, actor=actor, values=common, each=each, check=_check_of(step_name)
        )
        _afterwards(act, step_name, outcome.moved, proof)
        return outcome

    return carry_out(
        f"treatment.{step_name}", work, actor=actor, reason_code=reason_code, reason=reason.strip(), key=key
    )


def _proof(step_name, values):
    if step_name not in PROVED:
        return {}
    proof, day = (values.get("proof") or "").strip(), values.get("proof_on")
    if not proof or day is None:
        raise Refused("没有填写凭证（文号）和日期，没有办理。请填写后再提交。")
    if day > clock.today():
        raise Refused("凭证日期晚于今天，没有办理。请填写实际日期。")
    return {"proof": proof, "proof_on": day}


def _values(step_name, proof):
    if step_name == "ask_approval":
        return {"asked_on": clock.today()}
    if step_name in ("revoke", "decline"):
        return NOTHING
    return {} if step_name == "pay" else proof


def _whole_sums(step_name, ids):
    """`ids` with the other items of the sums that they are in: one paper is signed, one payment made."""
    if step_name not in TOGETHER:
        return ids
    found = dict.fromkeys(ids)
    for chunk in bulk.chunks(ids, AT_ONCE):
        sums = (
            QuerySet(Treatment)
            .filter(pk__in=among(Treatment, chunk), state__in=MACHINE[step_name].sources)
            .exclude(settlement=None)
            .values("settlement")
        )
        rows = QuerySet(Treatment).filter(settlement__in=sums, state__in=MACHINE[step_name].sources)
        found |= dict.fromkeys(rows.values_list("pk", flat=True))
    return list(found)


def _check_of(step_name):
    return _without_a_percent if step_name == "confirm" else None


def _tapering(ids):
    """[(treatment id, retired on, plan or None)] of those that taper off."""
    rows = QuerySet(Treatment).filter(pk__in=among(Treatment, ids), outcome=Decision.TAPER)
    found = list(rows.values_list("pk", "retiree__retired_on", "enterprise"))
    houses = houses_of({enterprise for _, _, enterprise in found}) if found else {}
    return [(pk, retired, houses[enterprise].plan) for pk, retired, enterprise in found]


def _percent(plan, retired_on):
    """The percent of the year of the plan in which the person retired; None outside the plan."""
    months = (retired_on.year - plan.first_day.year) * 12 + retired_on.month - plan.first_day.month
    months -= retired_on.day < plan.first_day.day
    return plan.percents[months // 12] if 0 <= months < plan.years * 12 else None


def _without_a_percent(ids):
    refused = {}
    for pk, retired, plan in _tapering(ids):
        if plan is None:
            refused[pk] = NO_PLAN
        elif _percent(plan, retired) is None:
            refused[pk] = NO_YEAR.format(retired=retired, document=plan.document)
    return refused


def _percents(ids):
    return {pk: {"percent": _percent(plan, retired), "plan": plan} for pk, retired, plan in _tapering(ids)}


def _afterwards(act, step_name, ids, proof):
    if step_name == "decline":
        # Without the retiree's agreement row 6 holds: provided for, and paid as before.
        agreed = QuerySet(OutOfPoolItem).filter(pk__in=among(OutOfPoolItem, ids), lump_agreed=True)
        act.change(OutOfPoolItem, list(agreed.values_list("pk", flat=True)), lump_agreed=False)
    if step_name in ("decline", "revoke"):
        _withdraw_sums(act, ids)
        deciding.renew(act, ids)
    if step_name == "pay":
        sums = QuerySet(Treatment).filter(pk__in=among(Treatment, ids)).values_list("settlement", flat=True).distinct()
        act.change(Settlement, list(sums), voucher=proof["proof"], paid_on=proof["proof_on"])


def _withdraw_sums(act, ids):
    """A sum whose items went back is reckoned anew before it is offered again."""
    rows = QuerySet(Settlement).filter(treatments__in=among(Treatment, ids), replaced=False, paid_on=None)
    act.change(Settlement, list(rows.distinct().values_list("pk", flat=True)), replaced=True)
