"""Service funding of the demo city: invented rates, marked as such; two areas with a budget, one of them paid in part."""

from datetime import date
from decimal import Decimal

from accounts.models import Office
from oversight.funding import entries, rates, year
from oversight.models import FinanceLevel, FundingBudget, FundingLine, FundingPayment
from weihai_transfer.lib import clock

PER_HEAD = Decimal(120)
SHARES = {
    # level of the enterprise: percent of central, province, city and area finance
    "central": (60, 0, 20, 20),
    "province": (0, 60, 20, 20),
    "city": (0, 0, 60, 40),
    "district": (0, 0, 0, 100),
}
SOURCE = "示例标准，不是威海市的实际标准"
# Code of an area, and which part of what is due its budget has already paid.
BUDGETED = (("HC", 2), ("GQ", 0))


def tell(story):
    clerk = story.clerks.of("finance", Office.objects.get(code="CZJ"))
    with story.on(58):
        since = date(story.today.year, 1, 1)
        for level, parts in SHARES.items():
            shares = dict(zip(FinanceLevel, parts, strict=True))
            rates.set_rate(level, since, PER_HEAD, shares, source=SOURCE, reason="示例：补录年初标准", actor=clerk)
    for code, paid in BUDGETED:
        area = Office.objects.get(code=code)
        with story.on(1):
            statement = year.read(story.today.year, [area]).of[area.pk]
            _enter(area, statement, paid, clerk)


def _enter(area, statement, paid, clerk):
    for finance, money in statement.finances.items():
        if not money.due:
            continue
        line = FundingLine.STATE_CAPITAL if finance == FinanceLevel.CENTRAL else FundingLine.GENERAL
        given = {"line": line, "actor": clerk}
        today = clock.today()
        document = f"示例预〔{today.year}〕{FinanceLevel.values.index(finance) + 1}号"
        entries.enter(FundingBudget, area, today.year, finance, amount=money.due, document=document, **given)
        if paid:
            amount = (money.due / paid).quantize(Decimal("0.01"))
            voucher = f"示例凭证{FinanceLevel.values.index(finance) + 1}号"
            entries.enter(
                FundingPayment, area, today.year, finance, amount=amount, paid_on=today, voucher=voucher, **given
            )
