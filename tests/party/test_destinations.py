"""Where letters go: to a committee, online with a number, outside the city; past their day; void and told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.operations import operation
from party import services
from party.models import Letter, Membership, VoidNotice
from party.states import State
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
OUTSIDE = "中共烟台市示例区工作委员会"


def test_a_letter_names_the_committees_of_both_sides(member_in, people, town, letter_values):
    street, community = member_in(State.PENDING), member_in(State.PENDING, "白示例")
    services.issue_letters([street.pk], actor=people["mill_party"], targets=town.zhudao_committee, **letter_values("1"))
    services.issue_letters(
        [community.pk], actor=people["mill_party"], targets=town.zhudao_community, **letter_values("2")
    )
    for letter in Letter.objects.all():
        assert (letter.sender, letter.committee) == (town.mill_committee, town.zhudao_committee)
    assert Membership.objects.get(pk=street.pk).office == town.zhudao


def test_a_street_without_a_registered_committee_is_still_addressed(member_in, people, town, letter_values):
    member = member_in(State.PENDING)
    services.issue_letters([member.pk], actor=people["mill_party"], targets=town.yiyuan, **letter_values())
    assert Letter.objects.get().to_words == "怡园街道党组织"


def test_a_branch_or_a_committee_of_an_enterprise_is_no_addressee(member_in, people, town, letter_values):
    member = member_in(State.PENDING)
    for target in (town.zhudao_branch, town.port_committee):
        with pytest.raises(Refused, match="不是在用的转入党委"):
            services.issue_letters([member.pk], actor=people["mill_party"], targets=target, **letter_values())


# --- 灯塔


def test_an_online_letter_needs_its_reference(member_in, people, town, letter_values):
    member = member_in(State.PENDING)
    given = {"actor": people["mill_party"], "targets": town.zhudao}
    with pytest.raises(Refused, match="没有填写灯塔转接编号"):
        services.issue_letters([member.pk], **given, **letter_values(way="online"))
    services.issue_letters([member.pk], **given, **letter_values(way="online", reference="DT2026001"))
    assert Letter.objects.get().reference == "DT2026001"


@pytest.mark.parametrize(
    ("said", "references"),
    [("DT099", ["DT099", "DT100", "DT101"]), ("甲1\n乙7\n丙3\n", ["甲1", "乙7", "丙3"])],
)
def test_references_are_counted_up_or_given_line_by_line(said, references, member_in, people, town, letter_values):
    ids = [member_in(State.PENDING, f"示例{number}").pk for number in range(3)]
    values = letter_values("1", way="online", reference=said)
    services.issue_letters(ids, actor=people["mill_party"], targets=town.zhudao, **values)
    assert list(Letter.objects.order_by("number").values_list("reference", flat=True)) == references


@pytest.mark.parametrize(("said", "words"), [("甲1\n乙2", "填写了 2 个"), ("甲1\n甲1\n乙2", "有重复")])
def test_references_that_do_not_match_the_people_are_refused(said, words, member_in, people, town, letter_values):
    ids = [member_in(State.PENDING, f"示例{number}").pk for number in range(3)]
    values = letter_values("1", way="online", reference=said)
    with pytest.raises(Refused, match=words):
        services.issue_letters(ids, actor=people["mill_party"], targets=town.zhudao, **values)
    assert not Letter.objects.exists()


def test_a_reference_is_never_used_twice(member_in, people, town, letter_values):
    one, two = member_in(State.PENDING), member_in(State.PENDING, "白示例")
    given = {"actor": people["mill_party"], "targets": town.zhudao}
    services.issue_letters([one.pk], **given, **letter_values("1", way="online", reference="DT1"))
    with pytest.raises(Refused, match="DT1 已登记在另一份"):
        services.issue_letters([two.pk], **given, **letter_values("2", way="online", reference="DT1"))


# --- outside the city


def send_outside(member, people, letter_values, **values):
    values = letter_values(**{"outside": OUTSIDE, **values})
    return services.take("issue_outside", [member.pk], actor=people["mill_party"], values=values)


def test_a_letter_outside_the_city_is_nobodys_of_the_system_until_its_receipt(member_in, people, letter_values):
    member = member_in(State.PENDING)
    with pytest.raises(Refused, match="没有填写市外转入党组织"):
        send_outside(member, people, letter_values, outside=" ")
    assert send_outside(member, people, letter_values, way="province").moved
    member.refresh_from_db()
    assert (member.state, member.office, member.side.answers) == (State.OUTSIDE, None, "sender")
    assert not Membership.objects.visible_to(people["zhudao_party"]).exists()
    done = {"arrived_on": TODAY(), "receipt_number": "烟-7", "receipt_handler": "示例经办", "receipt_phone": "0535-1"}
    services.take("confirm_outside", [member.pk], actor=people["mill_party"], values=done)
    letter = Letter.objects.get()
    assert (letter.arrived_on, letter.receipt_on, letter.receipt_number) == (TODAY(), TODAY(), "烟-7")
    assert Membership.objects.get(pk=member.pk).state == State.DEPARTED


def test_another_province_is_for_committees_with_the_power(make_person, people, town, letter_values):
    from accounts.models import User
    from accounts.services import appoint

    user = User.objects.create_user("port_party", "示例港务公司党务")
    appoint(user, "soe_party", town.port, actor=people["secadmin"])
    person = make_person(town.port, "崔示例", political_status="01", dues_paid_until=TODAY())
    values = letter_values(outside=OUTSIDE, way="province")
    outcome = services.take("issue_outside", [person.pk], actor=user, values=values)
    assert "没有登记可向全国直接接转" in outcome.refused[person.pk]
    assert services.take("issue_outside", [person.pk], actor=user, values={**values, "way": "paper"}).moved


def test_the_ways_out_of_the_province_lead_to_no_street(member_in, people, town, letter_values):
    member = member_in(State.PENDING)
    values = letter_values(way="province")
    with pytest.raises(Refused, match="只用于转往市外"):
        services.issue_letters([member.pk], actor=people["mill_party"], targets=town.zhudao, **values)


def test_the_database_lets_a_letter_go_to_one_place_alone(member_in, people, town):
    from tests.party.conftest import a_letter

    member = member_in(State.PENDING)
    for addressee, outside in ((None, ""), (town.zhudao, OUTSIDE)):
        letter = a_letter(member.retiree, town.zhudao, "issued", "示例-1")
        letter.addressee, letter.outside = addressee, outside
        with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["mill_party"]) as act:
            act.insert([letter])


# --- past the validity


def test_a_late_arrival_needs_its_reason_and_keeps_it(member_in, people):
    issued = TODAY() - timedelta(days=40)
    late, fine = member_in(State.ISSUED, issued_on=issued, valid_days=30), member_in(State.ISSUED, "白示例")
    outcome = services.arrive([late.pk, fine.pk], actor=people["zhudao_party"])
    assert "请填写逾期接收的理由" in outcome.refused[late.pk]
    assert outcome.moved == [fine.pk]
    services.arrive([late.pk], actor=people["zhudao_party"], late_reason="示例：住院期间未能报到")
    assert Letter.objects.get(membership=late.pk).late_reason == "示例：住院期间未能报到"
    assert Letter.objects.get(membership=fine.pk).late_reason == ""


def test_the_database_asks_for_the_reason_too(member_in, people):
    issued = TODAY() - timedelta(days=40)
    member_in(State.ISSUED, issued_on=issued, valid_days=30)
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["mill_party"]) as act:
        act.change(Letter, [Letter.objects.get().pk], arrived_on=TODAY())


# --- void letters are told


def test_a_void_letter_is_told_to_its_addressee_who_lost_sight_of_the_member(
    member_in, people, town, letter_values, client_of
):
    member = member_in(State.ISSUED)
    number = Letter.objects.get().number
    services.void_and_reissue(
        [member.pk], actor=people["mill_party"], reason_code="moved", targets=town.yiyuan, **letter_values()
    )
    notice = VoidNotice.objects.visible_to(people["zhudao_party"]).get()
    assert (notice.letter.number, notice.why) == (number, "本人居住地变动")
    client = client_of("zhudao_party")
    page = client.get(reverse("party:notices")).content.decode()
    assert number in page
    assert "安示例" not in page
    form = {"id": [str(notice.pk)], "seen": "1", "key": new_id()}
    assert "已知悉 1 份" in client.post(reverse("party:note_notices"), form, follow=True).content.decode()
    notice.refresh_from_db()
    assert notice.state == "noted"
    again = client.post(reverse("party:note_notices"), {**form, "key": new_id()}, follow=True).content.decode()
    assert "1 份未办理" in again


def test_who_sent_a_letter_back_is_not_told_and_nobody_is_about_a_letter_outside(member_in, people, letter_values):
    refused, outside = member_in(State.ISSUED), member_in(State.OUTSIDE, "白示例")
    services.refuse([refused.pk], actor=people["zhudao_party"], reason_code="dues_unpaid", reason="党费只交到上半年")
    services.take("void", [outside.pk], actor=people["mill_party"], reason_code="refused_outside")
    assert Letter.objects.standing().count() == 0
    assert not VoidNotice.objects.exists()


def test_the_sender_takes_no_note_for_the_receiver(member_in, people):
    member = member_in(State.ISSUED)
    services.take("void", [member.pk], actor=people["mill_party"], reason_code="lost")
    notice = VoidNotice.objects.get()
    assert services.note([notice.pk], actor=people["mill_party"]).forbidden == [notice.pk]


# --- placement


def test_a_branch_of_another_street_is_refused(member_in, people, town):
    from party.organisations import keeping

    with operation("test.arrange", actor=people["sysadmin"]) as act:
        other = keeping.insert(act, name="中共示例怡园支部委员会", kind="branch", office=town.yiyuan)
    member = member_in(State.ARRIVED)
    outcome = services.place([member.pk], actor=people["zhudao_party"], branch=other)
    assert "不属于此人的转入党组织" in outcome.refused[member.pk]


def test_a_new_branch_is_made_once_below_the_committee(member_in, people, town):
    from party.models import PartyOrganisation

    ids = [member_in(State.ARRIVED, f"示例{number}").pk for number in range(3)]
    services.place(ids[:2], actor=people["zhudao_party"], branch="中共示例新建支部委员会")
    services.place(ids[2:], actor=people["zhudao_party"], branch="中共示例新建支部委员会")
    made = PartyOrganisation.objects.get(name="中共示例新建支部委员会")
    assert (made.parent, made.office, made.members.count()) == (town.zhudao_committee, town.zhudao, 3)


def test_the_form_offers_own_branches_and_makes_a_new_one(member_in, town, client_of):
    member, client = member_in(State.ARRIVED), client_of("zhudao_party")
    url = reverse("party:step", args=[member.pk, "place"])
    page = client.get(url).content.decode()
    assert town.zhudao_branch.name in page
    form = {"key": new_id(), "placed_on": TODAY(), "branch": "", "new_branch": ""}
    assert "没有选择党支部" in client.post(url, form).content.decode()
    both = {**form, "branch": town.zhudao_branch.pk, "new_branch": "中共示例支部"}
    assert "两项只填一项" in client.post(url, both).content.decode()
    client.post(url, {**form, "branch": town.zhudao_branch.pk})
    member.refresh_from_db()
    assert (member.state, member.branch, member.branch_name) == ("placed", town.zhudao_branch, town.zhudao_branch.name)
