"""Out-of-pool money in the browser: what cannot be done is said first, then deciding, steps, sums, forecasts."""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from audit.models import Operation, SecurityEvent
from audit.operations import operation
from benefits import clause
from benefits.decision import ROWS, Outcome
from benefits.models import LifeExpectancy, OutOfPoolItem, Settlement, TaperingPlan, Treatment, TreatmentPaper
from benefits.path import PATHS, is_of
from benefits.services import settling
from benefits.treatment_states import MACHINE
from benefits.views.overview import FIGURES
from retirees.models import Retiree
from tests import scene as scenes
from tests.handover.pages.reading import form_of, shown
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


PROOF = {"proof": "示例函〔2026〕1号", "proof_on": "2026-01-05"}


def ticked(*rows, **given):
    return {"id": [str(row.pk) for row in rows], "seen": str(len(rows)), "key": str(new_id()), **given}


def page(client, name, *args, **query):
    return client.get(reverse(f"benefits:{name}", args=args), query)


def send(client, name, data, *args, query=""):
    return client.post(reverse(f"benefits:{name}", args=args) + query, {"key": str(new_id()), **data})


# --- entering: the clause refuses


def test_a_new_item_is_refused_with_the_clause_and_the_form_stays_filled(client_of, town, make_person, given):
    person = make_person(town.mill, "安示例", retired_on=date(2018, 5, 31))
    data = given(since="2021-05-01", rate="88.00")
    answer = send(client_of("mill_hr"), "add", data, person.pk)
    assert answer.status_code == 200
    assert "不再新增统筹外项目" in shown(answer)
    assert "二(六)" in shown(answer)
    assert 'value="88.00"' in shown(answer)
    assert not OutOfPoolItem.objects.exists()


def test_a_higher_rate_is_refused_until_it_has_the_number_of_an_approval(client_of, item_of):
    item, client = item_of(), client_of("mill_hr")
    url = reverse("benefits:change", args=[item.pk])
    data = form_of(client, url) | {"rate": "1200.00", "reason": "示例理由"}
    assert "原则上不再提高发放标准" in shown(client.post(url, data))
    done = client.post(url, data | {"raise_approval": "示例批〔2026〕1号", "key": str(new_id())})
    assert done.status_code == 302
    item.refresh_from_db()
    assert (item.rate, item.raise_approval) == (Decimal("1200.00"), "示例批〔2026〕1号")


def test_a_form_that_somebody_else_overtook_is_not_saved(client_of, item_of):
    item, client = item_of(), client_of("mill_hr")
    url = reverse("benefits:change", args=[item.pk])
    early = form_of(client, url) | {"reason": "示例理由", "payer": "示例渠道一"}
    assert client.post(url, form_of(client, url) | {"reason": "示例理由", "payer": "示例渠道二"}).status_code == 302
    assert "刚被他人修改" in shown(client.post(url, early))
    assert client.post(url, early | {"version": "示例"}).status_code == 200
    item.refresh_from_db()
    assert item.payer == "示例渠道二"


def test_an_item_goes_in_is_changed_and_is_taken_back_by_its_pages(client_of, town, make_person, given):
    person, client = make_person(town.mill, "安示例", retired_on=date(2018, 5, 31)), client_of("mill_hr")
    data = given(times="", met_old_rules="on", since="2018-11-01")
    answer = send(client, "add", data, person.pk)
    item = OutOfPoolItem.objects.get()
    assert answer.url == reverse("benefits:item", args=[item.pk])
    assert "移去" in shown(client.get(answer.url))
    assert send(client, "remove", {"reason": "示例误录"}, item.pk).url == reverse("benefits:person", args=[person.pk])
    assert not OutOfPoolItem.objects.exists()


# --- deciding


def test_all_undecided_items_are_decided_after_a_preview_by_rule(client_of, item_of):
    one, two = item_of(), item_of("白示例", met_old_rules=False)
    client = client_of("mill_hr")
    text = shown(page(client, "items"))
    assert "判定全部（2 项）" in text
    everything = {"all_matching": "1", "seen": "2"}
    preview = send(client, "item_bulk", everything, query="?state=none")
    assert not Treatment.objects.exists()
    assert [row[:4] for row in preview.context["summary"].rows] == [
        ("第 5 行", Outcome.CLEAN_UP.label, 1, 1),
        ("第 6 行", Outcome.PROVISION.label, 1, 1),
    ]
    done = send(client, "item_bulk", everything | {"confirm": "1"}, query="?state=none")
    told = client.get(done.url)
    assert told.context["summary"].rows == preview.context["summary"].rows
    assert told.context["outcome"].moved == 2
    assert {row.pk: row.rule for row in Treatment.objects.all()} == {one.pk: 6, two.pk: 5}
    assert Operation.objects.filter(kind="treatment.decide").count() == 1
    assert "判定全部" not in shown(page(client, "items"))


