"""Introduction letters: numbers, validity on any day, arrival, reissue, receipt (domain.md 3.2)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Parameter
from audit.operations import AlreadyDone, operation
from handover.services import take as take_case
from party import services
from party.models import Letter, Membership
from party.states import State
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def issue(ids, people, town, values, **more):
    return services.issue_letters(ids, actor=people["mill_party"], targets=town.zhudao, **values, **more)


def test_many_letters_are_numbered_upwards_in_the_order_given(member_in, people, town, letter_values):
    members = [member_in(State.PENDING, f"示例{number}").pk for number in range(4)][::-1]
    outcome = issue(members, people, town, letter_values("威国资〔2026〕0098号"))
    assert outcome.moved == members
    numbers = {letter.membership_id: letter.number for letter in Letter.objects.all()}
    assert [numbers[pk] for pk in members] == [
        f"威国资〔2026〕{number}号" for number in ("0098", "0099", "0100", "0101")
    ]


def test_refused_members_take_no_number(member_in, people, town, letter_values):
    first, away, last = member_in("pending"), member_in("issued", "白示例"), member_in("pending", "崔示例")
    outcome = issue([first.pk, away.pk, last.pk], people, town, letter_values("7"))
    assert set(outcome.refused) == {away.pk}
    assert [Letter.objects.get(membership=pk).number for pk in (first.pk, last.pk)] == ["7", "8"]


def test_a_number_is_never_used_twice(member_in, people, town, letter_values):
    used, new = member_in(State.PENDING), member_in(State.PENDING, "白示例")
    issue([used.pk], people, town, letter_values("2026-0001"))
    services.take("void", [used.pk], actor=people["mill_party"], reason_code="lost")
    with pytest.raises(Refused, match="2026-0001 已经使用过"):
        issue([new.pk], people, town, letter_values("2026-0001"))
    assert Membership.objects.get(pk=new.pk).state == State.PENDING


def test_one_number_without_digits_serves_for_one_letter_only(member_in, people, town, letter_values):
    one, two = member_in(State.PENDING), member_in(State.PENDING, "白示例")
    with pytest.raises(Refused, match="不能依次编号"):
        issue([one.pk, two.pk], people, town, letter_values("甲"))
    assert issue([one.pk], people, town, letter_values("甲")).moved == [one.pk]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"valid_days": 91}, "1 至 90 天"),
        ({"valid_days": 0}, "1 至 90 天"),
        ({"issued_on": TODAY() + timedelta(days=1)}, "晚于今天"),
        ({"start_number": " "}, "没有填写介绍信编号"),
        ({"way": "pigeon"}, "没有选择转接方式"),
    ],
)
def test_a_letter_that_may_not_be_written_is_refused(values, words, member_in, people, town, letter_values):
    member = member_in(State.PENDING)
    with pytest.raises(Refused, match=words):
        issue([member.pk], people, town, {**letter_values(), **values})
    assert not Letter.objects.exists()


def test_the_city_may_set_a_shorter_validity(member_in, people, town, letter_values):
    with operation("parameter.set", actor=people["sysadmin"]) as act:
        act.insert([Parameter(code="letter_days", since=date(2026, 1, 1), value="30", source="示例文件")])
    member = member_in(State.PENDING)
    with pytest.raises(Refused, match="1 至 30 天"):
        issue([member.pk], people, town, letter_values(valid_days=31))
    assert issue([member.pk], people, town, letter_values(valid_days=30)).moved


@pytest.mark.parametrize(("days", "stands"), [(0, False), (1, True), (90, True), (91, False)])
def test_the_database_itself_holds_the_ninety_days(days, stands, member_in, people, town):
    from tests.party.conftest import a_letter

    member = member_in(State.PENDING)
    letter = a_letter(member.retiree, town.zhudao, "issued", "示例-1", valid_days=days)
    letter.valid_until = letter.issued_on + timedelta(days=max(days, 1))
    try:
        with transaction.atomic(), operation("test.letter", actor=people["mill_party"]) as act:
            act.insert([letter])
    except IntegrityError:
        assert not stands
    else:
        assert stands


def test_dues_come_from_the_person_unless_given(member_in, people, town, letter_values):
    own, given = member_in(State.PENDING), member_in(State.PENDING, "白示例")
    issue([own.pk], people, town, letter_values("1"))
    issue([given.pk], people, town, letter_values("2"), dues_paid_until=date(2026, 9, 30))
    assert Letter.objects.get(membership=own.pk).dues_paid_until == date(2026, 6, 30)
    assert Letter.objects.get(membership=given.pk).dues_paid_until == date(2026, 9, 30)


def test_without_known_dues_no_letter_is_written(make_person, people, town, letter_values):
    person = make_person(town.mill, "安示例", political_status="01")
    outcome = issue([person.pk], people, town, letter_values())
    assert "没有登记党费交至何时" in outcome.refused[person.pk]
    assert not Letter.objects.exists()


def test_a_letter_goes_to_the_street_that_receives_the_person(member_in, people, town, letter_values):
    received, waiting = member_in(State.PENDING), member_in(State.PENDING, "白示例")
    for one in (received, waiting):
        take_case("submit", [one.pk], actor=people["mill_hr"], targets=town.huancui)
    take_case("assign", [received.pk], actor=people["huancui_clerk"], targets=town.zhudao)
    outcome = services.issue_letters([received.pk, waiting.pk], actor=people["mill_party"], **letter_values())
    assert outcome.moved == [received.pk]
    assert "转入党组织未定" in outcome.refused[waiting.pk]
    assert Membership.objects.get(pk=received.pk).office == town.zhudao


def test_a_letter_may_go_to_another_street_but_not_to_an_archive(member_in, people, town, letter_values):
    member = member_in(State.PENDING)
    with pytest.raises(Refused, match="不是在用的镇（街道）"):
        services.issue_letters([member.pk], actor=people["mill_party"], targets=town.huancui_archive, **letter_values())
    services.issue_letters([member.pk], actor=people["mill_party"], targets=town.yiyuan, **letter_values())
    assert Letter.objects.get().addressee == town.yiyuan


@pytest.mark.parametrize("after", [-10, 0, 1, 59, 60, 61, 400])
def test_a_letter_is_expired_from_the_day_after_its_last_day(after, member_in):
    issued = date(2026, 1, 1)
    member_in(State.ISSUED, issued_on=issued, valid_days=60)
    day = issued + timedelta(days=after)
    assert Letter.objects.expired(day).exists() == (after > 60)
    assert Letter.objects.get().days_left(day) == 60 - after


def test_no_member_is_lost_every_open_letter_past_its_validity_is_at_risk(member_in):
    """Over a year of days: whoever holds no valid letter on his way is on the list, nobody else is."""
    issued = date(2026, 1, 1)
    for number, days in enumerate((1, 10, 30, 90)):
        member_in(State.ISSUED, f"途{number}示例", issued_on=issued, valid_days=days)
    member_in(State.ARRIVED, "到示例", issued_on=issued, valid_days=10)
    member_in(State.PENDING, "待示例")
    for after in range(0, 366, 5):
        day = issued + timedelta(days=after)
        expired = set(Letter.objects.expired(day).values_list("membership", flat=True))
        assert set(Membership.objects.at_risk(day).values_list("pk", flat=True)) == expired
        soon = set(Membership.objects.at_risk(day, ahead=7).values_list("pk", flat=True))
        assert soon == set(Letter.objects.expired(day + timedelta(days=7)).values_list("membership", flat=True))
    assert len(expired) == 4


def test_a_member_on_his_way_without_any_letter_is_at_risk(member_in, people):
    member = member_in(State.ISSUED)
    with operation("test.void", actor=people["mill_party"]) as act:
        act.change(Letter, [Letter.objects.get().pk], voided_at=timezone.now())
    assert Membership.objects.at_risk(TODAY()).get() == member


def test_an_expired_letter_is_not_accepted_and_is_reissued(member_in, people, letter_values):
    member = member_in(State.ISSUED, issued_on=TODAY() - timedelta(days=40), valid_days=30)
    outcome = services.arrive([member.pk], actor=people["zhudao_party"])
    assert "已超过有效期" in outcome.refused[member.pk]
    services.void_and_reissue([member.pk], actor=people["mill_party"], reason_code="expired", **letter_values("2026-8"))
    old, new = Letter.objects.order_by("id")
    assert old.voided_at
    assert (new.number, new.addressee, new.voided_at) == ("2026-8", old.addressee, None)
    assert services.arrive([member.pk], actor=people["zhudao_party"]).moved == [member.pk]


def test_an_arrival_in_time_may_be_written_down_late(member_in, people):
    issued = TODAY() - timedelta(days=40)
    member = member_in(State.ISSUED, issued_on=issued, valid_days=30)
    early = services.arrive([member.pk], actor=people["zhudao_party"], arrived_on=issued - timedelta(days=1))
    assert "早于介绍信开具日期" in early.refused[member.pk]
    with pytest.raises(Refused, match="晚于今天"):
        services.arrive([member.pk], actor=people["zhudao_party"], arrived_on=TODAY() + timedelta(days=1))
    services.arrive([member.pk], actor=people["zhudao_party"], arrived_on=issued + timedelta(days=30))
    assert Letter.objects.get().arrived_on == issued + timedelta(days=30)


def test_an_online_arrival_is_its_own_receipt_and_a_paper_one_is_awaited(member_in, people):
    online, paper = member_in(State.ISSUED, way="online"), member_in(State.ISSUED, "白示例")
    services.arrive([online.pk, paper.pk], actor=people["zhudao_party"])
    receipts = dict(Letter.objects.values_list("membership", "receipt_on"))
    assert receipts == {online.pk: TODAY(), paper.pk: None}
    late = TODAY() + timedelta(days=31)
    assert Letter.objects.awaiting_receipt(late, 30).get().membership_id == paper.pk
    assert not Letter.objects.awaiting_receipt(late - timedelta(days=1), 30).exists()


def test_a_receipt_is_noted_by_the_sender_once(member_in, people):
    member, waiting = member_in(State.PLACED), member_in(State.ISSUED, "白示例")
    assert services.record_receipts([member.pk], actor=people["zhudao_party"]).forbidden == [member.pk]
    outcome = services.record_receipts([member.pk, waiting.pk], actor=people["mill_party"])
    assert outcome.moved == [member.pk]
    assert "还没有确认接收" in outcome.refused[waiting.pk]
    assert Letter.objects.get(membership=member.pk).receipt_on == TODAY()
    again = services.record_receipts([member.pk], actor=people["mill_party"])
    assert "已经登记过" in again.refused[member.pk]


def test_a_member_is_placed_in_a_named_branch_after_the_arrival(member_in, people):
    member = member_in(State.ARRIVED)
    with pytest.raises(Refused, match="没有选择党支部"):
        services.place([member.pk], actor=people["zhudao_party"], branch=" ")
    early = services.place(
        [member.pk], actor=people["zhudao_party"], branch="示例党支部", placed_on=TODAY() - timedelta(days=30)
    )
    assert "早于接收日期" in early.refused[member.pk]
    services.place([member.pk], actor=people["zhudao_party"], branch="示例党支部")
    member.refresh_from_db()
    assert (member.branch_name, member.placed_on, member.state) == ("示例党支部", TODAY(), State.PLACED)
    assert (member.branch.name, member.branch.office) == ("示例党支部", member.office)


def test_the_same_form_sent_twice_issues_once(member_in, people, town, letter_values):
    member, key = member_in(State.PENDING), new_id()
    issue([member.pk], people, town, letter_values(), key=key)
    with pytest.raises(AlreadyDone):
        issue([member.pk], people, town, letter_values("2026-0002"), key=key)
    assert Letter.objects.count() == 1


def test_many_letters_cost_as_many_queries_as_one(member_in, people, town, letter_values, cost_of):
    ids = [member_in(State.PENDING, f"示例{number}").pk for number in range(23)]
    sender, receiver = people["mill_party"], people["zhudao_party"]
    issue(ids[:1], people, town, letter_values("1"))
    few = cost_of(lambda: issue(ids[1:2], people, town, letter_values("2")))
    assert cost_of(lambda: issue(ids[2:], people, town, letter_values("3"))) == few
    services.arrive(ids[:1], actor=receiver)
    few = cost_of(lambda: services.arrive(ids[1:2], actor=receiver))
    assert cost_of(lambda: services.arrive(ids[2:], actor=receiver)) == few
    services.record_receipts(ids[:1], actor=sender)
    few = cost_of(lambda: services.record_receipts(ids[1:2], actor=sender))
    assert cost_of(lambda: services.record_receipts(ids[2:], actor=sender)) == few
