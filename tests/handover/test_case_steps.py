"""The law of a case, decided by hand: who may take which step in which situation; everything else is refused."""

from datetime import date

import pytest
from django.db import transaction

from audit.models import Operation
from handover.models import Case
from handover.services import preview, take
from handover.states.cases import MACHINE, State
from retirees.models import Retiree
from tests.handover.conftest import ROUTES
from tracks.advancing import NOT_YOURS, UNSEEN

MILL = {"mill_hr", "group"}
AREA, STREET, COMMUNITY = {"huancui_clerk"}, {"zhudao_clerk"}, {"community_clerk", "zhudao_clerk"}
CITY = {"watchdog"}
# situation: {step: who may take it}. A step that is not named is refused to everybody.
LAW = {
    "draft": {"submit": MILL, "send_outside": MILL, "ask_closing": MILL},
    "draft_again": {"submit": MILL, "resubmit": MILL, "send_outside": MILL, "ask_closing": MILL},
    "submitted": {
        "withdraw": MILL,
        "assign": AREA,
        "redirect": AREA,
        "return": AREA,
        "propose_closing": AREA,
        "ask_closing": MILL,
    },
    "assigned": {
        "withdraw": MILL,
        "reassign": AREA,
        "pass_down": STREET,
        "hand_back": STREET,
        "accept": STREET,
        "return": AREA | STREET,
        "propose_closing": AREA | STREET,
        "ask_closing": MILL,
    },
    "at_community": {
        "withdraw": MILL,
        "reassign": AREA,
        "hand_back": COMMUNITY,
        "accept": COMMUNITY,
        "return": AREA | COMMUNITY,
        "propose_closing": AREA | COMMUNITY,
        "ask_closing": MILL,
    },
    "returned": {"take_back": MILL, "ask_closing": MILL},
    "accepted": {"contact": STREET},
    "contacted": {"complete": STREET},
    "completed": {},
    "outside": {"recall_outside": MILL, "ask_closing": MILL},
    "outside_with_receipt": {"recall_outside": MILL, "report_outside": MILL, "ask_closing": MILL},
    "outside_reported": {"confirm_outside": CITY, "refuse_outside": CITY},
    "outside_completed": {},
    "closing_by_enterprise": {"confirm_closing": CITY, "refuse_closing": CITY},
    "closing_by_office": {"agree_closing": MILL, "object_closing": MILL},
    "closed": {},
}
# Who sees the case at all, beside those who watch the whole city.
SEEN = {
    "submitted": MILL | AREA,
    "assigned": MILL | AREA | STREET,
    "at_community": MILL | AREA | COMMUNITY,
    "accepted": MILL | AREA | STREET,
    "contacted": MILL | AREA | STREET,
    "completed": MILL | AREA | STREET,
    "closing_by_office": MILL | AREA | STREET,
}
# One person for each kind of duty near and far; who else holds a duty like theirs is the matter of the scope tests.
TRYING = (
    "mill_hr group port_hr huancui_clerk gaoqu_clerk zhudao_clerk community_clerk jingyuan_clerk archivist watchdog "
    "secadmin nobody"
).split()
TARGETS = {
    "assign": "zhudao",
    "reassign": "jingyuan",
    "pass_down": "zhudao_community",
    "redirect": "gaoqu",
    "submit": "huancui",
}
VALUES = {
    "contact": {"contact_card": "示例-0009", "contacted_on": date(2024, 7, 2)},
    "send_outside": {"outside_place": "烟台市示例街道"},
}


def arguments(step, town):
    found = {"reason": "示例情况说明", "values": VALUES.get(step.name)}
    if step.reasons:
        found["reason_code"] = step.reasons[0][0]
    if step.name in TARGETS:
        found["targets"] = getattr(town, TARGETS[step.name])
    return found


def traces(case):
    return Operation.objects.count(), case.history.model.objects.filter(retiree_id=case.pk).count()


def test_the_law_names_every_situation_and_every_step_is_somebodys():
    assert set(LAW) == set(ROUTES)
    assert {step for steps in LAW.values() for step in steps} == set(MACHINE.by_name)
    assert {State(ROUTES_STATE[name]) for name in LAW} == set(State)


