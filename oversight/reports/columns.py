"""The columns of the progress table in their order (domain.md 11.2), with the groups over them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from weihai_transfer.lib import words

CODES = (
    "due",
    "stock",
    "agreements",
    "covered",
    "accepted",
    "ended_outside",
    "returned",
    "members_due",
    "members_receipted",
    "dossiers_due",
    "dossiers_moved",
    "dossiers_digitised",
    "out_of_pool_year",
    "out_of_pool_provisioned",
    "out_of_pool_settled",
    "assets_area",
    "assets_value",
    "problems_open",
    # Whose turn it is: what holds people back.
    "draft",
    "unassigned",
    "waiting",
)
MONEY = ("out_of_pool_year", "out_of_pool_provisioned", "out_of_pool_settled", "assets_area", "assets_value")
# Their parts: oversight.counting.measures. Only people who retired before agreements ended need one.
RATE_CODES = ("covered", "accepted", "members", "dossiers")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Column:
    """`code` of a count, or of a rate with `kind` "percent"; `kind` as in lib.workbooks."""

    code: str
    label: str
    group: str = ""
    kind: str = "integer"
    width: float = 7.5


COLUMNS = (
    Column("due", "应移交（人）"),
    Column("agreements", "份", "已签协议"),
    Column("covered", "人", "已签协议"),
    Column("accepted", "已移交（人）", "人员移交"),
    Column("accepted", "移交率", "人员移交", "percent"),
    Column("ended_outside", "其中异地（人）", "人员移交"),
    Column("returned", "退回（人）", "人员移交"),
    Column("members_due", "应转（人）", "党组织关系"),
    Column("members_receipted", "已转并有回执（人）", "党组织关系"),
    Column("members", "转接率", "党组织关系", "percent"),
    Column("dossiers_due", "应移交（卷）", "人事档案"),
    Column("dossiers_moved", "已移交（卷）", "人事档案"),
    Column("dossiers", "移交率", "人事档案", "percent"),
    Column("dossiers_digitised", "已数字化（卷）", "人事档案"),
    Column("out_of_pool_year", "年费用（元）", "统筹外费用", "money", 13),
    Column("out_of_pool_provisioned", "已计提（年标准，元）", "统筹外费用", "money", 13),
    Column("out_of_pool_settled", "已一次性支付（元）", "统筹外费用", "money", 13),
    Column("assets_area", "面积（㎡）", "资产", "money", 11),
    Column("assets_value", "价值（万元）", "资产", "money", 11),
    Column("problems_open", "存在问题（件）"),
)


def shown_rate(rate):
    """87.5 for 7/8: the one rounding of a rate, as words.rate rounds; None stays None."""
    return None if rate is None else Decimal(rate_words(rate).rstrip("%"))


def rate_words(rate):
    return words.NOTHING if rate is None else words.rate(Decimal(rate.numerator) / Decimal(rate.denominator))


def points(rate, other):
    """How many percentage points lie between two rates as they are shown: whoever subtracts what he reads gets this."""
    return None if rate is None or other is None else shown_rate(rate) - shown_rate(other)


def in_ten_thousands(amount):
    return None if amount is None else (Decimal(amount) / 10_000).quantize(CENT, ROUND_HALF_UP)


def value_of(line, column):
    """What stands in a cell: cumulative."""
    if column.kind == "percent":
        shown = shown_rate(line.rate(column.code))
        return None if shown is None else shown / 100
    number = line.count(column.code)
    return in_ten_thousands(number) if column.code == "assets_value" else number


def change_of(line, column):
    """What stands in a cell of the period; a rate changes by percentage points."""
    if column.kind == "percent":
        return points(line.rate(column.code), line.earlier.get(column.code))
    number = line.change(column.code)
    return in_ten_thousands(number) if column.code == "assets_value" else number
