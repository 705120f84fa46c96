"""Every address × every person × own and foreign rows → this answer, and nothing of a foreign row in any byte of it."""

import logging
import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests import cast
from tests import scene as scenes
from tests import url_calls as calls
from tests.conftest import refuse_to_write
from tests.test_scope import SEEN
from tests.url_table import lines

TABLE = lines(list(cast.CAST))
PARTS = sorted({line.name.split(":")[0] for line in TABLE})
# Where whole numbers are handed out: to the enterprise its own file and the template's examples, and by a reveal.
IN_THE_CLEAR = {
    ("retirees:original", "GET"),
    ("retirees:annotated", "GET"),
    ("retirees:template", "GET"),
    ("retirees:forecast_template", "GET"),
    ("handover:reveal", "POST"),
    # Official papers, whose form demands them: full numbers, and each download leaves an event.
    ("handover:case_paper", "GET"),
    ("handover:case_papers_of", "GET"),
    ("handover:batch_paper", "GET"),
    ("handover:batch_papers_of", "GET"),
    ("handover:batch_roster", "GET"),
    # The frozen roster of an agreement: an official annex.
    ("handover:agreement_scan", "GET"),
    ("archives:register", "GET"),
    ("archives:shipment_paper", "GET"),
    ("archives:shipment_papers_of", "GET"),
    # The party list, the letter in three parts, and the telephone number of a member for a reason.
    ("party:export", "GET"),
    ("party:membership_paper", "GET"),
    ("party:membership_papers_of", "GET"),
    ("party:contact", "POST"),
    # The sum that a retiree signs for.
    ("benefits:settlement_paper", "GET"),
    ("benefits:settlement_papers_of", "GET"),
}
FORM = re.compile(r'<(?:form|button)[^>]* (?:form)?action="([^"]+)"')
KNOWN_BY_NAME = (
    "handover.Case",
    "handover.Relocation",
    "archives.Dossier",
    "party.Membership",
    "benefits.Treatment",
    "handover.Problem",
    "handover.NoticePerson",
    "benefits.MedicalTransfer",
    "oversight.FundedPerson",
)


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Thousands of refusals, each with its traceback in the log, cost more than the refusals."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


@pytest.fixture
def foreign(scene):
    """{person: the words that he may not read}"""
    found = {who: set() for who in cast.CAST}
    for circle, name, words in scenes.canaries(scene):
        for who in found:
            circles = KNOWN_BY_NAME if circle == "name" else circle if isinstance(circle, tuple) else (circle,)
            seen = "".join(SEEN[label][who] for label in circles)
            if name not in seen:
                found[who].update(words)
    return found


def leads_somewhere(url):
    try:
        resolve(url.split("?")[0])
    except Resolver404:
        return False
    return True


class Caller:
    """Calls the addresses as each person; what a POST does is undone afterwards."""

    def __init__(self, scene, town, people, foreign, client_of):
        self.scene, self.town, self.people, self.foreign = scene, town, people, foreign
        self.clients = {who: client_of(who) for who in people}
        self.faults = []

    def url(self, line):
        return calls.address(line.name, line.words, self.scene, self.town, self.people)

    def ask(self, who, method, url, line):
        """The answer, its text and the tables that it changed; it leaves no trace in the database or the cookies."""
        client = self.clients[who]
        cookies = client.cookies.copy()
        data = calls.data_of(line.name, line.words, self.scene, self.town) if method == "POST" else None
        with transaction.atomic():
            with calls.Changes() as changed:
                answer = getattr(client, method.lower())(url, data)
                text = calls.everything_of(answer)
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer, text, changed.tables

    def check(self, line, method):
        for who, expected in line.answers[method].items():
            url = self.url(line)
            answer, text, changed = self.ask(who, method, url, line)
            # Whoever is refused has changed nothing, and a GET changes nothing at all.
            if changed and (method == "GET" or expected >= 400):
                self.blame(line, method, who, f"changed {changed}")
            if answer.status_code != expected:
                self.blame(line, method, who, f"{answer.status_code} and not {expected}")
            self.search(line, method, who, text)
            if stray := sorted(url for url in FORM.findall(text) if not leads_somewhere(url)):
                self.blame(line, method, who, f"forms that lead nowhere {stray}")
            if expected == 404 and line.words:
                self.compare_with_nothing(line, method, who, url, answer)

    def search(self, line, method, who, text):
        if leaked := sorted(word for word in self.foreign[who] if word in text):
            self.blame(line, method, who, f"foreign words {leaked}")
        if (line.name, method) not in IN_THE_CLEAR and (numbers := calls.clear_numbers(text)):
            self.blame(line, method, who, f"numbers in the clear {numbers}")

    def compare_with_nothing(self, line, method, who, url, answer):
        """A foreign row and a row that does not exist are one and the same."""
        missing, _, _ = self.ask(who, method, calls.address_of_nothing(url), line)
        if calls.without_ids(missing) != calls.without_ids(answer):
            self.blame(line, method, who, "answers a foreign row otherwise than a missing one")

    def blame(self, line, method, who, what):
        self.faults.append(f"{line} {method} {who}: {what}")


