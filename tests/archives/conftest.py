from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Office, User
from accounts.services import appoint
from archives.models import Dossier, Shipment
from archives.services import fees, pack, shipments
from archives.states import WITH_ARCHIVE
from audit.operations import operation
from weihai_transfer.lib import clock


@pytest.fixture
def dossier_in(town, people, make_person):
    """dossier_in(state, name="安示例", **facts) → a dossier of the mill that is fit for every step from that state."""

    def make(state, name="安示例", *, office=None, leader=False, **facts):
        person = make_person(town.mill, name, dossier_volumes=2, city_managed_leader=leader)
        values = {"state": state, "number": "示例-001", "shelf": "一号库 1 架", **facts}
        values["office"] = (office or town.huancui_archive) if state in WITH_ARCHIVE else None
        with operation("test.arrange", actor=people["mill_hr"]) as act:
            act.change(Dossier, [person.pk], **values)
        return Dossier.objects.get(pk=person.pk)

    return make


CARRIERS = {
    "way": "people",
    "carrier": "示例移交人甲",
    "carrier_unit": "示例纺织厂",
    "carrier_phone": "13906310001",
    "second_carrier": "示例移交人乙",
    "second_unit": "示例纺织厂",
    "second_phone": "13906310002",
    "seal_number": "示例封-0001",
    "planned_on": None,
    "note": "",
}
# Which steps lead to a state, and whose they are.
WAYS = {
    "packing": (),
    "in_transit": (("send", "mill_hr", {}),),
    "checking": (("send", "mill_hr", {}), ("start", "archivist", {})),
}


@pytest.fixture
def shipment_in(town, people, dossier_in):
    """shipment_in("in_transit", count=3) → a shipment of the mill to 环翠区's archive with so many dossiers."""

    def make(state="packing", count=2, *, values=None, names=None):
        hr = people["mill_hr"]
        shipment = shipments.open_shipment(
            town.mill, town.huancui_archive, actor=hr, values={**CARRIERS, **(values or {})}
        )
        names = names or [f"第{number}示例" for number in range(1, count + 1)]
        ids = [dossier_in("ready", name, number="").pk for name in names]
        if ids:
            assert len(pack(ids, shipment=shipment.pk, elsewhere=True, actor=hr).moved) == len(ids)
        for step, who, given in WAYS[state]:
            outcome = shipments.take(step, [shipment.pk], actor=people[who], values=given)
            assert outcome.moved, outcome.refused
        return Shipment.objects.get(pk=shipment.pk)

    return make


@pytest.fixture
def assessor(town, people):
    """An assessing body of the city and somebody who works there."""
    office = Office(code="ASSESS-1", name="示例评估公司", kind="assessor", parent=town.city)
    office.path = office.path_below(town.city)
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        act.insert([office])
    user = User.objects.create_user("assessor", "示例评估员")
    appoint(user, "assessor", office, actor=people["secadmin"])
    return office, user


FEE_WAY = (
    ("assess", "assessor", {"count": 4, "unit_price": Decimal("55.00"), "report_number": "示例评〔2026〕1号"}),
    ("confirm_archive", "archivist", {}),
    ("second_enterprise", "mill_hr", {}),
    ("pay", "mill_hr", {"voucher": "示例凭证1"}),
    ("acknowledge", "archivist", {}),
)


@pytest.fixture
def fee_in(town, people, assessor):
    """fee_in("confirmed") → the mill's filing fee at 环翠区's archive, taken to that state by the people who would."""
    office, user = assessor

    def make(state="requested"):
        fee = fees.request_assessment(town.mill, town.huancui_archive, office, actor=people["mill_hr"])
        for step, who, values in FEE_WAY:
            if fee.state == state:
                break
            days = {"assess": {"assessed_on": clock.today()}, "pay": {"paid_on": clock.today()}}.get(step, {})
            actor = user if who == "assessor" else people[who]
            outcome = fees.take(step, [fee.pk], actor=actor, values={**values, **days})
            assert outcome.moved, outcome.refused
            fee.refresh_from_db()
        return fee

    return make


@pytest.fixture
def lines_of():
    """lines_of(shipment) → its dossiers in the order of the list, as they stand now."""
    return lambda shipment: list(Dossier.objects.filter(shipment=shipment).select_related("retiree").order_by("line"))


@pytest.fixture
def cost_of(db):
    """cost_of(act) → how many queries it takes."""

    def count(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count
