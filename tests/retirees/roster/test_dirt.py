"""One dirty cell in an otherwise good row: heading, what stands in the cell → what is stored, which problem is named.

A fault that is only a spelling is repaired and shown; what would be a guess is refused.
"""

from datetime import date, datetime
from decimal import Decimal

import pytest

from retirees.models.facts import FACTS, PersonFacts
from retirees.roster.columns import COLUMNS
from tests.retirees.roster.sample import WOMAN, Broken, clean, codes, id_number

NOTHING = None
MARCH, FIRST = date(1958, 3, 1), date(2013, 3, 1)
WRONG_CHECK = WOMAN[:17] + ("1" if WOMAN[17] != "1" else "2")
ZEROED = WOMAN[:15] + "000"
FULL_WIDTH = WOMAN.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
# This number ends in X, which people spell in many ways.
WITH_X = next(n for n in (id_number(order=f"{k:02}") for k in range(100)) if n.endswith("X"))
FIFTEEN = WOMAN[:6] + WOMAN[8:17]
PERMIT = id_number(area="830000")
PHONE = "13800000001"

# fmt: off
REFUSED = [
    # heading      cell                                  problem
    ("姓名",       None,                                 "missing"),
    ("姓名",       "　",                                 "missing"),
    ("姓名",       "无",                                 "missing"),
    ("姓名",       "0",                                  "missing"),
    ("姓名",       "王示例1",                            "name_digits"),
    ("姓名",       "王?例",                              "name_placeholder"),
    ("姓名",       "王□例",                              "name_placeholder"),
    ("姓名",       "王*",                                "name_placeholder"),
    ("姓名",       "王示例、李示例",                     "name_several"),
    ("姓名",       "王#例",                              "name_odd_sign"),
    ("姓名",       "示" * 61,                            "too_long"),
    ("姓名",       Broken(),                             "broken_cell"),
    ("身份证号",   None,                                 "missing"),
    ("身份证号",   "无",                                 "missing"),
    ("身份证号",   "0",                                  "missing"),
    ("身份证号",   int(WOMAN[:17] + "0"),                "id_as_number"),
    ("身份证号",   float(WOMAN[:15] + "000"),            "id_as_number"),
    ("身份证号",   "3.71002E+17",                        "id_as_number"),
    ("身份证号",   ZEROED,                               "id_check_zeros"),
    ("身份证号",   WRONG_CHECK,                          "id_check_digit"),
    ("身份证号",   WOMAN[:17],                           "id_length"),
    ("身份证号",   WOMAN + "1",                          "id_length"),
    ("身份证号",   WOMAN[:6] + "l" + WOMAN[7:],          "id_sign"),
    ("身份证号",   WOMAN[:6] + "O" + WOMAN[7:],          "id_sign"),
    ("身份证号",   WOMAN[:6] + "********" + WOMAN[14:],  "id_masked"),
    ("身份证号",   id_number(birth="19580230"),          "id_birth"),
    ("身份证号",   id_number(birth="20580301"),          "id_future"),
    ("身份证号",   id_number(birth="18980301"),          "id_too_old"),
    ("身份证号",   "ABC123456789012",                    "id_of_foreigner"),
    ("身份证号",   Broken(),                             "broken_cell"),
    ("退休时间",   None,                                 "missing"),
    ("退休时间",   "-",                                  "missing"),
    ("退休时间",   "2013.02.30",                         "date_impossible"),
    ("退休时间",   "2013.13",                            "date_impossible"),
    ("退休时间",   "2013",                               "date_incomplete"),
    ("退休时间",   "长期",                               "date_unreadable"),
    ("退休时间",   "2013.3-2014.5",                      "date_unreadable"),
    ("退休时间",   5803,                                 "date_unreadable"),
    ("退休时间",   Broken(),                             "broken_cell"),
    ("参加工作时间", date(2025, 1, 1),                   "date_future"),
    ("死亡日期",   "2030-01-01",                         "date_future"),
    ("性别",       "他",                                 "choice_unknown"),
    ("性别",       "男",                                 "sex_contradicts_id"),
    ("出生日期",   "1958-03-16",                         "birth_contradicts_id"),
    ("出生日期",   "1958.04",                            "birth_contradicts_id"),
    ("出生日期",   "1959",                               "birth_contradicts_id"),
    ("政治面貌",   "民主党派",                           "choice_unknown"),
    ("是否党员",   "也许",                               "choice_unknown"),
    ("居住地类别", "异地",                               "choice_unknown"),
    ("生存状态",   "待查",                               "choice_unknown"),
    ("退休类别",   "离休",                               "out_of_scope"),
    ("退休类别",   "内退",                               "out_of_scope"),
    ("联系电话",   WOMAN,                                "phone_is_id"),
    ("联系电话",   Broken(),                             "broken_cell"),
    ("月党费",     "-5",                                 "number_negative"),
    ("月党费",     "五块",                               "number_unreadable"),
    ("月党费",     "1e9",                                "number_too_big"),
    ("档案册数",   "很多",                               "number_unreadable"),
    ("档案册数",   -1,                                   "number_negative"),
    ("原工作单位", "示" * 121,                           "too_long"),
    ("原工作单位", "同上",                               "ditto"),
    ("常年居住地", "〃",                                 "ditto"),
    ("常年居住地", "#N/A",                               "broken_cell"),
    ("备注",       "锟斤拷锟斤拷",                       "broken_cell"),
    ("备注",       "示" * 1001,                          "too_long"),
]

