"""Members who cannot be reached, and what else is noted beside the steps."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from audit.models import SecurityEvent
from party import services, unreachable
from party.models import Membership, SearchRecord
from party.services import record_facts, record_search
from party.states import State
from party.timeline import entries
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
NOTE = "示例：向其女了解，已迁居外地"


def lost(member, people, days=10):
    since = TODAY() - timedelta(days=days)
    services.take("lose", [member.pk], actor=people["mill_party"], reason="示例：停机", values={"lost_since": since})
    member.refresh_from_db()
    return member


def test_since_when_is_kept_and_cleared_when_he_is_found(member_in, people):
    member = lost(member_in(State.PENDING), people, days=40)
    assert member.lost_since == TODAY() - timedelta(days=40)
    services.take("find", [member.pk], actor=people["mill_party"], reason="示例：已联系上")
    member.refresh_from_db()
    assert (member.state, member.lost_since) == (State.PENDING, None)


def test_a_search_is_noted_sealed_by_either_end_and_by_nobody_else(member_in, people):
    member = member_in(State.ARRIVED)
    said = {"searched_on": TODAY(), "way": "family", "note": NOTE}
    record_search(member, actor=people["mill_party"], **said)
    record_search(member, actor=people["zhudao_party"], **said)
    with pytest.raises(Refused, match="查找不到"):
        record_search(member, actor=people["zhudao_clerk"], **said)
    assert [one.note for one in SearchRecord.objects.all()] == [NOTE, NOTE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM party_searchrecord UNION ALL SELECT note FROM party_historicalsearchrecord")
        stored = [bytes(row[0]) for row in cursor.fetchall()]
    assert len(stored) == 4
    assert not any("示例".encode() in one for one in stored)
    assert any("登记查找记录" in entry.sentence for entry in entries(member.retiree, people["mill_party"]))


@pytest.mark.parametrize(("values", "words"), [({"note": " "}, "没有填写查找情况"), ({"searched_on": 1}, "晚于今天")])
def test_a_search_that_says_nothing_or_is_still_to_come_is_refused(values, words, member_in, people):
    if "searched_on" in values:
        values = {"searched_on": TODAY() + timedelta(days=1)}
    said = {"searched_on": TODAY(), "way": "visit", "note": NOTE, **values}
    with pytest.raises(Refused, match=words):
        record_search(member_in(State.PENDING), actor=people["mill_party"], **said)


@pytest.mark.parametrize(
    ("since", "stopped", "today", "mark"),
    [
        (date(2026, 1, 31), None, date(2026, 7, 30), ""),
        (date(2026, 1, 31), None, date(2026, 7, 31), "six_months"),
        (date(2026, 8, 31), None, date(2027, 2, 27), ""),
        (date(2026, 8, 31), None, date(2027, 2, 28), "six_months"),
        (date(2024, 1, 1), date(2024, 7, 1), date(2026, 6, 30), ""),
        (date(2024, 1, 1), date(2024, 7, 1), date(2026, 7, 1), "two_years"),
    ],
)
def test_the_marks_are_passed_on_their_day(since, stopped, today, mark):
    member = Membership(state=State.UNREACHABLE, lost_since=since, stopped_on=stopped)
    assert unreachable.mark(member, today) == mark


def test_the_marks_are_hints_and_change_nothing(member_in, people, client_of):
    member = lost(member_in(State.PENDING), people, days=400)
    page = client_of("mill_party").get(f"/memberships/{member.pk}/").content.decode()
    assert "失联已满 6 个月" in page
    assert "还没有查找记录" in page
    assert "系统不作处理" in page
    assert Membership.objects.get(pk=member.pk).state == State.UNREACHABLE
    listed = client_of("mill_party").get(reverse("party:unreachable"))
    assert listed.context["list"].count == 1
    assert "可研究停止党籍" in listed.content.decode()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"floating_to": "上海市"}, "没有登记为流动党员"),
        ({"stopped_on": date(2026, 1, 1)}, "没有失联时间"),
        ({"lost_since": date(2026, 3, 1), "stopped_on": date(2026, 1, 1)}, "早于失联时间"),
        ({"lost_since": date(2999, 1, 1)}, "晚于今天"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(facts, words, member_in, people):
    with pytest.raises(Refused, match=words):
        record_facts(member_in(State.PENDING), facts, actor=people["mill_party"])


def test_a_lost_member_keeps_his_day_until_he_is_found(member_in, people):
    member = lost(member_in(State.PENDING), people)
    with pytest.raises(Refused, match="请办理“恢复联系”"):
        record_facts(member, {"lost_since": None}, actor=people["mill_party"])


def test_facts_are_noted_from_the_page_and_told(member_in, people, client_of):
    member, client = member_in(State.PENDING), client_of("mill_party")
    url = reverse("party:facts", args=[member.pk])
    form = {"key": new_id(), "floating": "1", "floating_to": "上海市", "papers_complete": "false", "remark": "示例备注"}
    page = client.post(url, form, follow=True).content.decode()
    assert "上海市" in page
    assert "示例备注" in page
    assert "登记党组织关系情况。" in page
    member = Membership.objects.get(pk=member.pk)
    assert (member.floating, member.papers_complete, member.remark) == (True, False, "示例备注")
    assert client.get("/memberships/", {"floating": "1"}).context["list"].count == 1
    assert client_of("zhudao_party").get(url).status_code == 404


def test_a_search_is_noted_from_the_page_of_a_lost_member(member_in, people, client_of):
    member, client = lost(member_in(State.PENDING), people), client_of("mill_party")
    url = reverse("party:search", args=[member.pk])
    assert url in client.get(f"/memberships/{member.pk}/").content.decode()
    form = {"key": new_id(), "searched_on": TODAY(), "way": "police", "note": NOTE}
    assert NOTE in client.post(url, form, follow=True).content.decode()


def test_the_telephone_is_shown_for_a_purpose_and_leaves_an_event(member_in, client_of):
    member = member_in(State.ISSUED)
    for who in ("mill_party", "zhudao_party"):
        client, url = client_of(who), reverse("party:contact", args=[member.pk])
        assert member.retiree.phone not in client.get(url).content.decode()
        assert member.retiree.phone not in client.post(url, {"reason": ""}).content.decode()
        assert member.retiree.phone in client.post(url, {"reason": "示例：通知报到"}).content.decode()
    assert SecurityEvent.objects.filter(kind="reveal", field="phone").count() == 2
    assert client_of("mill_hr").get(url).status_code == 404


def test_looking_too_often_is_stopped(member_in, people, client_of):
    member = member_in(State.ISSUED)
    for _ in range(100):
        SecurityEvent.objects.create(at=timezone.now(), kind="reveal", actor=people["mill_party"])
    answer = client_of("mill_party").post(reverse("party:contact", args=[member.pk]), {"reason": "示例"})
    assert answer.status_code == 429
    assert member.retiree.phone not in answer.content.decode()
