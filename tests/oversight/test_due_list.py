"""The due list: what is late and soon late, kind by kind and person by person; whose days they are; what moves up."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.values import set_day, set_value
from handover import deadlines
from handover.models import Case
from handover.services import take
from oversight.deadlines import counting, spent
from oversight.deadlines.kinds import KINDS
from oversight.deadlines.ladder import ESCALATED, MINE, rows_of
from oversight.deadlines.look import Look
from oversight.workbench import tiles
from tests import scene as scenes
from tests.cast import CAST
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db
DUE, UP = "oversight:due", {"escalated": "1"}
RETURN = {"reason_code": "wrong_address", "reason": "示例情况说明"}


def moment(day, hour=9):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def on(day, hour=9):
    return clock.at(moment(day, hour))


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


@pytest.fixture
def waiting(town, people, make_person):
    """waiting(name, day, office="zhudao") → a case assigned to that office on that day."""

    def make(name, day, office="zhudao", enterprise="mill", hr="mill_hr"):
        with on(day):
            one = make_person(getattr(town, enterprise), name, has_dossier=False, political_status="13")
            take("submit", [one.pk], actor=people[hr], targets=town.huancui)
            if office:
                done = take("assign", [one.pk], actor=people["huancui_clerk"], targets=getattr(town, office))
                assert done.moved, done.refused
        return Case.objects.get(pk=one.pk)

    return make


def numbers(user, day, only=None):
    """{kind: (late, soon, escalated)} of what is not nought."""
    with on(day):
        lines = [counting.line(KINDS[only], user, Look())] if only else counting.lines(user)
        found = {one.kind.code: (one.late, one.soon, one.escalated) for one in lines}
    return {code: three for code, three in found.items() if any(three)}


# --- who has none, and whose rows are nobody's business


@pytest.mark.parametrize("who", ["finance", "approver", "sysadmin", "secadmin", "auditor", "nobody"])
def test_who_has_no_term_to_keep_has_no_due_list(who, client_of):
    client = client_of(who)
    assert client.get(reverse(DUE)).status_code == 403
    assert reverse(DUE) not in client.get("/").content.decode()


def test_an_unknown_kind_lists_nobody(retirees, client_of):
    answer = client_of("mill_hr").get(reverse(DUE), {"kind": "示例"})
    assert answer.context["list"].count == 0
    assert "取值已不存在" in answer.content.decode()


def test_foreign_people_are_on_no_list(scene, client_of, later):
    """Whoever stands on a due list is somebody whom the viewer sees; nobody else's name is in the page."""
    seen = {
        "mill_hr": "安白于",
        "port_hr": "崔丁",
        "huancui_clerk": "安崔丁",
        "zhudao_clerk": "安",
        "jingyuan_clerk": "丁",
    }
    for who, own in seen.items():
        client = client_of(who)
        with on(later):
            text = "".join(client.get(reverse(DUE), view).content.decode() for view in ({}, UP))
        assert [name for name in scenes.NAMES if name not in own and scene.people[name].name in text] == [], who


def test_the_days_used_are_told_only_of_a_case_in_sight(retirees, client_of):
    url = reverse("oversight:due_spent", args=[retirees["安"].pk])
    assert client_of("jingyuan_clerk").get(url).status_code == 404
    assert client_of("mill_party").get(url).status_code == 404
    assert client_of("zhudao_clerk").get(url).status_code == 200


# --- the table

# (late, moved up) of every kind, when nothing happened for more than a year after the scene (tests/scene.py).
TABLE = {
    # 白 and 于 are drafts of the normal phase; 于's belongs to the subsidiary, so that it has moved up to the mill.
    "mill_hr": {"draft": (2, 1), "medical_enterprise": (1, 1)},
    "group": {"draft": (2, 1), "medical_enterprise": (1, 1), "agreement_group": (1, 0)},
    "dyeworks_hr": {"draft": (1, 0), "medical_enterprise": (1, 0)},
    "port_hr": {"medical_enterprise": (1, 0), "death_enterprise": (1, 0), "move": (1, 0)},
    "mill_party": {"letter": (1, 0), "pending": (2, 1)},
    "huancui_clerk": {
        "submitted": (1, 0),
        "assigned": (0, 1),
        "accepted": (0, 1),
        "medical_area": (1, 0),
        "agreement_area": (1, 0),
        "notice": (1, 0),
    },
    "zhudao_clerk": {"assigned": (1, 0)},
    "jingyuan_clerk": {"accepted": (1, 0)},
    "archivist": {"shipment": (1, 0)},
    "gaoqu_archivist": {"shipment": (1, 0)},
    "zhudao_party": {"letter": (1, 0)},
    "medical": {"medical_enterprise": (0, 2), "medical_area": (0, 1)},
    "watchdog": {
        "draft": (0, 2),
        "submitted": (0, 1),
        "assigned": (0, 1),
        "accepted": (0, 1),
        "shipment": (0, 2),
        "medical_enterprise": (0, 2),
        "medical_area": (0, 1),
        "agreement_group": (0, 1),
        "agreement_area": (0, 1),
        "problem_raised": (1, 0),
        "notice": (0, 1),
        "death_enterprise": (0, 1),
        "move": (0, 1),
    },
}


