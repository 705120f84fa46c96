"""Ways around an operation: each is refused, or found by the comparison of live rows with their history."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from audit import history
from audit.operations import operation
from audit.querysets import WrittenOutside
from audit.verification import verify
from handover.models import Case
from retirees.models import Retiree


@pytest.fixture
def case(retirees):
    return Case.objects.get(pk=retirees["安"].pk)


REFUSED = {
    "save": lambda case: case.save(),
    "save of some fields": lambda case: case.save(update_fields=["round"]),
    "save_base": lambda case: case.save_base(),
    "raw save_base": lambda case: case.save_base(raw=True),
    "delete": lambda case: case.delete(),
    "create": lambda case: Case.objects.create(retiree=case.retiree, enterprise=case.enterprise),
    "get_or_create": lambda case: Case.objects.get_or_create(id_index="x", enterprise=case.enterprise),
    "update_or_create": lambda case: Case.objects.update_or_create(pk=case.pk, defaults={"round": 9}),
    "update": lambda case: Case.objects.filter(pk=case.pk).update(round=9),
    "update by the base manager": lambda case: Case._base_manager.filter(pk=case.pk).update(round=9),
    "bulk_create": lambda case: Case.objects.bulk_create([case]),
    "bulk_create over conflicts": lambda case: Case.objects.bulk_create(
        [case], update_conflicts=True, unique_fields=["retiree"], update_fields=["round"]
    ),
    "bulk_update": lambda case: Case.objects.bulk_update([case], ["round"]),
    "delete of a query set": lambda case: Case.objects.filter(pk=case.pk).delete(),
    "raw delete": lambda case: Case.objects.filter(pk=case.pk)._raw_delete(connection.alias),
    "update from the other side": lambda case: case.enterprise.cases.update(round=9),
    "add from the other side": lambda case: case.batch.cases.add(case),
    # Django opens a transaction of its own there, which the refusal breaks.
    "set from the other side": lambda case: transaction.atomic()(case.batch.cases.set)([]),
    "clear from the other side": lambda case: case.batch.cases.clear(),
}


@pytest.mark.parametrize("way", REFUSED)
def test_a_bypass_is_refused_before_it_writes(way, case):
    # No atomic block around it: a write that came first would stay.
    with pytest.raises(WrittenOutside):
        REFUSED[way](case)
    assert verify() == []
    assert Case.objects.get(pk=case.pk).round == 1


def test_every_audited_model_is_guarded_through_every_manager():
    audited = history.audited_models()
    assert len(audited) >= 14
    for model in audited:
        for manager in (model._default_manager, model._base_manager):
            for name in ("update", "bulk_create", "bulk_update", "delete", "_raw_delete"):
                with pytest.raises(WrittenOutside):
                    getattr(manager.all(), name)()
        with pytest.raises(WrittenOutside):
            model.save_base(model())


def test_history_cannot_be_written_without_an_operation(case):
    version = case.history.first()
    version.history_id, version.operation_id = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


FOUND = {
    "a raw change": ("UPDATE handover_case SET round = round + 1 WHERE retiree_id = %s", "Case", "不一致：上报轮次"),
    "a raw change of a sealed value": (
        "UPDATE retirees_retiree SET phone = id_number WHERE id = %s",
        "Retiree",
        "不一致：联系电话",
    ),
    "a raw deletion": ("DELETE FROM party_membership WHERE retiree_id = %s", "Membership", "没有删除记录"),
}


@pytest.mark.tampering
@pytest.mark.parametrize("what", FOUND)
def test_verify_audit_finds(what, town, make_person, capsys):
    person = make_person(town.mill, "安示例", political_status="01")
    call_command("verify_audit")
    sql, model, words = FOUND[what]
    with connection.cursor() as cursor:
        cursor.execute(sql, [raw(person.pk)])
        assert cursor.rowcount == 1
    found = verify()
    assert [(one.model.split(".")[1], one.key.replace("-", "")) for one in found] == [(model, person.pk.hex)]
    assert words in found[0].what
    with pytest.raises((CommandError, SystemExit)):
        call_command("verify_audit")


@pytest.mark.tampering
def test_verify_finds_rows_that_never_had_a_history(town):
    models.QuerySet(Retiree).bulk_create([Retiree(name="示例", id_index="x", enterprise=town.mill)])
    assert [one.what for one in verify()] == ["没有任何历史记录"]


@pytest.mark.tampering
def test_verify_finds_a_row_that_history_calls_removed(case, people):
    with operation("test.remove", actor=people["mill_hr"]) as act:
        act._record(models.QuerySet(Case).filter(pk=case.pk), history.REMOVED)
    assert [one.what for one in verify()] == ["历史记录为已删除，但记录仍在"]


def raw(key):
    return key if connection.vendor == "postgresql" else key.hex
