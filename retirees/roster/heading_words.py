"""What a heading says: one cell, or a path of cells from the group down to the column, → a field.

`key` takes away whatever does not distinguish one heading from another.
"""

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from retirees.roster.columns import COLUMNS, IGNORED
from retirees.roster.text import INVISIBLES

# Whether the field is certain.
EXACT, CLOSE, SUGGESTED, IGNORED_COLUMN, UNKNOWN = "exact", "close", "suggested", "ignored", "unknown"

REQUIRED_MARKS = re.compile(r"必填项?|选填项?|非必填|必录|可不填|必须填写|\*|★|☆|▲|◆|※")
BRACKETS = re.compile(r"[(\[【〔{<《][^()\[\]【】〔〕{}<>《》]*[)\]】〕}>》]")
CIRCLED = re.compile("[①-⑳❶-❿]")
NUMBERING = re.compile(r"^(?:[(]?\d{1,2}[).、．]|[一二三四五六七八九十]{1,2}、)")
SIGNS = re.compile(r"[^\w]|_")
GROUP_NUMBER = re.compile(r"^第?[一二三四12345]+|[一二三四12345]+$")
UNIT_WORDS = re.compile(r"^(?:元|万元|册|卷|岁|年|月|日|年月|年月日|元月|元年|yyyy.*|格式.*|下拉.*|例.*|\d+)?$")

AFFIXES_BEFORE = tuple(
    "国有企业退休人员 离退休人员 退休人员 退休职工 离退休职工 企业职工 职工 员工 人员 本人 个人 参保人 现 原".split()
)
AFFIXES_BEHIND = tuple("信息 情况 栏 填写 内容 说明 名称 数据 登记 一栏 如下 年月".split())
# Whose column it is when it is not the retiree's: never guessed.
OTHERS = re.compile(
    r"配偶|子女|儿子|女儿|父|母|丈夫|妻|家属|亲属|经办|填表|审核|负责人|单位电话|单位联系|单位地址|企业电话|企业地址|办公|邮箱|邮编|银行|账号|卡号|开户|社区联系|社区电话|接收人|照片|签"
)


def key(text):
    """姓　名* → 姓名; 退休时职务（职级） → 退休时职务职级"""
    return SIGNS.sub("", plain(text)).lower()


def bare_key(text):
    """As `key`, without what stands in brackets: 出生日期（年月日） → 出生日期"""
    return SIGNS.sub("", BRACKETS.sub("", plain(text))).lower()


@lru_cache(4096)
def plain(text):
    text = unicodedata.normalize("NFKC", CIRCLED.sub("", INVISIBLES.sub("", text))).strip()
    return NUMBERING.sub("", REQUIRED_MARKS.sub("", "".join(text.split()).rstrip(":：")))


class Group(NamedTuple):
    """A heading over several columns. `children` none: whatever stands below is not imported."""

    names: str
    children: dict
    ignored: str = ""


def children(**fields):
    return {word: field for field, words in fields.items() for word in words.split()}


CONTACT = children(
    contact_name="姓名 联系人 名字 联系人姓名 亲属姓名",
    contact_relation="关系 与本人关系 与退休人员关系 称谓 亲属关系",
    contact_phone="电话 联系电话 手机 手机号 手机号码 联系方式 电话号码",
)
ADDRESS = "地址 详细地址 所在地 住址 地点 具体地址 地名 详址"
PHONE = "电话 联系电话 手机 手机号码 电话号码"

# fmt: off
GROUPS = (
    Group("家庭联系人 其他联系人 紧急联系人 联系人 亲属联系人 家属联系人 主要联系人 其它联系人 子女联系人 联系人情况 联系人信息 主要亲属 家属", CONTACT),
    Group("接收地 移交接收地 接收单位 移交地 拟接收地 居住地 接收地址 接收地信息 接收地区 所属社区 社会化接收地 移交去向 属地", children(
        receiver_district="区市 区县 市区 县区 县市区 区 县 区市县 区(市) 市 所属区市 地区 区域 市县 县级市区 区县市",
        receiver_street="街道 镇街 乡镇街道 街道乡镇 镇 街道镇 乡镇 办事处 街道办事处 街镇 街道办 镇办",
        receiver_community="社区 社区村 村 居委会 村居 社区居委会 村社区 居村 社区村居",
        residence_address=ADDRESS,
    )),
    Group("社会保险关系所在地 社保关系所在地 社会保险关系 社会保险 社保 社会保险所在地 参保地 社保所在地", children(
        pension_place="养老 养老保险 基本养老 基本养老保险", medical_place="医疗 医疗保险 医保 基本医疗 基本医疗保险")),
    Group("户口所在地 户籍所在地 户籍 户口 户籍地 户籍地址 户口所在地址", children(hukou_address=ADDRESS, phone=PHONE)),
    Group("常住地 常年居住地 现居住地 居住地址 现住址 居住情况 家庭住址 住址 实际居住地", children(residence_address=ADDRESS, phone=PHONE)),
    Group("异地居住地 异地居住 异地居住情况", children(residence_elsewhere=ADDRESS, phone=PHONE)),
    Group("特殊人员 特殊人群 特殊群体 特殊人群标识 特殊人群标示 特殊情况 人员标识", {}),
    Group("企业性质 隶属关系 企业层级 企业类别", {}),
    Group("统筹外费用 统筹外 统筹外待遇 统筹外补贴", children(
        out_of_pool_items="项目 项目名称 名称 费用项目",
        out_of_pool_monthly="月标准 月发放标准 月金额 每月 月 按月 月发放金额 月发放",
        out_of_pool_yearly="年标准 年发放金额 年金额 每年 年 按年 年发放标准 年发放")),
    Group("配偶 配偶情况 配偶信息 子女 子女情况 子女信息 家庭成员 家庭主要成员 父母 爱人", {}, "配偶情况"),
    Group("经办人 填表人 企业经办人 移交人 接收人 社区接收人 审核人 负责人", {}, "其他不导入的列"),
)
# fmt: on

