"""From an official name to the ways in which people write it."""

import re
from dataclasses import dataclass
from typing import Literal

from handover.suggestion.localnames import COMMON_WORDS, VAGUE_STREETS

Kind = Literal["village", "community", "street", "town", "area", "zone", "city", "elsewhere"]

_COMMUNITY_TAIL = re.compile(
    r"(?:社区居民委员会|社区居委会|社区村委会|社区居委|村民委员会|居民委员会|村委会|居委会|家委会|社区|村)$"
)
_VILLAGE_TAIL = re.compile(r"(?:社区村委会|村民委员会|村委会|村)$")
_STREET_TAIL = re.compile(r"(?:街道办事处|街道办|街道|办事处|镇|乡)$")
# A stem that is a road's name (长春路), or the province's (山东村), is no place without 社区 or 村 behind it.
_ROADLIKE = re.compile(r"[路街]$|^山东$")
_BRACKETS = str.maketrans("", "", "()（）")
_NUMBERS = str.maketrans({"廿": "二十", "卅": "三十"})


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a place's stem.

    `open`: the stem alone may stand for the place (黄家沟); a closed one needs the word 村, 社区, 街道 … behind it.
    `complete`: the spelling already carries that word (东北村).
    """

    text: str
    kind: Kind
    open: bool = True
    complete: bool = False
    common: bool = False
    vague: bool = False


def community_kind(name: str) -> Kind:
    return "village" if _VILLAGE_TAIL.search(name) and "居" not in name else "community"


def _community_stem(name: str, prefixes: tuple[str, ...]) -> str:
    stem = name.translate(_BRACKETS)
    for prefix in prefixes:
        if stem.startswith(prefix) and len(stem) > len(prefix) + 1:
            stem = stem[len(prefix) :]
    tail = _COMMUNITY_TAIL.search(stem)
    if tail is None:
        return stem
    # 张村 without anything behind it is a whole name; 东汤村村委会 is 东汤村.
    cut = stem[: tail.start()]
    return cut if len(cut) >= 2 else stem


def community_forms(name: str, prefixes: tuple[str, ...] = ()) -> list[Form]:
    """`prefixes`: names of the street and area that some official names repeat (环翠区初村镇大学城居委会)."""
    kind = community_kind(name)
    stem = _community_stem(name, prefixes)
    common = stem in COMMON_WORDS
    roadlike = bool(_ROADLIKE.search(stem))
    whole = len(stem) >= 2 and stem.endswith("村")
    forms = [Form(stem, kind, open=not roadlike, complete=whole, common=common)]
    if whole and len(stem) >= 3:
        # 东北村居委会 is also written 东北社区; the bare 东北 is no name.
        forms.append(Form(stem[:-1], kind, open=False))
    plain = stem.translate(_NUMBERS)
    if plain != stem:
        forms.append(Form(plain, kind, open=not roadlike))
    return [form for form in forms if len(form.text) >= 2]


def street_forms(name: str) -> list[Form]:
    tail = _STREET_TAIL.search(name)
    stem = name[: tail.start()] if tail and tail.start() >= 2 else name
    kind: Kind = "town" if name.endswith(("镇", "乡")) else "street"
    common, vague = stem in COMMON_WORDS, stem in VAGUE_STREETS
    if not _ROADLIKE.search(stem):
        return [Form(stem, kind, common=common, vague=vague)]
    # 龙山路街道 is also 龙山街道 and 龙山办, but 龙山路 is the road.
    forms = [Form(stem, kind, open=False)]
    if len(stem) >= 3:
        forms.append(Form(stem[:-1], kind, open=False))
    return forms


# What stands behind a stem, in the order in which the words must be tried.
COMMUNITY_SUFFIX = re.compile(
    r"(?P<both>村社区居民委员会|村社区居委会|村社区|社区村委会|村居民委员会|村居委会)"
    r"|(?P<community>社区居民委员会|社区居委会|社区居委|社区委员会|社区|居民委员会|居委会|居委|家委会)"
    r"|(?P<village>村民委员会|村委会|村委|大队|村村民委员会|村村委会|村(?!镇|乡|街道|[东西南北中]?[路街]))"
)
STREET_SUFFIX = re.compile(
    r"(?P<street>街道办事处|街道办|街道|街办事处|办事处|街办|办(?![公理学法税案]))|(?P<town>镇人民政府|镇政府|镇|乡政府|乡|公社)"
)
ROAD = re.compile(
    r"(?:[东西南北中前后内外上下]{0,2}[一二三四五六七八九十]{0,2}"
    r"(?:路|大街|大道|街(?!道|办)|胡同|巷|弄|支路|环路|公路|高速|立交|大桥))"
)
# A name may be followed by a road; 石岛湾路 in turn is a road that carries the name of the zone.
ROAD_FOLLOWING = re.compile(r"[一-龥]{2,3}[东西南北中]?(?:路|街(?!道)|大道)")
LONGER_ROAD = re.compile(r"[一-龥](?:路|大道|街(?!道))")
ESTATE = re.compile(r"[东西南北中一二三四五新老]?(?:小区|住宅区|住宅小区|生活区)")
ESTATE_OTHER = re.compile(
    r"花园|家园|公馆|人家|丽都|丽景|天地|名邸|雅居|雅苑|名居|海岸|半岛|社区医院|卫生|嘉园|佳园|[一-龥]?苑|公寓|大厦|大楼|广场|商城|名城|新城|城|山庄|别墅|[华名新]?府|新村|新区|新居|小学|"
    r"中学|学校|学院|大学|幼儿园|医院|公司|集团|工业|厂|宾馆|酒店|饭店|大酒店|市场|超市|国际|宿舍|家属|园|湾|港|里|坊|"
    r"庭|轩|居(?!委)|郡|豪|华庭|度假|风景|景区|水库|码头|车站|海水浴场|银行"
)
RIGHT_EDGE = re.compile(
    r"$|[^一-龥]|[一二三四五六七八九十]+(?:组|区|队|号|里|栋|楼)|第|附近|旁|对面|组|片|[东西南北]区|民房|自建|村内"
)
