"""Exports of lists: what may not be in a file, who must agree, what a worker that dies leaves behind."""

import io
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.services import appoint, dismiss
from accounts.values import set_value
from audit.models import Operation, SecurityEvent
from handover.services import take
from oversight.exports import asking, files, jobs, running
from oversight.exports.lists import EXPORTS
from oversight.exports.people import COLUMNS
from oversight.models import Export
from oversight.models.exports import KEPT
from tests import cast
from tests import scene as scenes
from tests.retirees.test_intake_accidents import database_url
from tests.url_calls import clear_numbers
from weihai_transfer.lib.refusals import Refused

SOME = ["name", "id_number", "phone", "residence_address", "state"]
ALL = [column.name for column in COLUMNS]


@pytest.fixture
def made(people):
    """made("mill_hr", …) → Export that a worker has finished, approved by the leading group's office where needed."""

    def make(who="mill_hr", what="people", query="", columns=SOME, **given):
        row = asking.ask(what, query, columns, actor=people[who], **given)
        if row.needs:
            asking.approve(row.pk, actor=people["secadmin"])
        assert running.run(row.pk)
        row.refresh_from_db()
        return row

    return make


@pytest.fixture
def on_the_list(retirees):
    return retirees


def content_of(export):
    return b"".join(files.read(export.file))


def sheet_of(export):
    return openpyxl.load_workbook(io.BytesIO(content_of(export))).active


def lines_of(export):
    """The lines below the captions and headings."""
    return [list(row) for row in sheet_of(export).iter_rows(min_row=5, values_only=True)]


def names_of(export):
    return sorted(line[0] for line in lines_of(export))


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


# --- the second person


def test_nobody_answers_his_own_request(on_the_list, people, client_of):
    row = asking.ask("people", "", SOME, actor=people["watchdog"], masked=False, reason="示例")
    assert row.state == "waiting"
    for act in (asking.approve, lambda pk, actor: asking.refuse(pk, actor=actor, answer="示例")):
        with pytest.raises(Refused, match="不能由本人批准"):
            act(row.pk, actor=people["watchdog"])
    client = client_of("watchdog")
    assert client.post(reverse("oversight:export_approve", args=[row.pk])).status_code == 403
    assert client.get(reverse("oversight:export_request", args=[row.pk])).status_code == 403
    assert row.number not in client.get(reverse("oversight:export_requests")).content.decode()
    row.refresh_from_db()
    assert row.state == "waiting"


def test_the_database_holds_the_four_eyes_too(on_the_list, people):
    row = asking.ask("people", "", SOME, actor=people["watchdog"], masked=False, reason="示例")
    for values in ({"answered_by": people["watchdog"]}, {"state": "queued"}, {"needs": ""}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.filter(pk=row.pk).update(**values)


def test_who_has_no_such_office_does_not_answer(on_the_list, people, client_of):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"], masked=False, reason="示例")
    for who in ("group", "huancui_clerk", "auditor", "sysadmin", "nobody"):
        assert client_of(who).post(reverse("oversight:export_approve", args=[row.pk])).status_code == 403
        with pytest.raises(Export.DoesNotExist):
            asking.approve(row.pk, actor=people[who])


def test_without_an_answer_nothing_is_made(on_the_list, people):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"], masked=False, reason="示例")
    assert running.run(row.pk) is False
    asking.refuse(row.pk, actor=people["secadmin"], answer="示例：没有必要")
    assert running.run(row.pk) is False
    row.refresh_from_db()
    assert (row.state, row.answer) == ("refused", "示例：没有必要")
    with pytest.raises(Refused, match="已经答复"):
        asking.approve(row.pk, actor=people["watchdog"])


def test_clear_numbers_need_a_reason(on_the_list, people):
    with pytest.raises(Refused, match="没有填写用途"):
        asking.ask("people", "", SOME, actor=people["mill_hr"], masked=False, reason="  ")
    assert not Export.objects.exists()


def test_above_the_rows_of_a_day_a_second_person_agrees(on_the_list, people):
    today = timezone.localdate()
    set_value("export_rows_per_day", today, 3, source="示例", actor=people["sysadmin"])
    assert asking.ask("people", "", SOME, actor=people["mill_hr"]).state == "queued"
    over = asking.ask("people", "", SOME, actor=people["mill_hr"])
    assert (over.state, over.needs) == ("waiting", "当日累计 4 行，超过每人每日 3 行")
    # What came to nothing takes nothing of the day, and another person has a day of his own.
    asking.cancel(over.pk, actor=people["mill_hr"])
    assert asking.rows_today(people["mill_hr"]) == 2
    assert asking.ask("people", "", SOME, actor=people["group"]).state == "queued"


def test_the_security_administrator_is_told_no_name(on_the_list, people, client_of):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"], masked=False, reason="示例用途")
    page = client_of("secadmin").get(reverse("oversight:export_request", args=[row.pk])).content.decode()
    assert "示例用途" in page
    assert "示例纺织厂人事（示例纺织厂 企业人事专员）" in page
    assert "安示例" not in page


# --- the job


def test_a_grant_taken_away_in_the_middle_ends_it(on_the_list, people, town, monkeypatch):
    row = asking.ask("people", "", SOME, actor=people["huancui_clerk"])
    monkeypatch.setattr(running, "CHUNK", 1)
    beat = running.beat

    def and_the_post_is_gone(one, **values):
        if values.get("done") == 2:
            dismiss(people["huancui_clerk"], "district", town.huancui, actor=people["secadmin"], reason="示例：调离")
        beat(one, **values)

    monkeypatch.setattr(running, "beat", and_the_post_is_gone)
    running.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure, row.file) == ("failed", running.LOST_POST, None)


