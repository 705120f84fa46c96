"""The page of one person: for whom it is there, and what it tells whom."""

import pytest

from audit.models import SecurityEvent
from handover import facts, services
from handover.correcting import DERIVED, correct
from handover.models import Case
from retirees.correcting import version_of
from retirees.models import FACTS
from tests.handover.pages.reading import numbers_in, shown, url
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db


def page(client, pk):
    return client.get(url("person", pk))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("mill_hr", 200),
        ("group", 200),
        ("huancui_clerk", 200),
        ("zhudao_clerk", 200),
        ("watchdog", 200),
        ("port_hr", 404),
        ("dyeworks_hr", 404),
        ("jingyuan_clerk", 404),
        ("gaoqu_clerk", 404),
        ("archivist", 404),
        ("mill_party", 404),
        ("auditor", 404),
    ],
)
def test_who_finds_a_person_that_waits_at_a_street(who, status, retirees, client_of):
    assert page(client_of(who), retirees["安"].pk).status_code == status


def test_foreign_and_missing_answer_alike(retirees, client_of):
    client = client_of("port_hr")
    foreign, missing = page(client, retirees["安"].pk), page(client, new_id())
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


@pytest.mark.parametrize("who", ["mill_hr", "zhudao_clerk", "watchdog"])
def test_no_whole_number_stands_on_the_page(who, case_in, client_of):
    case = case_in("accepted", contact_phone="13906310000、0631-5231234", health="示例病情", remark="示例备注")
    answer = page(client_of(who), case.pk)
    assert answer.status_code == 200
    assert numbers_in(answer) == []
    for secret in ("5231234", "示例路1号", "示例病情", "示例备注"):
        assert secret not in shown(answer)


def test_opening_the_page_is_remembered(retirees, client_of):
    page(client_of("zhudao_clerk"), retirees["安"].pk)
    event = SecurityEvent.objects.get(kind="open_person")
    assert event.subject == f"retirees.Retiree {retirees['安'].pk}"


CARE = {"special_groups": ["alone"], "health": "示例病情"}


@pytest.mark.parametrize(
    ("who", "care", "money", "party"),
    [
        ("mill_hr", True, True, False),
        ("group", True, True, False),
        ("zhudao_clerk", True, False, False),
        ("huancui_clerk", False, False, False),
        ("watchdog", False, True, False),
    ],
)
def test_each_duty_sees_the_groups_that_it_needs(who, care, money, party, case_in, client_of):
    case = case_in("accepted", out_of_pool_items="示例补贴", party_branch="示例支部", **CARE)
    told = shown(page(client_of(who), case.pk))
    assert ("孤寡老人" in told, "示例补贴" in told, "示例支部" in told) == (care, money, party)


def test_party_facts_are_for_the_party_duty(people, case_in, client_of, town):
    from accounts.services import appoint

    case = case_in("accepted", party_branch="示例支部", political_status="01")
    assert "示例支部" not in shown(page(client_of("zhudao_clerk"), case.pk))
    appoint(people["zhudao_clerk"], "street_party", town.zhudao, actor=people["secadmin"])
    assert "示例支部" in shown(page(client_of("zhudao_clerk"), case.pk))


def test_every_fact_stands_in_exactly_one_group():
    grouped = [name for group in facts.GROUPS for name in group.names]
    assert sorted(grouped) == sorted(name for name in FACTS if name not in DERIVED or name in ("survival", "died_on"))


