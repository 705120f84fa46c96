"""Cells of one row against each other. Identity and scope refuse; dates of a life only warn."""

from datetime import date

import pytest

from tests.retirees.roster.sample import GOOD, WOMAN, clean, codes, id_number

MAN = id_number(sex=1)
PERMIT = id_number(area="830000")

# fmt: off
CONTRADICTIONS = [
    # cells                                                               problems, in any order
    ({"性别": "男"},                                                      {"sex_contradicts_id"}),
    ({"身份证号": MAN, "性别": "女"},                                     {"sex_contradicts_id"}),
    ({"性别": "男", "出生日期": "1957.03"},                               {"sex_contradicts_id", "birth_contradicts_id"}),
    ({"政治面貌": "群众", "是否党员": "是"},                              {"party_contradiction"}),
    ({"政治面貌": "党员", "是否党员": "否"},                              {"party_contradiction"}),
    ({"政治面貌": "群众", "入党时间": "1980.05"},                         {"party_not_member"}),
    ({"政治面貌": "群众", "月党费": 5},                                   {"party_not_member"}),
    ({"入党时间": "1980.05", "转正时间": "1979.05"},                      {"party_order"}),
    ({"是否健在": "是", "死亡日期": "2020.05"},                           {"death_contradiction"}),
    ({"生存状态": "健在", "死亡日期": "2020.05"},                         {"death_contradiction"}),
    ({"生存状态": "健在", "是否去世": "是"},                              {"survival_contradiction"}),
    ({"是否去世": "是"},                                                  {"death_date_missing"}),
    ({"是否健在": "否"},                                                  {"death_date_missing"}),
    ({"死亡日期": "1950.05"},                                             {"death_before_birth"}),
    ({"死亡日期": "2012.05"},                                             {"death_before_retired"}),
    ({"有无档案": "无", "档案存放地": "示例档案室"},                      {"dossier_contradiction"}),
    ({"常年居住地": None},                                                {"address_missing"}),
    ({"常年居住地": "示例路1号", "异地居住地": "北京市示例路"},           {"elsewhere_not_used"}),
    ({"退休类别": "离休干部"},                                            {"out_of_scope"}),
    ({"退休类别": "离岗退养"},                                            {"out_of_scope"}),
    ({"证件类型": "港澳台居民居住证"},                                    {"id_not_permit"}),
    ({"证件类型": "护照", "身份证号": "E12"},                             {"id_other_length"}),
    ({"姓名": None, "身份证号": None, "退休时间": None},                  {"missing"}),
    ({"姓名": "王1", "身份证号": "123", "退休时间": "长期", "性别": "他"}, {"name_digits", "id_length", "date_unreadable", "choice_unknown"}),
]

