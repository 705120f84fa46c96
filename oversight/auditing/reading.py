"""Who opened, revealed, searched and took away how much: one line for each account and day, unusual amounts first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.urls import reverse

from audit.models import SecurityEvent
from oversight.auditing.rows import Computed
from weihai_transfer.lib import clock
from weihai_transfer.lib.words import Badge

READS = ("open_person", "reveal", "search", "export", "download")
OUT = ("export", "download")
# Without a first day: so many days back, today among them.
DAYS = 31
# As the page of a reveal warns (security.md B): more in one day than telephoning takes.
MANY_REVEALS = 30
# Less is never called unusual, however quiet the other days were.
MANY, TIMES = 20, 3


@dataclass
class DayOf:
    pk: str
    day: date
    account: str
    who: str
    counts: dict
    unusual: int = 0
    why: str = ""

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def badge(self):
        return Badge("偏多", "late", self.why) if self.unusual else Badge("平常", "idle")

    def count(self, *kinds):
        """(how many, where they are listed)"""
        query = {"since": self.day, "until": self.day, "account": self.account}
        query |= {"kind": kinds[0]} if len(kinds) == 1 else {"reads": "1"}
        found = sum(self.counts.get(kind, 0) for kind in kinds or READS)
        return found, f"{reverse('oversight:audit_events')}?{urlencode(query)}"


class Days:
    """Narrowed as events, counted when it is put in order."""

    def __init__(self, events=None, since=None):
        self.events = SecurityEvent.objects.filter(kind__in=READS, actor__isnull=False) if events is None else events
        self.since = since

    def narrowed(self, *, since=None, **conditions):
        return Days(self.events.filter(**conditions), since or self.since)

    def none(self):
        return Days(self.events.none(), self.since)

    def order_by(self, *names):
        first = self.since or clock.today() - timedelta(days=DAYS - 1)
        rows = self.events.filter(at__gte=clock.midnight(first)).annotate(day=TruncDate("at"))
        counted = rows.order_by().values("actor__username", "actor__name", "day", "kind").annotate(n=Count("pk"))
        found = {}
        for one in counted:
            key = (one["actor__username"], one["day"])
            day = found.setdefault(key, DayOf("/".join(map(str, key)), key[1], key[0], one["actor__name"], {}))
            day.counts[one["kind"]] = one["n"]
        _judge(found.values())
        return Computed(found.values()).order_by(*names)


def _judge(days):
    """Against the account's own other days in the same period, and against what no day of telephoning needs."""
    of_account = defaultdict(list)
    for day in days:
        of_account[day.account].append(day)
    for own in of_account.values():
        everything = sum(day.total for day in own)
        for day in own:
            others = (everything - day.total) / (len(own) - 1) if len(own) > 1 else 0
            said = []
            if day.counts.get("reveal", 0) > MANY_REVEALS:
                said.append(f"查看完整信息超过 {MANY_REVEALS} 次")
            if len(own) > 1 and day.total >= MANY and day.total > TIMES * others:
                said.append(f"超过本人其他日平均的 {TIMES} 倍")
            day.unusual, day.why = len(said), "，".join(said)
