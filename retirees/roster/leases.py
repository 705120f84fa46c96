"""Who works on a roster: one worker at a time, noticed as dead when its heartbeat stops.

Every chunk is written in one transaction with the heartbeat, under the condition that the lease is
still held: a worker that was taken for dead and comes back writes nothing.
"""

import os
import socket
import uuid
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from retirees.models import Roster

LEASE = timedelta(seconds=90)


class LeaseLost(Exception):
    """Another worker took over, or the user cancelled."""


def worker_name():
    return f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"


def claim(roster_id, states, *, becomes):
    """The roster under a new lease, or None when another worker holds it or there is nothing to do."""
    worker, now = worker_name(), timezone.now()
    free = Q(worker="") | Q(heartbeat=None) | Q(heartbeat__lt=now - LEASE)
    claimed = Roster.objects.filter(free, pk=roster_id, state__in=states).update(
        worker=worker, heartbeat=now, state=becomes
    )
    return Roster.objects.select_related("enterprise", "by").get(pk=roster_id) if claimed else None


def beat(roster, **values):
    """Keep the lease and write progress; inside the transaction of the chunk. Raises LeaseLost."""
    kept = Roster.objects.filter(pk=roster.pk, worker=roster.worker, state=roster.state, cancel_asked=False).update(
        heartbeat=timezone.now(), **values
    )
    if not kept:
        raise LeaseLost


def stale():
    """Rosters whose work nobody does: a dead worker, or a job that was never started."""
    long_ago = timezone.now() - LEASE
    return Roster.objects.unfinished().filter(Q(heartbeat__lt=long_ago) | Q(heartbeat=None, at__lt=long_ago))
