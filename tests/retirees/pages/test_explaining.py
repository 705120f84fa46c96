"""Retirement dates that the law does not let expect: asked for a reason before the import, never refused."""

import pytest
from django.urls import reverse

from retirees.models import Retiree, RosterRow
from retirees.models.rosters import RosterState
from retirees.roster import checking, uploading
from tests.retirees.pages.workbooks import HEADINGS, person, workbook
from weihai_transfer.lib.fields import new_id

# Born in March 1962: a man of the number's odd sequence, who should retire about 2022.
EARLY, LATE, NORMAL = "1995-05", "2034-03", "2022-03"


@pytest.fixture
def checked(town, people, tmp_path):
    """checked(退休时间, …) → the roster of as many men, checked."""

    def make(*dates, headings=(*HEADINGS, "退休类别", "退休时间说明"), **cells):
        rows = [
            person(2 * at + 1, f"{name}示例", 退休时间=day, 退休类别="正常退休", **cells)
            for at, (name, day) in enumerate(zip("甲乙丙丁", dates, strict=False))
        ]
        path = tmp_path / "示例.xlsx"
        path.write_bytes(workbook(rows, headings=headings))
        roster = uploading.receive(town.mill, "示例.xlsx", path, by=people["mill_hr"]).roster
        checking.carry_out(roster.pk)
        roster.refresh_from_db()
        assert roster.state == RosterState.CHECKED
        return roster

    return make


def post(client, name, roster, **data):
    url = reverse(f"retirees:{name}", args=[roster.pk])
    return client.post(url, {"key": new_id(), **data}, follow=True).content.decode()


def test_without_a_reason_the_import_waits_and_says_for_what(checked, client_of):
    roster, client = checked(EARLY, NORMAL), client_of("mill_hr")
    page = client.get(reverse("retirees:roster", args=[roster.pk])).content.decode()
    assert "还有 1 人的退休时间没有说明原因" in page
    assert "没有导入" in post(client, "import", roster, rows="all")
    roster.refresh_from_db()
    assert roster.state == RosterState.CHECKED


def test_an_empty_reason_is_none(checked, client_of):
    roster = checked(EARLY)
    assert "没有填写说明" in post(client_of("mill_hr"), "explain", roster, kind="retired_too_early", text=" ")
    assert RosterRow.objects.get().retirement_note == ""


def test_a_reason_said_once_goes_with_each_person_of_its_kind(checked, client_of):
    roster, client = checked(EARLY, EARLY, NORMAL), client_of("mill_hr")
    page = post(client, "explain", roster, kind="retired_too_early", text="示例：特殊工种，批准文号示例1号")
    assert "已为 2 人登记" in page
    post(client, "import", roster, rows="all")
    assert sorted(RosterRow.objects.values_list("retirement_note", flat=True))[0] == ""
    roster.refresh_from_db()
    assert roster.state == RosterState.IMPORTING


def test_a_reason_in_the_workbook_is_enough(checked, client_of):
    roster = checked(EARLY, 退休时间说明="示例：病退")
    assert RosterRow.objects.get().retirement_note == "示例：病退"
    post(client_of("mill_hr"), "import", roster, rows="all")
    roster.refresh_from_db()
    assert roster.state == RosterState.IMPORTING


def test_a_normal_retirement_outside_the_range_of_the_law_is_doubted(checked):
    roster = checked("2026-01", NORMAL)
    codes = [problem["code"] for row in roster.staged.order_by("number") for problem in row.problems]
    assert codes == ["retired_off_age"]


def test_the_reason_stands_on_the_page_of_the_person(make_person, town, client_of):
    one = make_person(town.mill, "甲示例", retirement_note="示例：特殊工种")
    assert "示例：特殊工种" in client_of("mill_hr").get(reverse("handover:person", args=[one.pk])).content.decode()
    assert Retiree.objects.get().retirement_note
