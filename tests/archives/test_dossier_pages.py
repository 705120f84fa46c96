"""The pages of dossiers: list, one dossier, steps, bulk acts."""

import re

import pytest
from django.urls import reverse

from archives.models import Dossier, Shipment
from archives.states import BY_SHIPMENT, State
from handover.services import take as take_case
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
LIST = "/dossiers/"


def shown(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("mill_hr", 200),
        ("archivist", 200),
        ("watchdog", 200),
        ("zhudao_clerk", 403),
        ("mill_party", 403),
        ("sysadmin", 403),
    ],
)
def test_the_list_opens_for_whoever_has_dossiers(who, status, client_of):
    assert client_of(who).get(LIST).status_code == status


def test_the_list_shows_own_dossiers_and_no_others(dossier_in, client_of):
    dossier_in(State.IN_TRANSIT, "移途示例"), dossier_in(State.PREPARING, "整理示例")
    page = shown(client_of("archivist").get(LIST))
    assert "移途示例" in page
    assert "整理示例" not in page
    assert "移途示例" not in shown(client_of("gaoqu_archivist").get(LIST))
    page = shown(client_of("mill_hr").get(LIST, {"state": "preparing"}))
    assert "移途示例" not in page
    assert "整理示例" in page


def test_a_list_of_many_costs_as_many_queries_as_a_list_of_one(dossier_in, client_of, cost_of):
    dossier_in(State.IN_TRANSIT)
    client = client_of("archivist")
    client.get(LIST)
    few = cost_of(lambda: client.get(LIST))
    for number in range(20):
        dossier_in(State.IN_TRANSIT, f"示例{number}")
    assert cost_of(lambda: client.get(LIST)) == few


@pytest.mark.parametrize(
    ("who", "status"),
    [("mill_hr", 200), ("watchdog", 200), ("archivist", 404), ("port_hr", 404), ("zhudao_clerk", 404)],
)
def test_a_dossier_that_was_not_sent_is_found_by_its_enterprise_alone(who, status, dossier_in, client_of):
    dossier = dossier_in(State.PREPARING)
    assert client_of(who).get(reverse("archives:dossier", args=[dossier.pk])).status_code == status


@pytest.mark.parametrize("state", State.values)
def test_the_page_of_a_dossier_offers_the_steps_of_its_state(state, dossier_in, client_of):
    dossier = dossier_in(state)
    page = shown(client_of("mill_hr").get(reverse("archives:dossier", args=[dossier.pk])))
    for step in dossier.machine.steps:
        offered = reverse("archives:step", args=[dossier.pk, step.name]) in page or f"disabled>{step.label}<" in page
        # Ending is offered where the case was closed, and here it goes on.
        mine = "submit" in step.duties and step.name not in (*BY_SHIPMENT, "end")
        assert offered == (state in step.sources and mine)


def test_a_step_that_asks_for_nothing_is_taken_with_one_click(dossier_in, client_of):
    dossier, client = dossier_in(State.PREPARING), client_of("mill_hr")
    page = shown(client.get(reverse("archives:dossier", args=[dossier.pk])))
    url = reverse("archives:step", args=[dossier.pk, "ready"])
    key = re.search(rf'action="{url}".*?name="key" value="([^"]+)"', page, re.DOTALL).group(1)
    answer = client.post(url, {"key": key}, follow=True)
    assert "安示例：整理完成。" in shown(answer)
    assert Dossier.objects.get(pk=dossier.pk).state == State.READY
    assert "没有重复办理" in shown(client.post(url, {"key": key}, follow=True))


def test_a_return_without_a_reason_keeps_what_was_filled_in(dossier_in, client_of):
    dossier, client = dossier_in(State.IN_TRANSIT), client_of("archivist")
    url = reverse("archives:step", args=[dossier.pk, "return"])
    answer = client.post(url, {"key": new_id(), "reason": "封面破损，需要修复"})
    assert answer.status_code == 200
    assert "封面破损，需要修复" in shown(answer)
    assert Dossier.objects.get(pk=dossier.pk).state == State.IN_TRANSIT
    answer = client.post(url, {"key": new_id(), "reason": "封面破损", "reason_code": "damaged"}, follow=True)
    assert answer.redirect_chain[-1][0] == LIST
    assert Dossier.objects.get(pk=dossier.pk).state == State.RETURNED


@pytest.mark.parametrize(
    ("who", "step", "status"),
    [
        ("mill_hr", "receive", 403),
        ("archivist", "find", 403),
        ("port_hr", "find", 404),
        ("mill_hr", "send", 404),
        ("mill_hr", "fly", 404),
    ],
)
def test_a_step_of_others_is_refused(who, step, status, dossier_in, client_of):
    dossier = dossier_in(State.IN_TRANSIT)
    url = reverse("archives:step", args=[dossier.pk, step])
    assert client_of(who).get(url).status_code == status
    assert client_of(who).post(url, {"key": new_id(), "reason": "示例"}).status_code == status


