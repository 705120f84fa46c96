"""Distribution: whom addresses point where, accepted as a group, changed in place, sent on."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Office
from accounts.places import set_office_active
from audit.models import Operation
from handover import distribution
from handover.models import Case
from handover.services import take
from handover.states.cases import State

WHERE = "/distribute/"
ADDRESSES = {
    "竹岛": "威海市环翠区竹岛街道示例路12号3号楼402室",
    "竹岛社区": "环翠区竹岛街道海源社区5号楼",
    "鲸园": "威海市环翠区鲸园街道示例路7号",
    "不明": "威海市环翠区示例路9号",
    "高区": "威海市高区怡园街道示例路3号",
}


@pytest.fixture
def waiting(town, people, make_person):
    """One person for each address, all submitted to 环翠区."""
    found = {
        name: make_person(town.mill, f"示例人{name}", hukou_address="", residence_address=address)
        for name, address in ADDRESSES.items()
    }
    take("submit", [one.pk for one in found.values()], actor=people["mill_hr"], targets=town.huancui)
    return found


def office_of(person):
    return Case.objects.get(pk=person.pk).office


def page_of(client, query=""):
    return client.get(f"{WHERE}{query}").content.decode()


def hidden(page, name):
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def accept(client, group, act="group", **targets):
    page = page_of(client, f"?group={group}")
    sent = {"key": hidden(page, "key"), "as_of": hidden(page, "as_of"), "group": group, "act": act, **targets}
    return client.post(f"{WHERE}?group={group}", sent), sent


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("huancui_clerk", 200),
        ("zhudao_clerk", 403),
        ("mill_hr", 403),
        ("watchdog", 403),
        ("nobody", 403),
        ("secadmin", 403),
    ],
)
def test_only_who_distributes_sees_the_page(client_of, waiting, who, status):
    client = client_of(who)
    assert client.get(WHERE).status_code == status
    if status == 403:
        assert client.post(WHERE, {"key": str(uuid.uuid4()), "act": "group"}).status_code == 403


def test_another_area_sees_nobody(client_of, waiting):
    page = page_of(client_of("gaoqu_clerk"))
    assert "没有待分配的人员" in page
    assert not any(one.name in page for one in waiting.values())


def test_people_are_grouped_by_street_and_the_undecided_stand_apart(people, waiting, town):
    groups, _ = distribution.groups(distribution.waiting(people["huancui_clerk"]))
    found = {group.label: set(group.ids) for group in groups}
    assert found == {
        "鲸园街道": {waiting["鲸园"].pk},
        "竹岛街道": {waiting["竹岛"].pk, waiting["竹岛社区"].pk},
        f"{town.gaoqu}（其他区市）": {waiting["高区"].pk},
        "未能判断": {waiting["不明"].pk},
    }
    assert groups[-1].label == "未能判断"


def test_the_words_are_marked_and_the_house_numbers_are_not_shown(client_of, waiting, town):
    page = page_of(client_of("huancui_clerk"), f"?group=street-{town.zhudao.pk}")
    assert '<mark class="match">竹岛街道</mark>' in page
    assert "示例路*号*号楼*室" in page
    assert "402" not in page


def test_accepting_a_group_assigns_each_to_what_was_suggested(client_of, waiting, town):
    answer, _ = accept(client_of("huancui_clerk"), f"street-{town.zhudao.pk}")
    assert answer.status_code == 302
    assert office_of(waiting["竹岛"]) == town.zhudao
    assert office_of(waiting["竹岛社区"]).parent == town.zhudao
    assert office_of(waiting["鲸园"]) == town.huancui


def test_what_was_changed_on_the_page_goes_before_the_suggestion(client_of, waiting, town):
    changed = {f"to-{waiting['竹岛'].pk}": town.jingyuan.pk, f"to-{waiting['竹岛社区'].pk}": ""}
    accept(client_of("huancui_clerk"), f"street-{town.zhudao.pk}", **changed)
    assert office_of(waiting["竹岛"]) == town.jingyuan
    assert Case.objects.get(pk=waiting["竹岛社区"].pk).state == State.SUBMITTED


def test_who_came_after_the_page_was_drawn_is_not_in_the_group(client_of, waiting, town, people, make_person):
    client = client_of("huancui_clerk")
    group = f"street-{town.zhudao.pk}"
    page = page_of(client, f"?group={group}")
    late = make_person(town.mill, "示例后来", hukou_address="", residence_address=ADDRESSES["竹岛"])
    take("submit", [late.pk], actor=people["mill_hr"])
    sent = {"key": hidden(page, "key"), "as_of": hidden(page, "as_of"), "group": group, "act": "group"}
    client.post(f"{WHERE}?group={group}", sent)
    assert office_of(waiting["竹岛"]) == town.zhudao
    assert Case.objects.get(pk=late.pk).state == State.SUBMITTED


def test_the_same_form_twice_is_one_act(client_of, waiting, town):
    client = client_of("huancui_clerk")
    answer, sent = accept(client, f"street-{town.zhudao.pk}", **{f"to-{waiting['竹岛'].pk}": town.zhudao.pk})
    again = client.post(answer.url, sent)
    assert (again.status_code, again.url) == (302, answer.url)
    assert Operation.objects.filter(kind="case.assign").count() == 1
    assert "没有重复办理。当时办理了 2 人。" in client.get(again.url).content.decode()


def test_an_office_outside_the_area_is_refused_by_the_form_and_by_the_service(client_of, waiting, town, people):
    client = client_of("huancui_clerk")
    person = waiting["不明"]
    answer, _ = accept(client, "none", act="page", **{f"to-{person.pk}": town.yiyuan.pk})
    assert "所选单位不在本区市范围内" in answer.content.decode()
    outcome = take("assign", [person.pk], actor=people["huancui_clerk"], targets=town.yiyuan)
    assert outcome.refused
    assert Case.objects.get(pk=person.pk).state == State.SUBMITTED


def test_a_closed_office_is_not_offered_and_not_taken(client_of, waiting, town, people):
    closed = Office.objects.filter(parent=town.zhudao).exclude(pk=town.zhudao_community.pk).first()
    set_office_active(closed, False, actor=people["sysadmin"], reason="示例")
    client = client_of("huancui_clerk")
    group = f"street-{town.zhudao.pk}"
    assert f'value="{closed.pk}"' not in page_of(client, f"?group={group}")
    targets = {f"to-{waiting['竹岛'].pk}": closed.pk, f"to-{waiting['竹岛社区'].pk}": ""}
    answer, _ = accept(client, group, act="page", **targets)
    assert "所选单位不在本区市范围内" in answer.content.decode()
    assert Case.objects.get(pk=waiting["竹岛"].pk).state == State.SUBMITTED


def test_somebody_elses_person_in_the_form_is_not_there(client_of, waiting, retirees, town):
    foreign = retirees["白"]
    targets = {f"to-{foreign.pk}": town.zhudao.pk, f"to-{waiting['不明'].pk}": town.jingyuan.pk}
    answer, _ = accept(client_of("huancui_clerk"), "none", act="page", **targets)
    page = answer.content.decode()
    assert "查找不到这条记录" in page
    assert foreign.name not in page
    assert Case.objects.get(pk=foreign.pk).state == State.DRAFT
    assert office_of(waiting["不明"]) == town.jingyuan


def test_a_group_of_another_area_is_sent_there_with_a_reason(client_of, waiting, town):
    client = client_of("huancui_clerk")
    group = f"area-{town.gaoqu.pk}"
    refused, _ = accept(client, group, act="redirect")
    assert "没有选择转出原因" in refused.content.decode()
    assert Case.objects.get(pk=waiting["高区"].pk).area == town.huancui
    accept(client, group, act="redirect", reason_code="lives_elsewhere")
    case = Case.objects.get(pk=waiting["高区"].pk)
    assert (case.area, case.office, case.state) == (town.gaoqu, town.gaoqu, State.SUBMITTED)


def test_a_form_without_its_key_does_nothing(client_of, waiting, town):
    client = client_of("huancui_clerk")
    client.post(WHERE, {"act": "page", f"to-{waiting['竹岛'].pk}": town.zhudao.pk})
    assert Case.objects.get(pk=waiting["竹岛"].pk).state == State.SUBMITTED


def test_the_page_costs_the_same_for_one_and_for_many(client_of, town, people, make_person):
    def bring(count):
        ids = [make_person(town.mill, "示例人", residence_address=ADDRESSES["竹岛社区"]).pk for _ in range(count)]
        take("submit", ids, actor=people["mill_hr"])

    client, counts = client_of("huancui_clerk"), []
    for count in (1, 20):
        bring(count)
        client.get(WHERE)
        with CaptureQueriesContext(connection) as queries:
            client.get(WHERE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
