"""Checking a shipment: scanner or keyboard, exceptions first, then the rest in one act."""

import pytest
from django.urls import reverse

from accounts.values import set_value
from archives.models import Dossier
from archives.services import checking, shipments, take
from archives.services.shipments import tally
from audit.models import Operation
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(shipment_in):
    return shipment_in("checking", count=4)


def post(client, shipment, code, outcome="received", **given):
    url = reverse("archives:check", args=[shipment.pk])
    return client.post(url, {"key": new_id(), "code": code, "outcome": outcome, **given})


# --- what is not found


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("99", "没有第 99 号"),
        ("abc", "不是本系统的核对号"),
        ("1234567890", "不是本系统的核对号"),
        ("", "没有扫描或输入"),
    ],
)
def test_a_code_that_means_nothing_is_said_and_changes_nothing(code, words, checked, client_of):
    answer = post(client_of("archivist"), checked, code)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert tally(checked.pk)["waiting"] == 4


def test_a_dossier_of_another_shipment_is_told_apart(checked, shipment_in, client_of):
    other = shipment_in("in_transit", names=["丙示例"])
    page = post(client_of("archivist"), checked, other.check_number(1)).content.decode()
    assert "不属于本批次" in page
    assert "丙示例" not in page


def test_the_same_dossier_twice_is_said(checked, client_of):
    client = client_of("archivist")
    post(client, checked, "1")
    assert "不能核收" in post(client, checked, "1").content.decode()


@pytest.mark.parametrize("outcome", ["damaged", "returned"])
def test_what_is_not_in_order_needs_words(outcome, checked, client_of):
    answer = post(client_of("archivist"), checked, "1", outcome)
    assert "没有" in answer.content.decode()
    assert tally(checked.pk)["waiting"] == 4


def test_nothing_is_checked_in_a_shipment_that_was_not_sent(shipment_in, people):
    with pytest.raises(Refused, match="装箱中"):
        checking.note(shipment_in(), "1", "received", actor=people["mill_hr"])


@pytest.mark.parametrize(
    ("who", "status"), [("mill_hr", 403), ("watchdog", 403), ("port_hr", 404), ("gaoqu_archivist", 404)]
)
def test_only_the_receiving_archive_checks(who, status, checked, client_of):
    client = client_of(who)
    assert client.get(reverse("archives:check", args=[checked.pk])).status_code == status
    assert post(client, checked, "1").status_code == status
    assert client.post(reverse("archives:rest", args=[checked.pk]), {"key": new_id()}).status_code == status
    assert tally(checked.pk)["waiting"] == 4


# --- what is found


def test_each_outcome_leads_where_it_belongs(checked, lines_of, client_of):
    client = client_of("archivist")
    one, two, three, four = lines_of(checked)
    assert post(client, checked, one.check_number).status_code == 302
    post(client, checked, "2", "damaged", reason="示例：封面撕裂")
    post(client, checked, "3", "missing")
    post(client, checked, "4", "returned", reason="示例：缺退休审批表", reason_code="missing_papers")
    found = {row.pk: row for row in Dossier.objects.all()}
    assert [found[row.pk].state for row in (one, two, three, four)] == ["received", "received", "lost", "returned"]
    assert found[two.pk].condition == "示例：封面撕裂"
    # What was not in the box stays the enterprise's.
    assert found[three.pk].side.answers == "enterprise"
    assert found[three.pk].history.first().operation.reason == "逐卷核收时未见。"
    counts = tally(checked.pk)
    assert (counts["received"], counts["damaged"], counts["missing"], counts["returned"]) == (2, 1, 1, 1)