ROUTES_STATE = {name: name for name in ROUTES} | {
    "at_community": "assigned",
    "draft_again": "draft",
    "outside_with_receipt": "outside",
    "outside_completed": "completed",
}


@pytest.mark.parametrize("situation", LAW)
def test_each_person_moves_exactly_what_the_law_lets_him(situation, case_in, town, people):
    case = case_in(situation)
    assert case.state == ROUTES_STATE[situation]
    for step in MACHINE.steps:
        may = LAW[situation].get(step.name, set())
        for who in TRYING:
            actor = people[who]
            before = traces(case)
            with transaction.atomic():
                outcome = take(step.name, [case.pk], actor=actor, **arguments(step, town))
                moved = bool(outcome.moved)
                assert moved == (who in may), (situation, step.name, who, outcome.refused)
                assert_traces(case, step, who, moved, before)
                # For the next one the case stands where it stood.
                transaction.set_rollback(True)
            if who not in may:
                assert_told_what_he_may_know(case, situation, who, outcome)


@pytest.mark.parametrize("situation", LAW)
def test_a_preview_says_what_would_happen_and_writes_nothing(situation, case_in, town, people):
    case = case_in(situation)
    before = traces(case)
    for step in MACHINE.steps:
        for who in LAW[situation].get(step.name, {"mill_hr", "huancui_clerk", "zhudao_clerk", "watchdog"}):
            outcome = preview(step.name, [case.pk], actor=people[who], targets=arguments(step, town).get("targets"))
            assert bool(outcome.moved) == (who in LAW[situation].get(step.name, ())), (step.name, who)
    assert traces(case) == before


@pytest.mark.parametrize("situation", LAW)
def test_exactly_these_people_see_the_case_and_the_person(situation, case_in, people):
    case = case_in(situation)
    expected = SEEN.get(situation, MILL) | CITY
    for model in (Case, Retiree):
        assert {who for who, user in people.items() if model.objects.visible_to(user).filter(pk=case.pk)} == expected


def assert_traces(case, step, who, moved, before):
    operations, versions = traces(case)
    assert (operations - before[0], versions - before[1]) == ((1, 1) if moved else (0, 0)), (step.name, who)
    row = Case.objects.get(pk=case.pk)
    person = Retiree.objects.get(pk=case.pk)
    assert person.office_id == row.office_id
    if moved:
        # A returned person goes straight back: the step taken is then the second submission.
        taken = MACHINE[row.last_step]
        assert taken.name == step.name or (step.name, taken.name) == ("submit", "resubmit")
        assert row.state == taken.target
        newest = row.history.order_by("-history_id").first()
        assert newest.operation.kind == f"case.{step.name}"
        assert newest.operation.rows >= 1
    else:
        assert (row.state, row.last_step) == (case.state, case.last_step)


def assert_told_what_he_may_know(case, situation, who, outcome):
    sentence = outcome.refused[case.pk]
    if who not in SEEN.get(situation, MILL) | CITY:
        assert sentence == UNSEEN
    else:
        assert sentence != UNSEEN
        assert (sentence == NOT_YOURS) == (case.pk in outcome.forbidden)


def test_open_states_have_one_side_that_acts_and_one_that_answers():
    sides = {name: (side.acts, side.answers) for name, side in MACHINE.sides.items() if side}
    assert set(sides) == set(State) - {State.COMPLETED, State.CLOSED}
    # Until a receiver has accepted, the enterprise answers for the person.
    assert {name for name, (_, answers) in sides.items() if answers == "receiver"} == {State.ACCEPTED, State.CONTACTED}
    for name, (acts, _) in sides.items():
        duties = {duty for step in MACHINE.steps_from(name) for duty in step.duties}
        assert {"enterprise": "submit", "area": "distribute", "receiver": "receive", "city": "coordinate"}[
            acts
        ] in duties


def test_every_open_state_leads_to_an_end():
    for state in State:
        reached, waiting = set(), {state}
        while waiting:
            now = waiting.pop()
            reached.add(now)
            waiting |= {State(step.target) for step in MACHINE.steps_from(now)} - reached
        assert reached & {State.COMPLETED, State.CLOSED}, state
