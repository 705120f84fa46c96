"""Reading a roster: every row is cleaned and staged, all faults at once; nothing becomes a person here.

A check that was cut short is simply begun again: it writes nothing but staged rows of its own roster.
"""

from collections import Counter

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from retirees.models import Roster, RosterRow
from retirees.models.rosters import RosterState, Verdict
from retirees.roster import duplicates, files, layouts, leases, staging
from retirees.roster.rows import Cleaner, Duplicates
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.memory import without_collector
from weihai_transfer.lib.workbooks import guard
from weihai_transfer.lib.workbooks.reading import open_workbook

CHUNK = 2000


def carry_out(roster_id, *, ask_about_headings=True):
    """Check one roster to its end; returns False when another worker is at it.

    `ask_about_headings`: stop where a person should say what a column is; the command line goes on without
    the columns that nobody knows.
    """
    roster = leases.claim(roster_id, [RosterState.UPLOADED, RosterState.READING], becomes=RosterState.READING)
    if roster is None:
        return False
    roster.state = RosterState.READING
    RosterRow.objects.filter(roster=roster).delete()
    try:
        with files.opened(roster) as clear:
            _read(roster, clear, ask_about_headings)
    except guard.Refused as refused:
        _end(roster, state=RosterState.REFUSED, refusal=refused.message)
        # A file that cannot be read is of no more use, and it may hold personal data.
        files.forget(roster)
    except leases.LeaseLost:
        _clear_if_cancelled(roster)
    return True


def _read(roster, clear, ask_about_headings):
    inspected = guard.inspect(clear, roster.filename)
    with open_workbook(clear, inspected) as book:
        heads = layouts.Heads(book)
        found = layouts.loaded(roster)
        if not found:
            found, left = layouts.recognised(heads, roster.enterprise)
            if not found:
                raise guard.Refused(
                    "no_heading", left[0].message if left else "文件中没有可导入的工作表。请检查后重新上传。"
                )
            Roster.objects.filter(pk=roster.pk).update(
                layout=layouts.stored(found),
                left_sheets=[{"sheet": one.sheet, "message": one.message, "people": bool(one.layout)} for one in left],
            )
            if ask_about_headings and not all(layout.is_settled for _, layout in found):
                return _end(roster, state=RosterState.HEADINGS)
        lacking = {column.label for _, layout in found for column in layout.missing}
        if lacking:
            raise guard.Refused(
                "missing_columns",
                f"表中没有找到必需的列：{'、'.join(sorted(lacking))}。没有这些列无法办理移交。请补上后重新上传，或在表头对应页指定。",
            )
        total = sum(max(0, book.sheets[index].height - layout.data_from + 1) for index, layout in found)
        leases_kept = Roster.objects.filter(pk=roster.pk, worker=roster.worker).update(done=0, total=total)
        if not leases_kept:
            raise leases.LeaseLost
        with without_collector():
            _stage(roster, heads, found)


def _stage(roster, heads, found):
    counts, seen, done = Counter(), Duplicates(), 0
    for index, layout in found:
        cleaner = Cleaner(layout, today=clock.today(), merged=heads.book.sheets[index].merged)
        rows = (pair for pair in heads.rows(index) if pair[0] >= layout.data_from)
        for chunk in bulk.chunks(rows, CHUNK):
            stored = [_staged(roster, index, cleaner, seen, number, cells, counts) for number, cells in chunk]
            done += len(chunk)
            with transaction.atomic():
                leases.beat(roster, done=done)
                staging.put(row for row in stored if row is not None)
    with transaction.atomic():
        leases.beat(roster)
        duplicates.mark(roster)
        _end(roster, state=RosterState.CHECKED, **_counted(roster, counts))


def _staged(roster, index, cleaner, seen, number, cells, counts):
    clean = cleaner.clean(number, cells)
    if clean.kind == "data":
        clean = seen.look(clean)
    verdict = staging.verdict_of(clean)
    counts["rows"] += 1
    if verdict == Verdict.BLANK:
        counts["blank"] += 1
        # Totals and footers are shown to the user; a row with nothing in it is only counted.
        return None if clean.kind == "blank" else staging.stored(roster, index, clean, verdict)
    return staging.stored(roster, index, clean, verdict)


def _counted(roster, counts):
    """Rows in the file = accepted + rejected + blank."""
    staged = RosterRow.objects.filter(roster=roster).aggregate(
        good=Count("pk", filter=Q(verdict=Verdict.GOOD)),
        bad=Count("pk", filter=Q(verdict__in=[Verdict.BAD, Verdict.DUPLICATE])),
        duplicates=Count("pk", filter=Q(verdict=Verdict.DUPLICATE)),
        warnings=Count("pk", filter=Q(has_warning=True, verdict=Verdict.GOOD)),
    )
    return {
        "rows": counts["rows"],
        "blank": counts["blank"],
        "accepted": staged["good"],
        "rejected": staged["bad"],
        "duplicates": staged["duplicates"],
        "warnings": staged["warnings"],
    }


def _end(roster, **values):
    Roster.objects.filter(pk=roster.pk, worker=roster.worker).update(worker="", heartbeat=timezone.now(), **values)


def _clear_if_cancelled(roster):
    fresh = Roster.objects.get(pk=roster.pk)
    if fresh.state == RosterState.CANCELLED:
        RosterRow.objects.filter(roster=roster).delete()


def read_again(roster, found):
    """Read with the headings as the user has settled them ([(sheet index, Layout)])."""
    for _, layout in found:
        layouts.remember(roster.enterprise, layout)
    return Roster.objects.filter(pk=roster.pk, state__in=[RosterState.HEADINGS, RosterState.CHECKED]).update(
        layout=layouts.stored(found), state=RosterState.UPLOADED, worker="", heartbeat=None, done=0, total=0
    )
