"""The pages of memberships: list, chase list, one member, steps, bulk acts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from party.models import Letter, Membership
from party.states import State
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
LIST = "/memberships/"


def shown(answer):
    return answer.content.decode()


def letter_form(**values):
    today = timezone.localdate()
    return {
        "key": new_id(),
        "start_number": "2026-0001",
        "way": "paper",
        "issued_on": today,
        "valid_days": 90,
        **values,
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("mill_party", 200),
        ("zhudao_party", 200),
        ("mill_hr", 403),
        ("zhudao_clerk", 403),
        ("watchdog", 403),
        ("auditor", 403),
    ],
)
def test_the_list_opens_for_party_workers_alone(who, status, client_of):
    assert client_of(who).get(LIST).status_code == status


def test_the_list_shows_own_members_and_no_others(member_in, client_of):
    member_in(State.ISSUED, "转出示例"), member_in(State.PENDING, "待转示例")
    page = shown(client_of("zhudao_party").get(LIST))
    assert "转出示例" in page
    assert "待转示例" not in page
    page = shown(client_of("mill_party").get(LIST, {"state": "pending"}))
    assert "转出示例" not in page
    assert "待转示例" in page


@pytest.mark.parametrize("query", ["", "?chase=at_risk", "?state=issued"])
def test_a_list_of_many_costs_as_many_queries_as_a_list_of_one(query, member_in, client_of, cost_of):
    old = {"issued_on": timezone.localdate() - timedelta(days=40), "valid_days": 30}
    member_in(State.ISSUED, **old)
    client = client_of("zhudao_party")
    client.get(LIST + query)
    few = cost_of(lambda: client.get(LIST + query))
    for number in range(20):
        member_in(State.ISSUED, f"示例{number}", **old)
    assert cost_of(lambda: client.get(LIST + query)) == few


def test_the_chase_list_holds_what_is_over_or_nearly_over(member_in, client_of):
    today = timezone.localdate()
    for name, left in (("过期示例", -1), ("今止示例", 0), ("七天示例", 6), ("八天示例", 7), ("尚早示例", 30)):
        member_in(State.ISSUED, name, issued_on=today - timedelta(days=30), valid_days=30 + left)
    page = shown(client_of("mill_party").get("/memberships/chase/", follow=True))
    named = [name for name in ("过期示例", "今止示例", "七天示例", "八天示例", "尚早示例") if name in page]
    assert named == ["过期示例", "今止示例", "七天示例"]
    assert "还有 6 天" in page
    page = shown(client_of("mill_party").get(LIST, {"chase": "expired"}))
    assert "过期示例" in page
    assert "今止示例" not in page


def test_receipts_that_do_not_come_back_are_chased(member_in, client_of):
    today = timezone.localdate()
    facts = {"issued_on": today - timedelta(days=60)}
    member_in(State.PLACED, "迟回示例", **facts, arrived_on=today - timedelta(days=31))
    member_in(State.PLACED, "未到示例", **facts, arrived_on=today - timedelta(days=30))
    client = client_of("mill_party")
    page = shown(client.get(LIST, {"chase": "receipt"}))
    assert "迟回示例" in page
    assert "未到示例" not in page
    form = {"step": "receipt", "all_matching": "1", "seen": "1", "confirm": "1", "key": new_id(), "receipt_on": today}
    client.post("/memberships/bulk/?chase=receipt", form)
    assert [letter.membership.retiree.name for letter in Letter.objects.filter(receipt_on=today)] == ["迟回示例"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("mill_party", 200), ("zhudao_party", 404), ("mill_hr", 404), ("watchdog", 404), ("huancui_clerk", 404)],
)
def test_a_member_who_was_not_sent_is_found_by_his_organisation_alone(who, status, member_in, client_of):
    member = member_in(State.PENDING)
    assert client_of(who).get(reverse("party:membership", args=[member.pk])).status_code == status


@pytest.mark.parametrize("who", ["mill_party", "zhudao_party"])
@pytest.mark.parametrize("state", State.values)
def test_the_page_of_a_member_offers_the_steps_of_this_end(state, who, member_in, client_of):
    member = member_in(state)
    answer = client_of(who).get(reverse("party:membership", args=[member.pk]))
    if who == "zhudao_party" and not member.office_id:
        assert answer.status_code == 404
        return
    end = "party.sending" if who == "mill_party" else "party.receiving"
    for step in member.machine.steps:
        offered = reverse("party:step", args=[member.pk, step.name]) in shown(answer)
        assert offered == (state in step.sources and end in step.duties)


@pytest.mark.parametrize(
    ("who", "step", "status"),
    [
        ("mill_party", "arrive", 403),
        ("zhudao_party", "void", 403),
        ("mill_hr", "void", 404),
        ("mill_party", "fly", 404),
    ],
)
def test_a_step_of_others_is_refused(who, step, status, member_in, client_of):
    url = reverse("party:step", args=[member_in(State.ISSUED).pk, step])
    assert client_of(who).get(url).status_code == status
    assert client_of(who).post(url, {"key": new_id()}).status_code == status


def test_a_letter_is_issued_from_its_form(member_in, town, client_of):
    member, client = member_in(State.PENDING), client_of("mill_party")
    url = reverse("party:step", args=[member.pk, "issue"])
    assert 'value="90"' in shown(client.get(url))
    wrong = client.post(url, letter_form(valid_days=120, office=town.zhudao.pk))
    assert "1 至 90 天" in shown(wrong)
    assert 'value="2026-0001"' in shown(wrong)
    answer = client.post(url, letter_form(office=town.zhudao.pk), follow=True)
    assert "2026-0001" in shown(answer)
    assert Membership.objects.get(pk=member.pk).state == State.ISSUED


def test_letters_are_issued_in_bulk_with_numbers_in_a_row(member_in, town, client_of):
    members = [member_in(State.PENDING, f"批{number}示例") for number in range(3)]
    client = client_of("mill_party")
    form = {"step": "issue", "all_matching": "1", "seen": "3"}
    page = shown(client.post("/memberships/bulk/?state=pending", form))
    assert "转入党组织未定" in page
    filled = {**form, **letter_form(office=town.zhudao.pk)}
    page = shown(client.post("/memberships/bulk/?state=pending", {**filled, "check": "1"}))
    assert "可办理 <b>3</b> 人" in page
    assert not Letter.objects.exists()
    page = shown(client.post("/memberships/bulk/?state=pending", {**filled, "confirm": "1"}, follow=True))
    assert "已办理 <b>3</b> 人" in page
    numbers = dict(Letter.objects.values_list("membership", "number"))
    assert [numbers[one.pk] for one in sorted(members, key=lambda one: one.state_since)] == [
        "2026-0001",
        "2026-0002",
        "2026-0003",
    ]


def test_a_list_that_changed_meanwhile_is_shown_again_before_anything_happens(member_in, town, client_of):
    member_in(State.PENDING)
    form = {"step": "issue", "all_matching": "1", "seen": "2", "confirm": "1", **letter_form(office=town.zhudao.pk)}
    page = shown(client_of("mill_party").post("/memberships/bulk/?state=pending", form))
    assert "其间名单有变动" in page
    assert not Letter.objects.exists()


def test_a_refusal_takes_the_receiver_back_to_the_list(member_in, client_of):
    member = member_in(State.ISSUED)
    form = {"key": new_id(), "reason_code": "dues_unpaid", "reason": "党费只交到上半年"}
    answer = client_of("zhudao_party").post(reverse("party:step", args=[member.pk, "refuse"]), form, follow=True)
    assert answer.redirect_chain[-1][0] == LIST
    page = shown(client_of("mill_party").get(reverse("party:membership", args=[member.pk])))
    assert "党费未交清：党费只交到上半年" in page


def test_a_receipt_is_noted_from_the_page(member_in, client_of):
    member, client = member_in(State.PLACED), client_of("mill_party")
    url = reverse("party:receipt", args=[member.pk])
    assert url in shown(client.get(reverse("party:membership", args=[member.pk])))
    client.post(url, {"key": new_id(), "receipt_on": timezone.localdate()})
    assert Letter.objects.get().receipt_on == timezone.localdate()
    assert url not in shown(client.get(reverse("party:membership", args=[member.pk])))
    assert client_of("zhudao_party").get(url).status_code == 403


def test_opening_a_member_leaves_an_event(member_in, client_of):
    from audit.models import SecurityEvent

    member = member_in(State.PENDING)
    client_of("mill_party").get(reverse("party:membership", args=[member.pk]))
    assert SecurityEvent.objects.filter(kind="open_person", subject=str(member.pk), field="党组织关系").count() == 1
