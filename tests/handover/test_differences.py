import pytest

from handover import correcting, differences
from handover.models import Case
from handover.services import take
from retirees.correcting import version_of
from retirees.models import Retiree


@pytest.fixture
def correct(people):
    def act(case, **values):
        person = Retiree.objects.get(pk=case.pk)
        correcting.correct(
            Case.objects.get(pk=case.pk), values, version=version_of(person), actor=people["mill_hr"], reason="示例更正"
        )

    return act


def told(case, user):
    return [
        (one.label, one.before, one.after) for one in differences.since_last_round(Case.objects.get(pk=case.pk), user)
    ]


def test_nothing_before_the_first_resubmission(case_in, correct, people):
    case = case_in("draft")
    correct(case, phone="13963100001")
    assert told(case, people["mill_hr"]) == []
    take("submit", [case.pk], actor=people["mill_hr"])
    assert told(case, people["huancui_clerk"]) == []


def test_what_was_corrected_since_the_last_round(case_in, correct, people):
    case = case_in("draft_again", phone="13806310001")
    assert told(case, people["mill_hr"]) == []
    correct(case, phone="13963100002", residence_address="山东省威海市环翠区鲸园街道示例路2号", post="示例岗位")
    expected = [
        ("联系电话", "138****0001", "139****0002"),
        ("常年居住地", "山东省威海市******", "山东省威海市******（有改动）"),
        ("退休时职务（岗位）", "—", "示例岗位"),
    ]
    assert sorted(told(case, people["mill_hr"])) == sorted(expected)
    take("submit", [case.pk], actor=people["mill_hr"])
    # The street sees now what has changed since it returned the person; a step in between changes nothing of that.
    assert sorted(told(case, people["zhudao_clerk"])) == sorted(expected)
    take("accept", [case.pk], actor=people["zhudao_clerk"])
    assert sorted(told(case, people["zhudao_clerk"])) == sorted(expected)


def test_each_round_is_compared_with_the_one_before(case_in, correct, people):
    case = case_in("draft_again")
    correct(case, post="示例岗位一")
    take("submit", [case.pk], actor=people["mill_hr"])
    take("withdraw", [case.pk], actor=people["mill_hr"], reason="示例")
    correct(case, title="示例职称")
    assert told(case, people["mill_hr"]) == [("职称（技能等级）", "—", "示例职称")]


def test_sealed_facts_are_compared_in_the_clear(case_in, correct, people):
    case = case_in("draft_again", residence_address="威海市环翠区竹岛街道示例路3号")
    # Sealed anew, another ciphertext of the same words: no difference.
    correct(case, residence_address="威海市环翠区竹岛街道示例路4号")
    correct(case, residence_address="威海市环翠区竹岛街道示例路3号")
    assert told(case, people["mill_hr"]) == []


def test_facts_of_other_duties_stay_away(case_in, correct, people):
    case = case_in("draft_again")
    correct(case, health="示例病情", party_branch="示例支部", out_of_pool_items="示例项目")
    take("submit", [case.pk], actor=people["mill_hr"])
    assert [label for label, _, _ in told(case, people["zhudao_clerk"])] == ["健康状况"]
    assert told(case, people["zhudao_clerk"])[0][1:] == ("—", "已填写")
    assert [label for label, _, _ in told(case, people["huancui_clerk"])] == []
