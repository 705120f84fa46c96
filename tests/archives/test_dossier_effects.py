"""What a dossier's steps do beside the state, and the facts that each side writes down."""

from datetime import date

import pytest

from archives import custody
from archives.models import Dossier
from archives.services import ENDING, checking, record, shipments, take
from archives.states import State
from audit.operations import AlreadyDone, operation
from handover.services import record_death
from tracks.advancing import follow
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "step", "who"),
    [("in_transit", "return", "archivist"), ("received", "return", "archivist")],
)
def test_whoever_gives_a_dossier_back_loses_sight_of_it(state, step, who, dossier_in, people):
    dossier = dossier_in(state)
    take(step, [dossier.pk], actor=people[who], reason_code="damaged", reason="示例理由")
    assert Dossier.objects.get(pk=dossier.pk).office is None
    assert not Dossier.objects.visible_to(people["archivist"]).exists()


def test_the_same_form_sent_twice_receives_once(dossier_in, people):
    dossier, key = dossier_in(State.IN_TRANSIT), new_id()
    take("receive", [dossier.pk], actor=people["archivist"], key=key)
    with pytest.raises(AlreadyDone):
        take("receive", [dossier.pk], actor=people["archivist"], key=key)


def test_many_dossiers_cost_as_many_queries_as_one(dossier_in, people, cost_of):
    first, one, *many = [dossier_in(State.IN_TRANSIT, f"示例{number}").pk for number in range(23)]
    archivist = people["archivist"]
    # What is read once a request (posts, reach) is read here.
    take("receive", [first], actor=archivist)
    record([first], values={"shelf": "二号库"}, actor=archivist)
    few = cost_of(lambda: take("receive", [one], actor=archivist))
    assert cost_of(lambda: take("receive", many, actor=archivist)) == few
    few = cost_of(lambda: record([one], values={"shelf": "二号库"}, actor=archivist))
    assert cost_of(lambda: record(many, values={"shelf": "二号库"}, actor=archivist)) == few


def test_facts_are_written_only_by_the_side_that_holds_the_dossier(dossier_in, people):
    mine, away = dossier_in(State.PREPARING), dossier_in(State.IN_TRANSIT, "白示例")
    outcome = record([mine.pk, away.pk], values={"pages": 120}, actor=people["mill_hr"])
    assert outcome.moved == [mine.pk]
    assert "移交途中" in outcome.refused[away.pk]
    assert Dossier.objects.get(pk=mine.pk).pages == 120
    assert Dossier.objects.get(pk=mine.pk).state_since == mine.state_since
    forbidden = record([mine.pk], values={"shelf": "一号库"}, actor=people["mill_hr"])
    assert forbidden.forbidden == [mine.pk]


def test_a_shelved_dossier_keeps_its_number_and_place(dossier_in, people):
    dossier = dossier_in(State.SHELVED)
    outcome = record([dossier.pk], values={"shelf": ""}, actor=people["archivist"])
    assert "移架" in outcome.refused[dossier.pk]
    outcome = record([dossier.pk], values={"number": ""}, actor=people["archivist"])
    assert "须有编号" in outcome.refused[dossier.pk]
    take("move", [dossier.pk], actor=people["archivist"], reason="示例：库房调整", values={"shelf": "二号库 1 架"})
    dossier.refresh_from_db()
    assert (dossier.state, dossier.shelf) == ("shelved", "二号库 1 架")


def test_the_database_refuses_a_dossier_that_an_office_sees_too_early(dossier_in, town, people):
    from django.db import IntegrityError, transaction

    dossier = dossier_in(State.PREPARING)
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["mill_hr"]) as act:
        act.change(Dossier, [dossier.pk], office=town.huancui_archive)


def test_the_dossier_of_somebody_who_died_goes_on(shipment_in, lines_of, people, town):
    shipment = shipment_in("packing", names=["安示例"])
    dossier = lines_of(shipment)[0]
    record_death(dossier.retiree, date(2026, 1, 3), actor=people["mill_hr"], reason="示例")
    assert shipments.take("send", [shipment.pk], actor=people["mill_hr"]).moved
    shipment.refresh_from_db()
    assert checking.receive_rest(shipment, actor=people["archivist"]).moved == [dossier.pk]


def test_a_dossier_ends_with_the_case_that_was_closed_wherever_it_waits(shipment_in, lines_of, dossier_in, people):
    """What the closing of a case brings about: no duty is asked here, and what is on its way or shelved stays."""
    packed = lines_of(shipment_in("packing", names=["安示例"]))[0]
    away = lines_of(shipment_in("in_transit", names=["白示例"]))[0]
    shelved, none = dossier_in(State.SHELVED, "黄示例"), dossier_in(State.NONE, "蓝示例")
    ids = [packed.pk, away.pk, shelved.pk, none.pk]
    with operation("test.close", actor=people["mill_hr"]) as act:
        assert follow(act, Dossier, "end", ids, values=ENDING) == [packed.pk]
    found = {row.pk: row for row in Dossier.objects.filter(pk__in=ids)}
    assert (found[packed.pk].state, found[packed.pk].shipment) == ("ended", None)
    assert [found[pk].state for pk in ids[1:]] == ["in_transit", "shelved", "none"]
    assert list(custody.gaps(Dossier.objects.filter(pk__in=[packed.pk, away.pk]))) == []
