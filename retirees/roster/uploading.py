"""Taking a file in: guarded at the door, sealed, and the same file only once for an enterprise."""

from dataclasses import dataclass
from pathlib import PurePath

from django.db import IntegrityError, transaction

from retirees.models import Roster
from retirees.models.rosters import LIVE, RosterState
from retirees.roster import files
from weihai_transfer.lib.workbooks import guard


@dataclass(frozen=True)
class Received:
    roster: Roster
    # The same bytes are here already; `roster` is the earlier upload.
    already: bool = False


def receive(enterprise, filename, path, *, by):
    """Keep the file at `path` as a roster of `enterprise`, to be read by a worker.

    Raises workbooks.guard.Refused with the sentence for the user when the file is no readable workbook.
    """
    filename = PurePath(filename.replace("\\", "/")).name[-200:]
    guard.inspect(path, filename)
    roster = Roster(enterprise=enterprise, by=by, filename=filename)
    roster.size, roster.digest = files.keep(roster, path)
    try:
        with transaction.atomic():
            if earlier := _same_file(roster):
                raise IntegrityError
            roster.save(force_insert=True)
    except IntegrityError:
        files.forget(roster)
        if earlier := _same_file(roster):
            return Received(earlier, already=True)
        raise
    return Received(roster)


def _same_file(roster):
    return Roster.objects.filter(enterprise=roster.enterprise, digest=roster.digest, state__in=LIVE).first()


def discard(roster):
    """Forget an upload that was not imported: its staged rows and its file."""
    stopped = Roster.objects.filter(
        pk=roster.pk, state__in=[RosterState.UPLOADED, RosterState.READING, RosterState.HEADINGS, RosterState.CHECKED]
    ).update(state=RosterState.CANCELLED, cancel_asked=True, worker="")
    if stopped:
        roster.staged.all().delete()
        files.forget(roster)
    return bool(stopped)
