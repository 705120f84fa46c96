"""Sums of a year by office: everything in a constant number of queries, each number with its list."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse

from accounts.models import Office
from handover.community import terms
from handover.community.listing import GROUPS, people
from handover.models import Activity, ServiceRecord
from handover.viewers import full_name
from retirees.codes import Survival
from weihai_transfer.lib.workbooks.writing import Column

COLUMNS = [
    Column("单位", 28),
    Column("在管人数", 10, "integer"),
    Column("本年度已核实", 12, "integer"),
    Column("核实率（%）", 12, "integer"),
    Column("联系不上", 10, "integer"),
    Column("本年度资格认证通过", 16, "integer"),
    Column("待走访", 10, "integer"),
    Column("走访服务次数", 12, "integer"),
    Column("活动场次", 10, "integer"),
    Column("参加人次", 10, "integer"),
]


@dataclass
class Line:
    office: object
    year: int
    counts: dict = field(default_factory=dict)

    @property
    def name(self):
        return full_name(self.office)

    @property
    def rate(self):
        """Full percent, rounded down: 100 only when nobody is missing."""
        everybody = self.counts.get("people", 0)
        return self.counts.get("confirmed", 0) * 100 // everybody if everybody else None

    @property
    def cells(self):
        """(number, the list that it counts)"""
        return [(self.counts.get(name, 0) or 0, self._way(name)) for name in LISTS]

    def _way(self, name):
        url, query = LISTS[name]
        more = {"year": self.year} if url != "handover:care" else {}
        return f"{reverse(url)}?{urlencode({'office': self.office.pk, **query, **more})}"

    def as_row(self):
        count = {name: self.counts.get(name, 0) or 0 for name in LISTS}
        first = (self.name, count["people"], count["confirmed"], self.rate)
        return (*first, *(count[name] for name in list(LISTS)[2:]))


LISTS = {
    "people": ("handover:care", {}),
    "confirmed": ("handover:care", {"confirmed": "yes"}),
    "unreachable": ("handover:care", {"survival": Survival.UNREACHABLE.value}),
    "eligible": ("handover:care", {"eligible": "yes"}),
    "to_visit": ("handover:care", {"visit": "1"}),
    "services": ("handover:services", {}),
    "activities": ("handover:activities", {}),
    "participants": ("handover:activities", {}),
}


def lines(user, year):
    """A Line for each office that has people, services or activities, in the order of the tree."""
    span = (date(year, 1, 1), date(year, 12, 31))
    found = {}
    for row in (
        people(user)
        .values("office")
        .annotate(
            people=Count("pk"),
            confirmed=Count("pk", filter=terms.confirmed(year)),
            unreachable=Count("pk", filter=Q(retiree__survival=Survival.UNREACHABLE)),
            eligible=Count("pk", filter=terms.eligible(year)),
            to_visit=Count("pk", filter=terms.to_visit()),
        )
        .order_by()
    ):
        found.setdefault(row.pop("office"), {}).update(row)
    # The services of an office are those that it gave, wherever the person is now.
    for row in (
        ServiceRecord.objects.written_by(user)
        .filter(on__range=span)
        .values("office")
        .annotate(services=Count("pk"))
        .order_by()
    ):
        found.setdefault(row["office"], {})["services"] = row["services"]
    rows = Activity.objects.visible_to(user).filter(on__range=span).values("office").order_by()
    for row in rows.annotate(activities=Count("pk"), participants_sum=Sum("participants")):
        more = {"activities": row["activities"], "participants": row["participants_sum"]}
        found.setdefault(row["office"], {}).update(more)
    offices = Office.objects.filter(pk__in=found).select_related("parent").order_by("path")
    return [Line(office, year, found[office.pk]) for office in offices]


def groups(user):
    """[(label, number, the list that it counts)] of the special groups."""
    counted = people(user).aggregate(**{code: Count("pk", filter=terms.in_group(code)) for code in GROUPS})
    care = reverse("handover:care")
    return [(label, counted[code], f"{care}?{urlencode({'group': code})}") for code, label in GROUPS.items()]
