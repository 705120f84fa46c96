"""What waits to be received, what is different since the last round, and batches."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.operations import operation
from handover.models import Batch, Case
from handover.services import take
from retirees import correcting
from retirees.models import Retiree

RETURN = {"reason_code": "wrong_address", "reason": "请核对常年居住地"}


@pytest.fixture
def second_round(retirees, people):
    """安 came back from 竹岛街道, was corrected by the mill and waits there again."""
    person = retirees["安"]
    take("return", [person.pk], actor=people["zhudao_clerk"], **RETURN)
    take("take_back", [person.pk], actor=people["mill_hr"])
    with operation("retiree.correct", actor=people["mill_hr"]) as act:
        values = {"former_unit": "示例纺织厂二分厂", "residence_address": "山东省威海市环翠区竹岛街道示例路99号"}
        correcting.write(act, person.pk, values, version=correcting.version_of(person))
    take("resubmit", [person.pk], actor=people["mill_hr"])
    return Retiree.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("where", "answers"),
    [
        (
            "/receive/",
            {"zhudao_clerk": 200, "community_clerk": 200, "huancui_clerk": 403, "mill_hr": 403, "nobody": 403},
        ),
        (
            "/batches/",
            {"mill_hr": 200, "group": 200, "watchdog": 200, "zhudao_clerk": 403, "nobody": 403, "auditor": 403},
        ),
    ],
)
def test_who_sees_the_lists(client_of, retirees, where, answers):
    assert {who: client_of(who).get(where).status_code for who in answers} == answers


def test_only_what_waits_at_ones_own_office_is_listed(client_of, retirees):
    assert retirees["安"].name in client_of("zhudao_clerk").get("/receive/").content.decode()
    for who in ("jingyuan_clerk", "yiyuan_clerk", "community_clerk"):
        page = client_of(who).get("/receive/").content.decode()
        assert not any(one.name in page for one in retirees.values())


def test_the_row_says_how_much_is_different_and_until_when(client_of, second_round):
    page = client_of("zhudao_clerk").get("/receive/").content.decode()
    assert "2 处不同" in page
    assert "还有 10 个工作日" in page
    assert "99" not in page.split("<tbody>")[1].split("</tbody>")[0].split("竹岛街道")[1].split("<")[0]


def test_the_first_round_has_nothing_to_compare(client_of, retirees):
    assert "首次上报" in client_of("zhudao_clerk").get("/receive/").content.decode()
    page = client_of("zhudao_clerk").get(f"/people/{retirees['安'].pk}/compare/").content.decode()
    assert "没有上一轮可以比较" in page


def test_the_comparison_shows_reason_and_both_versions_masked(client_of, second_round):
    page = client_of("zhudao_clerk").get(f"/people/{second_round.pk}/compare/").content.decode()
    assert "请核对常年居住地" in page
    assert "<del>示例纺织厂</del>" in page
    assert "<ins>示例纺织厂二分厂</ins>" in page
    assert "示例路99号" not in page


@pytest.mark.parametrize(
    ("who", "status"), [("zhudao_clerk", 200), ("mill_hr", 200), ("jingyuan_clerk", 404), ("port_hr", 404)]
)
def test_who_may_compare(client_of, second_round, who, status):
    assert client_of(who).get(f"/people/{second_round.pk}/compare/").status_code == status


def test_the_receiving_list_costs_the_same_for_one_and_for_many(client_of, town, people, make_person):
    client, counts = client_of("zhudao_clerk"), []
    for count in (1, 20):
        ids = [make_person(town.mill, "示例人").pk for _ in range(count)]
        take("submit", ids, actor=people["mill_hr"])
        take("assign", ids, actor=people["huancui_clerk"], targets=town.zhudao)
        take("return", ids, actor=people["zhudao_clerk"], **RETURN)
        take("take_back", ids, actor=people["mill_hr"])
        take("resubmit", ids, actor=people["mill_hr"])
        client.get("/receive/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/receive/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_batch_is_seen_by_its_enterprise_and_by_nobody_else_below_the_city(client_of, retirees):
    batch = Batch.objects.get(enterprise__code="DEMO01")
    answers = {
        who: client_of(who).get(f"/batches/{batch.pk}/").status_code for who in ("mill_hr", "port_hr", "huancui_clerk")
    }
    assert answers == {"mill_hr": 200, "port_hr": 404, "huancui_clerk": 404}


def test_a_batch_counts_its_people_by_state_and_names_those_who_left(client_of, retirees, people):
    batch = Batch.objects.get(enterprise__code="DEMO01")
    client = client_of("mill_hr")
    assert 'state=assigned">1</a>' in client.get(f"/batches/{batch.pk}/").content.decode()
    take("withdraw", [retirees["安"].pk], actor=people["mill_hr"], reason="示例")
    assert "都已撤回" in client.get(f"/batches/{batch.pk}/").content.decode()


def test_the_paper_lists_people_with_masked_numbers(client_of, retirees):
    case = Case.objects.get(pk=retirees["安"].pk)
    page = client_of("mill_hr").get(f"/batches/{case.batch_id}/?paper=1").content.decode()
    assert case.batch.number in page
    assert retirees["安"].masked_id in page
    assert retirees["安"].id_number not in page
    assert "报送企业（盖章）" in page
