"""Telling the former enterprise that an accepted person moved, and its taking note (二(二), 二(六))."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from accounts.duties import Duty
from audit.operations import operation
from handover.models import Case, MoveNotice
from handover.states.cases import RECEIVED
from handover.states.moves import State
from handover.viewers import full_name
from retirees.codes import OUTSIDE, Residence, Survival
from retirees.models import Retiree
from tracks import advancing
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused


def tell_of_relocations(act, rows, offices):
    """Called in the operation that moves the people; `offices`: {retiree id: the office that has him now}."""
    day = timezone.localdate(act.operation.at)
    act.insert(
        MoveNotice(
            retiree_id=row.retiree_id,
            enterprise_id=row.enterprise_id,
            office=offices[row.retiree_id],
            relocation=row,
            moved_on=day,
            moved_from=full_name(row.office),
            moved_to=full_name(offices[row.retiree_id]),
            state=State.TOLD_TO_ENTERPRISE,
            state_since=act.operation.at,
        )
        for row in rows
    )


def record_move_out(retiree, *, moved_on, residence, place, actor, key=None):
    """The person went to live outside the city; his office goes on looking after him from afar. Returns the MoveNotice."""
    if residence not in OUTSIDE or not place.strip():
        raise Refused("没有写明迁往何处，没有登记。请选择居住地类别并填写迁入地。")
    if moved_on > clock.today():
        raise Refused("迁出日期在今天之后，没有登记。请核对日期。")
    with operation("care.move_out", actor=actor, key=key) as act:
        advancing.lock_rows(Case, [retiree.pk])
        case = _of_receiver(retiree.pk, actor)
        act.change(Retiree, [case.pk], residence=residence)
        notice = MoveNotice(
            retiree_id=case.pk,
            enterprise_id=case.enterprise_id,
            office_id=case.office_id,
            moved_on=moved_on,
            moved_from=full_name(case.office),
            moved_to=f"{Residence(residence).label}：{place.strip()}",
            state=State.TOLD_TO_ENTERPRISE,
            state_since=act.operation.at,
        )
        return act.insert([notice])[0]


def _of_receiver(pk, actor):
    rows = Case.objects.filter(pk=pk)
    if not rows.open_to(actor, Duty.RECEIVE).exists():
        if rows.visible_to(actor).exists():
            raise PermissionDenied
        raise Refused(advancing.UNSEEN)
    case = QuerySet(Case).select_related("retiree", "office__parent").get(pk=pk)
    if case.state not in RECEIVED or case.office_id is None:
        raise Refused("此人还没有接收，不能登记迁出。请由移交企业更正居住地。")
    if case.retiree.survival == Survival.DECEASED:
        raise Refused("此人登记为已去世，不能登记迁出。请核对人员信息。")
    return case


def preview(ids, *, actor):
    return advancing.may_move(MoveNotice, "acknowledge", as_ids(ids), actor=actor)


def acknowledge(ids, *, actor, key=None):
    """The enterprise takes note of moves; returns the Outcome."""

    def work(act):
        return advancing.advance(act, MoveNotice, "acknowledge", as_ids(ids), actor=actor)

    return carry_out("move_notice.acknowledge", work, actor=actor, key=key)
