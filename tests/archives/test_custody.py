"""The custody chain: one holder and one who answers at every instant, told from history; and what is found when not."""

from datetime import timedelta

import pytest

from archives import custody
from archives.models import Dossier, Shipment
from archives.services import checking, record, shipments, take
from audit.history import history_of
from audit.operations import operation
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(shipment_in, lines_of, people):
    """A dossier from registration to its third shelf, an hour between the acts."""
    start = clock.now() - timedelta(days=2)

    def at(hours):
        return clock.at(start + timedelta(hours=hours))

    with at(0):
        shipment = shipment_in("packing", names=["安示例"])
    dossier = lines_of(shipment)[0]
    with at(1):
        shipments.take("send", [shipment.pk], actor=people["mill_hr"])
    shipment.refresh_from_db()
    archivist = people["archivist"]
    with at(2):
        checking.receive_rest(shipment, actor=archivist)
    with at(3):
        record([dossier.pk], values={"number": "示例-9", "shelf": "一号库 1 架"}, actor=archivist)
        take("shelve", [dossier.pk], actor=archivist)
    with at(4):
        take("move", [dossier.pk], actor=archivist, reason="示例：库房调整", values={"shelf": "二号库 7 架"})
    return shipment, Dossier.objects.get(pk=dossier.pk)


def test_the_chain_names_each_holder_in_order_and_leaves_no_instant_out(story, town):
    shipment, dossier = story
    chain = custody.chain(dossier)
    told = [(one.holder, one.place, one.responsible) for one in chain]
    mill, archive = str(town.mill), str(town.huancui_archive)
    carriers = "示例移交人甲、示例移交人乙（两名专人移交，封签 示例封-0001）"
    assert told == [
        (mill, "企业", mill),
        (mill, f"企业，装在批次 {shipment} 待发", mill),
        (carriers, f"移交途中，批次 {shipment}", mill),
        (archive, "待入库", archive),
        (archive, "架位 一号库 1 架", archive),
        (archive, "架位 二号库 7 架", archive),
    ]
    assert all(before.until == after.since for before, after in zip(chain, chain[1:], strict=False))
    assert chain[-1].until is None
    assert list(custody.gaps(Dossier.objects.all())) == []


def test_the_chain_keeps_the_carriers_as_they_were_named_when_it_was_sent(shipment_in, lines_of, people):
    shipment = shipment_in("in_transit", names=["安示例"])
    dossier = lines_of(shipment)[0]
    shipments.take("recall", [shipment.pk], actor=people["mill_hr"], reason="示例：换人")
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(Shipment, [shipment.pk], carrier="示例换来的人")
    shipments.take("send", [shipment.pk], actor=people["mill_hr"])
    holders = [one.holder for one in custody.chain(dossier) if "移交途中" in one.place]
    assert [holder[:5] for holder in holders] == ["示例移交人", "示例换来的"]
    assert list(custody.gaps(Dossier.objects.all())) == []


def test_what_was_sent_back_waits_at_the_archive_and_the_enterprise_answers(shipment_in, lines_of, town, people):
    shipment = shipment_in("checking", names=["安示例", "白示例"])
    checking.note(shipment, "1", "returned", reason_code="damaged", reason="示例", actor=people["archivist"])
    checking.note(shipment, "2", "missing", actor=people["archivist"])
    back, lost = lines_of(shipment)
    last = custody.chain(back)[-1]
    assert (last.holder, last.place, last.responsible) == (
        str(town.huancui_archive),
        "待企业收回补正",
        str(town.mill),
    )
    last = custody.chain(lost)[-1]
    assert (last.holder, last.responsible) == ("去向待查", str(town.mill))
    assert list(custody.gaps(Dossier.objects.all())) == []


def test_a_dossier_on_its_way_without_a_shipment_is_a_gap(dossier_in):
    dossier = dossier_in("in_transit")
    found = list(custody.gaps(Dossier.objects.all()))
    assert [(one.dossier, one.sentence) for one in found] == [(dossier.pk, "移交途中而没有批次，移交人不明。")]


def test_a_dossier_that_did_not_leave_with_its_shipment_is_a_gap(shipment_in, lines_of, people):
    shipment = shipment_in("packing", names=["安示例"])
    dossier = lines_of(shipment)[0]
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(Dossier, [dossier.pk], state="in_transit", office=shipment.addressee)
    assert [one.sentence for one in custody.gaps(Dossier.objects.all())] == ["移交途中而批次没有随同发出，移交人不明。"]


@pytest.mark.tampering
def test_a_chain_that_begins_too_late_is_a_gap(dossier_in):
    from audit import triggers

    dossier = dossier_in("preparing")
    triggers.remove()
    rows = history_of(Dossier).objects.filter(retiree_id=dossier.pk, history_type="+")
    rows.update(history_date=clock.now() + timedelta(seconds=1))
    triggers.install()
    found = list(custody.gaps(Dossier.objects.all()))
    assert any("晚于人员登记" in one.sentence for one in found)


def test_many_chains_are_proved_with_few_queries(dossier_in, cost_of):
    dossier_in("shelved")
    few = cost_of(lambda: list(custody.gaps(Dossier.objects.all())))
    for number in range(20):
        dossier_in("received", f"示例{number}")
    assert cost_of(lambda: list(custody.gaps(Dossier.objects.all()))) == few


def test_the_page_shows_the_chain(story, client_of):
    _, dossier = story
    page = client_of("mill_hr").get(f"/dossiers/{dossier.pk}/").content.decode()
    assert "示例移交人甲、示例移交人乙" in page
    assert "架位 二号库 7 架" in page
    assert "13906310001" not in page
