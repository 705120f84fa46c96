"""Parameters by day, and the days that differ from the published calendar."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts import values
from accounts.models import Holiday, Parameter
from accounts.parameters import KNOWN
from audit.history import history_of
from weihai_transfer.lib.refusals import Refused


def test_without_a_row_the_default_holds(people):
    assert values.values_on() == {code: known.default for code, known in KNOWN.items()}
    assert values.value_on("answer_days") == 10


def test_a_value_holds_from_its_day_on_and_not_before(people):
    today = timezone.localdate()
    values.set_value("answer_days", today, 7, source="示例文", actor=people["sysadmin"])
    values.set_value("answer_days", today + timedelta(days=5), 3, source="示例文", actor=people["sysadmin"])
    days = [today + timedelta(days=number) for number in (-1, 0, 4, 5)]
    assert [values.value_on("answer_days", day) for day in days] == [10, 7, 7, 3]
    assert [values.values_on(day)["answer_days"] for day in days] == [10, 7, 7, 3]


def test_a_second_value_for_the_same_day_replaces_the_first_and_both_are_kept(people):
    for value in (7, 8):
        values.set_value("answer_days", date(2026, 1, 1), value, source="示例文", actor=people["sysadmin"])
    assert Parameter.objects.get().value == "8"
    assert list(history_of(Parameter).objects.order_by("history_id").values_list("value", flat=True)) == ["7", "8"]


def test_a_day_is_set_and_dropped(people):
    day = date(2026, 3, 9)
    values.set_day(day, False, "示例放假", actor=people["sysadmin"])
    values.drop_day(day, actor=people["sysadmin"], reason="撤销")
    assert not Holiday.objects.exists()
    with pytest.raises(Refused, match="没有重复办理"):
        values.drop_day(day, actor=people["sysadmin"], reason="撤销")


@pytest.mark.parametrize("bad", ["0", "-1", "3651", "ten", ""])
def test_a_value_out_of_reason_is_refused_by_the_page(client_of, bad):
    data = {"key": "01a2080c-e5bf-77af-abec-7e77f648ba9a", "value": bad, "since": "2026-01-01", "source": "示例文"}
    assert client_of("sysadmin").post("/parameters/answer_days/", data).status_code == 200
    assert not Parameter.objects.exists()


def test_a_day_that_is_published_so_needs_no_change(client_of):
    data = {"key": "01a2080c-e5bf-77af-abec-7e77f648ba9a", "day": "2026-01-01", "working": "0", "note": "元旦"}
    page = client_of("sysadmin").post("/holidays/", data).content.decode()
    assert "不需要调整" in page
    assert not Holiday.objects.exists()


def test_a_day_is_a_parameter_too(client_of, people):
    assert values.value_on("transition_start") == date(2021, 1, 1)
    key = "01a2080c-e5bf-77af-abec-7e77f648ba9a"
    data = {"key": key, "value": "36", "since": "2026-01-01", "source": "示例文"}
    assert client_of("sysadmin").post("/parameters/transition_start/", data).status_code == 200
    data["value"] = "2020-03-30"
    assert client_of("sysadmin").post("/parameters/transition_start/", data).status_code == 302
    assert values.value_on("transition_start", date(2026, 6, 1)) == date(2020, 3, 30)
    assert "2020-03-30" in client_of("sysadmin").get("/parameters/").content.decode()


def test_a_value_says_on_what_ground_it_stands(people):
    assert "二(六)" in values.source_on("lump_floor_months")
    values.set_value("lump_floor_months", date(2026, 1, 1), 12, source="示例文", actor=people["sysadmin"])
    assert values.source_on("lump_floor_months", date(2026, 2, 1)) == "示例文"
