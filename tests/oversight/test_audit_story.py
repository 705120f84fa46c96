"""One person's whole story, and who read how much: by numbers, without a name or a fact."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit import history
from audit.models import Operation, SecurityEvent
from handover.models import Batch, Case, DeathNotice
from oversight.auditing import nouns, person, trails
from retirees.models import Retiree
from tests import scene as scenes

FIND = "/audit/people/"


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


def story(one):
    return reverse("oversight:audit_person", args=[one.pk])


def words(answer):
    return answer.content.decode()


def seen(user, kind, *, subject="", days=0, times=1):
    at = timezone.now() - timedelta(days=days)
    for _ in range(times):
        SecurityEvent.objects.create(at=at, kind=kind, actor=user, actor_name=user.name, subject=subject)


def test_a_number_that_nobody_has_finds_nobody(client_of, scene):
    client = client_of("auditor")
    for text in ("00000000-0000-4000-8000-00000000dead", "371002196203089999", "安示例", "示例", "1234"):
        answer = client.post(FIND, {"q": text})
        assert answer.status_code == 200, text
        assert "没有查到这个编号" in words(answer)
    assert client.get("/audit/people/00000000-0000-4000-8000-00000000dead/").status_code == 404


def test_the_whole_number_leads_to_the_person_and_stands_in_no_address(client_of, scene):
    one = scene.people["安"]
    for text in (one.id_number, str(one.pk)):
        answer = client_of("auditor").post(FIND, {"q": text})
        assert answer.url == story(one)
    assert not SecurityEvent.objects.filter(path__contains=one.id_number).exists()
    assert not SecurityEvent.objects.filter(reason__contains=one.id_number).exists()


def test_the_story_names_no_person_and_shows_no_fact(client_of, scene):
    facts = scenes.facts_of("安")
    page = words(client_of("auditor").get(story(scene.people["安"]), {"size": "100"}))
    for secret in (
        "安示例",
        facts["former_unit"],
        facts["health"],
        facts["contact_phone"],
        scene.people["安"].id_number,
    ):
        assert secret not in page
    assert scene.people["安"].masked_id in page


def test_every_operation_that_wrote_a_row_of_the_person_is_told(scene):
    """Against another way of counting: every history table read whole, its rows assigned by the live foreign keys."""
    for one in scene.people.values():
        found = {entry.pk for entry in person.story_of(one.pk) if entry.what == person.ACT}
        wanted = set()
        for model in trails.leads():
            keys = _keys_of(model, one)
            rows = history.history_of(model).objects.filter(**{f"{model._meta.pk.attname}__in": keys})
            wanted |= {str(key) for key in rows.values_list("operation_id", flat=True)}
        assert found == wanted
        assert len(found) > 1


def _keys_of(model, one):
    way, column = [], model
    while column is not Retiree:
        name, above = trails.leads()[column]
        way.append(column._meta.get_field(name.removesuffix("_id")).name)
        column = above
    lookup = "__".join([*way, "pk"]) if way else "pk"
    return list(model._base_manager.filter(**{lookup: one.pk}).values_list("pk", flat=True))


def test_states_are_told_with_their_values_and_facts_by_their_names(client_of, scene, people):
    page = words(client_of("auditor").get(story(scene.people["丁"]), {"size": "100"}))
    assert "状态由“待接收”改为“已接收”" in page
    assert "接收单位" in page
    assert "鲸园街道</ins>" not in page


def test_who_opened_revealed_and_downloaded_is_told_with_the_reason(client_of, scene):
    one = scene.people["安"]
    clerk = client_of("zhudao_clerk")
    clerk.get(f"/people/{one.pk}/")
    clerk.post(reverse("handover:reveal", args=[one.pk, "phone"]), {"reason": "contact", "text": "示例"})
    client_of("mill_hr").get(reverse("handover:batch_roster", args=[scene.batches["安"].pk]))
    client_of("archivist").get(reverse("archives:dossier", args=[one.pk]))
    client = client_of("auditor")
    page = words(client.get(reverse("oversight:audit_seen", args=[one.pk])))
    assert "示例竹岛经办" in page
    assert "打开人员页面" in page
    assert "上报批次" in page
    assert "含此人的整批" in page
    assert "示例环翠档案员" in page
    # Reading the story is itself part of it.
    again = words(client.get(reverse("oversight:audit_seen", args=[one.pk]), {"kind": "read_audit"}))
    assert "共 1 条" in again


def test_nobody_elses_events_are_told(client_of, scene):
    client_of("zhudao_clerk").get(f"/people/{scene.people['安'].pk}/")
    page = client_of("auditor").get(reverse("oversight:audit_seen", args=[scene.people["于"].pk]))
    assert page.context["list"].count == 0


def test_the_story_is_narrowed_by_day_and_kind(client_of, scene):
    client, url = client_of("auditor"), story(scene.people["安"])
    seen(Operation.objects.latest("at").actor, "reveal", subject=f"retirees.Retiree {scene.people['安'].pk}")
    acts = client.get(url, {"what": "act"}).context["list"].count
    reads = client.get(url, {"what": "read"}).context["list"].count
    assert client.get(url).context["list"].count == acts + reads + 1
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert client.get(url, {"since": tomorrow}).context["list"].count == 0
    assert client.get(url, {"since": "昨天"}).context["list"].count == 0


def test_the_story_costs_the_same_however_long_it_is(client_of, scene, people):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert person.story_of(scene.people["安"].pk)
        return len(captured)

    before = cost()
    seen(people["mill_hr"], "open_person", subject=f"handover.Case {scene.people['安'].pk}", times=21)
    assert cost() == before
    assert before <= len(trails.leads()) + 4


def test_every_model_that_leads_to_a_person_is_told_in_chinese():
    labels = {model._meta.label for model in trails.leads()}
    assert {"retirees.Retiree", "handover.Case", "archives.Material", "party.VoidNotice"} <= labels
    assert {"benefits.TreatmentPaper", "handover.ProblemAnswer", "handover.AgreementPerson"} <= labels
    for model in (*trails.leads(), Batch, DeathNotice):
        assert not nouns.noun_of(model).isascii(), model
        said = [nouns.field_words(field) for field in model._meta.concrete_fields] if model is not Batch else []
        assert not [word for word in said if word and word.isascii()], model


def test_a_quiet_account_that_looks_at_many_people_stands_first(client_of, people):
    for day in range(1, 6):
        seen(people["zhudao_clerk"], "open_person", days=day, times=5)
        seen(people["mill_hr"], "open_person", days=day, times=30)
    seen(people["zhudao_clerk"], "open_person", days=0, times=25)
    seen(people["port_hr"], "reveal", days=2, times=31)
    rows = client_of("auditor").get("/audit/readers/").context["list"].rows
    assert [row.object.account for row in rows[:2]] == ["port_hr", "zhudao_clerk"]
    assert [bool(row.object.unusual) for row in rows[:3]] == [True, True, False]


def test_each_number_of_a_day_leads_to_as_many_events(client_of, people):
    for kind, times in (("open_person", 3), ("reveal", 2), ("download", 1)):
        seen(people["mill_hr"], kind, times=times)
    seen(people["mill_hr"], "login", times=4)
    seen(people["port_hr"], "reveal", times=5)
    client = client_of("auditor")
    row = client.get("/audit/readers/", {"account": "mill_hr"}).context["list"].rows[0].object
    for kinds in (("open_person",), ("reveal",), ("download",), ("export",), ()):
        count, url = row.count(*kinds)
        assert client.get(url).context["list"].count == count, kinds
    assert row.total == 6


def test_what_is_older_is_listed_when_it_is_asked_for(client_of, people):
    seen(people["mill_hr"], "reveal", days=90, times=2)
    client = client_of("auditor")
    assert client.get("/audit/readers/", {"account": "mill_hr"}).context["list"].count == 0
    since = timezone.localdate() - timedelta(days=91)
    assert client.get("/audit/readers/", {"account": "mill_hr", "since": since}).context["list"].count == 1


def test_downloads_are_listed_with_what_they_held(client_of, scene, people):
    client_of("mill_hr").get(reverse("handover:batch_roster", args=[scene.batches["安"].pk]))
    seen(people["port_hr"], "login")
    page = client_of("auditor").get("/audit/taken/", {"account": "mill_hr"})
    (row,) = page.context["list"].rows
    assert [cell.text for cell in row.cells][2] == "1 人"
    assert client_of("auditor").get("/audit/taken/", {"account": "port_hr"}).context["list"].count == 0


def test_a_withdrawn_person_is_still_found_by_the_number(client_of, town, people, make_person):
    from audit.operations import operation

    one = make_person(town.mill, "示例撤回")
    number = one.id_number
    with operation("roster.withdraw", actor=people["mill_hr"]) as act:
        for model in (m for m in reversed(list(trails.leads())) if m not in (Retiree, Case)):
            act.remove(model, _keys_of(model, one))
        act.remove(Case, [one.pk])
        act.remove(Retiree, [one.pk])
    answer = client_of("auditor").post(FIND, {"q": number})
    assert answer.url == story(one)
    page = words(client_of("auditor").get(answer.url))
    assert "移除" in page
    assert "登记已撤回" in page