def test_a_blocked_step_says_why_instead_of_opening(dossier_in, client_of):
    dossier = dossier_in(State.PREPARING, volumes=None)
    answer = client_of("mill_hr").get(reverse("archives:step", args=[dossier.pk, "ready"]), follow=True)
    assert "没有登记档案册数" in shown(answer)


def test_facts_of_one_dossier_are_written_from_its_form(dossier_in, client_of):
    dossier, client = dossier_in(State.RECEIVED), client_of("archivist")
    url = reverse("archives:record", args=[dossier.pk])
    assert 'value="示例-001"' in shown(client.get(url))
    client.post(url, {"key": new_id(), "volumes": 2, "pages": 180, "number": "示例-002", "shelf": "三号库"})
    dossier.refresh_from_db()
    assert (dossier.pages, dossier.number, dossier.shelf) == (180, "示例-002", "三号库")
    unchanged = client.post(url, {"key": new_id(), "volumes": 2, "pages": 180, "number": "示例-002", "shelf": "三号库"})
    assert "没有填写或改动任何内容" in shown(unchanged)
    assert client_of("mill_hr").get(url).status_code == 403


def test_a_bulk_act_is_previewed_done_and_told_row_by_row(dossier_in, client_of):
    fit, unfit = dossier_in(State.RECEIVED, "可入示例"), dossier_in(State.RECEIVED, "缺架示例", shelf="")
    client = client_of("archivist")
    form = {"step": "shelve", "id": [str(fit.pk), str(unfit.pk)]}
    page = shown(client.post("/dossiers/bulk/?state=received", form))
    assert "可办理 <b>1</b> 卷" in page
    assert "没有登记存放架位" in page
    assert Dossier.objects.get(pk=fit.pk).state == State.RECEIVED
    key = str(new_id())
    answer = client.post("/dossiers/bulk/?state=received", {**form, "confirm": "1", "key": key}, follow=True)
    page = shown(answer)
    assert "缺架示例" in page
    assert Dossier.objects.get(pk=fit.pk).state == State.SHELVED
    back = re.search(rf'href="([^"]*left={key})"', page).group(1).replace("&amp;", "&")
    assert re.search(rf'value="{unfit.pk}"[^>]*checked', shown(client.get(back)))
    assert client_of("mill_hr").get(reverse("archives:outcome", args=[key])).status_code == 404
    again = client.post("/dossiers/bulk/", {**form, "id": [str(unfit.pk)], "confirm": "1", "key": key}, follow=True)
    assert "没有重复办理" in shown(again)


def test_all_matching_dossiers_are_packed_at_once(dossier_in, town, people, client_of):
    dossiers = [dossier_in(State.READY, f"示例{number}") for number in range(3)]
    take_case("submit", [one.pk for one in dossiers], actor=people["mill_hr"], targets=town.huancui)
    form = {"step": "pack", "all_matching": "1", "seen": "3"}
    client = client_of("mill_hr")
    assert "可办理 <b>3</b> 卷" in shown(client.post("/dossiers/bulk/?state=ready", form))
    done = client.post("/dossiers/bulk/?state=ready", {**form, "confirm": "1", "key": new_id()}, follow=True)
    shipment = Shipment.objects.get()
    assert done.context["onward"] == [(f"批次 {shipment.number}", reverse("archives:shipment", args=[shipment.pk]))]
    assert shipment.addressee == town.huancui_archive
    assert sorted(Dossier.objects.filter(shipment=shipment).values_list("line", flat=True)) == [1, 2, 3]
    client.post("/dossiers/bulk/", {"step": "unpack", "id": [dossiers[0].pk], "confirm": "1", "key": new_id()})
    assert Dossier.objects.filter(shipment=shipment).count() == 2


def test_a_bulk_act_that_moves_nobody_says_so(dossier_in, client_of):
    dossier = dossier_in(State.RECEIVED, shelf="")
    form = {"step": "shelve", "id": [str(dossier.pk)], "confirm": "1", "key": new_id()}
    page = shown(client_of("archivist").post("/dossiers/bulk/", form))
    assert "均不能入库" in page
    assert "没有登记存放架位" in page


def test_numbers_and_a_shelf_are_written_into_many_dossiers(dossier_in, client_of):
    dossiers = [dossier_in(State.RECEIVED, f"示例{number}", shelf="") for number in range(2)]
    form = {
        "step": "record",
        "id": [str(one.pk) for one in dossiers],
        "confirm": "1",
        "key": new_id(),
        "shelf": "五号库",
        "start_number": "2026-099",
    }
    client_of("archivist").post("/dossiers/bulk/", form)
    written = [Dossier.objects.get(pk=one.pk) for one in dossiers]
    assert [(one.number, one.shelf) for one in written] == [("2026-099", "五号库"), ("2026-100", "五号库")]
