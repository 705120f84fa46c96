"""The party list as a workbook, of the rows that one sees."""

from accounts.models import Enterprise
from party.lists.columns import CELLS
from party.organisations.nearest import committees_of
from weihai_transfer.lib import bulk
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

AT_ONCE = 1000
TITLE = "党员名册"
# Days are text, so that they come back as they went out.
COLUMNS = (Column("序号", 6, "integer"), *(Column(cell.label, cell.width, cell.kind) for cell in CELLS))


def write(target, rows, *, words, full):
    """`rows`: a query set in its order; `words`: its filters; `full`: whole numbers and addresses. Returns how many."""
    caption = f"筛选条件：{words}。"
    return write_table(target, [Sheet(TITLE, COLUMNS, _lines(rows, full), (TITLE, caption), footer=TITLE)])


def _lines(rows, full):
    ids = list(rows.values_list("pk", flat=True))
    number = 0
    committees = committees_of(Enterprise.objects.filter(pk__in=set(rows.values_list("enterprise", flat=True))))
    for chunk in bulk.chunks(ids, AT_ONCE):
        found = _with_all(rows.model.objects.filter(pk__in=chunk)).in_bulk()
        for pk in chunk:
            number += 1
            yield (number, *_line(found[pk], committees, full))


def _with_all(rows):
    return rows.select_related("retiree", "enterprise", "office", "branch").with_letter()


def _line(one, committees, full):
    committee = (one.letter and one.letter.sender) or committees.get(one.enterprise_id)
    return [(cell.value if full or not cell.bare else cell.bare)(one, committee) for cell in CELLS]