@pytest.fixture
def later():
    return timezone.localdate() + timedelta(days=420)


def test_every_person_has_exactly_the_kinds_of_the_table(scene, people, later):
    found = {}
    for who in CAST:
        mine = {code: (late, up) for code, (late, _, up) in numbers(people[who], later).items()}
        if mine:
            found[who] = mine
    assert found == TABLE


def test_what_is_late_by_kind_is_what_its_own_list_calls_late(scene, people, client_of, later):
    """Two ways of counting: the due list, and the list of each track with its own filter for what is late."""
    wrong = []
    for who, kinds in TABLE.items():
        client = client_of(who)
        with on(later):
            for code, (late, _) in kinds.items():
                # The chase list has a day of its own; the others are asked on the day of the clock.
                own = client.get(KINDS[code].list_url + (f"&on={later}" if KINDS[code].list == "party:chase" else ""))
                assert own.status_code == 200, (who, code)
                if late and own.context["list"].count != late:
                    wrong.append((who, code, late, own.context["list"].count))
    assert wrong == []


def test_each_number_of_the_page_is_the_count_of_its_list(scene, client_of, later):
    for who in ("mill_hr", "huancui_clerk", "watchdog", "archivist", "mill_party"):
        client = client_of(who)
        with on(later):
            lines = client.get(reverse(DUE)).context["lines"]
            for line in lines:
                for name in ("late", "soon", "escalated"):
                    answer = client.get(line[f"{name}_url"])
                    assert answer.context["list"].count == line[name], (who, line["label"], name)
                    assert len(answer.context["list"].rows) == line[name]


def test_the_number_of_the_workbench_is_the_count_of_what_moved_up(scene, people, client_of, later):
    for who in ("huancui_clerk", "watchdog", "group"):
        with on(later):
            tile = next(one for one in tiles(people[who]) if one.label == "逾期提级到我")
            assert client_of(who).get(tile.url).context["list"].count == tile.count == tile.late > 0


def test_filters_by_area_and_enterprise_narrow_all_kinds(scene, client_of, town, later):
    client = client_of("watchdog")
    with on(later):
        whole = client.get(reverse(DUE), UP).context["list"].count
        port = client.get(reverse(DUE), {**UP, "enterprise": town.port.pk}).context["list"]
        there = client.get(reverse(DUE), {**UP, "area": town.huancui.path}).context["list"]
    assert 0 < port.count < whole
    assert {str(row.object.enterprise) for row in port.rows} == {"示例港务公司"}
    assert 0 < there.count < whole


# --- whose days they are


def test_the_clock_stands_while_it_waits_for_the_other_side(waiting, people):
    """Assigned on 8 September 2025, returned on the 18th, taken back and sent again on the 24th: the street has ten days
    from then, and what the enterprise used is not the street's."""
    case = waiting("安示例", date(2025, 9, 8))
    with on(date(2025, 9, 18)):
        assert take("return", [case.pk], actor=people["zhudao_clerk"], **RETURN).moved
    street, enterprise = people["zhudao_clerk"], people["mill_hr"]
    # The street would be late since the 23rd; but now it is the enterprise's turn, for five days.
    assert numbers(street, date(2025, 9, 24)) == {}
    assert numbers(enterprise, date(2025, 9, 24)) == {"returned": (0, 1, 0)}
    with on(date(2025, 9, 24)):
        assert take("take_back", [case.pk], actor=enterprise).moved
        done = take("resubmit", [case.pk], actor=enterprise)
        assert done.moved, done.refused
    case.refresh_from_db()
    assert numbers(street, date(2025, 9, 25)) == {}
    with on(date(2025, 10, 9)):
        # Ten working days after 24 September, over the holiday: 14 October.
        assert deadlines.due(case).day == date(2025, 10, 14)
        # 8 to 18 September: 8. 24 September to 9 October: 25, 26, 28, 29, 30, 9. The area had the same day only.
        assert spent.spent(case) == {"enterprise": 4, "area": 0, "receiver": 14, "city": 0}
        days = [(one.state, one.side, one.days) for one in spent.stays(case)]
    assert days == [
        ("draft", "enterprise", 0),
        ("submitted", "area", 0),
        ("assigned", "receiver", 8),
        ("returned", "enterprise", 4),
        ("draft", "enterprise", 0),
        ("assigned", "receiver", 6),
    ]
    assert numbers(street, date(2025, 10, 15))["assigned"] == (1, 0, 0)


