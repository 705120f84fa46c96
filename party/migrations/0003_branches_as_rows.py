"""The branches that were only names become rows of the tree, each where its members were received."""

import uuid

from django.db import migrations
from django.utils import timezone

REASON = "党支部名称转为党组织"


def link(apps, schema_editor):
    Membership = apps.get_model("party", "Membership")
    named = Membership.objects.filter(branch=None, office__isnull=False).exclude(branch_name="")
    if named.exists():
        _link(apps, Membership, named)


def _link(apps, Membership, named):
    operation = _operation(apps)
    stamp = {"history_date": operation.at, "history_user_id": operation.actor_id, "operation_id": operation.pk}
    branches, rows = {}, 0
    for membership in named.order_by("pk"):
        key = membership.office_id, membership.branch_name
        if key not in branches:
            branches[key] = _branch(apps, len(branches) + 1, *key, stamp)
            rows += 1
        Membership.objects.filter(pk=membership.pk).update(branch=branches[key])
        membership.branch = branches[key]
        _remember(apps, membership, "~", stamp)
        rows += 1
    type(operation).objects.filter(pk=operation.pk).update(rows=rows, outcome={})


def _operation(apps):
    User, Operation = apps.get_model("accounts", "User"), apps.get_model("audit", "Operation")
    user, _ = User.objects.get_or_create(username="reference", defaults={"name": "基础数据导入"})
    return Operation.objects.create(
        id=uuid.uuid4(),
        at=timezone.now(),
        actor=user,
        actor_name=user.name,
        office="",
        position="",
        kind="party.add_organisation",
        reason=REASON,
        request_id="",
    )


def _branch(apps, number, office, name, stamp):
    model = apps.get_model("party", "PartyOrganisation")
    one = model.objects.create(name=name, kind="branch", path=f"{number:05}/", office_id=office)
    _remember(apps, one, "+", stamp)
    return one


def _remember(apps, row, kind, stamp):
    """The history of a row as it is stored now."""
    history = apps.get_model("party", f"Historical{type(row).__name__}")
    names = [field.attname for field in type(row)._meta.concrete_fields]
    values = type(row).objects.filter(pk=row.pk).values(*names).get()
    history.objects.create(**values, **stamp, history_type=kind)


class Migration(migrations.Migration):
    dependencies = [("party", "0002_party_organisations"), ("accounts", "0005_parameters"), ("audit", "0001_initial")]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
