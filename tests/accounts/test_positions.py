"""Who may give what to whom (security.md A8, A11): nobody to himself, nobody two of the three administrations."""

import threading

import pytest
from django.db import connection

from accounts import people as accounts
from accounts.duties import ADMINISTRATION, POSITIONS, Duty
from accounts.models import OfficeGrant
from accounts.scope import Reach, reach_of
from accounts.services import appoint, dismiss
from audit.models import Operation
from weihai_transfer.lib.refusals import Refused

ADMINISTRATIONS = ("system_admin", "security_admin", "auditor")
BUSINESS = {"soe_hr": "mill", "soe_group": "mill", "soe_party": "mill"}


def posts(user):
    return sorted(post.key for post in type(user).objects.get(pk=user.pk).posts)


@pytest.mark.parametrize("position", POSITIONS)
def test_nobody_appoints_himself(people, town, position):
    secadmin = people["secadmin"]
    place = town.mill if POSITIONS[position].place == "enterprise" else town.city
    before = posts(secadmin)
    with pytest.raises(Refused, match="不能给自己任职"):
        appoint(secadmin, position, place, actor=secadmin)
    assert posts(secadmin) == before


def test_nobody_dismisses_himself(people, town):
    with pytest.raises(Refused, match="不能解除自己"):
        dismiss(people["secadmin"], "security_admin", town.city, actor=people["secadmin"], reason="测试")


@pytest.mark.parametrize("held", ADMINISTRATIONS)
@pytest.mark.parametrize("wanted", ADMINISTRATIONS)
def test_two_administrations_are_refused(people, town, held, wanted):
    user = people["nobody"]
    appoint(user, held, town.city, actor=people["secadmin"])
    if held == wanted:
        appoint(user, wanted, town.city, actor=people["secadmin"])
    else:
        with pytest.raises(Refused, match="三人分任"):
            appoint(user, wanted, town.city, actor=people["secadmin"])
    assert [key.split(":")[0] for key in posts(user)] == [held]


@pytest.mark.parametrize("position", [one for one in POSITIONS if one not in ADMINISTRATIONS])
@pytest.mark.parametrize("administration", ADMINISTRATIONS)
def test_an_administrator_holds_no_other_post(people, town, position, administration):
    place = town.mill if POSITIONS[position].place == "enterprise" else town.huancui
    user = people["nobody"]
    appoint(user, administration, town.city, actor=people["secadmin"])
    with pytest.raises(Refused, match="不得兼任业务岗位"):
        appoint(user, position, place, actor=people["secadmin"])
    dismiss(user, administration, town.city, actor=people["secadmin"], reason="调整")
    appoint(user, position, place, actor=people["secadmin"])
    with pytest.raises(Refused, match="不得兼任业务岗位"):
        appoint(user, administration, town.city, actor=people["secadmin"])


@pytest.mark.parametrize("position", ADMINISTRATIONS)
def test_an_administration_is_given_at_the_city_only(people, town, position):
    with pytest.raises(Refused, match="只能设在市级单位"):
        appoint(people["nobody"], position, town.huancui, actor=people["secadmin"])


def test_a_position_of_enterprises_is_not_given_at_an_office(people, town):
    with pytest.raises(Refused, match="不能设在"):
        appoint(people["nobody"], "soe_hr", town.zhudao, actor=people["secadmin"])


def test_a_stopped_account_gets_no_post(people, town):
    accounts.disable(people["nobody"], actor=people["secadmin"], reason="离岗")
    with pytest.raises(Refused, match="已停用"):
        appoint(people["nobody"], "street", town.zhudao, actor=people["secadmin"])


def test_giving_twice_gives_once(people, town):
    for _ in range(2):
        appoint(people["nobody"], "district", town.huancui, actor=people["secadmin"])
    assert OfficeGrant.objects.filter(user=people["nobody"]).count() == len(POSITIONS["district"].duties)