TAKEN_WITH_A_WARNING = [
    # heading      cell                   field                stored                 problem
    ("姓名",       "王示例（已故）",      "name",              "王示例",              "name_deceased"),
    ("姓名",       "王示例(女)",          "name",              "王示例",              "name_bracket"),
    ("姓名",       "王shi例",             "name",              "王shi例",             "name_latin"),
    ("姓名",       "王\ue863例",          "name",              "王\ue863例",          "name_private"),
    ("姓名",       "王",                  "name",              "王",                  "name_short"),
    ("姓名",       "示" * 16,             "name",              "示" * 16,             "name_long"),
    ("参加工作时间", 1978.1,              "worked_since",      date(1978, 1, 1),      "date_month_ambiguous"),
    ("参加工作时间", "1978",              "worked_since",      date(1978, 1, 1),      "date_year_only"),
    ("参加工作时间", "3/4/1978",          "worked_since",      date(1978, 3, 4),      "date_order_ambiguous"),
    ("入党时间",   20589,                 "party_joined_on",   date(1956, 5, 14),     "date_serial_ambiguous"),
    ("退休时间",   "2030.01",             "retired_on",        date(2030, 1, 1),      "retired_in_future"),
    ("退休时间",   "1998.05",             "retired_on",        date(1998, 5, 1),      "retired_too_early"),
    ("退休时间",   date(2033, 3, 1),      "retired_on",        date(2033, 3, 1),      "retired_late"),
    ("参加工作时间", "2013.05",           "worked_since",      date(2013, 5, 1),      "retired_before_work"),
    ("参加工作时间", "1970.01",           "worked_since",      date(1970, 1, 1),      "work_too_early"),
    ("入党时间",   "1973.01",             "party_joined_on",   date(1973, 1, 1),      "party_too_early"),
    ("民族",       "火星族",              "ethnic_group",      NOTHING,               "choice_unclear"),
    ("文化程度",   "中学",                "education",         NOTHING,               "choice_unclear"),
    ("退休类别",   "干部",                "retirement_kind",   NOTHING,               "choice_unclear"),
    ("联系电话",   "1380000",             "phone",             "1380000",             "phone_short"),
    ("联系电话",   "138000000012",        "phone",             "138000000012",        "phone_long"),
    ("联系电话",   "11000000000",         "phone",             "11000000000",         "phone_odd"),
    ("联系电话",   f"{PHONE}（儿子）",    "phone",             PHONE,                 "phone_with_words"),
    ("联系电话",   "找儿子",              "phone",             NOTHING,               "phone_none"),
    ("特殊人员",   "劳模、会唱歌",        "special_groups",    ["model_worker"],      "special_unclear"),
    ("生存状态",   "去世",                "survival",          "deceased",            "death_date_missing"),
    ("常年居住地", "北京市示例区1号",     "residence_address", "北京市示例区1号",     "residence_doubt"),
    ("常年居住地", "山东省青岛市示例路",  "residence_address", "山东省青岛市示例路",  "residence_doubt"),
]

