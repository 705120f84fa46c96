"""The list of people: who sees whom, masked, counted as the figures count, at the same cost for one as for many."""

import pytest

from accounts.models import Enterprise
from handover.models import Case
from tests.handover.pages.reading import cost, numbers_in, shown, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("mill_hr", 200),
        ("huancui_clerk", 200),
        ("zhudao_clerk", 200),
        ("watchdog", 200),
        ("archivist", 403),
        ("mill_party", 403),
        ("sysadmin", 403),
        ("auditor", 403),
        ("nobody", 403),
    ],
)
def test_the_list_opens_for_whoever_has_people(who, status, client_of):
    assert client_of(who).get(url("people")).status_code == status


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("mill_hr", "安白"),
        ("port_hr", "崔丁"),
        ("zhudao_clerk", "安"),
        ("jingyuan_clerk", "丁"),
        ("yiyuan_clerk", ""),
        ("huancui_clerk", "安崔丁"),
        ("gaoqu_clerk", ""),
        ("watchdog", "安白崔丁"),
    ],
)
def test_everyone_sees_his_own_people_and_no_others(who, names, retirees, client_of):
    page = shown(client_of(who).get(url("people")))
    assert [name for name in retirees if f"{name}示例" in page] == [name for name in retirees if name in names]


@pytest.mark.parametrize("who", ["mill_hr", "zhudao_clerk", "watchdog"])
def test_no_number_stands_in_the_list(who, retirees, client_of):
    answer = client_of(who).get(url("people"), {"col": ["-", "sex", "former_unit", "groups", "batch"]})
    assert "********" in shown(answer)
    assert numbers_in(answer) == []


def test_special_groups_are_for_receivers_alone(case_in, client_of):
    case_in("accepted", special_groups=["veteran"])
    asked = {"col": ["-", "groups"]}
    assert "退役军人" in shown(client_of("zhudao_clerk").get(url("people"), asked))
    assert "退役军人" not in shown(client_of("watchdog").get(url("people"), asked))


def test_political_status_is_no_column(case_in, client_of):
    case_in("accepted", political_status="01")
    assert "中共党员" not in shown(client_of("zhudao_clerk").get(url("people")))


def test_many_cost_as_many_queries_as_one(case_in, client_of):
    case_in("assigned")
    client = client_of("zhudao_clerk")
    address = f"{url('people')}?state=assigned&col=-&col=area&col=batch&col=groups"
    client.get(address)
    few = cost(lambda: client.get(address))
    for number in range(20):
        case_in("assigned", f"示例{number}")
    assert cost(lambda: client.get(address)) == few


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ({"state": ["draft"]}, "白"),
        ({"state": ["draft", "assigned"]}, "安白"),
        ({"figure": "accepted"}, "丁"),
        ({"figure": "due"}, "安白崔丁"),
        ({"area": "none"}, "白"),
        ({"retired": "2024-05"}, "安白崔丁"),
        ({"retired": "2024-06"}, ""),
        ({"stock": "1"}, ""),
        ({"survival": "deceased"}, ""),
        ({"outside": "1"}, ""),
    ],
)
def test_filters_narrow_the_list(condition, names, retirees, client_of):
    page = client_of("watchdog").get(url("people"), condition).context["list"]
    assert {row.object.retiree.name[0] for row in page.rows} == set(names)


def test_places_and_enterprises_narrow_the_list(town, retirees, client_of):
    client = client_of("watchdog")

    def names(**condition):
        return {row.object.retiree.name[0] for row in client.get(url("people"), condition).context["list"].rows}

    assert names(area=town.huancui.pk) == set("安崔丁")
    assert names(area=town.gaoqu.pk) == set()
    assert names(enterprise=town.port.pk) == set("崔丁")
    assert names(office=town.zhudao.pk) == {"安"}
    assert names(batch=retirees["安"].case.batch_id) == {"安"}


def test_a_street_holds_its_communities(town, case_in, client_of):
    case_in("at_community")
    page = client_of("watchdog").get(url("people"), {"office": town.zhudao.pk}).context["list"]
    assert page.count == 1


def test_a_condition_that_cannot_be_read_lists_nobody(retirees, client_of):
    page = client_of("watchdog").get(url("people"), {"figure": "no-such"}).context["list"]
    assert page.count == 0
    assert page.faults


def test_the_enterprises_offered_are_those_with_people(retirees, client_of):
    offered = next(
        one for one in client_of("watchdog").get(url("people")).context["list"].filters if one.name == "enterprise"
    )
    assert {label for _, label in offered.options} == set(
        Enterprise.objects.filter(pk__in=Case.objects.values("enterprise")).values_list("name", flat=True)
    )


def test_the_badge_is_orange_for_whose_turn_it_is(retirees, client_of):
    pk = retirees["安"].pk

    def meaning(who):
        rows = client_of(who).get(url("people")).context["list"].rows
        cells = next(row.cells for row in rows if row.object.pk == pk)
        return next(cell.badge.meaning for cell in cells if cell.badge)

    assert meaning("zhudao_clerk") == "mine"
    assert meaning("mill_hr") == "away"
    assert meaning("watchdog") == "away"


@pytest.mark.parametrize(
    ("who", "state", "labels"),
    [
        ("mill_hr", "draft", ["上报", "申请核销"]),
        ("mill_hr", "returned", ["收回并修改", "申请核销"]),
        ("zhudao_clerk", "assigned", ["接收", "转交社区", "交回区市重新分配", "退回", "提出核销"]),
        ("watchdog", "assigned", []),
        ("watchdog", "closing_by_enterprise", ["确认核销", "不同意核销"]),
        ("mill_hr", "", []),
    ],
)
def test_the_bulk_bar_offers_what_this_duty_may_do_in_this_state(who, state, labels, retirees, client_of):
    bulk = client_of(who).get(url("people"), {"state": state} if state else {}).context["bulk"]
    # Papers come after the steps (test_papers.py).
    assert [button.label for button in bulk if not button.label.startswith("生成")] == labels
    assert [button.label for button in bulk if button.primary] == labels[:1]
