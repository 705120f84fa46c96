"""Whom a supplementary plan covers: in bulk, from a workbook, until a death or a decision."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import Workbook

from audit.operations import operation
from benefits.models import SupplementaryCover
from benefits.services import covering, supplementary
from benefits.standing import covers_of
from handover.services import record_death, take
from tests.cast import id_number
from tracks.advancing import NOT_YOURS, UNSEEN
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
DECISION = {"decided_by": "示例主管部门", "decision_number": "示例〔2026〕1号"}


@pytest.fixture
def three(town, make_person):
    return [make_person(town.mill, name) for name in ("安示例", "白示例")] + [make_person(town.dyeworks, "于示例")]


def ids(*rows):
    return [row.pk for row in rows]


def test_foreign_dead_and_covered_people_are_refused_each_with_its_sentence(
    three, town, make_person, people, supplementary_plan, cover
):
    foreign, dead = make_person(town.port, "崔示例"), make_person(town.mill, "亡示例")
    record_death(dead, date(2024, 8, 1), actor=people["mill_hr"], reason="示例")
    assert cover(three[0]).moved == ids(three[0])
    outcome = cover(*three, foreign, dead)
    assert outcome.moved == ids(*three[1:])
    assert outcome.refused == {three[0].pk: covering.COVERED, foreign.pk: UNSEEN, dead.pk: covering.DEAD}


def test_a_plan_of_a_subsidiary_covers_nobody_above_it(three, town, people):
    about = {"since": date(2020, 1, 1), "level": {"amount": Decimal(1), "percent": None, "document": "示例"}}
    plan = supplementary.open_plan(town.dyeworks, kind="mutual", name="示例互助", actor=people["group"], **about)
    outcome = covering.cover(plan, ids(*three), since=plan.since, actor=people["group"])
    assert outcome.moved == ids(three[2])
    assert set(outcome.refused.values()) == {covering.ELSEWHERE}


def test_the_city_sees_and_enters_nobody(three, people, supplementary_plan):
    outcome = covering.cover(supplementary_plan, ids(three[0]), since=date(2020, 1, 1), actor=people["watchdog"])
    assert outcome.refused == {three[0].pk: NOT_YOURS}


def test_hundreds_cost_as_many_queries_as_two(
    town, people, supplementary_plan, cover, make_person, django_assert_max_num_queries
):
    costs, _ = [], cover(make_person(town.mill, "先示例"))
    for count in (2, 40):
        rows = [make_person(town.mill, f"第{number}示例") for number in range(count)]
        with django_assert_max_num_queries(25) as counted:
            assert len(cover(*rows).moved) == count
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_being_handed_over_ends_nothing(retirees, town, people):
    about = {"since": date(2020, 1, 1), "level": {"amount": None, "percent": Decimal(70), "document": "示例"}}
    plan = supplementary.open_plan(town.port, kind="mutual", name="示例互助", actor=people["port_hr"], **about)
    covering.cover(plan, ids(retirees["丁"]), since=plan.since, actor=people["port_hr"])
    take(
        "contact",
        ids(retirees["丁"]),
        actor=people["jingyuan_clerk"],
        values={"contact_card": "示例", "contacted_on": clock.today()},
    )
    assert SupplementaryCover.objects.get().ended_on is None
    [shown] = covers_of(retirees["丁"].pk, people["port_hr"])
    assert "仍按原渠道解决" in shown["sentence"]
    assert (shown["channel"], str(shown["level"])) == ("示例港务公司", "报销比例 70%")
    assert covers_of(retirees["丁"].pk, people["jingyuan_clerk"]) == []


def test_a_closing_ends_no_cover(three, people, cover):
    cover(three[0])
    take("ask_closing", ids(three[0]), actor=people["mill_hr"], reason_code="out_of_scope", reason="示例")
    take("confirm_closing", ids(three[0]), actor=people["watchdog"])
    assert SupplementaryCover.objects.get().ended_on is None


def test_a_death_ends_the_cover_on_its_day(three, people, cover):
    cover(*three)
    record_death(three[0], date(2024, 8, 1), actor=people["mill_hr"], reason="示例：家属告知")
    ended = SupplementaryCover.objects.get(retiree=three[0])
    assert (ended.ended_on, ended.ended_why) == (date(2024, 8, 1), "death")
    assert SupplementaryCover.objects.standing().count() == 2


@pytest.mark.parametrize("missing", DECISION)
def test_a_cover_is_not_ended_without_a_decision(missing, three, people, cover):
    cover(three[0])
    with pytest.raises(Refused, match="仍按原渠道解决"):
        covering.end(
            ids(SupplementaryCover.objects.get()),
            ended_on=clock.today(),
            actor=people["mill_hr"],
            **{**DECISION, missing: " "},
        )


def test_a_decision_ends_covers_in_bulk(three, people, cover):
    cover(*three)
    rows = ids(*SupplementaryCover.objects.all())
    today = clock.today()
    assert covering.end(rows, ended_on=today, actor=people["watchdog"], **DECISION).refused == dict.fromkeys(
        rows, NOT_YOURS
    )
    assert covering.end(rows, ended_on=today, actor=people["port_hr"], **DECISION).refused == dict.fromkeys(
        rows, UNSEEN
    )
    early = covering.end(rows, ended_on=date(2019, 1, 1), actor=people["mill_hr"], **DECISION)
    assert len(early.refused) == 3
    with pytest.raises(Refused, match="晚于今天"):
        covering.end(rows, ended_on=today + timedelta(days=1), actor=people["mill_hr"], **DECISION)
    assert len(covering.end(rows, ended_on=today, actor=people["mill_hr"], **DECISION).moved) == 3
    again = covering.end(rows, ended_on=today, actor=people["mill_hr"], **DECISION)
    assert set(again.refused.values()) == {covering.OVER}
    # Whoever was ended may be entered anew.
    assert len(cover(*three).moved) == 3


def test_the_database_ends_a_cover_by_death_or_decision_alone(three, people, cover):
    cover(three[0])
    pk = SupplementaryCover.objects.get().pk
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["mill_hr"]) as act:
        act.change(SupplementaryCover, [pk], ended_on=clock.today(), ended_why="decision")


# --- a workbook in


def workbook(*rows, headings=("序号", "姓名", "单位", "身份证号码")):
    book = Workbook()
    book.active.append(["示例名单"])
    book.active.append(list(headings))
    for row in rows:
        book.active.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("示例名单.xlsx", stream.getvalue())


def send(client, plan, file):
    url = reverse("benefits:import_covers", args=[plan.pk])
    return client.post(url, {"key": new_id(), "since": "2021-01-01", "file": file}, follow=True)


def test_all_faults_of_a_workbook_are_told_by_cell_and_nothing_is_taken(
    three, town, make_person, people, supplementary_plan, client_of
):
    dead = make_person(town.mill, "亡示例")
    record_death(dead, date(2024, 8, 1), actor=people["mill_hr"], reason="示例")
    rows = [
        (1, three[0].name, "示例", three[0].id_number),
        (2, "", "示例", three[1].id_number),
        (3, "错示例", "示例", three[0].id_number[:-1]),
        (4, "重示例", "示例", three[0].id_number),
    ]
    answer = send(client_of("mill_hr"), supplementary_plan, workbook(*rows))
    text = answer.content.decode()
    assert answer.status_code == 422
    for cell, words in (("B4", "姓名没有填写"), ("D5", "身份证号码"), ("D6", "与第 3 行身份证号码相同")):
        assert cell in text
        assert words in text
    unknown = [
        (1, "无示例", "", id_number(900)),
        (2, "名示例", "", three[1].id_number),
        (3, "亡示例", "", dead.id_number),
    ]
    text = send(client_of("mill_hr"), supplementary_plan, workbook(*unknown)).content.decode()
    for words in ("本企业没有这个身份证号码", "姓名与系统登记的不一致", "已去世"):
        assert words in text
    assert not any(one.id_number in text for one in (*three, dead))
    assert not SupplementaryCover.objects.exists()


def test_a_workbook_without_the_two_columns_says_so(supplementary_plan, client_of):
    text = send(client_of("mill_hr"), supplementary_plan, workbook(headings=("编号", "名称"))).content.decode()
    assert "没有同时找到“姓名”和“身份证号码”两列" in text


def test_the_same_workbook_again_adds_nobody(three, supplementary_plan, client_of):
    rows = [(at, one.name, "", one.id_number) for at, one in enumerate(three, 1)]
    client = client_of("mill_hr")
    assert "已列入 3 人" in send(client, supplementary_plan, workbook(*rows)).content.decode()
    assert "另有 3 人已在名单中" in send(client, supplementary_plan, workbook(*rows)).content.decode()
    assert SupplementaryCover.objects.count() == 3


def test_a_foreign_person_is_as_good_as_unknown(town, make_person, supplementary_plan, client_of):
    foreign = make_person(town.port, "崔示例")
    rows = [(1, foreign.name, "", foreign.id_number)]
    assert (
        "本企业没有这个身份证号码" in send(client_of("mill_hr"), supplementary_plan, workbook(*rows)).content.decode()
    )


# --- in the browser


def test_all_who_match_are_entered_and_ended_from_the_lists(three, supplementary_plan, client_of):
    client = client_of("mill_hr")
    asked = f"?plan={supplementary_plan.pk}"
    page = client.get(reverse("benefits:candidates") + asked)
    assert page.context["list"].count == 3
    given = {"all_matching": "1", "seen": "3", "step": "add", "key": new_id(), "since": "2021-01-01", "confirm": "1"}
    done = client.post(reverse("benefits:candidate_bulk") + asked, given, follow=True).content.decode()
    assert "已办理 <b>3</b> 人" in done
    assert client.get(reverse("benefits:candidates") + asked).context["list"].count == 0
    chosen = str(SupplementaryCover.objects.get(retiree=three[0]).pk)
    preview = client.post(reverse("benefits:cover_bulk"), {"id": [chosen], "seen": "1", "step": "end"})
    assert "移交不终止待遇" in preview.content.decode()
    given = {"id": [chosen], "seen": "1", "key": new_id(), "ended_on": "2026-01-01", "confirm": "1", **DECISION}
    client.post(reverse("benefits:cover_bulk"), given)
    assert SupplementaryCover.objects.standing().count() == 2
    page = client.get(reverse("benefits:covers"), {"standing": "over"})
    assert page.context["list"].count == 1
    text = client.get(reverse("benefits:cover", args=[chosen])).content.decode()
    assert "依决定终止" in text
    assert "示例〔2026〕1号" in text


def test_a_fall_in_the_browser_keeps_the_form_filled_and_says_the_clause(supplementary_plan, client_of):
    client, url = client_of("mill_hr"), reverse("benefits:supplementary_level", args=[supplementary_plan.pk])
    given = {"key": new_id(), "since": "2025-01-01", "amount": "900", "percent": "80", "document": "示例文件3号"}
    text = client.post(url, given).content.decode()
    assert "确保待遇水平不降低" in text
    assert "示例文件3号" in text
    decided = {"decided_by": "示例主管部门", "decision_number": "示例1号", "decided_on": "2024-12-01"}
    file = SimpleUploadedFile("示例.pdf", b"%PDF-1.4 x %%EOF")
    page = client.post(url, {**given, "key": new_id(), **decided, "file": file}, follow=True).content.decode()
    assert "900.00 元" in page
    assert "待遇调整决定" in page


def test_the_plan_in_the_address_must_be_ones_own(three, supplementary_plan, client_of):
    asked = f"?plan={supplementary_plan.pk}"
    for address in ("benefits:candidates", "benefits:candidate_bulk"):
        url = reverse(address) + asked
        answers = {
            who: client_of(who).post(url).status_code if "bulk" in address else client_of(who).get(url).status_code
            for who in ("port_hr", "dyeworks_hr", "watchdog", "huancui_clerk")
        }
        assert answers == {"port_hr": 404, "dyeworks_hr": 404, "watchdog": 403, "huancui_clerk": 403}
    assert client_of("mill_hr").get(reverse("benefits:candidates") + "?plan=x").status_code == 404