def test_a_cancelled_export_stops_with_the_next_chunk(on_the_list, people, monkeypatch):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"])
    beat = running.beat

    def cancelled(one, **values):
        if values.get("done"):
            asking.cancel(one.pk, actor=people["mill_hr"])
        beat(one, **values)

    monkeypatch.setattr(running, "beat", cancelled)
    assert running.run(row.pk) is False
    row.refresh_from_db()
    assert (row.state, row.file, bytes(row.keys)) == ("cancelled", None, b"")
    assert not list(files.folder().glob("*"))
    with pytest.raises(Refused, match="不能取消"):
        asking.cancel(row.pk, actor=people["mill_hr"])


def test_two_workers_make_one_file(on_the_list, people, monkeypatch):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"])
    beat, overtaken = running.beat, []

    def late(one, **values):
        if values.get("done") and not overtaken:
            overtaken.append(running.run(one.pk))
            Export.objects.filter(pk=one.pk).update(worker="another")
        beat(one, **values)

    monkeypatch.setattr(running, "beat", late)
    # The second one finds the lease taken; the first one finds that it has lost it.
    assert running.run(row.pk) is False
    assert overtaken == [False]
    assert not list(files.folder().glob("*"))


def test_a_list_that_changes_while_it_is_written_is_written_anew(on_the_list, people, monkeypatch):
    row = asking.ask("people", "", SOME, actor=people["huancui_clerk"])
    still_there, calls = running._still_there, []

    def and_then_one_leaves(export, page):
        found = still_there(export, page)
        if not calls:
            take("withdraw", [on_the_list["崔"].pk], actor=people["port_hr"], reason="示例")
        calls.append(len(found) // 16)
        return found

    monkeypatch.setattr(running, "_still_there", and_then_one_leaves)
    assert running.run(row.pk)
    row.refresh_from_db()
    assert calls == [3, 2]
    assert (row.state, row.rows) == ("ready", 2)
    assert "共 2 人" in sheet_of(row)["A2"].value


def test_a_dead_workers_export_is_begun_anew(on_the_list, people, monkeypatch):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"])
    Export.objects.filter(pk=row.pk).update(state="running", worker="dead", heartbeat=timezone.now(), done=1)
    assert running.run(row.pk) is False
    old = timezone.now() - running.LEASE - timedelta(seconds=1)
    Export.objects.filter(pk=row.pk).update(heartbeat=old)
    asked = []
    monkeypatch.setattr(jobs, "enqueue", lambda export: asked.append(export.pk))
    call_command("reap_jobs", verbosity=0)
    assert asked == [row.pk]
    assert running.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.rows) == ("ready", 2)


def test_after_a_week_the_file_is_gone(on_the_list, made, client_of):
    row = made("mill_hr")
    assert files.path_of(row.file).exists()
    assert b"PK" not in files.path_of(row.file).read_bytes()[:64]
    Export.objects.filter(pk=row.pk).update(ready_at=timezone.now() - KEPT - timedelta(minutes=1))
    call_command("reap_jobs", verbosity=0)
    row.refresh_from_db()
    assert row.state == "expired"
    assert not files.path_of(row.file).exists()
    assert client_of("mill_hr").get(reverse("oversight:export_file", args=[row.pk])).status_code == 404


