from datetime import date, timedelta

import pytest

from weihai_transfer.lib.working_days import UnknownYear, after, between, earliest_start, is_working


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
        (date(2025, 9, 28), True),  # a Sunday that is worked
        (date(2025, 9, 27), False),
        (date(2020, 1, 31), False),  # the lengthened Spring Festival
    ],
)
def test_the_published_calendar(day, working):
    assert is_working(day) == working
    assert is_working(day, {day: not working}) != working


def test_an_unknown_year_raises_and_is_said():
    with pytest.raises(UnknownYear, match="2090 年节假日安排尚未公布"):
        is_working(date(2090, 1, 4))
    # 29 December 2090 is a Friday; by Monday to Friday the second working day after it is a Tuesday.
    found = after(date(2090, 12, 29), 2)
    assert found.value == date(2091, 1, 2)
    assert found.unknown == (2090, 2091)
    assert found.note == "2090、2091 年节假日安排尚未公布，按周一至周五估算"
    assert after(date(2025, 9, 24), 5).note == ""


def test_what_the_city_has_set_makes_a_year_known():
    days = {date(2090, 1, 3): False, date(2090, 1, 4): True}
    assert after(date(2090, 1, 2), 1, days).value == date(2090, 1, 4)
    assert after(date(2090, 1, 2), 1, days).unknown == ()


def test_between_counts_what_after_steps():
    for start in (date(2025, 9, 20) + timedelta(days=n) for n in range(25)):
        for number in (1, 5, 10):
            end = after(start, number).value
            assert between(start, end).value == number
            assert between(end, start).value == -number
    assert between(date(2025, 10, 1), date(2025, 10, 8)).value == 0


def test_earliest_start_is_the_edge():
    for last in (date(2025, 9, 20) + timedelta(days=n) for n in range(25)):
        for number in (0, 1, 5, 10):
            first = earliest_start(last, number)
            assert after(first, number).value >= last
            assert after(first - timedelta(days=1), number).value < last