@pytest.mark.parametrize(
    ("who", "situation", "first"),
    [
        ("mill_hr", "draft", "上报"),
        ("mill_hr", "draft_again", "再次上报"),
        ("mill_hr", "returned", "收回并修改"),
        ("mill_hr", "outside", "上传市外接收回执"),
        ("mill_hr", "outside_with_receipt", "提交市外接收回执"),
        ("mill_hr", "closing_by_office", "同意核销"),
        ("mill_hr", "assigned", None),
        ("huancui_clerk", "submitted", "分配"),
        ("zhudao_clerk", "assigned", "接收"),
        ("zhudao_clerk", "accepted", "登记首次联系"),
        ("zhudao_clerk", "contacted", "办结"),
        ("zhudao_clerk", "completed", None),
        ("watchdog", "outside_reported", "确认市外接收"),
        ("watchdog", "closing_by_enterprise", "确认核销"),
        ("watchdog", "closed", None),
    ],
)
def test_the_next_step_of_this_viewer_is_the_one_filled_button(who, situation, first, case_in, client_of):
    actions = page(client_of(who), case_in(situation).pk).context["actions"]
    assert [one.label for one in actions if one.primary] == ([first] if first else [])


def test_a_step_that_cannot_be_taken_says_why(case_in, client_of):
    case = case_in("draft", retired_on=None)
    answer = page(client_of("mill_hr"), case.pk)
    submit = next(one for one in answer.context["actions"] if one.label == "上报")
    assert submit.reasons
    assert "没有填写退休时间" in shown(answer)
    assert url("step", case.pk, "submit") not in shown(answer)


def test_who_must_act_and_who_answers_are_named(case_in, client_of):
    told = shown(page(client_of("mill_hr"), case_in("assigned").pk))
    assert "目前由<b>示例纺织厂</b>负责" in told
    assert "下一步：竹岛街道接收或退回" in told
    told = shown(page(client_of("mill_hr"), case_in("accepted").pk))
    assert "目前由<b>竹岛街道</b>负责" in told


def test_other_tracks_are_labels_unless_they_are_the_viewers(case_in, client_of):
    case = case_in("assigned", has_dossier=True, political_status="01")
    bars = {bar["heading"]: bar for bar in page(client_of("zhudao_clerk"), case.pk).context["bars"]}
    assert set(bars) == {"管理服务移交", "人事档案", "党组织关系"}
    assert not bars["人事档案"].get("steps")
    assert not bars["党组织关系"].get("steps")
    bars = {bar["heading"]: bar for bar in page(client_of("mill_hr"), case.pk).context["bars"]}
    assert bars["人事档案"]["steps"]
    assert not bars["党组织关系"].get("steps")


def test_a_return_is_told_with_its_reason(case_in, client_of):
    told = shown(page(client_of("mill_hr"), case_in("returned").pk))
    assert "地址不详或有误：示例情况说明" in told


def test_what_changed_since_the_last_round_is_told_masked(people, case_in, client_of):
    case = case_in("draft_again")
    values = {"phone": "13906312222", "contact_name": "示例亲属"}
    correct(case, values, version=version_of(case.retiree), actor=people["mill_hr"])
    services.take("submit", [case.pk], actor=people["mill_hr"])
    answer = page(client_of("zhudao_clerk"), case.pk)
    assert {line["label"] for line in answer.context["differences"]} == {"联系电话", "联系人"}
    assert numbers_in(answer) == []


def test_the_whole_story_is_told(case_in, client_of):
    told = [entry.sentence for entry in page(client_of("mill_hr"), case_in("contacted").pk).context["entries"]]
    assert len(told) >= 5


@pytest.mark.parametrize(
    "situation", ["draft", "returned", "outside_reported", "completed", "outside_completed", "closed"]
)
def test_the_page_opens_in_every_situation(situation, case_in, client_of):
    case = case_in(situation)
    assert page(client_of("watchdog"), case.pk).status_code == 200
    assert Case.objects.get(pk=case.pk).state == case.state


def test_the_way_back_keeps_the_filters(retirees, client_of):
    back = f"{url('people')}?state=assigned"
    answer = client_of("mill_hr").get(url("person", retirees["安"].pk), {"back": back})
    assert answer.context["crumbs"][0] == ("退休人员", back)
    answer = client_of("mill_hr").get(url("person", retirees["安"].pk), {"back": "https://example.org/"})
    assert answer.context["crumbs"][0] == ("退休人员", url("people"))