def test_asking_making_and_fetching_leave_their_traces(on_the_list, people, client_of):
    client = client_of("mill_hr")
    ask = reverse("oversight:ask_export", args=["people"])
    key = str(client.get(ask).context["form"].fields["key"].initial())
    for _ in range(2):
        answer = client.post(f"{ask}?stock=0", {"key": key, "columns": SOME})
        assert answer.status_code == 302
    row = Export.objects.get()
    assert Operation.objects.filter(kind="export.ask").count() == 1
    assert running.run(row.pk)
    event = SecurityEvent.objects.get(kind="export")
    assert (event.actor, event.subject) == (people["mill_hr"], f"oversight.Export {row.number}")
    assert event.field == "退休人员 2 行"
    answer = client.get(reverse("oversight:export_file", args=[row.pk]))
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert SecurityEvent.objects.get(kind="download").subject == f"oversight.Export {row.number}"


def test_a_filter_that_is_not_understood_never_widens_the_export(on_the_list, people, client_of):
    with pytest.raises(Refused, match="筛选条件"):
        asking.ask("people", "state=nonsense", SOME, actor=people["mill_hr"])
    with pytest.raises(Refused, match="没有符合条件"):
        asking.ask("people", "state=completed", SOME, actor=people["mill_hr"])


def test_the_page_of_a_running_export_says_how_far_it_is(on_the_list, people, client_of):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"])
    url = reverse("oversight:export", args=[row.pk])
    assert "排队中" in client_of("mill_hr").get(url).content.decode()
    Export.objects.filter(pk=row.pk).update(state="running", done=1, worker="x", heartbeat=timezone.now())
    piece = client_of("mill_hr").get(url, headers={"HX-Request": "true"}).content.decode()
    assert "正在生成：1 / 2 人" in piece
    assert "<html" not in piece


@pytest.mark.parametrize(
    ("who", "what", "url"),
    [
        ("mill_hr", "people", "handover:people"),
        ("mill_hr", "dossiers", "archives:dossiers"),
    ],
)
def test_the_list_leads_to_its_export_with_its_filters(on_the_list, client_of, who, what, url):
    page = client_of(who).get(reverse(url), {"enterprise": "x"}).content.decode()
    assert reverse("oversight:ask_export", args=[what]) not in page
    page = client_of(who).get(reverse(url), {"sort": "-name"}).content.decode()
    assert f"{reverse('oversight:ask_export', args=[what])}?sort=-name" in page


def test_the_second_persons_tile_counts_his_list(on_the_list, people, client_of):
    asking.ask("people", "", SOME, actor=people["mill_hr"], masked=False, reason="示例")
    asking.ask("people", "", SOME, actor=people["watchdog"], masked=False, reason="示例")
    for who, count in (("watchdog", 1), ("secadmin", 2)):
        client = client_of(who)
        tile = next(one for one in client.get("/").context["tiles"] if one.label == "导出申请，待批准")
        assert (tile.count, client.get(tile.url).context["list"].count) == (count, count)


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
    assert names <= set(seen)
    assert what == "problems" or names == set(seen)
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


# --- kill -9

MANY, CHUNK = 900, 30


@pytest.mark.django_db(transaction=True)
def test_an_export_that_is_killed_again_and_again_appears_whole_or_not_at_all(town, people, tmp_path):
    cast.bring_in([cast.person(town.mill, f"示例{n}", n) for n in range(MANY)], actor=people["mill_hr"])
    row = asking.ask("people", "", ALL, actor=people["mill_hr"])
    for reached in (lambda one: one.worker, lambda one: one.done >= CHUNK, lambda one: one.done >= MANY // 2):
        kill_when(row, reached, CHUNK, tmp_path)
        row.refresh_from_db()
        assert (row.state, row.file) == ("running", None)
        assert not list(files.folder().glob("*.sealed"))
        assert running.run(row.pk) is False
        Export.objects.filter(pk=row.pk).update(heartbeat=timezone.now() - running.LEASE - timedelta(seconds=1))
    assert running.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.rows) == ("ready", MANY)
    assert len({line[0] for line in lines_of(row)}) == MANY
    assert SecurityEvent.objects.filter(kind="export").count() == 1


def kill_when(row, reached, chunk, folder):
    """A worker's process that is killed as soon as the export is where the test wants it."""
    Export.objects.filter(pk=row.pk).update(done=0)
    environment = {**os.environ, "DATABASE_URL": database_url(), "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "tests.oversight.export_worker", str(row.pk), str(chunk), str(settings.UPLOADS)]
    before = Export.objects.get(pk=row.pk).worker
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.PIPE)
    give_up = time.monotonic() + 60
    while True:
        one = Export.objects.get(pk=row.pk)
        if one.worker != before and reached(one):
            break
        assert process.poll() is None, process.stderr.read().decode()[-2000:]
        assert time.monotonic() < give_up, "the worker got nowhere"
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.returncode == -signal.SIGKILL
    process.stderr.close()
