"""What people write for a choice → its code. One row per code; the label and the code itself are always accepted."""

from retirees import codes
from retirees.roster.text import EMPTY, as_text, compact

# fmt: off
SEX = {
    "1": "男 男性 M m male Male 男士 先生",
    "2": "女 女性 F f female Female 女士",
    "": "0 9 未说明 未知的性别",
}

ID_TYPE = {
    "identity_card":    "身份证 居民身份证 二代身份证 第二代居民身份证 一代身份证 临时身份证 中国居民身份证 公民身份证 01 1 111",
    "residence_permit": "港澳台居民居住证 港澳居民居住证 台湾居民居住证 居住证 港澳台居住证",
    "other":            "其他 其它 其他证件 护照 外国护照 外国人永久居留身份证 外国人永久居留证 永久居留证 军官证 士兵证 文职干部证 "
                        "军人证 户口簿 港澳居民来往内地通行证 台湾居民来往大陆通行证 回乡证 台胞证 通行证 驾驶证",
}

POLITICAL = {
    "01": "中共党员 党员 正式党员 中共正式党员 中国共产党党员 共产党员 中国共产党 中共 中国共产党正式党员 1",
    "02": "中共预备党员 预备党员 中国共产党预备党员 预备 2",
    "03": "共青团员 团员 中国共产主义青年团团员 3",
    "04": "民革党员 民革 民革会员 中国国民党革命委员会 中国国民党革命委员会会员 4",
    "05": "民盟盟员 民盟 中国民主同盟 中国民主同盟盟员 5",
    "06": "民建会员 民建 中国民主建国会 中国民主建国会会员 6",
    "07": "民进会员 民进 中国民主促进会 中国民主促进会会员 7",
    "08": "农工党党员 农工党 农工民主党 中国农工民主党 中国农工民主党党员 8",
    "09": "致公党党员 致公党 中国致公党 中国致公党党员 9",
    "10": "九三学社社员 九三学社 九三",
    "11": "台盟盟员 台盟 台湾民主自治同盟 台湾民主自治同盟盟员",
    "12": "无党派人士 无党派 无党派民主人士",
    "13": "群众 普通群众 一般群众 群从 非党员 非中共党员 非党 普通公民 老百姓",
}

MARITAL = {
    "10": "未婚 单身 1",
    "20": "已婚 初婚 再婚 复婚 有配偶 结婚 21 22 23 2",
    "30": "丧偶 3",
    "40": "离婚 离异 4",
    "90": "未说明 其他 其它 9",
}

EDUCATION = {
    "10": "研究生 博士 硕士 博士研究生 硕士研究生 研究生班 在职研究生 研究生及以上 党校研究生 研究生毕业",
    "20": "大学本科 本科 大学 大本 学士 全日制本科 大学毕业 本科毕业 函授本科 在职本科 党校本科 中央党校本科 自考本科 成人本科 "
          "电大本科 大学普通班 大普 大学本科毕业 本科及以上",
    "30": "大学专科 大专 专科 高职 大专毕业 专科毕业 函授大专 在职大专 党校大专 自考大专 成人大专 电大 电大大专 夜大 职大 "
          "高等职业教育 大学专科毕业 大专学历",
    "40": "中等专科 中专 中等专业学校 中专毕业 中技 技校 技工 技工学校 职高 职业高中 职业中专 中等职业教育 中师 中专技校 技校毕业 "
          "中等专业",
    "60": "普通高中 高中 高中毕业 普高 高中肄业",
    "70": "初中 初中毕业 初级中学 初中肄业 初中及以下",
    "80": "小学 小学毕业 高小 初小 小学肄业 小学及以下",
    "90": "其他 其它 文盲 半文盲 文盲或半文盲 识字 扫盲 无学历 不识字",
}
# GB/T 4658 numbers kinds inside a group; 50 was 技工学校 in the edition of 1984.
EDUCATION_GROUPS = {"1": "10", "2": "20", "3": "30", "4": "40", "5": "40", "6": "60", "7": "70", "8": "80", "9": "90"}

