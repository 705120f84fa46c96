"""The custody chain: who held a dossier and who answered for it, at every instant since the person was registered.

Told from the stored history alone, never kept beside it, so it cannot say anything else than what was done.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Min

from archives.models import Dossier, Shipment
from archives.shipment_states import State as ShipmentState
from archives.states import ARCHIVE, MACHINE, SIDES, State
from audit.history import CREATED, REMOVED, history_of
from retirees.models import Retiree
from tracks import timeline
from weihai_transfer.lib import bulk
from weihai_transfer.lib.among import among

AT_ONCE = 5000
WITH_CARRIERS = (State.IN_TRANSIT,)
AT_THE_ARCHIVE = (State.RECEIVED, State.SHELVED)
# Sent back by the archive, which keeps it until the enterprise has fetched it.
WAITS_TO_BE_FETCHED = (State.RETURNED,)
WITH_NOBODY = (State.LOST,)
NO_THING = (State.NONE,)


@dataclass(frozen=True)
class Link:
    """One stretch of time with one holder, one place and one who answers. `until` is None for the last."""

    since: datetime
    until: datetime | None
    holder: str
    place: str
    responsible: str
    state: str


@dataclass(frozen=True)
class Gap:
    dossier: object
    at: datetime | None
    sentence: str


def chain(dossier):
    """The links of a dossier's chain, oldest first, each beginning where the one before ends."""
    found, archive = [], None
    joined = ("enterprise", "office", "shipment")
    for row, _ in timeline.versions(Dossier, joined, retiree_id=dossier.pk):
        if row.history_type == REMOVED:
            found[-1:] = [replace(one, until=row.history_date) for one in found[-1:]]
            continue
        archive = row.office or archive
        holder, place = _holder(row, archive)
        one = Link(row.history_date, None, holder, place, _answers(row, archive), row.get_state_display())
        if found and found[-1].until is None:
            last = found[-1]
            if (last.holder, last.place, last.responsible) == (one.holder, one.place, one.responsible):
                continue
            found[-1] = replace(last, until=one.since)
        found.append(one)
    return found


def _holder(row, archive):
    """(holder, place) of one version."""
    if row.state in WITH_CARRIERS:
        return _carriers(row), f"移交途中，批次 {row.shipment}"
    if row.state in AT_THE_ARCHIVE:
        return str(row.office), f"架位 {row.shelf}" if row.state == State.SHELVED else "待入库"
    if row.state in WAITS_TO_BE_FETCHED:
        return str(archive or row.enterprise), "待企业收回补正"
    if row.state in WITH_NOBODY:
        return "去向待查", f"在批次 {row.shipment} 移交途中遗失" if row.shipment_id else "移交途中遗失"
    if row.state in NO_THING:
        return "无档案", ""
    packed = f"，装在批次 {row.shipment} 待发" if row.shipment_id else ""
    return str(row.enterprise), f"{row.place or '企业'}{packed}"


def _carriers(row):
    """The carriers as they were named when the shipment was sent."""
    versions = history_of(Shipment).objects.filter(id=row.shipment_id, state=ShipmentState.IN_TRANSIT)
    sent = versions.filter(history_date__lte=row.history_date).order_by("-history_date", "-history_id").first()
    if sent is None:
        return "未登记移交人"
    names = "、".join(name for name in (sent.carrier, sent.second_carrier) if name)
    return f"{names}（{sent.get_way_display()}，封签 {sent.seal_number}）"


def _answers(row, archive):
    side = SIDES[row.state]
    if row.state == State.SHELVED or (side and side.answers == ARCHIVE):
        return str(row.office)
    return str(row.enterprise)


# --- over many


def gaps(dossiers):
    """Every instant at which a dossier of the query set has no holder or nobody who answers for it: an iterator of Gap.

    A chain begins in the operation that registered the person, each version says where the dossier is, and what is on
    its way left in the operation that sent its shipment under named carriers.
    """
    for ids in bulk.chunks(dossiers.order_by().values_list("pk", flat=True).iterator(AT_ONCE), AT_ONCE):
        yield from _gaps_of(ids)


def _gaps_of(ids):
    registered = _registered(ids)
    rows = history_of(Dossier).objects.filter(retiree_id__in=among(Dossier, ids))
    rows = rows.order_by("retiree_id", "history_date", "history_id").values(
        "retiree_id",
        "history_date",
        "history_type",
        "state",
        "last_step",
        "office_id",
        "enterprise_id",
        "shipment_id",
        "shelf",
        "operation_id",
    )
    rows = list(rows)
    sent = _sent({row["shipment_id"] for row in rows if row["shipment_id"]})
    before = None
    seen = set()
    for row in rows:
        pk = row["retiree_id"]
        first = pk not in seen
        seen.add(pk)
        if first and (row["history_type"] != CREATED or row["history_date"] > registered.get(pk, row["history_date"])):
            yield Gap(pk, row["history_date"], "档案登记晚于人员登记，其间没有保管记录。")
        if sentence := _fault(row, before if before and before["retiree_id"] == pk else None, sent):
            yield Gap(pk, row["history_date"], sentence)
        before = row
    for pk in ids:
        if pk not in seen:
            yield Gap(pk, None, "没有任何保管记录。")


def _fault(row, before, sent):
    """What is wrong with one version of a dossier; "" when exactly one holds it and exactly one answers for it."""
    if row["history_type"] == REMOVED:
        return ""
    if row["enterprise_id"] is None or row["state"] not in MACHINE.sides:
        return "没有移交企业或状态不明，无人负责。"
    if row["state"] in (*AT_THE_ARCHIVE, *WITH_CARRIERS) and row["office_id"] is None:
        return "没有接收机构，无人保管。"
    if row["state"] == State.SHELVED and not row["shelf"]:
        return "已入库而没有架位。"
    if row["state"] in WITH_CARRIERS:
        if row["shipment_id"] is None:
            return "移交途中而没有批次，移交人不明。"
        began = before is None or before["state"] not in WITH_CARRIERS
        if began and (row["shipment_id"], row["operation_id"]) not in sent:
            return "移交途中而批次没有随同发出，移交人不明。"
    return ""


def _registered(ids):
    """{id: when the person was first registered}, of those who have not been removed since."""
    rows = history_of(Retiree).objects.filter(id__in=among(Retiree, ids), history_type=CREATED)
    return dict(rows.order_by().values("id").annotate(first=Min("history_date")).values_list("id", "first"))


def _sent(shipments):
    """{(shipment, operation)} of every sending under a named carrier."""
    rows = history_of(Shipment).objects.filter(id__in=shipments, last_step="send").exclude(carrier="")
    return set(rows.values_list("id", "operation_id"))
