"""Exports of lists: what may not be in a file, how it reads, and every list that can be exported."""

import io
import re
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import User
from accounts.services import appoint, dismiss
from audit.models import SecurityEvent
from handover.services import take
from oversight.exports import asking, running
from oversight.exports.lists import EXPORTS
from tests import scene as scenes
from tests.oversight.exporting import ALL, SOME, content_of, lines_of, names_of, sheet_of
from tests.url_calls import clear_numbers

# --- what may not be in it


def test_people_of_others_are_in_no_export(on_the_list, made):
    assert names_of(made("mill_hr")) == ["安示例", "白示例"]
    assert names_of(made("zhudao_clerk")) == ["安示例"]
    assert names_of(made("huancui_clerk")) == ["丁示例", "安示例", "崔示例"]


def test_who_sees_no_such_list_cannot_ask_for_it(on_the_list, client_of):
    for who in ("sysadmin", "auditor", "archivist", "nobody"):
        assert client_of(who).get(reverse("oversight:ask_export", args=["people"])).status_code == 403
    assert client_of("mill_hr").get(reverse("oversight:ask_export", args=["memberships"])).status_code == 403


def test_what_was_lost_between_asking_and_making_is_not_in_the_file(on_the_list, people):
    row = asking.ask("people", "", SOME, actor=people["zhudao_clerk"])
    other = asking.ask("people", "", SOME, actor=people["huancui_clerk"])
    take("withdraw", [on_the_list["崔"].pk], actor=people["port_hr"], reason="示例")
    running.run(other.pk)
    other.refresh_from_db()
    assert names_of(other) == ["丁示例", "安示例"]
    assert (other.total, other.rows, other.fewer) == (3, 2, 1)
    assert "申请时 3 人，其中 1 人已不在可查看的列表中" in sheet_of(other)["A3"].value
    take("withdraw", [on_the_list["安"].pk], actor=people["mill_hr"], reason="示例")
    running.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure, row.file) == ("failed", running.NOTHING_LEFT, None)


def test_a_post_taken_away_between_asking_and_making_makes_no_file(on_the_list, people, town):
    row = asking.ask("people", "", SOME, actor=people["zhudao_clerk"])
    dismiss(people["zhudao_clerk"], "street", town.zhudao, actor=people["secadmin"], reason="示例：调离")
    running.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure) == ("failed", running.LOST_POST)
    assert not SecurityEvent.objects.filter(kind="export").exists()


def test_a_stopped_account_gets_no_file(on_the_list, people):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"])
    people["mill_hr"].is_active = False
    people["mill_hr"].save()
    running.run(row.pk)
    row.refresh_from_db()
    assert row.state == "failed"


def test_a_file_is_lost_with_the_post_in_which_it_was_asked_for(on_the_list, made, people, town, client_of):
    row = made("zhudao_clerk")
    url = reverse("oversight:export_file", args=[row.pk])
    assert client_of("zhudao_clerk").get(url).status_code == 200
    dismiss(people["zhudao_clerk"], "street", town.zhudao, actor=people["secadmin"], reason="示例：调离")
    appoint(people["zhudao_clerk"], "street", town.jingyuan, actor=people["secadmin"])
    assert client_of("zhudao_clerk").get(url).status_code == 403
    page = client_of("zhudao_clerk").get(reverse("oversight:export", args=[row.pk])).content.decode()
    assert "申请时所在的岗位已经没有了" in page


def test_somebody_elses_export_does_not_exist(on_the_list, made, client_of):
    row = made("mill_hr")
    for name in ("export", "export_file"):
        for who in ("group", "port_hr", "watchdog", "secadmin", "auditor"):
            assert client_of(who).get(reverse(f"oversight:{name}", args=[row.pk])).status_code == 404
    assert client_of("group").post(reverse("oversight:cancel_export", args=[row.pk])).status_code == 404


def test_a_column_that_the_asker_may_not_know_is_not_given_by_its_name(on_the_list, made):
    row = made("huancui_clerk", columns=ALL)
    named = {name for name, _ in row.columns}
    assert named.isdisjoint({"special_groups", "annuity", "out_of_pool_items", "out_of_pool_monthly"})
    assert "special_groups" in {name for name, _ in made("zhudao_clerk", columns=ALL).columns}


def test_health_and_hardship_are_in_no_column():
    assert {"health", "hardship", "injury_grade", "remark", "political_status"}.isdisjoint(ALL)


def test_of_a_person_outside_the_duty_a_guarded_cell_stays_empty(town, people, make_person, made):
    """One user, two posts: HR of the mill, and the area where somebody of the port waits."""
    mine = make_person(town.mill, "安示例", special_groups=["alone"])
    other = make_person(town.port, "崔示例", special_groups=["hardship"])
    take("submit", [other.pk], actor=people["port_hr"], targets=town.huancui)
    appoint(people["mill_hr"], "district", town.huancui, actor=people["secadmin"])
    people["mill_hr"] = User.objects.get(pk=people["mill_hr"].pk)
    row = made("mill_hr", columns=["name", "special_groups"])
    assert dict(lines_of(row)) == {mine.name: "孤寡老人", other.name: None}


