"""Terms by state; the filter of the database and the reckoning of one row say the same of every row."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.calendar import parameter, working_days_since
from accounts.values import set_day, set_value
from handover import deadlines
from handover.deadlines import Terms
from handover.models import Case
from weihai_transfer.lib import clock

# A Wednesday before the long holiday of 2025: 1 to 8 October are off, Sunday 28 September is worked.
DAY = date(2025, 9, 24)


def moment(day, hour=9):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


@pytest.fixture
def case_on(case_in):
    """case_on(situation, day): the case came into that situation on the day."""

    def make(situation, day=DAY, name="安示例", **facts):
        with clock.at(moment(day)):
            return case_in(situation, name, **facts)

    return make


@pytest.mark.parametrize(
    ("situation", "due"),
    [
        ("submitted", date(2025, 9, 30)),  # five: 25, 26, Sunday 28, 29, 30
        ("assigned", date(2025, 10, 14)),  # and 9, 10, Saturday 11, 13, 14 October
        ("returned", date(2025, 9, 30)),
        ("accepted", date(2025, 10, 28)),
        ("draft_again", date(2025, 9, 30)),
        ("contacted", None),
        ("completed", None),
        ("outside", None),
        ("closing_by_office", None),
        ("closed", None),
    ],
)
def test_terms_of_working_days(situation, due, case_on):
    found = deadlines.due(case_on(situation))
    assert (found and found.day) == due


def test_a_draft_has_thirty_days_from_retirement_in_the_normal_phase_only(case_on):
    flow = case_on("draft", retired_on=date(2025, 9, 1))
    stock = case_on("draft", name="白示例", retired_on=date(2019, 9, 1))
    unknown = case_on("draft", name="崔示例", retired_on=None)
    assert deadlines.due(flow).day == date(2025, 10, 1)
    assert deadlines.due(flow).label == "退休后上报期限"
    assert deadlines.due(stock) is None
    assert deadlines.due(unknown) is None


def test_left_today_and_late(case_on):
    case = case_on("submitted")
    for today, left, late in (
        (date(2025, 9, 24), 5, 0),
        (date(2025, 9, 27), 3, 0),
        (date(2025, 9, 30), 0, 0),
        (date(2025, 10, 1), -1, 1),
        (date(2025, 10, 9), -1, 1),
        (date(2025, 10, 10), -2, 2),
    ):
        terms = Terms(today=today)
        assert (deadlines.days_left(case, terms).value, deadlines.days_late(case, terms)) == (left, late), today
        assert deadlines.overdue(Case.objects.all(), terms).exists() == bool(late)


def test_the_filter_and_the_rows_agree_for_every_state_and_day(case_on, people):
    situations = ("draft", "submitted", "assigned", "returned", "accepted", "draft_again", "contacted", "outside")
    for number, situation in enumerate(situations):
        for back in (0, 9, 21):
            day = DAY - timedelta(days=back)
            case_on(situation, day, f"示例{number}", retired_on=day - timedelta(days=number))
    with clock.at(moment(date(2025, 9, 1))):
        set_value("answer_days", date(2025, 9, 10), 3, source="示例文件", actor=people["sysadmin"])
        set_value("submit_days", date(2025, 9, 12), 5, source="示例文件", actor=people["sysadmin"])
        set_day(date(2025, 9, 26), False, "示例放假", actor=people["sysadmin"])
    seen = set()
    for ahead in range(0, 70, 3):
        terms = Terms(today=date(2025, 9, 3) + timedelta(days=ahead))
        late = set(deadlines.overdue(Case.objects.all(), terms).values_list("pk", flat=True))
        one_by_one = {case.pk for case in Case.objects.select_related("retiree") if deadlines.days_late(case, terms)}
        assert late == one_by_one, terms.today
        seen.add(len(late))
    assert len(seen) > 5


def test_the_value_counts_that_held_when_the_term_began(case_on, people):
    before, after = case_on("assigned", date(2025, 9, 8)), case_on("assigned", date(2025, 9, 10), "白示例")
    set_value("answer_days", date(2025, 9, 10), 3, source="示例文件", actor=people["sysadmin"])
    assert deadlines.due(before).day == date(2025, 9, 22)
    assert deadlines.due(after).day == date(2025, 9, 15)
    assert [parameter("answer_days", day) for day in (date(2025, 9, 9), date(2025, 9, 10))] == [10, 3]
    assert parameter("contact_days") == 20


def test_a_year_without_a_published_calendar_is_said(case_on):
    found = deadlines.due(case_on("assigned", date(2090, 12, 25)))
    assert "2091 年节假日安排尚未公布" in found.note
    assert "估算" in found.note


def test_a_list_reads_the_terms_once(case_on, people, django_assert_num_queries):
    for number in range(5):
        case_on("submitted", name=f"示例{number}")
    cases = list(Case.objects.select_related("retiree"))
    with django_assert_num_queries(2):
        for case in cases:
            deadlines.days_late(case, deadlines.terms_for(people["watchdog"]))


def test_working_days_since(db):
    with clock.at(moment(date(2025, 10, 9))):
        assert working_days_since(moment(date(2025, 9, 30))) == 1
        assert working_days_since(date(2025, 10, 10)) == 0
