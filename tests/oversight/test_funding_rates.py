"""The city's rates: who sets them, what they must say, and how the past is corrected."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.operations import AlreadyDone, operation
from oversight.funding import rates
from oversight.models import FinanceLevel, ServiceRate
from tests.oversight.conftest import SHARES
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db


def put(actor, *, since=None, shares=SHARES, reason="", per_head="120", source="示例文件", key=None):
    return rates.set_rate(
        "city", since or clock.today(), Decimal(per_head), shares, source=source, actor=actor, reason=reason, key=key
    )


@pytest.mark.parametrize("who", ["watchdog", "huancui_clerk", "sysadmin", "mill_hr", "nobody"])
def test_nobody_but_the_citys_finance_bureau_sets_a_rate(people, who):
    with pytest.raises(Refused, match="由市财政部门设定"):
        put(people[who])


def test_an_areas_finance_office_does_not_set_the_citys_rates(area_finance):
    with pytest.raises(Refused, match="由市财政部门设定"):
        put(area_finance)


@pytest.mark.parametrize(
    "parts", [(50, 20, 15, 14), (50, 20, 15, 16), (110, -10, 0, 0), ("33.333", "33.333", "33.334", 0)]
)
def test_shares_that_are_not_the_whole_are_refused(people, parts):
    with pytest.raises(Refused, match="应为 100%"):
        put(people["finance"], shares=dict(zip(FinanceLevel, parts, strict=True)))


@pytest.mark.parametrize(("per_head", "source"), [("0", "示例文件"), ("120", " ")])
def test_a_rate_needs_an_amount_and_a_source(people, per_head, source):
    with pytest.raises(Refused, match="大于零并写明依据"):
        put(people["finance"], per_head=per_head, source=source)


def test_the_database_holds_the_whole_too(people):
    rate = ServiceRate(level="city", since=date(2025, 1, 1), per_head=1, source="示例")
    rate.central, rate.province, rate.city, rate.area = 5000, 2000, 1500, 1499
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test.arrange", actor=people["finance"]) as act:
        act.insert([rate])


def test_thirds_are_the_whole(people):
    put(people["finance"], shares=dict(zip(FinanceLevel, ("33.33", "33.33", "33.34", 0), strict=True)))
    assert ServiceRate.objects.get().percent(FinanceLevel.CITY) == Decimal("33.34")


def test_the_past_is_corrected_only_with_a_reason(people):
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(Refused, match="没有写明更正理由"):
        put(people["finance"], since=yesterday)
    put(people["finance"], since=yesterday, reason="示例：补录")
    assert ServiceRate.objects.get().since == yesterday


def test_a_second_rate_of_the_same_day_replaces_the_first_with_a_reason(people):
    put(people["finance"])
    with pytest.raises(Refused, match="没有写明更正理由"):
        put(people["finance"], per_head="130")
    put(people["finance"], per_head="130", reason="示例：文件更正")
    rate = ServiceRate.objects.get()
    assert rate.per_head == Decimal("130.00")
    assert list(rate.history.order_by("history_id").values_list("per_head", flat=True)) == [120, 130]
    assert rate.history.latest("history_id").operation.reason == "示例：文件更正"


def test_a_form_that_is_sent_twice_sets_once(people):
    key = new_id()
    put(people["finance"], key=key)
    with pytest.raises(AlreadyDone):
        put(people["finance"], key=key)
    assert ServiceRate.objects.count() == 1


def test_the_newest_rate_up_to_a_day_holds(people):
    first, second = date(2025, 1, 1), date(2025, 7, 1)
    for since, amount in ((second, "240"), (first, "120")):
        put(people["finance"], since=since, per_head=amount, reason="示例：补录")
    known = rates.over_time()["city"]
    assert rates.holding(known, date(2024, 12, 31)) is None
    assert rates.holding(known, date(2025, 6, 30)).per_head == 120
    assert rates.holding(known, second).per_head == 240


def test_the_page_says_what_is_missing_and_who_sets_it(client_of, people):
    url = reverse("oversight:funding_rates")
    assert "请联系市财政局设定" in client_of("watchdog").get(url).content.decode()
    client = client_of("finance")
    assert "请按文件设定标准" in client.get(url).content.decode()
    given = {"level": "city", "since": clock.today(), "per_head": "120", "source": "示例文件", "key": new_id()}
    shares = {finance.value: share for finance, share in SHARES.items()}
    refused = client.post(reverse("oversight:funding_set_rate"), {**given, **shares, "area": "10"})
    assert "合计为 95%" in refused.content.decode()
    answer = client.post(reverse("oversight:funding_set_rate"), {**given, **shares}, follow=True)
    text = answer.content.decode()
    assert "已设定标准" in text
    assert "每人每年 120.00 元" in text
    assert "市属企业" not in text.split("没有现行标准")[0].split("缺少标准")[1]
