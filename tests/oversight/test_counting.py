"""Two ways of counting agree: the tallies with what came since, the people one by one, and the lists by their own
conditions over live rows."""

from datetime import datetime, time, timedelta

import pytest
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import Enterprise, Office
from handover.deadlines import TERMS
from handover.figures import FIGURES
from handover.models import Agreement, Case
from handover.services import take
from handover.states.cases import UNDER_A_TERM
from oversight.counting import keeping, reading
from oversight.counting.beside import BESIDE
from oversight.counting.cells import cells
from oversight.counting.measures import MEASURES, RATES
from oversight.counting.reading import AREA, COMMUNITY, ENTERPRISE, STREET, WHOLE, Scope
from oversight.counting.tables import table
from oversight.models import Counted, Tally
from tests import scene as scenes
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db

WATCHING = (
    "watchdog",
    "huancui_clerk",
    "gaoqu_clerk",
    "zhudao_clerk",
    "community_clerk",
    "mill_hr",
    "port_hr",
    "dyeworks_hr",
)


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


def later(days, hours=12):
    return clock.at(timezone.make_aware(datetime.combine(clock.today() + timedelta(days=days), time(hours))))


def by_the_lists(user, code, column=None):
    rows = FIGURES[code].of(Case.objects.visible_to(user))
    if column is None:
        return {None: rows.count()}
    return dict(rows.order_by().values_list(column).annotate(Count("pk")))


def plain(found):
    return {key: number for key, number in found.items() if number}


def test_every_measure_is_a_list():
    assert set(MEASURES) <= set(FIGURES)
    for rate in RATES.values():
        assert {rate.done, rate.whole} <= set(MEASURES)


def differing(user):
    """Where a number differs from the list behind it."""
    scope = Scope.of(user)
    for by, column in ((WHOLE, None), (AREA, "area"), (ENTERPRISE, "enterprise")):
        found = reading.numbers(scope, by)
        for code in MEASURES:
            counted = plain({key: numbers[code] for key, numbers in found.items()})
            listed = plain(by_the_lists(user, code, column))
            if counted != listed:
                yield user.username, by, code, counted, listed


def test_every_number_is_as_long_as_its_list(scene, people):
    assert [one for who in WATCHING for one in differing(people[who])] == []
    with later(1):
        keeping.count()
    assert Tally.objects.exists()
    assert [one for who in WATCHING for one in differing(people[who])] == []


def test_an_account_without_a_duty_counts_nobody(scene, people):
    assert reading.numbers(Scope.of(people["nobody"])) == {}


def test_streets_and_communities_of_an_area(scene, people, town):
    scope = Scope.of(people["watchdog"], area=town.huancui)
    streets = reading.numbers(scope, STREET)
    for street in Office.objects.filter(pk__in=[key for key in streets if key]):
        at = Scope.of(people["watchdog"], area=town.huancui, street=street)
        whole = reading.numbers(at)
        if street != town.huancui:
            assert whole[None]["due"] == streets[street.pk]["due"]
        communities = reading.numbers(at, COMMUNITY)
        assert sum(one["due"] for one in communities.values()) == whole[None]["due"]


def test_a_group_counts_its_subsidiaries(scene, people, town):
    group = reading.numbers(Scope.of(people["watchdog"], enterprise=town.mill))
    own = reading.numbers(Scope.of(people["watchdog"]), ENTERPRISE)
    below = Enterprise.objects.under([town.mill.path]).values_list("pk", flat=True)
    assert group[None]["due"] == sum(own[pk]["due"] for pk in below if pk in own)


def test_the_tallies_are_the_recount_and_count_nothing_twice(scene, people):
    with later(1):
        keeping.count()
        rows = Tally.objects.count()
        assert keeping.differences() == {}
        assert keeping.count() == 0
        assert Tally.objects.count() == rows
        assert Counted.objects.count() == 1


def test_a_tally_that_was_tampered_with_is_found_and_built_anew(scene):
    with later(1):
        keeping.count()
        one = Tally.objects.first()
        one.change += 1
        one.save()
        assert list(keeping.differences().values()) == [1]
        keeping.rebuild()
        assert keeping.differences() == {}


def test_what_happened_a_moment_ago_is_counted_at_once(scene, people):
    with later(1):
        keeping.count()
    before = reading.numbers(Scope.of(people["watchdog"]))[None]["accepted"]
    with later(1):
        moved = take("accept", [scene.people["安"].pk], actor=people["zhudao_clerk"]).moved
    assert moved
    assert reading.numbers(Scope.of(people["watchdog"]))[None]["accepted"] == before + 1


