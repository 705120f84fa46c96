"""Checked rows become people, chunk by chunk, each chunk with its history, its tracks and its checkpoint in one
transaction: a killed worker loses and doubles nothing."""

from django.conf import settings
from django.db import IntegrityError
from django.db.models import UUIDField, Value
from django.utils.module_loading import import_string

from accounts.models import Office
from audit.models import Operation
from audit.operations import continuing, operation
from retirees.models import FACTS, Retiree, Roster, RosterRow
from retirees.models.rosters import RosterState, Verdict
from retirees.roster import duplicates, explaining, leases
from weihai_transfer.lib.refusals import Refused

CHUNK = 10_000


def start(roster, *, actor, good_rows_only, key=None):
    """Decide that this roster is to be imported; the work itself is `carry_out`. Raises Refused, AlreadyDone."""
    with operation("roster.import", actor=actor, key=key, reason=f"花名册 {roster.pk}", closing=False) as act:
        locked = Roster.objects.select_for_update().get(pk=roster.pk)
        if locked.state != RosterState.CHECKED:
            raise Refused(f"花名册当前为“{locked.get_state_display()}”，不能导入。请刷新页面查看最新状态。")
        if locked.rejected and not good_rows_only:
            raise Refused(
                f"还有 {locked.rejected:,} 行不能导入，全部导入没有进行。请改正后重新上传，或选择只导入正确的行。"
            )
        if not locked.accepted:
            raise Refused("没有可以导入的行。请下载标注了问题的表格，改正后重新上传。")
        explaining.refuse_unexplained(locked)
        Roster.objects.filter(pk=roster.pk).update(
            state=RosterState.IMPORTING,
            operation=act.operation.pk,
            good_rows_only=good_rows_only,
            done=0,
            total=locked.accepted,
            worker="",
            cancel_asked=False,
        )


def carry_out(roster_id):
    """Import until the end; returns False when another worker is at it. Called again, it goes on where it stood."""
    roster = leases.claim(roster_id, [RosterState.IMPORTING], becomes=RosterState.IMPORTING)
    if roster is None:
        return False
    row = Operation.objects.get(pk=roster.operation)
    open_tracks = import_string(settings.OPEN_TRACKS)
    try:
        clashed = None
        while chunk := _next_chunk(roster):
            try:
                _import_chunk(roster, row, chunk, open_tracks)
            except IntegrityError:
                if chunk == clashed:
                    raise
                # Somebody else brought the same person in meanwhile: the row is a duplicate now.
                clashed = chunk
                duplicates.mark(roster)
        _finish(roster, row)
    except leases.LeaseLost:
        _undo_if_cancelled(roster, row)
    return True


def _next_chunk(roster):
    """(sheet, first row, last row) of the next rows that are no people yet; their order is the order of the file."""
    waiting = RosterRow.objects.filter(roster=roster, verdict=Verdict.GOOD).order_by("sheet", "number")
    first = waiting.values_list("sheet", "number").first()
    if first is None:
        return None
    sheet, begin = first
    last = waiting.filter(sheet=sheet).values_list("number", flat=True)[CHUNK - 1 : CHUNK].first()
    if last is None:
        last = waiting.filter(sheet=sheet).values_list("number", flat=True).last()
    return sheet, begin, last


def _import_chunk(roster, row, chunk, open_tracks):
    sheet, first, last = chunk
    rows = RosterRow.objects.filter(
        roster=roster, verdict=Verdict.GOOD, sheet=sheet, number__gte=first, number__lte=last
    )
    with continuing(row) as act:
        made = act.insert_select(
            Retiree,
            rows,
            id="id",
            enterprise=Value(roster.enterprise_id),
            office=Value(None, output_field=Office._meta.pk.__class__()),
            roster=Value(roster.pk, output_field=UUIDField()),
            **{name: name for name in FACTS},
        )
        open_tracks(act, Retiree.objects.filter(pk__in=rows.values("pk")))
        # Staged values are personal data: they go as soon as they live elsewhere.
        rows.delete()
        roster.done += made
        leases.beat(roster, done=roster.done)


def _finish(roster, row):
    with continuing(row, last=True) as act:
        act.rows = roster.done
        act.outcome = {"roster": str(roster.pk), "people": roster.done}
        # Somebody else may have brought some of the people in while this import ran.
        leases.beat(
            roster,
            state=RosterState.IMPORTED,
            worker="",
            accepted=roster.done,
            rejected=roster.rows - roster.blank - roster.done,
        )


def _undo_if_cancelled(roster, row):
    fresh = Roster.objects.get(pk=roster.pk)
    if fresh.worker != roster.worker or not fresh.cancel_asked:
        return
    close_tracks = import_string(settings.CLOSE_TRACKS)
    ids = list(Retiree.objects.filter(roster=roster).values_list("pk", flat=True))
    try:
        _undo(roster, row, ids, close_tracks)
    except ActedOn:
        # Somebody has worked on these people already: the import goes on instead.
        Roster.objects.filter(pk=roster.pk).update(cancel_asked=False, worker="")
        carry_out(roster.pk)


class ActedOn(Exception):
    """Undoes an undoing that came too late."""


def _undo(roster, row, ids, close_tracks):
    with continuing(row, last=True) as act:
        if close_tracks(act, ids):
            raise ActedOn
        act.remove(Retiree, ids)
        act.outcome = {"roster": str(roster.pk), "cancelled": True}
        Roster.objects.filter(pk=roster.pk).update(state=RosterState.CANCELLED, worker="")
        RosterRow.objects.filter(roster=roster).delete()


def cancel(roster):
    """Ask the worker to stop; an import that had begun is undone whole."""
    return bool(Roster.objects.filter(pk=roster.pk, state=RosterState.IMPORTING).update(cancel_asked=True))


def withdraw(roster, *, actor, reason, key=None):
    """Take an import back while nobody acted on its people; otherwise refused, naming how many were acted on."""
    close_tracks = import_string(settings.CLOSE_TRACKS)
    with operation("roster.withdraw", actor=actor, reason=reason, key=key) as act:
        locked = Roster.objects.select_for_update().get(pk=roster.pk)
        if locked.state != RosterState.IMPORTED:
            raise Refused(f"花名册当前为“{locked.get_state_display()}”，不能撤回。请刷新页面查看最新状态。")
        ids = list(Retiree.objects.filter(roster=roster).values_list("pk", flat=True))
        if acted := close_tracks(act, ids):
            raise Refused(f"其中 {len(acted):,} 人已经办理过（上报、更正等），整批不能撤回。请对个别人员申请核销。")
        act.remove(Retiree, ids)
        act.outcome = {"roster": str(roster.pk), "people": len(ids)}
        Roster.objects.filter(pk=roster.pk).update(state=RosterState.WITHDRAWN)
        RosterRow.objects.filter(roster=roster).delete()
