"""The papers about shipments, dossiers and filing fees: who may make them, and what stands in them."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import QuerySet, Sum

from accounts.duties import Duty
from archives import annexes
from archives.fee_states import WITH_AMOUNT
from archives.models import Dossier, DossierPaper, FeePaper, FilingFee, MissingPaper, Shipment, ShipmentPaper
from archives.services.addressing import archives_of
from archives.services.shipments import dossiers_of, tally
from archives.shipment_states import State
from archives.terms import Term
from tracks.papers import PaperDesk, PaperKind
from weihai_transfer.lib import numerals
from weihai_transfer.lib.words import on_paper

# More rows than these stand in a workbook beside the paper, named by its digest.
LISTED = 300
NAMED = 10
BOTH = (Duty.SUBMIT, Duty.ARCHIVES)
REASON = "国有企业退休人员社会化管理移交"
NOT_SENT = "批次尚未发出，不能生成。请填写移交人、封签号并发出后再生成。"
NOTHING_MISSING = "没有登记缺少的材料，不能生成缺件说明。请先逐项登记缺少的材料和原因。"
NOT_ASSESSED = "档案整理费尚未评估，不能生成费用确认书。请待评估机构登记评估结果。"


def text(value):
    return "" if value in (None, "") else f"{value:,}" if isinstance(value, int) else str(value)


def day(value):
    return on_paper(value) if value else ""


def sender(enterprise, shipment=None):
    return {
        "enterprise": enterprise.name,
        "contact": shipment.carrier if shipment else "",
        "contact_phone": shipment.carrier_phone if shipment else "",
    }


# --- shipments


def not_sent(ids):
    rows = QuerySet(Shipment).filter(pk__in=ids, state__in=(State.PACKING, State.CANCELLED))
    return dict.fromkeys(rows.values_list("pk", flat=True), NOT_SENT)


def _shipments(ids):
    return QuerySet(Shipment).filter(pk__in=ids).select_related("enterprise", "addressee")


def carriers(one):
    found = [{"name": one.carrier, "unit": one.carrier_unit, "phone": one.carrier_phone}]
    if one.second_carrier:
        found.append({"name": one.second_carrier, "unit": one.second_unit, "phone": one.second_phone})
    return found


def inventory(ids):
    term = Term()
    return {one.pk: _inventory(one, term) for one in _shipments(ids)}


def _inventory(one, term):
    rows = dossiers_of(one.pk)
    sums = rows.aggregate(volumes=Sum("volumes"), pages=Sum("pages"))
    count = rows.count()
    whole = count <= LISTED
    annex, digest = ("", "") if whole else annexes.of(one)
    counts = tally(one.pk)
    checked = one.received is not None
    return {
        **sender(one.enterprise, one),
        "archive": one.addressee.name,
        "shipment": one.number,
        "sent_on": day(one.sent_on),
        "receive_by": day(term.last_day(one).value),
        "way": one.get_way_display(),
        "carriers": carriers(one),
        "seal": one.seal_number,
        "count": text(count),
        "volumes": text(sums["volumes"] or 0),
        "pages": text(sums["pages"]),
        "rows": [_inventory_row(one, row) for row in annexes.lines(one)] if whole else [],
        "annex": annex,
        "annex_sha256": digest,
        "received": text(one.received) if checked else "",
        "exceptions": _exceptions(one, counts) if checked else "",
    }


def _exceptions(one, counts):
    said = (("未见", one.missing), ("退回补正", one.returned), ("破损核收", counts["damaged"]))
    return "，".join(f"{label} {count:,} 卷" for label, count in said if count) or "无"


def _inventory_row(one, row):
    return {
        "serial": str(row.line),
        "check_number": one.check_number(row.line),
        "name": row.retiree.name,
        "id_number": row.retiree.id_number,
        "volumes": text(row.volumes),
        "pages": text(row.pages),
        "dossier_number": row.number,
        "note": "；".join(filter(None, (row.remark, row.condition))),
    }


def notice(ids):
    return {one.pk: _notice(one) for one in _shipments(ids)}


def _notice(one):
    rows, count = dossiers_of(one.pk), dossiers_of(one.pk).count()
    made = QuerySet(ShipmentPaper).filter(shipment=one, kind=ShipmentPaper.Kind.INVENTORY).order_by("made_at").last()
    return {
        **sender(one.enterprise, one),
        "archive": one.addressee.name,
        "shipment": one.number,
        "sent_on": day(one.sent_on),
        "reason": REASON,
        "way": one.get_way_display(),
        "carriers": "、".join(carrier["name"] for carrier in carriers(one)),
        "seal": one.seal_number,
        "count": text(count),
        "count_capitals": numerals.capital(count),
        "volumes": text(rows.aggregate(sum=Sum("volumes"))["sum"] or 0),
        "rows": [
            {
                "name": row.retiree.name,
                "former_unit": one.enterprise.name,
                "volumes": text(row.volumes),
                "pages": text(row.pages),
                "note": row.remark,
            }
            for row in annexes.lines(one)[:NAMED]
        ],
        "inventory": made.number if made else "",
        # The sender chases a receipt that has not come back after a month.
        "return_by": day(one.sent_on + timedelta(days=30)),
    }


SHIPMENT_PAPERS = PaperDesk(
    name="shipment",
    app="archives",
    track="shipment",
    model=ShipmentPaper,
    page="archives:shipment",
    kinds=(
        PaperKind(
            code=ShipmentPaper.Kind.INVENTORY,
            duties=BOTH,
            template="inventory-1",
            mark="清",
            content=inventory,
            check=not_sent,
        ),
        PaperKind(
            code=ShipmentPaper.Kind.NOTICE,
            duties=BOTH,
            template="notice-1",
            mark="转",
            content=notice,
            check=not_sent,
        ),
    ),
)


# --- dossiers


def nothing_missing(ids):
    some = set(QuerySet(MissingPaper).filter(dossier__in=ids, supplied_on=None).values_list("dossier", flat=True))
    return {pk: NOTHING_MISSING for pk in ids if pk not in some}


def missing(ids):
    items = defaultdict(list)
    for one in QuerySet(MissingPaper).filter(dossier__in=ids, supplied_on=None).order_by("pk"):
        items[one.dossier_id].append(one)
    archives = archives_of(ids)[0]
    rows = QuerySet(Dossier).filter(pk__in=ids).select_related("retiree", "enterprise", "office")
    return {row.pk: _missing(row, items[row.pk], row.office or archives.get(row.pk)) for row in rows}


def _missing(row, items, archive):
    return {
        **sender(row.enterprise),
        "name": row.retiree.name,
        "sex": row.retiree.get_sex_display(),
        "id_number": row.retiree.id_number,
        "retired_on": day(row.retiree.retired_on),
        "archive": archive.name if archive else "",
        "dossier_number": row.number,
        "items": [
            {
                "serial": str(at),
                "kind": one.class_code,
                "title": one.title,
                "reason": "：".join(filter(None, (one.get_why_display(), one.text))),
                "remedy": one.remedy,
            }
            for at, one in enumerate(items, 1)
        ],
        "count": str(len(items)),
        "note": "",
    }


DOSSIER_PAPERS = PaperDesk(
    name="dossier",
    app="archives",
    track="dossier",
    model=DossierPaper,
    page="archives:dossier",
    kinds=(
        PaperKind(
            code=DossierPaper.Kind.MISSING,
            duties=(Duty.SUBMIT,),
            template="missing-1",
            mark="缺",
            content=missing,
            check=nothing_missing,
        ),
        PaperKind(code=DossierPaper.Kind.LEADER, duties=(Duty.SUBMIT,)),
    ),
)


# --- fees


def not_assessed(ids):
    rows = QuerySet(FilingFee).filter(pk__in=ids).exclude(state__in=WITH_AMOUNT)
    return dict.fromkeys(rows.values_list("pk", flat=True), NOT_ASSESSED)


def confirmation(ids):
    rows = QuerySet(FilingFee).filter(pk__in=ids).select_related("enterprise", "office", "assessor")
    return {
        one.pk: {
            **sender(one.enterprise),
            "archive": one.office.name,
            "assessor": one.assessor.name,
            "report": one.report_number,
            "assessed_on": day(one.assessed_on),
            "count": text(one.count),
            "unit_price": f"{one.unit_price:,}",
            "amount": f"{one.amount:,}",
            "amount_capitals": numerals.money(one.amount),
            **dict.fromkeys(("account_name", "account_bank", "account_number", "pay_by"), ""),
            "note": one.note,
        }
        for one in rows
    }


FEE_PAPERS = PaperDesk(
    name="fee",
    app="archives",
    track="fee",
    model=FeePaper,
    page="archives:fee",
    kinds=(
        PaperKind(code=FeePaper.Kind.REPORT, duties=(Duty.ASSESS,)),
        PaperKind(
            code=FeePaper.Kind.CONFIRMATION,
            duties=BOTH,
            template="fee-1",
            mark="费",
            content=confirmation,
            check=not_assessed,
        ),
        PaperKind(code=FeePaper.Kind.VOUCHER, duties=(Duty.SUBMIT,)),
    ),
)