def test_an_act_younger_than_the_margin_waits_for_the_next_count(scene):
    keeping.count()
    newest = max(Case.history.values_list("history_date", flat=True))
    assert (keeping.counted_until() or newest) <= max(newest, clock.now() - keeping.MARGIN)


def test_a_past_day_is_counted_as_it_stood(scene, people, town):
    yesterday = clock.today()
    stood = {by: reading.numbers(Scope.of(people["watchdog"]), by) for by in (WHOLE, AREA, ENTERPRISE)}
    with later(2):
        assert take("accept", [scene.people["安"].pk], actor=people["zhudao_clerk"]).moved
    for kept in (False, True):
        with later(4):
            if kept:
                keeping.count()
            scope = Scope.of(people["watchdog"])
            for by, found in stood.items():
                assert reading.numbers(scope, by, yesterday) == found
            now = reading.numbers(scope)[None]
            assert now["accepted"] == stood[WHOLE][None]["accepted"] + 1
            assert (
                len(reading.listed(scope, yesterday).filter(state="accepted"))
                == stood[WHOLE][None]["accepted"] - (stood[WHOLE][None]["contacted"])
            )


def test_the_people_of_a_past_day_are_as_many_as_its_numbers(scene, people):
    day = clock.today()
    with later(3):
        for who in WATCHING:
            scope = Scope.of(people[who])
            whole = reading.numbers(scope, WHOLE, day).get(None, {})
            listed = cells(reading.listed(scope, day)).items()
            due = sum(number for cell, number in listed if cell.track == "case" and cell.state != "closed")
            assert due == whole.get("due", 0), who


def test_people_who_were_withdrawn_are_in_no_count(scene, people):
    """Rows that were removed count on the day on which they still stood, and not after."""
    assert sum(cells(reading.listed(Scope.of(people["watchdog"]))).values()) > 0
    assert QuerySet(Case).count() == sum(
        number for cell, number in cells(reading.listed(Scope.of(people["watchdog"]))).items() if cell.track == "case"
    )


def test_the_table_adds_up_and_knows_the_period(scene, people, town):
    day = clock.today()
    with later(2):
        assert take("accept", [scene.people["安"].pk], actor=people["zhudao_clerk"]).moved
        since = clock.today()
        for cut, key in (("area", town.huancui.pk), ("enterprise", town.mill.pk)):
            found = table(people["watchdog"], cut, since=since)
            line = next(one for one in found.lines if one.key == key)
            assert line.period("accepted") == 1
            assert found.total.period("accepted") == 1
            for code in (*MEASURES, *BESIDE):
                assert found.total.count(code) == sum(one.count(code) for one in found.lines), code
            before = table(people["watchdog"], cut, day)
            assert before.total.count("accepted") == found.total.count("accepted") - 1
            assert (
                before.total.count("agreements")
                == found.total.count("agreements")
                == Agreement.objects.filter(state="signed").count()
            )


def test_what_a_viewer_has_no_list_for_is_not_counted_for_him(scene, people):
    assert table(people["huancui_clerk"], "area").known == {
        "agreements",
        "assets_area",
        "assets_value",
        "problems_open",
    }
    assert table(people["zhudao_clerk"], "area").total.count("out_of_pool_year") == 0
    assert table(people["watchdog"], "enterprise").total.count("out_of_pool_year") > 0


def test_every_week_that_has_acts_opens_with_what_stood_before(scene, people):
    before = reading.numbers(Scope.of(people["watchdog"]))
    with later(9):
        assert take("accept", [scene.people["安"].pk], actor=people["zhudao_clerk"]).moved
    with later(11):
        keeping.count()
        assert Tally.objects.filter(kind="opening").exists()
        assert keeping.differences() == {}
        scope = Scope.of(people["watchdog"])
        days = [clock.today() - timedelta(days=back) for back in range(11, -1, -1)]
        told = reading.series(scope, ("due", "accepted"), days)
        for day in days:
            assert told[day]["accepted"] == reading.numbers(scope, WHOLE, day).get(None, {}).get("accepted", 0), day
        assert told[days[0]]["accepted"] == before[None]["accepted"]
        assert told[days[-1]]["accepted"] == before[None]["accepted"] + 1
    assert keeping.differences() == {}


def test_the_index_of_terms_names_every_state_with_a_term():
    assert set(UNDER_A_TERM) == set(TERMS)
