"""The list of a shipment as a workbook: the annex of its 清册, kept sealed under its own digest so that it stays what
was signed, however the dossiers change afterwards."""

import hashlib
import io
import json
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from archives.models import ShipmentPaper
from archives.services.shipments import dossiers_of
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

COLUMNS = (
    Column("序号", 8, "integer"),
    Column("核对号", 14),
    Column("姓名", 12),
    Column("公民身份号码", 22),
    Column("册数", 8, "integer"),
    Column("页数", 8, "integer"),
    Column("档案编号", 20),
    Column("备注", 30),
)


def lines(shipment):
    """The dossiers of a shipment in the order of its list, with the people."""
    return dossiers_of(shipment.pk).select_related("retiree").order_by("line")


def of(shipment):
    """(file name, SHA-256) of the shipment's list as it stands; the workbook is kept."""
    held = io.BytesIO()
    # The same rows are the same bytes: the workbook says the day of sending, not the second of writing.
    write_table(
        held, [Sheet("清册附件", COLUMNS, _rows(shipment), captions=_captions(shipment))], created=shipment.sent_on
    )
    data = held.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    place = _path(shipment, digest)
    if not place.exists():
        sealed_files.write(place, shipment.pk, [data])
    return name_of(shipment), digest


def name_of(shipment):
    return f"档案移交清册附件-{shipment.number}.xlsx"


def _path(shipment, digest):
    return Path(settings.UPLOADS) / "annexes" / f"{shipment.pk}-{digest[:16]}.sealed"


def _captions(shipment):
    return (
        f"档案移交清册附件（批次 {shipment.number}）",
        f"移交企业：{shipment.enterprise.name}　接收机构：{shipment.addressee.name}　移交日期：{shipment.sent_on}",
    )


def _rows(shipment):
    for row in lines(shipment).iterator(2000):
        yield (
            row.line,
            shipment.check_number(row.line),
            row.retiree.name,
            row.retiree.id_number,
            row.volumes,
            row.pages,
            row.number,
            "；".join(filter(None, (row.remark, row.condition))),
        )


def named(shipment):
    """What the newest 清册 says of its annex: (file name, SHA-256); None when all rows stand in the paper itself."""
    papers = QuerySet(ShipmentPaper).filter(shipment=shipment, kind=ShipmentPaper.Kind.INVENTORY)
    paper = papers.order_by("made_at", "pk").last()
    said = json.loads(paper.content) if paper else {}
    return (said["annex"], said["annex_sha256"]) if said.get("annex") else None


def signed(shipment):
    """(bytes, file name) of that annex, or None."""
    found = named(shipment)
    if found is None:
        return None
    name, digest = found
    return b"".join(sealed_files.read(_path(shipment, digest), shipment.pk)), name
