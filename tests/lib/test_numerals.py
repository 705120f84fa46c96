"""Numbers in capital characters: the vectors are those of 支付结算办法, annex 1, and of the party's letter form."""

from datetime import date
from decimal import Decimal

import pytest

from weihai_transfer.lib import numerals

MONEY = {
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角",
    "0.56": "伍角陆分",
    "1": "壹元整",
    "10": "壹拾元整",
    "100.5": "壹佰元零伍角",
    "325.04": "叁佰贰拾伍元零肆分",
    "1409.50": "壹仟肆佰零玖元伍角",
    "1680.32": "壹仟陆佰捌拾元零叁角贰分",
    "6007.14": "陆仟零柒元壹角肆分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "1000000": "壹佰万元整",
    "10001000": "壹仟万壹仟元整",
    "100000001": "壹亿零壹元整",
    "100005000": "壹亿零伍仟元整",
    "120000000000": "壹仟贰佰亿元整",
    "1000000000000": "壹万亿元整",
    "1200000000000": "壹万贰仟亿元整",
    "1000500000000": "壹万零伍亿元整",
    "1000000000001": "壹万亿零壹元整",
    "9999999999999.99": "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize("amount", ["-1", "0.005", "1e17"])
def test_an_amount_that_no_paper_can_bear_is_refused(amount):
    with pytest.raises(ValueError, match="capital"):
        numerals.money(Decimal(amount))


@pytest.mark.parametrize(("amount", "words"), MONEY.items())
def test_money(amount, words):
    assert numerals.money(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "壹天"),
        (10, "壹拾天"),
        (15, "壹拾伍天"),
        (30, "叁拾天"),
        (60, "陆拾天"),
        (90, "玖拾天"),
        (105, "壹佰零伍天"),
    ],
)
def test_days(number, words):
    assert numerals.days(number) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 6, 30), "贰零贰陆年零陆月"),
        (date(2030, 10, 1), "贰零叁零年壹拾月"),
        (date(2008, 12, 31), "贰零零捌年壹拾贰月"),
    ],
)
def test_a_month(day, words):
    assert numerals.year_month(day) == words
