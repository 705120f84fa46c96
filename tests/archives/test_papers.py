"""The papers of shipments, dossiers and fees: what stands in them, who makes them, the annex of a long list."""

import hashlib
import io
import json
import zipfile
from html import unescape

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from archives import annexes
from archives import papers as contents
from archives.models import DossierPaper, FeePaper, ShipmentPaper
from archives.papers import DOSSIER_PAPERS, FEE_PAPERS, SHIPMENT_PAPERS
from archives.services import catalogue, checking, shipments, take
from audit.models import SecurityEvent
from tests.papers import samples
from tracks import papers
from tracks.advancing import NOT_YOURS
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db


def words_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return unescape(packed.read("word/document.xml").decode())


def made(desk, code, owner, actor):
    outcome = papers.make(desk, code, [owner.pk], actor=actor)
    assert outcome.moved, outcome.refused
    return desk.model.objects.get(pk=outcome.papers[0])


def printed(paper):
    return words_of(papers.render([paper]))


# --- when it cannot be made


def test_a_list_is_made_of_what_was_sent(shipment_in, people):
    shipment = shipment_in()
    for code in ("inventory", "notice"):
        refused = papers.make(SHIPMENT_PAPERS, code, [shipment.pk], actor=people["mill_hr"]).refused
        assert "尚未发出" in refused[shipment.pk]


def test_a_statement_is_made_of_what_was_named(dossier_in, people):
    dossier = dossier_in("preparing")
    assert (
        "没有登记缺少的材料"
        in papers.make(DOSSIER_PAPERS, "missing", [dossier.pk], actor=people["mill_hr"]).refused[dossier.pk]
    )


def test_a_confirmation_is_made_of_what_was_assessed(fee_in, people):
    fee = fee_in()
    assert "尚未评估" in papers.make(FEE_PAPERS, "confirmation", [fee.pk], actor=people["archivist"]).refused[fee.pk]


def test_who_only_watches_makes_no_paper(shipment_in, people):
    shipment = shipment_in("in_transit")
    refused = papers.make(SHIPMENT_PAPERS, "notice", [shipment.pk], actor=people["watchdog"]).refused
    assert refused == {shipment.pk: NOT_YOURS}


# --- what stands in them


@pytest.mark.parametrize(
    ("template", "content"),
    [("inventory-1", "inventory"), ("notice-1", "notice"), ("missing-1", "missing"), ("fee-1", "confirmation")],
)
def test_a_context_has_the_keys_of_its_sample(template, content, shipment_in, dossier_in, fee_in, people):
    if content in ("inventory", "notice"):
        owner = shipment_in("in_transit")
    elif content == "missing":
        owner = dossier_in("preparing")
        catalogue.note_missing(owner, title="示例", why="never_made", text="", actor=people["mill_hr"])
    else:
        owner = fee_in("assessed")
    found = getattr(contents, content)([owner.pk])[owner.pk]
    assert set(found) == set(samples.SAMPLES[template])
    for name, value in samples.SAMPLES[template].items():
        if isinstance(value, list) and found[name]:
            assert set(found[name][0]) == set(value[0]), name
    assert json.loads(json.dumps(found)) == found


def test_the_list_names_everybody_carriers_and_seal(shipment_in, lines_of, people):
    shipment = shipment_in("in_transit", count=2)
    paper = made(SHIPMENT_PAPERS, "inventory", shipment, people["mill_hr"])
    text = printed(paper)
    for one in lines_of(shipment):
        assert one.retiree.name in text
        assert one.retiree.id_number in text
        assert one.check_number in text
    for word in (shipment.number, "示例移交人甲", "示例移交人乙", "示例封-0001", paper.number):
        assert word in text
    assert paper.number.endswith("-清0001")


def test_after_the_check_the_list_says_what_was_found(shipment_in, people):
    shipment, archivist = shipment_in("checking", count=3), people["archivist"]
    before = made(SHIPMENT_PAPERS, "inventory", shipment, people["mill_hr"])
    checking.note(shipment, "2", "missing", actor=archivist)
    checking.receive_rest(shipment, actor=archivist)
    shipments.take("finish", [shipment.pk], actor=archivist)
    after = made(SHIPMENT_PAPERS, "inventory", shipment, archivist)
    assert after.number != before.number
    assert json.loads(after.content)["exceptions"] == "未见 1 卷"
    assert json.loads(after.content)["received"] == "2"
    assert "未见 1 卷" in printed(after)


def test_the_same_list_is_not_made_twice(shipment_in, people):
    shipment = shipment_in("in_transit")
    one = made(SHIPMENT_PAPERS, "inventory", shipment, people["mill_hr"])
    assert made(SHIPMENT_PAPERS, "inventory", shipment, people["mill_hr"]) == one


