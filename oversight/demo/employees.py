"""Employees of the first enterprise who will retire in the coming months, some of them earlier or later than the law says."""

import random
from datetime import date

from oversight.demo.cast import ENTERPRISES
from retirees.forecast import keeping
from retirees.forecast.sheet import Line
from retirees.models import ExpectedRetirement
from retirees.statutory_age import RULES, Category, add_months
from weihai_transfer.lib import clock, identity

PEOPLE = 60
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "建国 秀英 志强 桂兰 永生 玉梅 海涛 淑珍 卫东 丽华".split()


def tell(story, enterprises):
    dice = random.Random(f"{story.seed} employees")
    enterprise = enterprises[ENTERPRISES[0][0]]
    clerk = story.clerks.of("soe_hr", enterprise)
    lines = [_line(dice, number) for number in range(PEOPLE)]
    with story.on(30):
        keeping.bring_in(enterprise, lines, way=keeping.APPEND, actor=clerk)
    with story.on(20):
        _choose(enterprise, clerk)


def _line(dice, number):
    """Somebody whose statutory month lies within a year and a half of today."""
    category = dice.choice(list(Category))
    rule = RULES[category]
    month = add_months(clock.today().replace(day=1), dice.randrange(-2, 18) - rule.old_age * 12 - 12)
    born_on = date(month.year, month.month, dice.randrange(1, 28))
    serial = 200 + number * 2 + (category == Category.MEN)
    first17 = f"371002{born_on:%Y%m%d}{serial:03}"
    name = f"{dice.choice(SURNAMES)}{dice.choice(GIVEN)}（示例）"
    return Line(number, name, first17 + identity.check_digit(first17), category, born_on, "")


def _choose(enterprise, clerk):
    """One who goes a little earlier, one who stays half a year longer."""
    today = clock.today()
    rows = ExpectedRetirement.objects.filter(enterprise=enterprise, statutory__gt=add_months(today, 8)).order_by("pk")
    for row, (choice, months) in zip(rows[:2], (("early", -1), ("late", 6)), strict=False):
        month = add_months(row.statutory, months)
        if row.earliest <= month <= row.latest:
            keeping.choose(row, choice=choice, month=month, noticed_on=today, actor=clerk)
