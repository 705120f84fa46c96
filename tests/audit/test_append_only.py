"""Operations, events, seals and all history: nothing in them is changed, deleted, emptied or replaced."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit import seals, triggers
from audit.apps import triggers_are_there
from audit.models import Operation, SecurityEvent
from audit.operations import operation
from handover.services import record_death
from weihai_transfer.lib import clock


@pytest.fixture
def full(retirees, people):
    """Something in as many append-only tables as one life of the town fills."""
    record_death(retirees["丁"], clock.today(), actor=people["jingyuan_clerk"], reason="示例：家属告知")
    SecurityEvent.objects.create(at=timezone.now(), kind="login", actor=people["mill_hr"])
    seals.seal_new()
    # Nothing may be left for the end of the transaction: PostgreSQL refuses to truncate before it asks a trigger.
    connection.check_constraints()
    return [table for table in triggers.tables() if count(table)]


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def refused(sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return True


def test_every_kept_table_has_its_triggers(db):
    assert triggers.missing() == []
    assert triggers_are_there(None, databases=["default"]) == []


def test_a_lost_trigger_is_noticed_and_put_back(db):
    table = Operation._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP TRIGGER append_only_delete ON "{table}"')
        else:
            cursor.execute(f'DROP TRIGGER "{table}_no_delete"')
    assert triggers.missing() == [table]
    assert [error.id for error in triggers_are_there(None, databases=["default"])] == ["audit.E001"]
    triggers.install()
    assert triggers.missing() == []


def test_no_row_is_changed_or_deleted_or_emptied(full):
    assert len(full) >= 14
    for table in full:
        before = count(table)
        with connection.cursor() as cursor:
            column = connection.introspection.get_table_description(cursor, table)[1].name
        assert refused(f'UPDATE "{table}" SET "{column}" = "{column}"')
        assert refused(f'DELETE FROM "{table}"')
        if connection.vendor == "postgresql":
            assert refused(f'TRUNCATE "{table}" CASCADE')
        assert count(table) == before


def test_no_row_is_replaced(full):
    for table in full:
        with connection.cursor() as cursor:
            columns = [f'"{one.name}"' for one in connection.introspection.get_table_description(cursor, table)]
            key = connection.introspection.get_primary_key_column(cursor, table)
        listed = ", ".join(columns)
        if connection.vendor == "postgresql":
            conflict = f'ON CONFLICT ("{key}") DO UPDATE SET {columns[1]} = EXCLUDED.{columns[1]}'
            assert refused(f'INSERT INTO "{table}" ({listed}) SELECT {listed} FROM "{table}" {conflict}')
        else:
            assert refused(f'INSERT OR REPLACE INTO "{table}" ({listed}) SELECT {listed} FROM "{table}"')


def test_an_operation_gets_its_closing_line_once(people):
    with operation("test.open", actor=people["mill_hr"], closing=False) as act:
        row = act.operation
    for name, value in {"actor_name": "x", "office": "x", "reason": "x", "reason_code": "x", "request_id": "x"}.items():
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Operation.objects.filter(pk=row.pk).update(rows=1, **{name: value})
    Operation.objects.filter(pk=row.pk).update(rows=1, outcome={"moved": []})
    for values in ({"rows": 2}, {"rows": None}, {"outcome": {}}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Operation.objects.filter(pk=row.pk).update(**values)


def test_an_operation_names_actor_and_kind(people):
    for empty in ({"actor_name": ""}, {"kind": ""}):
        values = {"actor_name": "示例", "kind": "test", **empty}
        with pytest.raises(DatabaseError), transaction.atomic():
            Operation.objects.create(at=timezone.now(), actor=people["mill_hr"], **values)
