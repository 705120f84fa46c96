"""From a file to people, and what no accident on the way may do: lose a row, double a person, leave half a track."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from io import BytesIO

import openpyxl
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
from handover.services import take
from party.models import Membership
from retirees.models import Retiree, Roster, RosterRow
from retirees.models.rosters import RosterState, Verdict
from retirees.roster import annotated, checking, files, importing, leases, uploading
from tests.retirees.pages.workbooks import good_and_bad, person, workbook
from weihai_transfer.lib.refusals import Refused

MANY, CHUNK = 900, 30


@pytest.fixture
def receive(town, people, tmp_path):
    """receive(content, name=…, enterprise=…, who=…) → uploading.Received"""

    def take_in(content, name="名册.xlsx", enterprise=None, who="mill_hr"):
        path = tmp_path / "incoming"
        path.write_bytes(content)
        return uploading.receive(enterprise or town.mill, name, path, by=people[who])

    return take_in


@pytest.fixture
def checked(receive):
    def check(content, **given):
        roster = receive(content, **given).roster
        assert checking.carry_out(roster.pk)
        roster.refresh_from_db()
        return roster

    return check


@pytest.fixture
def imported(checked, people):
    def bring(content, good_rows_only=False, **given):
        roster = checked(content, **given)
        importing.start(roster, actor=people[given.get("who", "mill_hr")], good_rows_only=good_rows_only)
        assert importing.carry_out(roster.pk)
        roster.refresh_from_db()
        return roster

    return bring


def adds_up(roster):
    return roster.rows == roster.accepted + roster.rejected + roster.blank


# --- what becomes of the rows


@pytest.mark.parametrize("name", make.FILES)
def test_no_row_of_a_dirty_file_is_unaccounted_for(imported, tmp_path, name):
    make.FILES[name](tmp_path / name)
    content = (tmp_path / name).read_bytes()
    roster = imported_without_questions(imported, content, name)
    assert adds_up(roster)
    assert Retiree.objects.filter(roster=roster).count() == roster.accepted == roster.done
    left = RosterRow.objects.filter(roster=roster)
    assert left.filter(verdict__in=[Verdict.BAD, Verdict.DUPLICATE]).count() == roster.rejected
    assert not left.filter(verdict=Verdict.GOOD).exists()


def imported_without_questions(imported, content, name):
    """As the command line does it: columns that nobody knows are left out."""
    with pytest.MonkeyPatch.context() as patch:
        ask_nothing = checking.carry_out
        patch.setattr(checking, "carry_out", lambda pk: ask_nothing(pk, ask_about_headings=False))
        return imported(content, good_rows_only=True, name=name)


def test_faulty_rows_stop_the_whole_import_unless_the_good_ones_alone_are_wanted(checked, people):
    roster = checked(good_and_bad())
    assert (roster.rows, roster.accepted, roster.rejected, roster.blank) == (8, 3, 3, 2)
    with pytest.raises(Refused, match="还有 3 行不能导入"):
        importing.start(roster, actor=people["mill_hr"], good_rows_only=False)
    assert not Operation.objects.filter(kind="roster.import").exists()
    importing.start(roster, actor=people["mill_hr"], good_rows_only=True)
    importing.carry_out(roster.pk)
    assert Retiree.objects.count() == 3


def test_everybody_who_is_imported_has_his_tracks_and_no_office_sees_him(imported, people):
    roster = imported(workbook([person(1, 政治面貌="中共党员"), person(2, "示例乙")], headings=(*HEADINGS, "政治面貌")))
    brought = Retiree.objects.filter(roster=roster)
    assert set(Case.objects.values_list("pk", "state")) == {(one.pk, "draft") for one in brought}
    assert Dossier.objects.count() == 2
    assert Membership.objects.count() == 1
    assert not brought.exclude(office=None).exists()
    for who in ("huancui_clerk", "zhudao_clerk", "community_clerk", "archivist", "zhudao_party", "gaoqu_clerk"):
        for model in (Retiree, Case, Dossier, Membership, Roster):
            assert not model.objects.visible_to(people[who]).exists(), (who, model)


HEADINGS = ("序号", "姓名", "身份证号码", "退休时间", "联系电话", "常年居住地")


def test_the_same_file_twice_is_one_roster(receive):
    content = good_and_bad()
    first, second = receive(content), receive(content, name="改了名.xlsx")
    assert not first.already
    assert second.already
    assert second.roster == first.roster
    assert Roster.objects.count() == 1


def test_a_copy_saved_anew_adds_nobody(imported, checked, people):
    content = workbook([person(1), person(2, "示例乙")])
    imported(content)
    book = openpyxl.load_workbook(BytesIO(content))
    copy = BytesIO()
    book.active["H1"] = "另存"
    book.save(copy)
    roster = checked(copy.getvalue(), name="另存.xlsx")
    assert (roster.accepted, roster.rejected, roster.duplicates) == (0, 2, 2)
    assert adds_up(roster)
    with pytest.raises(Refused, match="没有可以导入的行"):
        importing.start(roster, actor=people["mill_hr"], good_rows_only=True)
    assert Retiree.objects.count() == 2


def test_the_corrected_workbook_brings_the_rest(imported, checked, people, tmp_path):
    """Only the good rows, then the user's own workbook with its faulty rows put right."""
    first = imported(good_and_bad(), good_rows_only=True)
    back = tmp_path / "back.xlsx"
    annotated.build(first, back)
    book = openpyxl.load_workbook(back)
    page = book.active
    assert [page.cell(row, 2).value for row in (3, 4, 5)] == ["丁示例", "安示例", "冯示例"]
    page["C3"] = person(4)["身份证号码"]
    page["C4"], page["B4"] = person(6)["身份证号码"], "华示例"
    page["D5"] = "2022-03"
    book.save(back)
    second = imported(back.read_bytes(), name="改正.xlsx")
    assert (second.accepted, second.rejected) == (3, 0)
    assert Retiree.objects.count() == 6
    assert set(Retiree.objects.filter(roster=second).values_list("name", flat=True)) == {"丁示例", "华示例", "冯示例"}


