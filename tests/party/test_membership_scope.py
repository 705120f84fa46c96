"""Party data only with the party duty or a watch over this track (design 4)."""

import pytest

from party.models import Letter, Membership
from party.services import void_and_reissue
from party.states import WITH_RECEIVER, State
from party.summary import badge, summary
from party.timeline import entries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", State.values)
def test_exactly_these_people_see_a_membership_and_its_letters(state, member_in, people, organisation):
    member = member_in(state)
    everybody = {**people, "organisation": organisation}
    seeing = {name for name, user in everybody.items() if Membership.objects.visible_to(user).exists()}
    assert seeing == {"mill_party", "organisation"} | ({"zhudao_party"} if state in WITH_RECEIVER else set())
    told = {name for name, user in everybody.items() if entries(member.retiree, user)}
    assert told == seeing
    if state in WITH_RECEIVER:
        assert {name for name, user in everybody.items() if Letter.objects.visible_to(user).exists()} == seeing


def test_a_letter_that_goes_elsewhere_takes_the_member_out_of_sight(member_in, people, town, letter_values):
    member = member_in(State.ISSUED)
    assert Membership.objects.visible_to(people["zhudao_party"]).exists()
    void_and_reissue(
        [member.pk], actor=people["mill_party"], reason_code="moved", targets=town.yiyuan, **letter_values()
    )
    assert not Membership.objects.visible_to(people["zhudao_party"]).exists()


def test_a_street_sees_the_members_of_its_communities(member_in, people, town):
    member_in(State.ISSUED, office=town.zhudao_community)
    assert Membership.objects.visible_to(people["zhudao_party"]).count() == 1


def test_the_badge_is_orange_for_whose_turn_it_is(member_in, people, organisation):
    member = member_in(State.ISSUED)
    seen = [badge(member, user).meaning for user in (people["mill_party"], people["zhudao_party"], organisation)]
    assert seen == ["away", "mine", "away"]


def test_the_summary_says_the_label_and_nothing_else(member_in):
    one, two = member_in(State.UNREACHABLE), member_in(State.PLACED, "白示例")
    assert summary([one.pk, two.pk]) == {one.pk: ("失联", "late"), two.pk: ("已编入支部", "done")}