def test_what_is_decided_already_says_so_beside_its_button(client_of, item_of, decided, take):
    one = take(decided(item_of()), "confirm")
    client = client_of("mill_hr")
    text = shown(page(client, "item", one.pk))
    assert "暂不能办理" in text
    assert "请先撤回决定" in text
    send(client, "decide", {}, one.pk)
    assert "没有重新判定" in shown(page(client, "item", one.pk))


def test_the_page_of_a_treatment_lays_its_reasons_beside_the_clause(client_of, item_of, decided):
    one = decided(item_of(special_groups=["work_injury"]))
    answer = page(client_of("mill_hr"), "treatment", one.pk)
    text = shown(answer)
    assert one.row.says in text
    assert "工伤残疾" in text
    assert [line.label for line in answer.context["inputs"] if line.decisive] == ["弱势群体"]
    assert len(answer.context["inputs"]) == 8
    assert len(answer.context["choices"]) == len(one.choices)
    assert all(line.source for line in [*answer.context["inputs"], *answer.context["choices"]])


def test_the_table_stands_beside_the_text_of_the_clause_for_everybody_who_sees_treatments(client_of):
    for who in ("mill_hr", "approver", "watchdog"):
        answer = page(client_of(who), "table")
        text = shown(answer)
        assert all(paragraph in text for paragraph in clause.PARAGRAPHS)
        assert [one["row"] for one in answer.context["rows"]] == list(ROWS)


def test_the_text_of_the_clause_is_that_of_the_document():
    told = Path(__file__).with_name("clause.txt").read_text()
    assert all(paragraph in told for paragraph in clause.PARAGRAPHS)


# --- steps


def test_the_competent_body_sees_what_it_needs_and_nothing_before_it_is_asked(client_of, item_of, decided, take):
    one = decided(item_of(special_groups=["work_injury"], basis="示例内部依据"))
    approver = client_of("approver")
    assert page(approver, "treatment", one.pk).status_code == 404
    assert page(approver, "treatments").context["list"].count == 0
    take(one, "ask_approval")
    text = shown(page(approver, "treatment", one.pk))
    assert "安示例" in text
    assert "工伤残疾" in text
    assert one.retiree.id_number not in text
    assert "示例内部依据" not in text
    for name in ("items", "people", "overview", "what_if", "budget", "plans"):
        assert page(approver, name).status_code == 403
    for name, pk in (("item", one.pk), ("person", one.retiree_id)):
        assert page(approver, name, pk).status_code == 404


def test_many_are_agreed_to_with_one_number_and_day(client_of, item_of, decided, take):
    rows = decided(*[item_of(name, special_groups=["work_injury"]) for name in ("安示例", "白示例")])
    for row in rows:
        take(row, "ask_approval")
    client, query = client_of("approver"), "?state=with_approver"
    assert "同意保留" in shown(page(client, "treatments", state="with_approver"))
    data = ticked(*rows, step="approve", confirm="1")
    assert "没有办理" in shown(send(client, "bulk", data, query=query)) or not Treatment.objects.filter(
        state="in_force"
    )
    done = send(client, "bulk", data | PROOF, query=query)
    assert client.get(done.url).context["outcome"].moved == 2
    assert set(Treatment.objects.values_list("state", "proof")) == {("in_force", PROOF["proof"])}


def test_steps_of_other_outcomes_are_no_buttons_and_blocked_ones_say_why(client_of, item_of, decided):
    one = decided(item_of(lump_agreed=True))
    answer = page(client_of("mill_hr"), "treatment", one.pk)
    labels = {action["label"]: action["reasons"] for action in answer.context["actions"]}
    assert set(labels) == {"提交本人签字", "撤销登记"}
    assert "还没有核算" in labels["提交本人签字"][0]


def test_the_steps_of_an_outcome_are_those_that_nothing_in_the_machine_blocks():
    for outcome in PATHS:
        for step in MACHINE.steps:
            of_others = [
                blocker for blocker in step.blockers if "下一步" in blocker.sentence or "不能直接" in blocker.sentence
            ]
            may = not any(excluded(blocker, outcome) for blocker in of_others)
            assert is_of(step.name, outcome) <= may, (step.name, outcome)


def excluded(blocker, outcome):
    """A blocker of `only(…)`: not one of the outcomes that it names."""
    ((_, allowed),) = blocker.condition.children
    return outcome not in allowed


