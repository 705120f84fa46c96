"""Who sees which dossiers, by state."""

import pytest

from archives.models import Dossier
from archives.states import WITH_ARCHIVE, State
from archives.summary import badge, summary
from archives.timeline import entries

pytestmark = pytest.mark.django_db

ALWAYS = {"mill_hr", "group", "watchdog"}


@pytest.mark.parametrize("state", State.values)
def test_exactly_these_people_see_a_dossier(state, dossier_in, people):
    dossier = dossier_in(state)
    seeing = {name for name, user in people.items() if Dossier.objects.visible_to(user).filter(pk=dossier.pk).exists()}
    assert seeing == ALWAYS | ({"archivist"} if state in WITH_ARCHIVE else set())


def test_the_timeline_is_empty_for_whoever_may_not_see_the_dossier(dossier_in, people):
    dossier = dossier_in(State.PREPARING)
    told = {name for name, user in people.items() if entries(dossier.retiree, user)}
    assert told == ALWAYS


def test_the_badge_is_orange_for_whose_turn_it_is(dossier_in, people):
    dossier = dossier_in(State.IN_TRANSIT)
    seen = {name: badge(dossier, people[name]).meaning for name in ("mill_hr", "archivist", "watchdog")}
    assert seen == {"mill_hr": "away", "archivist": "mine", "watchdog": "away"}


def test_the_summary_says_the_label_and_nothing_else(dossier_in):
    one, two = dossier_in(State.LOST), dossier_in(State.NONE, "白示例")
    assert summary([one.pk, two.pk]) == {one.pk: ("途中遗失", "late"), two.pk: ("无档案", "closed")}
