"""One roster through the real intake, in a process of its own: prints seconds, worker MB, web MB."""

import sys
import time
from pathlib import Path

import django

django.setup()

from accounts import divisions  # noqa: E402
from accounts.models import Enterprise  # noqa: E402
from retirees.models import Roster  # noqa: E402
from retirees.models.rosters import RosterState  # noqa: E402
from retirees.roster import checking, importing, uploading  # noqa: E402


def peak():
    """The high-water mark of this program; getrusage would tell that of the process it was forked from."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main(path, code):
    began = time.perf_counter()
    enterprise = Enterprise.objects.get(code=code)
    roster = uploading.receive(enterprise, path.name, path, by=divisions.steward()).roster
    web = peak()
    checking.carry_out(roster.pk, ask_about_headings=False)
    roster = Roster.objects.get(pk=roster.pk)
    importing.start(roster, actor=divisions.steward(), good_rows_only=True)
    importing.carry_out(roster.pk)
    seconds = time.perf_counter() - began
    done = Roster.objects.get(pk=roster.pk)
    if done.state != RosterState.IMPORTED or done.done < done.rows * 0.99:
        sys.exit(f"not imported: {done.state} {done.done} of {done.rows} {done.refusal}")
    print(seconds, peak(), web)


main(Path(sys.argv[1]), sys.argv[2])
