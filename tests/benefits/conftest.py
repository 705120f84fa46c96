from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Enterprise
from audit.operations import operation
from benefits.models import Treatment
from benefits.services import deciding, expectancy, items, plans, settling, steps
from weihai_transfer.lib import clock

STOCK = date(2018, 5, 31)


@pytest.fixture(autouse=True)
def supervised(request):
    """The mill's competent body is the SASAC bureau."""
    if "_django_db_helper" not in request.fixturenames and "db" not in request.fixturenames:
        return
    town, people = request.getfixturevalue("town"), request.getfixturevalue("people")
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        act.change(Enterprise, [town.mill.pk], supervisor=town.sasac_bureau)


@pytest.fixture
def set_place(people):
    """set_place(enterprise, annuity=True …) as the administrators do."""

    def change(place, **facts):
        with operation("test.arrange", actor=people["sysadmin"]) as act:
            act.change(Enterprise, [place.pk], **facts)
        place.refresh_from_db()

    return change


@pytest.fixture
def lived(people):
    """The city's life expectancy is 81 years."""
    return expectancy.set_expectancy(date(2020, 1, 1), Decimal("81.00"), 2019, "示例统计公报", actor=people["sysadmin"])


@pytest.fixture
def planned(town, people):
    return plans.set_plan(
        town.mill,
        first_day=date(2021, 1, 1),
        years=3,
        percents=[Decimal(75), Decimal(50), Decimal(25)],
        document="示例过渡〔2021〕1号",
        actor=people["mill_hr"],
    )


@pytest.fixture
def given():
    """given(rate=…) → what one item says."""

    def facts(**changed):
        return {
            "kind": "heating",
            "name": "",
            "rate": Decimal("1000.00"),
            "period": "season",
            "times": 0,
            "since": date(2018, 11, 1),
            "basis": "示例厂发〔2010〕5号",
            "payer": "示例纺织厂",
            **changed,
        }

    return facts


@pytest.fixture
def item_of(town, people, make_person, given):
    """item_of(retired_on=…, rate=…, special_groups=[…]) → an item of a person of the mill."""
    of_person = ("retired_on", "special_groups", "annuity", "injury_grade", "born_on", "survival")

    def make(name="安示例", *, place=None, retiree=None, hr="mill_hr", **facts):
        person = {key: facts.pop(key) for key in of_person if key in facts}
        retiree = retiree or make_person(place or town.mill, name, **{"retired_on": STOCK, **person})
        return items.add(retiree, **given(**facts), actor=people[hr])

    return make


@pytest.fixture
def decided(people):
    """decided(item, …) → the treatments, by the table."""

    def act(*rows, hr="mill_hr"):
        outcome = deciding.decide([row.pk for row in rows], actor=people[hr])
        assert len(outcome.moved) == len(rows), outcome.refused
        found = Treatment.objects.in_bulk([row.pk for row in rows])
        return [found[row.pk] for row in rows] if len(rows) > 1 else found[rows[0].pk]

    return act


@pytest.fixture
def take(people):
    """take(treatment, "confirm", who="mill_hr") → the treatment afterwards; a refusal is an error."""

    def act(one, step, who="mill_hr", **facts):
        outcome = step_with(people, one, step, who, **facts)
        assert one.pk in outcome.moved, outcome.refused
        return Treatment.objects.get(pk=one.pk)

    return act


@pytest.fixture
def refused(people):
    """refused(treatment, "confirm", who) → the sentence."""

    def act(one, step, who="mill_hr", **facts):
        return step_with(people, one, step, who, **facts).refused[one.pk]

    return act


def step_with(people, one, step, who, **facts):
    values = {"proof": "示例凭〔2026〕1号", "proof_on": clock.today()} if step in steps.PROVED else None
    reason = "示例理由" if steps.MACHINE[step].needs_text else ""
    return steps.take(step, [one.pk], actor=people[who], **{"values": values, "reason": reason} | facts)


@pytest.fixture
def settled(people, lived):
    """settled(treatment) → the Settlement of its person."""

    def act(one, day=None):
        outcome = settling.settle([one.retiree_id], settled_on=day or clock.today(), actor=people["mill_hr"])
        assert outcome.moved, outcome.refused
        return Treatment.objects.get(pk=one.pk).settlement

    return act