def test_the_city_office_sees_all_and_acts_in_nothing(client_of, item_of, decided):
    one = decided(item_of())
    client = client_of("watchdog")
    assert page(client, "treatment", one.pk).context["actions"] == []
    assert page(client, "items").context["bulk"] == []
    assert send(client, "item_bulk", ticked(one, confirm="1")).status_code == 403
    assert send(client, "decide", {}, one.pk).status_code == 403


# --- what is paid once


def test_chosen_people_are_reckoned_on_a_day_and_the_page_prints_what_leads_to_the_amount(
    client_of, item_of, decided, lived
):
    one = decided(item_of(lump_agreed=True, rate=Decimal("200.00"), period="monthly", born_on=date(1950, 3, 8)))
    client = client_of("mill_hr")
    assert page(client, "people", lump="unsettled").context["list"].count == 1
    person = one.retiree
    done = send(client, "settle", ticked(person, confirm="1", settled_on="2026-03-08"))
    assert client.get(done.url).context["outcome"].moved == 1
    reckoned = Settlement.objects.get()
    # 81 years are 972 months; he is 912 months old: 60 months of 2,400.00 a year.
    assert reckoned.amount == Decimal("12000.00")
    answer = page(client, "settlement", reckoned.pk)
    assert all(line in shown(answer) for line in settling.example(reckoned).ending)
    assert "壹万贰仟元整" in shown(answer)
    assert page(client, "people", lump="unsettled").context["list"].count == 0
    assert page(client, "people", lump="settled").context["list"].count == 1


def test_without_a_life_expectancy_nothing_is_reckoned_and_it_is_said_who_sets_it(client_of, item_of, decided):
    one = decided(item_of(lump_agreed=True))
    answer = client_of("mill_hr").post(
        reverse("benefits:settle"), ticked(one.retiree, confirm="1", settled_on=str(clock.today()))
    )
    assert "系统管理员" in shown(answer)
    assert not Settlement.objects.exists()


def test_a_reckoning_that_is_replaced_makes_no_paper_and_stays_on_the_page(client_of, item_of, decided, settled):
    one = decided(item_of(lump_agreed=True))
    first = settled(one, date(2026, 1, 5))
    second = settled(one)
    client = client_of("mill_hr")
    assert first.number in shown(page(client, "settlement", second.pk))
    first.refresh_from_db()
    send(client, "settlement_make", {}, first.pk, "reckoning")
    assert not first.papers.exists()
    send(client, "settlement_make", {}, second.pk, "reckoning")
    send(client, "settlement_make", {}, second.pk, "agreement")
    assert {paper.kind for paper in second.papers.all()} == {"reckoning", "agreement"}
    paper = second.papers.get(kind="reckoning")
    assert page(client, "settlement_paper", paper.pk).status_code == 200
    told = json.loads(paper.content)
    products = [Decimal(row["product"].replace(",", "")) for row in told["rows"]]
    again = (sum(products) / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert f"{again:,.2f}" == told["amount"] == f"{second.amount:,.2f}"
    assert SecurityEvent.objects.filter(kind="download").exists()


def test_a_proof_is_brought_only_where_the_table_asks_for_it(client_of, item_of, decided):
    one = decided(item_of(special_groups=["work_injury"]))
    offered = page(client_of("mill_hr"), "treatment", one.pk).context["papers"]["offers"]
    assert [offer["label"] for offer in offered] == ["上传主管部门意见", "上传批准文件"]
    assert not TreatmentPaper.objects.exists()


# --- forecasts, settings, overview


def test_a_forecast_says_what_each_assumption_costs_and_writes_nothing(client_of, item_of, lived, town):
    item_of(rate=Decimal("100.00"), period="monthly", born_on=date(1956, 11, 23))
    client = client_of("mill_hr")
    none = page(client, "what_if", enterprise=town.mill.code, lump="0").context["found"]
    lump = page(client, "what_if", enterprise=town.mill.code, lump="1").context["found"]
    assert (none.once, lump.provision) == (0, 0)
    assert none.provision == lump.once > 0
    longer = page(client, "what_if", enterprise=town.mill.code, lump="1", years="90").context["found"]
    assert longer.once > lump.once
    assert page(client, "what_if", enterprise=town.port.code).context["found"] is None
    assert not Treatment.objects.exists()


def test_ten_years_are_listed_and_go_out_as_a_workbook(client_of, item_of, decided, lived, town):
    decided(item_of())
    client, query = client_of("mill_hr"), {"enterprise": town.mill.code, "first_year": "2027"}
    answer = page(client, "budget", **query)
    assert [year for year, *_ in answer.context["years"]] == list(range(2027, 2037))
    assert page(client, "budget_workbook", **query).status_code == 200
    assert page(client, "budget_workbook", enterprise=town.port.code, first_year="2027").status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"years": "4"}, "过渡期原则上不超过3年"), ({"second_percent": "80"}, "只降不升"), ({"document": ""}, "必填")],
)
def test_a_plan_against_the_clause_is_refused_with_its_words(client_of, town, changes, words):
    data = {"enterprise": town.mill.pk, "first_day": "2021-01-01", "years": "2", "document": "示例〔2021〕1号"}
    answer = send(client_of("mill_hr"), "set_plan", data | {"first_percent": "75", "second_percent": "50"} | changes)
    assert answer.status_code == 200
    assert words in shown(answer) or answer.context["form"].errors
    assert not TaperingPlan.objects.exists()