def test_what_is_settled_uses_nobodys_days(waiting, people):
    case = waiting("安示例", date(2025, 9, 8))
    with on(date(2025, 9, 9)):
        take("accept", [case.pk], actor=people["zhudao_clerk"])
        card = {"contact_card": "示例-0001", "contacted_on": date(2025, 9, 9)}
        take("contact", [case.pk], actor=people["zhudao_clerk"], values=card)
        assert take("complete", [case.pk], actor=people["zhudao_clerk"]).moved
    with on(date(2025, 12, 1)):
        assert spent.spent(case) == {"enterprise": 0, "area": 0, "receiver": 1, "city": 0}
        assert spent.stays(case)[-1].standing


# --- the calendar


def test_the_long_holiday_of_2026_counts_as_the_state_council_says(waiting, people):
    """Assigned on 22 September 2026: 25 to 27 September and 1 to 7 October are off, Saturday 10 October is worked. The
    ten days are 23, 24, 28, 29, 30 September and 8, 9, 10, 12, 13 October."""
    case, seen = waiting("安示例", date(2026, 9, 22)), {}
    assert deadlines.due(case).day == date(2026, 10, 13)
    for ahead in range(40):
        day = date(2026, 9, 22) + timedelta(days=ahead)
        late, soon, _ = numbers(people["zhudao_clerk"], day, "assigned").get("assigned", (0, 0, 0))
        seen[day] = "late" if late else "soon" if soon else ""
    assert [day for day, what in seen.items() if what == "soon"] == [date(2026, 10, day) for day in range(9, 14)]
    assert [day for day, what in seen.items() if what == "late"] == [day for day in seen if day > date(2026, 10, 13)]


def test_what_is_soon_has_three_working_days_or_fewer_on_every_day(waiting, people):
    for number in range(12):
        waiting(f"示例{number}", date(2025, 9, 8) + timedelta(days=number * 2))
    with on(date(2025, 9, 1)):
        set_day(date(2025, 9, 26), False, "示例放假", actor=people["sysadmin"])
        set_value("answer_days", date(2025, 9, 15), 4, source="示例文件", actor=people["sysadmin"])
    kind, seen = KINDS["assigned"], set()
    for ahead in range(0, 45, 2):
        with on(date(2025, 9, 10) + timedelta(days=ahead)):
            look = Look()
            late, soon = counting.late_and_soon(kind, look)
            rows = rows_of(kind, people["zhudao_clerk"], MINE, look)
            left = {row.pk: deadlines.days_left(row, look.terms).value for row in rows}
            assert set(rows.filter(late).values_list("pk", flat=True)) == {pk for pk, days in left.items() if days < 0}
            assert set(rows.filter(soon).values_list("pk", flat=True)) == {
                pk for pk, days in left.items() if 0 <= days <= 3
            }
            seen.add(rows.filter(soon).count())
    assert len(seen) > 3


def test_a_year_that_nobody_has_published_is_noted(waiting, client_of):
    waiting("安示例", date(2090, 12, 25))
    client = client_of("zhudao_clerk")
    with on(date(2091, 1, 5)):
        text = client.get(reverse(DUE)).content.decode()
    assert "2091 年节假日安排尚未公布，按周一至周五估算" in text


# --- what moves up


def test_a_late_row_moves_up_step_by_step_and_only_to_its_own_superiors(waiting, people):
    """Due on 22 September 2025 at a community: the side itself, then street and area, then the leading group's office."""
    waiting("安示例", date(2025, 9, 8), office="zhudao_community")
    whom = ("community_clerk", "zhudao_clerk", "huancui_clerk", "watchdog", "jingyuan_clerk", "gaoqu_clerk", "mill_hr")

    def up(day):
        return {who for who in whom if numbers(people[who], day, "assigned").get("assigned", (0, 0, 0))[2]}

    # Five working days later is 28 September, a worked Sunday; the sixth is the 29th.
    assert up(date(2025, 9, 28)) == set()
    assert up(date(2025, 9, 29)) == {"zhudao_clerk", "huancui_clerk"}
    # Fifteen: 24 25 26 28 29 30 | 9 10 11 13 14 15 16 17 after the 23rd. The sixteenth is 20 October.
    assert up(date(2025, 10, 19)) == {"zhudao_clerk", "huancui_clerk"}
    assert up(date(2025, 10, 20)) == {"zhudao_clerk", "huancui_clerk", "watchdog"}
    assert numbers(people["community_clerk"], date(2025, 10, 20)) == {"assigned": (1, 0, 0)}


