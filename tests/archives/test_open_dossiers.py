"""Dossiers of newly registered people: opened and taken away set-based."""

import pytest

from archives.models import Dossier
from archives.opening import open_dossiers, touched, unopen_dossiers
from archives.services import record, take
from audit.operations import operation
from retirees.models import Retiree
from tests import cast

pytestmark = pytest.mark.django_db


def register(town, people, start, count, **facts):
    """People without any track yet."""
    made = [cast.person(town.mill, f"示例{start + number}", start + number, **facts) for number in range(count)]
    with operation("test.register", actor=people["mill_hr"]) as act:
        act.insert(made)
    return Retiree.objects.filter(pk__in=[one.pk for one in made])


def opened(people, rows):
    with operation("roster.import", actor=people["mill_hr"]) as act:
        return open_dossiers(act, rows)


def test_a_dossier_takes_over_what_the_roster_says(town, people):
    rows = register(town, people, 100, 1, dossier_volumes=3, dossier_place="示例库房", dossier_number="示例-7")
    assert opened(people, rows) == 1
    dossier = Dossier.objects.get(pk=rows.get().pk)
    told = dossier.state, dossier.volumes, dossier.place, dossier.number, dossier.office, dossier.enterprise
    assert told == ("preparing", 3, "示例库房", "示例-7", None, town.mill)
    assert dossier.history.get().operation.kind == "roster.import"


def test_whoever_has_no_dossier_is_settled_at_once(town, people):
    rows = register(town, people, 100, 1, has_dossier=False)
    opened(people, rows)
    assert Dossier.objects.get(pk=rows.get().pk).state == "none"


def test_opening_many_costs_as_many_queries_as_opening_one(town, people, cost_of):
    one, many = register(town, people, 100, 1), register(town, people, 200, 21)
    few = cost_of(lambda: opened(people, one))
    assert cost_of(lambda: opened(people, many)) == few
    assert Dossier.objects.filter(pk__in=many).count() == 21


def test_opening_again_adds_nothing(town, people):
    rows = register(town, people, 100, 3)
    assert opened(people, rows) == 3
    assert opened(people, rows) == 0
    assert Dossier.history.filter(retiree__in=rows).count() == 3


def test_one_operation_may_open_in_several_portions(town, people):
    first, second = register(town, people, 100, 2), register(town, people, 200, 3)
    with operation("roster.import", actor=people["mill_hr"]) as act:
        assert [open_dossiers(act, first), open_dossiers(act, first | second)] == [2, 3]
    assert Dossier.history.count() == 5


def test_only_what_nobody_touched_is_taken_away(town, people):
    rows = register(town, people, 100, 3, dossier_volumes=1)
    opened(people, rows)
    moved, written, left = rows.order_by("pk")
    take("ready", [moved.pk], actor=people["mill_hr"])
    record([written.pk], values={"pages": 10}, actor=people["mill_hr"])
    ids = [moved.pk, written.pk, left.pk]
    assert touched(ids) == {moved.pk, written.pk}
    with operation("roster.withdraw", actor=people["mill_hr"]) as act:
        assert unopen_dossiers(act, ids) == {moved.pk, written.pk}
    assert set(Dossier.objects.values_list("pk", flat=True)) == {moved.pk, written.pk}
    assert Dossier.history.filter(retiree=left, history_type="-").count() == 1
