"""Numbers in capital characters, as papers write what nobody may change with a stroke of the pen."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
LARGEST = 10 ** (4 * len(GROUPS)) - 1


def capital(number):
    """90 → “玖拾”, 10 → “壹拾”, 1005 → “壹仟零伍”."""
    number = _whole(number)
    if number == 0:
        return "零"
    text, skipped = "", False
    for at in reversed(range(len(GROUPS))):
        group = number // 10 ** (4 * at) % 10_000
        if group == 0:
            skipped = bool(text)
            continue
        if text and (skipped or group < 1000):
            text += "零"
        text, skipped = text + _group(group) + _unit(at, group, number), False
    return text


def _unit(at, group, number):
    # 万亿 is said once: “壹万亿”, but “壹万贰仟亿” when 亿 follow.
    return "万" if at == 3 and number // 10**8 % 10_000 else GROUPS[at]


def _group(group):
    """Four places: 1005 → “壹仟零伍”."""
    text, skipped = "", False
    for at in reversed(range(4)):
        digit = group // 10**at % 10
        if digit == 0:
            skipped = bool(text)
            continue
        text, skipped = text + ("零" if skipped else "") + DIGITS[digit] + PLACES[at], False
    return text


def days(number):
    """90 → “玖拾天”."""
    return f"{capital(number)}天"


def year_month(day):
    """June 2026 → “贰零贰陆年零陆月”: the year digit by digit, a month of one place with a 零 before it."""
    year = "".join(DIGITS[int(digit)] for digit in f"{day.year:04}")
    return f"{year}年{'零' if day.month < 10 else ''}{capital(day.month)}月"


def money(amount):
    """1234.50 → “壹仟贰佰叁拾肆元伍角”, 100 → “壹佰元整”, after 支付结算办法 annex 1."""
    cents = _whole(Decimal(amount) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = f"{capital(yuan)}元" if yuan or not cents else ""
    if not jiao and not fen:
        return f"{text}整"
    # A 零 stands for the places that are passed over between what is said before and after it.
    if text and (not jiao or yuan % 10 == 0):
        text += "零"
    return text + (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "")


def _whole(number):
    whole = int(number)
    if whole != number or not 0 <= whole <= LARGEST:
        raise ValueError(f"cannot be written in capital characters: {number}")
    return whole