@pytest.fixture
def caller(scene, town, people, foreign, client_of):
    return Caller(scene, town, people, foreign, client_of)


def test_the_table_names_every_address_and_every_person():
    assert {line.name for line in TABLE} == set(calls.url_names())
    assert len({str(line) for line in TABLE}) == len(TABLE)
    for line in TABLE:
        assert {method: set(found) for method, found in line.answers.items()} == {
            "GET": set(cast.CAST),
            "POST": set(cast.CAST),
        }, line


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_answers_every_person_as_the_table_says(caller, part, method):
    for line in TABLE:
        if line.name.split(":")[0] == part:
            caller.check(line, method)
    assert caller.faults == [], "\n".join(caller.faults[:40])


def test_without_a_login_every_address_leads_to_the_login(caller, foreign):
    client, faults = Client(), []
    for line in TABLE:
        url = caller.url(line)
        for method in ("get", "post", "head", "options", "put", "patch", "delete"):
            if line.name == "login":
                continue
            with connection.execute_wrapper(refuse_to_write):
                answer = getattr(client, method)(url)
            text = calls.everything_of(answer)
            wanted = "/login/" if line.name == "logout" else f"/login/?next={url}"
            allowed = line.name == "logout" and method != "post" and answer.status_code == 405
            if not allowed and (answer.status_code != 302 or not answer.url.startswith(wanted.split("?")[0])):
                faults.append(f"{line} {method}: {answer.status_code}")
            if any(word in text for word in foreign["nobody"]):
                faults.append(f"{line} {method}: says a name")
    assert faults == []
    assert client.get("/login/").status_code == 200


def test_other_methods_change_nothing_for_anybody(caller):
    """HEAD answers as GET does; OPTIONS, PUT, PATCH and DELETE do nothing."""
    for line in TABLE:
        url = caller.url(line)
        welcome = [who for who, expected in line.answers["GET"].items() if expected < 400]
        for who in {*welcome, "nobody"}:
            expected = line.answers["GET"][who]
            # What may not be told from the person is asked for one who may do more and one who may do nothing.
            others = ("PUT", "PATCH", "DELETE") if who in (*welcome[:1], "nobody") else ()
            for method in ("HEAD", "OPTIONS", *others):
                answer, text, changed = caller.ask(who, method, url, line)
                if changed:
                    caller.blame(line, method, who, f"changed {changed}")
                if method == "HEAD" and answer.status_code != expected:
                    caller.blame(line, method, who, f"{answer.status_code} and not {expected}")
                caller.search(line, "GET" if method == "HEAD" else method, who, text)
    assert caller.faults == [], "\n".join(caller.faults[:40])


def test_an_address_that_does_not_exist_says_nothing_more_than_a_foreign_row(caller):
    client = caller.clients["yiyuan_clerk"]
    foreign = client.get(f"/people/{caller.scene.people['安'].pk}/")
    nowhere = client.get("/people/示例没有的页面/")
    assert calls.without_ids(foreign) == calls.without_ids(nowhere)


def test_a_form_without_its_token_is_refused_everywhere(caller, people):
    from tests.conftest import BACKEND

    client = Client(enforce_csrf_checks=True)
    client.force_login(people["mill_hr"], backend=BACKEND)
    for line in TABLE:
        if line.answers["POST"]["mill_hr"] == 405:
            continue
        with calls.Changes() as changed:
            answer = client.post(caller.url(line), calls.data_of(line.name, line.words, caller.scene, caller.town))
        assert changed.tables == [], line
        assert answer.status_code == 403, line