REPAIRED = [
    # heading      cell                             field               stored
    ("姓名",       "王　示例",                      "name",             "王示例"),
    ("姓名",       " 王 示 例 ",                    "name",             "王示例"),
    ("姓名",       "王\u200b示例\ufeff",            "name",             "王示例"),
    ("姓名",       "王\xa0示例\n",                  "name",             "王示例"),
    ("姓名",       "'王示例",                       "name",             "王示例"),
    ("姓名",       "=王示例",                       "name",             "王示例"),
    ("姓名",       "王示例&nbsp;",                  "name",             "王示例"),
    ("姓名",       "<b>王示例</b>",                 "name",             "王示例"),
    ("姓名",       "示例古丽•买买提",               "name",             "示例古丽·买买提"),
    ("姓名",       "示例古丽．买买提",              "name",             "示例古丽·买买提"),
    ("姓名",       "示例古丽 · 买买提",             "name",             "示例古丽·买买提"),
    ("姓名",       "⺩示例".replace("⺩", "⽟"),      "name",             "玉示例"),
    ("身份证号",   f" {WOMAN} ",                    "id_number",        WOMAN),
    ("身份证号",   f"'{WOMAN}",                     "id_number",        WOMAN),
    ("身份证号",   f'="{WOMAN}"',                   "id_number",        WOMAN),
    ("身份证号",   f"{WOMAN[:6]} {WOMAN[6:14]} {WOMAN[14:]}", "id_number", WOMAN),
    ("身份证号",   f"{WOMAN[:6]}-{WOMAN[6:14]}-{WOMAN[14:]}", "id_number", WOMAN),
    ("身份证号",   f"{WOMAN}\u202c",                "id_number",        WOMAN),
    ("身份证号",   FULL_WIDTH,                      "id_number",        WOMAN),
    ("身份证号",   WITH_X.lower(),                  "id_number",        WITH_X),
    ("身份证号",   WITH_X[:17] + "Ｘ",              "id_number",        WITH_X),
    ("身份证号",   WITH_X[:17] + "×",               "id_number",        WITH_X),
    ("身份证号",   FIFTEEN,                         "id_number",        WOMAN),
    ("身份证号",   int(FIFTEEN),                    "id_number",        WOMAN),
    ("身份证号",   float(FIFTEEN),                  "id_number",        WOMAN),
    ("参加工作时间", "78.03",                       "worked_since",     date(1978, 3, 1)),
    ("参加工作时间", "05.3",                        "worked_since",     date(2005, 3, 1)),
    ("参加工作时间", "780301",                      "worked_since",     date(1978, 3, 1)),
    ("参加工作时间", "Mar-78",                      "worked_since",     date(1978, 3, 1)),
    ("参加工作时间", 28550,                         "worked_since",     date(1978, 3, 1)),
    ("参加工作时间", 28550.0,                       "worked_since",     date(1978, 3, 1)),
    ("参加工作时间", "28550",                       "worked_since",     date(1978, 3, 1)),
    ("出生日期",   "58.03",                         "born_on",          date(1958, 3, 15)),
    ("联系电话",   "138 0000 0001",                 "phone",            PHONE),
    ("联系电话",   "138-0000-0001",                 "phone",            PHONE),
    ("联系电话",   "１３８０００００００１",          "phone",            PHONE),
    ("联系电话",   f"+86{PHONE}",                   "phone",            PHONE),
    ("联系电话",   f"0{PHONE}",                     "phone",            PHONE),
    ("联系电话",   f"{PHONE}.0",                    "phone",            PHONE),
    ("联系电话",   f"{PHONE}/0631-5200001",         "phone",            f"{PHONE}、0631-5200001"),
    ("联系电话",   f"{PHONE}；13900000001",         "phone",            f"{PHONE}、13900000001"),
    ("联系电话",   f"{PHONE}13900000001",           "phone",            f"{PHONE}、13900000001"),
    ("联系电话",   "（0631）5200001",               "phone",            "0631-5200001"),
    ("联系电话",   "06315200001",                   "phone",            "0631-5200001"),
    ("联系电话",   "0631-5200001转801",             "phone",            "0631-5200001-801"),
    ("常年居住地", "威海市 环翠区　示例路1号",       "residence_address", "威海市环翠区示例路1号"),
    ("常年居住地", "威海市环翠区示例路１号－２０１", "residence_address", "威海市环翠区示例路1号-201"),
    ("备注",       "第一行_x000D_\n第二行",         "remark",           "第一行第二行"),
    ("备注",       "@示例",                         "remark",           "示例"),
    ("月党费",     12.345,                          "dues_monthly",     Decimal("12.35")),
    ("健康状况",   "1",                             "health",           "健康"),
    ("健康状况",   3,                               "health",           "长年有病"),
]

