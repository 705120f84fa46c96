"""The worked example of a lump sum, for the page and for the paper that the retiree signs: from what it prints anybody
comes to the same amount."""

from dataclasses import dataclass
from decimal import Decimal

from benefits.lump_sum import MONTHS


@dataclass(frozen=True)
class ExampleLine:
    """One item: what it comes to in a year, times the months."""

    label: str
    rate: Decimal
    times: int
    months: int

    @property
    def yearly(self):
        return self.rate * self.times

    @property
    def product(self):
        """Exact: the twelvefold of this item's part of the sum."""
        return self.yearly * self.months

    @property
    def words(self):
        if not self.times:
            return f"{self.label}：按发生支付，不折算为一次性支付。"
        return (
            f"{self.label}：{self.rate:,.2f} 元 × 每年 {self.times} 次 ＝ 全年 {self.yearly:,.2f} 元；"
            f"{self.yearly:,.2f} × {self.months} 个月 ＝ {self.product:,.2f}"
        )


@dataclass(frozen=True)
class Example:
    """What is printed: facts as (label, words), the lines, and the last sentences."""

    facts: tuple
    lines: tuple
    total: Decimal
    amount: Decimal
    ending: tuple

    @property
    def words(self):
        return (
            [f"{label}：{value}" for label, value in self.facts] + [line.words for line in self.lines] + [*self.ending]
        )


def example(settlement):
    """The Example of a stored settlement; it reads nothing but the settlement's own columns."""
    one = settlement
    lines = tuple(ExampleLine(line["label"], Decimal(line["rate"]), line["times"], one.months) for line in one.lines)
    total = sum((line.product for line in lines), Decimal(0))
    return Example(_facts(one), lines, total, one.amount, _ending(one, total))


def _facts(one):
    left = one.full_months - one.age_months
    return (
        ("核算日期", one.settled_on.isoformat()),
        ("出生日期", one.born_on.isoformat()),
        ("核算时年龄", f"{one.age_months} 个月（{_years(one.age_months)}），不满一个月的不计"),
        (
            "人口平均预期寿命",
            f"{one.expectancy} 岁（{one.expectancy_year} 年，来源：{one.expectancy_source}），"
            f"{one.expectancy} × {MONTHS} {_equals(one)} {one.full_months} 个月（四舍五入到整月）",
        ),
        ("剩余月数", f"{one.full_months} － {one.age_months} ＝ {left} 个月"),
        ("最少计发月数", f"{one.floor_months} 个月（{one.floor_source}）"),
        ("计发月数", f"{one.months} 个月（剩余月数和最少计发月数中的较大者）"),
    )


def _ending(one, total):
    return (
        f"各项乘积相加：{total:,.2f}",
        f"一次性支付金额：{total:,.2f} ÷ {MONTHS} ＝ {one.amount:,.2f} 元（{one.rounding}，不折现）",
    )


def _equals(one):
    return "＝" if one.expectancy * MONTHS == one.full_months else "≈"


def _years(months):
    return f"{months // MONTHS} 岁 {months % MONTHS} 个月"
