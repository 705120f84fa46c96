"""Why somebody sees something: the answer is the scope's own, for the whole cast and every row of the scene."""

import pytest
from django.apps import apps
from django.urls import reverse

from accounts import people as accounts
from accounts.models import User
from accounts.services import appoint, dismiss
from handover.models import Case
from handover.services import take
from oversight.auditing import why
from party.models import Membership
from tests import scene as scenes
from tests.cast import CAST
from tests.test_scope import SEEN

# One's own choice, given to nobody by a duty.
BY_NO_DUTY = ("handover.BulkSelection", "oversight.Digest", "oversight.Export")


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


def answers(user, number):
    grounds = why.grounds_of(user)
    return {one.label: one for rows in why.rows_of(number) for one in why.answers_for(grounds, rows)}


def said(answer):
    return "".join(answer.sentences)


def test_the_answer_is_that_of_the_scope_for_everybody_and_every_row(scene, people):
    faults = []
    for who in CAST:
        grounds = why.grounds_of(people[who])
        for label in SEEN:
            if label in BY_NO_DUTY:
                continue
            model = apps.get_model(label)
            rows = list(model.objects.all())
            seen = set(model.objects.visible_to(people[who]).values_list("pk", flat=True))
            for row, one in zip(rows, why.answers_for(grounds, rows), strict=True):
                if one.seen != (row.pk in seen) or bool(one.by) != one.seen or not one.sentences:
                    faults.append((who, label, one))
                named = all(
                    why.reach_of(post.alone, *post.duties).everywhere or why.columns_met(post, row) for post in one.by
                )
                if not named and label not in ("handover.NoticePerson", "handover.ProblemAnswer", "oversight.Baseline"):
                    faults.append((who, label, "names no column"))
    assert faults == []


def test_no_grant_is_a_reason(scene, people):
    one = answers(people["nobody"], scene.people["安"].pk)["移交事项"]
    assert not one.seen
    assert "没有任何岗位" in said(one)


def test_a_stopped_account_is_a_reason(scene, people):
    accounts.disable(people["mill_hr"], actor=people["secadmin"], reason="示例：离职")
    one = answers(User.objects.get(username="mill_hr"), scene.people["安"].pk)["移交事项"]
    assert not one.seen
    assert "已停用" in said(one)


def test_a_post_without_the_duty_is_a_reason(scene, people):
    one = answers(people["watchdog"], scene.people["安"].pk)["党组织关系"]
    assert not one.seen
    assert "没有查看“党组织关系”所需的职责（管理党组织关系、查看党组织关系之一）" in said(one)


def test_a_row_elsewhere_is_a_reason_that_does_not_say_where(scene, people):
    one = answers(people["yiyuan_clerk"], scene.people["安"].pk)["移交事项"]
    assert not one.seen
    assert "怡园街道及其下级单位" in said(one)
    assert "竹岛" not in said(one)
    assert "纺织" not in said(one)


def test_a_draft_that_no_office_sees_is_a_reason(scene, people):
    one = answers(people["zhudao_clerk"], scene.people["白"].pk)["移交事项"]
    assert "没有交给任何接收单位" in said(one)


def test_a_grant_that_ended_is_a_reason_with_its_end(scene, people, town):
    dismiss(people["zhudao_clerk"], "street", town.zhudao, actor=people["secadmin"], reason="示例：调离")
    one = answers(User.objects.get(username="zhudao_clerk"), scene.people["安"].pk)["移交事项"]
    assert not one.seen
    assert "曾任“竹岛街道 镇街经办”" in said(one)
    assert "由示例安全管理员解除" in said(one)


def test_who_sees_is_told_by_which_column_and_which_grant(scene, people):
    one = answers(people["zhudao_clerk"], scene.people["安"].pk)["移交事项"]
    assert one.seen
    assert "接收单位（竹岛街道）在竹岛街道及其下级单位之内" in said(one)
    assert "任命" in said(one)
    city = answers(people["watchdog"], scene.people["安"].pk)["移交事项"]
    assert "范围是全市" in said(city)


def test_only_the_post_that_opens_the_row_is_named(scene, people, town):
    user = people["zhudao_clerk"]
    appoint(user, "street", town.yiyuan, actor=people["secadmin"])
    (by,) = answers(User.objects.get(pk=user.pk), scene.people["安"].pk)["移交事项"].by
    assert by.place == town.zhudao


def test_the_sight_goes_with_the_row(scene, people):
    person = scene.people["安"]
    take("return", [person.pk], actor=people["zhudao_clerk"], reason_code="wrong_address", reason="示例：地址不符")
    assert not answers(User.objects.get(username="zhudao_clerk"), person.pk)["移交事项"].seen
    assert Case.objects.get(pk=person.pk).office is None


# --- the pages


def test_administrators_ask_by_account_and_number(client_of, scene, people):
    person = scene.people["安"]
    for who in ("auditor", "secadmin"):
        for number in (str(person.pk), person.id_number):
            answer = client_of(who).post("/audit/why/", {"account": "zhudao_clerk", "number": number}, follow=True)
            page = answer.content.decode()
            assert "能看见" in page
            assert "安示例" not in page
            assert person.id_number not in page
            assert person.id_number not in answer.redirect_chain[0][0]


def test_the_number_of_an_agreement_is_enough(client_of, scene):
    number = scene.agreements["安"].number
    answer = client_of("secadmin").post("/audit/why/", {"account": "huancui_clerk", "number": number}, follow=True)
    assert "移交协议" in answer.content.decode()
    assert answer.context["answers"][0][0].seen


@pytest.mark.parametrize(
    ("account", "number", "fault"),
    [
        ("没有此人", "x", "没有账号"),
        ("", "x", "没有填写账号"),
        ("mill_hr", "", "没有填写编号"),
        ("mill_hr", "安示例", "没有查到这个编号"),
        ("mill_hr", "00000000-0000-4000-8000-00000000dead", "没有查到这个编号"),
    ],
)
def test_what_cannot_be_answered_is_said(client_of, scene, account, number, fault):
    answer = client_of("secadmin").post("/audit/why/", {"account": account, "number": number})
    assert fault in answer.content.decode()


def test_ones_own_sight_says_nothing_about_a_track_that_one_does_not_see(client_of, scene, make_person, town):
    """Of a member and of somebody who is none, the page says the same."""
    other = make_person(town.mill, "示例群众", political_status="13")
    assert not Membership.objects.filter(pk=other.pk).exists()
    client, said = client_of("mill_hr"), []
    for one in (scene.people["安"], other):
        found = client.get(reverse("oversight:why_own", args=[one.pk])).context["answers"]
        said.append([one for one, _ in found if one.label == "党组织关系"])
    assert said[0] == said[1]
    assert not said[0][0].seen
