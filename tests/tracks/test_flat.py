"""A batch costs as many queries as one row, and every audited act finds its history in the same transaction."""

import pytest

from handover.services import preview, take
from handover.states.cases import MACHINE
from tests import cast

RETURN = {"reason_code": "wrong_address", "reason": "示例：地址不详"}


@pytest.fixture
def assigned(town, people):
    def make(serials):
        made = cast.bring_in([cast.person(town.mill, f"示例{n}", n) for n in serials], actor=people["mill_hr"])
        ids = [one.pk for one in made]
        take("submit", ids, actor=people["mill_hr"], targets=town.huancui)
        take("assign", ids, actor=people["huancui_clerk"], targets=town.zhudao)
        return ids

    return make


@pytest.mark.parametrize("step", ["accept", "return", "hand_back", "reassign"])
def test_forty_cost_as_many_queries_as_one(step, assigned, town, django_assert_max_num_queries):
    who = "huancui_clerk" if step == "reassign" else "zhudao_clerk"
    given = {"return": RETURN, "hand_back": {"reason_code": "other", "reason": "示例"}}.get(step, {})
    if step == "reassign":
        given = {"reason_code": "moved", "targets": town.jingyuan}
    costs = []
    for serials in (range(1, 2), range(2, 42)):
        ids = assigned(serials)
        with django_assert_max_num_queries(40) as counted:
            assert len(take(step, ids, actor=cast.find_people()[who], **given).moved) == len(ids)
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_forty_are_submitted_for_the_queries_of_one(town, people, django_assert_max_num_queries):
    costs = []
    for serials in (range(1, 2), range(2, 42)):
        made = cast.bring_in([cast.person(town.mill, f"示例{n}", n) for n in serials], actor=people["mill_hr"])
        with django_assert_max_num_queries(60) as counted:
            take("submit", [one.pk for one in made], actor=cast.find_people()["mill_hr"])
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_a_preview_only_reads(assigned, town, people, django_assert_max_num_queries):
    ids = assigned(range(1, 4))
    for step in MACHINE.by_name:
        with django_assert_max_num_queries(30) as counted:
            preview(step, ids, actor=people["zhudao_clerk"], targets=town.zhudao_community)
        assert all(query["sql"].startswith(("SELECT", "SAVEPOINT")) for query in counted.captured_queries), step
