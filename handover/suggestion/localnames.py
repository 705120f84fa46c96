"""What people in Weihai write that the official list does not say. Tables only; each line is a local fact.

Receivers are named by their codes of the receiving-unit list, streets by their statistical codes. A code that a
gazetteer does not hold is simply never matched.
"""

from dataclasses import dataclass

# Spellings of receiving areas beyond the aliases of the official list: former counties, shortened zone names.
AREA_SPELLINGS: dict[str, tuple[str, ...]] = {
    "HC": ("环翠区", "环翠"),
    "WD": ("文登区", "文登市", "文登县", "文登"),
    "RC": ("荣成市", "荣成县", "荣成区", "荣成", "好运角旅游度假区", "好运角"),
    "RS": ("乳山市", "乳山县", "乳山区", "乳山"),
    "GQ": (
        "高区",
        "高技区",
        "高新区",
        "火炬高区",
        "火炬高技区",
        "火炬高新区",
        "火炬高技术开发区",
        "火炬高技术产业开发区",
        "火炬开发区",
        "高技术产业开发区",
        "高技术开发区",
        "高新技术产业开发区",
        "高新技术开发区",
    ),
    "JQ": (
        "经区",
        "经技区",
        "经开区",
        "经济区",
        "经济技术开发区",
        "技术开发区",
        "威海经济开发区",
        "威海市经济开发区",
        "威海开发区",
        "威海市开发区",
    ),
    "LG": ("临港区", "临港经济技术开发区", "临港开发区", "临港新区", "临港经济区", "临港", "工业新区"),
    "ZB": ("综合保税区", "综保区", "保税区", "出口加工区", "综保"),
    "NH": ("南海新区", "南海"),
}

# Each county has its own economic development zone, which must not be taken for the city's 经区 or 高区.
COUNTY_ZONES: dict[str, tuple[str, ...]] = {"WD": ("文登",), "RC": ("荣成",), "RS": ("乳山",)}
COUNTY_ZONE_TAILS = ("经济开发区", "经济技术开发区", "开发区", "经开区", "高新区", "高新技术产业开发区", "高技区")

# 文登经济开发区 stands in the statistics as a street-level office.
STREET_SPELLINGS: dict[str, tuple[str, ...]] = {
    "371003400": tuple(f"文登{mark}{tail}" for mark in ("", "区", "市") for tail in COUNTY_ZONE_TAILS[:4]),
}

COMMUNITY_SPELLINGS: dict[str, tuple[str, ...]] = {
    "371071004401": ("哈工大", "哈尔滨工业大学"),
    "371071004402": ("山大", "山东大学"),
}


@dataclass(frozen=True, slots=True)
class Zone:
    """A name in daily use that is no division of the list: it tells the area, and perhaps some of its streets."""

    names: tuple[str, ...]
    receiver_code: str
    streets: tuple[str, ...] = ()


ZONES = (
    Zone(
        ("石岛管理区", "石岛区", "石岛街道", "石岛镇", "石岛办事处", "石岛"),
        "RC",
        tuple(f"37108200{number}" for number in range(1, 7)),
    ),
    # In local use since the office was set up, absent from the statistics of 2023.
    Zone(("双岛街道办事处", "双岛街道办", "双岛街道", "双岛办事处", "双岛街办"), "GQ"),
)

# By law the towns of the three zones belong to 环翠区, so that people write 环翠区 for all of them.
LEGAL_PARENT: dict[str, str] = {"GQ": "HC", "JQ": "HC", "LG": "HC"}

# A narrower name beside a wider one wins: 环翠区经区…, 文登区南海新区….
WITHIN: dict[str, tuple[str, ...]] = {"HC": ("GQ", "JQ", "LG", "ZB"), "WD": ("NH", "LG"), "RC": ("ZB",)}

# Towns that changed hands; old identity papers still name the former county.
FORMER_PARENTS: dict[str, tuple[str, ...]] = {
    "371071108": ("WD",),  # 初村镇
    "371073107": ("WD",),  # 草庙子镇
    "371073112": ("WD",),  # 汪疃镇
    "371073113": ("WD",),  # 苘山镇
    "371003108": ("WD",),  # 小观镇
    "371072103": ("RC",),  # 崮山镇
    "371072105": ("RC",),  # 泊于镇
    "371002109": ("RC",),  # 桥头镇
}

# Villages and one town of 文登 that 南海新区 receives.
RECEIVER_BY_STREET: dict[str, str] = {"371003108": "NH"}
RECEIVER_BY_COMMUNITY: dict[str, str] = dict.fromkeys(
    ("371003105216", "371003106211", "371003107210", "371003107209"), "NH"
)

# Words that are a street's or a community's name and also an everyday word or a common estate name: without the
# word 街道, 镇, 村 or 社区 behind them they say little.
COMMON_WORDS = frozenset(
    "温泉 港湾 东山 人和 皇冠 桥头 城西 桃园 虎山 上庄 夏庄 高村 西苑 嵩山 徐家 冯家 侯家 葛家 花园 学府 新城 "
    "东城 乐园 菜园 果园 阳光 长江 东方 幸福 金城 太阳城 大学城 职业中专 光明 向阳 朝阳 大众 大桥 新建 大庆 "
    "滨海 海城 明珠 长乐 公园 文化 海天 海景 观海 望海 金山 银河 南山 北山 西山 凤凰 祥和 嘉和 泰和 和兴 兴隆 "
    "青山 河东 河西 河北 河南 石河 南庄 北庄 西庄 东庄 新庄 大庄 小庄 永安 天安 金海湾 阳光 春风里 站前 府前".split()
)

# Streets whose stem alone is hardly a name at all: 城区 and 开发区 exist in every county.
VAGUE_STREETS = frozenset({"城区", "开发区"})
