"""The letter in three parts, single and in bulk; the scans that come back."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import SecurityEvent
from party import services
from party.models import MembershipPaper
from party.papers import PAPERS, Kind
from party.states import State
from tracks import papers
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def text_of(answer):
    body = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return packed.read("word/document.xml").decode()


@pytest.fixture
def issued(member_in, people, town, letter_values):
    def make(*names, **values):
        members = [member_in(State.PENDING, name) for name in names]
        given = letter_values("2026-0001", **values)
        services.issue_letters([one.pk for one in members], actor=people["mill_party"], targets=town.zhudao, **given)
        return members

    return make


def test_the_letter_bears_its_own_number_and_capital_numerals(issued, town, client_of):
    (member,) = issued("安示例")
    client = client_of("mill_party")
    client.post(reverse("party:membership_make", args=[member.pk, "letter"]), {"key": new_id()})
    paper = MembershipPaper.objects.get()
    assert (paper.number, paper.template) == ("2026-0001", "letter-1")
    text = text_of(client.get(reverse("party:membership_paper", args=[paper.pk])))
    for words in (
        "2026-0001",
        "安示例",
        member.retiree.id_number,
        "陆拾",
        "贰零贰陆年零陆月",
        town.zhudao_committee.name,
    ):
        assert words in text
    assert SecurityEvent.objects.filter(kind="download").count() == 1


def test_letters_are_made_from_the_list_in_one_file(issued, client_of):
    members = issued("安示例", "白示例", "丁示例")
    client = client_of("mill_party")
    form = {"step": "paper-letter", "all_matching": "1", "seen": "3", "confirm": "1", "key": new_id()}
    page = client.post("/memberships/bulk/?state=issued", form, follow=True)
    url = reverse("party:membership_papers_of", args=[form["key"]])
    assert url in page.content.decode()
    text = text_of(client.get(url))
    assert all(one.retiree.id_number in text for one in members)
    assert client_of("zhudao_party").get(url).status_code == 404


@pytest.mark.parametrize(
    ("state", "letter", "words"),
    [
        (State.PENDING, {}, "没有有效的介绍信"),
        (State.ISSUED, {"way": "online"}, "不用纸质介绍信"),
        (State.PLACED, {}, "不再打印介绍信"),
    ],
)
def test_what_cannot_be_printed_says_why(state, letter, words, member_in, people):
    member = member_in(state, **letter)
    outcome = papers.make(PAPERS, Kind.LETTER, [member.pk], actor=people["mill_party"])
    assert words in outcome.refused[member.pk]


def test_a_reissued_letter_names_the_void_one(issued, people, letter_values):
    (member,) = issued("安示例")
    services.void_and_reissue([member.pk], actor=people["mill_party"], reason_code="lost", **letter_values("2026-0002"))
    papers.make(PAPERS, Kind.LETTER, [member.pk], actor=people["mill_party"])
    assert MembershipPaper.objects.get().context()["replaces"] == "2026-0001"


def test_two_enterprises_may_have_letters_of_one_number(issued, make_person, people, town, letter_values):
    from accounts.models import User
    from accounts.services import appoint

    (own,) = issued("安示例")
    user = User.objects.create_user("port_party", "示例港务公司党务")
    appoint(user, "soe_party", town.port, actor=people["secadmin"])
    other = make_person(town.port, "崔示例", political_status="01", dues_paid_until=TODAY())
    services.issue_letters([other.pk], actor=user, targets=town.zhudao, **letter_values("2026-0001"))
    papers.make(PAPERS, Kind.LETTER, [other.pk], actor=user)
    papers.make(PAPERS, Kind.LETTER, [own.pk], actor=people["mill_party"])
    assert MembershipPaper.objects.filter(number="2026-0001").count() == 2


def test_the_receiver_makes_no_letter_and_brings_what_he_was_handed(issued, client_of):
    (member,) = issued("安示例")
    client = client_of("zhudao_party")
    assert (
        client.post(reverse("party:membership_make", args=[member.pk, "letter"]), {"key": new_id()}).status_code == 403
    )
    scan = SimpleUploadedFile("示例介绍信.pdf", b"%PDF-1.4 %%EOF")
    client.post(reverse("party:membership_make", args=[member.pk, "brought"]), {"key": new_id(), "file": scan})
    paper = MembershipPaper.objects.get()
    assert paper.kind == Kind.BROUGHT
    # Both ends see it.
    assert client_of("mill_party").get(reverse("party:membership_scan", args=[paper.pk])).status_code == 200
    assert client_of("mill_hr").get(reverse("party:membership_scan", args=[paper.pk])).status_code == 404


def test_a_receipt_is_filed_after_the_arrival_and_a_search_for_who_is_lost(issued, people, member_in):
    (member,) = issued("安示例")
    gone = member_in(State.PENDING, "失示例")
    assert (
        "还没有接收"
        in papers.may_make(PAPERS, Kind.RECEIPT, [member.pk], actor=people["mill_party"]).refused[member.pk]
    )
    assert (
        "没有登记失联" in papers.may_make(PAPERS, Kind.SEARCH, [gone.pk], actor=people["mill_party"]).refused[gone.pk]
    )
    services.arrive([member.pk], actor=people["zhudao_party"], arrived_on=TODAY())
    since = {"lost_since": TODAY() - timedelta(days=3)}
    services.take("lose", [gone.pk], actor=people["mill_party"], reason="示例", values=since)
    assert papers.may_make(PAPERS, Kind.RECEIPT, [member.pk], actor=people["mill_party"]).moved
    assert papers.may_make(PAPERS, Kind.SEARCH, [gone.pk], actor=people["mill_party"]).moved
