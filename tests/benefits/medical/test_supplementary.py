"""Supplementary insurance and mutual aid stay with their channel, and their level does not fall (二(五))."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.operations import AlreadyDone, operation
from benefits.models import SupplementaryLevel, SupplementaryPaper, SupplementaryPlan
from benefits.services import supplementary
from tests.benefits.medical.conftest import scan
from tracks import papers
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
LATER = date(2024, 1, 1)
DECISION = {"decided_by": "示例主管部门", "decision_number": "示例〔2023〕9号", "decided_on": date(2023, 12, 1)}


@pytest.fixture
def record(supplementary_plan, people):
    def act(
        amount, percent, *, since=LATER, who="mill_hr", decision=None, upload=None, document="示例文件2号", **given
    ):
        level = {
            "amount": None if amount is None else Decimal(amount),
            "percent": None if percent is None else Decimal(percent),
            "document": document,
        }
        about = {"decision": decision, "upload": upload, **given}
        return supplementary.record_level(supplementary_plan, since=since, level=level, actor=people[who], **about)

    return act


@pytest.mark.parametrize(
    ("amount", "percent", "measures"),
    [
        ("1199.99", "80", "每人每年金额低于"),
        ("1200", "79.99", "报销比例低于"),
        ("1000", "70", "每人每年金额、报销比例低于"),
        # One measure may not be paid for with the other, and none is given up.
        ("5000", "79", "报销比例低于"),
        (None, "100", "每人每年金额低于"),
        ("5000", None, "报销比例低于"),
    ],
)
def test_a_level_that_falls_is_refused_with_the_clause(amount, percent, measures, record):
    with pytest.raises(Refused, match="确保待遇水平不降低") as refusal:
        record(amount, percent)
    assert measures in str(refusal.value)
    assert "每人每年 1,200.00 元，报销比例 80%" in str(refusal.value)
    assert SupplementaryLevel.objects.count() == 1


@pytest.mark.parametrize(("amount", "percent"), [("1200", "80"), ("1200.01", "80"), ("1200", "100"), ("1500", "85.5")])
def test_a_level_that_stays_or_rises_needs_no_decision(amount, percent, record):
    record(amount, percent)
    assert SupplementaryLevel.objects.count() == 2


def test_it_is_measured_against_the_newest_level_and_not_the_first(record):
    record("1500", "80")
    with pytest.raises(Refused, match="1,500.00 元"):
        record("1400", "80", since=date(2025, 1, 1))


@pytest.mark.parametrize("missing", [*DECISION, "scan"])
def test_half_a_decision_is_no_decision(missing, record):
    decision = {**DECISION, missing: ""} if missing != "scan" else DECISION
    with pytest.raises(Refused, match="须一并填写"):
        record("1000", "80", decision=decision, upload=None if missing == "scan" else scan())
    assert SupplementaryPaper.objects.count() == 0


def test_a_decision_with_its_paper_lets_the_level_fall(record):
    level = record("1000", "80", decision=DECISION, upload=scan())
    assert (level.decided_by, level.decision_number) == ("示例主管部门", "示例〔2023〕9号")
    paper = SupplementaryPaper.objects.get()
    assert (paper.kind, paper.filename) == ("decision", "示例决定.pdf")
    assert papers.read(paper).startswith(b"%PDF-1.4")


def test_a_decision_of_tomorrow_is_none(record):
    with pytest.raises(Refused, match="晚于今天"):
        record(
            "1000",
            "80",
            decision={**DECISION, "decided_on": clock.today() + timedelta(days=1)},
            upload=scan(),
        )


def test_what_is_refused_leaves_no_file_behind(record, settings):
    with pytest.raises(Refused, match="晚于上一次"):
        record("1000", "80", since=date(2019, 1, 1) + timedelta(days=365), decision=DECISION, upload=scan())
    assert list(settings.UPLOADS.glob("**/*.sealed")) == []
    with pytest.raises(Refused, match="PDF"):
        record("1000", "80", decision=DECISION, upload=scan("示例.exe"))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"amount": None, "percent": None}, "至少填写一项"),
        ({"amount": "0", "percent": "80"}, "大于零"),
        ({"amount": "1200", "percent": "101"}, "不超过 100%"),
        ({"amount": "1200", "percent": "80", "document": " "}, "依据文件"),
        ({"amount": "1200", "percent": "80", "since": date(2020, 1, 1)}, "晚于上一次"),
        ({"amount": "1200", "percent": "80", "since": date(2019, 1, 1)}, "早于实行日期"),
    ],
)
def test_a_level_must_say_something_true(given, words, record):
    with pytest.raises(Refused, match=words):
        record(**given)


def test_nobody_else_records_a_level(record):
    for who in ("port_hr", "watchdog", "dyeworks_hr", "zhudao_clerk", "medical", "nobody"):
        with pytest.raises(PermissionDenied):
            record("1300", "80", who=who)
    assert record("1300", "80", who="group")


def test_the_same_click_twice_records_once(record):
    key = new_id()
    record("1300", "80", key=key)
    with pytest.raises(AlreadyDone):
        record("1300", "80", key=key)


def test_the_level_of_a_day_is_the_newest_up_to_it(record, supplementary_plan):
    record("1500", "80")
    levels = list(supplementary_plan.levels.all())
    found = [supplementary.current(levels, day).amount for day in (date(2019, 1, 1), date(2023, 12, 31), LATER)]
    assert found == [Decimal(1200), Decimal(1200), Decimal(1500)]
    assert supplementary.current([], LATER) is None


def test_a_plan_is_recorded_for_ones_own_enterprise_and_once(supplementary_plan, town, people):
    about = {
        "kind": "supplementary",
        "name": "示例补充医疗",
        "since": date(2021, 1, 1),
        "level": {"amount": Decimal(1), "percent": None, "document": "示例"},
    }
    with pytest.raises(Refused, match="选择本企业"):
        supplementary.open_plan(town.port, actor=people["mill_hr"], **about)
    with pytest.raises(Refused, match="同名的补充医疗保险"):
        supplementary.open_plan(town.mill, actor=people["mill_hr"], **about)
    assert supplementary.open_plan(town.mill, actor=people["mill_hr"], **{**about, "kind": "mutual"})


def test_a_plan_is_the_enterprises_and_the_citys(supplementary_plan, people):
    seeing = {name for name, user in people.items() if SupplementaryPlan.objects.visible_to(user).exists()}
    assert seeing == {"mill_hr", "group", "watchdog"}


@pytest.mark.parametrize(
    "facts",
    [{"amount": None, "percent": None}, {"percent": Decimal(101)}, {"amount": Decimal(0)}, {"decided_by": "示例"}],
)
def test_the_database_refuses_half_a_level(facts, supplementary_plan, people):
    level = supplementary_plan.levels.get()
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["mill_hr"]) as act:
        act.change(SupplementaryLevel, [level.pk], **facts)
