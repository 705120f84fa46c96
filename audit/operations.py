"""The one way to write audited rows: inside an operation, set-based, with history from the stored row.

with operation("case.accept", actor=clerk, key=form_key) as act:
    act.change(Case, ids, state=State.ACCEPTED)
"""

import json
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction
from django.utils.functional import cached_property

from audit import history, requests
from audit.models import Operation
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.among import among
from weihai_transfer.lib.fields import new_id

# As many ids in one statement as both engines take without complaint.
AT_ONCE = 5000


class AlreadyDone(Exception):
    """This request was carried out before; `operation` tells with which outcome."""

    def __init__(self, key):
        super().__init__("这项操作已经办理过，没有重复办理。")
        self.key = key

    @cached_property
    def operation(self):
        # Read when asked for, outside the transaction that failed on it. None: the other one was undone meanwhile.
        return Operation.objects.filter(pk=self.key).first()


@contextmanager
def operation(kind, *, actor, reason_code="", reason="", key=None, closing=True):
    """One act in one transaction: yields an `Act`; an exception undoes all of it.

    `actor` is a user; his office and position at this moment are kept as text. `key` (a UUID) makes
    the act happen once: AlreadyDone is raised for a second try, also for one at the same instant.
    `closing=False` leaves the operation open for `continuing`.
    """
    with transaction.atomic():
        if key and Operation.objects.filter(pk=key).exists():
            raise AlreadyDone(key)
        row = Operation(
            id=key or new_id(),
            at=clock.now(),
            actor=actor,
            actor_name=actor.name,
            office=actor.acting_for,
            position=actor.acting_as,
            kind=kind,
            reason_code=reason_code,
            reason=reason,
            request_id=requests.current.get(),
        )
        try:
            row.save(force_insert=True)
        except IntegrityError as clash:
            if key:
                raise AlreadyDone(key) from clash
            raise
        act = Act(row)
        yield act
        if closing:
            act.close()


@contextmanager
def continuing(row, *, last=False):
    """Go on with an operation that a job carries out in several transactions; the `last` one closes it."""
    with transaction.atomic():
        act = Act(row)
        yield act
        if last:
            act.close()


class Act:
    """Writes audited rows under one operation."""

    def __init__(self, row):
        self.operation = row
        self.rows = 0
        self.outcome = None

    def insert(self, instances):
        """Insert unsaved instances of one model; returns them with their keys."""
        instances = list(instances)
        if not instances:
            return instances
        rows = models.QuerySet(type(instances[0]))
        made = models.QuerySet.bulk_create(rows, instances, batch_size=bulk.BATCH)
        for chunk in bulk.chunks([one.pk for one in made], AT_ONCE):
            self._record(rows.filter(pk__in=chunk), history.CREATED)
        return made

    def insert_select(self, model, source, *, once=False, **columns):
        """INSERT … SELECT from the query set `source` (see lib.bulk.insertion) with history; returns how many rows."""
        count = history.write_inserted(model, bulk.insertion(model, source, once=once, **columns), self.operation)
        self.rows += count
        return count

    def change(self, model, ids, **values):
        """Set the same values in every row of `ids`; returns how many rows there were."""
        return self.change_each(model, dict.fromkeys(ids, values))

    def change_each(self, model, values_by_id):
        """Set values row by row: {id: {field: value}}. Rows with equal values share one UPDATE."""
        # Most rows share one and the same dict; only different dicts are compared by what is in them.
        shared = {}
        for pk, values in values_by_id.items():
            shared.setdefault(id(values), (values, []))[1].append(pk)
        groups = {}
        for values, ids in shared.values():
            key = tuple((name, _hashable(values[name])) for name in sorted(values))
            groups.setdefault(key, (values, []))[1].extend(ids)
        for values, ids in groups.values():
            for chunk in bulk.chunks(ids, AT_ONCE):
                _rows(model, chunk).update(**values)
        count = 0
        for chunk in bulk.chunks(values_by_id, AT_ONCE):
            count += self._record(_rows(model, chunk), history.CHANGED)
        return count

    def remove(self, model, ids):
        """Delete rows, leaving their last version and a removal in the history."""
        for chunk in bulk.chunks(ids, AT_ONCE):
            rows = _rows(model, chunk)
            self._record(rows, history.REMOVED)
            rows._raw_delete(rows.db)

    def record_created(self, rows):
        """History for rows (a query set) that were just inserted under this operation by other means."""
        return self._record(rows, history.CREATED)

    def _record(self, rows, kind):
        count = history.write(rows, self.operation, kind)
        self.rows += count
        return count

    def close(self):
        Operation.objects.filter(pk=self.operation.pk).update(rows=self.rows, outcome=self.outcome)
        self.operation.rows, self.operation.outcome = self.rows, self.outcome


def _rows(model, ids):
    return models.QuerySet(model).filter(pk__in=among(model, ids))


def _hashable(value):
    """A value of a JSON field as text; any other as it is."""
    return json.dumps(value, sort_keys=True) if isinstance(value, list | dict) else value
