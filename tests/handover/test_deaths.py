from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from audit.models import Operation
from handover.models import Case, DeathNotice
from handover.services import acknowledge, record_death, take
from handover.viewers import next_words
from retirees.models import SEALED, Retiree
from tracks.advancing import UNSEEN
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import sealed
from weihai_transfer.lib.refusals import Refused

DAY = date(2024, 8, 1)


@pytest.fixture
def record(people):
    def act(case, who, day=DAY, **given):
        return record_death(case.retiree, day, actor=people[who], reason="示例：家属告知", **given)

    return act


def fresh(case):
    return Case.objects.select_related("retiree").get(pk=case.pk)


@pytest.mark.parametrize("situation", ["draft", "submitted", "assigned", "returned", "outside"])
def test_before_acceptance_the_enterprise_asks_for_closing(situation, case_in, record):
    case = case_in(situation)
    assert record(case, "mill_hr") is None
    case = fresh(case)
    assert (case.state, case.office, case.retiree.office) == ("closing_by_enterprise", None, None)
    assert (case.retiree.survival, case.retiree.died_on) == ("deceased", DAY)


@pytest.mark.parametrize(("situation", "who"), [("submitted", "huancui_clerk"), ("assigned", "zhudao_clerk")])
def test_before_acceptance_an_office_proposes_closing_and_the_enterprise_is_told(
    situation, who, case_in, record, people
):
    case = case_in(situation)
    notice = record(case, who)
    assert (fresh(case).state, notice.state) == ("closing_by_office", "told_to_enterprise")
    assert take("agree_closing", [case.pk], actor=people["mill_hr"]).moved
    # Whoever has lost sight of the person has lost sight of the notice too.
    assert not DeathNotice.objects.visible_to(people[who]).exists()
    assert DeathNotice.objects.visible_to(people["mill_hr"]).exists()


@pytest.mark.parametrize("situation", ["accepted", "contacted", "completed"])
@pytest.mark.parametrize(
    ("who", "state", "other"),
    [("mill_hr", "told_to_office", "zhudao_clerk"), ("zhudao_clerk", "told_to_enterprise", "mill_hr")],
)
def test_after_acceptance_the_case_stays_and_the_other_side_is_told(
    situation, who, state, other, case_in, record, people
):
    case = case_in(situation)
    notice = record(case, who)
    assert (fresh(case).state, notice.state) == (case.state, state)
    assert acknowledge([case.pk], actor=people[who]).moved == []
    assert acknowledge([case.pk], actor=people["port_hr"]).refused == {case.pk: UNSEEN}
    assert acknowledge([case.pk], actor=people[other]).moved == [case.pk]
    assert DeathNotice.objects.get(pk=case.pk).state == "acknowledged"
    assert "不能知悉" in acknowledge([case.pk], actor=people[other]).refused[case.pk]


def test_both_sides_acknowledge_many_at_once(case_in, record, people):
    mine, other = case_in("accepted"), case_in("accepted", "白示例")
    record(mine, "zhudao_clerk")
    record(other, "mill_hr")
    outcome = acknowledge([mine.pk, other.pk], actor=people["mill_hr"])
    assert outcome.moved == [mine.pk]
    assert set(outcome.refused) == {other.pk}


def test_dates_that_cannot_be_and_a_second_time(case_in, record, people):
    case = case_in("accepted")
    for day, words in (
        (clock.today() + timedelta(days=1), "不能晚于今天"),
        (case.retiree.born_on - timedelta(days=1), "不能早于出生日期"),
    ):
        with pytest.raises(Refused, match=words):
            record(case, "mill_hr", day)
    with pytest.raises(Refused, match="没有填写说明"):
        record_death(case.retiree, DAY, actor=people["mill_hr"], reason=" ")
    record(case, "mill_hr")
    before = Operation.objects.count()
    with pytest.raises(Refused, match="已登记为已去世"):
        record(case, "zhudao_clerk")
    assert Operation.objects.count() == before


def test_who_may_not_record(case_in, record):
    case = case_in("accepted")
    with pytest.raises(PermissionDenied):
        record(case, "watchdog")
    for who in ("port_hr", "jingyuan_clerk", "nobody", "secadmin"):
        with pytest.raises(Refused, match="查找不到"):
            record(case, who)
    assert Retiree.objects.get(pk=case.pk).survival == "alive"


def test_nothing_else_about_the_person_changes(case_in, record):
    case = case_in("accepted")
    before = Retiree.objects.get(pk=case.pk)
    record(case, "zhudao_clerk")
    after = Retiree.objects.get(pk=case.pk)
    for name in SEALED:
        assert bytes(sealed(before, name)) == bytes(sealed(after, name))
    changed = {
        field.attname
        for field in Retiree._meta.concrete_fields
        if before.__dict__[field.attname] != after.__dict__[field.attname] and field.name not in SEALED
    }
    assert changed == {"survival", "died_on"}


def test_one_operation_carries_all_of_it(case_in, record):
    case = case_in("assigned")
    record(case, "zhudao_clerk")
    row = Operation.objects.get(kind="case.record_death")
    assert (row.reason_code, row.reason, row.rows) == ("died", "示例：家属告知", 3)


def test_nobody_is_sent_to_contact_the_dead(case_in, record):
    case = case_in("accepted")
    assert "首次联系本人" in next_words(fresh(case))
    record(case, "zhudao_clerk")
    assert "联系家属" in next_words(fresh(case))


def test_a_filter_that_offers_nothing_is_not_shown(client_of):
    assert 'id="filter-retiree"' not in client_of("watchdog").get(reverse("handover:problems")).content.decode()
