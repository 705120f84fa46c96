"""Who was responsible at every instant, told from history; and what is found where nobody was."""

import pytest
from django.utils import timezone

from audit.operations import operation
from party import custody, services
from party.models import Letter, Membership
from party.states import State
from tests.party.conftest import a_letter
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def travelled(member_in, people, town, letter_values):
    """A member who went all the way, with a letter that was lost and one that was sent back."""
    member, sender, receiver = member_in(State.PENDING), people["mill_party"], people["zhudao_party"]
    services.issue_letters([member.pk], actor=sender, targets=town.zhudao, **letter_values("1"))
    services.void_and_reissue([member.pk], actor=sender, reason_code="lost", **letter_values("2"))
    services.refuse([member.pk], actor=receiver, reason_code="wrong_facts", reason="示例：姓名有误")
    services.issue_letters([member.pk], actor=sender, targets=town.zhudao, **letter_values("3"))
    services.arrive([member.pk], actor=receiver)
    services.place([member.pk], actor=receiver, branch=town.zhudao_branch)
    services.record_receipts([member.pk], actor=sender)
    return Membership.objects.get(pk=member.pk)


def test_the_line_has_no_gap_and_says_who_answers(travelled, town):
    line = custody.line_of(travelled)
    assert [(one.state, one.letter) for one in line] == [
        ("待转出", ""),
        ("已开具", "1"),
        ("已开具", "2"),
        ("被退回", ""),
        ("已开具", "3"),
        ("已接收", "3"),
        ("已编入支部", "3"),
    ]
    assert {one.responsible for one in line[:5]} == {"示例纺织厂党组织"}
    assert line[5].responsible == "竹岛街道党组织"
    assert town.zhudao_branch.name in line[6].responsible
    assert all(before.until == after.since for before, after in zip(line, line[1:], strict=False))
    assert line[-1].until is None
    assert custody.gaps(Membership.objects.all()) == []


def test_every_fate_is_without_a_gap(member_in, people, letter_values):
    sender, receiver = people["mill_party"], people["zhudao_party"]
    outside = {**letter_values("9"), "outside": "中共烟台市示例区工作委员会"}
    gone, lost, back, ended = (member_in(State.PENDING, f"示例{number}") for number in range(4))
    services.take("issue_outside", [gone.pk], actor=sender, values=outside)
    services.take("confirm_outside", [gone.pk], actor=sender)
    services.take("lose", [lost.pk], actor=sender, reason="示例：停机")
    services.take("find", [lost.pk], actor=sender, reason="示例：已联系上")
    services.take("end", [ended.pk], actor=sender, reason_code="not_a_member", reason="示例")
    services.take("reopen", [ended.pk], actor=sender, reason="示例")
    assert custody.gaps(Membership.objects.all()) == []
    assert [one.responsible for one in custody.line_of(gone)][-1] == "中共烟台市示例区工作委员会"
    assert receiver


def why(found):
    return [gap.why for gap in found]


def test_a_letter_that_is_void_while_one_must_stand_is_found(member_in, people):
    member = member_in(State.ISSUED)
    with operation("test.void", actor=people["mill_party"]) as act:
        act.change(Letter, [Letter.objects.get().pk], voided_at=timezone.now())
    (gap,) = custody.gaps(Membership.objects.all())
    assert gap.membership == member.pk
    assert "没有有效的介绍信" in gap.why


def test_a_gap_of_long_ago_is_found_though_all_is_well_now(member_in, people, town):
    """Somebody was for a moment without a letter; the rows of today do not show it."""
    member = member_in(State.ISSUED)
    with operation("test.void", actor=people["mill_party"]) as act:
        act.change(Letter, [Letter.objects.get().pk], voided_at=timezone.now())
    with operation("test.again", actor=people["mill_party"]) as act:
        act.insert([a_letter(member.retiree, town.zhudao, "issued", "示例-9")])
    assert why(custody.gaps(Membership.objects.all())) == ["状态为“已开具”，却没有有效的介绍信"]


def test_the_proof_costs_two_queries_a_chunk(member_in, cost_of):
    for number in range(3):
        member_in(State.ISSUED, f"示例{number}")
    few = cost_of(lambda: custody.gaps(Membership.objects.all()))
    for number in range(20):
        member_in(State.PLACED, f"再{number}示例")
    assert cost_of(lambda: custody.gaps(Membership.objects.all())) == few


def test_the_page_of_a_member_shows_the_line(travelled, client_of):
    page = client_of("mill_party").get(f"/memberships/{travelled.pk}/").content.decode()
    assert "责任党组织" in page
    assert page.count("示例纺织厂党组织") >= 5


# --- endings


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("ending", ["end_by_death", "end_by_closing"])
def test_an_open_relation_ends_with_the_person_or_the_case(ending, state, member_in, people):
    member = member_in(state)
    open_before = member.side is not None
    with operation("case.record_death", actor=people["mill_hr"]) as act:
        moved = getattr(services, ending)(act, [member.pk])
    member.refresh_from_db()
    assert moved == ([member.pk] if open_before else [])
    assert member.state == (State.ENDED if open_before else state)
    if open_before:
        assert not Letter.objects.standing().exists()
        assert member.office is None
    assert custody.gaps(Membership.objects.all()) == []


def test_the_addressee_hears_of_the_letter_of_somebody_who_died(member_in, people):
    from party.models import VoidNotice
    from party.timeline import entries

    member = member_in(State.ISSUED)
    with operation("case.record_death", actor=people["mill_hr"]) as act:
        services.end_by_death(act, [member.pk])
    assert VoidNotice.objects.get().why == "本人已去世"
    told = entries(member.retiree, people["mill_party"])
    assert told[0].sentence == "本人去世，组织关系转接终止。"


@pytest.mark.parametrize("step", ["end_by_death", "end_by_closing"])
def test_nobody_takes_an_ending_by_hand(step, member_in, people, client_of):
    member = member_in(State.PENDING)
    outcome = services.take(step, [member.pk], actor=people["mill_party"])
    assert outcome.moved == []
    assert client_of("mill_party").get(f"/memberships/{member.pk}/step/{step}/").status_code == 404


def test_a_step_in_the_very_instant_of_the_registration_is_no_gap(town, people, make_person):
    with clock.at(timezone.now()):
        one = make_person(town.mill, "同刻示例", political_status="01")
        services.take("lose", [one.pk], actor=people["mill_party"], reason="示例：多次查找无果")
    assert custody.gaps(Membership.objects.all()) == []
