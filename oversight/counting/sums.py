"""What the tallies add up to: how many stood where at the end of a day."""

from datetime import timedelta

from django.db.models import Max, Q, Sum

from oversight.models import Tally, TallyKind

# The columns of a cell (cells.Cell), in its order.
CELL = ("track", "area_id", "office_id", "enterprise_id", "stock", "outside", "state", "marked")
KIND = ("track", "stock", "outside", "state", "marked")


def monday(day):
    return day - timedelta(days=day.weekday())


def standing(level, day=None):
    """The rows that add up to what stood at the end of a day (None: up to the last count)."""
    rows = Tally.objects.filter(level=level)
    openings = rows.filter(kind=TallyKind.OPENING, **({"day__lte": day} if day else {}))
    first = openings.aggregate(day=Max("day"))["day"]
    since = Q(kind=TallyKind.CHANGE, **({"day__lte": day} if day else {}))
    if first is None:
        return rows.filter(since)
    return rows.filter(Q(kind=TallyKind.OPENING, day=first) | since & Q(day__gte=first))


def grouped(rows):
    """One row for each cell that is not empty, with its `sum`."""
    return rows.order_by().values(*CELL).annotate(sum=Sum("change")).exclude(sum=0)


def added_up(rows, *columns):
    """(columns …, sum) of the groups that are not empty."""
    return rows.order_by().values_list(*columns).annotate(sum=Sum("change")).exclude(sum=0)
