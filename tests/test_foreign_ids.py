"""Ids and values that a form was never offered: foreign ones are as good as missing, and nothing of them is counted."""

import uuid

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from accounts.models import Enterprise, Office
from archives.models import Dossier
from benefits.models import Treatment
from handover.models import BulkSelection, Case
from party.models import Membership
from retirees.models import Retiree
from tests import scene as scenes
from tests.handover.pages.reading import form_of

NOBODYS = str(uuid.UUID(int=7))


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


def ids(scene, names):
    return [str(scene.people[name].pk) for name in names]


def states(model=Case):
    return dict(model.objects.values_list("pk", "state"))


def test_a_bulk_step_tells_foreign_people_as_missing_and_moves_none_of_them(scene, client_of):
    before, client = states(), client_of("mill_hr")
    chosen = {"id": [*ids(scene, "安崔丁"), NOBODYS], "seen": "4", "key": str(uuid.uuid4())}
    page = client.post(reverse("handover:bulk", args=["withdraw"]), chosen).url
    text = client.get(page).content.decode()
    assert not any(scene.people[name].name in text for name in "崔丁")
    client.post(page, {"reason": "示例：材料有误", "key": str(uuid.uuid4())})
    changed = {pk for pk, state in states().items() if before[pk] != state}
    assert changed == {scene.people["安"].pk}
    selection = BulkSelection.objects.get(pk=page.strip("/").split("/")[-1])
    reasons = {selection.refused[pk] for pk in [*ids(scene, "崔丁"), NOBODYS]}
    assert len(reasons) == 1
    assert "查找不到" in reasons.pop()


def test_everything_that_matches_is_everything_of_ones_own(scene, client_of, town):
    """Select all, under a filter that names a foreign enterprise and a foreign batch."""
    client = client_of("zhudao_clerk")
    for query in (
        {},
        {"enterprise": town.port.pk},
        {"batch": scene.batches["崔"].pk},
        {"roster": scene.rosters["崔"].pk},
    ):
        address = client.get(reverse("handover:people"), query)
        assert address.context["list"].count <= 1
        assert "崔示例" not in address.content.decode()
    url = reverse("handover:bulk", args=["accept"])
    answer = client.post(url, {"all_matching": "1", "seen": "5", "key": str(uuid.uuid4())})
    assert BulkSelection.objects.get(user=answer.wsgi_request.user).ids == ids(scene, "安")


@pytest.mark.parametrize(("who", "name"), [("gaoqu_clerk", "崔"), ("huancui_clerk", "安"), ("huancui_clerk", "白")])
def test_nobody_distributes_whom_he_does_not_have(scene, client_of, town, who, name):
    before = states()
    data = {"act": "page", "key": str(uuid.uuid4()), f"to-{scene.people[name].pk}": town.jingyuan.pk}
    client_of(who).post(reverse("handover:distribute"), data)
    assert states() == before


@pytest.mark.parametrize(
    ("who", "name", "step"),
    [
        ("port_hr", "benefits:bulk", "cancel"),
        ("dyeworks_hr", "benefits:item_bulk", ""),
        ("port_hr", "benefits:settle", ""),
    ],
)
def test_foreign_money_is_neither_decided_nor_reckoned_nor_moved(scene, client_of, who, name, step):
    before = list(Treatment.objects.order_by("pk").values_list("state", "settlement", "decided_on"))
    foreign = [str(scene.money["items"]["安"].pk), str(scene.people["安"].pk), NOBODYS]
    data = {"confirm": "1", "step": step, "reason": "示例说明", "settled_on": "2026-01-05", "key": str(uuid.uuid4())}
    answer = client_of(who).post(reverse(name), {**data, "id": foreign, "seen": "3"}, follow=True)
    assert "安示例" not in answer.content.decode()
    assert list(Treatment.objects.order_by("pk").values_list("state", "settlement", "decided_on")) == before


