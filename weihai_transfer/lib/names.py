"""How a Chinese name is spelt, for searching: full pinyin and initials, surnames read as surnames.

A name that can be read in several ways gives several spellings, separated by a blank:
单示例 → "shanshili danshili". ü is written v.
"""

from itertools import islice, product

from pypinyin import lazy_pinyin

MOST_SPELLINGS = 4
# The widths of the columns `pinyin` and `initials`.
LONGEST, LONGEST_INITIALS = 240, 120


def table(text):
    """ "单:shan 尉:wei,yu" → {"单": ["shan"], "尉": ["wei", "yu"]}"""
    return {key: readings.split(",") for key, readings in (pair.split(":") for pair in text.split())}


# Read so at the head of a name, the likeliest first; the everyday reading is always added behind.
SURNAMES = table("""
    单:shan 仇:qiu 曾:zeng 解:xie 查:zha 翟:zhai 朴:piao 区:ou 乐:yue 盖:ge 尉:wei,yu 缪:miao 员:yun 贠:yun
    宓:mi,fu 洗:xian 覃:qin 黑:he 秘:bi 费:fei,bi 召:shao 郇:huan,xun 隗:wei 繁:po 种:chong 折:she 薄:bo 牟:mu
    能:nai 祭:zhai 佴:nai 乜:nie 长:chang 阚:kan 澹:tan 谌:chen,shen 句:gou 都:du 适:kuo 那:na,nuo 卜:bu 会:gui
    莘:shen,xin 藏:zang 粘:nian 么:yao 行:xing,hang 重:chong 朝:chao,zhao
""")

# Two syllables that are one surname and read otherwise than their characters alone.
COMPOUND_SURNAMES = table("尉迟:yu,chi 万俟:mo,qi 长孙:zhang,sun 单于:chan,yu 澹台:tan,tai 乐正:yue,zheng 子车:zi,ju")

# Readings that parents really choose; dictionaries list many more that occur in no name.
GIVEN = table("""
    乐:le,yue 长:chang,zhang 重:zhong,chong 行:xing,hang 朝:chao,zhao 茜:qian,xi 娜:na,nuo 晟:sheng,cheng 柏:bai,bo
    传:chuan,zhuan 参:can,shen 率:shuai 还:huan 颉:jie,xie 曾:zeng,ceng 蔓:man,wan 仔:zi,zai 炅:jiong,gui
    莘:shen,xin 荨:xun,qian 莞:wan,guan 泊:bo,po 杉:shan,sha 单:dan,shan 查:cha,zha 解:jie,xie 景:jing,ying
    藏:cang,zang 调:diao,tiao 降:jiang,xiang 都:du 卜:bu 召:zhao,shao 芎:xiong 薄:bo 省:sheng,xing 脉:mai,mo
    阿:a,e 仇:chou,qiu 朴:pu,piao 区:qu,ou 翟:zhai,di 郇:xun 佛:fo 拓:tuo,ta 桔:jie,ju 沓:ta 禅:chan,shan
    裳:shang,chang 隽:jun,juan 靓:liang,jing 鹄:hu,gu
""")

# A name is a handful of characters out of a few thousand: each is looked up once.
given_readings, surname_readings = {}, {}


def everyday(character):
    """The commonest reading; "" for what has none (the middle dot, a private character)."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    return "".join(lazy_pinyin(character, errors="ignore"))


def read_given(character):
    readings = given_readings[character] = GIVEN.get(character) or [everyday(character)]
    return readings


def read_surname(character):
    readings = dict.fromkeys([*SURNAMES.get(character, ()), everyday(character)])
    surname_readings[character] = list(readings)
    return surname_readings[character]


def readings_of(name):
    """For each character all its readings, the likeliest first."""
    given = [given_readings.get(character) or read_given(character) for character in name[1:]]
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        first, second = COMPOUND_SURNAMES[name[:2]]
        return [list(dict.fromkeys([first, everyday(name[0])])), [second], *given[1:]]
    return [surname_readings.get(name[0]) or read_surname(name[0]), *given]


def spell(name):
    """(full pinyin, initials), each with every likely spelling, separated by blanks."""
    if not name:
        return "", ""
    readings = readings_of(name)
    for each in readings:
        if len(each) > 1:
            break
    else:
        return "".join([each[0] for each in readings])[:LONGEST], "".join([each[0][:1] for each in readings])
    spellings = list(islice(likeliest_first(readings), MOST_SPELLINGS))
    full = dict.fromkeys("".join(spelling) for spelling in spellings)
    initials = dict.fromkeys("".join(syllable[:1] for syllable in spelling) for spelling in spellings)
    return fitting(full, LONGEST), fitting(initials, LONGEST_INITIALS)


def likeliest_first(readings):
    """All spellings; before any that departs in two characters come those that depart in one."""
    usual = [each[0] for each in readings]
    yield usual
    for place, each in enumerate(readings):
        for other in each[1:]:
            yield [*usual[:place], other, *usual[place + 1 :]]
    departures = product(*readings)
    yield from (
        list(spelling) for spelling in departures if sum(a != b for a, b in zip(spelling, usual, strict=True)) > 1
    )


def fitting(spellings, limit):
    """As many whole spellings as the column holds; the first is cut where it alone is too long."""
    line = ""
    for spelling in spellings:
        longer = f"{line} {spelling}" if line else spelling[:limit]
        if len(longer) > limit:
            break
        line = longer
    return line
