"""Keeping the trees of offices and enterprises."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts import places
from accounts.models import Enterprise, Office, ReceiverLink
from accounts.scope import reach_of
from accounts.services import appoint
from audit.history import history_of
from weihai_transfer.lib.refusals import Refused

TODAY = timezone.localdate


def add(parent, people, **changes):
    given = {"kind": "street", "name": "双岛街道", "since": date(2026, 1, 1), "basis": "示例文〔2026〕1号", **changes}
    return places.add_office(parent, actor=people["sysadmin"], **given)


def test_a_local_street_gets_a_code_that_no_official_one_can_have(town, people):
    first = add(town.gaoqu, people)
    second = add(town.gaoqu, people, name="示例街道")
    assert (first.code, second.code) == ("GQ-X01", "GQ-X02")
    assert first.path == f"{town.gaoqu.path}GQ-X01/"
    assert first.links.get().receiver == town.gaoqu


def test_who_works_for_the_area_reaches_the_new_street(town, people):
    new = add(town.gaoqu, people)
    assert new.pk in reach_of(people["gaoqu_clerk"], "distribute").offices
    assert new.pk not in reach_of(people["huancui_clerk"], "distribute").offices


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "area"}, "不能设"),
        ({"kind": "bureau"}, "不能设"),
        ({"name": "怡园街道"}, "已有"),
        ({"code": "HC"}, "已被其他单位使用"),
        ({"code": "X" * 110}, "层次过多"),
    ],
)
def test_what_is_wrong_with_a_new_office_is_said(town, people, changes, words):
    before = Office.objects.count()
    with pytest.raises(Refused, match=words):
        add(town.gaoqu, people, **changes)
    assert Office.objects.count() == before


def test_an_office_with_offices_or_people_below_is_not_put_out_of_use(town, people):
    for office in (town.zhudao, town.zhudao_community):
        with pytest.raises(Refused, match="不能停用"):
            places.set_office_active(office, False, reason="撤销", actor=people["sysadmin"])
        office.refresh_from_db()
        assert office.active


def test_out_of_use_and_back(town, people):
    office = add(town.gaoqu, people)
    places.set_office_active(office, False, reason="撤销", actor=people["sysadmin"])
    with pytest.raises(Refused, match="已停用"):
        appoint(people["nobody"], "street", Office.objects.get(pk=office.pk), actor=people["secadmin"])
    with pytest.raises(Refused, match="没有重复办理"):
        places.set_office_active(office, False, reason="撤销", actor=people["sysadmin"])
    places.set_office_active(office, True, reason="恢复", actor=people["sysadmin"])
    assert [row.active for row in history_of(Office).objects.filter(id=office.pk).order_by("history_id")] == [
        True,
        False,
        True,
    ]


def test_nothing_new_below_an_office_out_of_use(town, people):
    office = add(town.gaoqu, people)
    places.set_office_active(office, False, reason="撤销", actor=people["sysadmin"])
    with pytest.raises(Refused, match="已停用"):
        add(office, people, kind="community", name="示例社区")


def test_relinking_takes_the_subtree_and_the_reach_along(town, people):
    community = town.zhudao_community
    places.relink(town.zhudao, town.gaoqu, since=TODAY(), basis="示例区划调整", actor=people["sysadmin"])
    community.refresh_from_db()
    assert community.path.startswith(town.gaoqu.path)
    assert community.pk in reach_of(people["gaoqu_clerk"], "distribute").offices
    assert community.pk not in reach_of(people["huancui_clerk"], "distribute").offices
    assert community.pk in reach_of(people["zhudao_clerk"], "receive").offices


def test_relinking_again_ends_the_first_link(town, people):
    since = TODAY() - timedelta(days=30)
    places.relink(town.zhudao, town.gaoqu, since=since, basis="一", actor=people["sysadmin"])
    places.relink(town.zhudao, town.huancui, since=TODAY(), basis="二", actor=people["sysadmin"])
    links = ReceiverLink.objects.filter(office=town.zhudao).order_by("since").values_list("receiver", "since", "until")
    assert list(links) == [(town.gaoqu.pk, since, TODAY()), (town.huancui.pk, TODAY(), None)]


@pytest.mark.parametrize(
    ("office", "receiver", "since", "words"),
    [
        ("zhudao", "huancui", 0, "现在就属于"),
        ("huancui", "zhudao", 0, "不能作为它的上级"),
        ("zhudao", "jingyuan", 0, "不能设"),
        ("zhudao", "gaoqu", 1, "不能晚于今天"),
    ],
)
def test_a_wrong_receiver_is_refused(town, people, office, receiver, since, words):
    office, receiver = getattr(town, office), getattr(town, receiver)
    before = list(Office.objects.order_by("pk").values_list("path", flat=True))
    with pytest.raises(Refused, match=words):
        places.relink(office, receiver, since=TODAY() + timedelta(days=since), basis="x", actor=people["sysadmin"])
    assert list(Office.objects.order_by("pk").values_list("path", flat=True)) == before


def test_a_link_does_not_begin_before_the_one_it_ends(town, people):
    places.relink(town.zhudao, town.gaoqu, since=TODAY(), basis="一", actor=people["sysadmin"])
    early = TODAY() - timedelta(days=1)
    with pytest.raises(Refused, match="不能早于"):
        places.relink(town.zhudao, town.huancui, since=early, basis="二", actor=people["sysadmin"])


def test_the_second_of_two_editors_is_told(town, people):
    seen = places.version_of(town.zhudao)
    given = {
        "short_name": "",
        "address": "",
        "phone": "",
        "note": "",
        "actor": people["sysadmin"],
        "reason": "更名",
        "version": seen,
    }
    places.change_office(town.zhudao, name="竹岛街道办", **given)
    with pytest.raises(Refused, match="已由他人修改"):
        places.change_office(town.zhudao, name="竹岛办事处", **given)
    town.zhudao.refresh_from_db()
    assert town.zhudao.name == "竹岛街道办"


class TestEnterprises:
    FACTS = {"short_name": "", "credit_code": "", "level": "city", "address": "", "phone": "", "annuity": False}

    def test_a_group_takes_its_subsidiaries_along_and_the_reach_with_them(self, town, people):
        places.change_enterprise(
            town.mill, name=town.mill.name, parent=town.port, reason="重组", actor=people["sysadmin"], **self.FACTS
        )
        town.dyeworks.refresh_from_db()
        assert town.dyeworks.path == "DEMO03/DEMO01/DEMO02/"
        assert town.dyeworks.pk in reach_of(people["port_hr"], "submit").enterprises

    def test_a_group_does_not_go_below_its_own_subsidiary(self, town, people):
        with pytest.raises(Refused, match="不能作为上级企业"):
            places.change_enterprise(
                town.mill, name=town.mill.name, parent=town.dyeworks, reason="x", actor=people["sysadmin"], **self.FACTS
            )

    @pytest.mark.parametrize(
        ("code", "name", "words"), [("DEMO01", "示例新厂", "代码"), ("NEW", "示例纺织厂", "已有名称")]
    )
    def test_the_same_code_or_name_is_refused(self, town, people, code, name, words):
        with pytest.raises(Refused, match=words):
            places.add_enterprise(code=code, name=name, parent=None, actor=people["sysadmin"], **self.FACTS)

    def test_the_same_credit_code_is_refused(self, town, people):
        facts = {**self.FACTS, "credit_code": "91440300708461136T"}
        places.add_enterprise(code="N1", name="示例甲", parent=None, actor=people["sysadmin"], **facts)
        with pytest.raises(Refused, match="已登记在示例甲"):
            places.add_enterprise(code="N2", name="示例乙", parent=None, actor=people["sysadmin"], **facts)

    def test_an_enterprise_with_people_is_not_put_out_of_use(self, town, people):
        with pytest.raises(Refused, match="任职"):
            places.set_enterprise_active(town.port, False, reason="注销", actor=people["sysadmin"])
        assert Enterprise.objects.get(pk=town.port.pk).active
