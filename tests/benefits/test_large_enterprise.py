"""An enterprise with 2,000 retirees and 5,000 items, decided in one act (issue 4)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Operation
from audit.operations import operation
from benefits.models import OutOfPoolItem, Treatment
from benefits.services import deciding, items
from retirees.models import Retiree
from tests.benefits.conftest import STOCK

pytestmark = pytest.mark.django_db
KINDS = ("heating", "living", "medical", "festival", "price")


def people_of(enterprise, count):
    """Of every tenth the degree of an injury is known, of every fifth the item met no rule; a few retired later."""
    for n in range(count):
        late = n % 4 == 3
        yield Retiree(
            name=f"示例{n}",
            id_index=f"L{n:022}",
            enterprise=enterprise,
            born_on=date(1950, 1 + n % 12, 1 + n % 28),
            retired_on=date(2021 + n % 5, 6, 30) if late else STOCK,
            special_groups=["work_injury"] if n % 10 == 0 else [],
        )


def entries(people, count):
    """The first kinds go to all, the last one to half of the stock: 5,000 items of 2,000 people."""
    found = []
    for n, person in enumerate(people):
        late = person.retired_on != STOCK
        for kind in KINDS[: 2 if n % 2 else 3]:
            since = date(2021 + n % 5, 7, 1) if late else date(2018, 6, 1)
            found.append(
                items.Entry(
                    person.pk,
                    kind,
                    "",
                    Decimal(100 + n % 7),
                    "monthly",
                    0,
                    since,
                    met_old_rules=n % 5 != 0,
                    lump_agreed=n % 3 == 0,
                )
            )
    return found[:count]


@pytest.fixture
def bring(town, people):
    def act(persons, count):
        made = list(people_of(town.mill, persons))
        with operation("test.arrange", actor=people["mill_hr"]) as doing:
            doing.insert(made)
        return items.enter_many(entries(made, count), actor=people["mill_hr"]).added

    return act


def queries_of(work):
    with CaptureQueriesContext(connection) as found:
        result = work()
    return result, len(found)


def test_five_thousand_items_are_decided_in_one_act(bring, people, town):
    ids = bring(2000, 5000)
    assert (len(ids), OutOfPoolItem.objects.count()) == (5000, 5000)
    hr = people["mill_hr"]
    assert len(deciding.ids_of_enterprise(town.mill, hr)) == 5000
    outcome, queries = queries_of(lambda: deciding.decide(ids, actor=hr))
    assert len(outcome.moved) == 5000
    assert sum(outcome.by_rule.values()) == 5000
    assert set(outcome.by_rule) == {3, 5, 6, 7, 8, 9, 11}
    assert Operation.objects.filter(kind="treatment.decide").get().rows == 5000
    assert Treatment.objects.count() == Treatment.history.count() == 5000
    # So many cost as many as three do, but for the inserts, which go in batches; SQLite takes few values at once.
    assert queries <= (30 if connection.vendor == "postgresql" else 130)
    for one in Treatment.objects.all()[:50]:
        assert one.row.number == one.rule
        assert one.row.says


def test_the_queries_do_not_grow_with_the_rows(bring, people):
    hr = people["mill_hr"]
    ids = bring(40, 100)
    _, few = queries_of(lambda: deciding.decide(ids[:3], actor=hr))
    _, many = queries_of(lambda: deciding.decide(ids[3:], actor=hr))
    assert many <= few + 1


def test_entering_a_workbook_costs_the_same_queries_for_many(town, people):
    hr = people["mill_hr"]
    made = list(people_of(town.mill, 43))
    with operation("test.arrange", actor=hr) as act:
        act.insert(made)
    stock = [one for one in entries(made, 200) if one.since == date(2018, 6, 1)]
    _, few = queries_of(lambda: items.enter_many(stock[:3], actor=hr))
    _, many = queries_of(lambda: items.enter_many(stock[3:], actor=hr))
    assert many <= few + 1
