"""First page and count of one street's list among many people: our columns against a guardian row per person."""

import os
import random
from datetime import date

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user

from accounts import divisions
from accounts.models import Enterprise, Office, User
from accounts.services import appoint
from audit.operations import operation
from bench.table import Row, best_of
from retirees.models import Retiree
from weihai_transfer.lib import bulk
from weihai_transfer.lib.fields import new_id

PEOPLE = int(os.environ.get("BENCH_PEOPLE", 500_000))


def people(enterprise, offices, count, seed=7):
    """Unsaved people spread over the offices; no sealed values, which a list of this kind does not read."""
    dice = random.Random(seed)
    for number in range(count):
        pinyin = f"{dice.choice('abcdefghjklmnopqrstwxyz')}{dice.randrange(10**6):06}"
        yield Retiree(
            id=new_id(),
            name=f"示例{number}",
            pinyin=pinyin,
            id_index=f"{number:024}",
            enterprise=enterprise,
            office=offices[number % len(offices)],
            retired_on=date(2015, 1, 1),
        )


def prepare():
    divisions.load()
    with operation("bench.prepare", actor=divisions.steward()) as act:
        enterprise = Enterprise(code="BENCH", name="示例测量企业", path="BENCH/")
        act.insert([enterprise])
    streets = list(Office.objects.filter(kind="street").order_by("pk"))
    bulk.load(Retiree, people(enterprise, streets, PEOPLE))
    street = streets[len(streets) // 2]
    clerk = User.objects.create_user("bench_clerk", "示例经办", None)
    appoint(clerk, "street", street, actor=divisions.steward())
    permission, _ = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Retiree), codename="view_retiree", defaults={"name": "view"}
    )
    _grant_each(permission, streets, clerk, street)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return clerk, street


def _grant_each(permission, streets, clerk, street):
    """One guardian row for each person and the clerk of the person's street, as the library's manual has it."""
    clerks = {one.pk: User.objects.create_user(f"clerk{one.pk}", "示例经办", None) for one in streets if one != street}
    clerks[street.pk] = clerk
    columns = ["permission_id", "content_type_id", "object_pk", "user_id"]
    # Read before the COPY begins: one connection cannot do both at once.
    rows = [
        (permission.pk, permission.content_type_id, str(pk), clerks[office].pk)
        for pk, office in Retiree.objects.values_list("pk", "office_id")
    ]
    bulk.load_rows(UserObjectPermission._meta.db_table, columns, rows)


def first_page(rows):
    return list(rows.order_by("pinyin", "pk").values_list("pk", "name")[:25]), rows.count()


def run():
    clerk, street = prepare()
    ours = best_of(7, lambda: first_page(Retiree.objects.visible_to(User.objects.get(pk=clerk.pk))))
    peer = best_of(
        3,
        lambda: first_page(
            get_objects_for_user(clerk, "retirees.view_retiree", Retiree, use_groups=False, accept_global_perms=False)
        ),
    )
    mine = set(Retiree.objects.visible_to(clerk).values_list("pk", flat=True))
    theirs = set(
        get_objects_for_user(clerk, "retirees.view_retiree", Retiree, use_groups=False).values_list("pk", flat=True)
    )
    if mine != theirs:
        raise AssertionError("the two ways do not show the same people")
    yield Row(
        f"first page and count of a street's list among {PEOPLE:,}",
        f"{ours * 1000:.1f} ms",
        f"guardian per person {peer * 1000:.0f} ms",
        peer / ours,
        "≥ 10 ×, ≤ 50 ms",
        peer / ours >= 10 and ours <= 0.05,
    )
