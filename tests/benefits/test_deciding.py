"""Where the inputs of the table come from, and what a decision keeps of them."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.values import set_value
from audit.operations import operation
from benefits import facts as sources
from benefits.decision import BY_NUMBER, Facts, Outcome
from benefits.models import OutOfPoolItem, Treatment
from benefits.services import deciding, items, plans
from retirees import codes
from tracks.advancing import NOT_YOURS, UNSEEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def choose(people):
    def act(code, value):
        set_value(code, date(2020, 1, 1), value, source="示例批复〔2026〕9号", actor=people["sysadmin"])

    return act


def facts(item):
    return sources.facts_of([item.pk])[item.pk]


def test_an_ordinary_retiree_of_the_stock(item_of):
    assert facts(item_of()) == Facts(
        change="none",
        raise_approved=False,
        vulnerable=False,
        annuity=False,
        cohort="existing",
        met_old_rules=True,
        lump_agreed=False,
        city_owned=True,
    )


@pytest.mark.parametrize("group", list(codes.SPECIAL_GROUPS))
def test_who_is_vulnerable_widely_and_narrowly(group, item_of, choose):
    item = item_of(special_groups=[group])
    wide = {"work_injury", "occupational_disease", "disabled", "serious_illness", "hardship", "minimum_living"}
    assert facts(item).vulnerable == (group in wide)
    choose("vulnerable_widely", 0)
    assert facts(item).vulnerable == (group in {"work_injury", "occupational_disease"})


def test_a_degree_of_injury_makes_vulnerable_and_is_not_copied(item_of, decided):
    one = decided(item_of(injury_grade="示例七级"))
    assert (one.rule, one.grounds["vulnerable"]) == (3, ["injury_grade"])
    assert "示例七级" not in str((one.facts, one.grounds, one.choices))


def test_the_annuity_is_the_enterprises_its_groups_or_the_persons(item_of, decided, set_place, town):
    own, below = item_of(), item_of("白示例", place=town.dyeworks)
    of_person = item_of("于示例", annuity=True)
    assert (facts(own).annuity, facts(below).annuity, facts(of_person).annuity) == (False, False, True)
    set_place(town.mill, annuity=True, annuity_filing="示例备〔2019〕3号")
    assert facts(own).annuity
    assert facts(below).annuity
    one = decided(below)
    assert (one.rule, one.outcome) == (4, Outcome.STOP)
    assert one.grounds["annuity"] == {"enterprise": "示例纺织厂", "filing": "示例备〔2019〕3号"}


@pytest.mark.parametrize(
    ("retired_on", "cohort"),
    [
        (date(2020, 12, 31), "existing"),
        (date(2021, 1, 1), "transition"),
        (date(2023, 12, 31), "transition"),
        (date(2024, 1, 1), "after"),
    ],
)
def test_the_cohort_by_the_citys_transition(retired_on, cohort, item_of):
    item_of("白示例")
    assert facts(item_of(retired_on=retired_on, since=retired_on)).cohort == cohort


def test_the_enterprises_own_plan_goes_before_the_citys_transition(item_of, planned, people, town):
    plans.set_plan(
        town.mill,
        first_day=date(2020, 7, 1),
        years=1,
        percents=[Decimal(50)],
        document="示例过渡〔2020〕1号",
        actor=people["mill_hr"],
    )
    item_of("白示例")
    for day, cohort in ((date(2020, 6, 30), "existing"), (date(2020, 7, 1), "transition"), (date(2021, 7, 1), "after")):
        assert facts(item_of(f"于{day}", place=town.dyeworks, retired_on=day, since=day)).cohort == cohort


@pytest.mark.parametrize(("start", "months", "end"), [
    (date(2021, 1, 1), 36, date(2024, 1, 1)),
    (date(2021, 12, 1), 1, date(2022, 1, 1)),
    (date(2020, 2, 29), 12, date(2021, 3, 1)),
    (date(2021, 1, 31), 1, date(2021, 3, 1)),
])  # fmt: skip
def test_a_day_some_months_later(start, months, end):
    assert sources.months_later(start, months) == end


def test_other_enterprises_follow_their_superiors(item_of, set_place, town, decided):
    item_of("白示例")
    set_place(town.mill, level="province")
    assert decided(item_of(retired_on=date(2022, 1, 31), since=date(2022, 2, 1))).rule == 10


def test_an_approved_raise_is_decided_by_the_rows_below(item_of, decided, people):
    item = items.change(item_of(), rate=Decimal(1200), raise_approval="示例批", actor=people["mill_hr"])
    one = decided(item)
    assert (one.rule, one.facts["change"], one.facts["raise_approved"]) == (6, "raise", True)


def test_a_decision_keeps_what_it_rests_on(item_of, decided, choose):
    choose("annuity_ends_existing", 0)
    one = decided(item_of(rate=Decimal("100.00"), kind="living", period="monthly"))
    assert (one.rule, one.outcome, one.state, one.yearly) == (6, "provision", "proposed", Decimal("1200.00"))
    assert Facts(**one.facts) == facts(one.item)
    assert one.choices["annuity_ends_existing"] == {"value": "0", "source": "示例批复〔2026〕9号"}
    assert one.choices["vulnerable_before_annuity"] == {"value": "1", "source": "默认值（二(六)）"}
    assert one.choices["transition_start"]["value"] == "2021-01-01"
    assert one.grounds["transition"] == {"first_day": "2021-01-01", "ends_before": "2024-01-01", "plan": ""}


def test_a_changed_fact_or_choice_decides_anew_and_nothing_else_does(item_of, decided, people, set_place, town, choose):
    item, hr = item_of(special_groups=["work_injury"]), people["mill_hr"]
    decided(item)
    assert "没有变化" in deciding.decide([item.pk], actor=hr).refused[item.pk]
    set_place(town.mill, annuity=True)
    choose("vulnerable_before_annuity", 0)
    assert deciding.decide([item.pk], actor=hr).moved == [item.pk]
    assert Treatment.objects.get().rule == 4


def test_who_may_decide(item_of, people):
    item = item_of()
    expected = {"mill_hr": None, "group": None, "watchdog": NOT_YOURS}
    for name, user in people.items():
        outcome = deciding.preview([item.pk], actor=user)
        assert outcome.refused.get(item.pk) == expected.get(name, UNSEEN), name
    assert deciding.decide([item.pk], actor=people["watchdog"]).forbidden == [item.pk]
    assert not Treatment.objects.exists()


def test_the_dead_and_those_without_a_retirement_date_are_not_decided(item_of, people):
    dead, unknown = item_of(), item_of("白示例")
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(type(dead.retiree), [dead.retiree_id], survival="deceased")
        act.change(type(dead.retiree), [unknown.retiree_id], retired_on=None)
    refused = deciding.decide([dead.pk, unknown.pk], actor=people["mill_hr"]).refused
    assert "已去世" in refused[dead.pk]
    assert "补填退休时间" in refused[unknown.pk]


def test_the_items_of_an_enterprise_and_what_the_rules_make_of_them(item_of, people, town, decided, take):
    one, two = item_of(), item_of("白示例", place=town.dyeworks, met_old_rules=False)
    done = item_of("于示例")
    take(decided(done), "confirm")
    hr = people["mill_hr"]
    assert deciding.ids_of_enterprise(town.mill, hr) == sorted([one.pk, two.pk])
    assert deciding.ids_of_enterprise(town.dyeworks, hr) == [two.pk]
    assert deciding.ids_of_enterprise(town.mill, people["port_hr"]) == []
    previewed = deciding.preview([one.pk, two.pk], actor=hr)
    assert previewed.rules() == [(BY_NUMBER[5], 1), (BY_NUMBER[6], 1)]
    assert Treatment.objects.count() == 1
    assert OutOfPoolItem.objects.count() == 3
