"""Revealing one field of one person: for a reason, once, with a trace that does not hold the value."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import SecurityEvent
from tests.handover.pages.reading import numbers_in, shown, url

pytestmark = pytest.mark.django_db
REASON = {"purpose": "contact", "note": "示例说明"}


def ask(client, pk, field="phone", **form):
    return client.post(url("reveal", pk, field), form or REASON)


def events():
    return SecurityEvent.objects.filter(kind="reveal")


@pytest.mark.parametrize(
    ("who", "field", "status"),
    [
        ("port_hr", "phone", 404),
        ("jingyuan_clerk", "phone", 404),
        ("archivist", "phone", 404),
        ("zhudao_clerk", "no-such", 404),
        ("zhudao_clerk", "name", 404),
        ("watchdog", "health", 403),
        ("huancui_clerk", "hardship", 403),
        ("watchdog", "phone", 200),
        ("zhudao_clerk", "health", 200),
        ("mill_hr", "injury_grade", 200),
    ],
)
def test_only_what_the_page_shows_masked_may_be_asked_for(who, field, status, case_in, client_of):
    case = case_in("accepted", health="示例病情")
    client = client_of(who)
    assert client.get(url("reveal", case.pk, field)).status_code == status
    assert ask(client, case.pk, field).status_code == status


def test_looking_at_the_question_shows_nothing(retirees, client_of):
    answer = client_of("zhudao_clerk").get(url("reveal", retirees["安"].pk, "phone"))
    assert numbers_in(answer) == []
    assert not events().exists()


@pytest.mark.parametrize("form", [{"purpose": ""}, {"purpose": "curious"}, {"purpose": "other", "note": " "}])
def test_without_a_reason_nothing_is_shown(form, retirees, client_of):
    answer = ask(client_of("zhudao_clerk"), retirees["安"].pk, **form)
    assert numbers_in(answer) == []
    assert not events().exists()


def test_with_a_reason_the_one_value_is_shown_and_remembered_without_it(retirees, client_of):
    person = retirees["安"]
    answer = ask(client_of("zhudao_clerk"), person.pk)
    assert numbers_in(answer) == [person.phone.encode()]
    assert answer["Cache-Control"] == "no-store"
    event = events().get()
    assert event.subject == f"retirees.Retiree {person.pk}"
    assert event.field == "phone"
    assert event.reason == "联系本人或家属：示例说明"
    told = " ".join(str(getattr(event, field.attname)) for field in event._meta.concrete_fields)
    assert person.phone not in told
    assert person.phone[-4:] not in told.replace(str(event.at), "").replace(event.request_id, "").replace(
        str(event.pk), ""
    )


def looked(user, times, *, minutes=5):
    SecurityEvent.objects.bulk_create(
        SecurityEvent(at=timezone.now() - timedelta(minutes=minutes), kind="reveal", actor=user, actor_name=user.name)
        for _ in range(times)
    )


def test_many_looks_in_an_hour_are_warned_of(retirees, people, client_of):
    looked(people["zhudao_clerk"], 30)
    answer = client_of("zhudao_clerk").get(url("reveal", retirees["安"].pk, "phone"))
    assert "明显多于平常" in shown(answer)
    assert ask(client_of("zhudao_clerk"), retirees["安"].pk).context["value"] == retirees["安"].phone


def test_a_hundred_looks_in_an_hour_are_the_end(retirees, people, client_of):
    looked(people["zhudao_clerk"], 100)
    answer = ask(client_of("zhudao_clerk"), retirees["安"].pk)
    assert answer.status_code == 429
    assert numbers_in(answer) == []
    assert events().count() == 100


def test_looks_of_others_and_of_earlier_do_not_count(retirees, people, client_of):
    looked(people["jingyuan_clerk"], 100)
    looked(people["zhudao_clerk"], 100, minutes=61)
    assert ask(client_of("zhudao_clerk"), retirees["安"].pk).status_code == 200
