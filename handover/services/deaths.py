"""Recording a death, and taking note of it.

Before a receiver accepted, the case goes on to closing; afterwards it stays where it is. Whichever side records,
the other is told, when there is another: before acceptance an enterprise has none, its case goes to the city.
"""

from django.core.exceptions import PermissionDenied

from accounts.duties import Duty, Place
from audit.operations import operation
from handover.models import Case, DeathNotice
from handover.services import consequences
from handover.services.cases import move
from handover.services.submitting import joined
from handover.states import deaths
from handover.states.cases import MACHINE, RECEIVED
from retirees.codes import Survival
from retirees.models import Retiree
from tracks import advancing
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

ENTERPRISE, OFFICE = "enterprise", "office"
REASON_CODE = "died"


def record_death(retiree, died_on, *, actor, key=None, reason):
    """Record a death; returns the DeathNotice, or None when there is no other side to be told."""
    if not reason.strip():
        raise Refused("没有填写说明，死亡登记没有进行。请写明消息来源（如家属告知、死亡证明）。")
    with operation("case.record_death", actor=actor, reason_code=REASON_CODE, reason=reason.strip(), key=key) as act:
        advancing.lock_rows(Case, [retiree.pk])
        side = _side_of(actor, retiree.pk)
        case = Case.objects.select_related("retiree").get(pk=retiree.pk)
        _refuse_impossible(case.retiree, died_on)
        act.change(Retiree, [case.pk], survival=Survival.DECEASED, died_on=died_on)
        consequences.of_death(act, [case.pk])
        notice = _tell(act, case, side, died_on)
        _close(act, case, side, actor)
        act.outcome = {"step": "record_death", "moved": [str(case.pk)], "refused": {}}
    return notice


def _side_of(actor, pk):
    """For which side the actor may record; for somebody with duties on both, the side of his present post."""
    row = Case.objects.filter(pk=pk)
    sides = []
    if row.open_to(actor, Duty.SUBMIT).exists():
        sides.append(ENTERPRISE)
    if row.open_to(actor, Duty.RECEIVE, Duty.DISTRIBUTE).exists():
        sides.append(OFFICE)
    if not sides:
        if row.visible_to(actor).exists():
            raise PermissionDenied
        raise Refused(advancing.UNSEEN)
    if len(sides) == 2 and actor.post.position.place == Place.OFFICE:
        return OFFICE
    return sides[0]


def _refuse_impossible(retiree, died_on):
    if retiree.survival == Survival.DECEASED:
        raise Refused("此人已登记为已去世，没有重复登记。日期有误的，请申请更正人员信息。")
    if died_on > clock.today():
        raise Refused("死亡日期不能晚于今天。请核对后重新填写。")
    if retiree.born_on and died_on < retiree.born_on:
        raise Refused("死亡日期不能早于出生日期。请核对后重新填写。")


def _tell(act, case, side, died_on):
    if side == ENTERPRISE and (case.state not in RECEIVED or case.office_id is None):
        return None
    state = deaths.State.TOLD_TO_OFFICE if side == ENTERPRISE else deaths.State.TOLD_TO_ENTERPRISE
    notice = DeathNotice(
        retiree_id=case.pk,
        enterprise_id=case.enterprise_id,
        office_id=case.office_id,
        died_on=died_on,
        state=state,
        state_since=act.operation.at,
    )
    return act.insert([notice])[0]


def _close(act, case, side, actor):
    step = "ask_closing" if side == ENTERPRISE else "propose_closing"
    if case.state in MACHINE[step].sources:
        move(act, step, [case.pk], actor=actor)


def acknowledge(ids, *, actor, key=None):
    """Take note of deaths, each for the side that was told; returns the Outcome."""
    ids = as_ids(ids)
    return carry_out("case.acknowledge_death", lambda act: _acknowledge(act, ids, actor), actor=actor, key=key)


def preview_acknowledge(ids, *, actor):
    by_enterprise, by_office = _by_side(as_ids(ids), actor)
    return joined(
        "acknowledge_death",
        advancing.may_move(DeathNotice, "acknowledge_enterprise", by_enterprise, actor=actor),
        advancing.may_move(DeathNotice, "acknowledge_office", by_office, actor=actor),
    )


def _acknowledge(act, ids, actor):
    advancing.lock_rows(DeathNotice, ids)
    by_enterprise, by_office = _by_side(ids, actor)
    return joined(
        "acknowledge_death",
        advancing.advance(act, DeathNotice, "acknowledge_enterprise", by_enterprise, actor=actor),
        advancing.advance(act, DeathNotice, "acknowledge_office", by_office, actor=actor),
    )


def _by_side(ids, actor):
    rows = DeathNotice.objects.filter(pk__in=ids)
    # What is acknowledged already is answered in the words of the actor's own side.
    again = rows.filter(state=deaths.State.ACKNOWLEDGED).open_to(actor, Duty.RECEIVE)
    by_office = {
        *rows.filter(state=deaths.State.TOLD_TO_OFFICE).values_list("pk", flat=True),
        *again.values_list("pk", flat=True),
    }
    return [pk for pk in ids if pk not in by_office], list(by_office)
