"""What is said about headings: doubts, rivals, the user's corrections, what is remembered, which sheets are taken."""

import pytest

from retirees.roster.headings import SheetHead, choose_sheets, recognise
from retirees.roster.layout import Layout, NoHeading
from tests.retirees.roster.sample import IDS, rows_of, words

NO_HEADINGS = [
    ([[""]], "empty"),
    ([["王示例", "#0", "2013.3"], ["李示例", "#1", "2013.3"]], "no_heading"),
    ([words("车间 人数 金额"), ["一车间", 3, 5.5]], "no_heading"),
    ([["填写说明"], ["一、本表由企业填写。"], ["二、身份证号须为文本。"]], "no_heading"),
    (
        [
            ["退休人员登记表"],
            ["姓名", "王示例"],
            ["性别", "女"],
            ["身份证号", "#0"],
            ["民族", "汉"],
            ["退休时间", "2013.3"],
            ["住址", "示例路"],
        ],
        "form",
    ),
]


@pytest.mark.parametrize(("sheet", "code"), NO_HEADINGS)
def test_a_sheet_without_headings_is_refused_with_the_reason(sheet, code):
    answer = recognise(rows_of(sheet))
    assert isinstance(answer, NoHeading)
    assert answer.code == code
    assert "请" in answer.message


SIMPLE = [words("姓名 身份证号 退休时间"), *[[f"王示例{c}", f"#{k}", "2013.3"] for k, c in enumerate("甲乙丙")]]


def simple(*extra_headings, cells=()):
    """The simple sheet with further columns, the same cell in each row."""
    sheet = [[*SIMPLE[0], *extra_headings]]
    return rows_of(sheet + [[*row, *cells] for row in SIMPLE[1:]])


def test_a_column_of_telephone_numbers_under_证件号码_is_doubted():
    sheet = [words("姓名 证件号码 退休时间"), *[[f"王示例{c}", f"@{k}", "2013.3"] for k, c in enumerate("甲乙丙")]]
    layout = recognise(rows_of(sheet))
    assert layout.match(1).field == "id_number"
    assert layout.match(1).doubts == ("列名是身份证号，内容像是电话号码。请核对这一列。",)
    assert any("B 列“证件号码”" in doubt for doubt in layout.doubts)


def test_damaged_identity_numbers_do_not_make_the_column_doubtful():
    sheet = [words("姓名 身份证号 退休时间"), *[[f"王示例{c}", 371002195803151000, "2013.3"] for c in "甲乙丙"]]
    assert recognise(rows_of(sheet)).match(1).doubts == ()


def test_of_two_columns_for_one_field_the_fuller_is_taken_and_the_user_is_told():
    layout = recognise(simple("家庭住址", "现住址", cells=("", "示例路")))
    assert (layout.match(3).status, layout.match(3).field) == ("set_aside", None)
    assert layout.match(4).field == "residence_address"
    assert "已采用 E 列" in layout.match(3).doubts[0]


def test_two_columns_of_people_side_by_side_are_named():
    sheet = [words("姓名 身份证号 退休时间 姓名 身份证号"), ["王示例", "#0", "2013.3", "李示例", "#1"]]
    assert any("左右两栏" in doubt for doubt in recognise(rows_of(sheet)).doubts)


def test_required_columns_that_are_missing_are_named():
    layout = recognise(rows_of([words("姓名 性别 民族"), ["王示例", "女", "汉"]]))
    assert [column.field for column in layout.missing] == ["id_number", "retired_on"]
    assert not layout.is_settled


def test_the_user_corrects_a_layout_and_it_is_remembered():
    layout = recognise(simple("疗养券", "家属院", cells=("2", "示例院")))
    assert [match.index for match in layout.open_columns] == [3, 4]
    settled = layout.with_choices({"3": None, "4": "residence_address"})
    assert settled.is_settled
    assert settled.to_remember() == {"疗养券": "", "家属院": "residence_address"}
    again = recognise(simple("疗养券", "家属院", cells=("2", "示例院")), remembered=settled.to_remember())
    assert again.is_settled
    assert again.match(4).status == "remembered"
    assert again.to_remember() == settled.to_remember()


