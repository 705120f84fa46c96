"""The statutory age of retirement with its gradual delay (全国人民代表大会常务委员会决定 2024-09-13, in force since 2025-01-01).

Pure functions over months. A month is a date of its first day. Who reaches the old age before 2025 is not delayed.
Judgements from this table warn and ask for a reason; they refuse nobody (特殊工种, 病退 and others have ages of their own).
"""

from dataclasses import dataclass
from datetime import date

from django.db import models

YEAR = 12
IN_FORCE = date(2025, 1, 1)
# 弹性退休: at most three years earlier, never before the old age, or three years later by agreement.
FLEXIBLE_MONTHS = 36
# Written notice: three months ahead of an early retirement, one month ahead of a late one.
NOTICE_OF_EARLY, NOTICE_OF_LATE = 3, 1
# 最低缴费年限 rises by half a year each year from 2030 on, from fifteen years to twenty in 2039.
CONTRIBUTION_FROM, CONTRIBUTION_UNTIL, LEAST_YEARS = 2030, 2039, 15


class Category(models.TextChoices):
    MEN = "men", "男职工"
    WOMEN_55 = "women_55", "女职工（原55岁）"
    WOMEN_50 = "women_50", "女职工（原50岁）"


@dataclass(frozen=True)
class Rule:
    """Old age in years, the birth month from which it is delayed, months of birth for one month of delay, the most."""

    old_age: int
    first_birth: date
    step: int
    most: int


RULES = {
    Category.MEN: Rule(60, date(1965, 1, 1), 4, 36),
    Category.WOMEN_55: Rule(55, date(1970, 1, 1), 4, 36),
    Category.WOMEN_50: Rule(50, date(1975, 1, 1), 2, 60),
}


@dataclass(frozen=True)
class Ages:
    """The months in which somebody may, shall and may at the latest retire."""

    earliest: date
    statutory: date
    latest: date
    delay: int


def months_between(earlier, later):
    return (later.year - earlier.year) * YEAR + later.month - earlier.month


def add_months(month, number):
    count = month.year * YEAR + month.month - 1 + number
    return date(count // YEAR, count % YEAR + 1, 1)


def delay(category, born_on):
    """By how many months the old age is put off for somebody born on this day."""
    rule = RULES[category]
    since = months_between(rule.first_birth, born_on)
    return 0 if since < 0 else min(rule.most, since // rule.step + 1)


def ages(category, born_on):
    """The Ages of somebody of this category. Without a delay there is no flexible part before it."""
    rule, late = RULES[category], delay(category, born_on)
    old = add_months(born_on, rule.old_age * YEAR)
    statutory = add_months(old, late)
    return Ages(
        earliest=max(old, add_months(statutory, -FLEXIBLE_MONTHS)),
        statutory=statutory,
        latest=add_months(statutory, FLEXIBLE_MONTHS),
        delay=late,
    )


def categories_of(sex):
    """What somebody of this sex (GB/T 2261.1) may be; of a woman it is told by her post, not by her number."""
    return (Category.MEN,) if sex == "1" else (Category.WOMEN_50, Category.WOMEN_55)


def range_of(sex, born_on):
    """(earliest, latest) month in which a normal retirement is possible at all for this sex."""
    found = [ages(category, born_on) for category in categories_of(sex)]
    return min(one.earliest for one in found), max(one.latest for one in found)


def least_contribution_months(year):
    """最低缴费年限 of those who retire in this year, in months."""
    raised = min(max(year - CONTRIBUTION_FROM + 1, 0), CONTRIBUTION_UNTIL - CONTRIBUTION_FROM + 1)
    return LEAST_YEARS * YEAR + raised * 6
