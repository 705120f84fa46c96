"""Deciding 5,000 out-of-pool items of 2,000 people in one act: facts, table, grounds, rights and history included,
against a loop that makes a row with save() in an ordinary simple-history project and knows no table."""

from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone

from accounts import divisions
from accounts.models import Enterprise, Office, User
from accounts.services import appoint
from audit.operations import operation
from bench.peer.models import Transfer
from bench.table import Row, watch
from benefits.models import Treatment
from benefits.services import deciding, items
from retirees.models import Retiree

PEOPLE, ITEMS, RUNS, GOAL, MOST = 2000, 5000, 2, 2, 20
KINDS = ("heating", "living", "medical")


def prepare():
    divisions.load()
    steward = divisions.steward()
    with operation("bench.prepare", actor=steward) as act:
        [enterprise] = act.insert([Enterprise(code="BENCHB", name="示例测量企业", path="BENCHB/")])
    user = User.objects.create_user("bench_b_soe_hr", "示例经办", None)
    appoint(user, "soe_hr", enterprise, actor=steward)
    return enterprise, user


def entered(enterprise, hr, run):
    """The ids of so many items, brought in by the real service."""
    people = [
        Retiree(
            name=f"示例{n}",
            id_index=f"B{run}-{n:020}",
            enterprise=enterprise,
            born_on=date(1950, 1 + n % 12, 1 + n % 28),
            retired_on=date(2018, 5, 31),
            special_groups=["work_injury"] if n % 10 == 0 else [],
        )
        for n in range(PEOPLE)
    ]
    with operation("bench.bring_in", actor=hr) as act:
        act.insert(people)
    rows = [
        items.Entry(
            person.pk,
            kind,
            "",
            Decimal(100 + n % 7),
            "monthly",
            0,
            date(2018, 6, 1),
            met_old_rules=n % 5 != 0,
            lump_agreed=n % 3 == 0,
        )
        for n, person in enumerate(people)
        for kind in KINDS[: 2 if n % 2 else 3]
    ]
    found = items.enter_many(rows[:ITEMS], actor=hr).added
    assert len(found) == ITEMS
    return found


def ours(ids, hr):
    hr = User.objects.get(pk=hr.pk)
    with watch() as found:
        outcome = deciding.decide(ids, actor=hr)
    assert len(outcome.moved) == ITEMS
    return found.seconds


def peer(enterprise):
    """One transaction, a row and its history for each. It reads no facts and checks nobody's rights."""
    area, now = Office.objects.get(code="HC"), timezone.now()
    with watch() as found, transaction.atomic():
        for n in range(ITEMS):
            one = Transfer(enterprise=enterprise, area=area, state="proposed", last_step="decide", state_since=now)
            one.id_index = f"B{n:023}"
            one.save()
    return found.seconds


def run():
    enterprise, hr = prepare()
    sets = [entered(enterprise, hr, number) for number in range(RUNS)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mine = min(ours(ids, hr) for ids in sets)
    theirs = min(peer(enterprise) for _ in range(2))
    assert Treatment.objects.count() == ITEMS * RUNS
    ratio = theirs / mine
    yield Row(
        f"decide {ITEMS:,} items of {PEOPLE:,} people, rights and history included ({connection.vendor})",
        f"{mine:.2f} s",
        f"{theirs:.2f} s",
        ratio,
        f"≥ {GOAL} ×, ≤ {MOST} s",
        ratio >= GOAL and mine <= MOST,
    )
