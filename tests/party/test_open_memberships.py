"""Memberships of newly registered party members: opened and taken away set-based."""

import pytest

from audit.operations import operation
from party.models import Membership
from party.opening import open_memberships, touched, unopen_memberships
from party.services import take
from retirees.models import Retiree
from tests import cast

pytestmark = pytest.mark.django_db


def register(town, people, start, count, **facts):
    """People without any track yet."""
    facts = {"political_status": "01", **facts}
    made = [cast.person(town.mill, f"示例{start + number}", start + number, **facts) for number in range(count)]
    with operation("test.register", actor=people["mill_hr"]) as act:
        act.insert(made)
    return Retiree.objects.filter(pk__in=[one.pk for one in made])


def opened(people, rows):
    with operation("roster.import", actor=people["mill_hr"]) as act:
        return open_memberships(act, rows)


@pytest.mark.parametrize(("status", "count"), [("01", 1), ("02", 1), ("03", 0), ("13", 0), ("", 0)])
def test_only_party_members_have_a_membership(status, count, town, people):
    assert opened(people, register(town, people, 100, 1, political_status=status)) == count


def test_opening_many_costs_as_many_queries_as_opening_one(town, people, cost_of):
    one, many = register(town, people, 100, 1), register(town, people, 200, 21)
    opened(people, register(town, people, 300, 1))
    few = cost_of(lambda: opened(people, one))
    assert cost_of(lambda: opened(people, many)) == few
    rows = Membership.objects.filter(pk__in=many)
    assert {(row.state, row.office, row.enterprise) for row in rows.select_related("enterprise")} == {
        ("pending", None, town.mill)
    }
    assert len(rows) == 21


def test_opening_again_adds_nothing(town, people):
    rows = register(town, people, 100, 3)
    assert [opened(people, rows), opened(people, rows)] == [3, 0]
    assert Membership.history.count() == 3


def test_only_what_nobody_touched_is_taken_away(town, people):
    rows = register(town, people, 100, 2)
    opened(people, rows)
    moved, left = rows
    take("lose", [moved.pk], actor=people["mill_party"], reason="半年未能联系")
    assert touched([moved.pk, left.pk]) == {moved.pk}
    with operation("roster.withdraw", actor=people["mill_hr"]) as act:
        assert unopen_memberships(act, [moved.pk, left.pk]) == {moved.pk}
    assert Membership.objects.get().pk == moved.pk
