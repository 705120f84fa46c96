"""Code lists of personal facts: national standards where there is one (domain.md 13.4, 2.3)."""

from django.db import models


class IdType(models.TextChoices):
    IDENTITY_CARD = "identity_card", "居民身份证"
    RESIDENCE_PERMIT = "residence_permit", "港澳台居民居住证"
    OTHER = "other", "其他证件"


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    MALE = "1", "男"
    FEMALE = "2", "女"


class Survival(models.TextChoices):
    ALIVE = "alive", "健在"
    DECEASED = "deceased", "已去世"
    UNREACHABLE = "unreachable", "失联"


class PoliticalStatus(models.TextChoices):
    """GB/T 4762."""

    MEMBER = "01", "中共党员"
    PROBATIONARY = "02", "中共预备党员"
    LEAGUE = "03", "共青团员"
    MINGE = "04", "民革党员"
    MINMENG = "05", "民盟盟员"
    MINJIAN = "06", "民建会员"
    MINJIN = "07", "民进会员"
    NONGGONG = "08", "农工党党员"
    ZHIGONG = "09", "致公党党员"
    JIUSAN = "10", "九三学社社员"
    TAIMENG = "11", "台盟盟员"
    NO_PARTY = "12", "无党派人士"
    MASSES = "13", "群众"


PARTY_MEMBERS = (PoliticalStatus.MEMBER, PoliticalStatus.PROBATIONARY)


class MaritalStatus(models.TextChoices):
    """GB/T 2261.2."""

    SINGLE = "10", "未婚"
    MARRIED = "20", "已婚"
    WIDOWED = "30", "丧偶"
    DIVORCED = "40", "离婚"
    UNKNOWN = "90", "未说明"


class Education(models.TextChoices):
    """GB/T 4658, groups."""

    POSTGRADUATE = "10", "研究生"
    UNIVERSITY = "20", "大学本科"
    COLLEGE = "30", "大学专科"
    SECONDARY_VOCATIONAL = "40", "中等专科"
    HIGH_SCHOOL = "60", "普通高中"
    MIDDLE_SCHOOL = "70", "初中"
    PRIMARY_SCHOOL = "80", "小学"
    OTHER = "90", "其他"


class RetirementKind(models.TextChoices):
    NORMAL = "normal", "正常退休"
    SPECIAL_WORK = "special_work", "特殊工种退休"
    ILLNESS = "illness", "病退"
    EARLY = "early", "特殊政策提前退休"
    RESIGNED = "resigned", "退职"
    CADRE = "cadre", "离休"
    INTERNAL = "internal", "内部退养"


# 离休 keep their present arrangement and 内退 are not retirees yet: neither is handed over (domain.md 1.2).
NOT_TRANSFERRED = (RetirementKind.CADRE, RetirementKind.INTERNAL)


class SoeLevel(models.TextChoices):
    CENTRAL = "central", "央企"
    PROVINCE = "province", "省企"
    CITY = "city", "市企"
    DISTRICT = "district", "区企"


class Residence(models.TextChoices):
    """Where the person lives, seen from Weihai (居住地类别, domain.md 2.3)."""

    LOCAL = "local", "本市"
    PROVINCE = "province", "本省其他市"
    OTHER_PROVINCE = "other_province", "外省"
    HK_MACAO_TAIWAN = "hk_macao_taiwan", "港澳台"
    ABROAD = "abroad", "境外"


OUTSIDE = (Residence.PROVINCE, Residence.OTHER_PROVINCE, Residence.HK_MACAO_TAIWAN, Residence.ABROAD)


class ReceiverBasis(models.TextChoices):
    """二(二): by registered or usual residence."""

    RESIDENCE = "residence", "常年居住地"
    HUKOU = "hukou", "户口所在地"


ETHNIC_GROUPS = tuple(
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺".split()
)
# GB/T 3304 numbers them 01 to 56 in this order.
EthnicGroup = [(f"{number:02}", f"{name}族") for number, name in enumerate(ETHNIC_GROUPS, 1)] + [
    ("97", "其他"),
    ("98", "外国血统中国籍人士"),
]

SPECIAL_GROUPS = {
    "elderly": "八十岁以上高龄",
    "alone": "孤寡老人",
    "model_worker": "劳动模范",
    "hardship": "特困",
    "serious_illness": "重病",
    "disabled": "残疾",
    "work_injury": "工伤残疾",
    "occupational_disease": "职业病",
    "minimum_living": "低保",
    "veteran": "退役军人",
    "pre_1949": "建国前参加工作",
    "special_work": "特殊工种",
}
