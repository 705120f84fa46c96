"""The leader exemption of 二(四): both parts of the test with documents; disputes go to the city and come back decided."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archives.models import Dossier, LeaderFinding
from archives.papers import DOSSIER_PAPERS
from archives.services import preview, take
from party.services import take as take_party
from retirees.models import Retiree
from tracks import papers
from tracks.advancing import NOT_YOURS
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
TEST = {"appointed_by_city": True, "group_post": True, "post": "示例副总经理", "document": "示例任免〔2019〕1号"}
DECISION = {"decision_number": "示例国资党纪〔2026〕1号", "decided_on": date(2026, 1, 5)}


@pytest.fixture
def leader(dossier_in, people):
    """A dossier with the scan of the documents; the roster knew nothing of a leader."""
    dossier = dossier_in("preparing")
    scan = SimpleUploadedFile("示例任免文件.pdf", b"%PDF-1.4 x %%EOF")
    papers.bring(DOSSIER_PAPERS, "leader", dossier, scan, actor=people["mill_hr"])
    return dossier


def flag(dossier):
    return Retiree.objects.get(pk=dossier.pk).city_managed_leader


@pytest.mark.parametrize("lacking", [{"appointed_by_city": False}, {"group_post": False}, {"group_post": None}])
def test_one_part_of_the_test_is_not_enough(lacking, leader, people):
    with pytest.raises(Refused, match="两项条件"):
        take("exempt", [leader.pk], actor=people["mill_hr"], reason="示例", values={**TEST, **lacking})
    assert not flag(leader)


@pytest.mark.parametrize("lacking", [{"post": ""}, {"document": " "}])
def test_the_test_names_post_and_document(lacking, leader, people):
    with pytest.raises(Refused, match="曾任职务和任免文件"):
        take("exempt", [leader.pk], actor=people["mill_hr"], reason="示例", values={**TEST, **lacking})


def test_without_a_scan_of_the_documents_nobody_is_exempt(dossier_in, people):
    dossier = dossier_in("preparing")
    outcome = take("exempt", [dossier.pk], actor=people["mill_hr"], reason="示例", values=TEST)
    assert "没有上传任免文件" in outcome.refused[dossier.pk]


def test_an_exempt_persons_flag_follows_and_the_other_tracks_go_on(leader, people, town):
    hr = people["mill_hr"]
    assert take("exempt", [leader.pk], actor=hr, reason="示例", values=TEST).moved == [leader.pk]
    assert flag(leader)
    finding = LeaderFinding.objects.visible_to(hr).get()
    assert (finding.kind, finding.post, finding.exempt) == ("claim", "示例副总经理", True)
    from handover.services import take as take_case

    assert take_case("submit", [leader.pk], actor=hr, targets=town.huancui).moved == [leader.pk]
    take("include", [leader.pk], actor=people["watchdog"], reason="示例：认定有误")
    assert not flag(leader)
    assert take_party is not None


def test_a_dispute_is_decided_by_the_city_office_alone_with_number_and_day(dossier_in, people):
    dossier, city = dossier_in("preparing"), people["watchdog"]
    take(
        "dispute",
        [dossier.pk],
        actor=people["mill_hr"],
        reason="示例：任免机关有争议",
        values={"appointed_by_city": True},
    )
    side = Dossier.objects.get(pk=dossier.pk).side
    assert (side.acts, side.answers) == ("city", "enterprise")
    assert "不能整理完成" in preview("ready", [dossier.pk], actor=people["mill_hr"]).refused[dossier.pk]
    refused = take("decide_exempt", [dossier.pk], actor=people["mill_hr"], reason="示例", values=DECISION).refused
    assert refused[dossier.pk] == NOT_YOURS
    for lacking in ({"decision_number": ""}, {"decided_on": None}, {"decided_on": clock.today() + timedelta(days=1)}):
        with pytest.raises(Refused):
            take("decide_exempt", [dossier.pk], actor=city, reason="示例", values={**DECISION, **lacking})
    take("decide_exempt", [dossier.pk], actor=city, reason="示例：经研究", values=DECISION)
    assert Dossier.objects.get(pk=dossier.pk).state == "exempt"
    assert flag(dossier)


def test_a_decision_to_transfer_takes_the_flag_away_and_the_dossier_goes_on(dossier_in, people):
    dossier, hr = dossier_in("preparing", leader=True), people["mill_hr"]
    assert "不移交" in preview("ready", [dossier.pk], actor=hr).refused[dossier.pk]
    take("dispute", [dossier.pk], actor=hr, reason="示例")
    take("decide_transfer", [dossier.pk], actor=people["watchdog"], reason="示例", values=DECISION)
    assert not flag(dossier)
    assert take("ready", [dossier.pk], actor=hr).moved == [dossier.pk]
    kinds = list(LeaderFinding.objects.visible_to(hr).order_by("id").values_list("kind", "exempt"))
    assert kinds == [("dispute", None), ("decision", False)]


def test_the_form_asks_both_questions_and_says_what_is_wrong(leader, client_of):
    client, url = client_of("mill_hr"), reverse("archives:step", args=[leader.pk, "exempt"])
    given = {"key": new_id(), "reason": "示例", "post": "示例职务", "document": "示例文件"}
    page = client.post(url, {**given, "appointed_by_city": "yes", "group_post": "no"}).content.decode()
    assert "提请界定" in page
    assert "示例职务" in page
    client.post(url, {**given, "appointed_by_city": "yes", "group_post": "yes"})
    page = client.get(reverse("archives:dossier", args=[leader.pk])).content.decode()
    assert "领导人员界定" in page
    assert "示例文件" in page


def test_the_city_office_finds_what_is_disputed(dossier_in, people, client_of):
    dossier = dossier_in("preparing")
    take("dispute", [dossier.pk], actor=people["mill_hr"], reason="示例")
    page = client_of("watchdog").get("/dossiers/", {"state": "disputed"})
    assert page.context["list"].count == 1
    assert "badge-mine" in page.content.decode()