READ_SILENTLY = [
    # heading      cell                             field               stored
    ("退休时间",   "2013.3",                        "retired_on",       FIRST),
    ("退休时间",   "2013.03",                       "retired_on",       FIRST),
    ("退休时间",   2013.03,                         "retired_on",       FIRST),
    ("退休时间",   "2013年3月",                     "retired_on",       FIRST),
    ("退休时间",   "2013年3月1日",                  "retired_on",       FIRST),
    ("退休时间",   "2013 年 03 月",                 "retired_on",       FIRST),
    ("退休时间",   "201303",                        "retired_on",       FIRST),
    ("退休时间",   201303,                          "retired_on",       FIRST),
    ("退休时间",   201303.0,                        "retired_on",       FIRST),
    ("退休时间",   "20130301",                      "retired_on",       FIRST),
    ("退休时间",   20130301,                        "retired_on",       FIRST),
    ("退休时间",   "2013/3/1",                      "retired_on",       FIRST),
    ("退休时间",   "2013-3/1",                      "retired_on",       FIRST),
    ("退休时间",   "2013-3-1 00:00:00",             "retired_on",       FIRST),
    ("退休时间",   "2013-03-01T00:00:00",           "retired_on",       FIRST),
    ("退休时间",   datetime(2013, 3, 1),            "retired_on",       FIRST),
    ("退休时间",   "2013.03.00",                    "retired_on",       FIRST),
    ("退休时间",   "二〇一三年三月",                "retired_on",       FIRST),
    ("退休时间",   "二零一三年三月一日",            "retired_on",       FIRST),
    ("退休时间",   "２０１３．０３",                "retired_on",       FIRST),
    ("退休时间",   "2013。3",                       "retired_on",       FIRST),
    ("退休时间",   "2013.03退休",                   "retired_on",       FIRST),
    ("退休时间",   "1-Mar-2013",                    "retired_on",       FIRST),
    ("退休时间",   "3/15/2013",                     "retired_on",       date(2013, 3, 15)),
    ("出生日期",   "1958.3",                        "born_on",          date(1958, 3, 15)),
    ("出生日期",   "1958",                          "born_on",          date(1958, 3, 15)),
    ("出生日期",   MARCH,                           "born_on",          date(1958, 3, 15)),
    ("死亡日期",   0,                               "died_on",          NOTHING),
    ("死亡日期",   "0000-00-00",                    "died_on",          NOTHING),
    ("死亡日期",   datetime(1899, 12, 30),          "died_on",          NOTHING),
    ("死亡日期",   "1900-01-00",                    "died_on",          NOTHING),
    ("死亡日期",   "健在",                          "died_on",          NOTHING),
    ("性别",       "女性",                          "sex",              "2"),
    ("性别",       2,                               "sex",              "2"),
    ("性别",       "2-女",                          "sex",              "2"),
    ("民族",       "汉",                            "ethnic_group",     "01"),
    ("民族",       1,                               "ethnic_group",     "01"),
    ("民族",       "01 汉族",                       "ethnic_group",     "01"),
    ("民族",       "满",                            "ethnic_group",     "11"),
    ("民族",       "维族",                          "ethnic_group",     "05"),
    ("政治面貌",   "党员",                          "political_status", "01"),
    ("政治面貌",   "中共正式党员",                  "political_status", "01"),
    ("政治面貌",   "预备党员",                      "political_status", "02"),
    ("政治面貌",   "团员",                          "political_status", "03"),
    ("政治面貌",   "群众",                          "political_status", "13"),
    ("政治面貌",   "九三学社",                      "political_status", "10"),
    ("是否党员",   "√",                             "political_status", "01"),
    ("是否党员",   "否",                            "political_status", "13"),
    ("文化程度",   "大专",                          "education",        "30"),
    ("文化程度",   "函授本科",                      "education",        "20"),
    ("文化程度",   "技校",                          "education",        "40"),
    ("文化程度",   "高小",                          "education",        "80"),
    ("文化程度",   "文盲",                          "education",        "90"),
    ("婚姻状况",   "离异",                          "marital_status",   "40"),
    ("婚姻状况",   "21",                            "marital_status",   "20"),
    ("退休类别",   "因病退休",                      "retirement_kind",  "illness"),
    ("退休类别",   "到龄退休",                      "retirement_kind",  "normal"),
    ("隶属关系",   "驻威央企",                      "soe_level",        "central"),
    ("居住地类别", 3,                               "residence",        "other_province"),
    ("生存状态",   "失联",                          "survival",         "unreachable"),
    ("证件类型",   "二代身份证",                    "id_type",          "identity_card"),
    ("联系电话",   float(PHONE),                    "phone",            PHONE),
    ("联系电话",   int(PHONE),                      "phone",            PHONE),
    ("联系电话",   "无",                            "phone",            NOTHING),
    ("联系电话",   "0",                             "phone",            NOTHING),
    ("月党费",     "1,234.50元",                    "dues_monthly",     Decimal("1234.50")),
    ("月党费",     "￥１２．５",                      "dues_monthly",     Decimal("12.50")),
    ("月党费",     0,                               "dues_monthly",     Decimal("0.00")),
    ("月发放标准", "0.03万",                        "out_of_pool_monthly", Decimal("300.00")),
    ("月发放标准", "300元/月",                      "out_of_pool_monthly", Decimal("300.00")),
    ("档案册数",   "2册",                           "dossier_volumes",  2),
    ("档案册数",   2.0,                             "dossier_volumes",  2),
    ("档案册数",   "两册",                          "dossier_volumes",  2),
    ("有无档案",   "无",                            "has_dossier",      False),
    ("有无档案",   "有",                            "has_dossier",      True),
    ("有无档案",   "×",                             "has_dossier",      False),
    ("企业年金",   "未实施",                        "annuity",          False),
    ("企业年金",   True,                            "annuity",          True),
    ("特殊人员",   "省级劳模，低保",                "special_groups",   ["model_worker", "minimum_living"]),
    ("特殊人员",   "无",                            "special_groups",   NOTHING),
    ("劳模",       "全国劳模",                      "special_groups",   ["model_worker"]),
    ("劳模",       "否",                            "special_groups",   NOTHING),
    ("健康状况",   "无",                            "health",           NOTHING),
    ("籍贯",       "——",                            "native_place",     NOTHING),
    ("籍贯",       "/",                             "native_place",     NOTHING),
    ("籍贯",       " 山东威海 ",                    "native_place",     "山东威海"),
    ("姓名",       "㐂示例",                        "name",             "㐂示例"),
    ("姓名",       "𬀩示例",                         "name",             "𬀩示例"),
    ("姓名",       "王〇例",                        "name",             "王〇例"),
    ("姓名",       "示例古丽·买买提",               "name",             "示例古丽·买买提"),
    ("常年居住地", "环翠区青岛中路1号",             "residence_address", "环翠区青岛中路1号"),
    ("身份证号",   id_number(area="371081"),        "id_number",        id_number(area="371081")),
    ("身份证号",   id_number(area="371011"),        "id_number",        id_number(area="371011")),
    ("身份证号",   PERMIT,                          "id_number",        PERMIT),
]
# fmt: on


