"""Below the headings: people, blank rows, and lines that only look like rows."""

import pytest

from retirees.roster.headings import recognise
from retirees.roster.row_kinds import classify_row
from retirees.roster.rows import Cleaner
from tests.retirees.roster.sample import TODAY, WOMAN, Broken, codes, id_number

TITLE = "示例集团退休人员花名册"
HEADINGS = ["序号", "姓名", "身份证号", "退休时间", "年龄", "备注", "奖牌"]
LAYOUT = recognise([(1, [TITLE]), (2, HEADINGS), (3, [1, "王示例", WOMAN, "2013.3", 66, None, "铜"])])

# fmt: off
ROWS = [
    # cells                                                        kind
    ([],                                                           "blank"),
    ([None, None, None],                                           "blank"),
    (["", "  ", "\n"],                                             "blank"),
    (["　", "\xa0"],                                               "blank"),
    ([12],                                                         "blank"),
    (["12", None, "", None],                                       "blank"),
    ([12, None, None, None, 124],                                  "blank"),
    (["合计", None, None, None, 37],                               "note"),
    ([None, "合  计", "37人"],                                     "note"),
    ([None, None, None, "总计：37 人"],                            "note"),
    (["小计", 12],                                                 "note"),
    (["共 37 人"],                                                 "note"),
    (["共计37人"],                                                 "note"),
    (["制表人：示例甲", None, "审核：示例乙", None, "2024.5.1"],   "note"),
    (["填表日期：2024年5月1日"],                                   "note"),
    (["单位负责人：", None, None, "填表人："],                     "note"),
    (["备注：本表一式三份"],                                       "note"),
    (["注：1.身份证号为文本"],                                     "note"),
    (["说明：退休时间以审批表为准"],                               "note"),
    (["一、动力车间"],                                             "note"),
    ([None, "（二）机修车间"],                                     "note"),
    (["以下空白"],                                                 "note"),
    (["示例", "张三", None, "2013.3"],                             "note"),
    (HEADINGS,                                                     "note"),
    (["序 号", "姓　名", "身份证号码", "退休年月"],                "note"),
    ([TITLE],                                                      "note"),
    ([1, "王示例", WOMAN, "2013.3"],                               "data"),
    ([None, "王示例"],                                             "data"),
    ([1, "王示例", None, "2013.3"],                                "data"),
    ([1, None, WOMAN],                                             "data"),
    ([1, "合计", WOMAN],                                           "data"),
    ([1, "王示例", 371002195803151200, "2013.3"],                  "data"),
    ([1, "王示例", "371"],                                         "data"),
    ([1, "王示例", Broken()],                                      "data"),
    ([None, None, None, "2013.3"],                                 "data"),
    ([1, "备示例", WOMAN, "2013.3", None, "备注：已补"],           "data"),
    ([1, "王示例", None, "2013.3", None, "同名者见合计表"],        "data"),
    ([1, "备德示", None, "2013.3"],                                "data"),
    ([1, "单位元", None, "2013.3"],                                "data"),
]
# fmt: on


@pytest.mark.parametrize(("cells", "kind"), ROWS)
def test_a_row_is_of_one_kind(cells, kind):
    assert classify_row(cells, LAYOUT) == kind


def test_only_people_are_cleaned():
    cleaner = Cleaner(LAYOUT, today=TODAY)
    total = cleaner.clean(9, ["合计", None, None, None, 37])
    assert (total.kind, total.values, total.problems) == ("note", {}, [])
    assert not total.is_data


def test_a_short_row_is_a_row_with_empty_cells():
    row = Cleaner(LAYOUT, today=TODAY).clean(9, [1, "王示例"])
    assert codes(row, "error") == ["missing", "missing"]


def test_a_value_merged_over_several_people_is_everybodys():
    layout = recognise([(1, ["单位", "姓名", "身份证号", "退休时间"])])
    people = [id_number(order=f"{k}") for k in (21, 22, 23)]
    cleaner = Cleaner(layout, today=TODAY, merged=[(1, 1, 1, 2), (2, 0, 3, 0)])
    units = [
        cleaner.clean(number, ["示例厂" if number == 2 else None, "王示例", person, "2013.3"]).values.get("former_unit")
        for number, person in enumerate(people, 2)
    ]
    assert units == ["示例厂", "示例厂", None]
    assert cleaner.clean(3, []).kind == "blank"


def test_the_same_cell_as_number_boolean_and_text_is_not_confused():
    layout = recognise([(1, ["姓名", "身份证号", "退休时间", "档案册数", "企业年金", "住址"])])
    cleaner = Cleaner(layout, today=TODAY)
    base = ["王示例", WOMAN, "2013.3"]
    assert cleaner.clean(2, [*base, 1, 1, "示例路"]).values["dossier_volumes"] == 1
    assert cleaner.clean(3, [*base, True, True, "示例路"]).values["annuity"] is True
    assert codes(cleaner.clean(4, [*base, True, None, "示例路"])) == ["number_unreadable"]
    assert cleaner.clean(5, [*base, 1.0, "1", "示例路"]).values["annuity"] is True


def test_what_is_remembered_of_one_row_does_not_leak_into_another():
    layout = recognise([(1, ["姓名", "身份证号", "退休时间", "特殊人员", "劳模"])])
    cleaner = Cleaner(layout, today=TODAY)
    first = cleaner.clean(2, ["王示例", WOMAN, "2013.3", "低保", "√"])
    second = cleaner.clean(3, ["李示例", id_number(order="44"), "2013.3", "低保", None])
    assert first.values["special_groups"] == ["model_worker", "minimum_living"]
    assert second.values["special_groups"] == ["minimum_living"]
    first.values["special_groups"].append("alone")
    third = cleaner.clean(4, ["赵示例", id_number(order="45"), "2013.3", "低保", None])
    assert third.values["special_groups"] == ["minimum_living"]
