"""The tree of party organisations: who keeps it, what may hang where, what cannot be closed."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Enterprise, Office
from audit.operations import operation
from party import services
from party.models import PartyOrganisation
from party.organisations import keeping
from party.organisations.nearest import committees_at, committees_of
from party.states import State
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
LIST = "/memberships/organisations/"


def a_branch(town, people, name="中共示例第二支部委员会", **facts):
    given = {"kind": "branch", "parent": town.zhudao_committee, "office": town.zhudao, **facts}
    return keeping.add(name=name, actor=people["zhudao_party"], **given)


def test_nobody_adds_an_organisation_at_a_place_of_others(town, people):
    before = PartyOrganisation.objects.count()
    for place in ({"office": town.yiyuan}, {"enterprise": town.mill}):
        with pytest.raises(Refused, match="不在您管理的范围内"):
            a_branch(town, people, parent=None, **{"office": None, **place})
    with pytest.raises(Refused, match="不在您管理的范围内"):
        keeping.add(name="中共示例支部", kind="branch", office=town.zhudao, actor=people["zhudao_clerk"])
    assert PartyOrganisation.objects.count() == before


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"name": " "}, "没有填写党组织名称"),
        ({"name": "中共示例社区第一支部委员会", "office": "zhudao_community"}, "已有在用的"),
        ({"kind": "working"}, "之下不能设党工委"),
        ({"parent": "zhudao_branch", "office": "zhudao_community"}, "之下不能设党支部"),
        ({"parent": "mill_committee"}, "不在示例纺织厂之下"),
    ],
)
def test_what_does_not_fit_into_the_tree_is_refused(facts, words, town, people):
    given = {name: getattr(town, value) if name in ("office", "parent") else value for name, value in facts.items()}
    with pytest.raises(Refused, match=words):
        a_branch(town, people, **given)


def test_a_branch_follows_its_committee_in_the_order_of_the_tree(town, people):
    branch = a_branch(town, people)
    assert branch.path.startswith(town.zhudao_committee.path)
    names = list(PartyOrganisation.objects.under(town.zhudao_committee).order_by("path").values_list("name", flat=True))
    assert names == [town.zhudao_committee.name, town.zhudao_branch.name, branch.name]


@pytest.mark.parametrize(("office", "enterprise"), [(None, None), ("zhudao", "mill")])
def test_the_database_lets_it_hang_on_one_place_alone(office, enterprise, town, people):
    places = {"office": office and getattr(town, office), "enterprise": enterprise and getattr(town, enterprise)}
    one = PartyOrganisation(name="中共示例支部", kind="branch", path="99999/", **places)
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["zhudao_party"]) as act:
        act.insert([one])


def test_the_nearest_committee_speaks_for_a_place(town):
    offices = Office.objects.filter(pk__in=[town.zhudao.pk, town.zhudao_community.pk, town.yiyuan.pk])
    zhudao = town.zhudao_committee
    assert committees_at(offices) == {town.zhudao.pk: zhudao, town.zhudao_community.pk: zhudao}
    enterprises = Enterprise.objects.filter(pk__in=[town.mill.pk, town.dyeworks.pk])
    # The subsidiary has none of its own: its group's committee speaks for it.
    assert committees_of(enterprises) == dict.fromkeys((town.mill.pk, town.dyeworks.pk), town.mill_committee)


def test_a_stale_change_is_refused_and_overwrites_nobody(town, people):
    one, seen = town.zhudao_committee, keeping.version_of(town.zhudao_committee)
    change = {"nationwide": False, "phone": "0631-5230000", "actor": people["zhudao_party"], "version": seen}
    keeping.change(one, name="中共示例竹岛街道委员会", **change)
    with pytest.raises(Refused, match="已由他人修改"):
        keeping.change(one, name="中共示例另改委员会", **change)
    one.refresh_from_db()
    assert (one.name, one.phone) == ("中共示例竹岛街道委员会", "0631-5230000")


def test_what_is_in_use_is_not_closed_and_says_why(town, people, member_in, letter_values):
    clerk = people["zhudao_party"]
    with pytest.raises(Refused, match="还有 1 个在用的党组织"):
        keeping.set_active(town.zhudao_committee, False, reason="示例", actor=clerk)
    member = member_in(State.ARRIVED)
    services.place([member.pk], actor=clerk, branch=town.zhudao_branch)
    with pytest.raises(Refused, match="编有 1 名党员"):
        keeping.set_active(town.zhudao_branch, False, reason="示例", actor=clerk)
    branch = a_branch(town, people)
    services.take("move", [member.pk], actor=clerk, reason="示例：支部调整", values={"branch": branch})
    keeping.set_active(town.zhudao_branch, False, reason="示例：支部撤销", actor=clerk)
    keeping.set_active(town.zhudao_branch, True, reason="示例：恢复", actor=clerk)
    keeping.set_active(town.zhudao_branch, False, reason="示例：支部撤销", actor=clerk)
    with pytest.raises(Refused, match="不是在用的党支部"):
        services.take("move", [member.pk], actor=clerk, reason="示例", values={"branch": town.zhudao_branch})


def test_a_committee_with_letters_on_their_way_is_not_closed(town, people, member_in, letter_values):
    member = member_in(State.PENDING)
    services.issue_letters([member.pk], actor=people["mill_party"], targets=town.zhudao, **letter_values())
    keeping.set_active(town.zhudao_branch, False, reason="示例", actor=people["zhudao_party"])
    with pytest.raises(Refused, match="1 份有效的介绍信"):
        keeping.set_active(town.zhudao_committee, False, reason="示例", actor=people["zhudao_party"])


def test_the_tree_counts_members_and_leads_to_their_list(town, people, member_in, client_of):
    member = member_in(State.ARRIVED)
    services.place([member.pk], actor=people["zhudao_party"], branch=town.zhudao_branch)
    client = client_of("zhudao_party")
    answer = client.get(LIST)
    counted = {row.object.name: row.object.members_placed for row in answer.context["list"].rows}
    assert counted == {town.zhudao_committee.name: 1, town.zhudao_branch.name: 1}
    for one in (town.zhudao_committee, town.zhudao_branch):
        assert client.get("/memberships/", {"organisation": one.pk}).context["list"].count == 1
        assert "1 人" in client.get(reverse("party:organisation", args=[one.pk])).content.decode()


def test_the_pages_add_change_close_and_open(town, client_of):
    client = client_of("zhudao_party")
    page = client.get(reverse("party:add_organisation"), {"parent": town.zhudao_committee.pk})
    assert page.context["form"].initial["parent"] == town.zhudao_committee.pk
    form = {
        "key": new_id(),
        "kind": "branch",
        "name": "中共示例第三支部委员会",
        "place": f"office-{town.zhudao.pk}",
        "parent": town.zhudao_committee.pk,
        "postcode": "26420",
    }
    assert "邮政编码应为 6 位数字" in client.post(reverse("party:add_organisation"), form).content.decode()
    client.post(reverse("party:add_organisation"), {**form, "postcode": "264200"})
    one = PartyOrganisation.objects.get(name="中共示例第三支部委员会")
    changed = {"key": new_id(), "version": keeping.version_of(one), "name": "中共示例第四支部委员会"}
    client.post(reverse("party:change_organisation", args=[one.pk]), changed)
    client.post(reverse("party:use_organisation", args=[one.pk]), {"key": new_id(), "reason": "示例：撤销"})
    page = client.get(reverse("party:organisation", args=[one.pk])).content.decode()
    assert "中共示例第四支部委员会" in page
    assert "停用党组织。" in page
    assert "示例：撤销" in page
    assert client_of("mill_party").get(reverse("party:organisation", args=[one.pk])).status_code == 404
