"""The people expected in a month as a roster to be completed and uploaded: what is known is filled in."""

from retirees.roster.blank_template import FIELDS, WIDE
from retirees.roster.cells import label_of
from weihai_transfer.lib import identity
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

TITLE = "退休人员名册"


def write(target, rows, words):
    """`rows`: ExpectedRetirement of one enterprise; `words` say of which month."""
    columns = [Column(each.label, 26 if each.field in WIDE else 14) for each in FIELDS]
    lines = [[_known(one).get(each.field, "") for each in FIELDS] for one in rows]
    return write_table(target, [Sheet(TITLE, columns, lines, (words,))])


def _known(one):
    return {
        "name": one.name,
        "id_number": one.id_number,
        "sex": label_of(identity.sex(one.id_number)),
        "born_on": f"{one.born_on:%Y-%m-%d}",
        "retired_on": f"{one.expected:%Y-%m}",
        "retirement_kind": "正常退休",
        "former_unit": one.enterprise.name,
    }
