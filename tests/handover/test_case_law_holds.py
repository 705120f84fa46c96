"""A long random life of a town, and what the database itself refuses."""

import random
import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from audit.verification import verify
from handover.models import Batch, Case, CasePaper, DeathNotice
from handover.services import take
from handover.states.cases import MACHINE, SEEN_BY_NO_OFFICE, State
from retirees.models import Retiree
from tests.handover.test_case_steps import VALUES

ACTORS = ("mill_hr", "huancui_clerk", "gaoqu_clerk", "zhudao_clerk", "jingyuan_clerk", "community_clerk", "watchdog")


LIKELY = {
    "submit": ["mill_hr"],
    "distribute": ["huancui_clerk", "gaoqu_clerk"],
    "receive": ["zhudao_clerk", "jingyuan_clerk", "community_clerk"],
    "coordinate": ["watchdog"],
}


def test_a_random_life_never_breaks_the_law(case_in, walk, town, people):
    chance = random.Random(20200330)
    cases = [case_in("draft", f"示例{n}") for n in range(16)]
    taken, moves = set(), 0
    for _ in range(450):
        case = chance.choice(cases)
        state = Case.objects.get(pk=case.pk).state
        if state == State.OUTSIDE and chance.random() < 0.5:
            walk.file_receipt(case)
        step = likely_step(chance, state)
        who = chance.choice(LIKELY[step.duties[0]] if chance.random() < 0.8 else ACTORS)
        outcome = take(
            step.name,
            [one.pk for one in chance.sample(cases, 2)] + [case.pk],
            actor=people[who],
            reason_code=step.reasons[0][0] if step.reasons else "",
            reason="示例情况说明",
            targets=some_target(chance, step, town),
            values=VALUES.get(step.name),
        )
        moves += len(outcome.moved)
        taken.update([step.name] if outcome.moved else [])
        check_the_law()
    # A run that moved nothing would prove nothing.
    assert moves > 120
    assert len(taken) >= 16
    assert verify() == []
    check_the_past()


def likely_step(chance, state):
    """Mostly one that the state allows; ends are rare, so that the town lives on."""
    allowed = [step for step in MACHINE.steps_from(state) if "closing" not in step.name or chance.random() < 0.15]
    return chance.choice(allowed if allowed and chance.random() < 0.85 else MACHINE.steps)


def some_target(chance, step, town):
    if step.name == "submit":
        return chance.choice([town.huancui, town.huancui, town.gaoqu, None])
    if step.name == "redirect":
        return chance.choice([town.huancui, town.gaoqu])
    if step.name == "pass_down":
        return town.zhudao_community
    return chance.choice([town.zhudao, town.zhudao, town.jingyuan, town.yiyuan])


def check_the_law():
    for row in Case.objects.select_related("retiree"):
        assert row.retiree.office_id == row.office_id
        assert (row.office_id is None) >= (row.state in SEEN_BY_NO_OFFICE)
        side = MACHINE.sides[row.state]
        assert (side is None) == (row.state in (State.COMPLETED, State.CLOSED))


def check_the_past():
    """Each stored version follows from the one before by a step of the table, and folding them gives the state."""
    for case in Case.objects.all():
        versions = list(case.history.order_by("history_id").select_related("operation"))
        assert versions[0].state == State.DRAFT
        for before, after in zip(versions, versions[1:], strict=False):
            step = MACHINE[after.last_step]
            assert before.state in step.sources
            assert after.state == step.target
            assert after.operation.actor_name
        assert versions[-1].state == case.state
        assert case.round == sum(version.last_step in ("submit", "resubmit") for version in versions)
        assert case.returns == sum(version.last_step == "return" for version in versions)


