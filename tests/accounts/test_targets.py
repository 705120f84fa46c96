"""The targets of the stages: as the policy says, until the city sets others, with the ground for them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts import campaign
from accounts.models import Holiday, StageTarget
from accounts.stages import Measure
from audit.operations import operation
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

URL = "accounts:set_target"


def standing(day):
    return {one.measure.value: (one.percent, one.due_on, one.days) for one in campaign.targets_on(day)}


def test_the_policy_sets_two_targets(db):
    assert standing(date(2020, 4, 20)) == {
        "signed": (100, date(2020, 4, 30), 10),
        "transferred": (100, date(2020, 12, 31), 255),
    }


def test_a_target_that_is_over_says_for_how_long(db):
    assert standing(date(2021, 1, 5))["transferred"] == (100, date(2020, 12, 31), -5)


def test_days_left_are_told_in_working_days_too_with_the_holidays_of_the_city(people):
    (signed, _) = campaign.targets_on(date(2020, 4, 24))
    # 24 April 2020 was a Friday; the Sunday after it was worked.
    assert (signed.days, signed.working_days.value, signed.working_days.note) == (6, 5, "")
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        act.insert([Holiday(day=date(2020, 4, 28), working=False, note="示例")])
    assert campaign.targets_on(date(2020, 4, 24))[0].working_days.value == 4


def test_a_year_without_a_calendar_is_said(people):
    campaign.set_target(
        "normal", "dossiers", percent=Decimal(90), due_on=date(2031, 1, 31), source="示例", actor=people["sysadmin"]
    )
    found = {one.measure: one for one in campaign.targets_on(date(2026, 12, 1))}
    assert "2031" in found[Measure.DOSSIERS].working_days.note


def test_the_next_day_counts_and_then_the_last(people):
    actor = people["sysadmin"]
    for code, percent, day in (("implementation", 60, date(2026, 6, 30)), ("normal", 95, date(2026, 12, 31))):
        campaign.set_target(code, "transferred", percent=Decimal(percent), due_on=day, source="示例", actor=actor)
    assert standing(date(2026, 6, 30))["transferred"] == (60, date(2026, 6, 30), 0)
    assert standing(date(2026, 7, 1))["transferred"] == (95, date(2026, 12, 31), 183)
    assert standing(date(2027, 1, 1))["transferred"] == (95, date(2026, 12, 31), -1)


def test_the_day_of_signing_stands_in_one_place(people):
    actor = people["sysadmin"]
    campaign.set_stage(
        "normal",
        first_day=date(2021, 1, 1),
        last_day=None,
        signing_by=date(2027, 3, 31),
        source="示例纪要",
        actor=actor,
    )
    assert standing(date(2026, 5, 1))["signed"] == (100, date(2027, 3, 31), 334)
    campaign.set_target("normal", "signed", percent=Decimal("97.5"), source="示例目标", actor=actor)
    assert standing(date(2026, 5, 1))["signed"] == (Decimal("97.5"), date(2027, 3, 31), 334)
    assert campaign.signing_target() == date(2027, 3, 31)


def test_a_stage_may_be_set_without_a_target(people):
    campaign.set_target("summary", "transferred", percent=None, source="示例", actor=people["sysadmin"])
    assert "transferred" not in standing(date(2020, 5, 1))


@pytest.mark.parametrize(("percent", "day"), [(0, date(2026, 1, 1)), (101, date(2026, 1, 1)), (90, None)])
def test_what_is_no_target_is_refused(people, percent, day):
    with pytest.raises(Refused):
        campaign.set_target(
            "normal", "dossiers", percent=Decimal(percent), due_on=day, source="示例", actor=people["sysadmin"]
        )
    assert not StageTarget.objects.exists()


def test_the_page_sets_a_target_and_tells_who_and_why(people, client_of):
    client = client_of("sysadmin")
    given = {"percent": "92.5", "due_on": "2027-06-30", "source": "示例会议纪要"}
    for key in (str(new_id()), str(new_id())):
        answer = client.post(reverse(URL, args=["normal", "transferred"]), given | {"key": key})
        assert answer.status_code == 302
    page = client.get(reverse("accounts:stages")).content.decode()
    for words in ("92.5%", "2027-06-30", "示例会议纪要", "设定阶段目标：常态化移交 移交率：92.5%，2027-06-30 前"):
        assert words in page
    assert StageTarget.objects.count() == 1
    assert StageTarget.history.model.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"percent": "0"}, {"percent": "100.5"}, {"percent": ""}, {"due_on": ""}, {"due_on": "2020-12-31"}, {"source": ""}],
)
def test_a_form_that_does_not_fit_comes_back_filled(people, client_of, wrong):
    given = {"percent": "90", "due_on": "2027-06-30", "source": "示例", "key": str(new_id())} | wrong
    answer = client_of("sysadmin").post(reverse(URL, args=["normal", "transferred"]), given)
    assert answer.status_code == 200
    assert not StageTarget.objects.exists()


def test_a_stage_or_a_measure_that_is_none_does_not_exist(people, client_of):
    for code, measure in (("none", "signed"), ("normal", "none")):
        assert client_of("sysadmin").get(reverse(URL, args=[code, measure])).status_code == 404