# --- masked, formulas, marks


def test_numbers_are_masked_unless_a_second_person_agreed(on_the_list, made):
    row = made("mill_hr", columns=ALL)
    with zipfile.ZipFile(io.BytesIO(content_of(row))) as packed:
        for name in packed.namelist():
            assert clear_numbers(packed.read(name).decode(errors="replace")) == []
    line = next(line for line in lines_of(made("mill_hr")) if line[0] == "安示例")
    assert re.fullmatch(r"371002\*{8}\d{3}[\dX]", line[1])
    assert line[2].startswith("138****")
    assert line[3] == "山东省威海市******"


def test_with_a_reason_and_a_second_person_they_read_in_full(on_the_list, made):
    row = made("mill_hr", masked=False, reason="示例：制作社保卡")
    person = on_the_list["安"]
    line = next(line for line in lines_of(row) if line[0] == "安示例")
    assert line[1:4] == [person.id_number, person.phone, person.residence_address]
    assert "未脱敏" in sheet_of(row)["A3"].value
    assert "未脱敏" in SecurityEvent.objects.get(kind="export").field


def test_no_text_becomes_a_formula(town, make_person, made):
    for at, text in enumerate(("=1+1", "+1", "-1", "@x", "＝1", "\t=1", " =1", "<r>&</r>", "_x0041_")):
        make_person(town.mill, f"示例{at}", former_unit=text)
    row = made("mill_hr", columns=["name", "former_unit"])
    with zipfile.ZipFile(io.BytesIO(content_of(row))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    found = dict(lines_of(row))
    assert found["示例0"] == "=1+1"
    assert found["示例4"] == "＝1"
    assert found["示例7"] == "<r>&</r>"
    marked = {cell.value for cell in sheet_of(row)["B"] if cell.quotePrefix}
    assert {"=1+1", "+1", "-1", "@x", "＝1", " =1"} <= marked


def test_the_file_says_whose_it_is_from_when_how_many_and_which(on_the_list, made):
    row = made("mill_hr", query="stock=0")
    book = openpyxl.load_workbook(io.BytesIO(content_of(row)))
    page, said = book.active, book.properties
    for text in (page["A2"].value, said.description, page.oddFooter.left.text):
        for word in ("内部资料", "示例纺织厂人事", "示例纺织厂 企业人事专员", f"共 {row.rows} 人", row.number):
            assert word in text
    assert "人员类别：新增" in page["A3"].value
    assert row.number in page.oddHeader.right.text
    assert said.creator == "示例纺织厂人事"


def test_days_are_days_and_the_order_is_that_of_the_list(town, make_person, made):
    for name in ("丙示例", "甲示例", "乙示例"):
        make_person(town.mill, name)
    row = made("mill_hr", query="sort=-name", columns=["name", "retired_on", "age"])
    assert [line[0] for line in lines_of(row)] == ["乙示例", "甲示例", "丙示例"]
    _, age, retired_on = lines_of(row)[0]
    assert f"{retired_on:%Y-%m-%d}" == "2024-05-31"
    assert isinstance(age, int)


# --- every list


@pytest.mark.parametrize(
    ("what", "who", "seen"),
    [
        ("people", "huancui_clerk", "安崔丁"),
        ("people", "zhudao_clerk", "安"),
        ("dossiers", "archivist", "安"),
        ("memberships", "mill_party", "安白于"),
        ("memberships", "zhudao_party", "崔"),
        ("medical", "huancui_clerk", "安"),
        ("treatments", "dyeworks_hr", "于"),
        ("treatments", "approver", "安"),
        ("problems", "port_hr", "崔"),
        ("problems", "watchdog", "安崔"),
    ],
)
def test_each_list_holds_ones_own_rows_with_all_columns_and_nothing_foreign(
    what, who, seen, town, people, make_person, made, tmp_path
):
    scene = scenes.build(town, people, make_person, tmp_path)
    one = EXPORTS[what]
    offered = [column.name for column in one.columns_of(people[who], one.page_of(people[who], ""))]
    row = made(who, what, columns=offered)
    assert row.rows == len(seen)
    with zipfile.ZipFile(io.BytesIO(content_of(row))) as packed:
        text = "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    assert clear_numbers(text) == []
    names = {name for name in scenes.NAMES if scene.people[name].name in text}
    assert names == set(seen)
    headings = [cell.value for cell in sheet_of(row)[4]]
    assert len(headings) == len(offered)


@pytest.mark.parametrize(
    ("what", "who"), [("dossiers", "mill_hr"), ("memberships", "mill_party"), ("treatments", "mill_hr")]
)
def test_each_list_reads_in_full_where_that_was_agreed_to(what, who, town, people, make_person, made, tmp_path):
    scene = scenes.build(town, people, make_person, tmp_path)
    page = EXPORTS[what].page_of(people[who], "")
    masked = next(column for column in EXPORTS[what].columns_of(people[who], page) if column.clear)
    row = made(who, what, columns=["name", masked.name], masked=False, reason="示例")
    assert scene.people["安"].id_number in {line[1] for line in lines_of(row)}
