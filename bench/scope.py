"""First page and count of one street's list among many people: our columns against a guardian row per person."""

import os
from datetime import date

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db import connection
from django.utils import timezone
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user

from accounts import divisions
from accounts.models import Enterprise, Office, User
from accounts.services import appoint
from audit.operations import operation
from bench.table import Row, best_of
from handover.models import Case
from handover.states.cases import State
from retirees.models import Retiree
from weihai_transfer.lib import bulk
from weihai_transfer.lib.fields import new_id

PEOPLE = int(os.environ.get("BENCH_PEOPLE", 500_000))


def people(enterprise, offices, count):
    """Unsaved people spread over the offices, with the sealed values of a complete roster row."""
    sealed = bytes(60)
    for number in range(count):
        yield Retiree(
            id=new_id(),
            name=f"示例{number}",
            pinyin=f"shili{number}",
            id_number=sealed,
            phone=sealed,
            residence_address=sealed * 2,
            id_index=f"{number:024}",
            enterprise=enterprise,
            office=offices[number % len(offices)],
            retired_on=date(2015, 1, 1),
        )


def cases():
    # Read whole before the COPY begins: one connection cannot do both at once.
    # Other measurements of the same run have brought in people of their own.
    rows = list(Retiree.objects.filter(case=None).values_list("pk", "office_id", "enterprise_id", "id_index"))
    now = timezone.now()
    return (
        Case(
            retiree_id=pk,
            office_id=office,
            area_id=office,
            enterprise_id=enterprise,
            id_index=id_index,
            state=State.ASSIGNED,
            submitted_at=now,
            round=1,
        )
        for pk, office, enterprise, id_index in rows
    )


def prepare():
    divisions.load()
    with operation("bench.prepare", actor=divisions.steward()) as act:
        enterprise = Enterprise(code="BENCH", name="示例测量企业", path="BENCH/")
        act.insert([enterprise])
    streets = list(Office.objects.filter(kind="street").order_by("pk"))
    bulk.load(Retiree, people(enterprise, streets, PEOPLE))
    bulk.load(Case, cases())
    street = streets[len(streets) // 2]
    clerk = User.objects.create_user("bench_clerk", "示例经办", None)
    appoint(clerk, "street", street, actor=divisions.steward())
    permission, _ = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Case), codename="view_case", defaults={"name": "view"}
    )
    _grant_each(permission, streets, clerk, street)
    with connection.cursor() as cursor:
        # What autovacuum has done to any table that has stood for a minute.
        cursor.execute("VACUUM ANALYZE")
    return clerk, street


def _grant_each(permission, streets, clerk, street):
    """One guardian row for each person and the clerk of the person's street, as the library's manual has it."""
    clerks = {one.pk: User.objects.create_user(f"clerk{one.pk}", "示例经办", None) for one in streets if one != street}
    clerks[street.pk] = clerk
    columns = ["permission_id", "content_type_id", "object_pk", "user_id"]
    # Read before the COPY begins: one connection cannot do both at once.
    rows = [
        (permission.pk, permission.content_type_id, str(pk), clerks[office].pk)
        for pk, office in Case.objects.values_list("pk", "office_id")
    ]
    bulk.load_rows(UserObjectPermission._meta.db_table, columns, rows)


def ours(user):
    """What the people list reads, from the user's grants on."""
    rows = Case.objects.visible_to(User.objects.get(pk=user.pk)).select_related("retiree", "enterprise", "office")
    return first_page(rows)


def peer(user):
    rows = get_objects_for_user(user, "handover.view_case", Case, use_groups=False, accept_global_perms=False)
    return first_page(rows.select_related("retiree", "enterprise", "office"))


def first_page(rows):
    page = Paginator(rows.order_by("pk"), 25).get_page(1)
    return [row.retiree.name for row in page_rows(page.object_list, rows)], page.paginator.count


def page_rows(window, rows):
    """Both ways read the page as lib.pages does: keys first, then the rows of the page."""
    keys = list(window.values_list("pk", flat=True))
    return list(rows.order_by().filter(pk__in=keys))


def run():
    clerk, street = prepare()
    mine, theirs = best_of(7, lambda: ours(clerk)), best_of(5, lambda: peer(clerk))
    if ours(clerk)[1] != peer(clerk)[1]:
        raise AssertionError("the two ways do not show the same people")
    yield Row(
        f"first page and count of a street's list among {PEOPLE:,}",
        f"{mine * 1000:.1f} ms",
        f"guardian per person {theirs * 1000:.0f} ms",
        theirs / mine,
        "≥ 10 ×, ≤ 50 ms",
        theirs / mine >= 10 and mine <= 0.05,
    )
