"""What a list that was read changes: all of it in one operation, or nothing when anything in it cannot be."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from party.ends import SENDING
from party.models import Membership
from party.services import letters, searches
from party.states import MACHINE, OPEN, State
from retirees.models import Retiree
from tracks.advancing import Outcome, advance, lock_rows
from tracks.taking import carry_out
from weihai_transfer.lib import bulk
from weihai_transfer.lib.among import among
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.sealing import blind_index
from weihai_transfer.lib.workbooks.faults import Fault, Faulty

AT_ONCE = 5000
KIND, REASON = "membership.list", "按党员名册更新"
UNKNOWN = "{name}不在您管理的党员中。请核对身份证号；尚未登记的，请先由人事部门导入花名册。"
TWICE = "{name}在您管理的多家企业都有登记，无法判断更新哪一家。请先处理重复登记，或删去此行。"
OTHER_NAME = "与登记的姓名不一致。请核对是否填错行；姓名确有更改的，请先更正人员信息。"
ELSEWHERE = "组织关系状态为“{state}”，已不由转出方更新，而此行有改动。请恢复原内容，或删去此行。"
NO_DAY = "没有填写失联时间。请写作“是（2026-01-05）”，日期为最后一次取得联系的日期。"
# Whose facts the sending organisation still answers for.
MINE = tuple(state for state in OPEN if state != State.ARRIVED)


@dataclass
class Change:
    """What one line changes, against the rows as they are."""

    person: dict = field(default_factory=dict)
    membership: dict = field(default_factory=dict)
    step: str = ""

    def __bool__(self):
        return bool(self.person or self.membership or self.step)


def apply(lines, *, actor, key=None):
    """Write what the lines change; returns (Outcome of the changed members, faults). With faults nothing is written."""
    try:
        return carry_out(KIND, lambda act: _work(act, lines, actor), actor=actor, reason=REASON, key=key), []
    except Faulty as stopped:
        return Outcome("list"), sorted(stopped.faults, key=lambda one: one.row)


def _work(act, lines, actor):
    found, faults = _found(lines, actor)
    ids = list(found.values())
    lock_rows(Membership, ids)
    lock_rows(Retiree, ids)
    rows = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows.update(QuerySet(Membership).filter(pk__in=among(Membership, chunk)).select_related("retiree").in_bulk())
    changes = {}
    for line in lines:
        if line.number in found:
            row = rows[found[line.number]]
            changes[row.pk] = _change(line, row, faults)
    if faults:
        raise Faulty(faults)
    wanted = {pk: change for pk, change in changes.items() if change}
    _write(act, wanted, rows, actor)
    return Outcome("list", moved=list(wanted))


def _found(lines, actor):
    """({row number: membership id}, faults) among those that the actor sends."""
    index = {line.number: blind_index("id", line.id_number) for line in lines}
    known = {}
    for chunk in bulk.chunks(index.values(), AT_ONCE):
        mine = Membership.objects.filter(retiree__id_index__in=chunk).open_to(actor, SENDING)
        for pk, digest in mine.values_list("pk", "retiree__id_index"):
            known.setdefault(digest, []).append(pk)
    found, faults = {}, []
    for line in lines:
        pks = known.get(index[line.number], [])
        if len(pks) == 1:
            found[line.number] = pks[0]
        else:
            sentence = TWICE if pks else UNKNOWN
            faults.append(Fault(line.number, "身份证号", sentence.format(name=line.name or "此人")))
    return found, faults


def _change(line, row, faults):
    if line.name and line.name != row.retiree.name:
        faults.append(Fault(line.number, "姓名", OTHER_NAME))
        return Change()
    change = Change(_different(row.retiree, line.person), _different(row, line.membership))
    _lost(line, row, change, faults)
    if change and row.state not in MINE:
        faults.append(Fault(line.number, "", ELSEWHERE.format(state=row.get_state_display())))
    elif change:
        _checked(line, row, change, faults)
    return change


def _different(row, values):
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def _lost(line, row, change, faults):
    lost = row.state == State.UNREACHABLE
    if line.lost and not lost:
        if row.state in MACHINE["lose"].sources and not line.lost_since and not row.lost_since:
            faults.append(Fault(line.number, "是否失联", NO_DAY))
        if row.state in MACHINE["lose"].sources:
            change.step = "lose"
        if line.lost_since and line.lost_since != row.lost_since:
            change.membership["lost_since"] = line.lost_since
    elif line.lost and line.lost_since and line.lost_since != row.lost_since:
        change.membership["lost_since"] = line.lost_since
    elif line.lost is False and (lost or row.lost_since):
        change.step = "find" if lost else ""
        change.membership |= {"lost_since": None, **({"stopped_on": None} if row.stopped_on else {})}


def _checked(line, row, change, faults):
    """The facts hold together; what a step will have changed is looked at as if it had been taken."""
    if change.step:
        return
    try:
        searches.check_facts(row, change.membership)
    except Refused as refusal:
        faults.append(Fault(line.number, "", str(refusal)))


def _write(act, wanted, rows, actor):
    act.change_each(Retiree, {pk: change.person for pk, change in wanted.items() if change.person})
    searches.write_facts(act, {rows[pk]: change.membership for pk, change in wanted.items() if change.membership})
    for step in ("lose", "find"):
        ids = [pk for pk, change in wanted.items() if change.step == step]
        if not ids:
            continue
        outcome = advance(act, Membership, step, ids, actor=actor, values={"office": None})
        if outcome.refused:
            raise Faulty([Fault(0, "", next(iter(outcome.refused.values())))])
        letters.void(act, ids, why=MACHINE[step].label, tell=True)