def test_the_feedback_is_big_with_and_without_javascript(checked, client_of):
    client = client_of("archivist")
    page = client.get(post(client, checked, "1").url).content.decode()
    assert "第 1 号　已核收" in page
    assert "check-good" in page
    assert "autofocus" in page
    url = reverse("archives:check", args=[checked.pk])
    given = {"key": new_id(), "code": "2", "outcome": "missing"}
    piece = client.post(url, given, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert "第 2 号　未见" in piece
    assert "check-bad" in piece


def test_the_first_act_begins_the_check(shipment_in, lines_of, people):
    shipment = shipment_in("in_transit")
    take("return", [lines_of(shipment)[0].pk], actor=people["archivist"], reason_code="damaged", reason="示例")
    shipment.refresh_from_db()
    assert shipment.state == "checking"


def test_a_lost_report_of_the_enterprise_begins_no_check(shipment_in, lines_of, people):
    shipment = shipment_in("in_transit")
    take("report_lost", [lines_of(shipment)[0].pk], actor=people["mill_hr"], reason="示例：车辆被盗")
    shipment.refresh_from_db()
    assert shipment.state == "in_transit"


def test_the_rest_is_received_in_one_act_after_the_exceptions(checked, client_of):
    client = client_of("archivist")
    post(client, checked, "2", "missing")
    url = reverse("archives:rest", args=[checked.pk])
    page = client.get(url).content.decode()
    assert "核收其余 3 卷" in page
    before = Operation.objects.count()
    answer = client.post(url, {"key": new_id()}, follow=True)
    assert "其余 3 卷已核收" in answer.content.decode()
    assert Operation.objects.count() == before + 1
    assert tally(checked.pk) == {
        "total": 4,
        "waiting": 0,
        "received": 3,
        "missing": 1,
        "returned": 0,
        "damaged": 0,
    }


def test_the_rest_of_many_costs_as_many_queries_as_of_few(shipment_in, people, cost_of):
    few, many = shipment_in("checking", count=1), shipment_in("checking", names=[f"示例{n}" for n in range(20)])
    archivist = people["archivist"]
    take("receive", [checking.waiting(shipment_in("checking", names=["预备示例"])).get().pk], actor=archivist)
    cost = cost_of(lambda: checking.receive_rest(few, actor=archivist))
    assert cost_of(lambda: checking.receive_rest(many, actor=archivist)) == cost


def test_a_dossier_that_turns_up_in_the_box_is_received_after_all(checked, lines_of, people):
    checking.note(checked, "1", "missing", actor=people["archivist"])
    missing = lines_of(checked)[0]
    take("turn_up", [missing.pk], actor=people["archivist"], reason="示例：夹在第 2 号中")
    assert tally(checked.pk)["received"] == 1


def test_what_was_lost_is_found_and_goes_in_another_shipment(checked, lines_of, people):
    checking.note(checked, "1", "missing", actor=people["archivist"])
    lost = lines_of(checked)[0]
    take("find", [lost.pk], actor=people["mill_hr"], reason="示例：留在原库房")
    found = Dossier.objects.get(pk=lost.pk)
    assert (found.state, found.shipment, found.line, found.office) == ("ready", None, None, None)


# --- the fee before


def test_where_the_city_says_so_nothing_is_received_before_the_fee_has_arrived(checked, people, town, fee_in):
    set_value("receive_before_payment", clock.today(), 0, source="示例文件", actor=people["sysadmin"])
    archivist = people["archivist"]
    assert set(checking.preview_rest(checked, actor=archivist).refused) == set(
        checking.waiting(checked).values_list("pk", flat=True)
    )
    _, outcome = checking.note(checked, "1", "received", actor=archivist)
    assert "尚未确认到账" in next(iter(outcome.refused.values()))
    fee_in("acknowledged")
    assert len(checking.receive_rest(checked, actor=archivist).moved) == 4


# --- barcodes on paper


def test_the_list_prints_a_barcode_for_each_dossier_and_no_whole_number(checked, lines_of, client_of):
    page = client_of("archivist").get(reverse("archives:shipment_list", args=[checked.pk])).content.decode()
    for one in lines_of(checked):
        assert one.check_number in page
        assert one.retiree.masked_id in page
        assert one.retiree.id_number not in page
    assert page.count('class="barcode"') == 4
    assert "style=" not in page


def test_a_label_says_nothing_about_the_person(checked, lines_of, client_of):
    page = (
        client_of("mill_hr").get(reverse("archives:shipment_list", args=[checked.pk]), {"labels": "1"}).content.decode()
    )
    for one in lines_of(checked):
        assert one.check_number in page
        assert one.retiree.name not in page
        assert one.retiree.masked_id not in page


def test_the_page_of_a_shipment_counts_what_its_links_list(checked, client_of, people):
    checking.note(checked, "1", "missing", actor=people["archivist"])
    checking.note(checked, "2", "damaged", reason="示例", actor=people["archivist"])
    client = client_of("mill_hr")
    page = client.get(reverse("archives:shipment", args=[checked.pk]))
    for label, count, url in page.context["counts"]:
        assert client.get(url).context["list"].count == count, label
    assert client.get(page.context["damaged_url"]).context["list"].count == page.context["damaged"] == 1


def test_the_steps_of_a_shipment_are_taken_from_its_page(shipment_in, client_of):
    shipment, client = shipment_in("in_transit", count=1), client_of("archivist")

    def step(name, who=client, **given):
        url = reverse("archives:shipment_step", args=[shipment.pk, name])
        return who.post(url, {"key": new_id(), **given}, follow=True).content.decode()

    assert "开始核收。" in step("start")
    assert "还有档案没有核收" in step("finish")
    post(client, shipment, "1")
    step("finish")
    today = clock.today().isoformat()
    assert "签收。" in step("sign", signed_on=today, signed_by="示例签收人")
    assert "确认签收。" in step("confirm", client_of("mill_hr"), confirmed_on=today, confirmed_by="示例确认人")
    assert client.get(reverse("archives:shipment_step", args=[shipment.pk, "fly"])).status_code == 404
    assert shipments.preview("sign", [shipment.pk], actor=client.get("/").wsgi_request.user).refused
