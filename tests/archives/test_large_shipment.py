"""5,000 dossiers of one shipment with 3 exceptions: these by their check numbers, all the rest in one act of the page."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from archives.models import Dossier, Shipment
from archives.services import pack, shipments, take
from archives.services.shipments import tally
from audit.models import Operation
from audit.operations import operation
from handover.opening import open_tracks
from retirees.models import Retiree
from tests.archives.conftest import CARRIERS
from weihai_transfer.lib import bulk
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
FEW, MANY = 40, 5000
# line of the list, what was found
EXCEPTIONS = (
    (7, {"outcome": "missing"}),
    (18, {"outcome": "damaged", "reason": "示例：封面破损"}),
    (31, {"outcome": "returned", "reason_code": "counts_differ", "reason": "示例：清册 2 册，实有 1 册"}),
)


@pytest.fixture
def sent(town, people):
    """sent(40) → a shipment of so many dossiers on its way to 环翠区's archive, brought there by the real steps."""
    hr = people["mill_hr"]

    def make(count):
        rows = [
            Retiree(
                name=f"第{n}示例",
                id_index=f"{count:04}-{n:019}",
                enterprise=town.mill,
                retired_on=date(2024, 1, 1),
                dossier_volumes=1,
            )
            for n in range(count)
        ]
        ids = [one.pk for one in rows]
        with operation("test.bring_in", actor=hr) as act:
            bulk.load(Retiree, rows)
            made = Retiree.objects.filter(pk__in=ids)
            act.record_created(made)
            open_tracks(act, made)
        assert len(take("ready", ids, actor=hr).moved) == count
        one = shipments.open_shipment(town.mill, town.huancui_archive, actor=hr, values=CARRIERS)
        assert len(pack(ids, shipment=one.pk, elsewhere=True, actor=hr).moved) == count
        assert shipments.take("send", [one.pk], actor=hr).moved
        return Shipment.objects.get(pk=one.pk)

    return make


def note_exceptions(client, shipment):
    for line, found in EXCEPTIONS:
        code = Dossier.objects.get(shipment=shipment, line=line).check_number
        given = {"key": new_id(), "code": code, "reason_code": "", "reason": "", **found}
        answer = client.post(reverse("archives:check", args=[shipment.pk]), given, follow=True)
        assert f"第 {line} 号" in answer.content.decode()


def receive_the_rest(client, shipment, count, cost_of):
    """The page, then its one act; how many queries the act takes."""
    url = reverse("archives:rest", args=[shipment.pk])
    assert f"核收其余 {count:,} 卷" in client.get(url).content.decode()
    form = {"key": new_id()}
    cost = cost_of(lambda: client.post(url, form))
    assert f"其余 {count:,} 卷已核收" in client.get(reverse("archives:shipment", args=[shipment.pk])).content.decode()
    return cost


def test_five_thousand_are_received_in_one_act_after_three_exceptions(sent, client_of, cost_of):
    client, costs = client_of("archivist"), {}
    for count in (FEW, MANY):
        shipment = sent(count)
        note_exceptions(client, shipment)
        before = Operation.objects.count()
        costs[count] = receive_the_rest(client, shipment, count - 3, cost_of)
        assert Operation.objects.count() == before + 1
        assert tally(shipment.pk) == {
            "total": count,
            "waiting": 0,
            "received": count - 2,
            "missing": 1,
            "returned": 1,
            "damaged": 1,
        }
        done = Operation.objects.order_by("-at", "-pk").first()
        assert (len(done.outcome["moved"]), done.outcome["refused"]) == (count - 3, {})
    assert costs[MANY] == costs[FEW], costs

    def step(name, who, **given):
        outcome = shipments.take(name, [shipment.pk], actor=who, **given)
        assert outcome.moved, outcome.refused

    archivist = client.get("/").wsgi_request.user
    step("finish", archivist)
    step("sign", archivist, values={"signed_by": "示例签收人"})
    shipment.refresh_from_db()
    assert (shipment.sent, shipment.received, shipment.missing, shipment.returned) == (MANY, MANY - 2, 1, 1)
    call_command("verify_audit")
