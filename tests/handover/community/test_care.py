"""The community's service: once a year everybody is confirmed, the vulnerable are visited, and notes stay where they were written."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.values import set_value
from handover.community import terms
from handover.models import Activity, Case, Confirmation, EligibilityCheck, ServiceRecord
from handover.services import care, record_death, relocations
from retirees.codes import Survival
from retirees.models import Retiree
from tests.handover.pages.reading import shown
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

ALIVE = {"way": "visit", "result": "alive", "contact": "correct"}
LOST = {"way": "visit", "result": "unreachable", "note": "示例：两次上门无人"}


@pytest.fixture
def person(case_in):
    return case_in("accepted").retiree


@pytest.fixture
def clerk(people):
    return people["zhudao_clerk"]


def today():
    return clock.today()


def confirm(person, actor, **given):
    return care.confirm([person.pk], actor=actor, given={"on": today(), **ALIVE, **given})


def test_whoever_does_not_see_the_person_confirms_nobody(person, people):
    outcome = confirm(person, people["jingyuan_clerk"])
    assert "查找不到" in outcome.refused[person.pk]
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("who", ["mill_hr", "huancui_clerk", "watchdog"])
def test_whoever_sees_him_without_receiving_him_has_no_duty_to_confirm(who, person, people):
    assert confirm(person, people[who]).forbidden == [person.pk]


def test_who_was_not_accepted_or_died_is_not_confirmed(case_in, person, clerk):
    waiting = case_in("assigned", name="等示例").retiree
    record_death(person, today(), actor=clerk, reason="示例：家属告知")
    outcome = care.confirm([waiting.pk, person.pk], actor=clerk, given={"on": today(), **ALIVE})
    assert set(outcome.refused.values()) == {care.NOT_LOOKED_AFTER}


def test_a_day_to_come_and_a_day_long_past_are_refused(person, clerk):
    for on in (today() + timedelta(days=1), date(today().year - 2, 12, 31)):
        with pytest.raises(Refused):
            confirm(person, clerk, on=on)


def test_the_same_person_is_confirmed_once_a_year(person, clerk):
    assert confirm(person, clerk).moved == [person.pk]
    assert "没有重复登记" in confirm(person, clerk).refused[person.pk]
    assert Confirmation.objects.get().office_id == Case.objects.get(pk=person.pk).office_id


def test_who_is_not_reached_stands_on_a_list_until_he_is_found(person, clerk):
    confirm(person, clerk, **LOST)
    assert Retiree.objects.get(pk=person.pk).survival == Survival.UNREACHABLE
    assert Confirmation.objects.get().note == LOST["note"]
    confirm(person, clerk, found=True)
    assert Retiree.objects.get(pk=person.pk).survival == Survival.ALIVE
    again = Confirmation.objects.get()
    assert (again.result, again.history.count()) == ("alive", 2)


def test_nobody_is_found_who_was_not_missed(person, clerk):
    assert "没有登记为联系不上" in confirm(person, clerk, found=True).refused[person.pk]


def test_contact_data_are_corrected_in_the_same_act(person, clerk):
    confirm(person, clerk, correct={"phone": "13900000099"})
    assert Retiree.objects.get(pk=person.pk).phone == "13900000099"
    assert Confirmation.objects.get().contact == "corrected"


def test_the_term_ends_with_the_month_that_the_city_has_set(person, clerk, people):
    assert terms.last_day_of(2026) == date(2026, 12, 31)
    set_value("confirm_month", date(2020, 1, 1), 6, source="示例通知", actor=people["sysadmin"])
    assert terms.last_day_of(2026) == date(2026, 6, 30)


def test_eligibility_is_recorded_once_a_year_and_may_change(person, clerk):
    given = {"on": today(), "way": "face", "result": "not_yet"}
    assert care.check([person.pk], actor=clerk, given=given).moved
    assert care.check([person.pk], actor=clerk, given=given).refused
    assert care.check([person.pk], actor=clerk, given={**given, "result": "passed"}).moved
    assert EligibilityCheck.objects.get().result == "passed"


def test_eighty_is_reckoned_on_the_day_whatever_the_roster_said(case_in):
    turned = today().replace(year=today().year - 80) if today().month != 2 else date(today().year - 80, 2, 1)
    old = case_in("accepted", name="老示例", born_on=turned)
    young = case_in("accepted", name="少示例", born_on=turned + timedelta(days=40), special_groups=["elderly"])
    alone = case_in("accepted", name="独示例", special_groups=["alone"])
    rows = terms.looked_after()
    assert set(rows.filter(terms.in_group("elderly"))) == {old}
    assert set(rows.filter(terms.cared_for())) == {old, alone}
    assert young not in rows.filter(terms.cared_for())


def test_the_vulnerable_wait_for_a_visit_until_they_have_one(case_in, clerk):
    case = case_in("accepted", special_groups=["alone"])
    waiting = terms.looked_after().filter(terms.to_visit())
    assert list(waiting) == [case]
    care.serve([case.pk], actor=clerk, given={"on": today(), "kind": "phone"})
    assert list(waiting.all()) == [case]
    care.serve([case.pk], actor=clerk, given={"on": today(), "kind": "festival", "text": "示例慰问"})
    assert list(waiting.all()) == []


def test_groups_are_changed_with_a_day_and_a_ground(person, clerk, people):
    with pytest.raises(Refused, match="认定依据"):
        care.set_groups(person.pk, groups=["disabled"], since=today(), ground=" ", actor=clerk)
    care.set_groups(person.pk, groups=["disabled"], since=today(), ground="示例残疾证", actor=clerk)
    row = Retiree.objects.get(pk=person.pk)
    assert row.special_groups == ["disabled"]
    last = row.history.order_by("-history_id").first().operation
    assert (last.kind, last.reason) == ("care.groups", f"自 {today()} 起：示例残疾证")


def test_after_a_relocation_the_dates_go_along_and_the_text_stays(client_of, retirees, town, people):
    ding, old, new = retirees["丁"], people["jingyuan_clerk"], people["yiyuan_clerk"]
    care.serve([ding.pk], actor=old, given={"on": today(), "kind": "visit", "text": "示例旧单位走访情况"})
    care.confirm([ding.pk], actor=old, given={"on": today(), **ALIVE, "note": "示例旧单位说明"})
    asked = relocations.ask_to_leave(ding, town.yiyuan, actor=old, note="示例：搬迁")
    relocations.take("accept", [asked.pk], actor=new)
    page = client_of("yiyuan_clerk").get(reverse("handover:person", args=[ding.pk]))
    text = shown(page)
    assert "年度核实" in text
    assert "内容留在原服务单位" in text
    assert "示例旧单位" not in text
    assert "示例旧单位" not in shown(client_of("yiyuan_clerk").get(reverse("handover:services")))
    assert "示例旧单位走访情况" in shown(client_of("jingyuan_clerk").get(reverse("handover:services")))
    assert list(ServiceRecord.objects.written_by(new)) == []


def test_an_activity_is_recorded_for_an_office_of_ones_own(town, people, clerk):
    given = {"on": today(), "title": "示例活动", "kind": "culture", "participants": 30}
    with pytest.raises(Refused, match="本单位"):
        care.record_activity(town.jingyuan, actor=clerk, **given)
    care.record_activity(town.zhudao, actor=clerk, **given)
    assert Activity.objects.get().participants == 30


# --- pages


def test_many_are_confirmed_from_the_list(client_of, case_in):
    cases = [case_in("accepted", name=f"{one}示例") for one in "甲乙"]
    client, ids = client_of("zhudao_clerk"), [str(case.pk) for case in cases]
    page = client.get(reverse("handover:care"), {"confirmed": "no"})
    assert page.context["list"].count == 2
    bulk = reverse("handover:care_bulk")
    preview = client.post(bulk, {"step": "confirm", "id": ids, "seen": "2"})
    assert preview.status_code == 200
    key = preview.context["form"]["key"].value()
    filled = {"on": str(today()), "way": "visit", "contact": "correct"}
    answer = client.post(
        bulk, {"step": "confirm", "id": ids, "seen": "2", "confirm": "1", "key": key, **filled}, follow=True
    )
    assert answer.status_code == 200
    assert Confirmation.objects.filter(way="visit").count() == 2
    assert client.get(reverse("handover:care"), {"confirmed": "no"}).context["list"].count == 0


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("confirm", {"on": "", "way": "phone", "contact": "correct", "phone": "13900000098"}),
        ("unreachable", {"on": "", "way": "visit", "note": "示例"}),
        ("serve", {"on": "", "kind": "advice", "text": "示例"}),
        ("check", {"on": "", "way": "face", "result": "passed"}),
        ("groups", {"groups": ["alone"], "since": "", "ground": "示例"}),
        ("move_out", {"moved_on": "", "residence": "province", "place": "烟台市"}),
    ],
)
def test_each_act_has_its_page(act, given, client_of, person):
    client, url = client_of("zhudao_clerk"), reverse("handover:care_act", args=[person.pk, act])
    page = client.get(url)
    assert page.status_code == 200
    days = {name: str(today()) for name in ("on", "since", "moved_on") if given.get(name) == ""}
    answer = client.post(url, {**given, **days, "key": str(page.context["form"]["key"].value())})
    assert answer.status_code == 302, shown(answer)
    assert client.get(reverse("handover:person", args=[person.pk])).status_code == 200


def test_the_sums_equal_their_lists(client_of, case_in, clerk, town):
    case = case_in("accepted", special_groups=["alone"])
    confirm(case.retiree, clerk)
    care.serve([case.pk], actor=clerk, given={"on": today(), "kind": "visit"})
    given = {"on": today(), "title": "示例活动", "kind": "culture", "participants": 30}
    care.record_activity(town.zhudao, actor=clerk, **given)
    client = client_of("zhudao_clerk")
    page = client.get(reverse("handover:care_summary"))
    (line,) = page.context["lines"]
    assert (line.rate, line.counts["participants"]) == (100, 30)
    for number, url in line.cells[:-1]:
        assert client.get(url).context["list"].count == number, url
    for label, number, url in page.context["groups"]:
        assert client.get(url).context["list"].count == number, label
    assert client.get(reverse("handover:care_export")).status_code == 200
