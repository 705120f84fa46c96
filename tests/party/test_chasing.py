"""Who must be chased on any day: to come, today, and gone by as it was written down then."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.values import values_on
from party import chasing, services
from party.models import Letter, Membership
from party.states import State
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
CHASE = "/memberships/chase/"


def at(day, hour=9):
    return clock.at(timezone.make_aware(datetime.combine(day, time(hour))))


def chased(code, day, rows=None):
    rows = Membership.objects.all() if rows is None else rows
    return set(chasing.chased(rows, code, day).values_list("pk", flat=True))


@pytest.fixture
def story(make_person, town, people, letter_values):
    """A member who came late everywhere: registered on day 0, sent on day 40, arrived on day 60 of 30, never answered."""
    begin = TODAY() - timedelta(days=200)
    with at(begin):
        person = make_person(town.mill, "安示例", political_status="01", dues_paid_until=date(2026, 6, 30))
    with at(begin + timedelta(days=40)):
        values = letter_values(issued_on=begin + timedelta(days=40), valid_days=30)
        services.issue_letters([person.pk], actor=people["mill_party"], targets=town.zhudao, **values)
    with at(begin + timedelta(days=80)):
        services.arrive(
            [person.pk],
            actor=people["zhudao_party"],
            arrived_on=begin + timedelta(days=80),
            late_reason="示例：住院期间未能报到",
        )
    return begin, person


# kind: the first and the last day, counted from the registration, on which it stood on the list; None: until today
SPANS = {
    "pending": (31, 39),
    "at_risk": (64, 79),
    "expired": (71, 79),
    "receipt": (111, None),
    "branch": (111, None),
}


@pytest.mark.parametrize("code", SPANS)
def test_a_day_gone_by_is_told_as_it_was_then(code, story):
    begin, person = story
    first, last = SPANS[code]
    for after in range(1, 200, 1):
        day = begin + timedelta(days=after)
        expected = after >= first and (last is None or after <= last)
        assert (chased(code, day) == {person.pk}) == expected, after


def test_before_somebody_was_registered_he_is_on_no_list(story):
    begin, _ = story
    assert all(chased(code, begin - timedelta(days=1)) == set() for code in chasing.KINDS)


def test_today_is_the_same_from_the_rows_and_from_history(story, member_in):
    """The two ways of reading a day agree on the day on which both can be asked."""
    for number, days in enumerate((1, 10, 30, 90)):
        member_in(State.ISSUED, f"途{number}示例", issued_on=TODAY() - timedelta(days=40), valid_days=days)
    member_in(State.OUTSIDE, "外示例", issued_on=TODAY() - timedelta(days=40), valid_days=10)
    rows, terms = Membership.objects.all(), values_on(TODAY())
    live, past = (
        {code: set(read.filter(kind.condition(TODAY(), terms))) for code, kind in chasing.KINDS.items()}
        for read in (chasing.as_now(rows), chasing.as_then(rows, TODAY()))
    )
    assert past == live
    assert len(live["expired"]) == 4


def test_a_day_to_come_says_what_will_be_late_if_nothing_happens(member_in):
    pending = member_in(State.PENDING, "待示例")
    issued = member_in(State.ISSUED, "途示例", issued_on=TODAY(), valid_days=60)
    arrived = member_in(State.ARRIVED, "到示例", issued_on=TODAY() - timedelta(days=3), arrived_on=TODAY())
    assert all(chased(code, TODAY()) == set() for code in chasing.KINDS)
    for days in (31, 61, 400):
        day = TODAY() + timedelta(days=days)
        assert chased("pending", day) == {pending.pk}
        assert chased("branch", day) == chased("receipt", day) == {arrived.pk}
        assert chased("expired", day) == ({issued.pk} if days > 60 else set())
        every = set(chasing.chased_at_all(Membership.objects.all(), day).values_list("pk", flat=True))
        assert every == set().union(*(chased(code, day) for code in chasing.KINDS))


def test_an_online_arrival_owes_no_receipt_and_a_noted_one_is_done(member_in, people):
    old = {"issued_on": TODAY() - timedelta(days=80)}
    member = member_in(State.PLACED, **old)
    assert chased("receipt", TODAY()) == {member.pk}
    services.record_receipts([member.pk], actor=people["mill_party"], number="回-1", handler="示例经办", phone="0631-1")
    assert chased("receipt", TODAY()) == set()
    letter = Letter.objects.get()
    assert (letter.receipt_number, letter.receipt_handler, letter.receipt_phone) == ("回-1", "示例经办", "0631-1")


def test_a_letter_outside_the_city_is_chased_by_its_sender(member_in, client_of):
    member_in(State.OUTSIDE, issued_on=TODAY() - timedelta(days=40), valid_days=30)
    page = client_of("mill_party").get(CHASE, {"kind": "expired"}).content.decode()
    assert "示例纺织厂党组织" in page
    assert client_of("zhudao_party").get(CHASE).context["list"].count == 0


def test_the_page_shows_any_day_and_each_count_is_its_list(story, client_of):
    begin, _ = story
    client = client_of("mill_party")
    for day in (TODAY(), TODAY() + timedelta(days=30), begin + timedelta(days=75)):
        page = client.get(CHASE, {"on": day})
        for tile in page.context["kinds"]:
            assert client.get(f"{CHASE}{tile['url']}").context["list"].count == tile["count"]
    page = client.get(CHASE, {"on": begin + timedelta(days=75)}).content.decode()
    assert "当日状态" in page
    assert "已开具" in page
    assert "5 天" in page


@pytest.mark.parametrize("day", ["2026-13-01", "明天", "0000"])
def test_a_day_that_is_none_lists_nobody_and_says_so(day, story, client_of):
    page = client_of("mill_party").get(CHASE, {"on": day})
    assert page.context["list"].count == 0
    assert "不是有效日期" in page.content.decode()


def test_the_list_goes_along_as_a_workbook_with_an_event(story, client_of):
    from audit.models import SecurityEvent
    from tests.party.workbooks import rows_of

    answer = client_of("zhudao_party").get("/memberships/chase/export/", {"kind": "branch"})
    rows = rows_of(answer)
    assert rows[0][0] == "党组织关系转接追踪名单"
    assert [row[0] for row in rows[3:]] == ["安示例"]
    assert SecurityEvent.objects.filter(kind="export").count() == 1


def test_what_is_over_is_on_the_workbench_of_both_sides(story, member_in, client_of):
    member_in(State.ISSUED, "途示例", issued_on=TODAY() - timedelta(days=40), valid_days=30)
    for who in ("mill_party", "zhudao_party"):
        client = client_of(who)
        tiles = {tile.label: tile for tile in client.get("/").context["tiles"]}
        tile = tiles["介绍信已过期"]
        assert (tile.count, tile.late) == (1, 1)
        assert client.get(tile.url).context["list"].count == 1