def test_an_import_is_taken_back_whole_or_not_at_all(imported, people, town):
    roster = imported(workbook([person(1), person(2, "示例乙")]))
    one = Retiree.objects.filter(roster=roster).first()
    take("submit", [one.pk], actor=people["mill_hr"], targets=town.huancui)
    with pytest.raises(Refused, match="其中 1 人已经办理过"):
        importing.withdraw(roster, actor=people["mill_hr"], reason="示例：传错了")
    assert Retiree.objects.count() == Case.objects.count() == Dossier.objects.count() == 2
    other = imported(workbook([person(3, "示例丙")]), name="另一份.xlsx")
    importing.withdraw(other, actor=people["mill_hr"], reason="示例：传错了")
    assert set(Retiree.objects.values_list("roster", flat=True)) == {roster.pk}
    assert Case.objects.count() == Dossier.objects.count() == 2


def test_a_file_that_was_withdrawn_may_be_sent_again(imported, people):
    content = workbook([person(1)])
    importing.withdraw(imported(content), actor=people["mill_hr"], reason="示例：传错了")
    assert imported(content).state == RosterState.IMPORTED
    assert Retiree.objects.count() == 1


def test_nothing_of_a_file_lies_in_the_clear(imported, settings, tmp_path):
    """The upload on disk, the staged rows, the live rows and their history."""
    roster = imported(good_and_bad(), good_rows_only=True)
    secret = [person(serial)["身份证号码"].encode() for serial in (1, 2, 3)]
    assert not any(word in files.path_of(roster).read_bytes() for word in secret)
    for table in (
        "retirees_retiree",
        "retirees_historicalretiree",
        "retirees_rosterrow",
        "retirees_roster",
        "audit_operation",
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            stored = repr(
                [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in cursor.fetchall()]
            )
        assert not any(word.decode() in stored for word in secret), table


# --- accidents


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
