"""What no accident on the way from a file to people may do: lose a row, double a person, leave half a track."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import Office
from archives.models import Dossier
from audit.models import Operation
from audit.verification import verify
from examples import make
from handover.models import Case
from retirees.models import Retiree, Roster, RosterRow
from retirees.models.rosters import RosterState, Verdict
from retirees.roster import checking, files, importing, leases, uploading
from tests.retirees.pages.workbooks import person, workbook

MANY, CHUNK = 900, 30


def test_cancelling_while_reading_leaves_no_rows(receive, monkeypatch):
    """The user cancels between two chunks."""
    roster = receive(workbook([person(serial) for serial in range(1, 40)])).roster
    monkeypatch.setattr(checking, "CHUNK", 10)
    beat = leases.beat

    def cancelled_after_the_second(one, **values):
        beat(one, **values)
        if values.get("done", 0) >= 20:
            uploading.discard(Roster.objects.get(pk=one.pk))

    monkeypatch.setattr(leases, "beat", cancelled_after_the_second)
    checking.carry_out(roster.pk)
    roster.refresh_from_db()
    assert roster.state == RosterState.CANCELLED
    assert not RosterRow.objects.exists()
    assert not files.path_of(roster).exists()


def test_cancelling_while_importing_undoes_it_whole(checked, people, monkeypatch):
    roster = checked(workbook([person(serial) for serial in range(1, 40)]))
    importing.start(roster, actor=people["mill_hr"], good_rows_only=False)
    monkeypatch.setattr(importing, "CHUNK", 10)
    beat = leases.beat

    def cancelled_after_the_second(one, **values):
        beat(one, **values)
        if values.get("done") == 20:
            importing.cancel(one)

    monkeypatch.setattr(leases, "beat", cancelled_after_the_second)
    importing.carry_out(roster.pk)
    roster.refresh_from_db()
    assert roster.state == RosterState.CANCELLED
    assert not Retiree.objects.exists()
    assert not Case.objects.exists()
    assert not Dossier.objects.exists()
    assert Operation.objects.get(kind="roster.import").outcome["cancelled"] is True


def test_a_worker_that_was_taken_for_dead_and_comes_back_writes_nothing(checked, people, monkeypatch):
    roster = checked(workbook([person(serial) for serial in range(1, 40)]))
    importing.start(roster, actor=people["mill_hr"], good_rows_only=False)
    monkeypatch.setattr(importing, "CHUNK", 10)
    beat, taken_over = leases.beat, []

    def overtaken(one, **values):
        if values.get("done") == 20 and not taken_over:
            # While it slept in the middle of its second chunk, another worker did all the work.
            taken_over.append(True)
            Roster.objects.filter(pk=one.pk).update(worker="another")
        beat(one, **values)

    monkeypatch.setattr(leases, "beat", overtaken)
    importing.carry_out(roster.pk)
    assert Retiree.objects.count() == 10
    assert Roster.objects.get().done == 10
    expire(roster)
    importing.carry_out(roster.pk)
    assert Retiree.objects.count() == Case.objects.count() == 39


def expire(roster):
    """As if ninety seconds had gone by without a sign of life."""
    old = timezone.now() - leases.LEASE - timedelta(seconds=1)
    Roster.objects.filter(pk=roster.pk).update(heartbeat=old)


def beat(roster):
    """As if the worker had given a sign of life just now, however long the checks of the test took."""
    Roster.objects.filter(pk=roster.pk).update(heartbeat=timezone.now())


def database_url():
    """The test database, for another process."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    host = given["HOST"].replace("/", "%2F")
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgresql://{given['USER']}{password}@{host}{port}/{given['NAME']}"