NONSENSE = {
    "a state that does not exist": {"state": "lost"},
    "a draft with an office": {"office": "zhudao"},
    "returned with an office": {"state": "returned", "office": "zhudao", "returned_by": "zhudao"},
    "returned by nobody": {"state": "returned"},
    "submitted to nobody": {"state": "submitted"},
    "submitted elsewhere than its area": {"state": "submitted", "office": "zhudao", "area": "huancui"},
    "assigned to nobody": {"state": "assigned"},
    "accepted by nobody": {"state": "accepted"},
    "accepted without a time": {"state": "accepted", "office": "zhudao"},
    "contacted without a card": {"state": "contacted", "office": "zhudao", "accepted_at": timezone.now()},
    "contacted without a day": {
        "state": "contacted",
        "office": "zhudao",
        "accepted_at": timezone.now(),
        "contact_card": "示例",
    },
    "completed nowhere": {"state": "completed", "accepted_at": timezone.now()},
    "completed without a time": {"state": "completed", "office": "zhudao"},
    "outside without a place": {"state": "outside"},
    "outside with an office": {"state": "outside", "outside_place": "示例", "office": "zhudao"},
    "reported outside without a place": {"state": "outside_reported"},
    "closing with an office": {"state": "closing_by_enterprise", "office": "zhudao"},
    "closing proposed by nobody": {"state": "closing_by_office"},
    "closed with an office": {"state": "closed", "office": "zhudao"},
    "an enterprise that does not exist": {"enterprise_id": 10**9},
    "an office that does not exist": {"office_id": 10**9, "state": "assigned"},
    "no enterprise": {"enterprise_id": None},
    "a round below nothing": {"round": -1},
    "no state": {"state": None},
}


@transaction.atomic
def write_at_last(act, **values):
    """Both engines look at foreign keys only at the end of a transaction, which a test never reaches."""
    act(**values)
    connection.check_constraints()


@pytest.mark.parametrize("what", NONSENSE)
def test_the_database_refuses_nonsense_in_a_case(what, case_in, town):
    case = case_in("draft")
    values = {
        name: getattr(town, value) if name in ("office", "area", "returned_by") else value
        for name, value in NONSENSE[what].items()
    }
    with pytest.raises(IntegrityError):
        write_at_last(models.QuerySet(Case).filter(pk=case.pk).update, **values)


def test_the_database_refuses_other_nonsense(case_in, make_person, town, people):
    case, free = case_in("accepted"), case_in("draft", "白示例")
    same = make_person(town.port, "安示例", id_number=case.retiree.id_number)
    attempts = {
        "two open cases of one person": lambda: (
            models.QuerySet(Case).filter(pk=same.pk).update(state="assigned", office=town.zhudao, area=town.huancui)
        ),
        "a person with a case is deleted": lambda: raw_delete(Retiree, case.pk),
        "a batch with cases is deleted": lambda: raw_delete(Batch, case.batch_id),
        "the same person twice in an enterprise": lambda: (
            models.QuerySet(Retiree).filter(pk=free.pk).update(id_index=case.id_index)
        ),
        "a person without a name": lambda: models.QuerySet(Retiree).filter(pk=free.pk).update(name=""),
        "a person without a number": lambda: models.QuerySet(Retiree).filter(pk=free.pk).update(id_index=""),
        "a second batch of one number": lambda: models.QuerySet(Batch).bulk_create(
            [Batch(number=case.batch.number, enterprise=town.mill, by=people["mill_hr"], at=timezone.now(), people=1)]
        ),
        "a second case of a person": lambda: models.QuerySet(Case).bulk_create(
            [Case(retiree=case.retiree, enterprise=town.mill, id_index="x")]
        ),
        "a notice in no state": lambda: models.QuerySet(DeathNotice).bulk_create(
            [DeathNotice(retiree=case.retiree, enterprise=town.mill, died_on=date(2024, 1, 1), state="heard")]
        ),
        "a paper of no case": lambda: models.QuerySet(CasePaper).bulk_create(
            [CasePaper(kind="receipt", case_id=uuid.uuid4(), filename="示例", sha256="x")]
        ),
        "history without an operation": lambda: history_without_operation(case),
    }
    for what, attempt in attempts.items():
        try:
            write_at_last(attempt)
        except IntegrityError:
            continue
        pytest.fail(f"the database let pass: {what}")


def raw_delete(model, pk):
    models.QuerySet(model).filter(pk=pk)._raw_delete(connection.alias)


def history_without_operation(case):
    row = case.history.first()
    row.history_id = None
    row.operation_id = None
    models.QuerySet(type(row)).bulk_create([row])


def test_person_and_case_change_hands_in_the_same_operation(case_in):
    for situation in ("submitted", "assigned", "at_community", "returned"):
        case = case_in(situation, f"{situation}示例")
        newest = {
            model: model.history.filter(**{key: case.pk}).order_by("-history_id").first()
            for model, key in ((Case, "retiree_id"), (Retiree, "id"))
        }
        assert newest[Case].operation_id == newest[Retiree].operation_id
        assert newest[Case].office_id == newest[Retiree].office_id
