"""What is done with the assets of an agreement: written down as a whole list, received item by item."""

from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet

from audit.operations import operation
from handover.models import Agreement, Asset
from handover.states.agreements import EDITABLE, GROUP_SIGNS
from handover.states.assets import MACHINE, State
from tracks.advancing import advance, lock_rows, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

APPEND, REPLACE = "append", "replace"
MOST = 5000


def preview(step_name, ids, *, actor):
    return may_move(Asset, step_name, as_ids(ids), actor=actor)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, handed_over_on=None):
    """Take a step with every asset of `ids` that may take it; returns an Outcome. Raises Refused and AlreadyDone."""
    step, ids = MACHINE[step_name], as_ids(ids)
    check_reason(step, reason_code, reason)
    values = {}
    if step.target == State.RECEIVED:
        day = handed_over_on or clock.today()
        if day > clock.today():
            raise Refused("移交日期不能晚于今天，没有办理。请核对后重新填写。")
        values = {"handed_over_on": day}
    elif State.RECEIVED in step.sources:
        values = {"handed_over_on": None}

    def work(act):
        return advance(act, Asset, step.name, ids, actor=actor, values=values)

    kind = f"asset.{step.name}"
    return carry_out(kind, work, actor=actor, reason_code=reason_code, reason=reason.strip(), key=key)


def bring_in(agreement, rows, *, way, actor, key=None):
    """Write the checked `rows` (dicts of columns) into the list of an agreement, after its own or instead of them.

    Returns how many were written. Raises Refused and AlreadyDone.
    """
    with operation("asset.import", actor=actor, key=key) as act:
        _editable(agreement, actor)
        own = QuerySet(Asset).filter(agreement=agreement)
        if way == REPLACE:
            act.remove(Asset, list(own.values_list("pk", flat=True)))
        elif own.count() + len(rows) > MOST:
            raise Refused(f"一份协议的资产清单最多 {MOST:,} 项，没有导入。请合并同类资产后重新导入。")
        last = own.aggregate(last=Max("serial"))["last"] or 0
        made = [
            Asset(agreement=agreement, state_since=act.operation.at, **{**row, "serial": last + at})
            for at, row in enumerate(rows, 1)
        ]
        act.insert(made)
        act.outcome = {"step": "import", "moved": [str(one.pk) for one in made], "refused": {}}
    return len(made)


def add(agreement, values, *, actor, key=None):
    """Write down one more asset."""
    return bring_in(agreement, [values], way=APPEND, actor=actor, key=key)


def change(asset, values, *, actor, key=None):
    """Correct one asset while its agreement is still negotiated, or once it was refused."""
    with operation("asset.change", actor=actor, key=key) as act:
        _editable(asset.agreement, actor, asset)
        changed = {name: value for name, value in values.items() if getattr(asset, name) != value}
        if changed:
            act.change(Asset, [asset.pk], **changed)
        act.outcome = {"step": "change", "moved": [str(asset.pk)], "refused": {}}
    return changed


def remove(asset, *, actor, key=None):
    """Take one asset out of a list that is still negotiated."""
    with operation("asset.remove", actor=actor, key=key) as act:
        _editable(asset.agreement, actor)
        act.remove(Asset, [asset.pk])
        act.outcome = {"step": "remove", "moved": [], "refused": {}}


def _editable(agreement, actor, asset=None):
    lock_rows(Agreement, [agreement.pk])
    if not Agreement.objects.filter(pk=agreement.pk).open_to(actor, GROUP_SIGNS).exists():
        raise PermissionDenied
    state = QuerySet(Agreement).values_list("state", flat=True).get(pk=agreement.pk)
    refused = asset is not None and QuerySet(Asset).filter(pk=asset.pk, state=State.REFUSED).exists()
    if state not in EDITABLE and not refused:
        label = dict(Agreement.machine.states.choices)[state]
        raise Refused(f"协议为“{label}”，不能修改资产清单。已提出的请先撤回方案；已签订的请修订为新版本。")
