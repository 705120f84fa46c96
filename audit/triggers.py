"""Append-only tables, held by the database itself on both engines (security.md 3.6).

SQLite: INSERT OR REPLACE deletes without firing delete triggers unless recursive_triggers is on
(it is, in the connection's settings), and a table rebuilt by a migration loses its triggers in
silence: they are put back after every migrate and looked for at start.
"""

from django.db import connection

from audit import history
from audit.models import Operation, Seal, SealedOperation, SecurityEvent

# The closing line of an operation, the one thing that is ever added; only in the transaction that is not closed yet.
CLOSING = ("rows", "outcome")
KEPT = [field.column for field in Operation._meta.concrete_fields if field.name not in CLOSING]


def tables():
    kept = [Operation, SecurityEvent, Seal, SealedOperation, *map(history.history_of, history.audited_models())]
    return [model._meta.db_table for model in kept]


def _refused_when(table, differ):
    """The condition under which an update of a row is refused; "" for always."""
    if table != Operation._meta.db_table:
        return ""
    unlike = " OR ".join(f'OLD."{column}" {differ} NEW."{column}"' for column in KEPT)
    return f'WHEN (OLD."rows" IS NOT NULL OR NEW."rows" IS NULL OR {unlike})'


def _postgres(table):
    when = _refused_when(table, "IS DISTINCT FROM")
    return [
        f'CREATE OR REPLACE TRIGGER append_only_update BEFORE UPDATE ON "{table}" '
        f"FOR EACH ROW {when} EXECUTE FUNCTION append_only_refuse()",
        f'CREATE OR REPLACE TRIGGER append_only_delete BEFORE DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION append_only_refuse()",
        f'CREATE OR REPLACE TRIGGER append_only_truncate BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only_refuse()",
    ]


REFUSE = """CREATE OR REPLACE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only table: %', TG_TABLE_NAME; END $$"""


def _sqlite(table):
    when = _refused_when(table, "IS NOT")
    stop = f"BEGIN SELECT RAISE(ABORT, 'append-only table: {table}'); END"
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_update" BEFORE UPDATE ON "{table}" {when} {stop}',
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_delete" BEFORE DELETE ON "{table}" {stop}',
    ]


def install():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE)
        there = set(connection.introspection.table_names(cursor))
        for table in there.intersection(tables()):
            for statement in _postgres(table) if connection.vendor == "postgresql" else _sqlite(table):
                cursor.execute(statement)


def remove():
    """For a test database that is about to be emptied; nothing in the product calls it."""
    with connection.cursor() as cursor:
        for table in tables():
            if connection.vendor == "postgresql":
                for name in ("update", "delete", "truncate"):
                    cursor.execute(f'DROP TRIGGER IF EXISTS append_only_{name} ON "{table}"')
            else:
                for name in ("update", "delete"):
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_{name}"')


def missing():
    """Names of the tables that lack a trigger. A table that a migration has still to make lacks none."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE t.tgname LIKE 'append_only_%%' AND t.tgenabled <> 'D' GROUP BY 1"
            )
            needed = 3
        else:
            cursor.execute(
                "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' "
                "AND (name LIKE '%%_no_update' OR name LIKE '%%_no_delete') GROUP BY 1"
            )
            needed = 2
        found = dict(cursor.fetchall())
    return [table for table in tables() if table in there and found.get(table, 0) < needed]