@pytest.mark.parametrize("place", ["yiyuan", "gaoqu", "huancui_archive", "city"])
def test_nobody_is_sent_to_an_office_that_is_not_offered(scene, client_of, town, place):
    person, client, office = scene.people["崔"], client_of("huancui_clerk"), getattr(town, place)
    step = reverse("handover:step", args=[person.pk, "assign"])
    assert client.post(step, {"target": office.pk, "key": str(uuid.uuid4())}).status_code == 200
    page = {"act": "page", "key": str(uuid.uuid4()), f"to-{person.pk}": office.pk}
    client.post(reverse("handover:distribute"), page)
    assert Case.objects.get(pk=person.pk).state == "submitted"


@pytest.mark.parametrize(
    ("model", "name", "who", "data"),
    [
        (Dossier, "archives:bulk", "gaoqu_archivist", {"step": "return", "reason_code": "not_sorted"}),
        (Dossier, "archives:bulk", "port_hr", {"step": "pack"}),
        (Membership, "party:bulk", "zhudao_party", {"step": "refuse", "reason_code": "other"}),
    ],
)
def test_bulk_forms_of_the_other_tracks_move_no_foreign_row(scene, client_of, model, name, who, data):
    before = states(model)
    foreign = ids(scene, "安")
    client_of(who).post(
        reverse(name), {"confirm": "1", "reason": "示例说明", "key": str(uuid.uuid4()), "id": foreign, **data}
    )
    assert states(model) == before


def test_a_roster_is_imported_for_ones_own_enterprise_whatever_the_form_says(scene, client_of, town):
    key = str(uuid.uuid4())
    data = {"rows": "good", "key": key, "enterprise": town.port.pk, "office": town.zhudao.pk, "state": "imported"}
    client_of("mill_hr").post(reverse("retirees:import", args=[scene.rosters["安"].pk]), data)
    scene.rosters["安"].refresh_from_db()
    assert (scene.rosters["安"].enterprise, scene.rosters["安"].state) == (town.mill, "importing")


def everything(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_correction_changes_what_its_form_offers_and_nothing_else(scene, client_of, town):
    """Every column of the person and of the case is sent along (security.md A5)."""
    client, person = client_of("mill_hr"), scene.people["白"]
    url = reverse("handover:correct", args=[person.pk])
    page = client.get(url)
    offered = set(page.context["form"].fields)
    before, case = everything(Retiree.objects.get(pk=person.pk)), everything(Case.objects.get(pk=person.pk))
    other = {name: value for name, value in model_to_dict(scene.people["丁"]).items() if value not in (None, "")}
    columns = {"office": town.zhudao.pk, "enterprise": town.port.pk, "survival": "deceased", "died_on": "2024-01-01"}
    columns |= {"state": "completed", "round": "9", "id_index": "x", "party_branch": "示例夺来支部", "pinyin": "x"}
    given = form_of(client, url) | {"native_place": "示例籍贯"}
    answer = client.post(url, {**{name: str(value) for name, value in other.items()}, **columns, **given})
    assert answer.status_code == 302, answer.content.decode()
    after = everything(Retiree.objects.get(pk=person.pk))
    assert {name for name in after if after[name] != before[name]} == {"native_place"}
    assert everything(Case.objects.get(pk=person.pk)) == case
    assert not {"office", "enterprise", "state", "survival", "party_branch", "id_index"} & offered


def test_an_office_and_an_enterprise_keep_their_place_whatever_the_form_says(town, client_of):
    client = client_of("sysadmin")
    extra = {
        "path": "HC/",
        "parent": town.gaoqu.pk,
        "kind": "city",
        "code": "371000X",
        "active": "",
        "stats_parent": "9",
    }
    for name, row in (("accounts:change_office", town.zhudao), ("accounts:change_enterprise", town.dyeworks)):
        before, url = everything(row), reverse(name, args=[row.pk])
        fixed = dict(extra) if name.endswith("office") else {"path": "X/", "code": "X", "active": ""}
        answer = client.post(url, {**form_of(client, url), **fixed, "short_name": "示例简称", "reason": "示例文件"})
        assert answer.status_code == 302, answer.content.decode()
        after = everything(type(row).objects.get(pk=row.pk))
        assert {one for one in after if after[one] != before[one]} == {"short_name"}
    assert Office.objects.filter(path="HC/").count() <= 1
    assert not Enterprise.objects.filter(path="X/").exists()
