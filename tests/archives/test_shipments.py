"""A shipment: packed, sent under named carriers and a seal, recalled, checked, signed by both sides."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.values import set_value
from archives.models import Dossier, Shipment
from archives.services import checking, pack, preview_pack, shipments, take, unpack
from archives.shipment_states import MACHINE, SIDES, State
from archives.states import State as DossierState
from archives.terms import Term, overdue
from audit.operations import AlreadyDone, operation
from handover.services import take as take_case
from tests.archives.conftest import CARRIERS
from tracks.advancing import NOT_YOURS, UNSEEN
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
HR, ARCHIVIST = "mill_hr", "archivist"


def states_of(shipment):
    return sorted(Dossier.objects.filter(shipment=shipment).values_list("state", flat=True))


# --- packing


def test_only_what_is_ready_is_packed_and_the_rest_says_why(dossier_in, shipment_in, town, people):
    shipment = shipment_in(count=1)
    packed = Dossier.objects.get(shipment=shipment)
    ready, unready = dossier_in(DossierState.READY, "白示例"), dossier_in(DossierState.PREPARING, "黄示例")
    ids = [ready.pk, unready.pk, packed.pk]
    outcome = pack(ids, shipment=shipment.pk, elsewhere=True, actor=people[HR])
    assert outcome.moved == [ready.pk]
    assert "整理完成" in outcome.refused[unready.pk]
    assert shipment.number in outcome.refused[packed.pk]
    assert Dossier.objects.get(pk=ready.pk).line == 2


def test_a_stranger_packs_nothing_and_is_told_of_nothing(dossier_in, shipment_in, people):
    shipment, dossier = shipment_in(count=1), dossier_in(DossierState.READY, "白示例")
    with pytest.raises(Refused, match="批次不存在"):
        pack([dossier.pk], shipment=shipment.pk, actor=people["port_hr"])
    assert pack([dossier.pk], actor=people["port_hr"]).refused == {dossier.pk: UNSEEN}
    assert pack([dossier.pk], actor=people["watchdog"]).refused == {dossier.pk: NOT_YOURS}


def test_a_dossier_of_another_area_is_packed_only_when_that_is_said(dossier_in, shipment_in, town, people):
    shipment, dossier = shipment_in(count=0), dossier_in(DossierState.READY, "白示例")
    assert "接收区市未定" in preview_pack([dossier.pk], shipment=shipment.pk, actor=people[HR]).refused[dossier.pk]
    take_case("submit", [dossier.pk], actor=people[HR], targets=town.gaoqu)
    refused = pack([dossier.pk], shipment=shipment.pk, actor=people[HR]).refused[dossier.pk]
    assert str(town.gaoqu_archive) in refused
    assert "不按接收地移交" in refused
    assert pack([dossier.pk], shipment=shipment.pk, elsewhere=True, actor=people[HR]).moved == [dossier.pk]


def test_without_a_shipment_one_is_made_for_each_enterprise_and_archive(dossier_in, town, people, make_person):
    here, there = dossier_in(DossierState.READY, "安示例"), dossier_in(DossierState.READY, "白示例")
    other = make_person(town.dyeworks, "黄示例", dossier_volumes=1)
    take("ready", [other.pk], actor=people["group"])
    take_case("submit", [here.pk, other.pk], actor=people["group"], targets=town.huancui)
    take_case("submit", [there.pk], actor=people["group"], targets=town.gaoqu)
    assert len(pack([here.pk, there.pk, other.pk], actor=people["group"]).moved) == 3
    made = {(one.enterprise, one.addressee): one for one in Shipment.objects.all()}
    assert set(made) == {
        (town.mill, town.huancui_archive),
        (town.mill, town.gaoqu_archive),
        (town.dyeworks, town.huancui_archive),
    }
    year = clock.today().year
    assert sorted(one.number for one in made.values()) == [
        f"{year}-DEMO01-D0001",
        f"{year}-DEMO01-D0002",
        f"{year}-DEMO02-D0001",
    ]
    # The serial counts at the archive, whoever sends.
    assert sorted(one.serial for (_, archive), one in made.items() if archive == town.huancui_archive) == [1, 2]


def test_a_line_number_is_never_given_twice(shipment_in, lines_of, dossier_in, people):
    shipment = shipment_in(count=3)
    gone = lines_of(shipment)[2]
    unpack([gone.pk], actor=people[HR])
    assert Dossier.objects.get(pk=gone.pk).shipment is None
    pack([gone.pk], shipment=shipment.pk, elsewhere=True, actor=people[HR])
    assert [one.line for one in lines_of(shipment)] == [1, 2, 4]


def test_what_is_prepared_anew_is_taken_out_of_its_shipment(shipment_in, lines_of, people):
    shipment = shipment_in(count=2)
    first = lines_of(shipment)[0]
    take("reopen", [first.pk], actor=people[HR])
    assert [one.line for one in lines_of(shipment)] == [2]
    assert "没有装在未发出的批次" in unpack([first.pk], actor=people[HR]).refused[first.pk]


# --- sending


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"carrier": ""}, "不得由退休人员本人携带"),
        ({"carrier_phone": ""}, "移交人姓名、单位和电话"),
        ({"second_carrier": ""}, "须有两名移交人"),
        ({"seal_number": ""}, "封签号"),
    ],
)
def test_nothing_is_sent_without_named_carriers_and_a_seal(missing, words, shipment_in, people):
    shipment = shipment_in(values=missing)
    assert words in shipments.take("send", [shipment.pk], actor=people[HR]).refused[shipment.pk]
    assert states_of(shipment) == ["ready", "ready"]


def test_confidential_post_needs_one_name(shipment_in, people):
    one = {"way": "confidential", "second_carrier": "", "second_unit": "", "second_phone": ""}
    shipment = shipment_in(values=one)
    assert shipments.take("send", [shipment.pk], actor=people[HR]).moved == [shipment.pk]


def test_an_empty_shipment_is_not_sent(shipment_in, people):
    shipment = shipment_in(count=0)
    assert "没有档案" in shipments.take("send", [shipment.pk], actor=people[HR]).refused[shipment.pk]


def test_one_dossier_that_cannot_go_keeps_the_whole_shipment(shipment_in, lines_of, people):
    shipment = shipment_in(count=2)
    first = lines_of(shipment)[0]
    with operation("test.arrange", actor=people[HR]) as act:
        act.change(Dossier, [first.pk], volumes=None)
    with pytest.raises(Refused, match="1 卷档案不能随批次办理.*没有登记档案册数"):
        shipments.take("send", [shipment.pk], actor=people[HR])
    shipment.refresh_from_db()
    assert (shipment.state, states_of(shipment)) == ("packing", ["ready", "ready"])


def test_sending_moves_all_dossiers_in_one_operation(shipment_in, lines_of, town, people):
    shipment = shipment_in("in_transit", count=3)
    assert (shipment.state, shipment.sent, shipment.office, shipment.sent_on) == (
        "in_transit",
        3,
        town.huancui_archive,
        clock.today(),
    )
    assert states_of(shipment) == ["in_transit"] * 3
    operations = {one.history.first().operation for one in (shipment, *lines_of(shipment))}
    assert [one.kind for one in operations] == ["shipment.send"]
    assert all(one.office == town.huancui_archive for one in lines_of(shipment))


def test_the_archive_sees_a_shipment_from_its_sending_on(shipment_in, people):
    shipment = shipment_in()
    seen = Shipment.objects.visible_to(people[ARCHIVIST]).filter(pk=shipment.pk)
    assert not seen.exists()
    shipments.take("send", [shipment.pk], actor=people[HR])
    assert seen.exists()
    assert not Shipment.objects.visible_to(people["gaoqu_archivist"]).exists()
    shipments.take("recall", [shipment.pk], actor=people[HR], reason="示例：车辆故障")
    assert not seen.exists()
    assert states_of(shipment) == ["ready", "ready"]


def test_a_sent_shipment_is_recalled_until_the_archive_has_noted_something(shipment_in, lines_of, people):
    shipment = shipment_in("in_transit")
    take("receive", [lines_of(shipment)[0].pk], actor=people[ARCHIVIST])
    shipment.refresh_from_db()
    assert shipment.state == "checking"
    outcome = shipments.take("recall", [shipment.pk], actor=people[HR], reason="示例")
    assert "不能撤回批次" in outcome.refused[shipment.pk]


def test_carriers_are_named_before_sending_and_stay_as_they_were(shipment_in, people):
    shipment = shipment_in(values={"seal_number": ""})
    shipments.describe(shipment.pk, CARRIERS | {"carrier": "示例新移交人"}, actor=people[HR])
    shipment.refresh_from_db()
    assert (shipment.carrier, shipment.carrier_phone) == ("示例新移交人", "13906310001")
    shipments.take("send", [shipment.pk], actor=people[HR])
    with pytest.raises(Refused, match="不能再改"):
        shipments.describe(shipment.pk, CARRIERS, actor=people[HR])
    with pytest.raises(Refused, match="查找不到"):
        shipments.describe(shipment.pk, CARRIERS, actor=people["port_hr"])


def test_telephones_are_sealed_in_every_copy(shipment_in):
    shipment = shipment_in()
    assert b"13906310001" not in bytes(shipment.__dict__["carrier_phone"])
    assert shipment.history.first().carrier_phone == "13906310001"


def test_a_cancelled_shipment_gives_its_dossiers_back(shipment_in, lines_of, people):
    shipment = shipment_in()
    ids = [one.pk for one in lines_of(shipment)]
    shipments.take("cancel", [shipment.pk], actor=people[HR], reason="示例：另行安排")
    assert not Dossier.objects.filter(shipment=shipment).exists()
    assert pack(ids, actor=people[HR]).refused


def test_the_same_form_sends_once(shipment_in, people):
    shipment, key = shipment_in(), new_id()
    shipments.take("send", [shipment.pk], actor=people[HR], key=key)
    with pytest.raises(AlreadyDone):
        shipments.take("send", [shipment.pk], actor=people[HR], key=key)


@pytest.mark.parametrize("facts", [{"carrier": ""}, {"seal_number": ""}, {"office": None}])
def test_the_database_refuses_a_sent_shipment_without_them(facts, shipment_in, people):
    shipment = shipment_in("in_transit")
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people[HR]) as act:
        act.change(Shipment, [shipment.pk], **facts)


# --- in time


def test_a_shipment_that_is_late_stands_on_both_sides_lists(shipment_in, people, client_of):
    late, fresh = shipment_in("in_transit", names=["安示例"]), shipment_in("in_transit", names=["白示例"])
    with operation("test.arrange", actor=people[HR]) as act:
        act.change(Shipment, [late.pk], sent_on=clock.today() - timedelta(days=40))
    late.refresh_from_db()
    term = Term()
    assert list(overdue(Shipment.objects.all())) == [late]
    assert term.days_late(late) > 10
    assert term.days_late(fresh) == 0
    for who in (HR, ARCHIVIST):
        page = client_of(who).get("/shipments/", {"overdue": "1"})
        assert page.context["list"].count == 1
        assert f"逾期 {term.days_late(late)} 个工作日" in page.content.decode()


def test_the_term_is_the_one_that_held_on_the_day_of_sending(shipment_in, people):
    shipment = shipment_in("in_transit")
    set_value("shipment_days", clock.today() + timedelta(days=1), 99, source="示例", actor=people["sysadmin"])
    ten = Term().last_day(shipment).value
    set_value("shipment_days", date(2020, 1, 1), 3, source="示例", actor=people["sysadmin"])
    assert Term().last_day(shipment).value < ten
    with clock.at(clock.now() + timedelta(days=30)):
        assert list(overdue(Shipment.objects.all())) == [shipment]


# --- both sides sign


def test_nothing_is_signed_before_every_dossier_was_noted(shipment_in, people):
    shipment = shipment_in("checking")
    assert "还有档案没有核收" in shipments.take("finish", [shipment.pk], actor=people[ARCHIVIST]).refused[shipment.pk]


def test_both_sides_sign_what_was_found(shipment_in, lines_of, people):
    shipment = shipment_in("checking", count=4)
    one, two, three, _ = lines_of(shipment)
    note = {"actor": people[ARCHIVIST]}
    checking.note(shipment, "1", "missing", **note)
    checking.note(shipment, "2", "returned", reason_code="damaged", reason="示例：受潮", **note)
    checking.receive_rest(shipment, **note)
    shipments.take("finish", [shipment.pk], **note)
    with pytest.raises(Refused, match="签收人姓名"):
        shipments.take("sign", [shipment.pk], **note)
    shipments.take("sign", [shipment.pk], values={"signed_by": "示例签收人"}, **note)
    assert (
        shipments.take("confirm", [shipment.pk], values={"confirmed_by": "x"}, **note).refused[shipment.pk] == NOT_YOURS
    )
    shipments.take("object", [shipment.pk], actor=people[HR], reason="示例：未见的一卷请再找")
    shipments.take("sign", [shipment.pk], values={"signed_by": "示例签收人"}, **note)
    shipments.take("confirm", [shipment.pk], values={"confirmed_by": "示例确认人"}, actor=people[HR])
    shipment.refresh_from_db()
    assert (shipment.sent, shipment.received, shipment.missing, shipment.returned) == (4, 2, 1, 1)
    assert (shipment.state, shipment.signed_by, shipment.confirmed_by) == ("receipted", "示例签收人", "示例确认人")
    assert shipment.signed_on == shipment.confirmed_on == clock.today()
    assert Dossier.objects.get(pk=one.pk).state == "lost"
    assert Dossier.objects.get(pk=two.pk).office is None


def test_each_open_state_says_who_acts_and_who_answers():
    acting = {state: side.acts for state, side in SIDES.items() if side}
    assert acting == {
        State.PACKING: "enterprise",
        State.IN_TRANSIT: "archive",
        State.CHECKING: "archive",
        State.CHECKED: "archive",
        State.SIGNED: "enterprise",
    }
    assert {side.answers for state, side in SIDES.items() if state in (State.IN_TRANSIT, State.CHECKING)} == {
        "enterprise"
    }


WHO = {
    State.PACKING: {"send", "cancel"},
    State.IN_TRANSIT: {"recall", "start"},
    State.CHECKING: {"finish"},
    State.CHECKED: {"sign"},
    State.SIGNED: {"confirm", "object"},
    State.RECEIPTED: set(),
    State.CANCELLED: set(),
}


def test_the_steps_of_each_state():
    assert {state: {step.name for step in MACHINE.steps_from(state)} for state in State} == WHO


@pytest.mark.parametrize("state", ["packing", "in_transit", "checking"])
def test_a_step_that_the_table_does_not_name_is_refused(state, shipment_in, people):
    shipment = shipment_in(state)
    for step in set(MACHINE.by_name) - WHO[state]:
        who = people[ARCHIVIST if MACHINE[step].duties == ("archives",) else HR]
        given = {"signed_by": "示例", "confirmed_by": "示例"}
        outcome = shipments.take(step, [shipment.pk], actor=who, reason="示例", values=given)
        assert outcome.refused, step
    shipment.refresh_from_db()
    assert shipment.state == state


# --- many at once


def test_two_parcels_are_confirmed_in_one_act_and_a_foreign_one_is_not_found(shipment_in, client_of, people):
    mine = [shipment_in("checking", names=["甲示例"]), shipment_in("checking", names=["乙示例"])]
    archivist, ids = people[ARCHIVIST], [one.pk for one in mine]
    for one in mine:
        checking.receive_rest(one, actor=archivist)
    assert len(shipments.take("finish", ids, actor=archivist).moved) == 2
    assert len(shipments.take("sign", ids, actor=archivist, values={"signed_by": "示例签收人"}).moved) == 2
    client = client_of(HR)
    listed = client.get(reverse("archives:shipments"), {"state": "signed"})
    assert [button.label for button in listed.context["bulk"]] == ["确认签收"]
    sent = {
        "step": "confirm",
        "id": [str(one.pk) for one in mine],
        "seen": "2",
        "confirm": "1",
        "confirmed_on": str(clock.today()),
        "confirmed_by": "示例确认人",
        "key": str(new_id()),
    }
    stranger = client_of("port_hr").post(f"{reverse('archives:shipment_bulk')}?state=signed", sent)
    assert stranger.url.startswith(reverse("archives:shipments"))
    answer = client.post(f"{reverse('archives:shipment_bulk')}?state=signed", sent)
    assert "/outcome/" in answer.url
    assert set(Shipment.objects.values_list("state", flat=True)) == {"receipted"}
    assert "已办理" in client.get(answer.url).content.decode()


def test_a_step_that_is_each_parcel_s_own_is_not_taken_in_bulk(client_of):
    assert client_of(HR).post(reverse("archives:shipment_bulk"), {"step": "cancel"}).status_code == 400
