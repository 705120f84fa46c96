"""Packing dossiers into shipments and taking them out, before anything is sent."""

from collections import defaultdict
from itertools import count

from django.db.models import F, QuerySet

from accounts.duties import Duty
from archives.models import Dossier, Shipment
from archives.models.shipments import LARGEST
from archives.services import numbering
from archives.services.addressing import archives_of
from archives.shipment_states import State as ShipmentState
from archives.states import State
from tracks.advancing import NOT_YOURS, UNSEEN, Outcome, lock_rows
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import bulk
from weihai_transfer.lib.among import among
from weihai_transfer.lib.refusals import Refused

AT_ONCE = 5000
NOT_READY = "当前状态为“{state}”，不能装入批次。请先办理“整理完成”。"
PACKED = "已装在批次 {number} 中，没有重复装入。要换批次的，请先移出。"
NOT_PACKED = "没有装在未发出的批次中，不能移出。请刷新后查看最新情况。"
OF_OTHERS = "不属于本批次的移交企业，没有装入。请装入该企业自己的批次。"
ELSEWHERE = (
    "此人接收区市的档案管理机构是{archive}，本批次移交{addressee}，没有装入。确需移交该机构的，请勾选“不按接收地移交”。"
)
GONE = "批次不存在，或已经发出、取消，没有装入。请刷新后重新选择批次。"
FULL = f"一个批次最多装 {LARGEST:,} 卷，没有装入。请分批次装入。"


def pack(ids, *, actor, shipment=None, elsewhere=False, key=None):
    """Pack every dossier of `ids` that is ready: into `shipment` (its id), or each into a new one of its enterprise
    for its archive institution. `elsewhere` packs also what belongs to another institution. Returns an Outcome."""
    ids = as_ids(ids)

    def work(act):
        target = _packing(shipment, actor, lock=True) if shipment else None
        outcome = Outcome("pack")
        rows = _sorted_out(ids, actor, outcome, target, elsewhere, lock=True)
        for one, mine in _groups(act, rows, target).items():
            _put(act, one, mine)
        return outcome

    return carry_out("dossier.pack", work, actor=actor, key=key)


def preview_pack(ids, *, actor, shipment=None, elsewhere=False):
    outcome = Outcome("pack")
    _sorted_out(as_ids(ids), actor, outcome, _packing(shipment, actor) if shipment else None, elsewhere, lock=False)
    return outcome


def unpack(ids, *, actor, key=None):
    """Take every dossier of `ids` out of the shipment in which it waits; returns an Outcome."""
    ids = as_ids(ids)

    def work(act):
        rows = QuerySet(Dossier).filter(pk__in=among(Dossier, ids), shipment__isnull=False)
        lock_rows(Shipment, set(rows.values_list("shipment", flat=True)))
        outcome = Outcome("unpack")
        _mine(ids, actor, outcome, _still_packed, lock=True)
        act.change(Dossier, outcome.moved, shipment=None, line=None)
        return outcome

    return carry_out("dossier.unpack", work, actor=actor, key=key)


def preview_unpack(ids, *, actor):
    outcome = Outcome("unpack")
    _mine(as_ids(ids), actor, outcome, _still_packed, lock=False)
    return outcome


def _still_packed(row):
    return "" if row.state == State.READY and row.shipment_id else NOT_PACKED


def _packing(pk, actor, *, lock=False):
    """The shipment, if it is being packed and is this actor's to pack."""
    if lock:
        lock_rows(Shipment, [pk])
    rows = Shipment.objects.open_to(actor, Duty.SUBMIT).filter(pk=pk, state=ShipmentState.PACKING)
    found = rows.select_related("enterprise", "addressee").first()
    if found is None:
        raise Refused(GONE)
    return found


def _sorted_out(ids, actor, outcome, target, elsewhere, *, lock):
    """[(row, archive institution)] of what may be packed; the outcome says so too, and why not of the others."""

    def fault(row):
        if row.state != State.READY:
            return NOT_READY.format(state=row.get_state_display())
        return PACKED.format(number=row.shipment.number) if row.shipment_id else ""

    rows = _mine(ids, actor, outcome, fault, lock=lock)
    found, lacking = archives_of([row.pk for row in rows])
    kept = []
    for row in rows:
        archive, sentence = found.get(row.pk), ""
        if target and not row.enterprise.path.startswith(target.enterprise.path):
            sentence = OF_OTHERS
        elif not target:
            sentence = lacking.get(row.pk, "")
        elif not elsewhere and archive != target.addressee:
            sentence = ELSEWHERE.format(archive=archive, addressee=target.addressee) if archive else lacking[row.pk]
        if sentence:
            outcome.refused[row.pk] = sentence
        else:
            kept.append((row, archive))
    outcome.moved[:] = [row.pk for row, _ in kept]
    return kept


def _mine(ids, actor, outcome, fault, *, lock):
    """The rows of `ids` that are this actor's and have no fault, in the order given."""
    found = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = Dossier.objects.filter(pk__in=among(Dossier, chunk)).open_to(actor, Duty.SUBMIT)
        rows = rows.select_related("enterprise", "shipment").order_by("pk")
        found.update({row.pk: row for row in (rows.select_for_update(of=("self",)) if lock else rows)})
    others = [pk for pk in ids if pk not in found]
    visible = set()
    if others:
        visible.update(
            Dossier.objects.filter(pk__in=among(Dossier, others)).visible_to(actor).values_list("pk", flat=True)
        )
    kept = []
    for pk in ids:
        if pk not in found:
            outcome.refused[pk] = NOT_YOURS if pk in visible else UNSEEN
            if pk in visible:
                outcome.forbidden.append(pk)
        elif sentence := fault(found[pk]):
            outcome.refused[pk] = sentence
        else:
            kept.append(found[pk])
    outcome.moved += [row.pk for row in kept]
    return kept


def _groups(act, rows, target):
    """{shipment: rows}; without a target one new shipment for each enterprise and archive institution."""
    if target:
        return {target: [row for row, _ in rows]}
    groups = defaultdict(list)
    for row, archive in rows:
        groups[row.enterprise, archive].append(row)
    return {numbering.new_shipment(act, *between): mine for between, mine in groups.items()}


def _put(act, shipment, rows):
    if not rows:
        return
    if shipment.lines + len(rows) > LARGEST:
        raise Refused(FULL)
    numbers = count(shipment.lines + 1)
    act.change_each(Dossier, {row.pk: {"shipment": shipment, "line": next(numbers)} for row in rows})
    act.change(Shipment, [shipment.pk], lines=F("lines") + len(rows))