RETIREMENT = {
    "normal":       "正常退休 正常 退休 到龄退休 到龄 达龄退休 到年龄退休 法定退休 法定年龄退休 年龄退休 一般退休 按时退休 已退休 退休人员 "
                    "退休职工 弹性退休 弹性延迟退休 弹性提前退休 延迟退休",
    "special_work": "特殊工种退休 特殊工种 特殊工种提前退休 特种工退休 特殊岗位退休 有毒有害 特繁重 高温 井下 有毒 高空 特殊工种提退",
    "illness":      "病退 因病退休 因病提前退休 病残退休 因病 因病或非因工致残退休 因病丧失劳动能力 病退休 因病(非因工致残)退休 病残津贴",
    "early":        "特殊政策提前退休 提前退休 政策性提前退休 政策提前退休 政策性退休 特殊政策 早退 提退 破产提前退休 政策性破产提前退休",
    "resigned":     "退职 退职人员 因病退职",
    "cadre":        "离休 离休干部 离休人员 建国前离休",
    "internal":     "内部退养 内退 内养 内部退休 内退人员 内退职工 离岗退养 退养 离岗 离岗待退 离岗休养 待退休 内部离岗 早退内养",
}

SOE_LEVEL = {
    "central":  "央企 中央企业 中央 央属 央属企业 中央直属 部属 国务院国资委 驻威央企 1",
    "province": "省企 省属 省属企业 省直 省管 省管企业 省级 省国资委 驻威省企 2",
    "city":     "市企 市属 市属企业 市直 市管 市管企业 市级 市国资委 3",
    "district": "区企 区属 区属企业 区市属 区市企业 区市属企业 区(市)属 县属 县企 县区属 县级 区级 区管 区县属 县市属 4",
}

RESIDENCE = {
    "local":          "本市 市内 威海 威海市 本地 本市内 本县市 同城 本市居住 本地居住 1",
    "province":       "本省其他市 省内 本省 省内异地 山东省内 省内其他市 本省外市 省内市外 2",
    "other_province": "外省 省外 跨省 外省市 其他省 其它省 省外异地 跨省异地 3",
    "hk_macao_taiwan": "港澳台 香港 澳门 台湾 4",
    "abroad":         "境外 国外 海外 出国 定居国外 境外定居 5",
}

SURVIVAL = {
    "alive":       "健在 在世 生存 存活 在 正常 活 生 健康 尚在 健存 活着",
    "deceased":    "已去世 去世 死亡 已死亡 已故 故 亡故 已亡故 病故 已病故 逝世 已逝 已逝世 过世 已过世 亡 殁 卒 死 身故 已死 离世 已离世",
    "unreachable": "失联 下落不明 失踪 联系不上 无法联系 失去联系 查无此人",
}

HEALTH = {"1": "健康", "2": "生活不能自理", "3": "长年有病", "4": "一般"}

PREFERENTIAL = {"hardship": "特困 1", "serious_illness": "重病 2", "minimum_living": "低保 3"}

SPECIAL = {
    "elderly":              "八十岁以上高龄 高龄 80岁以上 80岁以上高龄 高龄老人 八十岁以上 80周岁以上 80岁以上老人",
    "alone":                "孤寡老人 孤寡 孤老 鳏寡孤独 独居 独居老人 空巢 空巢老人 无子女 三无老人",
    "model_worker":         "劳动模范 劳模 全国劳模 省级劳模 省劳模 市级劳模 市劳模 部级劳模 省部级劳模 全国劳动模范 先进工作者 劳模先进",
    "hardship":             "特困 困难 特困人员 困难职工 特困职工 生活困难 特困家庭 困难家庭 建档困难",
    "serious_illness":      "重病 大病 重大疾病 患重病 重症 慢性重病 重大病 大病患者 长期患病",
    "disabled":             "残疾 残疾人 残疾人员 伤残 肢体残疾 视力残疾 听力残疾 精神残疾 智力残疾 重残",
    "work_injury":          "工伤残疾 工伤 因工致残 工伤人员 工残 因工伤残 工伤伤残",
    "occupational_disease": "职业病 矽肺 尘肺 尘肺病 职业病患者 矽肺病",
    "minimum_living":       "低保 享受低保 低保户 最低生活保障 低保人员 低保家庭",
    "veteran":              "退役军人 退伍军人 复员军人 转业军人 军转干部 复转军人 军转 企业军转干部 参战 参战人员 退役士兵 军队转业",
    "pre_1949":             "建国前参加工作 建国前老工人 建国前 解放前参加工作 新中国成立前参加工作 建国前参加革命工作",
    "special_work":         "特殊工种 特繁重 高温 井下 有毒 高空 特种作业",
}

