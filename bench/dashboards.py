"""The dashboard of the city and of a district among a million people with their tracks, answered by the site itself;
the city's also as what a user would write first: one GROUP BY over the live rows for each number of the page."""

import os
import subprocess
import sys
import tempfile
from datetime import timedelta

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import divisions
from accounts.models import Enterprise, Office, User
from accounts.services import appoint
from archives.models import Dossier
from audit.history import history_of
from audit.operations import operation
from bench.table import Row, best_of
from handover.figures import FIGURES
from handover.models import Case
from oversight.counting import keeping, reading
from oversight.counting.measures import MEASURES
from oversight.counting.reading import Scope
from party.models import Membership
from retirees.models import Retiree
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id

PEOPLE = int(os.environ.get("BENCH_DASHBOARD_PEOPLE", 1_000_000))
SMALL = 10_000
ENTERPRISES, DAYS, STOOD, RETIRED = 60, 200, 15, 6000
# Out of twenty people.
CASES = (
    ("draft",) * 3
    + ("submitted",)
    + ("assigned",) * 3
    + ("returned",)
    + ("accepted",) * 4
    + ("contacted",) * 3
    + ("completed",) * 5
)
DOSSIERS = ("preparing",) * 5 + ("ready",) * 4 + ("exempt",) + ("shelved",) * 10
MEMBERS = ("pending",) * 8 + ("ended",) * 12


def _run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _numbered(name, rows):
    """A small table of numbered ids, to choose from by a remainder."""
    _run(f"CREATE TABLE {name} (i integer primary key, id integer, other integer)")
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {name} VALUES (%s, %s, %s)", [(i, one, other) for i, (one, other) in enumerate(rows)]
        )


def _states(name, states):
    _run(f"CREATE TABLE {name} (i integer primary key, state varchar(24))")
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name} VALUES (%s, %s)", list(enumerate(states)))


def _copy(model, source, **given):
    """INSERT … SELECT as many rows of a model as `source` has, like the one row that is there but for what is given."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = [field.column for field in model._meta.concrete_fields]
    chosen = ", ".join(given.get(column, f"t.{quote(column)}") for column in columns)
    names = ", ".join(quote(column) for column in columns)
    _run(f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {source}, (SELECT * FROM {table} LIMIT 1) t")


def _history(model, key, state=None, *, office="office_id", shift=0):
    """One version of each row, at an act of one of the days."""
    history, quote = history_of(model)._meta.db_table, connection.ops.quote_name
    columns = [field.column for field in model._meta.concrete_fields]
    names = ", ".join(quote(column) for column in columns)
    own = {"state": f"'{state}'", office: "NULL", "accepted_at": "NULL", "returned_by_id": "NULL"} if state else {}
    chosen = ", ".join(own.get(column, f"t.{quote(column)}") for column in columns)
    _run(
        f"INSERT INTO {history} ({names}, history_date, history_type, operation_id) "
        f"SELECT {chosen}, o.at, '~', o.id FROM {model._meta.db_table} t "
        f"JOIN bench_person p ON p.id = t.{key} JOIN bench_act a ON a.i = (p.i + {shift}) %% {DAYS} "
        f"JOIN audit_operation o ON o.id = a.operation"
    )


def _acts(actor, count):
    """An act on each of the days before today, in the order of the days."""
    _run(f"CREATE TABLE bench_act (i integer primary key, operation {'uuid' if _is_postgres() else 'char(32)'})")
    for i in range(count):
        with (
            clock.at(timezone.now() - timedelta(days=count - i, hours=1)),
            operation("bench.act", actor=actor) as act,
        ):
            _run("INSERT INTO bench_act VALUES (%s, %s)", i, _key(act.operation.pk))


def _key(pk):
    return pk if _is_postgres() else pk.hex


def _is_postgres():
    return connection.vendor == "postgresql"


def prepare(count):
    """`count` people spread over all streets and sixty enterprises, each with a case, a dossier and a membership, and two
    versions of the case in the history. Made inside the database: what is measured is the reading."""
    divisions.load()
    steward = divisions.steward()
    with operation("bench.prepare", actor=steward) as act:
        made = act.insert(
            Enterprise(code=f"BENCHD{n}", name=f"示例测量企业{n}", path=f"BENCHD{n}/") for n in range(ENTERPRISES)
        )
    streets = list(Office.objects.filter(kind="street").order_by("pk").values_list("pk", "parent_id"))
    _numbered("bench_street", streets)
    _numbered("bench_enterprise", [(one.pk, 0) for one in made])
    for name, states in (("bench_case", CASES), ("bench_dossier", DOSSIERS), ("bench_member", MEMBERS)):
        _states(name, states)
    uuid = "gen_random_uuid()" if _is_postgres() else "lower(hex(randomblob(16)))"
    kind = "uuid" if _is_postgres() else "char(32)"
    _run(f"CREATE TABLE bench_person (i integer, id {kind} primary key)")
    _run(
        f"INSERT INTO bench_person WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
        f"SELECT i, {uuid} FROM n"
    )
    _acts(steward, DAYS)
    _patterns(made[0])
    _people()
    _history(Case, "retiree_id", "draft")
    _history(Case, "retiree_id", shift=7)
    _history(Dossier, "retiree_id", shift=3)
    _history(Membership, "retiree_id", shift=5)
    _tidy()
    keeping.rebuild()
    _tidy()
    return steward


def _patterns(enterprise):
    """One row of each model, which the many are copied from."""
    first = Retiree(id=new_id(), name="示例", pinyin="shili", id_index="first", enterprise=enterprise)
    now, street = timezone.now(), Office.objects.filter(kind="street").first()
    plain = {"retiree": first, "enterprise": enterprise, "state_since": now}
    patterns = (
        first,
        Case(
            **plain,
            state="draft",
            id_index="first",
            accepted_at=now,
            submitted_at=now,
            contacted_on=now.date(),
            contact_card="示例",
            returned_by=street,
            outside_place="示例",
        ),
        Dossier(**plain, state="preparing", volumes=1, number="示例", shelf="示例"),
        Membership(**plain, state="pending"),
    )
    with operation("bench.pattern", actor=divisions.steward()) as act:
        for one in patterns:
            act.insert([one])


def _days_ago(days, kind="date"):
    if _is_postgres():
        return f"(now() - ({days}) * interval '1 day')::{kind}"
    return f"{'date' if kind == 'date' else 'datetime'}('now', '-' || ({days}) || ' days')"


def _people():
    """The many: spread over streets and enterprises, with states in fixed shares."""
    where = (
        f"bench_person p JOIN bench_street s ON s.i = p.i %% (SELECT count(*) FROM bench_street) "
        f"JOIN bench_enterprise e ON e.i = p.i / 7 %% {ENTERPRISES}"
    )
    index = "'B' || p.i"
    retired = _days_ago(f"p.i %% {RETIRED}")
    _copy(Retiree, where, id="p.id", id_index=index, enterprise_id="e.id", office_id="s.id", retired_on=retired)
    of = f"{where} JOIN {{}} c ON c.i = p.i / 5 %% 20"
    office = (
        "CASE WHEN c.state IN ('draft', 'returned') THEN NULL WHEN c.state = 'submitted' THEN s.other ELSE s.id END"
    )
    _copy(
        Case,
        of.format("bench_case"),
        retiree_id="p.id",
        id_index=index,
        enterprise_id="e.id",
        # The stock of the campaign, and what has retired since.
        stock="p.i %% 20 <> 0",
        area_id="s.other",
        office_id=office,
        state="c.state",
        state_since=_days_ago(f"p.i %% {STOOD}", "timestamptz"),
    )
    archive = f"CASE WHEN c.state = 'shelved' THEN {Office.objects.filter(kind='archive').first().pk} END"
    _copy(
        Dossier, of.format("bench_dossier"), retiree_id="p.id", enterprise_id="e.id", office_id=archive, state="c.state"
    )
    _copy(Membership, of.format("bench_member"), retiree_id="p.id", enterprise_id="e.id", state="c.state")


def _tidy():
    """What autovacuum has done to any table that has stood for a minute."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if _is_postgres() else "ANALYZE")


