"""A run that dies goes on where it stood; a run that was lost writes nothing; scope is asked again when it runs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import OfficeGrant, User
from accounts.services import dismiss
from audit.models import Operation
from handover import bulk_jobs, bulk_running
from handover.models import BulkSelection, Case
from handover.models.bulk import BulkState
from handover.services import take
from handover.states.cases import State


@pytest.fixture
def selection(town, people, make_person):
    """Five people who wait at 竹岛街道, chosen to be accepted there."""
    ids = [make_person(town.mill, f"示例{sign}").pk for sign in "甲乙丙丁戊"]
    take("submit", ids, actor=people["mill_hr"])
    take("assign", ids, actor=people["huancui_clerk"], targets=town.zhudao)
    chosen = bulk_running.choose(people["zhudao_clerk"], "accept", ids)
    bulk_running.start(chosen)
    return chosen


def accepted(selection):
    return Case.objects.filter(pk__in=selection.ids, state=State.ACCEPTED).count()


def test_a_run_that_died_between_two_chunks_goes_on_without_doing_anything_twice(selection, monkeypatch):
    monkeypatch.setattr(bulk_running, "CHUNK", 2)
    real, calls = bulk_running.take, []

    def dies_at_the_second(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        return real(*args, **kwargs)

    monkeypatch.setattr(bulk_running, "take", dies_at_the_second)
    with pytest.raises(SystemExit):
        bulk_running.run(selection.pk)
    selection.refresh_from_db()
    assert (selection.done, accepted(selection), selection.state) == (2, 2, BulkState.RUNNING)
    BulkSelection.objects.update(heartbeat=timezone.now() - timedelta(minutes=5))
    assert bulk_running.run(selection.pk)
    selection.refresh_from_db()
    assert (len(selection.moved), selection.refused, selection.state) == (5, {}, BulkState.DONE)
    assert Operation.objects.filter(kind="case.accept").count() == 3
    assert len(set(selection.moved)) == 5


def test_a_run_that_somebody_is_at_is_left_to_him(selection):
    BulkSelection.objects.update(worker="示例", heartbeat=timezone.now())
    assert not bulk_running.run(selection.pk)
    assert accepted(selection) == 0


def test_a_worker_that_was_taken_for_dead_writes_nothing(selection):
    BulkSelection.objects.update(worker="另一个", heartbeat=timezone.now())
    assert not bulk_running._run_chunk(selection.pk, "示例")
    assert accepted(selection) == 0


def test_only_the_first_of_two_starts_counts(people, selection):
    assert not bulk_running.start(selection, reason="第二次")
    selection.refresh_from_db()
    assert selection.reason == ""


def test_who_was_dismissed_meanwhile_moves_nobody(selection, people):
    grant = OfficeGrant.objects.get(user=people["zhudao_clerk"])
    dismiss(people["zhudao_clerk"], grant.position, grant.content_object, actor=people["secadmin"], reason="示例")
    bulk_running.run(selection.pk)
    selection.refresh_from_db()
    assert (accepted(selection), len(selection.refused)) == (0, 5)
    assert all(sentence.startswith("查找不到这条记录") for sentence in selection.refused.values())


def test_a_closed_account_moves_nobody(selection, people):
    User.objects.filter(pk=people["zhudao_clerk"].pk).update(is_active=False)
    bulk_running.run(selection.pk)
    selection.refresh_from_db()
    assert (accepted(selection), set(selection.refused.values())) == (0, {bulk_running.NO_ACCOUNT})


def test_what_nobody_works_on_is_started_again(selection):
    assert bulk_jobs.start_again() == 0
    BulkSelection.objects.update(at=timezone.now() - timedelta(minutes=5))
    assert bulk_jobs.start_again() == 1


def test_a_run_that_died_offers_to_go_on(client_of, selection):
    client, where = client_of("zhudao_clerk"), f"/people/bulk/accept/{selection.pk}/"
    BulkSelection.objects.update(worker="示例", heartbeat=timezone.now())
    assert "办理中断" not in client.get(where).content.decode()
    assert client.post(f"{where}again/").url == where
    assert DBTaskResult.objects.count() == 0
    BulkSelection.objects.update(heartbeat=timezone.now() - timedelta(minutes=5))
    assert "办理中断" in client.get(where).content.decode()
    client.post(f"{where}again/")
    assert DBTaskResult.objects.count() == 1


def test_more_than_a_request_carries_is_left_to_the_worker(client_of, town, people, make_person, monkeypatch):
    monkeypatch.setattr(bulk_running, "IN_REQUEST", 1)
    ids = [make_person(town.mill, f"示例{sign}").pk for sign in "甲乙"]
    chosen = bulk_running.choose(people["mill_hr"], "submit", ids)
    client = client_of("mill_hr")
    where = f"/people/bulk/submit/{chosen.pk}/"
    key = "0190a0a0-0000-7000-8000-000000000001"
    assert client.post(where, {"key": key}).status_code == 302
    assert "正在办理“上报”：0 / 2 人。" in client.get(where).content.decode()
    piece = client.get(where, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    bulk_jobs.run_selection.call(str(chosen.pk))
    assert "已上报 <b>2</b> 人" in client.get(where).content.decode()
    assert len({case.batch_id for case in Case.objects.filter(pk__in=ids)}) == 1
