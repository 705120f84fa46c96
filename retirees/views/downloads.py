"""Files out: the user's own workbook, the same with its faults marked, the blank template.

The workbooks hold everything in the clear, so only the enterprise itself gets them; who only looks sees masked pages.
"""

from pathlib import Path

from django.http import Http404
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.views.guard import needs
from audit import events
from retirees.models.rosters import RosterState
from retirees.roster import annotated, blank_template, files
from retirees.views.guard import MAY_LOOK, find_own
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.output import XLSX

CHECKED = (RosterState.CHECKED, RosterState.IMPORTED)


@require_safe
@needs(Duty.SUBMIT)
def annotated_workbook(request, pk):
    roster = find_own(request, pk)
    if roster.state not in CHECKED:
        raise Http404
    _there(roster)
    events.note(request, "download", subject=f"retirees.Roster {roster.pk}", field="annotated")
    return written(lambda target: annotated.build(roster, target), annotated.filename_of(roster))


@require_safe
@needs(Duty.SUBMIT)
def original(request, pk):
    roster = find_own(request, pk)
    _there(roster)
    events.note(request, "download", subject=f"retirees.Roster {roster.pk}", field="original")
    with files.opened(roster) as clear:
        # Open already, so that it can be sent after its folder is gone.
        return private_file(Path(clear), roster.filename, "application/octet-stream")


@require_safe
@needs(*MAY_LOOK)
def template(request):
    return written(blank_template.write, blank_template.FILENAME)


def _there(roster):
    if not files.path_of(roster).exists():
        raise Http404


def written(write, name):
    with sealed_files.clear_folder() as folder:
        target = folder / "workbook.xlsx"
        write(target)
        return private_file(target, name, XLSX)
