"""Real-looking sheets: which rows are headings, where the people begin, which column fills what.

In a sheet "" is an empty cell; a merged heading stands in its first cell, as in the file.
"""

from dataclasses import dataclass, field
from datetime import date

import pytest

from retirees.roster.columns import BY_FIELD
from retirees.roster.headings import SheetHead, choose_sheets, recognise
from retirees.roster.layout import Layout, NoHeading
from tests.retirees.roster.sample import id_number

IDS = [id_number(order=f"{k:02}") for k in range(10, 16)]
PHONES = [f"1380000000{k}" for k in range(6)]


@dataclass
class Case:
    name: str
    sheet: list  # rows; a cell "#n" is the n-th valid identity number, "@n" a telephone number
    headings: tuple  # first row, last row, first row of people
    fields: str  # field per column; "-" known and not imported, "?" to be confirmed, "." neither
    merged: tuple = ()
    wanted: dict = field(default_factory=dict)  # column → suggestion


def rows_of(sheet):
    return [(number, [cell_of(cell) for cell in row]) for number, row in enumerate(sheet, 1)]


def cell_of(cell):
    if isinstance(cell, str) and len(cell) == 2 and cell[0] in "#@" and cell[1].isdigit():
        return (IDS if cell[0] == "#" else PHONES)[int(cell[1])]
    return None if cell == "" else cell


def words(line):
    return ["" if word == "_" else word for word in line.split()]


