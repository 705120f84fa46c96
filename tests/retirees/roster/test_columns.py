"""The table of columns against the table of facts."""

from django.db import models

from retirees.codes import SPECIAL_GROUPS
from retirees.models.facts import FACTS, SEALED, PersonFacts
from retirees.roster import columns, heading_words
from retirees.roster.columns import BY_FIELD, COLUMNS, IGNORED
from retirees.roster.rows import LIMITS

DERIVED = {"pinyin", "initials", "id_index", "id_tail_index", "phone_tail_index"}

# The table of heading variants that the client's people use, field by field.
VARIANTS = {
    "name": "姓名 退休人员姓名 职工姓名 人员姓名",
    "id_number": "身份证号 身份证号码 公民身份号码 居民身份证号码 证件号码 身份证 社会保障号码",
    "id_type": "证件类型 证件种类",
    "born_on": "出生日期 出生年月 出生时间 出生年月日",
    "native_place": "籍贯",
    "political_status": "政治面貌 党员情况",
    "party_member": "是否党员 是否中共党员",
    "education": "文化程度 最高学历 学历",
    "worked_since": "参加工作时间 参加工作日期 参加工作年月 工作时间",
    "retired_on": "退休年月 退休时间 应退休年月 退休手续办理时间 退休日期 办理退休时间 批准退休时间 离岗时间",
    "retirement_kind": "退休类别 离退休类别 退休性质 人员类别",
    "former_unit": "原工作单位 所属单位 企业名称 原单位 单位名称 工作单位 所在企业 二级单位",
    "unit_and_post": "退休时单位及岗位",
    "soe_level": "隶属关系 企业性质 企业层级",
    "post": "原任职务 退休时职务（职级） 职务 职级 岗位",
    "title": "资格职称 职称 技能等级",
    "phone": "联系电话 电话 手机 手机号码 本人电话 联系方式",
    "hukou_address": "户口所在地 户口所在地址 户籍所在地 户籍地址 户籍地 户口地址",
    "residence_address": "常住地 现居住地详细地址 居住地 现住址 常年居住地 家庭住址 现居住地址 居住地址",
    "residence_elsewhere": "异地居住地",
    "declared_receiver": "接收地",
    "receiver_district": "移交区市",
    "receiver_street": "居住地乡镇街道 接收街道 接收镇街 所属街道",
    "receiver_community": "居住地社区村 接收社区 移交社区",
    "pension_place": "社保关系所在地 社会保险关系所在地:养老 参保地 养老保险所在地",
    "medical_place": "社会保险关系所在地:医疗 医保参保地 医保类型",
    "contact_name": "家庭联系人 其他联系人 紧急联系人 联系人",
    "special_groups": "特殊人员 特殊人群标示 特殊群体 人员标识",
    "preferential": "优抚类别",
    "tick_model_worker": "劳模 劳模情况标识",
    "injury_grade": "工伤伤残等级 伤残等级",
    "tick_work_injury": "是否工伤",
    "tick_occupational": "职业病",
    "dossier_place": "档案存放地 档案存放地点",
    "dossier_volumes": "档案册数",
    "dossier_number": "档案局档号 档案编号 档号",
    "has_dossier": "是否有档案",
    "party_joined_on": "入党时间",
    "party_confirmed_on": "转正时间",
    "dues_paid_until": "党费缴至年月 党费交至",
    "dues_monthly": "党费月缴额 党费月缴额(元)",
    "party_branch": "党组织关系所在地 所在党支部 党组织名称",
    "survival": "生存状态",
    "died_on": "死亡日期 去世时间",
    "is_alive": "是否健在",
    "is_dead": "是否去世",
    "out_of_pool_items": "统筹外项目",
    "out_of_pool_monthly": "月发放标准",
    "out_of_pool_yearly": "年发放金额",
    "remark": "备注 说明",
}


def test_every_fact_that_a_roster_can_hold_has_a_column():
    assert {fact for column in COLUMNS for fact in column.fills} == set(FACTS) - DERIVED


def test_texts_are_limited_to_what_the_database_holds():
    for column in COLUMNS:
        limit = column.cleaner.keywords.get("limit")
        model_field = PersonFacts._meta.get_field(column.field) if column.is_fact else None
        if isinstance(model_field, models.CharField) and not model_field.choices:
            expected = model_field.max_length
            assert (limit or 60) == expected, column.field
        if isinstance(model_field, models.DecimalField):
            assert limit < 10 ** (model_field.max_digits - model_field.decimal_places), column.field
    for field, limit in LIMITS.items():
        longest = getattr(PersonFacts._meta.get_field(field), "max_length", None)
        assert longest in (None, limit), field


def test_the_sealed_facts_are_the_ones_that_are_masked():
    assert set(SEALED) == columns.SEALED


def test_every_heading_variant_leads_to_its_field():
    for field, words in VARIANTS.items():
        for word in words.split():
            said = heading_words.said([word])
            assert (said.certainty, said.field) == ("exact", field), word


def test_no_heading_leads_to_two_fields():
    seen = {}
    for column in COLUMNS:
        for alias in column.aliases:
            assert seen.setdefault(heading_words.key(alias), column.field) == column.field, alias
    ignored = [heading_words.key(word) for words in IGNORED.values() for word in words.split()]
    assert not set(ignored) & set(seen)


def test_required_columns_are_the_three_without_which_nobody_can_be_handed_over():
    assert {column.field for column in COLUMNS if column.required} == {"name", "id_number", "retired_on"}


def test_ticks_name_groups_and_levels_that_exist():
    for field, code in columns.TICKED_GROUP.items():
        assert BY_FIELD[field].fills == ("special_groups",)
        assert code in SPECIAL_GROUPS
    assert set(columns.TICKED_LEVEL.values()) == {code for code, _ in PersonFacts._meta.get_field("soe_level").choices}