def test_a_plan_and_a_life_expectancy_are_set_by_those_whose_they_are(client_of, town):
    data = {"enterprise": town.mill.pk, "first_day": "2021-01-01", "years": "2", "document": "示例〔2021〕1号"}
    send(client_of("mill_hr"), "set_plan", data | {"first_percent": "75", "second_percent": "50"})
    assert "示例〔2021〕1号" in shown(page(client_of("mill_hr"), "plans"))
    sysadmin = client_of("sysadmin")
    value = {"since": "2026-01-01", "years": "79.53", "year": "2024", "source": "示例统计公报"}
    assert send(sysadmin, "expectancy", value).status_code == 302
    assert LifeExpectancy.objects.get().years == Decimal("79.53")
    assert "79.53" in shown(page(sysadmin, "expectancy"))


def test_every_number_of_the_overview_is_a_list_with_that_many_rows(
    client_of, item_of, decided, take, settled, town, lived
):
    item_of(name="甲示例")
    take(decided(item_of("乙示例", met_old_rules=False)), "confirm")
    lump = decided(item_of("丙示例", lump_agreed=True))
    settled(lump)
    for step in ("offer", "sign", "pay"):
        lump = take(lump, step)
    provided = take(decided(item_of("丁示例")), "confirm")
    take(provided, "put_in_force")
    item_of("戊示例", place=town.port, hr="port_hr")
    client = client_of("watchdog")
    answer = page(client, "overview")
    rows = {row["enterprise"]: row for row in answer.context["rows"]}
    assert [number for number, _ in rows[town.mill]["cells"]] == [4, 4, 3, 2, 1, 1]
    assert [number for number, _ in rows[town.port]["cells"]] == [1, 1, 0, 0, 0, 0]
    for row in (*rows.values(), answer.context["total"]):
        for name, (number, url) in zip(FIGURES, row["cells"], strict=True):
            if url:
                assert client.get(url).context["list"].count == number, name


def test_the_tiles_of_the_workbench_count_their_lists(client_of, item_of, decided, take):
    item_of("甲示例")
    decided(item_of("乙示例"))
    take(decided(item_of("丙示例")), "confirm")
    take(decided(item_of("丁示例", special_groups=["work_injury"])), "ask_approval")
    for who, expected in (
        ("mill_hr", {"统筹外费用待判定": 1, "统筹外费用待决定": 1, "统筹外费用待落实": 1, "一次性支付待本人签字": 0}),
        ("approver", {"统筹外费用待同意": 1}),
    ):
        client = client_of(who)
        tiles = {one.label: one for one in client.get(reverse("oversight:workbench")).context["tiles"]}
        for label, count in expected.items():
            assert tiles[label].count == count
            assert client.get(tiles[label].url).context["list"].count == count


# --- the person's page


def test_the_person_page_tells_of_money_to_those_with_the_duty_alone(client_of, scene):
    person, told = scene.people["安"], "统筹外费用"
    mine = shown(client_of("mill_hr").get(reverse("handover:person", args=[person.pk])))
    assert reverse("benefits:person", args=[person.pk]) in mine
    assert "统筹外费用（取暖补贴）" in mine
    street = client_of("zhudao_clerk").get(reverse("handover:person", args=[person.pk]))
    assert street.status_code == 200
    assert told not in shown(street)
    assert page(client_of("zhudao_clerk"), "person", person.pk).status_code == 404


def test_a_page_of_a_person_shows_his_items_sums_and_story(client_of, item_of, decided, settled):
    one = decided(item_of(lump_agreed=True))
    settled(one)
    answer = page(client_of("mill_hr"), "person", one.retiree_id)
    text = shown(answer)
    assert Settlement.objects.get().number in text
    assert "录入统筹外项目" in text
    assert "按判定表第 7 行判定" in text
    with operation("test.arrange", actor=answer.wsgi_request.user) as act:
        act.change(Retiree, [one.retiree_id], survival="deceased")
    assert page(client_of("mill_hr"), "person", one.retiree_id).status_code == 200