def test_what_a_subsidiary_lets_lie_moves_up_to_its_group(waiting, people, town):
    case = waiting("于示例", date(2025, 9, 8), enterprise="dyeworks", hr="dyeworks_hr")
    with on(date(2025, 9, 9)):
        assert take("return", [case.pk], actor=people["zhudao_clerk"], **RETURN).moved
    day = date(2025, 9, 24)
    assert numbers(people["group"], day) == {"returned": (1, 0, 1)}
    assert numbers(people["dyeworks_hr"], day) == {"returned": (1, 0, 0)}
    assert numbers(people["port_hr"], day) == {}


def test_the_steps_of_the_ladder_are_the_citys(waiting, people):
    waiting("安示例", date(2025, 9, 8))
    with on(date(2025, 9, 1)):
        set_value("escalate_second", date(2025, 9, 1), 0, source="示例文件", actor=people["sysadmin"])
        set_value("escalate_third", date(2025, 9, 1), 1, source="示例文件", actor=people["sysadmin"])
    assert numbers(people["huancui_clerk"], date(2025, 9, 22)) == {}
    assert numbers(people["huancui_clerk"], date(2025, 9, 23)) == {"assigned": (0, 0, 1)}
    assert numbers(people["watchdog"], date(2025, 9, 23)) == {}
    assert numbers(people["watchdog"], date(2025, 9, 24)) == {"assigned": (0, 0, 1)}


def test_the_filter_and_the_days_late_agree_on_every_day(waiting, people):
    for number in range(10):
        waiting(f"示例{number}", date(2025, 9, 8) + timedelta(days=number))
    kind, seen = KINDS["assigned"], set()
    for ahead in range(0, 60, 2):
        with on(date(2025, 9, 18) + timedelta(days=ahead)):
            look = Look()
            late = {case.pk: deadlines.days_late(case, look.terms) for case in Case.objects.all()}
            for who, limit in (("huancui_clerk", 5), ("watchdog", 15)):
                rows = rows_of(kind, people[who], ESCALATED, look)
                assert set(rows.values_list("pk", flat=True)) == {pk for pk, days in late.items() if days > limit}
                seen.add(rows.count())
    assert len(seen) > 5


def test_the_office_of_the_leading_group_presses_from_the_list(waiting, client_of):
    waiting("安示例", date(2025, 9, 8))
    client = client_of("watchdog")
    with on(date(2025, 11, 3)):
        page = client.get(reverse(DUE), UP)
        line = page.context["lines"][0]
        there = client.get(line["list_url"])
    assert "到逾期清单督办" in page.content.decode()
    assert there.context["list"].count == 1
    assert reverse("handover:notice_people") in there.content.decode()


# --- the page


def test_the_most_urgent_stand_first_over_all_kinds_and_pages(scene, client_of, people, waiting):
    for number in range(30):
        waiting(f"示例{number}", date(2026, 3, 2) + timedelta(days=number))
    client, shown = client_of("watchdog"), []
    with on(date(2027, 6, 1)):
        total = client.get(reverse(DUE), UP).context["list"].count
        for page in range(1, 9):
            answer = client.get(reverse(DUE), {**UP, "page": page}).context["list"]
            if answer.page.number == page:
                shown += [row.object for row in answer.rows]
    assert len(shown) == len({one.pk for one in shown}) == total > 30
    days = [one.last_day for one in shown]
    assert days == sorted(days)


def test_the_page_costs_the_same_for_one_row_as_for_twenty_one(waiting, client_of):
    def cost(who):
        client = client_of(who)
        with on(date(2025, 12, 1)):
            client.get("/")
            with CaptureQueriesContext(connection) as captured:
                page = client.get(reverse(DUE), UP if who == "watchdog" else {})
        return page.context["list"].count, len(captured)

    waiting("安示例", date(2025, 9, 8))
    few = {who: cost(who) for who in ("zhudao_clerk", "watchdog")}
    for number in range(20):
        waiting(f"示例{number}", date(2025, 9, 8))
    many = {who: cost(who) for who in ("zhudao_clerk", "watchdog")}
    assert {count for count, _ in few.values()} == {1}
    assert {count for count, _ in many.values()} == {21}
    assert {who: queries for who, (_, queries) in few.items()} == {who: queries for who, (_, queries) in many.items()}
    assert all(queries < 130 for _, queries in many.values())
