"""Notices 督办: one by hand, or one for each addressee out of the overdue people, in one act."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Operation
from handover.models import Notice, NoticePerson
from handover.services import notices, take
from handover.states.notices import MACHINE, State
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

SOON = timedelta(days=10)
WORDS = {"title": "示例督办", "text": "示例要求"}


def due():
    return timezone.localdate() + SOON


@pytest.fixture
def issued(town, people):
    return notices.issue(town.huancui, **WORDS, due_on=due(), actor=people["watchdog"])


@pytest.fixture
def late(town, people, make_person):
    """Two drafts of the mill and one person at 竹岛街道, all long overdue; one just submitted who is not."""
    found = {name: make_person(town.mill, f"{name}示例") for name in ("甲", "乙", "丙", "丁")}
    hr, district = people["mill_hr"], people["huancui_clerk"]
    with clock.at(timezone.now() - timedelta(days=90)):
        take("submit", [found["丙"].pk], actor=hr, targets=town.huancui)
        take("assign", [found["丙"].pk], actor=district, targets=town.zhudao)
    take("submit", [found["丁"].pk], actor=hr, targets=town.huancui)
    return found


def test_a_notice_to_a_street_or_with_a_day_that_is_over_is_not_issued(town, people):
    with pytest.raises(Refused, match="督办对象"):
        notices.issue(town.zhudao, **WORDS, due_on=due(), actor=people["watchdog"])
    with pytest.raises(Refused, match="早于今天"):
        notices.issue(town.huancui, **WORDS, due_on=timezone.localdate() - SOON, actor=people["watchdog"])
    assert not Notice.objects.exists()


def test_an_empty_reply_is_none(issued, people):
    with pytest.raises(Refused, match="没有填写答复"):
        notices.take("reply", [issued.pk], actor=people["huancui_clerk"], values={"reply": " "})


def test_another_area_neither_sees_nor_replies(issued, people, client_of):
    assert client_of("gaoqu_clerk").get(reverse("handover:notice", args=[issued.pk])).status_code == 404
    assert not notices.take("reply", [issued.pk], actor=people["gaoqu_clerk"], values={"reply": "示例"}).moved


MAY = {"reply": "huancui_clerk", "close": "watchdog", "send_back": "watchdog", "cancel": "watchdog"}
BEFORE = {State.ISSUED: (), State.REPLIED: ("reply",), State.CLOSED: ("reply", "close"), State.CANCELLED: ("cancel",)}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", MAY)
def test_each_step_from_each_state_by_each_person(step, state, issued, people):
    for before in BEFORE[state]:
        given = {"values": {"reply": "示例"}, "reason": "示例"}
        assert notices.take(before, [issued.pk], actor=people[MAY[before]], **given).moved
    for who in ("mill_hr", "huancui_clerk", "zhudao_clerk", "watchdog", "member"):
        outcome = notices.preview(step, [issued.pk], actor=people[who])
        assert bool(outcome.moved) == (state in MACHINE[step].sources and who == MAY[step]), who


def test_the_table_of_steps_is_whole():
    assert set(MAY) == set(MACHINE.by_name)


def test_a_reply_that_does_not_do_is_sent_back_and_replied_to_again(issued, people):
    clerk, city = people["huancui_clerk"], people["watchdog"]
    notices.take("reply", [issued.pk], actor=clerk, values={"reply": "示例：正在办理"})
    notices.take("send_back", [issued.pk], actor=city, reason="示例：没有写明日期")
    notices.take("reply", [issued.pk], actor=clerk, values={"reply": "示例：已办完"})
    notices.take("close", [issued.pk], actor=city)
    row = Notice.objects.get()
    assert (row.state, row.reply) == (State.CLOSED, "示例：已办完")


def test_out_of_a_list_each_whose_turn_it_is_gets_one_notice_in_one_act(late, town, people):
    ids = [one.pk for one in late.values()]
    done = notices.issue_for_overdue(ids, **WORDS, due_on=due(), actor=people["watchdog"])
    assert len(done.moved) == 3
    assert "没有逾期" in done.refused[late["丁"].pk]
    assert Operation.objects.filter(kind="notice.issue_for_overdue").count() == 1
    named = {str(one.addressee): sorted(one.people.values_list("retiree__name", flat=True)) for one in rows()}
    assert named == {"环翠区": ["丙示例"], "示例纺织厂": ["乙示例", "甲示例"]}
    assert all(days > 0 for days in NoticePerson.objects.values_list("days_late", flat=True))


def rows():
    return Notice.objects.select_related("area", "enterprise")


def test_as_many_queries_for_many_as_for_few(town, people, make_person, django_assert_max_num_queries):
    ids = [make_person(town.mill, f"示例{at}").pk for at in range(30)]
    with django_assert_max_num_queries(40):
        done = notices.issue_for_overdue(ids, **WORDS, due_on=due(), actor=people["watchdog"])
    assert len(done.moved) == 30


def test_nothing_overdue_makes_no_notice(town, people, make_person):
    person = make_person(town.mill, "甲示例", retired_on=timezone.localdate())
    done = notices.issue_for_overdue([person.pk], **WORDS, due_on=due(), actor=people["watchdog"])
    assert not done.moved
    assert not Notice.objects.exists()


def test_the_city_presses_from_the_list_of_overdue_people(late, client_of):
    client = client_of("watchdog")
    page = client.get(reverse("handover:people"), {"figure": "overdue"})
    assert page.context["list"].count == 3
    assert reverse("handover:notice_people") in page.content.decode()
    url = f"{reverse('handover:notice_people')}?figure=overdue"
    chosen = {"all_matching": "1", "seen": "3"}
    assert "各下发一件督办" in client.post(url, chosen).content.decode()
    answer = client.post(url, {**chosen, "confirm": "1", "key": new_id(), "due_on": due(), **WORDS})
    assert answer.status_code == 302
    assert Notice.objects.count() == 2
    notice = Notice.objects.get(area__isnull=False)
    outcome = client.get(answer.url)
    assert len(outcome.context["onward"]) == 2
    assert reverse("handover:notice", args=[notice.pk]) in outcome.content.decode()
    assert client_of("huancui_clerk").get(answer.url).status_code == 404
    shown = client.get(reverse("handover:notice", args=[notice.pk])).content.decode()
    assert "仍逾期 1 人" in shown
    assert "丙示例" in shown


def test_the_button_stands_only_in_the_list_of_the_overdue_and_only_for_the_city(late, client_of):
    for who, query in (("watchdog", {}), ("mill_hr", {"figure": "overdue"})):
        page = client_of(who).get(reverse("handover:people"), query).content.decode()
        assert reverse("handover:notice_people") not in page
