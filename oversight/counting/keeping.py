"""The tallies: brought up to date from the acts since, built anew, and held against a recount.

An act is in the tallies when it began before `Counted.until`. So nothing younger than MARGIN is counted: an act whose
transaction is still open would be missed. A job that carries one operation on for longer holds the counting up (HELD_BY).
"""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

from django.db import connection, transaction
from django.db.models import DateField, QuerySet, Value
from django.utils import timezone

from archives.models import Dossier
from audit.history import history_of
from audit.models import Operation
from handover.models import Agreement, AgreementPerson, Case
from oversight.counting import people, sums
from oversight.counting.cells import Cell, cells
from oversight.models import Counted, Tally, TallyKind, TallyLevel
from party.models import Letter, Membership
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.among import among

MARGIN = timedelta(minutes=10)
# An operation that was left open for longer than this will not be carried on.
HELD_BY = timedelta(days=2)
AT_ONCE = 20_000
# Acts are named one by one in a query: PostgreSQL looks each up in an index, where it would read the whole history for
# the rows of a subquery (among).
ACTS_AT_ONCE = 2_000
KEPT_BY_WEEK = timedelta(weeks=13)
# The rows whose versions decide how a person stands, with the column that names him.
DECIDING = ((Case, "retiree_id"), (Dossier, "retiree_id"), (Membership, "retiree_id"), (Letter, "membership_id"))
# Whoever counts takes this lock first: two timers at once would count twice.
LOCK = 0x7A11E5


def counted_until():
    """The instant up to which the tallies reach; None before the first count."""
    return Counted.objects.order_by("-until").values_list("until", flat=True).first()


def count(until=None):
    """Bring the tallies up to `until` (as late as is safe); answers how many rows were written. Day by day, each day in a
    transaction of its own, so that a run that dies is taken up where it stood."""
    end, written = _safe(until), 0
    while (step := _count_next(end)) is not None:
        written += step
    return written


def rebuild(until=None):
    """Count everything anew from the first act."""
    with _alone():
        Tally.objects.all().delete()
        Counted.objects.all().delete()
    return count(until)


def differences():
    """What the tallies say otherwise than a recount of the history at the same instant: {Cell: by how much}, of the rows
    with streets and of those without."""
    until = counted_until()
    if until is None:
        return {}
    stood = cells(people.then(until))
    found = Counter()
    for level in TallyLevel:
        kept = Counter({Cell(*cell): number for *cell, number in sums.added_up(sums.standing(level), *sums.CELL)})
        kept.subtract(_at(level, stood))
        found.update({cell: by for cell, by in kept.items() if by})
    return found


def changes(start, end):
    """Counter of Cell: by how much the acts from `start` on and before `end` (both instants; None: up to now, or from the
    beginning) changed each cell."""
    found, touched = Counter(), iter(_touched(start, end))
    while ids := list(islice(touched, AT_ONCE)):
        found.update(cells(people.then(end, ids) if end else people.present().filter(pk__in=among(Case, ids))))
        if start:
            found.subtract(cells(people.then(start, ids)))
    return Counter({cell: by for cell, by in found.items() if by})


def _safe(until):
    latest = clock.now() - MARGIN
    open_ones = Operation.objects.filter(rows=None, at__gte=latest - HELD_BY).order_by("at")
    bounds = [latest, *([until] if until else []), *open_ones.values_list("at", flat=True)[:1]]
    return min(bounds)


def _count_next(end):
    """Count the next day, or what of it lies before `end`; None when there is nothing left."""
    with _alone():
        start = counted_until()
        first = Operation.objects.filter(at__lt=end, **({"at__gte": start} if start else {})).order_by("at").first()
        if first is None:
            return None
        day = timezone.localdate(first.at)
        stop = min(end, clock.midnight(day + timedelta(days=1)))
        found = changes(start, stop)
        written = sum(_write(day, level, _at(level, found)) for level in TallyLevel)
        Counted.objects.all().delete()
        Counted.objects.create(until=stop)
        return written


def _write(day, level, found):
    """The changes of a day; before the first ones of a week, what stood when it began."""
    first = sums.monday(day)
    if not Tally.objects.filter(level=level, kind=TallyKind.OPENING, day=first).exists():
        _open_week(first, level)
        _thin_out(first, level)
    rows = (
        Tally(day=day, level=level, kind=TallyKind.CHANGE, change=change, **_columns(cell))
        for cell, change in found.items()
        if change
    )
    return len(Tally.objects.bulk_create(rows, batch_size=bulk.BATCH))


def _open_week(first, level):
    stood = sums.grouped(sums.standing(level, first - timedelta(days=1)))
    columns = {name.removesuffix("_id"): name for name in sums.CELL}
    given = {"day": Value(first, output_field=DateField()), "level": Value(level.value)}
    sql, parameters = bulk.insertion(
        Tally, stood, **columns, **given, change="sum", kind=Value(TallyKind.OPENING.value)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.removesuffix(" RETURNING *"), parameters)


def _thin_out(first, level):
    """Of the streets' weeks that are long gone one a month is enough to begin from: they are by far the most rows."""
    if level == TallyLevel.STREET:
        old = Tally.objects.filter(level=level, kind=TallyKind.OPENING, day__lt=first - KEPT_BY_WEEK)
        old.exclude(day__day__lte=7).delete()


def _at(level, found):
    """The cells as one level tells them apart."""
    if level == TallyLevel.STREET:
        return found
    whole = Counter()
    for cell, number in found.items():
        whole[cell._replace(office=None)] += number
    return whole


def _columns(cell):
    values = cell._asdict()
    return {f"{name}_id" if name in ("area", "office", "enterprise") else name: values[name] for name in values}


@contextmanager
def _alone():
    """A transaction that no other counting shares. SQLite has one writer anyway."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def _touched(start, end):
    """The people of whom an act since `start` and before `end` wrote something that decides how they stand."""
    acts = Operation.objects.filter(**({"at__gte": start} if start else {}), **({"at__lt": end} if end else {}))
    found = set()
    for ids in bulk.chunks(acts.values_list("pk", flat=True), ACTS_AT_ONCE):
        mine = {"operation__in": ids}
        for model, column in DECIDING:
            rows = history_of(model).objects.filter(**mine).order_by()
            found.update(rows.values_list(column, flat=True).distinct())
        signed = history_of(Agreement).objects.filter(**mine).values("id")
        found.update(QuerySet(AgreementPerson).filter(agreement__in=signed).values_list("retiree", flat=True))
    return found
