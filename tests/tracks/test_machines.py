"""What holds of every kind of track, whatever its states are; and the small parts of the mechanism."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Q

from handover.models import Case
from tests.conftest import refuse_to_write
from tracks.machine import Blocker, Machine, Side, Step
from tracks.models import Track
from weihai_transfer.lib.among import among

# A proxy looks at the same rows; the law stands with the model that keeps them.
MODELS = [model for model in apps.get_models() if issubclass(model, Track) and not model._meta.proxy]


def test_the_tracks_are_known():
    assert {model.__name__ for model in MODELS} >= {"Case", "DeathNotice", "Dossier", "Membership"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
class TestEachTrack:
    def test_every_state_is_reached_from_a_first_one(self, model):
        machine = model.machine
        reached = {model._meta.get_field("state").default}
        if models.NOT_PROVIDED in reached:
            reached = {state for state in machine.states if not any(step.target == state for step in machine.steps)}
        while more := {step.target for step in machine.steps if reached & set(step.sources)} - reached:
            reached |= more
        # An import may say of a person that there is no dossier: that state is entered at birth as well.
        assert reached == set(machine.states)

    def test_an_open_state_has_sides_and_a_step_that_leaves_it(self, model):
        for state, side in model.machine.sides.items():
            leaving = [step for step in model.machine.steps_from(state) if step.target != state]
            assert side is None or leaving, state

    def test_the_columns_hold_every_state_and_step(self, model):
        assert max(map(len, model.machine.states.values)) <= model._meta.get_field("state").max_length
        assert max(map(len, model.machine.by_name)) <= model._meta.get_field("last_step").max_length

    def test_a_danger_says_why(self, model):
        for step in model.machine.steps:
            assert step.needs_reason or not step.danger, step.name

    def test_what_stands_in_the_way_is_said_in_whole_sentences(self, model):
        """Several follow one another in one refusal."""
        blockers = {blocker for step in model.machine.steps for blocker in step.blockers}
        assert [one.sentence for one in blockers if not one.sentence.endswith("。")] == []

    def test_names_are_given_once(self, model):
        assert len(model.machine.by_name) == len(model.machine.steps)

    def test_the_database_knows_the_states(self, model):
        checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
        assert any("state_known" in one.name for one in checks)


class Light(models.TextChoices):
    RED = "red", "红"
    GREEN = "green", "绿"


def test_a_table_with_a_hole_is_refused():
    sides = {Light.RED: Side("a", "b"), Light.GREEN: None}
    Machine(Light, sides)
    with pytest.raises(ValueError, match="sides"):
        Machine(Light, {Light.RED: None})
    for step in (
        Step(name="go", label="走", duties=(), sources=(Light.RED,), target="blue"),
        Step(name="go", label="走", duties=(), sources=("blue",), target=Light.RED),
    ):
        with pytest.raises(ValueError, match="unknown states"):
            Machine(Light, sides, (step,))


def test_a_blocker_is_asked_when_it_is_needed():
    asked = []
    blocker = Blocker("句子。", lambda: asked.append(1) or Q(pk=None))
    assert asked == []
    assert blocker.rows() == Q(pk=None)
    assert Blocker("句子。", Q(pk=1)).rows() == Q(pk=1)


def test_keys_in_one_parameter(retirees):
    ids = [one.pk for one in retirees.values()]
    assert set(Case.objects.filter(pk__in=among(Case, ids[:3])).values_list("pk", flat=True)) == set(ids[:3])
    assert not Case.objects.filter(pk__in=among(Case, [])).exists()
    offices = [case.enterprise_id for case in Case.objects.all()]
    enterprise = Case._meta.get_field("enterprise").related_model
    assert enterprise.objects.filter(pk__in=among(enterprise, offices)).count() == len(set(offices))


def test_a_get_that_writes_fails_in_the_tests(db):
    with connection.execute_wrapper(refuse_to_write), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        with pytest.raises(AssertionError, match="a GET wrote"):
            cursor.execute("UPDATE handover_case SET round = 9")
