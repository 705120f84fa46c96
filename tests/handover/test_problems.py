"""A problem travels from whoever meets it to whoever can solve it, and back; nobody else reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from handover.models import Problem, ProblemAnswer
from handover.problems.due import late_problems
from handover.services import problems
from handover.states.problems import MACHINE, State
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

TEXT = "示例：老人独居，登记地址无人居住。"
WHY = {"reason": "示例：只答复了政策，没有解决"}


@pytest.fixture
def raised(retirees, people):
    """By 竹岛街道, about 安."""
    subject = {"retiree": retirees["安"], "about": "case"}
    return problems.raise_problem(
        title="示例事由", kind="contact", text=TEXT, subject=subject, actor=people["zhudao_clerk"]
    )


@pytest.fixture
def given(raised, town, people):
    """To 市民政局."""
    problems.take("assign", [raised.pk], actor=people["watchdog"], values={"to": town.civil_bureau})
    raised.refresh_from_db()
    return raised


@pytest.fixture
def answered(given, people):
    problems.take("answer", [given.pk], actor=people["member"], values={"text": "示例：已安排走访"})
    given.refresh_from_db()
    return given


def now(problem):
    return Problem.objects.get(pk=problem.pk)


# --- what is refused


def test_a_problem_without_words_is_not_raised(people):
    with pytest.raises(Refused, match="没有写明"):
        problems.raise_problem(title="示例", kind="contact", text="  ", actor=people["zhudao_clerk"])
    assert not Problem.objects.exists()


@pytest.mark.parametrize("who", ["watchdog", "auditor", "nobody", "member"])
def test_whoever_acts_for_no_place_that_meets_problems_raises_none(who, people, client_of):
    assert client_of(who).get(reverse("handover:problem_raise")).status_code == 403
    with pytest.raises(Refused):
        problems.raise_problem(title="示例", kind="contact", text=TEXT, actor=people[who])


def test_a_street_is_given_no_problem(raised, town, people):
    with pytest.raises(Refused, match="承办单位"):
        problems.take("assign", [raised.pk], actor=people["watchdog"], values={"to": town.zhudao})
    assert now(raised).state == State.RAISED


def test_a_day_that_is_over_is_no_term(raised, town, people):
    values = {"to": town.civil_bureau, "due_on": timezone.localdate() - timedelta(days=1)}
    with pytest.raises(Refused, match="早于今天"):
        problems.take("assign", [raised.pk], actor=people["watchdog"], values=values)


def test_an_empty_answer_is_none(given, people):
    with pytest.raises(Refused, match="没有填写答复"):
        problems.take("answer", [given.pk], actor=people["member"], values={"text": " "})


def test_another_unit_neither_sees_nor_answers(given, people, client_of):
    assert not Problem.objects.visible_to(people["finance"]).exists()
    outcome = problems.take("answer", [given.pk], actor=people["approver"], values={"text": "示例"})
    assert not outcome.moved
    assert client_of("port_hr").get(reverse("handover:problem", args=[given.pk])).status_code == 404


def test_the_raiser_goes_to_the_leading_group_only_past_the_day(given, people):
    outcome = problems.take("appeal", [given.pk], actor=people["zhudao_clerk"], **WHY)
    assert "答复期限还没有到" in outcome.refused[given.pk]
    with clock.at(timezone.now() + timedelta(days=60)):
        problems.take("appeal", [given.pk], actor=people["zhudao_clerk"], **WHY)
    assert now(given).state == State.ESCALATED


# Decided by hand: who may take which step where it can be taken.
MAY = {
    "assign": {"watchdog"},
    "answer": {"member"},
    "hand_back": {"member"},
    "settle": {"zhudao_clerk", "huancui_clerk"},
    "reopen": {"zhudao_clerk", "huancui_clerk"},
    "appeal": {"zhudao_clerk", "huancui_clerk"},
    "escalate": {"watchdog"},
    "direct": {"watchdog"},
    "decide": {"watchdog"},
    "withdraw": {"zhudao_clerk", "huancui_clerk"},
}
BEFORE = {
    State.RAISED: (),
    State.ASSIGNED: (("assign", "watchdog"),),
    State.ANSWERED: (("assign", "watchdog"), ("answer", "member")),
    State.ESCALATED: (("assign", "watchdog"), ("answer", "member"), ("escalate", "watchdog")),
    State.SETTLED: (("assign", "watchdog"), ("answer", "member"), ("settle", "zhudao_clerk")),
    State.WITHDRAWN: (("withdraw", "zhudao_clerk"),),
}


def take(step, problem, who, town, people):
    values = {"to": town.civil_bureau, "text": "示例答复"}
    return problems.take(step, [problem.pk], actor=people[who], values=values, **WHY)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", MAY)
def test_each_step_from_each_state_by_each_person(step, state, raised, town, people):
    for before, who in BEFORE[state]:
        assert take(before, raised, who, town, people).moved
    for who in ("mill_hr", "zhudao_clerk", "huancui_clerk", "member", "finance", "watchdog"):
        outcome = problems.preview(step, [raised.pk], actor=people[who])
        possible = state in MACHINE[step].sources and not (step == "appeal" and state == State.ASSIGNED)
        # After it was withdrawn nobody is the unit any more; before it was assigned nobody is either.
        is_unit = who != "member" or state not in (State.RAISED, State.WITHDRAWN)
        assert bool(outcome.moved) == (possible and who in MAY[step] and is_unit), (step, state, who)


def test_the_table_of_steps_is_whole():
    assert set(MAY) == set(MACHINE.by_name)


# --- rounds


def test_a_second_round_is_another_answer_with_a_new_day(answered, people):
    problems.take("reopen", [answered.pk], actor=people["zhudao_clerk"], **WHY)
    again = now(answered)
    assert (again.state, again.round, again.unit) == (State.ASSIGNED, 2, answered.unit)
    problems.take("answer", [again.pk], actor=people["member"], values={"text": "示例：已解决"})
    problems.take("settle", [again.pk], actor=people["zhudao_clerk"])
    said = ProblemAnswer.objects.filter(problem=again).order_by("at")
    assert [(one.round, one.step, one.side) for one in said] == [
        (1, "answer", "市民政局"),
        (2, "reopen", "竹岛街道"),
        (2, "answer", "市民政局"),
    ]
    assert now(answered).state == State.SETTLED


def test_what_is_sent_back_is_nobodys_until_it_is_given_again(given, town, people):
    problems.take("hand_back", [given.pk], actor=people["member"], reason="示例：不属于本部门职责")
    assert (now(given).state, now(given).unit, now(given).due_on) == (State.RAISED, None, None)
    assert not Problem.objects.visible_to(people["member"]).exists()
    problems.take("assign", [given.pk], actor=people["watchdog"], values={"to": town.mill})
    assert now(given).given_to == town.mill
    assert Problem.objects.visible_to(people["mill_hr"]).exists()


def test_the_leading_group_gives_it_out_again_or_ends_it(answered, town, people):
    watchdog = people["watchdog"]
    problems.take("escalate", [answered.pk], actor=watchdog, **WHY)
    problems.take("direct", [answered.pk], actor=watchdog, values={"to": town.huancui}, reason="示例：由区里办理")
    assert (now(answered).unit, now(answered).round) == (town.huancui, 2)
    problems.take("escalate", [answered.pk], actor=watchdog, **WHY)
    problems.take("decide", [answered.pk], actor=watchdog, reason="示例：会议决定")
    assert now(answered).state == State.SETTLED


def test_many_are_given_out_for_the_queries_of_one(town, people, django_assert_max_num_queries):
    rows = [
        problems.raise_problem(title=f"示例{at}", kind="staff", text=TEXT, actor=people["zhudao_clerk"])
        for at in range(12)
    ]
    with django_assert_max_num_queries(30):
        done = problems.take(
            "assign", [row.pk for row in rows], actor=people["watchdog"], values={"to": town.civil_bureau}
        )
    assert len(done.moved) == 12


# --- terms


def test_what_nobody_gave_out_in_time_is_late_and_so_is_what_nobody_answered(raised, town, people, client_of):
    def late():
        page = client_of("watchdog").get(reverse("handover:problems"), {"overdue": "1"})
        return page.context["list"].count

    assert late() == 0
    with clock.at(timezone.now() + timedelta(days=15)):
        assert Problem.objects.filter(late_problems()).count() == 1
    problems.take("assign", [raised.pk], actor=people["watchdog"], values={"to": town.civil_bureau})
    assert Problem.objects.filter(late_problems()).count() == 0
    with clock.at(timezone.now() + timedelta(days=40)):
        assert Problem.objects.filter(late_problems()).count() == 1


# --- pages


def test_a_clerk_raises_a_problem_from_the_page_of_a_person(retirees, client_of):
    client = client_of("zhudao_clerk")
    person = client.get(reverse("handover:person", args=[retirees["安"].pk])).content.decode()
    url = f"{reverse('handover:problem_raise')}?retiree={retirees['安'].pk}&about=case"
    assert url.replace("&", "&amp;") in person
    data = {"key": new_id(), "title": "示例事由", "kind": "contact", "about": "case", "text": TEXT, "urgent": "on"}
    page = client.post(url, data, follow=True).content.decode()
    row = Problem.objects.get()
    assert (row.retiree, row.raised_office.name, row.urgent) == (retirees["安"], "竹岛街道", True)
    assert TEXT in page
    assert row.retiree.masked_id in page
    assert "问题 1 件" in client.get(reverse("handover:person", args=[retirees["安"].pk])).content.decode()


def test_about_a_foreign_person_nothing_is_raised_with_his_name(retirees, client_of):
    client = client_of("jingyuan_clerk")
    url = f"{reverse('handover:problem_raise')}?retiree={retirees['安'].pk}"
    assert retirees["安"].name not in client.get(url).content.decode()
    client.post(url, {"key": new_id(), "title": "示例", "kind": "contact", "text": TEXT})
    assert Problem.objects.get().retiree is None


def test_the_unit_reads_the_problem_and_not_the_page_of_the_person(answered, client_of):
    client = client_of("member")
    page = client.get(reverse("handover:problem", args=[answered.pk])).content.decode()
    person = reverse("handover:person", args=[answered.retiree_id])
    assert TEXT in page
    assert person not in page
    assert client.get(person).status_code == 404


def test_many_are_given_to_one_unit_from_the_list(raised, town, client_of):
    client = client_of("watchdog")
    data = {"step": "assign", "id": [str(raised.pk)], "seen": "1"}
    url = f"{reverse('handover:problem_bulk')}?state=raised"
    assert "可办理" in client.post(url, data).content.decode()
    confirmed = {
        **data,
        "confirm": "1",
        "key": new_id(),
        "to": f"office-{town.civil_bureau.pk}",
        "due_on": timezone.localdate() + timedelta(days=5),
    }
    assert client.post(url, confirmed).status_code == 302
    assert now(raised).unit == town.civil_bureau
