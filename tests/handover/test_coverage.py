"""Nobody of the stock is received without a signed agreement that covers him; who retired later needs none."""

import pytest

from handover.agreements import coverage
from handover.models import Case
from handover.services import preview, take
from tests import agreements as arranged
from tests import cast
from tests.agreements import STOCK, lead


@pytest.fixture
def waiting(town, people, make_person):
    """waiting(name, **facts) → somebody of the mill who waits at 竹岛街道."""

    def make(name="安示例", enterprise=None, **facts):
        one = make_person(enterprise or town.mill, name, **{**STOCK, **facts})
        take("submit", [one.pk], actor=people["mill_hr"], targets=town.huancui)
        take("assign", [one.pk], actor=people["huancui_clerk"], targets=town.zhudao)
        return one

    return make


def why(person, people):
    said = preview("accept", [person.pk], actor=people["zhudao_clerk"]).refused.get(person.pk)
    refused = take("accept", [person.pk], actor=people["zhudao_clerk"]).refused.get(person.pk)
    assert said == refused
    return refused


def test_the_refusal_names_the_group_the_area_and_what_to_do(waiting, town, people):
    person = waiting(enterprise=town.dyeworks)
    sentence = why(person, people)
    assert "示例纺织厂与环翠区还没有签订移交协议" in sentence
    assert "请由示例纺织厂向环翠区提出移交方案" in sentence
    assert Case.objects.get(pk=person.pk).state == "assigned"


def test_the_refusal_names_the_agreement_that_is_not_signed_yet(waiting, town, people):
    person = waiting()
    made = lead(arranged.begin(town.mill, town.huancui, people["group"]), "proposed")
    assert made.number in why(person, people)
    assert "已提出（待答复）" in why(person, people)


def test_who_came_after_the_signatures_waits_for_the_next_version(waiting, town, people):
    early = waiting("安示例")
    made = lead(arranged.begin(town.mill, town.huancui, people["group"]), "signed")
    late = waiting("白示例")
    assert why(early, people) is None
    assert f"（{made.number}）签订时没有列入此人" in why(late, people)


def test_an_agreement_with_another_area_does_not_cover(waiting, town, people):
    person = waiting()
    lead(arranged.begin(town.mill, town.gaoqu, people["group"]), "signed", clerk=people["gaoqu_clerk"])
    assert "还没有签订" in why(person, people)


def test_a_person_who_goes_to_another_area_is_not_covered_by_the_old_one(town, people, make_person):
    one = make_person(town.mill, "安示例", **STOCK)
    take("submit", [one.pk], actor=people["mill_hr"], targets=town.huancui)
    lead(arranged.begin(town.mill, town.huancui, people["group"]), "signed")
    redirected = {"targets": town.gaoqu, "reason_code": "other", "reason": "示例：住在高区"}
    assert take("redirect", [one.pk], actor=people["huancui_clerk"], **redirected).moved
    assert one.pk in coverage.lacking([one.pk])


def test_who_retired_since_2021_needs_no_agreement(waiting, people):
    assert why(waiting(retired_on=cast.date(2024, 5, 31)), people) is None


def test_a_batch_tells_each_row_and_costs_the_same_for_forty_as_for_one(town, people, django_assert_max_num_queries):
    costs = []
    for serials in (range(1, 2), range(2, 42)):
        made = cast.bring_in([cast.person(town.mill, f"示例{n}", n, **STOCK) for n in serials], actor=people["mill_hr"])
        ids = [one.pk for one in made]
        take("submit", ids, actor=people["mill_hr"], targets=town.huancui)
        take("assign", ids, actor=people["huancui_clerk"], targets=town.zhudao)
        clerk = cast.find_people()["zhudao_clerk"]
        with django_assert_max_num_queries(30) as counted:
            assert len(take("accept", ids, actor=clerk).refused) == len(ids)
        costs.append(len(counted))
    assert costs[0] == costs[1]
    lead(arranged.begin(town.mill, town.huancui, people["group"]), "signed")
    assert len(take("accept", ids, actor=clerk).moved) == 40


def test_covered_is_the_opposite_of_lacking(waiting, town, people):
    early = waiting("安示例")
    lead(arranged.begin(town.mill, town.huancui, people["group"]), "signed")
    late = waiting("白示例")
    covered = set(coverage.covered(Case.objects.all()).values_list("pk", flat=True))
    assert covered == {early.pk}
    assert set(coverage.lacking([early.pk, late.pk])) == {late.pk}
