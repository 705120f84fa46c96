"""History of audited models: simple-history's tables, filled from the stored row."""

from datetime import datetime

from django.apps import apps
from django.db import connection, models
from django.db.models import F, Value
from simple_history.models import HistoricalRecords

from audit.querysets import WrittenOutside

CREATED, CHANGED, REMOVED = "+", "~", "-"


class WithOperation(models.Model):
    """Every history row names its operation. NOT NULL: a save outside an operation is refused by the database."""

    operation = models.ForeignKey("audit.Operation", models.PROTECT, related_name="+")

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


def audited_models():
    """The models whose history names operations."""
    kept = [model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")]
    return [model for model in kept if issubclass(history_of(model), WithOperation)]


def history_of(model):
    return model.history.model


def write(rows, operation, kind):
    """INSERT … SELECT the stored `rows` (a query set) into their history; returns how many."""
    model = rows.model
    history = history_of(model)
    names = [field.attname for field in model._meta.concrete_fields]
    extra = {
        "history_date": Value(operation.at, output_field=models.DateTimeField()),
        "history_type": Value(kind, output_field=models.CharField()),
        "history_user_id": Value(operation.actor_id, output_field=models.BigIntegerField()),
        "operation_id": Value(operation.pk, output_field=models.UUIDField()),
    }
    columns = [history._meta.get_field(name).column for name in (*names, *list(extra)[:3])] + ["operation_id"]
    chosen = rows.order_by().values_list(*(F(name) for name in names), *extra.values())
    sql, parameters = chosen.query.get_compiler(connection=connection).as_sql()
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {connection.ops.quote_name(history._meta.db_table)} ({quoted}) {sql}", parameters)
        return cursor.rowcount


def as_of(model, day: datetime):
    """The newest history row of each object up to an instant."""
    return history_of(model).objects.filter(history_date__lte=day)
