import pytest

from handover import correcting, timeline
from handover.models import Case
from handover.services import acknowledge, record_death, take
from retirees.correcting import version_of
from retirees.models import Retiree
from weihai_transfer.lib import clock


@pytest.fixture
def lived(case_in, people, town):
    """A case that was returned, corrected, accepted; its person died."""
    case = case_in("draft_again")
    person = Retiree.objects.get(pk=case.pk)
    correcting.correct(
        case, {"phone": "13963100002", "health": "示例病情"}, version=version_of(person), actor=people["mill_hr"]
    )
    take("submit", [case.pk], actor=people["mill_hr"])
    take("pass_down", [case.pk], actor=people["zhudao_clerk"], targets=town.zhudao_community)
    take("accept", [case.pk], actor=people["community_clerk"])
    record_death(person, clock.today(), actor=people["community_clerk"], reason="示例：家属告知")
    acknowledge([case.pk], actor=people["mill_hr"])
    return Retiree.objects.get(pk=case.pk)


def test_the_whole_story_in_sentences(lived, people):
    told = timeline.entries(lived, people["community_clerk"])
    year, today = clock.today().year, f"{clock.today():%Y-%m-%d}"
    assert [(one.office, one.position, one.sentence, one.reason) for one in told] == [
        ("示例纺织厂", "企业人事专员", "知悉死亡登记。", ""),
        ("竹岛路居委会", "社区经办", f"登记死亡，死亡日期 {today}。告知示例纺织厂。", "示例：家属告知"),
        ("竹岛路居委会", "社区经办", "接收。", ""),
        ("竹岛街道", "镇街经办", "转交竹岛路居委会。", ""),
        ("示例纺织厂", "企业人事专员", f"第 2 轮上报，批次 {year}-DEMO01-0002，直接送竹岛街道。", ""),
        ("示例纺织厂", "企业人事专员", "更正人员信息。", ""),
        ("示例纺织厂", "企业人事专员", "收回退件，准备修改。", ""),
        ("竹岛街道", "镇街经办", "退回。", "地址不详或有误：示例情况说明"),
        ("环翠区", "区市工作机构", "分配到竹岛街道。", ""),
        ("示例纺织厂", "企业人事专员", f"第 1 轮上报，批次 {year}-DEMO01-0001，送环翠区分配。", ""),
        ("示例纺织厂", "企业人事专员", "登记退休人员信息，等待上报。", ""),
    ]
    assert {one.who for one in told} == {"示例纺织厂人事", "示例环翠经办", "示例竹岛经办", "示例社区经办"}
    returned = told[7]
    assert [(one.label, one.before, one.after) for one in returned.changes] == [
        ("状态", "待接收", "已退回"),
        ("接收单位", "竹岛街道", None),
    ]
    corrected = [(one.label, one.before, one.after) for one in told[5].changes]
    assert corrected == [("联系电话", "138****0001", "139****0002"), ("健康状况", "—", "已填写")]


def test_no_clear_value_is_told(lived, people):
    for who in ("mill_hr", "huancui_clerk", "zhudao_clerk", "community_clerk", "watchdog"):
        words = repr(timeline.entries(lived, people[who]))
        for secret in (lived.id_number, lived.phone, "示例病情", "13806310001", lived.residence_address):
            assert secret not in words


def test_who_does_not_see_the_case_is_told_nothing_of_it(lived, people):
    for who in ("port_hr", "jingyuan_clerk", "gaoqu_clerk", "nobody", "secadmin", "auditor", "archivist", "mill_party"):
        assert timeline.entries(lived, people[who]) == []


def test_the_other_tracks_are_told_to_those_who_see_them(town, people, make_person):
    person = make_person(town.mill, "安示例", political_status="01")
    assert [one.sentence for one in timeline.entries(person, people["mill_party"])] == [
        "登记党组织关系，状态为待转出。"
    ]
    sentences = {one.sentence for one in timeline.entries(person, people["mill_hr"])}
    assert sentences == {"登记退休人员信息，等待上报。", "登记人事档案，状态为整理中。"}


def test_a_long_story_costs_as_many_queries_as_a_short_one(case_in, walk, people, town, django_assert_max_num_queries):
    case = case_in("assigned")
    person = Retiree.objects.get(pk=case.pk)
    costs = []
    for _ in range(2):
        user = type(people["watchdog"]).objects.get(pk=people["watchdog"].pk)
        with django_assert_max_num_queries(30) as counted:
            told = timeline.entries(person, user)
        costs.append((len(counted), len(told)))
        for office in (town.jingyuan, town.zhudao) * 5:
            take("reassign", [case.pk], actor=people["huancui_clerk"], targets=office, reason_code="wrong_office")
    assert costs[0][0] == costs[1][0]
    assert costs[1][1] == costs[0][1] + 10


def test_an_outside_hand_over(case_in, people):
    case = case_in("outside_completed")
    told = timeline.entries(Retiree.objects.get(pk=case.pk), people["mill_hr"])
    assert [one.sentence for one in told if "档案" not in one.sentence] == [
        "确认市外接收。",
        "提交市外接收回执。",
        "上传市外接收回执。",
        "转市外移交，接收单位为烟台市示例街道。",
        "登记退休人员信息，等待上报。",
    ]


def test_every_step_has_its_sentence():
    assert set(timeline.SENTENCES) == set(Case.machine.by_name)
