"""The list of expected retirements, and what comes month by month."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from accounts.models import Enterprise
from retirees.models import ExpectedRetirement
from retirees.models.forecast import Choice
from retirees.statutory_age import Category, add_months
from weihai_transfer.lib import clock
from weihai_transfer.lib.filters import MONTH, Filter
from weihai_transfer.lib.listing import Column, ListPage

MONTHS = 36
# What is counted by month: the column of the row, and the filter that leads to the same rows.
COUNTED = (
    ("expected", "month", "预计退休"),
    ("earliest", "earliest", "最早可退休"),
    ("latest", "latest", "最晚可退休"),
)


def month_text(month):
    return f"{month:%Y-%m}"


def forecast_page(request):
    user = request.user
    rows = ExpectedRetirement.objects.visible_to(user).select_related("enterprise")
    return ListPage(
        request,
        rows,
        columns=[
            Column("name", "姓名", sort="name", link=True),
            Column("id_number", "公民身份号码", "masked_id"),
            Column("enterprise", "企业", sort="enterprise__path"),
            Column("category", "人员类别", "get_category_display", sort="category"),
            Column("statutory", "法定退休月份", lambda one: month_text(one.statutory), sort="statutory"),
            Column("range", "弹性范围", lambda one: f"{month_text(one.earliest)} 至 {month_text(one.latest)}"),
            Column("choice", "弹性退休", "get_choice_display", sort="choice"),
            Column("expected", "预计退休月份", lambda one: month_text(one.expected), sort="expected"),
        ],
        filters=[
            Filter("enterprise", "企业", _enterprises(user)),
            Filter("month", "预计退休月份", kind=MONTH, lookup="expected"),
            Filter("earliest", "最早可退休月份", kind=MONTH, lookup="earliest"),
            Filter("latest", "最晚可退休月份", kind=MONTH, lookup="latest"),
            Filter("category", "人员类别", Category.choices),
            Filter("choice", "弹性退休", Choice.choices),
            Filter("entered", "登记情况", (("1", "已在名册中"), ("0", "尚未登记")), narrow=_entered),
        ],
        order=("expected", "pk"),
        unit="人",
        row_url=lambda one: reverse("retirees:forecast_choose", args=[one.pk]),
    )


def _entered(rows, value):
    return rows.entered(value == "1")


def _enterprises(user):
    rows = ExpectedRetirement.objects.visible_to(user)
    return [(one.pk, one.name) for one in Enterprise.objects.filter(pk__in=rows.values("enterprise").distinct())]


@dataclass(frozen=True)
class Month:
    label: str
    numbers: list


def by_month(user, enterprise=None):
    """From this month on, three years: how many will, might at the earliest and might at the latest retire, as links."""
    rows = ExpectedRetirement.objects.visible_to(user)
    rows = rows.filter(enterprise=enterprise) if enterprise else rows
    counts = {column: dict(rows.order_by().values_list(column).annotate(Count("pk"))) for column, _, _ in COUNTED}
    first = clock.today().replace(day=1)
    months = [add_months(first, number) for number in range(MONTHS)]
    return [
        Month(month_text(month), [_number(counts, name, month, enterprise) for name, _, _ in COUNTED])
        for month in months
    ]


def _number(counts, column, month, enterprise):
    asked = {name: one for name, one, _ in COUNTED}[column]
    query = {asked: month_text(month)}
    if enterprise:
        query["enterprise"] = enterprise
    return counts[column].get(month, 0), f"{reverse('retirees:forecast')}?{urlencode(query)}"
