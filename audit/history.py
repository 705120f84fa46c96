"""History of audited models: simple-history's tables, filled from the stored row."""

from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import connection, models
from django.db.models import F, Value
from simple_history.models import HistoricalRecords

from audit.querysets import WrittenOutside
from weihai_transfer.lib import bulk

CREATED, CHANGED, REMOVED = "+", "~", "-"


class WithOperation(models.Model):
    """Every history row names its operation. NOT NULL: a save outside an operation is refused by the database."""

    # Operations can never be deleted and an act names its own, so the database need not look each one up a
    # second time at commit; verify_audit looks for rows whose operation is missing.
    operation = models.ForeignKey("audit.Operation", models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        abstract = True


class Trail(HistoricalRecords):
    """History tables without simple-history's way of filling them: a single save is refused before it writes."""

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        if sender is self.cls:
            sender.save_base = sender.delete = _refuse


def _refuse(instance, *args, **kwargs):
    label = type(instance)._meta.label
    raise WrittenOutside(f"{label}: audited rows are written by audit.operations.operation()")


_refuse.alters_data = True


def trail(*, no_index=()):
    """Keep every stored version of a model. `no_index`: fields whose index the history does not need."""
    return Trail(
        bases=[WithOperation],
        no_db_index=list(no_index),
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=lambda row: row.operation.actor,
        history_user_setter=lambda row, user: None,
        excluded_fields=[],
    )


@cache
def audited_models():
    """The models whose history names operations."""
    kept = [model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")]
    return [model for model in kept if issubclass(history_of(model), WithOperation)]


# simple-history builds the class of a manager at each look; every write and every page looks.
@cache
def history_of(model):
    return model.history.model


def _stamp(operation, kind):
    """The columns of a history row that the live row has not, with their values."""
    return {
        "history_date": Value(operation.at, output_field=models.DateTimeField()),
        "history_type": Value(kind, output_field=models.CharField()),
        "history_user_id": Value(operation.actor_id, output_field=models.BigIntegerField()),
        "operation_id": Value(operation.pk, output_field=models.UUIDField()),
    }


def _into(model, operation, kind):
    """The words INSERT INTO history (columns) for the live columns and the stamp."""
    history, quote = history_of(model), connection.ops.quote_name
    live = [field.column for field in model._meta.concrete_fields]
    columns = ", ".join(quote(column) for column in (*live, *_stamp(operation, kind)))
    return f"INSERT INTO {quote(history._meta.db_table)} ({columns})"


def write(rows, operation, kind):
    """INSERT … SELECT the stored `rows` (a query set) into their history; returns how many."""
    names = [field.attname for field in rows.model._meta.concrete_fields]
    chosen = rows.order_by().values_list(*(F(name) for name in names), *_stamp(operation, kind).values())
    sql, parameters = chosen.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"{_into(rows.model, operation, kind)} {sql}", parameters)
        return cursor.rowcount


def write_inserted(model, insertion, operation):
    """Run an `insertion` (see lib.bulk) and write the history of just the rows that it returns; returns how many.

    PostgreSQL does both in one statement. Looking the new rows up again would send it through young tables row by
    row, because it has no figures about them yet.
    """
    sql, parameters = insertion
    if connection.vendor == "postgresql":
        quote = connection.ops.quote_name
        live = ", ".join(f"made.{quote(field.column)}" for field in model._meta.concrete_fields)
        stamp = ", ".join(["%s"] * 4)
        values = [value.value for value in _stamp(operation, CREATED).values()]
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH made AS ({sql}) {_into(model, operation, CREATED)} SELECT {live}, {stamp} FROM made",
                (*parameters, *values),
            )
            return cursor.rowcount
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        place = [column[0] for column in cursor.description].index(model._meta.pk.column)
        keys = [model._meta.pk.to_python(row[place]) for row in cursor.fetchall()]
    rows = models.QuerySet(model)
    return sum(write(rows.filter(pk__in=chunk), operation, CREATED) for chunk in bulk.chunks(keys, bulk.BATCH))


def as_of(model, day: datetime):
    """The newest history row of each object up to an instant."""
    return history_of(model).objects.filter(history_date__lte=day)
