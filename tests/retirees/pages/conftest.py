import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from retirees.models import Roster
from retirees.roster import checking
from tests.retirees.pages import workbooks


@pytest.fixture
def send(client_of, town):
    """send(content, name=…, who=…, enterprise=…) → the answer to an upload."""

    def upload(content, name="花名册.xlsx", who="mill_hr", enterprise=None):
        data = {"enterprise": (enterprise or town.mill).pk, "file": SimpleUploadedFile(name, content)}
        return client_of(who).post(reverse("retirees:upload"), data)

    return upload


@pytest.fixture
def checked(send):
    """checked(content) → the roster of 示例纺织厂 after a worker has read it."""

    def check(content=None, name="花名册.xlsx", who="mill_hr"):
        answer = send(content or workbooks.good_and_bad(), name, who)
        assert answer.status_code == 302, answer.content.decode()
        roster = Roster.objects.get(pk=answer.url.strip("/").split("/")[-1])
        checking.carry_out(roster.pk)
        roster.refresh_from_db()
        return roster

    return check


@pytest.fixture
def page(client_of):
    """page(name, roster, who=…, **query) → the text of a page."""

    def read(name, roster, who="mill_hr", **query):
        answer = client_of(who).get(reverse(f"retirees:{name}", args=[roster.pk]), query)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


@pytest.fixture
def act(client_of):
    """act(name, roster, who=…, **data) → the answer to a POST."""

    def post(name, roster, who="mill_hr", **data):
        return client_of(who).post(reverse(f"retirees:{name}", args=[roster.pk]), data)

    return post
