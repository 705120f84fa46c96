"""The town and the cast of all tests, and the rules that every test keeps."""

import itertools
import re
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client, TransactionTestCase

from tests import cast

BACKEND = "django.contrib.auth.backends.ModelBackend"
# What a GET may write: who looked, and his session.
ALLOWED_BY_GET = ("audit_securityevent", "django_session")
WRITING = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|COPY|CREATE|ALTER|DROP)\b", re.IGNORECASE)


def pytest_configure(config):
    config.addinivalue_line("markers", "tampering: leaves rows behind that differ from their history, on purpose")
    # As tools/test.py asks for, also when somebody starts pytest by hand: files are served from where they lie.
    django_settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django_settings.WHITENOISE_USE_FINDERS = True
    database = django_settings.DATABASES["default"]
    if django_settings.SQLITE:
        # A file and not memory: threads share it as web processes do. Nothing in it outlives the run.
        config.folder = tempfile.TemporaryDirectory(prefix="weihai-test-db-")
        database.setdefault("TEST", {})["NAME"] = str(Path(config.folder.name) / "test.sqlite3")
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        cast.found()


empty_the_database = TransactionTestCase._fixture_teardown


def empty_and_found(case):
    """After a test that committed: the append-only triggers stand aside, and the town is built again."""
    from audit import triggers

    triggers.remove()
    empty_the_database(case)
    triggers.install()
    cast.found()


TransactionTestCase._fixture_teardown = empty_and_found


def touches_the_database(request):
    return "_django_db_helper" in request.fixturenames or request.node.get_closest_marker("django_db")


@pytest.fixture(autouse=True)
def live_rows_equal_their_history(request):
    """After each test that used the database."""
    if not touches_the_database(request):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    yield
    if not request.node.get_closest_marker("tampering") and connection.is_usable():
        from audit.verification import verify

        assert verify() == []


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Files that a test writes lie in its own folder. The keys stay those of the run."""
    settings.WEIHAI_HOME = tmp_path
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def town(db):
    """Offices and enterprises by short names: town.huancui, town.zhudao, town.mill …"""
    return cast.find_town()


@pytest.fixture
def people(db):
    """The users by name: people["mill_hr"] …"""
    return cast.find_people()


@pytest.fixture
def make_person(people):
    """make_person(enterprise, name, **facts) → Retiree with open tracks, its case a draft."""
    serials = itertools.count(1)

    def make(enterprise, name, **facts):
        one = cast.person(enterprise, name, next(serials), **facts)
        cast.bring_in([one], actor=people["mill_hr"])
        return type(one).objects.get(pk=one.pk)

    return make


@pytest.fixture
def retirees(town, people, make_person):
    """安 waits at 竹岛街道, 白 is a draft of the same enterprise, 崔 is at the area 环翠区, 丁 is accepted in 鲸园街道."""
    from handover.services import take

    found = {
        "安": make_person(town.mill, "安示例"),
        "白": make_person(town.mill, "白示例"),
        "崔": make_person(town.port, "崔示例"),
        "丁": make_person(town.port, "丁示例"),
    }
    for name, hr in (("安", "mill_hr"), ("崔", "port_hr"), ("丁", "port_hr")):
        take("submit", [found[name].pk], actor=people[hr], targets=town.huancui)
    take("assign", [found["安"].pk], actor=people["huancui_clerk"], targets=town.zhudao)
    take("assign", [found["丁"].pk], actor=people["huancui_clerk"], targets=town.jingyuan)
    take("accept", [found["丁"].pk], actor=people["jingyuan_clerk"])
    for one in found.values():
        one.refresh_from_db()
    return found


class ReadingClient(Client):
    """A client whose GET fails when the page writes anything but its security events and session."""

    def get(self, *args, **kwargs):
        with connection.execute_wrapper(refuse_to_write):
            return super().get(*args, **kwargs)


def refuse_to_write(execute, sql, params, many, context):
    if WRITING.match(sql) and not any(table in sql.split("WHERE")[0] for table in ALLOWED_BY_GET):
        raise AssertionError(f"a GET wrote: {sql[:200]}")
    return execute(sql, params, many, context)


@pytest.fixture
def client():
    return ReadingClient()


@pytest.fixture
def client_of(people):
    """client_of("mill_hr") → a client in which that person is logged in."""

    def sign_in(who):
        client = ReadingClient()
        client.force_login(people[who] if isinstance(who, str) else who, backend=BACKEND)
        return client

    return sign_in
