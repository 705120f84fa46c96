"""Coming retirements: from a list of employees to the months in which they may, shall and will retire."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from retirees.forecast import keeping
from retirees.forecast.sheet import Line
from retirees.models import ExpectedRetirement
from tests.cast import id_number
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

MAN, WOMAN = date(1967, 3, 8), date(1976, 1, 8)


def sheet(*rows, headings=("姓名", "身份证号", "岗位类别", "备注")):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["示例职工名单"])
    page.append(list(headings))
    for row in rows:
        page.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("示例职工名单.xlsx", stream.getvalue())


def man(serial, name="甲示例", **more):
    return (name, id_number(serial, born_on=MAN), "", more.get("remark", ""))


def woman(serial, post, name="乙示例"):
    return (name, id_number(serial, born_on=WOMAN), post, "")


def upload(client, file, town, way="append"):
    data = {"key": new_id(), "enterprise": town.mill.pk, "way": way, "file": file}
    return client.post(reverse("retirees:forecast_import"), data)


def months(row):
    return [f"{one:%Y-%m}" for one in (row.earliest, row.statutory, row.latest)]


def test_all_faults_are_said_at_once_and_nothing_is_taken(client_of, town):
    wrong = man(1)[1][:-1] + ("0" if man(1)[1][-1] != "0" else "1")
    rows = [("甲示例", wrong, "", ""), woman(2, ""), man(3, ""), man(5), man(5, "丙示例")]
    answer = upload(client_of("mill_hr"), sheet(*rows), town)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [words for words in ("校验位不对", "没有写明岗位类别", "没有填写", "同一人") if words not in page] == []
    assert not ExpectedRetirement.objects.exists()


@pytest.mark.parametrize("file", [sheet(headings=("甲", "乙", "丙", "丁")), sheet()])
def test_a_file_without_headings_or_people_is_refused(file, client_of, town):
    answer = upload(client_of("mill_hr"), file, town)
    assert answer.status_code == 422
    assert "文件没有导入" in answer.content.decode()


def test_an_enterprise_that_is_not_ones_own_is_not_offered(client_of, town):
    answer = upload(client_of("port_hr"), sheet(man(1)), town)
    assert answer.status_code == 422
    assert not ExpectedRetirement.objects.exists()


def test_each_category_gets_its_months(client_of, town):
    rows = [man(1), woman(2, "工人岗位"), woman(4, "女干部", "丙示例")]
    assert upload(client_of("mill_hr"), sheet(*rows), town).status_code == 302
    found = {row.name: months(row) for row in ExpectedRetirement.objects.all()}
    assert found == {
        "甲示例": ["2027-03", "2027-10", "2030-10"],
        "乙示例": ["2026-01", "2026-08", "2029-08"],
        "丙示例": ["2031-01", "2032-08", "2035-08"],
    }


def test_the_same_list_again_changes_nothing_and_a_new_one_updates(people, town):
    number, clerk = id_number(1, born_on=MAN), people["mill_hr"]
    line = Line(3, "甲示例", number, "men", MAN, "")
    assert keeping.bring_in(town.mill, [line], way="append", actor=clerk) == (1, 0, 0)
    assert keeping.bring_in(town.mill, [line], way="append", actor=clerk) == (0, 0, 0)
    other = Line(3, "丙示例", id_number(3, born_on=MAN), "men", MAN, "")
    renamed = Line(4, "甲示例名", number, "men", MAN, "")
    assert keeping.bring_in(town.mill, [other, renamed], way="replace", actor=clerk) == (1, 1, 0)
    assert keeping.bring_in(town.mill, [other], way="replace", actor=clerk) == (0, 0, 1)
    assert ExpectedRetirement.objects.get().name == "丙示例"


@pytest.fixture
def expected(people, town):
    line = Line(3, "甲示例", id_number(1, born_on=MAN), "men", MAN, "")
    keeping.bring_in(town.mill, [line], way="append", actor=people["mill_hr"])
    return ExpectedRetirement.objects.get()


@pytest.mark.parametrize(
    ("choice", "month"),
    [("early", "2027-02"), ("early", "2027-10"), ("late", "2027-10"), ("late", "2030-11")],
)
def test_a_month_that_the_law_does_not_allow_is_refused(choice, month, expected, people):
    chosen = date.fromisoformat(f"{month}-01")
    with pytest.raises(Refused, match="不在允许范围"):
        keeping.choose(expected, choice=choice, month=chosen, noticed_on=date(2026, 1, 1), actor=people["mill_hr"])


@pytest.mark.parametrize(
    ("choice", "month", "noticed", "late"),
    [
        ("early", "2027-03", date(2026, 12, 1), False),
        ("early", "2027-03", date(2026, 12, 2), True),
        ("late", "2028-10", date(2027, 9, 1), False),
        ("late", "2028-10", date(2027, 9, 2), True),
    ],
)
def test_a_notice_that_came_late_warns_and_refuses_nothing(choice, month, noticed, late, expected, people):
    chosen = date.fromisoformat(f"{month}-01")
    with clock.at(clock.now().replace(year=2027, month=12)):
        keeping.choose(expected, choice=choice, month=chosen, noticed_on=noticed, actor=people["mill_hr"])
    expected.refresh_from_db()
    assert expected.expected == chosen
    assert bool(keeping.late_notice(expected)) == late


def test_a_choice_stays_with_the_next_list_while_it_is_possible(expected, people, town):
    chosen = date(2027, 5, 1)
    keeping.choose(expected, choice="early", month=chosen, noticed_on=date(2026, 1, 1), actor=people["mill_hr"])
    line = Line(3, "甲示例名", id_number(1, born_on=MAN), "men", MAN, "")
    keeping.bring_in(town.mill, [line], way="replace", actor=people["mill_hr"])
    row = ExpectedRetirement.objects.get()
    assert (row.name, row.choice, row.expected) == ("甲示例名", "early", chosen)


def test_the_clerk_writes_down_a_choice_on_the_page(expected, client_of):
    url = reverse("retirees:forecast_choose", args=[expected.pk])
    data = {"key": new_id(), "choice": "early", "month": "2027-04", "noticed_on": "2026-01-05"}
    assert client_of("watchdog").post(url, data).status_code == 403
    assert client_of("port_hr").get(url).status_code == 404
    assert client_of("mill_hr").post(url, data).status_code == 302
    expected.refresh_from_db()
    assert f"{expected.expected:%Y-%m}" == "2027-04"


def test_every_number_of_the_three_years_leads_to_as_many_people(client_of, town):
    client = client_of("mill_hr")
    with clock.at(clock.now().replace(year=2026, month=6, day=1)):
        upload(client, sheet(man(1), man(3, "丙示例"), woman(2, "工人岗位")), town)
        page = client.get(reverse("retirees:forecast"))
        numbers = [pair for month in page.context["months"] for pair in month.numbers if pair[0]]
        assert sum(count for count, _ in numbers) >= 5
        for count, url in numbers:
            assert client.get(url).context["list"].count == count


def test_the_roster_of_a_month_holds_who_is_in_none_yet(expected, client_of):
    answer = client_of("mill_hr").get(reverse("retirees:forecast_roster", args=["2027-10"]))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(openpyxl.load_workbook(BytesIO(body)).active.iter_rows(values_only=True))
    assert expected.id_number in rows[-1]
    assert client_of("mill_hr").get(reverse("retirees:forecast_roster", args=["2027-13"])).status_code == 404