CASES = [
    Case(
        "简单三列",
        [words("姓名 身份证号 退休时间 常住地"), ["王示例", "#0", "2013.3", "示例路"]],
        (1, 1, 2),
        "name id_number retired_on residence_address",
    ),
    Case(
        "标题行、单位行、日期行",
        [
            ["示例集团退休人员花名册"],
            ["填报单位（盖章）：示例集团", "", "", "填报日期：2024年5月1日"],
            words("序号 姓 名 性别 身份证号码 退休年月".replace("姓 名", "姓名")),
            [1, "王示例", "女", "#0", "2013.3"],
            [2, "李示例", "男", "#1", "2013.4"],
        ],
        (3, 3, 4),
        "- name sex id_number retired_on",
    ),
    Case(
        "标题合并整行",
        [
            ["国有企业退休人员基本信息表", "", "", ""],
            words("姓名 公民身份号码 应退休年月 现住址"),
            ["王示例", "#0", "201303", "示例路"],
        ],
        (2, 2, 3),
        "name id_number retired_on residence_address",
        merged=((1, 0, 1, 3),),
    ),
    Case(
        "大型集团四层表头",
        [
            ["退休人员个人信息明细表"],
            words("基础信息 _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ 党组织关系 _ _ _ 其他信息 _ _ _ _ _ _ _ _ _"),
            words(
                "序号 姓名 身份证号码 性别 籍贯 民族 出生年月 政治面貌 最高学历 资格职称 参加工作时间 退休年月 退休时单位及岗位 退休时职务（职级） "
                "联系电话 社保关系所在地 户口所在地址 现居住地详细地址 接收地 _ 入党时间 党组织关系所在地 党费月缴额(元) 党费缴至年月 婚姻状况 "
                "劳模情况标识 特殊人群标示 是否有子女在系统工作 档案存放地 档案册数 其他联系人 _ _ 备注"
            ),
            [""] * 18 + ["街道", "社区"] + [""] * 10 + ["姓名", "关系", "电话"],
            [
                1,
                "王示例",
                "#0",
                "女",
                "山东",
                "汉族",
                "1958.03",
                "党员",
                "大专",
                "",
                "1978.1",
                "2013.3",
                "示例厂 工人",
                "科长",
                "@0",
                "威海",
                "示例路",
                "示例街",
                "竹岛街道",
                "示例社区",
                "1980.5",
                "示例支部",
                5,
                "2024.5",
                "已婚",
                "",
                "",
                "否",
                "示例厂",
                1,
                "李示例",
                "母子",
                "@1",
                "",
            ],
        ],
        (2, 4, 5),
        "- name id_number sex native_place ethnic_group born_on political_status education title worked_since retired_on unit_and_post post "
        "phone pension_place hukou_address residence_address receiver_street receiver_community party_joined_on party_branch dues_monthly "
        "dues_paid_until marital_status tick_model_worker special_groups - dossier_place dossier_volumes contact_name contact_relation "
        "contact_phone remark",
        merged=(
            (1, 0, 1, 33),
            (2, 0, 2, 19),
            (2, 20, 2, 23),
            (2, 24, 2, 33),
            (3, 18, 3, 19),
            (3, 30, 3, 32),
            *((3, column, 4, column) for column in (*range(18), *range(20, 30), 33)),
        ),
    ),
    Case(
        "四层表头，无合并信息",
        [
            ["退休人员个人信息明细表"],
            words("基础信息 _ _ _ _ 其他信息 _ _ _"),
            words("序号 姓名 身份证号码 接收地 _ 退休年月 其他联系人 _ _"),
            words("_ _ _ 街道 社区 _ 姓名 关系 电话"),
            [1, "王示例", "#0", "竹岛街道", "示例社区", "2013.3", "李示例", "母子", "@1"],
        ],
        (2, 4, 5),
        "- name id_number receiver_street receiver_community retired_on contact_name contact_relation contact_phone",
    ),
    Case(
        "武汉式登记表",
        [
            ["国有企业退休人员社会化管理服务基本信息表"],
            ["□央企 □省企 ☑市企 □区企"],
            words(
                "序号 姓名 性别 民族 出生年月 身份证号 政治面貌 健康状况 原工作单位 原任职务 参加工作时间 退休年月 档案存放地点 文化程度 特长技能 退休类别 "
                "兴趣及爱好 特殊人员 _ _ _ _ _ _ 是否享受低保 社会保险关系所在地 _ 工伤伤残等级 户口所在地 _ 常住地 _ 异地居住地 _ 配偶 _ _ _ _ 家庭联系人 _ _ _ _ "
                "家庭联系人 _ _"
            ),
            words(
                "_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ 建国前参加工作 八十岁以上高龄 孤寡老人 劳模 特困 重病 特殊工种 _ 养老 医疗 _ 地址 电话 地址 电话 地址 电话 "
                "姓名 出生年月 联系电话 工作单位 健康状况 姓名 关系 工作单位 联系电话 详细地址及邮编 姓名 关系 联系电话".replace(
                    "_ 养老", "_ 养老", 1
                )
            )[:17]
            + words(
                "建国前参加工作 八十岁以上高龄 孤寡老人 劳模 特困 重病 特殊工种 _ 养老 医疗 _ 地址 电话 地址 电话 地址 电话 "
                "姓名 出生年月 联系电话 工作单位 健康状况 姓名 关系 工作单位 联系电话 详细地址及邮编 姓名 关系 联系电话"
            ),
            [
                1,
                "王示例",
                "女",
                "汉",
                "1958.3",
                "#0",
                "群众",
                "健康",
                "示例厂",
                "工人",
                "1978.1",
                "2013.3",
                "示例厂",
                "高中",
                "剪纸",
                "正常退休",
                "书法",
                "",
                "",
                "",
                "√",
                "",
                "",
                "",
                "否",
                "威海",
                "威海",
                "",
                "示例路",
                "@0",
                "示例街",
                "@0",
                "",
                "",
                "李示例",
                "1957.1",
                "@1",
                "示例校",
                "健康",
                "李小例",
                "子",
                "示例店",
                "@2",
                "示例巷",
                "李二例",
                "女",
                "@3",
            ],
        ],
        (3, 4, 5),
        "- name sex ethnic_group born_on id_number political_status health former_unit post worked_since retired_on dossier_place education - "
        "retirement_kind - tick_pre_1949 tick_elderly tick_alone tick_model_worker tick_hardship tick_serious_illness tick_special_work "
        "tick_minimum_living pension_place medical_place injury_grade hukou_address phone residence_address phone residence_elsewhere phone "
        "- - - - - contact_name contact_relation - contact_phone - . . .",
    ),
    Case(
        "档案移交案卷目录十四列",
        [
            ["国有企业退休人员人事档案移交案卷目录"],
            words(
                "序号 姓名 身份证号码 性别 出生日期 退休手续办理时间 生存状态 死亡日期 所属单位 户籍所在地 页数 档案局档号 保管期限 备注"
            ),
            [
                1,
                "王示例",
                "#0",
                "女",
                "19580315",
                "20130301",
                "健在",
                "",
                "示例厂",
                "示例路",
                88,
                "2024-001",
                "永久",
                "",
            ],
        ],
        (2, 2, 3),
        "- name id_number sex born_on retired_on survival died_on former_unit hukou_address - dossier_number - remark",
    ),
    Case(
        "网格人员导入二十八列",
        [
            words(
                "姓名 身份证号 性别 出生日期 联系电话 现住小区/建筑 门牌地址 所属网格 人员类型 是否重点人员 重点类别 户籍小区 户籍地址 户编号 是否人户分离 "
                "实际居住地 是否已迁出 迁出日期 迁往地 是否已死亡 死亡日期 民族 政治面貌 婚姻状况 文化程度 工作学习情况 健康状况 备注"
            ),
            [
                "王示例",
                "#0",
                "女",
                "1958-03-15",
                "@0",
                "示例小区",
                "1-201",
                "一网格",
                "常住",
                "否",
                "",
                "示例小区",
                "示例路",
                "8",
                "否",
                "",
                "否",
                "",
                "",
                "否",
                "",
                "汉族",
                "群众",
                "已婚",
                "大专",
                "退休",
                "健康",
                "",
            ],
        ],
        (1, 1, 2),
        "name id_number sex born_on phone - residence_address - - - - - hukou_address - - . - - - is_dead died_on ethnic_group "
        "political_status marital_status education - health remark",
    ),
    Case(
        "必填标记、括号、换行、全角",
        [
            ["*姓　名", "*身份证号码\n（必填）", "退休时间：\n（年月）", "【联系电话】", "１．备注", "②性 别"],
            ["王示例", "#0", "2013.3", "@0", "", "女"],
        ],
        (1, 1, 2),
        "name id_number retired_on phone remark sex",
    ),
    Case(
        "表头下有填写说明行",
        [
            words("姓名 身份证号 性别 退休时间"),
            ["必填", "必填，18位文本格式", "下拉选择", "格式：YYYY-MM-DD"],
            ["王示例", "#0", "女", "2013-03-01"],
        ],
        (1, 1, 3),
        "name id_number sex retired_on",
    ),
    Case(
        "表头下有栏次行",
        [words("序号 姓名 身份证号 退休时间"), [1, 2, 3, 4], [1, "王示例", "#0", "2013.3"]],
        (1, 1, 3),
        "- name id_number retired_on",
    ),
    Case(
        "没有序号，列序打乱",
        [words("备注 常住地 退休日期 电话 身份证 性别 姓名"), ["", "示例路", "2013.3", "@0", "#0", "女", "王示例"]],
        (1, 1, 2),
        "remark residence_address retired_on phone id_number sex name",
    ),
    Case(
        "字序颠倒的列名只建议",
        [words("姓名 身份证号 号码手机 时间退休 日期出生"), ["王示例", "#0", "@0", "2013.3", "1958.3"]],
        (1, 1, 2),
        "name id_number ? ? ?",
        wanted={2: "phone", 3: "retired_on", 4: "born_on"},
    ),
    Case(
        "写错的列名只建议",
        [words("姓名 身份证号嘛 退体时间 政治面目貌"), ["王示例", "#0", "2013.3", "群众"]],
        (1, 1, 2),
        "name ? ? ?",
        wanted={1: "id_number", 2: "retired_on", 3: "political_status"},
    ),
    Case(
        "前后缀可去掉的列名直接采用",
        [words("退休人员姓名 职工身份证号码 本人性别 联系电话信息 退休时间"), ["王示例", "#0", "女", "@0", "2013.3"]],
        (1, 1, 2),
        "name id_number sex phone retired_on",
    ),
    Case(
        "不认识的列要问",
        [words("姓名 身份证号 退休时间 疗养券张数"), ["王示例", "#0", "2013.3", "2"], ["李示例", "#1", "2013.3", "2"]],
        (1, 1, 2),
        "name id_number retired_on ?",
    ),
    Case(
        "不认识而又空着的列不问",
        [words("姓名 身份证号 退休时间 疗养券张数"), ["王示例", "#0", "2013.3", ""]],
        (1, 1, 2),
        "name id_number retired_on -",
    ),
    Case(
        "没有列名的身份证列建议",
        [["姓名", "", "退休时间"], *[[f"王示例{'甲乙丙'[k]}", f"#{k}", "2013.3"] for k in range(3)]],
        (1, 1, 2),
        "name ? retired_on",
        wanted={1: "id_number"},
    ),
    Case(
        "第二层只有接收地和联系人",
        [
            words("序号 姓名 身份证号 退休时间 接收地 _ _ 联系人 _ _ 备注"),
            words("_ _ _ _ 区市 街道 社区(村) 姓名 关系 电话"),
            [1, "王示例", "#0", "2013.3", "环翠区", "竹岛街道", "示例社区", "李示例", "子", "@0", ""],
        ],
        (1, 2, 3),
        "- name id_number retired_on receiver_district receiver_street receiver_community contact_name contact_relation "
        "contact_phone remark",
    ),
    Case(
        "社会保险两层",
        [
            words("姓名 身份证号 退休时间 社会保险关系所在地 _ 党费 _"),
            words("_ _ _ 养老 医疗 月缴额 缴至年月"),
            ["王示例", "#0", "2013.3", "威海", "威海", 5, "2024.5"],
        ],
        (1, 2, 3),
        "name id_number retired_on pension_place medical_place dues_monthly dues_paid_until",
        merged=((1, 3, 1, 4), (1, 5, 1, 6)),
    ),
    Case(
        "企业层级打勾四列",
        [
            words("姓名 身份证号 退休时间 企业性质 _ _ _"),
            words("_ _ _ 央企 省企 市企 区企"),
            ["王示例", "#0", "2013.3", "", "", "√", ""],
        ],
        (1, 2, 3),
        "name id_number retired_on level_central level_province level_city level_district",
    ),
    Case(
        "统筹外分项",
        [
            words("姓名 身份证号 退休时间 统筹外供暖费补贴 统筹外费用 _"),
            words("_ _ _ _ 项目 月发放标准（万元）"),
            ["王示例", "#0", "2013.3", 1600, "生活补贴", 0.03],
        ],
        (1, 2, 3),
        "name id_number retired_on out_of_pool_item out_of_pool_items out_of_pool_monthly",
    ),
    Case(
        "标题在第五行之后",
        [
            ["附件2"],
            [""],
            ["示例集团退休人员名册"],
            [""],
            ["单位：示例集团", "", "单位：人"],
            words("姓名 证件号码 批准退休时间"),
            ["王示例", "#0", "2013.3"],
        ],
        (6, 6, 7),
        "name id_number retired_on",
    ),
    Case(
        "空列夹在中间",
        [["序号", "", "姓名", "", "身份证号", "退休时间"], [1, "", "王示例", "", "#0", "2013.3"]],
        (1, 1, 2),
        "- . name . id_number retired_on",
    ),
    Case(
        "首行不是A列",
        [["", "", "姓名", "身份证号", "退休时间"], ["", "", "王示例", "#0", "2013.3"]],
        (1, 1, 2),
        ". . name id_number retired_on",
    ),
    Case(
        "人员类别填的是身份",
        [
            words("姓名 身份证号 退休时间 人员类别"),
            *[[f"王示例{c}", f"#{k}", "2013.3", "工人"] for k, c in enumerate("甲乙丙")],
        ],
        (1, 1, 2),
        "name id_number retired_on ?",
        wanted={3: "retirement_kind"},
    ),
    Case(
        "数字与日期单元格",
        [words("姓名 身份证号 退休时间 联系电话"), ["王示例", 371002580315123, date(2013, 3, 1), 13800000001.0]],
        (1, 1, 2),
        "name id_number retired_on phone",
    ),
    Case(
        "分组行在列名之上，只有一个组",
        [
            words("_ _ _ 党组织关系 _"),
            words("姓名 身份证号 退休时间 所在地 入党时间"),
            ["王示例", "#0", "2013.3", "示例支部", "1980.5"],
        ],
        (1, 2, 3),
        "name id_number retired_on party_branch party_joined_on",
        merged=((1, 3, 1, 4),),
    ),
]


def said(layout, width):
    return [one(layout.match(index)) for index in range(width)]


def one(match):
    if match is None or match.status == "set_aside":
        return "."
    return match.field or ("?" if match.is_open else "-")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_layout_is_understood(case):
    layout = recognise(rows_of(case.sheet), merged=case.merged)
    assert isinstance(layout, Layout), layout
    assert (*layout.heading_rows, layout.data_from) == case.headings
    expected = case.fields.split()
    assert said(layout, len(expected)) == expected
    for index, suggestion in case.wanted.items():
        assert layout.match(index).suggestion == suggestion


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_layout_comes_back_from_json_as_it_was(case):
    layout = recognise(rows_of(case.sheet), merged=case.merged)
    assert Layout.from_json(layout.to_json()) == layout


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


def test_the_tables_hold_many_layouts():
    assert len(CASES) >= 20
    assert {field for case in CASES for field in case.fields.split() if field not in "-?."} <= set(BY_FIELD)
