"""The user's own workbook back, with every fault where it is."""

from retirees.models import RosterRow
from retirees.models.rosters import RosterState, Verdict
from retirees.roster import files, layouts
from weihai_transfer.lib.workbooks import guard
from weihai_transfer.lib.workbooks.annotate import Marking, annotate


def build(roster, target):
    """Write the annotated workbook of a checked or imported roster to the path `target`."""
    remarks, faulty = remarks_by_sheet(roster), faulty_rows(roster)
    markings = {
        index: Marking(
            remarks=remarks.get(index, {}),
            keep_rows=frozenset(range(1, layout.data_from)),
            heading_row=layout.heading_rows[1],
            only_rows=frozenset(faulty.get(index, ())) if only_faulty(roster) else None,
        )
        for index, layout in layouts.loaded(roster)
    }
    with files.opened(roster) as clear:
        annotate(clear, guard.inspect(clear, roster.filename), target, markings)


def remarks_by_sheet(roster):
    """{sheet index: {row number: [(column index or None, sentence)]}} for the rows that have something to be said."""
    found = {}
    rows = RosterRow.objects.filter(roster=roster).exclude(problems=[]).exclude(verdict=Verdict.BLANK)
    for sheet, number, problems in rows.values_list("sheet", "number", "problems").iterator():
        found.setdefault(sheet, {})[number] = [(one["index"], one["message"]) for one in problems]
    return found


def faulty_rows(roster):
    """{sheet index: row numbers} that could not be imported."""
    found = {}
    rows = RosterRow.objects.filter(roster=roster, verdict__in=[Verdict.BAD, Verdict.DUPLICATE])
    for sheet, number in rows.values_list("sheet", "number").iterator():
        found.setdefault(sheet, set()).add(number)
    return found


def only_faulty(roster):
    """Once the good rows are people, only the faulty ones go back; before that the whole file does."""
    return roster.state == RosterState.IMPORTED


def filename_of(roster):
    return f"{roster.filename.rsplit('.', 1)[0]}-核对结果.xlsx"
