"""Taking an official list in: pages, number, retention and remark of the enterprise's dossiers, all rows or none."""

from accounts.duties import Duty
from archives.models import Dossier
from archives.register import NAMES, fault_at
from archives.states import FACTS
from audit.operations import operation
from weihai_transfer.lib import bulk
from weihai_transfer.lib.among import among
from weihai_transfer.lib.sealing import blind_index
from weihai_transfer.lib.workbooks.faults import Faulty

AT_ONCE = 5000
ID_COLUMN, NAME_COLUMN = NAMES.index("id_number"), NAMES.index("name")
UNKNOWN = "本企业没有这个身份证号码的退休人员档案。请核对号码；尚未登记的，请先导入花名册。"
OTHER_NAME = "姓名与系统登记的不一致。请核对原件，或先更正人员信息。"
NOT_IN_HAND = "档案“{state}”，不在本企业手中，不能登记。请从目录中删去这一行。"
TWICE = "多个下属企业都登记了这个身份证号码，无法确定是哪一卷。请由所属企业分别上传。"
IN_HAND = FACTS[Duty.SUBMIT][0]


def match(lines, user):
    """({dossier id: Line}, faults): each line with the dossier that it is about."""
    found, faults = {}, []
    index = {line.row: blind_index("id", line.cells["id_number"].strip().upper()) for line in lines}
    known = _by_index(set(index.values()), user)
    for line in lines:
        rows = known.get(index[line.row], [])
        if sentence := _fault(line, rows):
            faults.append(fault_at(line.row, NAME_COLUMN if sentence == OTHER_NAME else ID_COLUMN, sentence))
        else:
            found[rows[0].pk] = line
    return found, faults


def _by_index(wanted, user):
    found = {}
    for chunk in bulk.chunks(sorted(wanted), AT_ONCE):
        rows = Dossier.objects.open_to(user, Duty.SUBMIT).filter(retiree__id_index__in=chunk)
        for row in rows.select_related("retiree"):
            found.setdefault(row.retiree.id_index, []).append(row)
    return found


def _fault(line, rows):
    if not rows:
        return UNKNOWN
    if len(rows) > 1:
        return TWICE
    if rows[0].retiree.name != line.cells["name"].strip():
        return OTHER_NAME
    return "" if rows[0].state in IN_HAND else NOT_IN_HAND.format(state=rows[0].get_state_display())


def register(lines, *, actor, key=None):
    """Write the facts of every line; returns how many. With one fault nothing is written: raises Faulty."""
    with operation("dossier.register_list", actor=actor, key=key) as act:
        found, faults = match(lines, actor)
        list(Dossier.objects.filter(pk__in=among(Dossier, list(found))).order_by("pk").select_for_update(of=("self",)))
        # What was waited for may have moved meanwhile.
        found, faults = match(lines, actor)
        if faults:
            raise Faulty(faults)
        act.change_each(Dossier, {pk: _facts(line) for pk, line in found.items()})
    return len(found)


def _facts(line):
    return {
        "pages": line.pages,
        **{name: line.cells[name].strip() for name in ("number", "retention", "remark")},
    }
