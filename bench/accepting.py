"""Accepting 5,000 people at once: our bulk step against a loop of save() in an ordinary simple-history project."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from accounts import divisions
from accounts.models import Enterprise, Office, User
from accounts.services import appoint
from audit.operations import operation
from bench.peer.models import Transfer
from bench.table import Row, watch
from handover.models import Case
from handover.opening import open_tracks
from handover.services import take
from retirees.models import Retiree
from weihai_transfer.lib import bulk

PEOPLE, RUNS, GOAL = 5000, 3, 15


def prepare():
    divisions.load()
    steward = divisions.steward()
    with operation("bench.prepare", actor=steward) as act:
        [enterprise] = act.insert([Enterprise(code="BENCHA", name="示例测量企业", path="BENCHA/")])
    area, street = Office.objects.get(code="HC"), Office.objects.get(code="371002003")
    users = {}
    for position, place in (("soe_hr", enterprise), ("district", area), ("street", street)):
        users[position] = User.objects.create_user(f"bench_{position}", "示例经办", None)
        appoint(users[position], position, place, actor=steward)
    return enterprise, area, street, users


def waiting(enterprise, area, street, users, run):
    """The ids of so many cases that wait at the street, brought there by the real steps."""
    people = [
        Retiree(name=f"示例{n}", id_index=f"A{run}-{n:020}", enterprise=enterprise, retired_on=date(2024, 1, 1))
        for n in range(PEOPLE)
    ]
    ids = [one.pk for one in people]
    with operation("bench.bring_in", actor=users["soe_hr"]) as act:
        bulk.load(Retiree, people)
        rows = Retiree.objects.filter(pk__in=ids)
        act.record_created(rows)
        open_tracks(act, rows)
    assert len(take("submit", ids, actor=users["soe_hr"], targets=area).moved) == PEOPLE
    assert len(take("assign", ids, actor=users["district"], targets=street).moved) == PEOPLE
    return ids


def ours(ids, clerk):
    clerk = User.objects.get(pk=clerk.pk)
    with watch() as found:
        outcome = take("accept", ids, actor=clerk)
    assert len(outcome.moved) == PEOPLE
    return found.seconds


def peer(enterprise, area, street, clerk):
    """One transaction, one locked read, then what such a project does for each row. It checks nobody's rights."""
    now = timezone.now()
    Transfer.objects.bulk_create(
        [
            Transfer(
                enterprise=enterprise,
                office=street,
                area=area,
                state="assigned",
                last_step="assign",
                state_since=now,
                submitted_at=now,
                id_index=f"{n:024}",
            )
            for n in range(PEOPLE)
        ],
        batch_size=500,
    )
    with watch() as found, transaction.atomic():
        for one in Transfer.objects.select_for_update().filter(state="assigned"):
            one.state, one.last_step = "accepted", "accept"
            one.state_since = one.accepted_at = timezone.now()
            one._history_user, one._change_reason = None, "接收"
            one.save()
    assert Transfer.history.filter(history_type="~").count() % PEOPLE == 0
    return found.seconds


def run():
    enterprise, area, street, users = prepare()
    sets = [waiting(enterprise, area, street, users, number) for number in range(RUNS)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mine = min(ours(ids, users["street"]) for ids in sets)
    theirs = min(peer(enterprise, area, street, users["street"]) for _ in range(2))
    assert Case.objects.filter(state="accepted").count() >= PEOPLE * RUNS
    ratio = theirs / mine
    yield Row(
        f"accept {PEOPLE:,} people, rights and history included ({connection.vendor})",
        f"{mine:.2f} s",
        f"{theirs:.2f} s",
        ratio,
        f"≥ {GOAL} ×",
        ratio >= GOAL,
    )
