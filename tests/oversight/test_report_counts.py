"""The numbers of a report are those of the lists: the snapshot equals a count person by person, and own scope stays own."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import SecurityEvent
from handover.models import Case
from handover.states.cases import RECEIVED
from oversight.models import Bulletin
from oversight.reports import bulletins, figures, snapshot
from oversight.reports.columns import shown_rate
from weihai_transfer.lib import clock

WORKBOOK = "oversight:report_workbook"
MARCH, APRIL = date(2026, 3, 10), date(2026, 4, 10)


@pytest.fixture
def somebody(accepted, make_person, town):
    """Two accepted in March, one in April, and a draft of today."""
    accepted("示例甲", MARCH)
    accepted("示例乙", MARCH, enterprise="port", street="yiyuan")
    accepted("示例丙", APRIL, enterprise="dyeworks")
    make_person(town.mill, "示例丁", retired_on=date(2024, 5, 31))


def rows_of(answer, name):
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [row for row in book[name].iter_rows(min_row=5, values_only=True) if row[1]]


@pytest.mark.parametrize(
    "query", [{"day": "2999-01-01"}, {"day": "示例"}, {"day": "2026-04-30", "since": "2026-05-01"}, {"since": "x"}]
)
def test_a_day_that_is_none_is_not_found(query, client_of):
    assert client_of("watchdog").get(reverse(WORKBOOK), query).status_code == 404


@pytest.mark.parametrize(
    "who", ["zhudao_clerk", "community_clerk", "archivist", "mill_party", "finance", "auditor", "nobody"]
)
def test_who_reports_nothing_has_no_workbook(who, client_of):
    assert client_of(who).get(reverse(WORKBOOK)).status_code == 403


def test_the_snapshot_is_a_count_person_by_person(somebody, people):
    numbers = figures.read(people["watchdog"], clock.today())
    cases = list(Case.objects.visible_to(people["watchdog"]).select_related("area", "enterprise"))
    for cut, key in (("areas", "area_id"), ("enterprises", "enterprise_id")):
        for line in getattr(numbers, cut).lines:
            mine = [one for one in cases if str(getattr(one, key) or "") == line.key]
            assert line.count("due") == len(mine)
            assert line.count("accepted") == sum(one.state in RECEIVED for one in mine)
    assert numbers.total.count("due") == numbers.enterprises.total.count("due") == len(cases) == 4


def test_a_day_of_the_past_and_its_period_are_told_as_they_were(somebody, people):
    numbers = figures.read(people["watchdog"], date(2026, 4, 30), date(2026, 4, 1), months=3)
    assert (numbers.total.count("accepted"), numbers.total.change("accepted")) == (3, 1)
    assert numbers.trend == ((date(2026, 2, 28), 0), (date(2026, 3, 31), 2), (date(2026, 4, 30), 3))
    assert f"{shown_rate(numbers.total.rate('accepted'))}" == "100.0"


def test_the_workbook_is_in_ones_own_scope_and_leaves_an_event(somebody, client_of, people):
    rows = {}
    for who in ("watchdog", "mill_hr", "huancui_clerk"):
        answer = client_of(who).get(reverse(WORKBOOK), {"day": str(clock.today()), "since": "2026-04-01"})
        rows[who] = rows_of(answer, "按企业（累计）")
        event = SecurityEvent.objects.get(kind="download", actor=people[who])
        assert event.field == f"进展情况统计表，截至 {clock.today()}，本期自 2026-04-01"
    assert [row[1] for row in rows["watchdog"]] == ["示例纺织厂", "示例纺织厂印染分厂", "示例港务公司", "合计"]
    assert [row[1] for row in rows["mill_hr"]] == ["示例纺织厂", "示例纺织厂印染分厂", "合计"]
    # Accepted by 环翠区: one of the mill, one of its branch; the draft is nobody's yet.
    assert [(row[1], row[3]) for row in rows["huancui_clerk"]][-1] == ("合计", 2)


def test_the_bulletin_of_the_month_says_the_counts_of_its_lists(somebody, client_of):
    client = client_of("watchdog")
    page = client.get(reverse("oversight:bulletins"))
    client.post(reverse("oversight:bulletin_draft"), {"month": page.context["month"], "key": str(page.context["key"])})
    row = Bulletin.objects.get()
    numbers = snapshot.of(row)
    assert bulletins.strays(row) == []
    for figure in ("due", "accepted", "returned"):
        listed = client.get(reverse("handover:people"), {"figure": figure}).context["list"].count
        assert numbers.total.count(figure) == listed
    for line in numbers.enterprises.lines:
        listed = client.get(reverse("handover:people"), {"figure": "accepted", "enterprise": line.key}).context["list"]
        assert line.count("accepted") == listed.count