def test_a_refusal_leaves_no_operation(people, town):
    before = Operation.objects.count()
    with pytest.raises(Refused):
        appoint(people["secadmin"], "auditor", town.city, actor=people["secadmin"])
    with pytest.raises(Refused):
        dismiss(people["nobody"], "street", town.zhudao, actor=people["secadmin"], reason="没有的岗位")
    assert Operation.objects.count() == before


def test_what_is_taken_is_gone_at_the_next_request(client_of, people):
    client = client_of("sysadmin")
    assert client.get("/offices/").status_code == 200
    dismiss(people["sysadmin"], "system_admin", _city(), actor=people["secadmin"], reason="轮岗")
    assert client.get("/offices/").status_code == 403


def _city():
    from accounts.models import Office

    return Office.objects.get(parent=None)


def test_an_administrator_reaches_nothing_of_the_business(people):
    for username in ("sysadmin", "secadmin", "auditor"):
        user = people[username]
        business = [duty for duty in _all_duties() if duty not in ADMINISTRATION]
        reach = reach_of(user, *business)
        assert not reach.everywhere
        assert not reach.offices
        assert not reach.enterprises


def _all_duties():
    return {duty for position in POSITIONS.values() for duty in position.duties}


@pytest.mark.django_db(transaction=True)
def test_two_administrations_at_the_same_instant_one_is_refused(people, town):
    user, start, results = people["nobody"], threading.Barrier(2), []

    def give(position):
        try:
            start.wait(timeout=10)
            appoint(user, position, town.city, actor=people["secadmin"])
            results.append("given")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=[position]) for position in ("system_admin", "auditor")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == ["given", "refused"]
    assert len(posts(user)) == 1


class TestAccounts:
    @pytest.mark.parametrize("act", [accounts.disable, accounts.enable, accounts.reset_password, accounts.unlock])
    def test_nobody_does_it_to_himself(self, people, act):
        with pytest.raises(Refused, match="自己"):
            act(people["secadmin"], actor=people["secadmin"], reason="测试")

    def test_the_same_account_is_not_made_twice(self, people):
        accounts.create_user("newclerk", "示例新人", actor=people["secadmin"])
        with pytest.raises(Refused, match="已存在"):
            accounts.create_user("newclerk", "示例另一人", actor=people["secadmin"])

    def test_first_passwords_are_random_and_keep_the_rule(self, people):
        from django.contrib.auth.password_validation import validate_password

        made = [accounts.create_user(f"clerk{number}", "示例", actor=people["secadmin"]) for number in range(20)]
        assert len({password for _, password in made}) == 20
        for user, password in made:
            validate_password(password)
            assert user.check_password(password)
            assert user.must_change_password
            assert password not in str(Operation.objects.filter(outcome__user=user.pk).values())

    def test_an_act_is_found_on_the_page_of_the_account(self, client_of, people, town):
        user = people["huancui_clerk"]
        accounts.disable(user, actor=people["secadmin"], reason="调离原单位")
        page = client_of("secadmin").get(f"/users/{user.pk}/").content.decode()
        assert "停用账号：示例环翠经办（huancui_clerk）" in page
        assert "调离原单位" in page

    def test_the_page_says_who_gave_what_and_why(self, client_of, people, town):
        appoint(people["nobody"], "street", town.zhudao, actor=people["secadmin"], reason="示例任字〔2026〕1号")
        page = client_of("secadmin").get(f"/users/{people['nobody'].pk}/").content.decode()
        for words in ("竹岛街道 镇街经办", "接收", "竹岛街道及其下级单位", "示例安全管理员", "示例任字〔2026〕1号"):
            assert words in page


def test_what_a_row_gives_to_one_bureau_is_no_other_bureaus(people, town):
    member, approver = people["member"], people["approver"]
    assert reach_of(member, Duty.ANSWER) == Reach(offices=(town.civil_bureau.pk,))
    assert reach_of(approver, Duty.APPROVE) == Reach(offices=(town.sasac_bureau.pk,))
    # Beside a duty that reaches the city, the narrow one takes nothing away.
    assert reach_of(people["medical"], Duty.WATCH_MEDICAL, Duty.ANSWER).everywhere
