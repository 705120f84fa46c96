"""The bridge: how many people each line has, for the whole and for each area or enterprise.

One pass over the cases and one over the baseline, grouped by area and enterprise then and now; every cut is folded from
the same groups, so that two tables of one page cannot disagree.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from oversight.baseline import lines, people
from oversight.baseline.lines import CHANGES, DUE, DUE_FLOW, DUE_STOCK, LINES
from weihai_transfer.lib import clock

WHOLE, AREA, ENTERPRISE = "", "area", "enterprise"
CUTS = (WHOLE, AREA, ENTERPRISE)
NOBODYS = people.NOWHERE


@dataclass(frozen=True)
class Bridge:
    """`numbers`: {(cut, key): Counter of line → people}; the whole has the key 0."""

    baseline: object
    at: datetime
    numbers: dict

    def keys(self, cut):
        return [key for one, key in self.numbers if one == cut]

    def of(self, cut=WHOLE, key=0):
        """{code of a line: people}, those that stand on others included."""
        found = self.numbers.get((cut, key), Counter())
        stock = found[lines.BASELINE] + sum(LINES[code].sign * found[code] for code in CHANGES)
        return {code: found[code] for code in LINES} | {DUE_STOCK: stock, DUE: stock + found[DUE_FLOW]}

    def total(self, cut):
        """The sum over the keys of a cut: there, what moved between them stands on both sides."""
        found = Counter()
        for key in self.keys(cut):
            found.update(self.of(cut, key))
        return {code: found[code] for code in LINES}

    @property
    def waiting(self):
        whole = self.of()
        return sum(whole[code] for code, line in LINES.items() if line.waiting)


def read(baseline, user):
    """The bridge of everything that the user may see in the number."""
    numbers = {(WHOLE, 0): Counter()}

    def add(line, area, enterprise, count, cuts=CUTS):
        for cut in cuts:
            key = {WHOLE: 0, AREA: area, ENTERPRISE: enterprise}[cut]
            numbers.setdefault((cut, key), Counter())[line] += count

    _frozen(baseline, user, add)
    _cases(baseline, user, add)
    for area, enterprise, count in _grouped(people.flow_of(user), "area_key", "enterprise_id"):
        add(DUE_FLOW, area, enterprise, count)
    return Bridge(baseline, clock.now(), numbers)


def _grouped(rows, *names):
    return rows.order_by().values_list(*names).annotate(Count("pk"))


def _frozen(baseline, user, add):
    rows = people.frozen_of(baseline, user)
    for area, enterprise, there, told, count in _grouped(rows, "area_key", "enterprise_id", "there", "told"):
        add(lines.BASELINE, area, enterprise, count)
        if not there:
            add(lines.WITHDRAWN if told else lines.REMOVED_WAITING, area, enterprise, count)


NAMES = (
    *("in_base", "then", "now", "closed", "came", "went"),
    *("base_area_key", "base_enterprise_key", "area_key", "enterprise_id"),
)


def _cases(baseline, user, add):
    for in_base, then, now, closed, came, went, *places, count in _grouped(people.cases_of(baseline, user), *NAMES):
        before, after = tuple(places[:2]), tuple(places[2:])
        if not in_base and now:
            add(came or lines.FOUND_WAITING, *after, count)
            if closed:
                add(went, *after, count)
        elif in_base and closed:
            # Who left is missed where he was counted: whoever closes a case may have cleared its area.
            if then:
                add(went, *before, count)
        elif in_base:
            _moved(add, then and before, now and after, count)


def _moved(add, before, after, count):
    """`before` and `after`: (area, enterprise), or 0 where the user has no part in it."""
    for cut, place in ((WHOLE, None), (AREA, 0), (ENTERPRISE, 1)):
        if before and after and (place is None or before[place] == after[place]):
            continue
        if before:
            add(lines.MOVED_OUT, *before, count, cuts=(cut,))
        if after:
            add(lines.MOVED_IN, *after, count, cuts=(cut,))