class Worker:
    """A worker's process that is killed as soon as the roster is where the test wants it."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {**os.environ, "DATABASE_URL": database_url(), "TMPDIR": str(folder)}

    def start(self, work, roster):
        command = [
            sys.executable,
            "-m",
            "tests.retirees.worker",
            work,
            str(roster.pk),
            str(CHUNK),
            str(django_settings.UPLOADS),
        ]
        return subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=self.environment, stderr=subprocess.PIPE)

    def kill_when(self, work, roster, reached):
        process = self.start(work, roster)
        give_up = time.monotonic() + 60
        while not reached(Roster.objects.get(pk=roster.pk)):
            if process.poll() is not None:
                raise AssertionError(f"the worker ended by itself: {process.stderr.read().decode()[-2000:]}")
            assert time.monotonic() < give_up, "the worker got nowhere"
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.returncode == -signal.SIGKILL
        process.stderr.close()


@pytest.fixture
def worker(tmp_path):
    folder = tmp_path / "tmp"
    folder.mkdir()
    return Worker(folder)


def crowd():
    """A workbook of many people with a fault in every tenth row."""
    rows = []
    for serial in range(MANY):
        one = person(serial, "示例众人", 身份证号码=make.id_number(serial % 1000, born="19600101"))
        if serial % 10 == 9:
            one["退休时间"] = None
        rows.append(one)
    return workbook(rows)


def some(at):
    """The worker has begun, and has come at least so far."""
    return lambda roster: roster.worker and roster.done >= at


@pytest.mark.django_db(transaction=True)
def test_a_check_that_is_killed_again_and_again_is_finished_by_the_next_worker(receive, worker):
    roster = receive(crowd()).roster
    for reached in (lambda one: one.state == RosterState.READING, some(CHUNK), some(MANY // 2), some(MANY - 5 * CHUNK)):
        worker.kill_when("check", roster, reached)
        # The dead worker's lease still stands: nobody else begins, so nothing is read twice at once.
        assert not checking.carry_out(roster.pk)
        expire(roster)
    assert checking.carry_out(roster.pk)
    roster.refresh_from_db()
    assert roster.state == RosterState.CHECKED
    assert (roster.rows, roster.accepted, roster.rejected, roster.blank) == (MANY, MANY - MANY // 10, MANY // 10, 0)
    numbers = list(RosterRow.objects.filter(roster=roster).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(3, MANY + 3))
    assert not Retiree.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_again_and_again_loses_and_doubles_nobody(checked, people, worker):
    roster = checked(crowd())
    importing.start(roster, actor=people["mill_hr"], good_rows_only=True)
    good = roster.accepted
    done = 0
    for reached in (lambda one: one.worker, some(CHUNK), some(good // 2), some(good - 4 * CHUNK)):
        worker.kill_when("import", roster, reached)
        roster.refresh_from_db()
        # Whatever was committed is whole: people, tracks, history and checkpoint in one.
        assert Retiree.objects.count() == Case.objects.count() == Dossier.objects.count() == roster.done
        assert RosterRow.objects.filter(roster=roster, verdict=Verdict.GOOD).count() == good - roster.done
        assert verify() == []
        assert roster.done >= done
        done = roster.done
        beat(roster)
        assert not importing.carry_out(roster.pk)
        expire(roster)
    assert 0 < done < good
    assert importing.carry_out(roster.pk)
    roster.refresh_from_db()
    assert (roster.state, roster.done) == (RosterState.IMPORTED, good)
    assert Retiree.objects.count() == Case.objects.count() == Dossier.objects.count() == good
    assert Retiree.objects.values("id_index").distinct().count() == good
    operation = Operation.objects.get(kind="roster.import")
    assert operation.outcome == {"roster": str(roster.pk), "people": good}
    assert Retiree.history.filter(operation=operation).count() == good
    assert not importing.carry_out(roster.pk)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_was_killed_and_then_cancelled_is_undone(checked, people, worker):
    roster = checked(crowd())
    importing.start(roster, actor=people["mill_hr"], good_rows_only=True)
    worker.kill_when("import", roster, some(3 * CHUNK))
    assert Retiree.objects.exists()
    assert importing.cancel(roster)
    expire(roster)
    importing.carry_out(roster.pk)
    roster.refresh_from_db()
    assert roster.state == RosterState.CANCELLED
    assert not Retiree.objects.exists()
    assert not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_reaper_puts_the_work_of_the_dead_back_and_no_other(receive, worker, capsys):
    from django_tasks_db.models import DBTaskResult

    roster = receive(crowd()).roster
    worker.kill_when("check", roster, some(CHUNK))
    call_command("reap_jobs")
    assert not DBTaskResult.objects.exists()
    expire(roster)
    call_command("reap_jobs")
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[str(roster.pk)]]


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_no_clear_copy_behind(receive, worker):
    """Whoever works next sweeps up after it (security.md E3, F5)."""
    roster = receive(crowd()).roster
    worker.kill_when("check", roster, some(CHUNK))
    expire(roster)
    process = worker.start("check", roster)
    assert process.wait() == 0, process.stderr.read()
    process.stderr.close()
    assert Roster.objects.get().state == RosterState.CHECKED
    assert [path for path in worker.folder.rglob("*") if path.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_person_at_once_bring_him_once(checked, people):
    """Two files of one enterprise, both checked before either is imported."""
    first = checked(workbook([person(serial) for serial in range(1, 30)]))
    second = checked(workbook([person(serial) for serial in range(15, 45)]), name="第二份.xlsx")
    for roster in (first, second):
        assert roster.rejected == 0
        importing.start(roster, actor=people["mill_hr"], good_rows_only=False)
    start, faults = threading.Barrier(2), []

    def carry_out(roster):
        start.wait()
        try:
            importing.carry_out(roster.pk)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=carry_out, args=[roster]) for roster in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Retiree.objects.count() == Case.objects.count() == 44
    for roster in (first, second):
        roster.refresh_from_db()
        assert roster.state == RosterState.IMPORTED
        assert Retiree.objects.filter(roster=roster).count() == roster.done
    left = RosterRow.objects.filter(verdict=Verdict.DUPLICATE)
    assert left.count() == 29 + 30 - 44
    assert Office.objects.exists()
