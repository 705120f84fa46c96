"""The stages of the campaign: as the policy says, until the city sets other days, with the ground for it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import campaign
from accounts.models import Stage
from weihai_transfer.lib.fields import new_id

URL = "accounts:set_stage"


def test_the_policy_holds_until_the_city_says_otherwise(db):
    assert campaign.signing_target() == date(2020, 4, 30)
    assert [one.known.label for one in campaign.stages()] == ["准备阶段", "实施阶段", "总结阶段", "常态化移交"]
    assert campaign.stage_on(date(2020, 5, 1)).known.code == "implementation"
    assert campaign.stage_on(date(2026, 5, 1)).known.code == "normal"
    assert campaign.stage_on(date(2019, 5, 1)) is None


def test_a_new_target_is_set_with_its_ground_and_told(people, client_of):
    client = client_of("sysadmin")
    given = {"first_day": "2021-01-01", "signing_by": "2027-03-31", "source": "示例会议纪要"}
    answer = client.post(reverse(URL, args=["normal"]), {**given, "key": str(new_id())})
    assert answer.status_code == 302
    assert campaign.signing_target() == date(2027, 3, 31)
    page = client.get(reverse("accounts:stages")).content.decode()
    assert "协议签订目标 2027-03-31" in page
    assert "示例会议纪要" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_day": "2020-12-31"},
        {"signing_by": "2020-12-31"},
        {"source": ""},
        {"first_day": ""},
    ],
)
def test_days_in_a_wrong_order_or_without_a_ground_are_refused(people, client_of, wrong):
    given = {"first_day": "2021-01-01", "source": "示例", "key": str(new_id()), **wrong}
    assert client_of("sysadmin").post(reverse(URL, args=["normal"]), given).status_code == 200
    assert not Stage.objects.exists()


def test_a_second_value_replaces_the_first_and_leaves_it_in_the_history(people):
    for day in (date(2026, 12, 31), date(2027, 6, 30)):
        given = {"first_day": date(2021, 1, 1), "last_day": None, "signing_by": day, "source": "示例"}
        campaign.set_stage("normal", actor=people["sysadmin"], **given)
    assert Stage.objects.count() == 1
    assert Stage.history.model.objects.count() == 2
