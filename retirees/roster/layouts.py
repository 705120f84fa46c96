"""From an open workbook to the layouts of its data sheets, with what this enterprise chose before."""

from itertools import chain, islice

from retirees.models import RememberedHeading
from retirees.roster.headings import LOOKED_AT, SheetHead, choose_sheets
from retirees.roster.layout import Layout


class Heads:
    """The first rows of each sheet. The last sheet looked at is read on from there, so that a workbook with one
    sheet is parsed once."""

    def __init__(self, book):
        self.book = book
        self.heads, self.last, self.rest = [], None, None
        for sheet in book.sheets:
            rows = book.rows(sheet.index)
            first = list(islice(rows, LOOKED_AT))
            self.heads.append(
                SheetHead(
                    sheet.name, first, hidden=sheet.hidden, merged=sheet.merged, hidden_columns=sheet.hidden_columns
                )
            )
            self.last, self.rest = sheet.index, chain(first, rows)

    def rows(self, index):
        """All rows of one sheet from the first."""
        if index == self.last and self.rest is not None:
            rows, self.rest = self.rest, None
            return rows
        return self.book.rows(index)


def remembered(enterprise):
    return dict(RememberedHeading.objects.filter(enterprise=enterprise).values_list("heading", "field"))


def remember(enterprise, layout):
    """Keep the user's decisions about headings for the enterprise's next roster."""
    for heading, field in layout.to_remember().items():
        RememberedHeading.objects.update_or_create(
            enterprise=enterprise, heading=heading[:120], defaults={"field": field}
        )


def stored(layouts):
    """[(sheet index, Layout)] as JSON for Roster.layout."""
    return [{"index": index, "layout": layout.to_json()} for index, layout in layouts]


def loaded(roster):
    return [(one["index"], Layout.from_json(one["layout"])) for one in roster.layout]


def recognised(heads, enterprise):
    """[(sheet index, Layout)] of the sheets to import, and the LeftSheets."""
    found = choose_sheets(heads.heads, remembered=remembered(enterprise))
    index_of = {sheet.name: sheet.index for sheet in heads.book.sheets}
    layouts = [(index_of[layout.sheet], layout) for layout in found if isinstance(layout, Layout)]
    return layouts, [one for one in found if not isinstance(one, Layout)]