def shown(value):
    return repr(value)[:40]


@pytest.mark.parametrize(("heading", "cell", "code"), REFUSED, ids=shown)
def test_a_cell_that_would_need_a_guess_is_an_error(heading, cell, code):
    row = clean(**{heading: cell})
    assert codes(row, "error") == [code]
    assert row.has_errors


@pytest.mark.parametrize(("heading", "cell", "field", "stored", "code"), TAKEN_WITH_A_WARNING, ids=shown)
def test_a_doubtful_cell_is_taken_with_a_warning(heading, cell, field, stored, code):
    row = clean(**{heading: cell})
    assert codes(row, "error") == []
    assert code in codes(row, "warning")
    assert row.values.get(field) == stored


@pytest.mark.parametrize(("heading", "cell", "field", "stored"), REPAIRED, ids=shown)
def test_a_spelling_is_repaired_and_the_repair_is_shown(heading, cell, field, stored):
    row = clean(**{heading: cell})
    assert row.values.get(field) == stored
    assert codes(row, "error") == []
    if field != "born_on":
        assert [note.field for note in row.notes] == [field]


@pytest.mark.parametrize(("heading", "cell", "field", "stored"), READ_SILENTLY, ids=shown)
def test_a_usual_way_of_writing_is_read_without_a_word(heading, cell, field, stored):
    row = clean(**{heading: cell})
    assert row.values.get(field) == stored
    assert row.problems == []


