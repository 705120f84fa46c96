"""Who may correct which facts of a person, by the side and the state of the case; and doing it."""

from accounts.duties import Duty
from audit.operations import operation
from benefits.opening import follow_corrected
from handover.models import Case
from handover.states.cases import RECEIVED, State
from retirees import correcting
from retirees.models import FACTS, Retiree
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.sealing import blind_index

DERIVED = ("pinyin", "initials", "id_index", "id_tail_index", "phone_tail_index", "survival", "died_on")
BY_ENTERPRISE = tuple(name for name in FACTS if name not in DERIVED)
BY_RECEIVER = (
    "phone",
    "residence_address",
    "hukou_address",
    "contact_name",
    "contact_relation",
    "contact_phone",
    "marital_status",
    "special_groups",
    "health",
    "hardship",
)


def editable(case, user):
    """The facts this user may correct now; () when none.

    The enterprise corrects a draft; what it submitted it withdraws or takes back first. The receiver keeps
    contact and care data true once it has accepted.
    """
    mine = Case.objects.filter(pk=case.pk)
    if case.state == State.DRAFT and mine.open_to(user, Duty.SUBMIT).exists():
        return BY_ENTERPRISE
    if case.state in RECEIVED and mine.open_to(user, Duty.RECEIVE).exists():
        return BY_RECEIVER
    return ()


def correct(case, values, *, version, actor, reason="", key=None):
    """Correct facts; returns {field: (before, after)}. Raises Refused, retirees.correcting.Stale, AlreadyDone."""
    with operation("retiree.correct", actor=actor, reason=reason, key=key) as act:
        locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        allowed = editable(locked, actor)
        if strays := set(values) - set(allowed):
            raise Refused(
                f"当前状态为“{locked.get_state_display()}”，不能更正{len(strays)}项信息。请先撤回或收回后再更正。"
            )
        number = values.get("id_number")
        if number and _taken(locked, number):
            raise Refused("本企业名册中已有这个身份证号的人员，不能重复登记。请核对证件号码。")
        changed = correcting.write(act, case.pk, values, version=version)
        if "id_number" in changed:
            act.change(Case, [case.pk], id_index=blind_index("id", number))
        if "medical_local" in changed:
            follow_corrected(act, case.pk)
        act.outcome = {"fields": sorted(changed)}
    return changed


def _taken(case, number):
    return (
        Retiree.objects.filter(enterprise=case.enterprise_id, id_index=blind_index("id", number))
        .exclude(pk=case.pk)
        .exists()
    )