ALIASES = {key(alias): each.field for each in COLUMNS for alias in each.aliases}
IGNORED_ALIASES = {key(alias): name for name, words in IGNORED.items() for alias in words.split()}
GROUP_OF = {key(name): group for group in GROUPS for name in group.names.split()}
CHILDREN = frozenset(key(word) for group in GROUPS for word in group.children)


class Said(NamedTuple):
    """What a heading was taken for. `field` is the likely one when only suggested; `ignored` names a known column."""

    certainty: str
    field: str | None = None
    ignored: str = ""


NOTHING = Said(UNKNOWN)


def exact(text):
    """A heading of one cell, or None."""
    for word in (key(text), bare_key(text)):
        if word in ALIASES:
            return Said(EXACT, ALIASES[word])
        if word in IGNORED_ALIASES:
            return Said(IGNORED_COLUMN, None, IGNORED_ALIASES[word])
    return None


def said(path):
    """A heading of several cells, the group first."""
    path = [text for text in path if key(text)]
    while len(path) > 1 and UNIT_WORDS.match(key(path[-1])):
        path = path[:-1]
    if not path:
        return NOTHING
    last = path[-1]
    if answer := in_group(path[:-1], last) or joined(path) or exact(last):
        return answer
    return without_affix(last) or out_of_pool(path) or suggested(last)


@lru_cache(2048)
def known(text):
    """Whether a single cell could be part of a heading; for finding the heading rows."""
    if not key(text):
        return NOTHING
    return exact(text) or without_affix(text) or suggested(text)


def group_of(text):
    word = bare_key(text) or key(text)
    return GROUP_OF.get(word) or GROUP_OF.get(GROUP_NUMBER.sub("", word))


def in_group(parents, last):
    for parent in reversed(parents):
        group = group_of(parent)
        if group is None:
            continue
        if group.ignored:
            return Said(IGNORED_COLUMN, None, group.ignored)
        for word in (key(last), bare_key(last)):
            if word in group.children:
                return Said(EXACT, group.children[word])
        if group.children is CONTACT:
            # 工作单位, 详细地址 of a contact person are not the retiree's.
            return Said(IGNORED_COLUMN, None, "联系人其他信息")
    return None


def joined(path):
    """党组织关系 + 所在地; 党费 + 月缴额."""
    for parent in reversed(path[:-1]):
        word = bare_key(parent) + bare_key(path[-1])
        if word in ALIASES and bare_key(parent):
            return Said(EXACT, ALIASES[word])
    return None


def without_affix(text):
    word = bare_key(text) or key(text)
    if OTHERS.search(word):
        return None
    shorter = [word.removeprefix(affix) for affix in AFFIXES_BEFORE if word.startswith(affix)]
    shorter += [
        each.removesuffix(affix) for each in (word, *shorter) for affix in AFFIXES_BEHIND if each.endswith(affix)
    ]
    for each in shorter:
        if each in ALIASES:
            return Said(CLOSE, ALIASES[each])
        if each in IGNORED_ALIASES:
            return Said(IGNORED_COLUMN, None, IGNORED_ALIASES[each])
    return None


def out_of_pool(path):
    """统筹外供暖费补贴: an item whose name is the heading."""
    return Said(EXACT, "out_of_pool_item") if any("统筹外" in key(text) for text in path) else None


def suggested(text):
    """Did you mean …? Never taken without the user's word."""
    word = bare_key(text) or key(text)
    if not 2 <= len(word) <= 30 or OTHERS.search(word):
        return NOTHING
    if field := same_characters(word) or contained(word):
        return Said(SUGGESTED, field)
    near = difflib.get_close_matches(word, ALIASES, n=1, cutoff=0.72 if len(word) > 3 else 0.8)
    return Said(SUGGESTED, ALIASES[near[0]]) if near else NOTHING


def same_characters(word):
    """号码身份证, 日期出生"""
    if len(word) < 4:
        return None
    characters = sorted(word)
    return next((field for alias, field in ALIASES.items() if sorted(alias) == characters), None)


def contained(word):
    """在册人员身份证号嘛: the longest alias that the heading contains, when it is the greater part of it."""
    inside = max((alias for alias in ALIASES if len(alias) > 1 and alias in word), key=len, default="")
    return ALIASES[inside] if len(inside) >= max(3, len(word) * 0.5) or (len(inside) == 2 and len(word) <= 4) else None