AGREEMENTS = [
    # cells                                                               facts that follow
    ({},                                                                  {"sex": "2", "born_on": date(1958, 3, 15)}),
    ({"性别": None, "出生日期": None},                                    {"sex": "2", "born_on": date(1958, 3, 15)}),
    ({"性别": "女", "出生日期": "1958年3月"},                             {"sex": "2", "born_on": date(1958, 3, 15)}),
    ({"出生日期": date(1958, 3, 1)},                                      {"born_on": date(1958, 3, 15)}),
    ({"身份证号": id_number("19581015"), "出生日期": 1958.1},             {"born_on": date(1958, 10, 15)}),
    ({"身份证号": id_number("19530812"), "出生日期": 19583},              {"born_on": date(1953, 8, 12)}),
    ({"身份证号": id_number("19580315"), "出生日期": 19583},              {"born_on": date(1958, 3, 15)}),
    ({"政治面貌": "党员", "是否党员": "是"},                              {"political_status": "01"}),
    ({"政治面貌": "民盟", "是否党员": "否"},                              {"political_status": "05"}),
    ({"是否党员": "√"},                                                   {"political_status": "01"}),
    ({"死亡日期": "2020.05.06"},                                          {"survival": "deceased", "died_on": date(2020, 5, 6)}),
    ({"生存状态": "死亡", "死亡日期": "2020.05.06"},                      {"survival": "deceased"}),
    ({"是否健在": "是", "是否去世": "否"},                                {"survival": "alive"}),
    ({"身份证号": PERMIT},                                                {"id_type": "residence_permit"}),
    ({"证件类型": "居住证", "身份证号": PERMIT},                          {"id_type": "residence_permit"}),
    ({"证件类型": "护照", "身份证号": " e1234567 "},                      {"id_type": "other", "id_number": "E1234567"}),
    ({"证件类型": "护照", "身份证号": "E1234567", "出生日期": "1958.3.5"}, {"born_on": date(1958, 3, 5)}),
    ({"常年居住地": None, "接收街道": "竹岛街道"},                        {"declared_receiver": "竹岛街道"}),
    ({"接收区市": "环翠区", "接收街道": "竹岛街道", "接收社区": "示例社区"}, {"declared_receiver": "环翠区竹岛街道示例社区"}),
    ({"接收地": "环翠区竹岛街道", "接收社区": "示例社区"},                {"declared_receiver": "环翠区竹岛街道示例社区"}),
    ({"常年居住地": None, "异地居住地": "示例市示例路1号"},               {"residence_address": "示例市示例路1号"}),
    ({"退休时单位及岗位": "示例纺织厂/挡车工"},                           {"former_unit": "示例纺织厂", "post": "挡车工"}),
    ({"退休时单位及岗位": "示例纺织厂 挡车工"},                           {"former_unit": "示例纺织厂", "post": "挡车工"}),
    ({"退休时单位及岗位": "示例纺织厂"},                                  {"former_unit": "示例纺织厂"}),
    ({"央企": None, "省企": "√", "市企": "", "区企": "□"},                {"soe_level": "province"}),
    ({"特困": "√", "重病": "是", "劳模": "□", "优抚类别": 3},             {"special_groups": ["hardship", "serious_illness", "minimum_living"]}),
    ({"职务": "科长", "技术等级": "高级技师", "岗位": "安全员"},          {"post": "科长、安全员", "title": "高级技师"}),
    ({"手机": "13800000001", "固定电话": "0631-5200001"},                 {"phone": "13800000001、0631-5200001"}),
    ({"备注": "示例甲", "其他说明": "示例乙"},                            {"remark": "示例甲、示例乙"}),
    ({"统筹外供暖费": 1600, "统筹外物业补贴": "100", "统筹外其他": 0},    {"out_of_pool_items": "供暖费1600元、物业补贴100元"}),
    ({"月发放标准（万元）": 0.03},                                        {"out_of_pool_monthly": 300}),
    ({"居住地类别": "外省", "常年居住地": "北京市示例路"},                {"residence": "other_province"}),
]
# fmt: on


@pytest.mark.parametrize(("cells", "expected"), CONTRADICTIONS)
def test_what_cannot_be_true_together_is_named(cells, expected):
    row = clean(**cells)
    assert set(codes(row)) == expected


@pytest.mark.parametrize(("cells", "expected"), AGREEMENTS)
def test_what_agrees_becomes_facts(cells, expected):
    row = clean(**cells)
    assert row.problems == []
    assert {name: row.values.get(name) for name in expected} == expected


def test_a_party_membership_denied_leaves_the_status_of_the_masses():
    assert clean(是否党员="否").values["political_status"] == "13"


@pytest.mark.parametrize(
    ("number", "retired", "expected"),
    [
        # born 1958-03: the limits are 45 years for women and 50 for men
        (WOMAN, "2003.02", ["retired_too_early"]),
        (WOMAN, "2003.03", []),
        (MAN, "2008.02", ["retired_too_early"]),
        (MAN, "2008.03", []),
        (MAN, "2024.06", []),
        (MAN, "2024.07", ["retired_in_future"]),
    ],
)
def test_a_retirement_date_is_judged_and_never_refused(number, retired, expected):
    row = clean(**{"身份证号": number, "退休时间": retired})
    assert codes(row) == expected
    assert not row.has_errors


def test_facts_filled_from_the_number_are_shown_only_where_the_sheet_has_the_column():
    assert [note.field for note in clean(性别=None, 出生日期="").notes] == ["sex", "born_on"]
    assert clean().notes == []


def test_a_number_that_is_wrong_contradicts_nobody():
    wrong = GOOD["身份证号"][:17] + "?"
    assert codes(clean(身份证号=wrong, 性别="男", 出生日期="1957.01")) == ["id_sign"]


def test_no_message_and_no_note_carries_an_identity_number_a_phone_or_an_address():
    address = "威海市环翠区示例路 1 号 2 单元"
    cells = {
        "身份证号": f" {WOMAN} ",
        "性别": "男",
        "出生日期": "1957.03.16",
        "联系电话": "138 0000 0001",
        "联系人电话": WOMAN,
        "常年居住地": address,
        "籍贯": WOMAN + "示例" * 60,
        "文化程度": "13800000001",
        "入党时间": "13800000001",
    }
    row = clean(**cells)
    assert len(row.problems) >= 6
    said = " ".join([*(p.message for p in row.problems), *(f"{n.before} {n.after} {n.message}" for n in row.notes)])
    compact = said.replace(" ", "")
    for secret in (WOMAN, WOMAN[6:14], "13800000001", "示例路"):
        assert secret not in compact
    assert "138****0001" in said
