"""Recording a death from the pages, and taking note of one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from handover import services
from handover.models import Case, DeathNotice
from handover.states.deaths import State
from tests.handover.pages.reading import form_of, numbers_in, shown, url
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
NOTE = "示例：家属告知"


def send(client, pk, died_on="2026-01-02", note=NOTE):
    return client.post(url("death", pk), {"key": str(new_id()), "died_on": died_on, "note": note})


@pytest.fixture
def told_to_the_mill(case_in, people):
    case = case_in("accepted")
    services.record_death(case.retiree, date(2026, 1, 2), actor=people["zhudao_clerk"], reason=NOTE)
    return case


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("port_hr", 404),
        ("jingyuan_clerk", 404),
        ("archivist", 404),
        ("watchdog", 403),
        ("mill_hr", 200),
        ("zhudao_clerk", 200),
    ],
)
def test_who_may_record_a_death(who, status, case_in, client_of):
    case = case_in("accepted")
    assert client_of(who).get(url("death", case.pk)).status_code == status
    if status != 200:
        assert send(client_of(who), case.pk).status_code == status
        assert not DeathNotice.objects.exists()


@pytest.mark.parametrize(
    ("died_on", "note", "field"),
    [
        ("", NOTE, "died_on"),
        ("2026-02-30", NOTE, "died_on"),
        ("1900-01-01", NOTE, "died_on"),
        ((timezone.localdate() + timedelta(days=1)).isoformat(), NOTE, "died_on"),
        ("2026-01-02", " ", "note"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(died_on, note, field, case_in, client_of):
    case = case_in("accepted")
    answer = send(client_of("zhudao_clerk"), case.pk, died_on, note)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert Case.objects.get(pk=case.pk).retiree.survival == "alive"


def test_the_street_tells_the_enterprise(case_in, client_of):
    case, client = case_in("accepted"), client_of("zhudao_clerk")
    assert "将告知示例纺织厂" in shown(client.get(url("death", case.pk)))
    assert send(client, case.pk).status_code == 302
    assert DeathNotice.objects.get(pk=case.pk).state == State.TOLD_TO_ENTERPRISE
    assert "去世" in shown(client.get(url("person", case.pk)))


def test_a_second_record_is_refused(told_to_the_mill, client_of):
    client = client_of("zhudao_clerk")
    assert "已登记为已去世" in shown(send(client, told_to_the_mill.pk, "2026-01-03"))
    assert client.get(url("death", told_to_the_mill.pk)).status_code == 302


def test_the_same_form_twice_records_once(case_in, client_of):
    case, client = case_in("accepted"), client_of("zhudao_clerk")
    form = {**form_of(client, url("death", case.pk)), "died_on": "2026-01-02", "note": NOTE}
    for _ in range(2):
        assert client.post(url("death", case.pk), form).status_code == 302
    assert DeathNotice.history.filter(retiree_id=case.pk).count() == 1


@pytest.mark.parametrize(
    ("who", "seen"), [("mill_hr", True), ("zhudao_clerk", True), ("port_hr", False), ("yiyuan_clerk", False)]
)
def test_the_list_of_deaths_is_scoped_and_masked(who, seen, told_to_the_mill, client_of):
    answer = client_of(who).get(url("deaths"))
    assert ("安示例" in shown(answer)) is seen
    assert numbers_in(answer) == []


@pytest.mark.parametrize(("who", "status"), [("port_hr", 404), ("zhudao_clerk", 403), ("watchdog", 403)])
def test_only_the_side_that_was_told_takes_note(who, status, told_to_the_mill, client_of):
    answer = client_of(who).post(url("acknowledge_death", told_to_the_mill.pk), {"key": str(new_id())})
    assert answer.status_code == status
    assert DeathNotice.objects.get().state == State.TOLD_TO_ENTERPRISE


def test_the_enterprise_takes_note_once(told_to_the_mill, client_of):
    client, form = client_of("mill_hr"), {"key": str(new_id())}
    page = client.get(url("person", told_to_the_mill.pk))
    assert page.context["death_form"]
    assert not [one for one in page.context["actions"] if one.primary]
    for _ in range(2):
        assert client.post(url("acknowledge_death", told_to_the_mill.pk), form).status_code == 302
    assert DeathNotice.objects.get().state == State.ACKNOWLEDGED
    assert client.get(url("person", told_to_the_mill.pk)).context["death_form"] is None


def test_taking_note_is_no_get(told_to_the_mill, client_of):
    assert client_of("mill_hr").get(url("acknowledge_death", told_to_the_mill.pk)).status_code == 405
