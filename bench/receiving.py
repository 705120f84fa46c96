"""Receiving a shipment of 5,000 dossiers, 3 of them exceptions: our check and bulk act, rights and history included,
against a loop of save() in an ordinary simple-history project, which knows neither rights nor exceptions."""

from datetime import date

from django.db import connection

import archives.services
from accounts import divisions
from accounts.models import Enterprise, Office, User
from accounts.services import appoint
from archives.models import Dossier, Shipment
from archives.services import checking, shipments
from audit.operations import operation
from bench import accepting
from bench.table import Row, watch
from handover.opening import open_tracks
from handover.services import take
from retirees.models import Retiree
from weihai_transfer.lib import bulk

PEOPLE, GOAL = 5000, 15
# line of the list, outcome, reason code, reason
EXCEPTIONS = (
    ("17", "missing", "", ""),
    ("18", "damaged", "", "示例：封面破损"),
    ("4711", "returned", "damaged", "示例：受潮粘连"),
)
CARRIED = {
    "way": "people",
    "carrier": "示例甲",
    "carrier_unit": "示例测量企业",
    "carrier_phone": "19900010001",
    "second_carrier": "示例乙",
    "second_unit": "示例测量企业",
    "second_phone": "19900010002",
    "seal_number": "示例-0001",
    "planned_on": date(2026, 1, 5),
    "note": "",
}


def prepare():
    divisions.load()
    steward = divisions.steward()
    with operation("bench.prepare", actor=steward) as act:
        [enterprise] = act.insert([Enterprise(code="BENCHR", name="示例测量企业", path="BENCHR/")])
    area, archive = Office.objects.get(code="HC"), Office.objects.get(code="HC-DA")
    users = {}
    for position, place in (("soe_hr", enterprise), ("archivist", archive)):
        users[position] = User.objects.create_user(f"bench_r_{position}", "示例经办", None)
        appoint(users[position], position, place, actor=steward)
    return enterprise, area, users


def sent(enterprise, area, users, run):
    """A shipment on its way, brought there by the real steps."""
    people = [
        Retiree(
            name=f"示例{n}",
            id_index=f"R{run}-{n:020}",
            enterprise=enterprise,
            retired_on=date(2024, 1, 1),
            dossier_volumes=1,
        )
        for n in range(PEOPLE)
    ]
    ids, hr = [one.pk for one in people], users["soe_hr"]
    with operation("bench.bring_in", actor=hr) as act:
        bulk.load(Retiree, people)
        rows = Retiree.objects.filter(pk__in=ids)
        act.record_created(rows)
        open_tracks(act, rows)
    assert len(take("submit", ids, actor=hr, targets=area).moved) == PEOPLE
    for act in (lambda: archives.services.take("ready", ids, actor=hr), lambda: archives.services.pack(ids, actor=hr)):
        assert len(act().moved) == PEOPLE
    shipment = Shipment.objects.get(state="packing")
    shipments.describe(shipment.pk, CARRIED, actor=hr)
    assert shipments.take("send", [shipment.pk], actor=hr).moved
    return Shipment.objects.get(pk=shipment.pk)


def ours(shipment, archivist):
    archivist = User.objects.get(pk=archivist.pk)
    with watch() as found:
        for line, outcome, code, reason in EXCEPTIONS:
            checking.note(shipment, line, outcome, actor=archivist, reason_code=code, reason=reason)
            shipment.refresh_from_db()
        checking.receive_rest(shipment, actor=archivist)
    received = Dossier.objects.filter(shipment=shipment, state="received").count()
    assert received == PEOPLE - 2
    return found.seconds


def run():
    enterprise, area, users = prepare()
    rounds = [sent(enterprise, area, users, number) for number in range(2)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mine = min(ours(shipment, users["archivist"]) for shipment in rounds)
    street = Office.objects.filter(kind="street").first()
    theirs = min(accepting.peer(enterprise, area, street, users["archivist"]) for _ in range(2))
    ratio = theirs / mine
    yield Row(
        f"receive {PEOPLE:,} dossiers of one shipment, 3 exceptions ({connection.vendor})",
        f"{mine:.2f} s",
        f"{theirs:.2f} s",
        ratio,
        f"≥ {GOAL} ×",
        ratio >= GOAL,
    )
