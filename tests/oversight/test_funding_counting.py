"""Who counts in which month: the boundaries, and two ways of counting that agree."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.values import set_value
from audit.operations import operation
from handover.models import Case
from handover.states.cases import RECEIVED
from oversight.funding import counting
from oversight.funding.months import months_of
from oversight.funding.year import months
from oversight.models import FundedPerson

YEAR = 2025
DEFAULT = [(None, 15)]


def counts(year=YEAR):
    return counting.count(months(year))


def of(found, area, level="city"):
    return found.get((area.pk, level), [0] * 12)


def from_month(number):
    return [0] * (number - 1) + [1] * (13 - number)


# --- the count days


@pytest.mark.parametrize(
    ("days", "number", "day"),
    [
        ([(None, 15)], 2, date(2025, 2, 15)),
        ([(None, 15), (date(2025, 3, 1), 1)], 2, date(2025, 2, 15)),
        ([(None, 15), (date(2025, 3, 1), 1)], 3, date(2025, 3, 1)),
        # Set in the middle of a month it holds from the next one on.
        ([(None, 15), (date(2025, 3, 2), 28)], 3, date(2025, 3, 15)),
        ([(None, 15), (date(2025, 3, 2), 28)], 4, date(2025, 4, 28)),
    ],
)
def test_the_count_day_of_a_month_is_the_one_that_holds_on_its_first(days, number, day):
    assert months_of(2025, days, date(2026, 1, 1))[number - 1].day == day


def test_a_month_whose_day_lies_ahead_is_projected_with_the_people_of_today():
    found = months_of(2025, DEFAULT, date(2025, 6, 14))
    assert [month.projected for month in found] == [False] * 5 + [True] * 7
    assert {month.counted_on for month in found[5:]} == {date(2025, 6, 14)}
    assert not months_of(2025, DEFAULT, date(2025, 6, 15))[5].projected


# --- the boundaries


@pytest.mark.parametrize(("day", "first"), [(date(2025, 3, 14), 3), (date(2025, 3, 15), 3), (date(2025, 3, 16), 4)])
def test_who_is_accepted_on_the_count_day_counts_from_that_month(town, accepted, day, first):
    accepted("示例甲", day)
    assert of(counts(), town.huancui) == from_month(first)


@pytest.mark.parametrize(("day", "last"), [(date(2025, 5, 14), 4), (date(2025, 5, 15), 5), (date(2025, 5, 16), 5)])
def test_who_dies_on_the_count_day_counts_for_the_last_time(town, accepted, died, day, last):
    died(accepted("示例甲", date(2024, 12, 1)), day, told=date(2025, 7, 1))
    assert of(counts(), town.huancui) == [1] * last + [0] * (12 - last)


@pytest.mark.parametrize(("day", "first"), [(date(2025, 5, 14), 5), (date(2025, 5, 15), 5), (date(2025, 5, 16), 6)])
def test_who_moves_to_another_area_counts_there_from_that_month(town, accepted, moved, day, first):
    moved(accepted("示例甲", date(2024, 12, 1)), "zhudao", "yiyuan", day)
    found = counts()
    assert of(found, town.gaoqu) == from_month(first)
    assert of(found, town.huancui) == [1] * (first - 1) + [0] * (13 - first)


def test_who_moves_within_an_area_stays_with_it(town, accepted, moved):
    moved(accepted("示例甲", date(2024, 12, 1)), "zhudao", "jingyuan", date(2025, 5, 2))
    assert counts() == {(town.huancui.pk, "city"): [1] * 12}


def test_who_moves_away_and_comes_back_counts_where_he_was(town, accepted, moved):
    one = accepted("示例甲", date(2024, 12, 1))
    moved(one, "zhudao", "yiyuan", date(2025, 3, 1))
    moved(one, "yiyuan", "jingyuan", date(2025, 9, 1))
    found = counts()
    assert of(found, town.gaoqu) == [0] * 2 + [1] * 6 + [0] * 4
    assert of(found, town.huancui) == [1] * 2 + [0] * 6 + [1] * 4


def test_nobody_counts_who_was_not_received_here(town, retirees):
    """A draft, one on his way, and one who was received outside the city: no street manages them."""
    with_nobody = counts(timezone.localdate().year)
    assert sum(sum(numbers) for numbers in with_nobody.values()) == sum(of(with_nobody, town.huancui))
    assert max(of(with_nobody, town.huancui)) == 1  # 丁 alone


def test_the_level_of_the_enterprise_tells_them_apart(town, people, accepted):
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        act.change(type(town.port), [town.port.pk], level="central")
    accepted("示例甲", date(2024, 12, 1))
    accepted("示例乙", date(2024, 12, 1), enterprise="port")
    found = counts()
    assert of(found, town.huancui, "central") == of(found, town.huancui, "city") == [1] * 12


# --- two ways of counting


def walk(year):
    """The same counts, person by person and day by day, read from the history of the cases alone."""
    found = defaultdict(lambda: [0] * 12)
    today = timezone.localdate()
    versions = defaultdict(list)
    for row in Case.history.model.objects.order_by("history_date", "history_id"):
        versions[row.retiree_id].append(row)
    for case in Case.objects.select_related("retiree", "enterprise"):
        person = case.retiree
        for number in range(1, 13):
            day = min(date(year, number, 15), today)
            midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
            then = [row for row in versions[case.pk] if row.history_date < midnight]
            if not then or then[-1].state not in RECEIVED or then[-1].area_id is None:
                continue
            if person.survival == "deceased" and (person.died_on is None or person.died_on < day):
                continue
            found[then[-1].area_id, case.enterprise.level][number - 1] += 1
    return dict(found)


@pytest.fixture
def crowd(accepted, moved, died, make_person, town):
    """People with pasts that are drawn from their serial number: some moved once or twice, some died, one is a draft."""
    streets = ("zhudao", "jingyuan", "yiyuan")
    for at in range(24):
        day, here = date(2024, 11, 1) + timedelta(days=17 * at), at % 3
        one = accepted(
            f"示例{'甲乙丙丁戊己庚辛壬癸'[at % 10]}", day, enterprise=("mill", "port")[at % 2], street=streets[here]
        )
        for step in range((0, 2, 1, 0)[at % 4]):
            there = (here + 1) % 3
            day = (day + timedelta(days=40 + at)).replace(day=14 + (at + step) % 3)
            moved(one, streets[here], streets[there], day)
            here = there
        if at % 5 == 2:
            died(one, day + timedelta(days=32), told=day + timedelta(days=70), street=streets[here])
    make_person(town.mill, "示例子")


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_two_ways_of_counting_agree(crowd, year):
    assert counts(year) == walk(year)


def test_every_count_is_a_list_with_that_many_people(crowd, town, people):
    rows = FundedPerson.objects.visible_to(people["finance"])
    for year in (2025, 2026):
        days, found = months(year), counts(year)
        for area in (town.huancui, town.gaoqu):
            for month in days:
                there = counting.people_of(rows, area, month)
                wanted = of(found, area)[month.number - 1]
                assert there.filter(enterprise__level="city").count() == wanted, (area, month)


def test_an_area_still_has_its_list_when_somebody_has_moved_on(accepted, moved, town, people):
    one = accepted("示例甲", date(2024, 12, 1))
    moved(one, "zhudao", "yiyuan", date(2025, 5, 20))
    rows = FundedPerson.objects.visible_to(people["huancui_clerk"])
    (then,) = counting.people_of(rows, town.huancui, months(YEAR)[2])
    assert (then.since, then.left_on) == (date(2024, 12, 1), date(2025, 5, 20))
    assert not counting.people_of(rows, town.huancui, months(YEAR)[5])
    (now,) = counting.people_of(FundedPerson.objects.visible_to(people["gaoqu_clerk"]), town.gaoqu, months(YEAR)[5])
    assert (now.since, now.left_on) == (date(2025, 5, 20), None)


def test_a_year_costs_the_same_queries_for_one_person_as_for_many(accepted, crowd):
    with CaptureQueriesContext(connection) as captured:
        counts()
    assert len(captured) == 3


def test_another_count_day_counts_other_people(town, people, accepted):
    accepted("示例甲", date(2025, 3, 10))
    set_value("count_day", date(2025, 1, 1), 1, source="示例文件", actor=people["sysadmin"])
    assert of(counts(), town.huancui) == from_month(4)
