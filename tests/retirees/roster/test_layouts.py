"""Real-looking sheets: which rows are headings, where the people begin, which column fills what.

In a sheet "_" or "" is an empty cell; a merged heading stands in its first cell, as in the file.
"""

from dataclasses import dataclass, field
from datetime import date

import pytest

from retirees.roster.columns import BY_FIELD
from retirees.roster.headings import recognise
from retirees.roster.layout import Layout
from tests.retirees.roster.sample import rows_of, words


@dataclass
class Case:
    name: str
    sheet: list
    headings: tuple  # first row, last row, first row of people
    fields: str  # per column: its field; "-" known and not imported, "?" to be confirmed, "." nothing
    merged: tuple = ()  # (first row, first column from 0, last row, last column)
    suggested: dict = field(default_factory=dict)  # column → the field that is offered


# fmt: off
STATE_GRID_GROUPS = words("基础信息" + " _" * 19 + " 党组织关系 _ _ _ 其他信息" + " _" * 9)
STATE_GRID = words(
    "序号 姓名 身份证号码 性别 籍贯 民族 出生年月 政治面貌 最高学历 资格职称 参加工作时间 退休年月 退休时单位及岗位 退休时职务（职级） 联系电话 "
    "社保关系所在地 户口所在地址 现居住地详细地址 接收地 _ 入党时间 党组织关系所在地 党费月缴额(元) 党费缴至年月 婚姻状况 劳模情况标识 "
    "特殊人群标示 是否有子女在系统工作 档案存放地 档案册数 其他联系人 _ _ 备注")
STATE_GRID_PARTS = words("_ " * 18 + "街道 社区" + " _" * 10 + " 姓名 关系 电话 _")
STATE_GRID_FIELDS = (
    "- name id_number sex native_place ethnic_group born_on political_status education title worked_since retired_on unit_and_post post phone "
    "pension_place hukou_address residence_address receiver_street receiver_community party_joined_on party_branch dues_monthly "
    "dues_paid_until marital_status tick_model_worker special_groups - dossier_place dossier_volumes contact_name contact_relation "
    "contact_phone remark")
STATE_GRID_PERSON = [
    1, "王示例", "#0", "女", "山东", "汉族", "1958.03", "党员", "大专", "", "1978.1", "2013.3", "示例厂 工人", "科长", "@0",
    "威海", "示例路", "示例街", "竹岛街道", "示例社区", "1980.5", "示例支部", 5, "2024.5", "已婚", "",
    "", "否", "示例厂", 1, "李示例", "母子", "@1", ""]
STATE_GRID_MERGED = (
    (1, 0, 1, 33), (2, 0, 2, 19), (2, 20, 2, 23), (2, 24, 2, 33), (3, 18, 3, 19), (3, 30, 3, 32),
    *((3, column, 4, column) for column in (*range(18), *range(20, 30), 33)))

WUHAN = words(
    "序号 姓名 性别 民族 出生年月 身份证号 政治面貌 健康状况 原工作单位 原任职务 参加工作时间 退休年月 档案存放地点 文化程度 特长技能 退休类别 "
    "兴趣及爱好 特殊人员" + " _" * 6 + " 是否享受低保 社会保险关系所在地 _ 工伤伤残等级 户口所在地 _ 常住地 _ 异地居住地 _ "
    "配偶 _ _ _ _ 家庭联系人 _ _ _ _ 家庭联系人 _ _")
WUHAN_PARTS = words(
    "_ " * 17 + "建国前参加工作 八十岁以上高龄 孤寡老人 劳模 特困 重病 特殊工种 _ 养老 医疗 _ 地址 电话 地址 电话 地址 电话 "
    "姓名 出生年月 联系电话 工作单位 健康状况 姓名 关系 工作单位 联系电话 详细地址及邮编 姓名 关系 联系电话")
WUHAN_FIELDS = (
    "- name sex ethnic_group born_on id_number political_status health former_unit post worked_since retired_on dossier_place education - "
    "retirement_kind - tick_pre_1949 tick_elderly tick_alone tick_model_worker tick_hardship tick_serious_illness tick_special_work "
    "tick_minimum_living pension_place medical_place injury_grade hukou_address phone residence_address phone residence_elsewhere phone "
    "- - - - - contact_name contact_relation - contact_phone - . . .")
WUHAN_PERSON = [
    1, "王示例", "女", "汉", "1958.3", "#0", "群众", "健康", "示例厂", "工人", "1978.1", "2013.3", "示例厂", "高中", "剪纸", "正常退休",
    "书法", "", "", "", "√", "", "", "", "否", "威海", "威海", "", "示例路", "@0", "示例街", "@0", "", "",
    "李示例", "1957.1", "@1", "示例校", "健康", "李小例", "子", "示例店", "@2", "示例巷", "李二例", "女", "@3"]

GRID_IMPORT = words(
    "姓名 身份证号 性别 出生日期 联系电话 现住小区/建筑 门牌地址 所属网格 人员类型 是否重点人员 重点类别 户籍小区 户籍地址 户编号 是否人户分离 "
    "实际居住地 是否已迁出 迁出日期 迁往地 是否已死亡 死亡日期 民族 政治面貌 婚姻状况 文化程度 工作学习情况 健康状况 备注")
