"""Taking a step for a frozen selection, chunk by chunk. Cases and outcome are written in one transaction, so that a
run that died is taken up where it stood and does nothing twice."""

import os
import socket
import uuid
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit.operations import AlreadyDone
from handover import suggesting
from handover.models import Case
from handover.models.bulk import BulkSelection, BulkState
from handover.services import take
from tracks.advancing import Outcome
from weihai_transfer.lib.refusals import Refused

LEASE = timedelta(seconds=90)
CHUNK = 2000
# What is more than this is left to the worker; the page shows how far it has come.
IN_REQUEST = 2000
# People who are submitted together get one number, and so go in one piece.
IN_ONE_PIECE = ("submit", "resubmit")
NO_ACCOUNT = "经办人的账号已停用，没有办理。请由在岗的经办人重新选择后办理。"
DONE_BEFORE = "这次办理已经提交过，没有重复办理。请刷新列表查看最新状态。"
KEPT = timedelta(days=90)


def choose(user, step, ids, *, back="", key=None):
    """Freeze a selection; with a `key` that was used before, the selection that was made then."""
    if key and (made := BulkSelection.objects.visible_to(user).filter(pk=key).first()):
        return made
    BulkSelection.objects.visible_to(user).filter(at__lt=timezone.now() - KEPT).delete()
    given = {"id": key} if key and not BulkSelection.objects.filter(pk=key).exists() else {}
    return BulkSelection.objects.create(
        user=user, post=user.post.key if user.post else "", step=step, ids=[str(pk) for pk in ids], back=back, **given
    )


def start(selection, *, reason_code="", reason="", target=None, values=None):
    """Decide that it is to be done; False when somebody (a second click) has decided already."""
    return bool(
        BulkSelection.objects.filter(pk=selection.pk, state=BulkState.CHOSEN).update(
            state=BulkState.RUNNING,
            reason_code=reason_code,
            reason=reason,
            target=target,
            values={name: _stored(value) for name, value in (values or {}).items()},
            worker="",
            heartbeat=None,
        )
    )


def run(pk):
    """Carry a selection out until its end; returns False when another worker is at it or there is nothing to do."""
    worker = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    free = Q(worker="") | Q(heartbeat=None) | Q(heartbeat__lt=timezone.now() - LEASE)
    claimed = BulkSelection.objects.filter(free, pk=pk, state=BulkState.RUNNING)
    if not claimed.update(worker=worker, heartbeat=timezone.now()):
        return False
    while _run_chunk(pk, worker):
        pass
    return True


def unfinished():
    """Selections whose work nobody does: a dead worker, or a job that was never started."""
    return BulkSelection.objects.filter(state=BulkState.RUNNING).filter(
        Q(heartbeat__lt=timezone.now() - LEASE) | Q(heartbeat=None, at__lt=timezone.now() - LEASE)
    )


@transaction.atomic
def _run_chunk(pk, worker):
    """One chunk; False when there is no more, or when another worker has taken over."""
    one = BulkSelection.objects.select_for_update().filter(pk=pk, worker=worker, state=BulkState.RUNNING).first()
    if one is None:
        return False
    ids = _rest(one)
    if ids:
        outcome = _take(one, ids)
        one.outcome = {
            "moved": one.moved + [str(pk) for pk in outcome.moved],
            "refused": one.refused | {str(pk): sentence for pk, sentence in outcome.refused.items()},
            "batches": _batches(one, outcome.moved),
        }
    more = bool(_rest(one))
    one.heartbeat = timezone.now()
    one.state = BulkState.RUNNING if more else BulkState.DONE
    one.save(update_fields=["outcome", "heartbeat", "state"])
    return more


def _rest(one):
    done = {*one.moved, *one.refused}
    rest = [pk for pk in one.ids if pk not in done]
    return rest if one.step in IN_ONE_PIECE else rest[:CHUNK]


def _take(one, ids):
    actor = _actor(one)
    if actor is None:
        return Outcome(one.step, refused=dict.fromkeys(ids, NO_ACCOUNT))
    try:
        return take(
            one.step,
            ids,
            actor=actor,
            reason_code=one.reason_code,
            reason=one.reason,
            key=uuid.uuid5(one.pk, str(one.done)),
            targets=_targets(one, ids),
            values={name: _read(name, value) for name, value in one.values.items()},
        )
    except Refused as refusal:
        return Outcome(one.step, refused=dict.fromkeys(ids, str(refusal)))
    except AlreadyDone as done:
        before = done.operation.outcome or {"refused": dict.fromkeys(ids, DONE_BEFORE)}
        return Outcome(one.step, moved=before.get("moved", []), refused=before.get("refused", {}))


def _actor(one):
    """The user as he is now, not as he was when he chose: grants may have been taken from him since."""
    user = User.objects.filter(pk=one.user_id, is_active=True).first()
    if user:
        user.post = next((post for post in user.posts if post.key == one.post), user.post)
    return user


def _targets(one, ids):
    """For submitting, the chosen area is only for those of whom the address says nothing."""
    if one.target is None or one.step not in IN_ONE_PIECE:
        return one.target
    return dict.fromkeys(undecided([uuid.UUID(pk) for pk in ids]), one.target)


def undecided(ids):
    """The people whose address names no area of the city."""
    suggested = suggesting.suggestions_for(ids)
    return [pk for pk, one in suggested.items() if one.area is None and not one.outside]


def _batches(one, moved):
    if one.step not in IN_ONE_PIECE:
        return []
    found = Case.objects.filter(pk__in=moved, batch__isnull=False).values_list("batch_id", "batch__number")
    return one.batches + [list(pair) for pair in found.distinct().order_by("batch__number")]


def _stored(value):
    return value.isoformat() if isinstance(value, date) else value


def _read(name, value):
    return date.fromisoformat(value) if name.endswith("_on") else value
