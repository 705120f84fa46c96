"""Eligibility from a workbook: every fault at once with its cell, and nothing from a sheet that has one."""

from datetime import timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from handover.community import eligibility_sheet
from handover.models import EligibilityCheck
from tests.handover.pages.reading import shown
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id


def upload(client, *rows, headings=eligibility_sheet.HEADINGS):
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    for number, row in enumerate([["资格认证"], headings, *rows]):
        page.write_row(number, 0, row)
    book.close()
    file = SimpleUploadedFile("示例.xlsx", target.getvalue())
    return client.post(reverse("handover:eligibility_import"), {"file": file, "key": str(new_id())})


@pytest.fixture
def person(case_in):
    return case_in("accepted").retiree


@pytest.fixture
def client(client_of):
    return client_of("zhudao_clerk")


def row_of(person, **given):
    row = {"姓名": person.name, "身份证号": person.id_number, "认证日期": str(clock.today()), "认证方式": "人脸识别"}
    return [(row | given)[name] for name in eligibility_sheet.HEADINGS]


def test_a_good_list_is_recorded_and_the_same_list_adds_nothing(client, person):
    for _ in range(2):
        assert upload(client, row_of(person)).status_code == 302
    check = EligibilityCheck.objects.get()
    assert (check.retiree_id, check.way, check.result) == (person.pk, "face", "passed")
    assert check.history.count() == 1


@pytest.mark.parametrize(
    ("wrong", "cell", "said"),
    [
        ({"姓名": "错示例"}, "B3", "本单位没有"),
        ({"身份证号": "371002196203081999"}, "B3", "身份证号"),
        ({"认证方式": "口头"}, "D3", "应为"),
        ({"认证日期": str(clock.today() + timedelta(days=2))}, "C3", "不晚于今天"),
        ({"认证日期": ""}, "C3", "没有填写"),
    ],
)
def test_a_fault_is_told_with_its_cell_and_nothing_is_taken(wrong, cell, said, client, person, case_in):
    other = case_in("accepted", name="乙示例").retiree
    answer = upload(client, row_of(person, **wrong), row_of(other))
    assert answer.status_code == 422
    assert cell in shown(answer)
    assert said in shown(answer)
    assert not EligibilityCheck.objects.exists()


def test_a_foreign_person_is_as_unknown_as_nobody(client_of, person):
    answer = upload(client_of("jingyuan_clerk"), row_of(person))
    assert "本单位没有" in shown(answer)
    assert not EligibilityCheck.objects.exists()


def test_a_workbook_without_the_headings_says_which_are_missing(client, person):
    assert "没有找到" in shown(upload(client, row_of(person), headings=("姓名", "号码", "日期", "方式")))


def test_the_blank_form_is_read_by_its_own_reader(client):
    assert client.get(reverse("handover:eligibility_template")).status_code == 200
