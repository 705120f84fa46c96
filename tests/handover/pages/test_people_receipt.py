"""The outside receipt: guarded at the door, sealed on disk, handed out inside the scope."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import SecurityEvent
from handover.models import CasePaper
from tests.handover.pages.reading import shown, url
from tests.lib.pictures import jpg, ofd, png
from weihai_transfer.lib import scans
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n" + "示例回执".encode() * 1000 + b"\n%%EOF"


def send(client, pk, name="示例回执.pdf", content=PDF, key=None):
    return client.post(
        url("case_make", pk, "receipt"), {"key": str(key or new_id()), "file": SimpleUploadedFile(name, content)}
    )


@pytest.mark.parametrize(
    ("who", "situation", "status"),
    [
        ("port_hr", "outside", 404),
        ("zhudao_clerk", "outside", 404),
        ("watchdog", "outside", 403),
        ("mill_hr", "draft", 302),
    ],
)
def test_who_may_upload_when(who, situation, status, case_in, client_of):
    case = case_in(situation)
    assert client_of(who).get(url("case_make", case.pk, "receipt")).status_code == status
    assert send(client_of(who), case.pk).status_code == status
    assert not CasePaper.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("回执.docx", PDF, "只接收 PDF"),
        ("回执", PDF, "只接收 PDF"),
        ("回执.pdf", b"<html>", "与扩展名不符"),
        ("回执.png", PDF, "与扩展名不符"),
        ("回执.pdf", b"", "空的"),
        ("回执.pdf", b"%PDF-" + b"0" * scans.LARGEST, "超过 20 MB"),
    ],
)
def test_what_is_no_receipt_is_refused(name, content, words, case_in, client_of):
    case = case_in("outside")
    answer = send(client_of("mill_hr"), case.pk, name, content)
    assert answer.status_code == 200
    assert words in shown(answer)
    assert not CasePaper.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.JPG", jpg()), ("a.png", png()), ("a.ofd", ofd())])
def test_a_receipt_comes_back_as_it_went_in(name, content, case_in, client_of):
    case, client = case_in("outside"), client_of("mill_hr")
    assert send(client, case.pk, name, content).status_code == 302
    receipt = CasePaper.objects.get(case=case)
    assert content not in receipt.path.read_bytes()
    answer = client.get(url("case_scan", receipt.pk))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == scans.KINDS[Path(name).suffix.lower()][0]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert SecurityEvent.objects.get(kind="download").subject == f"handover.CasePaper {receipt.pk}"


def test_a_number_in_the_file_name_is_not_kept(case_in, client_of):
    case = case_in("outside")
    send(client_of("mill_hr"), case.pk, "C:\\回执\\示例371002196203080011.pdf")
    assert CasePaper.objects.get().filename == "示例*.pdf"


def test_the_city_reads_it_and_strangers_do_not_find_it(case_in, client_of):
    case = case_in("outside")
    send(client_of("mill_hr"), case.pk)
    receipt = CasePaper.objects.get()
    assert b"".join(client_of("watchdog").get(url("case_scan", receipt.pk)).streaming_content) == PDF
    for who in ("port_hr", "zhudao_clerk", "archivist"):
        assert client_of(who).get(url("case_scan", receipt.pk)).status_code == 404


def test_twice_the_same_leaves_one_file(case_in, client_of, settings):
    case, client, key = case_in("outside"), client_of("mill_hr"), new_id()
    send(client, case.pk, key=key)
    assert send(client, case.pk, key=key).status_code == 302
    assert "已经上传过" in shown(send(client, case.pk))
    assert CasePaper.objects.count() == 1
    assert len(list(Path(settings.UPLOADS).rglob("*.sealed"))) == 1


def test_with_the_receipt_the_next_step_opens(case_in, client_of):
    case, client = case_in("outside"), client_of("mill_hr")
    assert next(
        one for one in client.get(url("person", case.pk)).context["actions"] if one.label == "提交市外接收回执"
    ).reasons
    send(client, case.pk)
    page = client.get(url("person", case.pk))
    assert [one.label for one in page.context["actions"] if one.primary] == ["提交市外接收回执"]
    assert "示例回执.pdf" in shown(page)
