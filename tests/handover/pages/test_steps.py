"""One person, one step: who is told what, that nothing typed is lost, and that one press is one act."""

import uuid

import pytest
from django.urls import reverse

from audit.models import Operation
from handover.models import Case
from handover.services import take
from handover.states.cases import State


def address(person, step):
    return reverse("handover:step", args=[person.pk, step])


def state_of(person):
    return Case.objects.get(pk=person.pk).state


def form(**values):
    return {"key": str(uuid.uuid4()), **values}


# 安 waits at 竹岛街道 (mill), 白 is a draft (mill), 崔 is at the area 环翠区 (port), 丁 is accepted in 鲸园街道 (port).
ANSWERS = [
    # (person, step): who gets which answer to GET and to an empty POST
    (
        ("安", "accept"),
        {
            "zhudao_clerk": (200, 200),
            "jingyuan_clerk": (404, 404),
            "community_clerk": (404, 404),
            "huancui_clerk": (403, 403),
            "mill_hr": (403, 403),
            "port_hr": (404, 404),
            "watchdog": (403, 403),
            "gaoqu_clerk": (404, 404),
            "nobody": (404, 404),
            "sysadmin": (404, 404),
        },
    ),
    (
        ("白", "submit"),
        {"mill_hr": (200, 200), "dyeworks_hr": (404, 404), "zhudao_clerk": (404, 404), "watchdog": (403, 403)},
    ),
    (
        ("崔", "assign"),
        {"huancui_clerk": (200, 200), "gaoqu_clerk": (404, 404), "port_hr": (403, 403), "zhudao_clerk": (404, 404)},
    ),
    (
        ("丁", "contact"),
        {"jingyuan_clerk": (200, 200), "zhudao_clerk": (404, 404), "huancui_clerk": (403, 403), "port_hr": (403, 403)},
    ),
]


@pytest.mark.parametrize(("who", "answers"), [(key, answers) for key, answers in ANSWERS])
def test_foreign_people_are_not_there_and_foreign_duties_are_refused(client_of, retirees, who, answers):
    name, step = who
    found = {}
    for user in answers:
        client = client_of(user)
        where = address(retirees[name], step)
        found[user] = (client.get(where).status_code, client.post(where).status_code)
    assert found == answers


def test_a_step_that_does_not_exist_and_a_person_who_does_not_exist_answer_alike(client_of, retirees):
    client = client_of("zhudao_clerk")
    assert client.get(address(retirees["安"], "dance")).status_code == 404
    assert client.get(reverse("handover:step", args=[uuid.uuid4(), "accept"])).status_code == 404


