"""Budgets and payments: whose money it is, who sees it, and how a mistake is taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.operations import operation
from oversight.funding import entries
from oversight.models import FundingBudget, FundingPayment
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["watchdog", "huancui_clerk", "mill_hr", "sysadmin", "nobody"])
def test_nobody_but_finance_enters_money(entry, people, who):
    with pytest.raises(Refused, match="您不能登记"):
        entry(actor=people[who])


@pytest.mark.parametrize("finance", ["central", "province", "city"])
def test_an_areas_finance_office_enters_only_its_own_level(entry, area_finance, finance):
    with pytest.raises(Refused, match="只登记本区市财政的经费"):
        entry(finance=finance, actor=area_finance)


def test_an_areas_finance_office_enters_nothing_for_another_area(entry, area_finance):
    with pytest.raises(Refused, match="您不能登记"):
        entry(area="gaoqu", finance="area", actor=area_finance)
    assert entry(finance="area", actor=area_finance).amount == 1000


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"area": "zhudao"}, "不是区市"),
        ({"year": 2019}, "年度应在"),
        ({"year": 2999}, "年度应在"),
        ({"amount": "0"}, "金额须大于零"),
        ({"amount": "-1"}, "金额须大于零"),
        ({"document": ""}, "没有填写完整"),
    ],
)
def test_what_cannot_be_is_refused(entry, given, words):
    with pytest.raises(Refused, match=words):
        entry(**given)


def test_a_payment_of_tomorrow_is_refused(entry):
    with pytest.raises(Refused, match="晚于今天"):
        entry(FundingPayment, paid_on=clock.today() + timedelta(days=1))


def test_the_same_voucher_is_entered_once_until_it_is_taken_back(entry, people):
    row = entry(FundingPayment)
    with pytest.raises(Refused, match="没有重复登记"):
        entry(FundingPayment)
    entries.correct(row, reason="示例：金额有误", actor=people["finance"])
    assert entry(FundingPayment, amount="900").amount == 900


def test_a_counter_entry_has_the_same_amount_below_nought_and_a_reason(entry, people):
    row = entry(line="2230105")
    with pytest.raises(Refused, match="没有填写冲销理由"):
        entries.correct(row, reason=" ", actor=people["finance"])
    back = entries.correct(row, reason="示例：金额有误", actor=people["finance"])
    assert (back.amount, back.corrects, back.line, back.document) == (-1000, row, "2230105", row.document)
    assert FundingBudget.objects.count() == 2


def test_an_entry_is_taken_back_once_and_a_counter_entry_never(entry, people):
    row = entry()
    back = entries.correct(row, reason="示例：有误", actor=people["finance"])
    with pytest.raises(Refused, match="不能重复冲销"):
        entries.correct(row, reason="示例：有误", actor=people["finance"])
    with pytest.raises(Refused, match="不能再冲销"):
        entries.correct(back, reason="示例：有误", actor=people["finance"])


def test_an_areas_finance_office_takes_back_only_its_own_level(entry, area_finance):
    with pytest.raises(Refused, match="只有登记该级经费的财政部门"):
        entries.correct(entry(), reason="示例：有误", actor=area_finance)
    assert entries.correct(entry(finance="area"), reason="示例：有误", actor=area_finance).amount == -1000


@pytest.mark.parametrize("values", [{"amount": -1}, {"amount": 1, "reason": "示例"}, {"amount": 0}])
def test_the_database_refuses_an_amount_below_nought_that_takes_nothing_back(town, people, values):
    row = FundingBudget(area=town.huancui, year=2025, finance="city", line="general", document="示例", **values)
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test.arrange", actor=people["finance"]) as act:
        act.insert([row])


def test_an_area_sees_its_own_money_and_enterprises_see_none(entry, people, area_finance):
    row = entry()
    entry(area="gaoqu")
    seeing = {who for who, user in people.items() if FundingBudget.objects.visible_to(user).filter(pk=row.pk).exists()}
    assert seeing == {"finance", "watchdog", "huancui_clerk"}
    assert list(FundingBudget.objects.visible_to(area_finance)) == [row]


def test_entering_and_taking_back_through_the_pages(client_of, town, people):
    client, key = client_of("finance"), new_id()
    url = reverse("oversight:funding_add_payment")
    given = {"area": town.huancui.pk, "year": clock.today().year, "finance": "central", "line": "2230105", "key": key}
    given |= {"amount": "1234.50", "paid_on": clock.today(), "voucher": "示例凭证9"}
    page = client.post(url, given, follow=True)
    text = page.content.decode()
    assert "1,234.50" in text
    assert "2230105" in text
    again = client.post(url, given, follow=True).content.decode()
    assert "已经办理过" in again
    row = FundingPayment.objects.get()
    correct = reverse("oversight:funding_correct_payment", args=[row.pk])
    after = client.post(correct, {"reason": "示例：凭证作废", "key": new_id()}, follow=True).content.decode()
    assert "已冲销" in after
    assert "示例：凭证作废" in after
    assert "不能重复冲销" in after
    assert FundingPayment.objects.get(corrects=row).amount == Decimal("-1234.50")


def test_an_areas_finance_office_is_offered_its_own_level_alone(client_of, area_finance, town):
    form = client_of(area_finance).get(reverse("oversight:funding_add_budget")).context["form"]
    assert [value for value, _ in form.fields["finance"].choices] == ["area"]
    assert list(form.fields["area"].queryset) == [town.huancui]


def test_who_may_not_take_an_entry_back_is_told_so(client_of, entry, area_finance):
    row = entry()
    client = client_of(area_finance)
    assert (
        "只有登记该级经费的财政部门" in client.get(reverse("oversight:funding_budget", args=[row.pk])).content.decode()
    )
    assert client.get(reverse("oversight:funding_correct_budget", args=[row.pk])).status_code == 403
    seen = client_of("huancui_clerk").get(reverse("oversight:funding_budget", args=[row.pk])).content.decode()
    assert "冲销" not in seen