def client_of(position, place, steward):
    user = User.objects.create_user(f"bench_d_{position}", "示例", None)
    appoint(user, position, place, actor=steward)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, user


def seconds(client, name="oversight:progress"):
    address = reverse(name)

    def get():
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    return best_of(7, get)


def one_by_one(user):
    """Every number of the table by area and by enterprise as a count of its own list."""
    cases = Case.objects.visible_to(user)
    for column in ("area", "enterprise"):
        for code in ("due", "accepted", "with_receiver", "with_enterprise", "returned", "ended_outside"):
            list(FIGURES[code].of(cases).order_by().values_list(column).annotate(Count("pk")))
        for code in ("dossiers_due", "dossiers_moved", "members_due", "members_receipted"):
            list(FIGURES[code].of(cases).order_by().values_list(column).annotate(Count("pk")))


def check(user):
    """A fast number that is wrong is none."""
    found = reading.numbers(Scope.of(user))[None]
    for code in MEASURES:
        assert found[code] == FIGURES[code].of(Case.objects.visible_to(user)).count(), code


def small():
    """The same with few people on SQLite, measured by a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        command = [sys.executable, "-m", "bench.dashboards_small", str(SMALL)]
        done = subprocess.run(
            command, env={**environment, "WEIHAI_HOME": home}, capture_output=True, text=True, check=True
        )
    return float(done.stdout.split()[-1])


def run():
    steward = prepare(PEOPLE)
    city, leader = client_of("sasac", Office.objects.get(kind="city"), steward)
    district, _ = client_of("district", Office.objects.get(code="HC"), steward)
    check(leader)
    mine, area, theirs = seconds(city), seconds(district), best_of(2, lambda: one_by_one(leader))
    yield Row(
        f"the city's dashboard among {PEOPLE:,} people",
        f"{mine * 1000:.0f} ms",
        f"GROUP BY over live rows for the tables alone {theirs * 1000:.0f} ms",
        theirs / mine,
        "≤ 300 ms",
        mine <= 0.3,
    )
    yield Row(f"a district's dashboard among {PEOPLE:,}", f"{area * 1000:.0f} ms", "", None, "≤ 100 ms", area <= 0.1)
    few = small()
    yield Row(
        f"the city's dashboard, {SMALL:,} people (sqlite)", f"{few * 1000:.0f} ms", "", None, "≤ 150 ms", few <= 0.15
    )
