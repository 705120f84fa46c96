"""The filing fee: assessed, confirmed by both in any order, paid once, acknowledged."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from archives.fee_states import MACHINE, SIDES, State
from archives.models import FilingFee
from archives.services import fees
from audit.operations import operation
from tracks.advancing import NOT_YOURS, UNSEEN
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
REPORT = {"count": 120, "unit_price": Decimal("55.50"), "report_number": "示例评〔2026〕2号"}
STEPS = {
    State.REQUESTED: {"assess", "cancel"},
    State.ASSESSED: {"confirm_enterprise", "confirm_archive", "object"},
    State.BY_ENTERPRISE: {"second_archive", "object"},
    State.BY_ARCHIVE: {"second_enterprise", "object"},
    State.CONFIRMED: {"pay"},
    State.PAID: {"acknowledge", "not_received"},
    State.ACKNOWLEDGED: set(),
    State.CANCELLED: set(),
}


def report(**changes):
    return {**REPORT, "assessed_on": clock.today(), **changes}


def test_the_steps_of_each_state_and_who_acts():
    assert {state: {step.name for step in MACHINE.steps_from(state)} for state in State} == STEPS
    acting = {state.value: side.acts for state, side in SIDES.items() if side}
    assert acting == {
        "requested": "assessor",
        "assessed": "enterprise",
        "by_enterprise": "archive",
        "by_archive": "enterprise",
        "confirmed": "enterprise",
        "paid": "archive",
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"count": None}, "没有填写完整"),
        ({"report_number": ""}, "没有填写完整"),
        ({"unit_price": Decimal(0)}, "大于零"),
    ],
)
def test_an_assessment_needs_count_price_and_report(changes, words, fee_in, assessor):
    with pytest.raises(Refused, match=words):
        fees.take("assess", [fee_in().pk], actor=assessor[1], values=report(**changes))


def test_nobody_but_the_assessor_assesses(fee_in, people):
    fee = fee_in()
    assert fees.take("assess", [fee.pk], actor=people["mill_hr"], values=report()).refused == {fee.pk: NOT_YOURS}
    assert fees.take("assess", [fee.pk], actor=people["port_hr"], values=report()).refused == {fee.pk: UNSEEN}


def test_the_assessor_sees_fees_and_no_person(fee_in, assessor, people, client_of):
    fee, client = fee_in(), client_of(assessor[1])
    assert client.get(reverse("archives:fee", args=[fee.pk])).status_code == 200
    assert client.get("/dossiers/").status_code == 403
    assert client.get("/shipments/").status_code == 403
    seeing = {name for name, user in people.items() if FilingFee.objects.visible_to(user).exists()}
    assert seeing == {"mill_hr", "group", "archivist", "watchdog"}


@pytest.mark.parametrize("order", [("confirm_enterprise", "second_archive"), ("confirm_archive", "second_enterprise")])
def test_both_sides_confirm_in_any_order(order, fee_in, people):
    fee = fee_in("assessed")
    for step in order:
        assert fees.take(
            "pay", [fee.pk], actor=people["mill_hr"], values={"voucher": "x", "paid_on": clock.today()}
        ).refused
        who = people["archivist" if "archive" in step else "mill_hr"]
        assert fees.take(step, [fee.pk], actor=who).moved
    fee.refresh_from_db()
    assert (fee.state, fee.amount) == ("confirmed", Decimal("220.00"))


def test_an_objection_leads_to_a_new_assessment(fee_in, people):
    fee = fee_in("by_archive")
    fees.take("object", [fee.pk], actor=people["mill_hr"], reason="示例：卷数不符")
    fee.refresh_from_db()
    assert (fee.state, fee.count, fee.amount) == ("requested", None, None)


def test_it_is_paid_once(fee_in, people):
    fee = fee_in("paid")
    paying = {"voucher": "示例凭证2", "paid_on": clock.today()}
    assert "不能登记支付" in fees.take("pay", [fee.pk], actor=people["mill_hr"], values=paying).refused[fee.pk]
    fees.take("not_received", [fee.pk], actor=people["archivist"], reason="示例：账户有误")
    assert fees.take("pay", [fee.pk], actor=people["mill_hr"], values=paying).moved
    assert fees.take("acknowledge", [fee.pk], actor=people["archivist"]).moved


def test_one_fee_is_open_between_an_enterprise_and_an_archive(fee_in, assessor, town, people):
    first = fee_in()
    with pytest.raises(Refused, match=first.number):
        fees.request_assessment(town.mill, town.huancui_archive, assessor[0], actor=people["mill_hr"])
    fees.take("cancel", [first.pk], actor=people["mill_hr"], reason="示例")
    assert fee_in().number.endswith("-F0002")


def test_nobody_asks_for_another_enterprise_or_from_a_street(assessor, town, people):
    with pytest.raises(Refused, match="选择本企业"):
        fees.request_assessment(town.port, town.huancui_archive, assessor[0], actor=people["mill_hr"])
    with pytest.raises(Refused, match="重新选择"):
        fees.request_assessment(town.mill, town.zhudao, assessor[0], actor=people["mill_hr"])


@pytest.mark.parametrize("facts", [{"count": 0}, {"report_number": ""}, {"unit_price": None}])
def test_the_database_refuses_an_assessed_fee_without_an_amount(facts, fee_in, people):
    fee = fee_in("assessed")
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["mill_hr"]) as act:
        act.change(FilingFee, [fee.pk], **facts)


def test_a_fee_goes_its_way_in_the_browser(town, assessor, client_of, people):
    hr, archivist, valuer = client_of("mill_hr"), client_of("archivist"), client_of(assessor[1])
    given = {"enterprise": town.mill.pk, "office": town.huancui_archive.pk, "assessor": assessor[0].pk}
    page = hr.post(reverse("archives:add_fee"), {"key": new_id(), **given}, follow=True).content.decode()
    assert "已申请评估" in page
    fee = FilingFee.objects.get()

    def step(client, name, **values):
        url = reverse("archives:fee_step", args=[fee.pk, name])
        return client.post(url, {"key": new_id(), **values}, follow=True).content.decode()

    today = clock.today().isoformat()
    step(valuer, "assess", count=1190, unit_price="55.00", report_number="示例", assessed_on=today)
    step(archivist, "confirm_archive")
    page = step(hr, "second_enterprise")
    assert "65,450.00 元" in page
    step(hr, "pay", voucher="示例凭证", paid_on=today)
    assert "确认到账。" in step(archivist, "acknowledge")
    assert client_of("port_hr").get(reverse("archives:fee", args=[fee.pk])).status_code == 404
    assert client_of("zhudao_clerk").get("/filing-fees/").status_code == 403
    assert hr.get(reverse("archives:fee_step", args=[fee.pk, "acknowledge"])).status_code == 403
