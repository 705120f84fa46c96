"""Many rows at once: COPY where the database has it, executemany elsewhere, INSERT … SELECT on both."""

import datetime
import decimal
import uuid
from itertools import islice

from django.db import connection
from django.db.models import F

BATCH = 2000


def chunks(items, size):
    """Lists of at most `size` items."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def load(model, instances):
    """Insert unsaved instances as they are, without signals; returns how many."""
    fields = [field for field in model._meta.concrete_fields if not _is_serial(field)]
    columns = [field.column for field in fields]
    rows = (
        [field.get_db_prep_save(field.pre_save(instance, True), connection) for field in fields]
        for instance in instances
    )
    return load_rows(model._meta.db_table, columns, rows)


# How SQLite stores what PostgreSQL knows as types of its own.
FOR_SQLITE = {
    uuid.UUID: lambda value: value.hex,
    datetime.date: lambda value: value.isoformat(),
    decimal.Decimal: str,
}


def _for_sqlite(row):
    return [FOR_SQLITE[type(value)](value) if type(value) in FOR_SQLITE else value for value in row]


def load_rows(table, columns, rows):
    """Insert rows of plain values (no instants: those need the field's preparation); returns how many."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    count = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
                    count += 1
            return count
        statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"
        for chunk in chunks(map(_for_sqlite, rows), BATCH):
            cursor.executemany(statement, chunk)
            count += len(chunk)
    return count


def _is_serial(field):
    return (
        field.primary_key and getattr(field, "db_returning", False) and field.get_internal_type().endswith("AutoField")
    )


def insertion(model, source, *, once=False, **columns):
    """(sql, parameters) of INSERT INTO model SELECT … FROM the query set `source` RETURNING every column.

    `columns` maps a field name to an expression. Model defaults do not apply: name every column that may not be
    null. `once`: rows that are there already are passed over.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(model._meta.get_field(name).column) for name in columns)
    expressions = [F(value) if isinstance(value, str) else value for value in columns.values()]
    sql, parameters = source.order_by().values_list(*expressions).query.get_compiler(connection=connection).as_sql()
    conflict = " ON CONFLICT DO NOTHING" if once else ""
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) {sql}{conflict} RETURNING *", parameters
