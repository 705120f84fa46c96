import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archives.models import Dossier
from archives.states import WITH_ARCHIVE
from audit.operations import operation


@pytest.fixture
def dossier_in(town, people, make_person):
    """dossier_in(state, name="安示例", **facts) → a dossier of the mill that is fit for every step from that state."""

    def make(state, name="安示例", *, office=None, leader=False, **facts):
        person = make_person(town.mill, name, dossier_volumes=2, city_managed_leader=leader)
        values = {"state": state, "number": "示例-001", "shelf": "一号库 1 架", **facts}
        values["office"] = (office or town.huancui_archive) if state in WITH_ARCHIVE else None
        with operation("test.arrange", actor=people["mill_hr"]) as act:
            act.change(Dossier, [person.pk], **values)
        return Dossier.objects.get(pk=person.pk)

    return make


@pytest.fixture
def cost_of(db):
    """cost_of(act) → how many queries it takes."""

    def count(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count
