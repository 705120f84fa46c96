"""Making the file of an export. The scope is that of the user as he is now; the file appears whole or not at all, so a
worker that was killed is followed by one that begins anew."""

import logging
import os
import socket
import uuid
from contextlib import suppress
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit import events
from oversight.exports import files, workbook
from oversight.exports.lists import EXPORTS
from oversight.models import Export, ExportState
from oversight.models.exports import KEPT
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.among import among

LEASE = timedelta(seconds=90)
CHUNK = 2000
# So often it is begun anew when the list changes while it is written.
TRIES = 3
LOST_POST = "申请时所在的岗位已经没有了，没有生成文件。请以现在的岗位重新申请。"
NO_LIST = "现在的岗位不能查看这个列表，没有生成文件。请重新申请。"
CHANGED = "生成期间列表一直在变动，没有生成文件。请稍后重新申请。"
BROKEN = "生成文件时发生故障，没有生成文件。请重新申请；再次发生的请联系系统管理员。"
NOTHING_LEFT = "申请的记录现在都已不在可查看的列表中，没有生成文件。请回到列表核对后重新申请。"

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Cancelled by the asker, or another worker took over."""


class CannotBeMade(Exception):
    """With the sentence that the asker reads."""


class Changed(Exception):
    """The list is another one than was counted at the beginning."""


def unfinished():
    """Exports whose work nobody does: a dead worker, or a job that was never started."""
    long_ago = timezone.now() - LEASE
    return Export.objects.filter(
        Q(state=ExportState.RUNNING, heartbeat__lt=long_ago)
        | Q(state=ExportState.QUEUED, at__lt=long_ago) & (Q(answered_at=None) | Q(answered_at__lt=long_ago))
    )


def run(pk):
    """Make one; returns False when another worker is at it or there is nothing to do."""
    worker = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    now = timezone.now()
    free = Q(state=ExportState.QUEUED) | Q(state=ExportState.RUNNING, heartbeat__lt=now - LEASE)
    if not Export.objects.filter(free, pk=pk).update(state=ExportState.RUNNING, worker=worker, heartbeat=now, done=0):
        return False
    export = Export.objects.get(pk=pk)
    try:
        _make(export)
    except Stopped:
        return False
    except CannotBeMade as why:
        _fail(export, str(why))
    except Exception:
        log.exception("export %s", export.number)
        _fail(export, BROKEN)
    return True


def _mine(export):
    return Export.objects.filter(pk=export.pk, worker=export.worker, state=ExportState.RUNNING)


def _fail(export, why):
    with suppress(Stopped):
        beat(export, state=ExportState.FAILED, failure=why, keys=b"")


def beat(export, **values):
    """Keep the lease and say how far it is."""
    if not _mine(export).update(heartbeat=timezone.now(), **values):
        raise Stopped


def _actor(export):
    """The user as he is now, in the post in which he asked: it may have been taken from him since."""
    user = User.objects.filter(pk=export.user_id, is_active=True).first()
    post = next((post for post in user.posts if post.key == export.post), None) if user else None
    if post is None:
        raise CannotBeMade(LOST_POST)
    user.post = post
    return user


def _held(user):
    return [post.key for post in user.posts]


def _make(export):
    for _ in range(TRIES):
        try:
            return _try(export)
        except Changed:
            beat(export, done=0)
    raise CannotBeMade(CHANGED)


def _try(export):
    one, user = EXPORTS[export.what], _actor(export)
    if not one.open_to(user):
        raise CannotBeMade(NO_LIST)
    page = one.page_of(user, export.query)
    keys = _still_there(export, page)
    if not keys:
        raise CannotBeMade(NOTHING_LEFT)
    wanted = {name for name, _ in export.columns}
    columns = [column for column in one.columns_of(user, page) if column.name in wanted]
    reader = one.reader_of(page, columns, user, masked=export.masked)
    with sealed_files.clear_folder() as folder:
        target = folder / "export.xlsx"
        lines = _lines(export, reader, keys, user)
        written = workbook.write(target, export, one, columns, lines, rows=len(keys) // 16, user=user)
        if written != len(keys) // 16:
            raise Changed
        _finish(export, target, user, written)
    return True


def _chunks(keys):
    """Sixteen bytes each, so that a million keys are sixteen megabytes."""
    for start in range(0, len(keys), 16 * CHUNK):
        part = keys[start : start + 16 * CHUNK]
        yield [uuid.UUID(bytes=part[at : at + 16]) for at in range(0, len(part), 16)]


def _still_there(export, page):
    """Of the frozen keys those that the user sees now and that the filters still find, in their order."""
    rows, found = page.queryset.order_by(), bytearray()
    for chunk in _chunks(bytes(export.keys)):
        beat(export)
        here = set(rows.filter(pk__in=among(rows.model, chunk)).values_list("pk", flat=True))
        for pk in chunk:
            if pk in here:
                found += pk.bytes
    return bytes(found)


def _lines(export, reader, keys, user):
    """Piece by piece; when a grant was given or taken meanwhile, all is begun anew under the scope that holds now."""
    held, done = _held(user), 0
    for chunk in _chunks(keys):
        if _held(_actor(export)) != held:
            raise Changed
        yield from reader.lines(chunk)
        done += len(chunk)
        beat(export, done=done)


def _finish(export, target, user, rows):
    file = uuid.uuid4()
    size, digest = files.keep(file, target)
    # The event stands before the file can be fetched; a run that loses its lease here has made it all the same.
    events.write_for(
        user,
        "export",
        subject=f"oversight.Export {export.number}",
        field=f"{EXPORTS[export.what].label} {rows:,} 行{'' if export.masked else '，未脱敏'}",
        reason=export.words,
    )
    try:
        beat(
            export,
            state=ExportState.READY,
            file=file,
            size=size,
            digest=digest,
            rows=rows,
            ready_at=timezone.now(),
            keys=b"",
        )
    except Stopped:
        files.forget(file)
        raise


def expire():
    """Take away the files whose days are over, and requests that nobody answered; returns how many."""
    old = timezone.now() - KEPT
    gone = list(Export.objects.filter(state=ExportState.READY, ready_at__lt=old).values_list("pk", "file"))
    for pk, file in gone:
        if Export.objects.filter(pk=pk, state=ExportState.READY).update(state=ExportState.EXPIRED):
            files.forget(file)
    unanswered = Export.objects.waiting().filter(at__lt=old)
    files.sweep()
    return len(gone) + Export.objects.filter(pk__in=list(unanswered.values_list("pk", flat=True))).update(
        state=ExportState.EXPIRED, keys=b""
    )
