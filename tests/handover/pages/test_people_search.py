"""Searching: inside one's own people only, by POST, without a trace of the words."""

import pytest

from audit.models import SecurityEvent
from tests.handover.pages.reading import numbers_in, shown, url

pytestmark = pytest.mark.django_db


def ask(client, words):
    return client.post(url("search"), {"q": words})


def test_somebody_elses_person_is_not_found_even_by_the_whole_number(retirees, client_of):
    answer = ask(client_of("port_hr"), retirees["安"].id_number)
    assert answer.status_code == 200
    assert "没有找到" in shown(answer)
    assert "安示例" not in shown(answer)


@pytest.mark.parametrize("who", ["archivist", "mill_party", "secadmin", "nobody"])
def test_without_people_there_is_nothing_to_search(who, client_of):
    assert ask(client_of(who), "示例").status_code == 403


def test_words_in_the_address_find_nothing(retirees, client_of):
    assert "安示例" not in shown(client_of("mill_hr").get(url("search"), {"q": "安示例"}))


@pytest.mark.parametrize("words", ["安示例", "anshili", "asl", "ANSHILI", " 安 示例 "])
def test_one_hit_leads_straight_to_the_person(words, retirees, client_of):
    answer = ask(client_of("mill_hr"), words)
    assert answer.status_code == 302
    assert answer.url == url("person", retirees["安"].pk)


def test_by_numbers(retirees, client_of):
    person = retirees["安"]
    for words in (person.id_number, person.id_number[-4:], person.phone[-4:]):
        assert ask(client_of("mill_hr"), words).url == url("person", person.pk)


def test_several_hits_are_listed_masked(retirees, client_of):
    answer = ask(client_of("mill_hr"), "示例")
    assert "安示例" in shown(answer)
    assert "白示例" in shown(answer)
    assert "崔示例" not in shown(answer)
    assert numbers_in(answer) == []


def test_a_whole_number_is_not_shown_again(retirees, client_of):
    answer = ask(client_of("port_hr"), retirees["安"].id_number)
    assert numbers_in(answer) == []


def test_too_many_hits_are_cut_and_it_is_said(case_in, client_of, monkeypatch):
    monkeypatch.setattr("handover.views.search.MOST", 3)
    for number in "一二三四":
        case_in("draft", f"示例{number}")
    answer = ask(client_of("mill_hr"), "示例")
    assert len(answer.context["rows"]) == 3
    assert "只列出前 3 人" in shown(answer)


def test_the_search_is_remembered_without_its_words(retirees, client_of):
    ask(client_of("mill_hr"), "安示例")
    event = SecurityEvent.objects.get(kind="search")
    told = " ".join(str(getattr(event, field.attname)) for field in event._meta.concrete_fields)
    assert "安" not in told


def test_the_box_on_every_page_asks_here(client_of):
    assert f'action="{url("search")}"' in shown(client_of("mill_hr").get(url("people")))
