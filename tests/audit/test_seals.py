"""Seals: what somebody with the whole database in hands changes is found, and the operation is named."""

import pytest
from django.db import connection

from audit import seals, triggers
from audit.models import Operation, Seal, SealedOperation
from handover.services import take

pytestmark = pytest.mark.tampering


@pytest.fixture
def sealed(retirees, people):
    """A trail under two seals, with the triggers out of the way as for a database superuser."""
    seals.seal_new()
    take("accept", [retirees["安"].pk], actor=people["zhudao_clerk"])
    assert seals.seal_new() == 1
    assert seals.faults() == []
    triggers.remove()
    yield retirees
    triggers.install()


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        assert cursor.rowcount >= 1


def newest(kind="case.accept"):
    return Operation.objects.filter(kind=kind).order_by("-at").first()


def key(value):
    return value if connection.vendor == "postgresql" else value.hex


def test_sealing_again_seals_nothing(sealed):
    assert seals.seal_new() == 0
    assert SealedOperation.objects.count() == Operation.objects.filter(rows__isnull=False).count()
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


COLUMNS = {
    "actor_name": "'别人'",
    "office": "'别处'",
    "position": "'别岗'",
    "kind": "'case.return'",
    "reason": "'另一理由'",
    "reason_code": "'other'",
    "rows": "7",
    "at": "'2020-01-01 00:00:00+00'",
    "outcome": "NULL",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_operation(sealed, column):
    one = newest()
    run(f'UPDATE audit_operation SET "{column}" = {COLUMNS[column]} WHERE id = %s', key(one.pk))
    assert any(str(one.pk) in fault for fault in seals.faults())


HISTORY = {
    "a field": "UPDATE handover_historicalcase SET round = 9 WHERE operation_id = %s",
    "a time": "UPDATE handover_historicalcase SET history_date = '2020-01-01 00:00:00+00' WHERE operation_id = %s",
    "the kind": "UPDATE handover_historicalcase SET history_type = '+' WHERE operation_id = %s",
    "a deleted row": "DELETE FROM handover_historicalcase WHERE operation_id = %s",
    "the order": "UPDATE handover_historicalcase SET history_id = history_id + 100000 WHERE operation_id = %s",
}


@pytest.mark.parametrize("what", HISTORY)
def test_changed_history(sealed, what):
    one = newest()
    run(HISTORY[what], key(one.pk))
    assert any(str(one.pk) in fault for fault in seals.faults())


def test_a_row_slipped_in(sealed):
    one = newest()
    version = sealed["安"].case.history.filter(operation=one).get()
    version.history_id = None
    version.save(force_insert=True)
    assert any(str(one.pk) in fault for fault in seals.faults())


def test_history_moved_to_another_operation(sealed):
    one, other = newest(), newest("case.assign")
    run("UPDATE handover_historicalcase SET operation_id = %s WHERE operation_id = %s", key(other.pk), key(one.pk))
    faults = seals.faults()
    assert any(str(one.pk) in fault for fault in faults)
    assert any(str(other.pk) in fault for fault in faults)


def test_a_whole_operation_taken_out(sealed):
    one = newest()
    run("DELETE FROM handover_historicalcase WHERE operation_id = %s", key(one.pk))
    run("DELETE FROM audit_sealedoperation WHERE operation_id = %s", key(one.pk))
    run("DELETE FROM audit_operation WHERE id = %s", key(one.pk))
    assert any("第 2 号封印" in fault for fault in seals.faults())


def test_everything_hashed_again_without_the_key(sealed):
    """Digests and root are made to fit; the chain needs a key that is not in the database."""
    one = newest()
    run("UPDATE audit_operation SET reason = '另一理由' WHERE id = %s", key(one.pk))
    digest = seals.digests([Operation.objects.get(pk=one.pk)])[one.pk]
    run("UPDATE audit_sealedoperation SET digest = %s WHERE operation_id = %s", digest, key(one.pk))
    members = SealedOperation.objects.filter(seal=2).order_by("place").values_list("digest", flat=True)
    root = seals.hashlib.sha256("".join(members).encode()).hexdigest()
    run("UPDATE audit_seal SET root = %s WHERE number = 2", root)
    assert any("第 2 号封印" in fault for fault in seals.faults())


def test_the_end_of_the_trail_cut_off(sealed):
    """The chain is whole without its last link; only the anchor outside the database remembers it."""
    one = newest()
    run("DELETE FROM handover_historicalcase WHERE operation_id = %s", key(one.pk))
    run("DELETE FROM audit_sealedoperation WHERE seal_id = 2")
    run("DELETE FROM audit_seal WHERE number = 2")
    assert any("第 2 号封印" in fault for fault in seals.faults())
    seals.anchor_file().unlink()
    assert not any("第 2 号封印" in fault for fault in seals.faults())