def test_what_the_enterprise_chose_before_wins_over_the_usual_meaning():
    layout = recognise(simple("备注", cells=("示例路",)), remembered={"备注": "hukou_address"})
    assert layout.match(3).field == "hukou_address"


def test_a_remembered_field_that_no_longer_exists_is_forgotten():
    assert recognise(simple("备注", cells=("示例",)), remembered={"备注": "gone"}).match(3).field == "remark"


def test_choosing_a_field_takes_it_from_the_column_that_had_it():
    layout = recognise(simple("证件", cells=("#0",))).with_choice(3, "id_number")
    assert layout.fields["id_number"] == [3]
    assert layout.match(1).status == "set_aside"


def test_a_field_that_does_not_exist_cannot_be_chosen():
    layout = recognise(simple())
    with pytest.raises(ValueError, match="no such field"):
        layout.with_choice(0, "salary")


def test_the_user_may_say_which_rows_are_the_headings():
    sheet = [words("甲 乙 丙"), words("姓名 身份证号 退休时间"), ["王示例", "#0", "2013.3"]]
    layout = recognise(rows_of(sheet), at=(2, 2))
    assert (layout.heading_rows, layout.data_from) == ((2, 2), 3)


def test_samples_show_no_personal_number_and_no_address():
    layout = recognise(simple("联系电话", "常住地", "疗养券", cells=("13800000001", "威海市环翠区示例路1号", IDS[0])))
    shown = " ".join(" ".join(match.samples) for match in layout.columns)
    assert "2013.3" in shown
    for secret in (IDS[0], "13800000001", "示例路"):
        assert secret not in shown


# Which sheets of a workbook are taken.

PEOPLE = rows_of(SIMPLE)
MORE = rows_of([words("姓名 身份证号 退休时间 联系电话"), ["赵示例", "#3", "2013.3", "@0"]])
PARTY = rows_of(
    [
        words("姓名 身份证号 退休时间 政治面貌 入党时间 转正时间 党费交至 月党费 所在党支部"),
        ["赵示例", "#3", "2013.3", "党员", "1980.5", "1981.5", "2024.5", 5, "示例"],
    ]
)
EXPLAINED = rows_of([["填写说明"], ["一、本表由企业填写。"]])
ONLY_HEADINGS = rows_of(SIMPLE[:1])

WORKBOOKS = [
    # sheets                                                                   taken
    ([("Sheet1", PEOPLE)],                                                     ["Sheet1"]),
    ([("填写说明", EXPLAINED), ("花名册", PEOPLE), ("Sheet3", [])],            ["花名册"]),
    ([("一车间", PEOPLE), ("二车间", MORE)],                                   ["一车间", "二车间"]),
    ([("汇总", PEOPLE), ("一车间", PEOPLE), ("二车间", MORE)],                 ["一车间", "二车间"]),
    ([("汇总", PEOPLE)],                                                       ["汇总"]),
    ([("样表", PEOPLE), ("花名册", MORE)],                                     ["花名册"]),
    ([("旧表", PEOPLE, True), ("新表", MORE)],                                 ["新表"]),
    ([("旧表", PEOPLE, True)],                                                 ["旧表"]),
    ([("花名册", PEOPLE), ("二车间", ONLY_HEADINGS)],                          ["花名册"]),
    ([("花名册", PEOPLE), ("党员", PARTY)],                                    ["党员"]),
    ([("填写说明", EXPLAINED)],                                                []),
]  # fmt: skip


@pytest.mark.parametrize(("sheets", "taken"), WORKBOOKS)
def test_the_sheets_with_people_are_taken_and_the_others_named(sheets, taken):
    found = choose_sheets([SheetHead(name, rows, *hidden) for name, rows, *hidden in sheets])
    assert [layout.sheet for layout in found if isinstance(layout, Layout)] == taken
    left = [sheet for sheet in found if not isinstance(sheet, Layout)]
    assert len(left) == len(sheets) - len(taken)
    assert all(sheet.message.endswith("。") for sheet in left)