def test_a_return_without_reason_keeps_what_was_typed(client_of, retirees):
    client = client_of("zhudao_clerk")
    answer = client.post(address(retirees["安"], "return"), form(reason="门牌号不存在，请核对"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "门牌号不存在，请核对" in page
    assert "没有选择原因，退回没有进行。" in page
    assert state_of(retirees["安"]) == State.ASSIGNED


def test_other_as_reason_needs_words(client_of, retirees, town):
    client = client_of("huancui_clerk")
    answer = client.post(
        address(retirees["崔"], "redirect"), form(target=town.gaoqu.pk, reason_code="other", reason=" ")
    )
    assert "没有写明情况" in answer.content.decode()
    assert state_of(retirees["崔"]) == State.SUBMITTED


def test_a_district_cannot_name_an_office_of_another_area(client_of, retirees, town, people):
    answer = client_of("huancui_clerk").post(address(retirees["崔"], "assign"), form(target=town.yiyuan.pk))
    assert "不在可选范围内" in answer.content.decode()
    outcome = take("assign", [retirees["崔"].pk], actor=people["huancui_clerk"], targets=town.yiyuan)
    assert outcome.moved == []
    assert state_of(retirees["崔"]) == State.SUBMITTED


def test_a_street_can_pass_down_to_its_own_communities_only(client_of, retirees, town):
    client = client_of("zhudao_clerk")
    answer = client.post(address(retirees["安"], "pass_down"), form(target=town.jingyuan.pk))
    assert "不在可选范围内" in answer.content.decode()
    client.post(address(retirees["安"], "pass_down"), form(target=town.zhudao_community.pk))
    assert Case.objects.get(pk=retirees["安"].pk).office == town.zhudao_community


def test_a_step_that_came_too_late_is_a_sentence(client_of, retirees, people):
    client = client_of("zhudao_clerk")
    take("accept", [retirees["安"].pk], actor=people["zhudao_clerk"])
    shown = client.get(address(retirees["安"], "accept"))
    assert shown.status_code == 200
    assert "当前状态为“已接收”，不能接收。" in shown.content.decode()
    posted = client.post(address(retirees["安"], "accept"), form())
    assert posted.status_code == 409
    assert "当前状态为“已接收”，不能接收。" in posted.content.decode()


def test_the_same_form_twice_is_one_act_with_one_answer(client_of, retirees):
    client = client_of("zhudao_clerk")
    sent = form(reason_code="wrong_address", reason="门牌号不存在，请核对")
    first = client.post(address(retirees["安"], "return"), sent)
    second = client.post(address(retirees["安"], "return"), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Operation.objects.filter(kind="case.return").count() == 1
    assert Case.objects.get(pk=retirees["安"].pk).returns == 1
    assert "没有重复办理" in client.get(second.url).content.decode()


def test_the_key_of_somebody_else_tells_nothing(client_of, retirees):
    sent = form(reason_code="wrong_address", reason="门牌号不存在，请核对")
    client_of("zhudao_clerk").post(address(retirees["安"], "return"), sent)
    assert client_of("jingyuan_clerk").post(address(retirees["安"], "return"), sent).status_code == 404


def test_after_a_return_the_way_back_is_not_the_page_that_is_out_of_sight(client_of, retirees):
    client = client_of("zhudao_clerk")
    person = reverse("handover:person", args=[retirees["安"].pk])
    sent = form(reason_code="wrong_address", reason="请核对", back=f"{person}?back=/receive/%3Fpage%3D2")
    assert client.post(address(retirees["安"], "return"), sent).url == "/receive/?page=2"


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_house(client_of, retirees, back):
    answer = client_of("zhudao_clerk").post(address(retirees["安"], "accept"), form(back=back))
    assert answer.url == reverse("handover:person", args=[retirees["安"].pk])


def test_contact_asks_for_card_and_day_and_refuses_a_day_to_come(client_of, retirees):
    client = client_of("jingyuan_clerk")
    where = address(retirees["丁"], "contact")
    empty = client.post(where, form()).content.decode()
    assert "没有填写联系卡编号。" in empty
    assert "没有填写首次联系日期。" in empty
    late = client.post(where, form(contact_card="示例-0001", contacted_on="2099-01-01")).content.decode()
    assert "日期在今天之后" in late
    assert 'value="示例-0001"' in late
    client.post(where, form(contact_card="示例-0001", contacted_on="2024-07-01"))
    case = Case.objects.get(pk=retirees["丁"].pk)
    assert (case.state, case.contact_card) == (State.CONTACTED, "示例-0001")


def test_sending_outside_asks_for_the_place(client_of, retirees):
    client = client_of("mill_hr")
    assert "没有填写市外接收单位" in client.post(address(retirees["白"], "send_outside"), form()).content.decode()
    client.post(address(retirees["白"], "send_outside"), form(outside_place="烟台市芝罘区示例街道"))
    assert state_of(retirees["白"]) == State.OUTSIDE


def test_an_area_is_asked_for_where_the_address_names_none(client_of, town, make_person):
    person = make_person(town.mill, "文示例", hukou_address="示例路1号", residence_address="示例路1号")
    client = client_of("mill_hr")
    assert "手工指定接收区市" in client.get(address(person, "submit")).content.decode()
    assert "没有选择接收单位" in client.post(address(person, "submit"), form()).content.decode()
    client.post(address(person, "submit"), form(target=town.gaoqu.pk))
    assert Case.objects.get(pk=person.pk).area == town.gaoqu


def test_a_person_without_a_known_area_is_not_barred_on_his_own_page(client_of, town, make_person):
    person = make_person(town.mill, "文示例", hukou_address="示例路1号", residence_address="示例路1号")
    page = client_of("mill_hr").get(reverse("handover:person", args=[person.pk])).content.decode()
    assert f'href="{address(person, "submit")}' in page


def test_the_page_of_submitting_shows_the_suggestion_and_its_words(client_of, retirees, town):
    page = client_of("mill_hr").get(address(retirees["白"], "submit")).content.decode()
    assert "按地址建议：环翠区 竹岛街道" in page
    assert f'<option value="{town.huancui.pk}" selected>' in page


def test_a_step_that_asks_nothing_is_one_press(client_of, retirees):
    person = retirees["安"]
    answer = client_of("zhudao_clerk").post(address(person, "accept"), form())
    assert answer.status_code == 302
    assert state_of(person) == State.ACCEPTED
