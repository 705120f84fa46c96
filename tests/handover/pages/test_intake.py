"""A month of new retirees: from the list of employees to acceptance by the street, without an agreement (一)."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from handover.models import Case
from handover.services import take
from retirees.forecast import keeping
from retirees.forecast.sheet import Line
from retirees.models import ExpectedRetirement, Roster
from retirees.roster import checking, importing
from tests.cast import id_number
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id

BORN = date(1966, 1, 8)
MONTH = "2026-05"
ADDRESS = "威海市环翠区竹岛街道示例路1号"


def page_of(client, **query):
    return client.get(reverse("handover:intake"), {"month": MONTH, **query})


def numbers(page, table="one_month"):
    total = page.context[table].total
    return dict(zip(page.context[table].headings, [one.count for one in total.numbers], strict=True))


@pytest.mark.parametrize("month", ["2026-13", "abc", "0001-01", "9999-12"])
def test_a_month_that_is_none_shows_this_one_and_says_so(month, client_of):
    answer = client_of("mill_hr").get(reverse("handover:intake"), {"month": month})
    assert answer.status_code == 200
    assert "请" in answer.context["fault"]


def test_whoever_sees_no_people_sees_no_month(client_of):
    assert client_of("archivist").get(reverse("handover:intake")).status_code == 403


def test_people_of_the_stock_are_not_in_it(town, make_person, client_of):
    make_person(town.mill, "甲示例", retired_on=date(2019, 5, 1))
    page = client_of("mill_hr").get(reverse("handover:intake"), {"month": "2019-05"})
    assert page.context["one_month"].lines == []


def test_a_month_goes_from_the_list_of_employees_to_acceptance(town, people, client_of):
    hr = people["mill_hr"]
    lines = [
        Line(at, f"{name}示例", id_number(at, born_on=BORN), "men", BORN, "") for at, name in ((1, "甲"), (3, "乙"))
    ]
    with clock.at(clock.now().replace(year=2026, month=5, day=20)):
        keeping.bring_in(town.mill, lines, way="append", actor=hr)
        assert set(ExpectedRetirement.objects.values_list("expected", flat=True)) == {date(2026, 5, 1)}
        client = client_of("mill_hr")
        assert numbers(page_of(client)) == {
            "预计退休": 2, "预计而未登记": 2, "已登记": 0, "待上报": 0, "已上报": 0, "已接收": 0, "办结": 0, "逾期": 0,
        }  # fmt: skip
        _import(client, _completed(client))
        assert numbers(page_of(client))["预计而未登记"] == 0
        assert numbers(page_of(client))["待上报"] == 2
        ids = list(Case.objects.values_list("pk", flat=True))
        assert not Case.objects.filter(stock=True).exists()
        take("submit", ids, actor=hr)
        take("assign", ids, actor=people["huancui_clerk"], targets=town.zhudao)
        assert len(take("accept", ids, actor=people["zhudao_clerk"]).moved) == 2
        for who in ("mill_hr", "huancui_clerk", "zhudao_clerk", "watchdog"):
            page = page_of(client_of(who))
            assert numbers(page)["已接收"] == 2
            assert_numbers_are_lists(client_of(who), page)


def _completed(client):
    """The prefilled roster of the month, with what only the clerk knows."""
    answer = client.get(reverse("retirees:forecast_roster", args=[MONTH]))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = openpyxl.load_workbook(BytesIO(body))
    page = book.active
    at = next(row[0].row for row in page.iter_rows() if any(cell.value == "姓名" for cell in row))
    headings = {cell.value: cell.column for cell in page[at]}
    for number in range(at + 1, at + 3):
        page.cell(number, headings["联系电话"], f"1380631000{number}")
        page.cell(number, headings["常年居住地"], ADDRESS)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("示例五月.xlsx", stream.getvalue())


def _import(client, file):
    enterprise = Roster._meta.get_field("enterprise").related_model.objects.get(code="DEMO01")
    answer = client.post(reverse("retirees:upload"), {"enterprise": enterprise.pk, "file": file, "key": new_id()})
    assert answer.status_code == 302
    roster = Roster.objects.get()
    checking.carry_out(roster.pk)
    answer = client.post(reverse("retirees:import", args=[roster.pk]), {"rows": "all", "key": new_id()})
    assert answer.status_code == 302
    importing.carry_out(roster.pk)
    assert Case.objects.count() == 2


def assert_numbers_are_lists(client, page):
    for table in ("one_month", "year"):
        for line in page.context[table].lines:
            for number in line.numbers:
                if number.count:
                    assert client.get(number.url).context["list"].count == number.count


def test_who_was_not_submitted_in_time_is_late_in_the_month_and_in_its_list(town, people, make_person, client_of):
    make_person(town.mill, "甲示例", retired_on=date(2026, 5, 31))
    with clock.at(clock.now().replace(year=2026, month=9, day=1)):
        page = page_of(client_of("watchdog"))
        assert numbers(page)["逾期"] == 1
        assert_numbers_are_lists(client_of("watchdog"), page)
        only = page_of(client_of("watchdog"), enterprise=town.mill.pk)
        assert only.context["enterprise"] == town.mill
        assert_numbers_are_lists(client_of("watchdog"), only)