def test_a_long_list_gives_the_sum_and_its_annex_stays_what_was_signed(monkeypatch, shipment_in, people, client_of):
    monkeypatch.setattr(contents, "LISTED", 2)
    shipment = shipment_in("in_transit", count=3)
    paper = made(SHIPMENT_PAPERS, "inventory", shipment, people["mill_hr"])
    said = json.loads(paper.content)
    assert (said["rows"], said["count"]) == ([], "3")
    assert said["annex_sha256"] in printed(paper).replace(" ", "")
    checking.note(shipment, "1", "damaged", reason="示例：后来破损", actor=people["archivist"])
    client = client_of("archivist")
    data = b"".join(client.get(reverse("archives:annex", args=[shipment.pk])).streaming_content)
    assert hashlib.sha256(data).hexdigest() == said["annex_sha256"]
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).active.iter_rows()]
    assert len([row for row in rows if isinstance(row[0], int)]) == 3
    assert SecurityEvent.objects.filter(kind="download", field="档案移交清册附件").count() == 1
    assert client_of("watchdog").get(reverse("archives:annex", args=[shipment.pk])).status_code == 403
    assert annexes.named(shipment) == (said["annex"], said["annex_sha256"])


def test_the_notice_says_the_sum_in_capitals_and_names_the_list(shipment_in, people):
    shipment = shipment_in("in_transit", count=2)
    listed = made(SHIPMENT_PAPERS, "inventory", shipment, people["mill_hr"])
    text = printed(made(SHIPMENT_PAPERS, "notice", shipment, people["mill_hr"]))
    assert listed.number in text
    assert "贰" in text


def test_the_statement_names_each_paper_with_its_reason(dossier_in, people):
    dossier, hr = dossier_in("preparing"), people["mill_hr"]
    for title, why, text in (("示例工资表<一>", "lost_before", "改制时遗失"), ("示例毕业证", "with_others", "")):
        catalogue.note_missing(dossier, title=title, why=why, text=text, class_code="九-1", actor=hr)
    text = printed(made(DOSSIER_PAPERS, "missing", dossier, hr))
    for word in (
        "示例工资表<一>",
        "历史原因遗失：改制时遗失",
        "示例毕业证",
        "在其他单位，正在索取",
        dossier.retiree.name,
    ):
        assert word in text
    assert take("ready", [dossier.pk], actor=hr).moved == [dossier.pk]


def test_the_confirmation_says_the_amount_in_capitals(fee_in, people):
    fee = fee_in("assessed")
    text = printed(made(FEE_PAPERS, "confirmation", fee, people["archivist"]))
    for word in ("220.00", "贰佰贰拾元整", "示例评〔2026〕1号"):
        assert word in text


# --- pages


def test_papers_are_made_printed_and_left_in_the_events(shipment_in, client_of):
    shipment, client = shipment_in("in_transit"), client_of("mill_hr")
    page = client.post(
        reverse("archives:shipment_make", args=[shipment.pk, "inventory"]), {"key": new_id()}, follow=True
    )
    assert "档案移交清册已生成" in page.content.decode()
    paper = ShipmentPaper.objects.get()
    answer = client.get(reverse("archives:shipment_paper", args=[paper.pk]))
    assert shipment.number in words_of(b"".join(answer.streaming_content))
    assert SecurityEvent.objects.filter(kind="download", field="档案移交清册").exists()
    assert client_of("port_hr").get(reverse("archives:shipment_paper", args=[paper.pk])).status_code == 404


def test_statements_of_many_dossiers_are_made_from_the_list(dossier_in, people, client_of):
    dossiers = [dossier_in("preparing", f"示例{n}") for n in range(2)]
    for one in dossiers:
        catalogue.note_missing(one, title="示例", why="never_made", text="", actor=people["mill_hr"])
    key, client = str(new_id()), client_of("mill_hr")
    form = {"step": "missing", "id": [str(one.pk) for one in dossiers], "confirm": "1", "key": key}
    page = client.post("/dossiers/bulk/", form, follow=True).content.decode()
    assert DossierPaper.objects.count() == 2
    way = reverse("archives:dossier_papers_of", args=[key])
    assert way in page
    assert client.get(way).status_code == 200


def test_the_assessor_brings_the_report(fee_in, assessor, client_of):
    from django.core.files.uploadedfile import SimpleUploadedFile

    fee = fee_in("assessed")
    url = reverse("archives:fee_make", args=[fee.pk, "report"])
    scan = SimpleUploadedFile("示例报告.pdf", b"%PDF-1.4 x %%EOF")
    assert client_of(assessor[1]).post(url, {"key": new_id(), "file": scan}).status_code == 302
    assert FeePaper.objects.get().kind == "report"
    assert client_of("archivist").get(url).status_code == 403