GRID_PERSON = [
    "王示例", "#0", "女", "1958-03-15", "@0", "示例小区", "1-201", "一网格", "常住", "否", "", "示例小区", "示例路", "8", "否",
    "", "否", "", "", "否", "", "汉族", "群众", "已婚", "大专", "退休", "健康", ""]
GRID_FIELDS = (
    "name id_number sex born_on phone - residence_address - - - - - hukou_address - - . - - - is_dead died_on ethnic_group "
    "political_status marital_status education - health remark")


def three(*more):
    """Three people whose further cells are the same."""
    return [[f"王示例{name}", f"#{k}", "2013.3", *more] for k, name in enumerate("甲乙丙")]


CASES = [
    Case("简单四列",
         [words("姓名 身份证号 退休时间 常住地"),
          ["王示例", "#0", "2013.3", "示例路"]],
         (1, 1, 2), "name id_number retired_on residence_address"),
    Case("标题行、单位行和日期",
         [["示例集团退休人员花名册"],
          ["填报单位（盖章）：示例集团", "", "", "填报日期：2024年5月1日"],
          words("序号 姓名 性别 身份证号码 退休年月"),
          [1, "王示例", "女", "#0", "2013.3"],
          [2, "李示例", "男", "#1", "2013.4"]],
         (3, 3, 4), "- name sex id_number retired_on"),
    Case("标题合并整行",
         [words("国有企业退休人员基本信息表 _ _ _"),
          words("姓名 公民身份号码 应退休年月 现住址"),
          ["王示例", "#0", "201303", "示例路"]],
         (2, 2, 3), "name id_number retired_on residence_address", merged=((1, 0, 1, 3),)),
    Case("标题前有附件和空行",
         [["附件2"], [], ["示例集团退休人员名册"], [], ["单位：示例集团", "", "单位：人"],
          words("姓名 证件号码 批准退休时间"),
          ["王示例", "#0", "2013.3"]],
         (6, 6, 7), "name id_number retired_on"),
    Case("大型集团四层表头",
         [["退休人员个人信息明细表"], STATE_GRID_GROUPS, STATE_GRID, STATE_GRID_PARTS, STATE_GRID_PERSON],
         (2, 4, 5), STATE_GRID_FIELDS, merged=STATE_GRID_MERGED),
    Case("大型集团四层表头，读不到合并信息",
         [["退休人员个人信息明细表"], STATE_GRID_GROUPS, STATE_GRID, STATE_GRID_PARTS, STATE_GRID_PERSON],
         (2, 4, 5), STATE_GRID_FIELDS),
    Case("武汉式登记表",
         [["国有企业退休人员社会化管理服务基本信息表"], ["□央企 □省企 ☑市企 □区企"], WUHAN, WUHAN_PARTS, WUHAN_PERSON],
         (3, 4, 5), WUHAN_FIELDS),
    Case("档案移交案卷目录十四列",
         [["国有企业退休人员人事档案移交案卷目录"],
          words("序号 姓名 身份证号码 性别 出生日期 退休手续办理时间 生存状态 死亡日期 所属单位 户籍所在地 页数 档案局档号 保管期限 备注"),
          [1, "王示例", "#0", "女", "19580315", "20130301", "健在", "", "示例厂", "示例路", 88, "2024-001", "永久", ""]],
         (2, 2, 3), "- name id_number sex born_on retired_on survival died_on former_unit hukou_address - dossier_number - remark"),
    Case("网格人员导入二十八列",
         [GRID_IMPORT, GRID_PERSON],
         (1, 1, 2), GRID_FIELDS),
    Case("必填标记、括号、换行、全角、编号",
         [["*姓　名", "*身份证号码\n（必填）", "退休时间：\n（年月）", "【联系电话】", "１．备注", "②性 别"],
          ["王示例", "#0", "2013.3", "@0", "", "女"]],
         (1, 1, 2), "name id_number retired_on phone remark sex"),
    Case("表头下有填写要求",
         [words("姓名 身份证号 性别 退休时间"),
          ["必填", "必填，18位文本格式", "下拉选择", "格式：YYYY-MM-DD"],
          ["王示例", "#0", "女", "2013-03-01"]],
         (1, 1, 3), "name id_number sex retired_on"),
    Case("表头下有栏次",
         [words("序号 姓名 身份证号 退休时间"),
          [1, 2, 3, 4],
          [1, "王示例", "#0", "2013.3"]],
         (1, 1, 3), "- name id_number retired_on"),
    Case("没有序号，列序打乱",
         [words("备注 常住地 退休日期 电话 身份证 性别 姓名"),
          ["", "示例路", "2013.3", "@0", "#0", "女", "王示例"]],
         (1, 1, 2), "remark residence_address retired_on phone id_number sex name"),
    Case("字序颠倒，只建议",
         [words("姓名 身份证号 号码手机 时间退休 日期出生"),
          ["王示例", "#0", "@0", "2013.3", "1958.3"]],
         (1, 1, 2), "name id_number ? ? ?", suggested={2: "phone", 3: "retired_on", 4: "born_on"}),
    Case("写错字，只建议",
         [words("姓名 身份证号嘛 退体时间 政治面目貌"),
          ["王示例", "#0", "2013.3", "群众"]],
         (1, 1, 2), "name ? ? ?", suggested={1: "id_number", 2: "retired_on", 3: "political_status"}),
    Case("前后缀可以去掉，直接采用",
         [words("退休人员姓名 职工身份证号码 本人性别 联系电话信息 退休时间"),
          ["王示例", "#0", "女", "@0", "2013.3"]],
         (1, 1, 2), "name id_number sex phone retired_on"),
    Case("不认识的列要问",
         [words("姓名 身份证号 退休时间 疗养券张数"), *three("2")],
         (1, 1, 2), "name id_number retired_on ?"),
    Case("不认识而又空着的列不问",
         [words("姓名 身份证号 退休时间 疗养券张数"), *three("")],
         (1, 1, 2), "name id_number retired_on -"),
    Case("没有列名的身份证列",
         [["姓名", "", "退休时间"], *three()],
         (1, 1, 2), "name ? retired_on", suggested={1: "id_number"}),
    Case("人员类别填的是身份",
         [words("姓名 身份证号 退休时间 人员类别"), *three("工人")],
         (1, 1, 2), "name id_number retired_on ?", suggested={3: "retirement_kind"}),
    Case("人员类别填的是退休类别",
         [words("姓名 身份证号 退休时间 人员类别"), *three("病退")],
         (1, 1, 2), "name id_number retired_on retirement_kind"),
    Case("只有接收地和联系人分两层",
         [words("序号 姓名 身份证号 退休时间 接收地 _ _ 联系人 _ _ 备注"),
          words("_ _ _ _ 区市 街道 社区(村) 姓名 关系 电话"),
          [1, "王示例", "#0", "2013.3", "环翠区", "竹岛街道", "示例社区", "李示例", "子", "@0", ""]],
         (1, 2, 3), "- name id_number retired_on receiver_district receiver_street receiver_community contact_name contact_relation "
                    "contact_phone remark"),
    Case("社会保险和党费分两层",
         [words("姓名 身份证号 退休时间 社会保险关系所在地 _ 党费 _"),
          words("_ _ _ 养老 医疗 月缴额 缴至年月"),
          ["王示例", "#0", "2013.3", "威海", "威海", 5, "2024.5"]],
         (1, 2, 3), "name id_number retired_on pension_place medical_place dues_monthly dues_paid_until",
         merged=((1, 3, 1, 4), (1, 5, 1, 6))),
    Case("组名只有一个，列名在下层",
         [words("_ _ _ 党组织关系 _"),
          words("姓名 身份证号 退休时间 所在地 入党时间"),
          ["王示例", "#0", "2013.3", "示例支部", "1980.5"]],
         (1, 2, 3), "name id_number retired_on party_branch party_joined_on", merged=((1, 3, 1, 4),)),
    Case("企业层级打勾四列",
         [words("姓名 身份证号 退休时间 企业性质 _ _ _"),
          words("_ _ _ 央企 省企 市企 区企"),
          ["王示例", "#0", "2013.3", "", "", "√", ""]],
         (1, 2, 3), "name id_number retired_on level_central level_province level_city level_district"),
    Case("统筹外分项和金额",
         [words("姓名 身份证号 退休时间 统筹外供暖费补贴 统筹外费用 _"),
          words("_ _ _ _ 项目 月发放标准（万元）"),
          ["王示例", "#0", "2013.3", 1600, "生活补贴", 0.03]],
         (1, 2, 3), "name id_number retired_on out_of_pool_item out_of_pool_items out_of_pool_monthly"),
    Case("中间夹着空列",
         [["序号", "", "姓名", "", "身份证号", "退休时间"],
          [1, "", "王示例", "", "#0", "2013.3"]],
         (1, 1, 2), "- . name . id_number retired_on"),
    Case("左边空两列",
         [["", "", "姓名", "身份证号", "退休时间"],
          ["", "", "王示例", "#0", "2013.3"]],
         (1, 1, 2), ". . name id_number retired_on"),
    Case("数字和日期单元格",
         [words("姓名 身份证号 退休时间 联系电话"),
          ["王示例", 371002580315123, date(2013, 3, 1), 13800000001.0]],
         (1, 1, 2), "name id_number retired_on phone"),
    Case("标注过问题的表再次上传",
         [words("姓名 身份证号 退休时间 问题说明"), *three("第 2 行退休时间没有填写")],
         (1, 1, 2), "name id_number retired_on -"),
]
# fmt: on


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
    for index, suggestion in case.suggested.items():
        assert layout.match(index).suggestion == suggestion


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_layout_comes_back_from_json_as_it_was(case):
    layout = recognise(rows_of(case.sheet), merged=case.merged)
    assert Layout.from_json(layout.to_json()) == layout


def test_the_table_holds_many_layouts_of_real_fields():
    assert len(CASES) >= 20
    assert {field for case in CASES for field in case.fields.split() if field not in "-?."} <= set(BY_FIELD)
