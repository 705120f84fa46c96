"""Proof that every live row equals its newest history row, set-based and generated from the model's fields."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from audit import history
from audit.models import Operation


@dataclass(frozen=True)
class Difference:
    model: str
    key: str
    what: str


@contextmanager
def joined_in_bulk():
    """A cursor for comparing whole tables. PostgreSQL joins a young table row by row, because it has no figures
    about it yet, and a check of seconds becomes one of hours."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield cursor
        cursor.execute("SET LOCAL enable_nestloop = on")


def _differences(cursor, model, limit):
    """Rows whose newest history row is missing, differs, or says they were removed; and removed rows that still live."""
    trail = history.history_of(model)
    quote = connection.ops.quote_name
    key = quote(model._meta.pk.column)
    live, past = quote(model._meta.db_table), quote(trail._meta.db_table)
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    # A json column has no equality in PostgreSQL unless it is jsonb, which Django's JSONField is.
    unlike = " OR ".join(f"NOT (l.{quote(column)} {same} h.{quote(column)})" for column in columns) or "1=0"
    newest = f"SELECT h.* FROM {past} h JOIN (SELECT {key} AS k, max(history_id) AS m FROM {past} GROUP BY {key}) n ON n.m = h.history_id"
    sql = f"""
        SELECT l.{key}, CASE WHEN h.history_id IS NULL THEN 'none' WHEN h.history_type = '-' THEN 'removed' ELSE 'differs' END
        FROM {live} l LEFT JOIN ({newest}) h ON h.{key} = l.{key}
        WHERE h.history_id IS NULL OR h.history_type = '-' OR {unlike}
        UNION ALL
        SELECT h.{key}, 'gone' FROM ({newest}) h LEFT JOIN {live} l ON l.{key} = h.{key}
        WHERE l.{key} IS NULL AND h.history_type <> '-'
        LIMIT {int(limit)}"""
    cursor.execute(sql)
    return [
        Difference(model._meta.label, str(key), SENTENCES[what] + _columns_that_differ(model, key, what))
        for key, what in cursor.fetchall()
    ]


SENTENCES = {
    "none": "没有任何历史记录",
    "removed": "历史记录为已删除，但记录仍在",
    "differs": "与最新历史记录不一致",
    "gone": "记录已不在，历史中没有删除记录",
}


def _columns_that_differ(model, key, what):
    if what != "differs":
        return ""
    pk = model._meta.pk.attname
    names = [field.attname for field in model._meta.concrete_fields]
    live = model._base_manager.filter(pk=key).values(*names).get()
    past = history.history_of(model).objects.filter(**{pk: live[pk]}).order_by("-history_id").values(*names).first()
    labels = [model._meta.get_field(name).verbose_name for name in names if live[name] != past[name]]
    return f"：{'、'.join(map(str, labels))}"


def _orphans(cursor, model, limit):
    """History rows that name an operation which does not exist."""
    quote = connection.ops.quote_name
    past, operations = (quote(one._meta.db_table) for one in (history.history_of(model), Operation))
    cursor.execute(f"""
        SELECT h.history_id FROM {past} h
        WHERE NOT EXISTS (SELECT 1 FROM {operations} o WHERE o.id = h.operation_id) LIMIT {int(limit)}""")
    return [Difference(model._meta.label, str(key), "历史记录所指的操作不存在") for (key,) in cursor.fetchall()]


def verify(limit=100):
    """All differences of all audited models."""
    with joined_in_bulk() as cursor:
        return [
            found
            for model in _with_rows(cursor, history.audited_models())
            for found in (*_differences(cursor, model, limit), *_orphans(cursor, model, limit))
        ]


def _with_rows(cursor, models):
    """The models that have a row, living or past, in one look: of two empty tables there is nothing to compare."""
    quote = connection.ops.quote_name
    looks = [
        f"SELECT {at} WHERE EXISTS (SELECT 1 FROM {quote(table)})"
        for at, model in enumerate(models)
        for table in (model._meta.db_table, history.history_of(model)._meta.db_table)
    ]
    cursor.execute(" UNION ALL ".join(looks))
    found = {at for (at,) in cursor.fetchall()}
    return [model for at, model in enumerate(models) if at in found]