YES = ("是 有 √ ✓ ✔ ☑ ☒ ■ ● ★ ✅ Y y yes Yes YES T t true True TRUE 1 对 对勾 已 已有 属于 享受 已享受 在 参加 已参加 实施 已实施 纳入 "
       "已纳入 已建立 建立 ü þ 有档案 已办 已办理 确认 勾 打勾")
NO = ("否 无 × ✗ ✘ ╳ X x N n no No NO F f false False FALSE 0 错 未 没 没有 不 不是 非 不属于 不享受 未享受 未参加 未实施 未纳入 "
      "不在 未建立 无档案 未办 未办理 □ ☐")
# fmt: on


def accepted(synonyms, enum=()):
    """Everything that may be written → code."""
    table = {}
    for code, words in synonyms.items():
        table.update(dict.fromkeys(words.split(), code))
    for code, label in getattr(enum, "choices", enum):
        table[code] = table[compact(label)] = code
    return table


def ethnic_groups():
    table = accepted(
        {"01": "汉人 HA", "05": "维族 维", "02": "蒙族 蒙", "10": "鲜族", "15": "土家", "97": "其它", "98": "入籍"},
        codes.EthnicGroup,
    )
    for number, name in enumerate(codes.ETHNIC_GROUPS, 1):
        table[name] = table[str(number)] = f"{number:02}"
    return table


def educations():
    table = accepted(EDUCATION, codes.Education)
    for number in range(10, 100):
        table.setdefault(str(number), EDUCATION_GROUPS[str(number)[0]])
    return table


ACCEPTED = {
    "sex": accepted(SEX, codes.Sex),
    "id_type": accepted(ID_TYPE, codes.IdType),
    "ethnic_group": ethnic_groups(),
    "political_status": accepted(POLITICAL, codes.PoliticalStatus),
    "marital_status": accepted(MARITAL, codes.MaritalStatus),
    "education": educations(),
    "retirement_kind": accepted(RETIREMENT, codes.RetirementKind),
    "soe_level": accepted(SOE_LEVEL, codes.SoeLevel),
    "residence": accepted(RESIDENCE, codes.Residence),
    "survival": accepted(SURVIVAL, codes.Survival),
    "special_groups": accepted(SPECIAL, tuple(codes.SPECIAL_GROUPS.items())),
    "preferential": accepted(PREFERENTIAL),
}
YES_NO = dict.fromkeys(YES.split(), True) | dict.fromkeys(NO.split(), False)

LABELS = {
    "sex": codes.Sex.labels,
    "id_type": codes.IdType.labels,
    "ethnic_group": ["汉族", "满族", "回族", "蒙古族", "朝鲜族", "等 56 个民族名称", "其他"],
    "political_status": codes.PoliticalStatus.labels,
    "marital_status": codes.MaritalStatus.labels,
    "education": codes.Education.labels,
    "retirement_kind": codes.RetirementKind.labels,
    "soe_level": codes.SoeLevel.labels,
    "residence": codes.Residence.labels,
    "survival": codes.Survival.labels,
    "special_groups": list(codes.SPECIAL_GROUPS.values()),
    "preferential": ["特困", "重病", "低保", "无"],
}

LABEL_OF = {
    **{code: label for enum in (codes.PoliticalStatus, codes.RetirementKind) for code, label in enum.choices},
    **dict(codes.Sex.choices),
}


def coded(raw, table):
    """The code that a cell means; "" for an empty cell; None where it means nothing known."""
    text = compact(as_text(raw))
    if text in table:
        return table[text]
    if text in EMPTY or text == "0":
        return ""
    bare = text.split("(")[0].split("（")[0]
    number, dash, rest = bare.partition("-")
    for word in (bare, number if dash else "", rest, bare.lstrip("0123456789.、:")):
        if word and word in table:
            return table[word]
    return None
