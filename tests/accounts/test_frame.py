"""The navigation of each position, written by hand."""

import pytest
from django.urls import reverse

from accounts.duties import POSITIONS
from accounts.services import appoint
from oversight.frame import ITEMS, navigation

HOME = "工作台"
NAVIGATION = {
    "soe_hr": "退休人员 花名册 月度移交 上报批次 协议 档案 医保衔接 待遇 问题与督办 进度",
    "soe_group": "退休人员 花名册 月度移交 上报批次 协议 档案 医保衔接 待遇 问题与督办 进度",
    "soe_party": "协议 党组织关系 问题与督办",
    "district": "退休人员 月度移交 协议 分配 医保衔接 经费 问题与督办 进度",
    "street": "退休人员 月度移交 接收 社区服务 问题与督办 进度",
    "community": "退休人员 月度移交 接收 社区服务 问题与督办 进度",
    "archivist": "档案 问题与督办",
    "street_party": "党组织关系 问题与督办",
    "assessor": "档案整理费",
    "sasac": "退休人员 月度移交 协议 档案 医保衔接 待遇 经费 问题与督办 进度",
    "approver": "待遇",
    "organisation": "协议 党组织关系",
    "city_archives": "档案",
    "medical": "医保衔接",
    "finance": "经费",
    "member": "问题与督办",
    "system_admin": "单位与人员 参数",
    "security_admin": "单位与人员",
    "auditor": "审计",
}


def test_the_table_names_every_position():
    assert set(NAVIGATION) == set(POSITIONS)


@pytest.mark.parametrize("position", POSITIONS)
def test_each_position_has_its_navigation(people, town, position):
    user = people["nobody"]
    place = town.mill if POSITIONS[position].place == "enterprise" else town.city
    appoint(user, position, place, actor=people["secadmin"])
    assert " ".join(item.label for item in navigation(user, "/")[1:]) == NAVIGATION[position]


def test_who_has_no_post_has_only_the_front_page(people):
    assert [item.label for item in navigation(people["nobody"], "/")] == [HOME]


def test_an_initial_password_leads_nowhere_else(people):
    user = people["mill_hr"]
    user.must_change_password = True
    assert navigation(user, "/") == []


@pytest.mark.parametrize(
    ("path", "active"),
    [
        ("/", [HOME]),
        ("/offices/12/relink/", ["单位与人员"]),
        ("/enterprises/", ["单位与人员"]),
        ("/holidays/", ["参数"]),
        ("/password/", []),
    ],
)
def test_the_page_one_is_on_stands_out(people, path, active):
    assert [item.label for item in navigation(people["sysadmin"], path) if item.active] == active


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_every_item_leads_somewhere(item):
    assert reverse(item.name).startswith("/")


def test_administrators_are_offered_no_search_for_people(client_of):
    assert "data-search" not in client_of("sysadmin").get("/password/").content.decode()
    assert "data-search" in client_of("mill_hr").get("/password/").content.decode()
