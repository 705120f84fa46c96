"""Where a dossier is sent: the archive institution of the receiving area, unless another is named."""

import pytest

from archives.models import Dossier
from archives.services import preview, record, take
from archives.states import State
from audit.operations import AlreadyDone, operation
from handover.services import take as take_case
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db


def test_a_dossier_goes_to_the_archive_of_the_receiving_area(dossier_in, town, people):
    here, there = dossier_in(State.READY), dossier_in(State.READY, "白示例")
    take_case("submit", [here.pk], actor=people["mill_hr"], targets=town.huancui)
    take_case("submit", [there.pk], actor=people["mill_hr"], targets=town.gaoqu)
    assert set(preview("send", [here.pk, there.pk], actor=people["mill_hr"]).moved) == {here.pk, there.pk}
    take("send", [here.pk, there.pk], actor=people["mill_hr"])
    assert Dossier.objects.get(pk=here.pk).office == town.huancui_archive
    assert Dossier.objects.get(pk=there.pk).office == town.gaoqu_archive


def test_without_a_receiving_area_a_dossier_stays_and_says_why(dossier_in, people):
    dossier = dossier_in(State.READY)
    outcome = take("send", [dossier.pk], actor=people["mill_hr"])
    assert "接收区市未定" in outcome.refused[dossier.pk]
    assert Dossier.objects.get(pk=dossier.pk).state == State.READY


def test_a_stranger_is_not_told_that_the_area_is_missing(dossier_in, people):
    dossier = dossier_in(State.READY)
    assert "查找不到" in take("send", [dossier.pk], actor=people["port_hr"]).refused[dossier.pk]


def test_a_dossier_goes_to_no_office_but_an_archive(dossier_in, town, people):
    dossier = dossier_in(State.READY)
    with pytest.raises(Refused, match="不是在用的档案管理机构"):
        take("send", [dossier.pk], actor=people["mill_hr"], targets=town.zhudao)


@pytest.mark.parametrize(
    ("state", "step", "who"),
    [("in_transit", "recall", "mill_hr"), ("in_transit", "return", "archivist"), ("received", "return", "archivist")],
)
def test_whoever_gives_a_dossier_back_loses_sight_of_it(state, step, who, dossier_in, people):
    dossier = dossier_in(state)
    take(step, [dossier.pk], actor=people[who], reason_code="damaged" if step == "return" else "", reason="示例理由")
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
    assert "须有编号和架位" in outcome.refused[dossier.pk]


def test_the_database_refuses_a_dossier_that_an_office_sees_too_early(dossier_in, town, people):
    from django.db import IntegrityError, transaction

    dossier = dossier_in(State.PREPARING)
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["mill_hr"]) as act:
        act.change(Dossier, [dossier.pk], office=town.huancui_archive)
