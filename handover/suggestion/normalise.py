"""One spelling for matching, with the way back to the characters that were typed."""

import unicodedata

# The same place in another script or in a local spelling. Only characters that stand in Weihai's official names.
_VARIANTS = {
    "蔄": "苘",
    "榮": "荣",
    "環": "环",
    "鎮": "镇",
    "區": "区",
    "縣": "县",
    "東": "东",
    "島": "岛",
    "莊": "庄",
    "鄉": "乡",
    "張": "张",
    "溫": "温",
    "橋": "桥",
    "頭": "头",
    "龍": "龙",
    "馬": "马",
    "劉": "刘",
    "陳": "陈",
    "衛": "卫",
    "辦": "办",
    "處": "处",
    "會": "会",
    "開": "开",
    "發": "发",
    "園": "园",
    "灣": "湾",
    "凈": "净",
}
_CACHE: dict[str, str] = {}


def _plain(char: str) -> str:
    """The character for matching; empty for blanks and invisible marks, which people leave inside addresses."""
    known = _CACHE.get(char)
    if known is None:
        composed = unicodedata.normalize("NFKC", char)
        known = "".join(
            _VARIANTS.get(one, one)
            for one in composed
            if not one.isspace() and unicodedata.category(one) not in {"Cf", "Cc", "Zs"}
        )
        # An address book of a whole roster uses a few thousand characters; hostile input must not grow this for ever.
        if len(_CACHE) < 20_000:
            _CACHE[char] = known
    return known


def normalise(address: str) -> tuple[str, list[int]]:
    """The text for matching, and for each of its characters the position in `address`."""
    chars: list[str] = []
    places: list[int] = []
    for position, char in enumerate(address):
        plain = _plain(char)
        for one in plain:
            chars.append(one)
            places.append(position)
    return "".join(chars), places
