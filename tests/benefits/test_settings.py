"""The tapering plan of an enterprise and the city's life expectancy: who sets them, and within which bounds."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from audit.operations import operation
from benefits.models import LifeExpectancy, TaperingPlan
from benefits.services import expectancy, plans
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
PLAN = {
    "first_day": date(2021, 1, 1),
    "years": 3,
    "percents": [Decimal(75), Decimal(50), Decimal(25)],
    "document": "示例过渡〔2021〕1号",
}
VALUE = {"since": date(2026, 1, 1), "years": Decimal("81.20"), "year": 2025, "source": "示例统计公报"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"years": 4, "percents": [Decimal(40)] * 4}, "过渡期原则上不超过3年.*二\\(六\\)"),
        ({"years": 0, "percents": []}, "过渡期原则上不超过3年"),
        ({"percents": [Decimal(50), Decimal(75), Decimal(25)]}, "逐步减少新办理退休人员.*只降不升"),
        ({"percents": [Decimal(101), Decimal(75), Decimal(25)]}, "只降不升"),
        ({"percents": [Decimal(75), Decimal(50), Decimal(-1)]}, "只降不升"),
        ({"percents": [Decimal(75)]}, "没有填齐"),
        ({"document": " "}, "方案文号"),
        ({"first_day": date(2020, 3, 29)}, "早于文件印发日"),
    ],
)
def test_a_plan_keeps_to_the_clause(changed, words, town, people):
    with pytest.raises(Refused, match=words):
        plans.set_plan(town.mill, **PLAN | changed, actor=people["mill_hr"])
    assert not TaperingPlan.objects.exists()


def test_a_plan_is_the_enterprises_own_and_only_of_the_citys_enterprises(town, people, set_place):
    for who in ("port_hr", "watchdog", "sysadmin", "dyeworks_hr"):
        with pytest.raises(Refused, match="选择本企业"):
            plans.set_plan(town.mill, **PLAN, actor=people[who])
    set_place(town.mill, level="province")
    with pytest.raises(Refused, match="不是市属企业"):
        plans.set_plan(town.mill, **PLAN, actor=people["mill_hr"])


def test_a_second_plan_replaces_the_first(town, people, planned):
    again = plans.set_plan(
        town.mill, **PLAN | {"years": 1, "percents": [Decimal(60)], "document": "示例2号"}, actor=people["mill_hr"]
    )
    assert again.pk == planned.pk
    assert TaperingPlan.objects.get().percents == (Decimal(60),)
    assert TaperingPlan.history.count() == 2


@pytest.mark.parametrize("facts", [{"years": 4}, {"second_percent": 80}, {"first_percent": 101}, {"third_percent": -1}])
def test_the_database_keeps_to_the_clause_too(facts, planned, people):
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["mill_hr"]) as act:
        act.change(TaperingPlan, [planned.pk], **facts)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"source": " "}, "来源"),
        ({"years": Decimal(49)}, "50 岁至 110 岁"),
        ({"years": Decimal("81.205")}, "最多两位小数"),
        ({"year": 2999}, "统计年份"),
    ],
)
def test_a_life_expectancy_is_a_published_number(changed, words, people):
    with pytest.raises(Refused, match=words):
        expectancy.set_expectancy(**VALUE | changed, actor=people["sysadmin"])


def test_only_the_system_administrator_sets_it_and_there_is_none_before(people):
    assert expectancy.expectancy_on() is None
    for who in set(people) - {"sysadmin"}:
        with pytest.raises(Refused, match="系统管理员"):
            expectancy.set_expectancy(**VALUE, actor=people[who])
    expectancy.set_expectancy(**VALUE, actor=people["sysadmin"])
    expectancy.set_expectancy(**VALUE | {"years": Decimal("81.30")}, actor=people["sysadmin"])
    assert LifeExpectancy.objects.get().years == Decimal("81.30")
    assert expectancy.expectancy_on(date(2025, 12, 31)) is None
    assert expectancy.expectancy_on(date(2026, 1, 1)).years == Decimal("81.30")