def test_the_tables_hold_many_kinds_of_dirt():
    assert len(REFUSED) + len(TAKEN_WITH_A_WARNING) + len(REPAIRED) >= 60


ODD = [
    *(
        "",
        " ",
        "%s{0}{shown}",
        "{}",
        "²",
        "½",
        "٣" * 18,
        "十十十",
        "一九",
        "00",
        "½½.½",
        "1e400",
        "1_000",
        "--",
        "(((",
        "（）",
        "示" * 3000,
    ),
    *(
        "\x00示例",
        "&#0;示例",
        "&#1114112;",
        "_xD800_",
        "<br>",
        "=1+1",
        "@示例",
        "-示例",
        "9" * 5000,
        "1.1.1.1",
        "0000",
        "13-13-13",
    ),
    *(0, 1, -1, 1.5, 1e308, float("inf"), float("nan"), -0.0, 10**30, 5803, 59999.9, 1e16, True, False, Broken()),
    *(date(1, 1, 1), date(9999, 12, 31), datetime(1899, 12, 30), datetime(2013, 3, 1, 4, 5)),
]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.field)
def test_no_cell_however_odd_breaks_a_row_or_the_database(column):
    for cell in ODD:
        for name, value in clean(**{column.label: cell}).values.items():
            assert name in FACTS
            limit = getattr(PersonFacts._meta.get_field(name), "max_length", None)
            if isinstance(value, str):
                assert value.encode().count(0) == 0
                assert limit is None or len(value) <= limit
            if isinstance(value, date):
                assert 1880 <= value.year <= 2100
