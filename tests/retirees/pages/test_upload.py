import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from retirees.models import Roster
from retirees.models.rosters import RosterState
from retirees.roster import files
from tests.retirees.pages.workbooks import good_and_bad, person, workbook


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("花名册.xlsx", b"%PDF-1.7 not a workbook", "PDF 文档"),
        ("花名册.xlsx", b"", "文件是空的"),
        ("花名册.docx", b"PK\x03\x04", "文件类型不在接收范围"),
        ("花名册.xlsm", b"PK\x03\x04", "文件含有宏"),
        ("花名册.xlsx", b"PK\x03\x04 broken off", "文件不完整或已损坏"),
        ("花名册.xls", b"<html><table></table></html>", "网页（HTML）"),
    ],
)
def test_junk_is_refused_with_a_sentence_and_leaves_nothing(send, settings, name, content, said):
    answer = send(content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Roster.objects.exists()
    assert not settings.UPLOADS.exists() or not list(settings.UPLOADS.iterdir())


def test_no_file_chosen_is_said(client_of, town):
    answer = client_of("mill_hr").post(reverse("retirees:upload"), {"enterprise": town.mill.pk})
    assert answer.status_code == 422
    assert "没有选择文件" in answer.content.decode()


def test_nobody_uploads_for_an_enterprise_that_is_not_his(send, town):
    answer = send(good_and_bad(), enterprise=town.port)
    assert answer.status_code == 422
    assert not Roster.objects.exists()


@pytest.mark.parametrize(
    "who", ["zhudao_clerk", "huancui_clerk", "archivist", "mill_party", "watchdog", "auditor", "nobody"]
)
def test_without_the_duty_to_submit_nothing_is_uploaded(send, client_of, who):
    assert client_of(who).get(reverse("retirees:upload")).status_code == 403
    assert send(good_and_bad(), who=who).status_code == 403
    assert not Roster.objects.exists()


def test_a_roster_is_kept_sealed_and_waits_for_a_worker(send, town, people):
    answer = send(good_and_bad(), "二〇二六年名册.xlsx")
    roster = Roster.objects.get()
    assert answer.url == reverse("retirees:roster", args=[roster.pk])
    assert (roster.enterprise, roster.by, roster.state) == (town.mill, people["mill_hr"], RosterState.UPLOADED)
    assert roster.filename == "二〇二六年名册.xlsx"
    assert not files.path_of(roster).read_bytes().startswith(b"PK")


def test_the_same_file_again_leads_to_the_earlier_roster_and_says_so(send, client_of, town):
    content = good_and_bad()
    first = send(content)
    data = {"enterprise": town.mill.pk, "file": SimpleUploadedFile("改了名字.xlsx", content)}
    again = client_of("mill_hr").post(reverse("retirees:upload"), data, follow=True)
    assert again.redirect_chain == [(first.url, 302)]
    assert Roster.objects.count() == 1
    assert "没有重复上传" in again.content.decode()


def test_the_same_file_of_another_enterprise_is_another_roster(send, town):
    content = good_and_bad()
    send(content)
    send(content, who="port_hr", enterprise=town.port)
    assert Roster.objects.count() == 2


def test_who_works_for_several_enterprises_chooses_one(client_of, send, town):
    assert "所属企业" in client_of("group").get(reverse("retirees:upload")).content.decode()
    assert "所属企业" not in client_of("dyeworks_hr").get(reverse("retirees:upload")).content.decode()
    send(good_and_bad(), who="group", enterprise=town.dyeworks)
    assert Roster.objects.get().enterprise == town.dyeworks


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_once_is_one_roster(client_of, town):
    content = workbook([person(1)])
    clients, start, answers = [client_of("mill_hr") for _ in range(2)], threading.Barrier(2), []

    def upload(client):
        start.wait()
        file = SimpleUploadedFile("花名册.xlsx", content)
        answers.append(client.post(reverse("retirees:upload"), {"enterprise": town.mill.pk, "file": file}))
        connection.close()

    threads = [threading.Thread(target=upload, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert Roster.objects.count() == 1
