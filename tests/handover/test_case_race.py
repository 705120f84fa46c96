"""Several people press buttons at the same moment, on both engines, with real threads and connections."""

import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from audit.models import Operation
from audit.operations import AlreadyDone
from audit.verification import verify
from handover.models import Batch, Case
from handover.services import take
from tests import cast
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 10
RETURN = {"reason_code": "wrong_address", "reason": "示例：地址不详"}


def at_once(acts):
    """Run all of them at the same moment; their results in order. An exception is raised here."""
    gate = threading.Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, act) for act in acts]]


def press(number, ids, people):
    """Odd clerks accept, even ones return."""
    if number % 2:
        return take("accept", ids, actor=people["zhudao_clerk"])
    return take("return", ids, actor=people["huancui_clerk"], **RETURN)


def fresh_people():
    """Users without anything that another thread has cached on them."""
    return cast.find_people()


@pytest.fixture
def assigned(town, people):
    """assigned(n) → the ids of n cases that wait at 竹岛街道."""

    def make(count):
        made = cast.bring_in(
            [cast.person(town.mill, f"示例{n}", n) for n in range(1, count + 1)], actor=people["mill_hr"]
        )
        ids = [one.pk for one in made]
        take("submit", ids, actor=people["mill_hr"], targets=town.huancui)
        take("assign", ids, actor=people["huancui_clerk"], targets=town.zhudao)
        return ids

    return make


def test_a_thousand_conflicting_steps_give_one_winner_each(assigned):
    ids = assigned(100)
    before = Operation.objects.count()

    def clerk(number):
        people, order = fresh_people(), random.Random(number)
        mine = order.sample(ids, len(ids))
        moved = refused = 0
        for pk in mine:
            outcome = press(number, [pk], people)
            moved += len(outcome.moved)
            refused += len(outcome.refused)
        return moved, refused

    results = at_once([lambda number=number: clerk(number) for number in range(THREADS)])
    assert sum(moved for moved, _ in results) == 100
    assert sum(refused for _, refused in results) == 900
    assert Operation.objects.count() - before == 100
    assert set(Case.objects.values_list("state", flat=True)) <= {"accepted", "returned"}
    versions = Case.history.filter(history_type="~", last_step__in=("accept", "return"))
    assert versions.count() == 100
    assert verify() == []


def test_whole_batches_in_different_orders_do_not_wait_for_each_other_for_ever(assigned):
    ids = assigned(60)

    def clerk(number):
        people = fresh_people()
        mine = random.Random(number).sample(ids, len(ids))
        return len(press(number, mine, people).moved)

    results = at_once([lambda number=number: clerk(number) for number in range(THREADS)])
    assert sorted(results) == [0] * (THREADS - 1) + [60]


def test_one_key_ten_times_is_one_act(assigned):
    ids, key = assigned(5), uuid.uuid4()

    def press():
        try:
            return take("accept", ids, actor=fresh_people()["zhudao_clerk"], key=key).as_json()
        except AlreadyDone as done:
            return done.operation.outcome

    answers = at_once([press] * THREADS)
    assert all(answer == answers[0] for answer in answers)
    assert len(answers[0]["moved"]) == 5
    assert Operation.objects.filter(kind="case.accept").count() == 1


def test_two_enterprises_submit_the_same_person(town, people):
    for serial in range(1, 11):
        mine, other = cast.bring_in(
            [cast.person(town.mill, "示例甲", serial), cast.person(town.port, "示例甲", serial)],
            actor=people["mill_hr"],
        )

        def submit(who, pk):
            try:
                return len(take("submit", [pk], actor=fresh_people()[who], targets=town.huancui).moved)
            except Refused:
                return 0

        moved = at_once([lambda one=mine: submit("mill_hr", one.pk), lambda one=other: submit("port_hr", one.pk)])
        assert sorted(moved) == [0, 1]
    assert Batch.objects.count() == Operation.objects.filter(kind="case.submit").count() == 10


def test_batch_numbers_are_given_once_and_without_gaps(town, people):
    made = cast.bring_in([cast.person(town.mill, f"示例{n}", n) for n in range(1, 41)], actor=people["mill_hr"])
    ids = [one.pk for one in made]
    parts = [ids[n::8] for n in range(8)]

    def submit(part):
        return len(take("submit", part, actor=fresh_people()["mill_hr"], targets=town.huancui).moved)

    assert at_once([lambda part=part: submit(part) for part in parts]) == [5] * 8
    year = clock.today().year
    assert sorted(Batch.objects.values_list("number", flat=True)) == [f"{year}-DEMO01-{n:04}" for n in range(1, 9)]
    assert verify() == []
