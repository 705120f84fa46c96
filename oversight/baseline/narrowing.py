"""The list behind a number of the bridge: exactly as many rows as the number says."""

from django.db.models import F, Q

from oversight.baseline import lines, people
from oversight.baseline.bridge import AREA, ENTERPRISE, WHOLE
from oversight.baseline.lines import DUE, DUE_FLOW, DUE_STOCK
from oversight.models import DuePerson
from oversight.models.baseline import ENTERING

NOW = {AREA: "area_key", ENTERPRISE: "enterprise_id"}
THEN = {AREA: "base_area_key", ENTERPRISE: "base_enterprise_key"}


def rows_of(baseline, user, line, cut=WHOLE, key=None):
    """A query set of BaselinePerson for the lines of `lines.OF_FROZEN`, of DuePerson for every other.

    `key` None: of all areas or enterprises of the cut together.
    """
    if line in lines.OF_FROZEN:
        return _frozen(baseline, user, line).filter(_at(NOW, cut, key))
    if line == DUE_FLOW:
        return people.flow_of(user).filter(_at(NOW, cut, key))
    rows = people.cases_of(baseline, user)
    if line == DUE:
        return _due(rows, user, cut, key)
    return rows.filter(_condition(line, cut, key))


def _at(columns, cut, key):
    return Q(**{columns[cut]: key}) if cut and key is not None else Q()


def _frozen(baseline, user, line):
    rows = people.frozen_of(baseline, user)
    if line == lines.BASELINE:
        return rows
    return rows.filter(there=0, told__isnull=line == lines.REMOVED_WAITING)


def _due(stock, user, cut, key):
    """The stock and the flow together."""
    ids = Q(pk__in=stock.filter(_condition(DUE_STOCK, cut, key)).values("pk"))
    ids |= Q(pk__in=people.flow_of(user).filter(_at(NOW, cut, key)).values("pk"))
    return DuePerson.objects.visible_to(user).filter(ids)


def _condition(line, cut, key):
    here, there = Q(now=1) & _at(NOW, cut, key), Q(then=1) & _at(THEN, cut, key)
    found, kept = Q(in_base=0), Q(in_base=1, closed=0)
    if line == DUE_STOCK:
        return here & Q(closed=0)
    if line in ENTERING:
        return found & here & Q(came=line)
    if line == lines.FOUND_WAITING:
        return found & here & Q(came__isnull=True)
    if line in (lines.MOVED_IN, lines.MOVED_OUT):
        elsewhere = ~Q(**{THEN[cut]: F(NOW[cut])}) if cut else Q(pk__in=[])
        if line == lines.MOVED_IN:
            return kept & here & (Q(then=0) | elsewhere)
        return kept & there & (Q(now=0) | elsewhere)
    return Q(closed=1, went=line) & (Q(in_base=1) & there | found & here)
