"""Exports as jobs: what is lost, cancelled, changed or killed on the way, and what is left behind."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.services import dismiss
from audit.models import Operation, SecurityEvent
from handover.services import take
from oversight.exports import asking, files, jobs, running
from oversight.models import Export
from oversight.models.exports import KEPT
from tests import cast
from tests.oversight.exporting import ALL, SOME, lines_of, sheet_of
from tests.retirees.test_intake_accidents import database_url
from weihai_transfer.lib.refusals import Refused

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
