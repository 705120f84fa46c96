"""What goes wrong on the way is on both sides' lists, is chased and mended, in a real browser: a lost shipment, an
expired letter."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

import archives.services
import party.services
from archives.models import Dossier, Shipment
from archives.services import shipments
from party.models import Membership
from tests.archives.conftest import CARRIERS
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "示例组字-2026-0001", "示例组字-2026-0002"
CARRIED = {name: value for name, value in CARRIERS.items() if value and name != "way"}


def days_ago(days):
    return clock.at(timezone.now() - timedelta(days=days))


# --- a lost shipment


@pytest.fixture
def late_shipment(town, staff, make_person):
    """Sent to 环翠区's archive 40 days ago, and nobody has received it."""
    hr = staff["mill_hr"]
    with days_ago(50):
        ids = [make_person(town.mill, name, dossier_volumes=1).pk for name in ("安平示例", "林青示例")]
    with days_ago(40):
        assert len(archives.services.take("ready", ids, actor=hr).moved) == 2
        made = shipments.open_shipment(town.mill, town.huancui_archive, actor=hr, values=CARRIERS)
        assert len(archives.services.pack(ids, shipment=made.pk, elsewhere=True, actor=hr).moved) == 2
        assert shipments.take("send", [made.pk], actor=hr).moved
    return Shipment.objects.get(pk=made.pk)


def test_a_lost_shipment_is_chased_recovered_and_sent_again(window, town, late_shipment):
    both_sides_see_that_it_is_late(window, late_shipment)
    archive_says_that_nothing_is_there(window, late_shipment)
    enterprise_recovers_what_was_lost(window, late_shipment)
    enterprise_ships_again(window, town)
    archive_receives_and_shelves(window)
    chain = window.one("section[aria-labelledby='custody'] tbody").text
    assert "现在" in chain
    assert {one.state for one in Dossier.objects.all()} == {"shelved"}
    for who, tile in (("mill_hr", "批次逾期未核收"), ("archivist", "批次待核收")):
        window.log_in(who)
        assert window.tile(tile) == 0
    call_command("verify_audit")
    call_command("verify_custody")


def both_sides_see_that_it_is_late(window, shipment):
    for who, tile in (("mill_hr", "批次逾期未核收"), ("archivist", "批次待核收")):
        window.log_in(who)
        assert window.tile(tile) == 1
        window.follow(tile)
        assert window.rows() == [shipment.number]
        window.see("逾期", "个工作日")


def archive_says_that_nothing_is_there(window, shipment):
    window.go(shipment.number)
    window.go("逐卷核收", "//main")
    for line in (1, 2):
        window.fill("code", str(line))
        window.one("input[name='outcome'][value='missing']").click()
        window.fill("reason", "示例：车辆没有到达")
        window.press("登记这一卷")
        window.see(f"第 {line} 号　未见")
    window.go("全部登记完毕，返回批次")
    window.act("核收完毕")
    window.act("签收", signed_on=timezone.localdate(), signed_by="示例签收人")
    window.see("移交 2 卷，核收 0 卷，未见 2 卷")
    window.open("/")
    assert window.tile("档案途中遗失") == 2


def enterprise_recovers_what_was_lost(window, shipment):
    window.log_in("mill_hr")
    assert window.tile("批次签收，待确认") == 1
    window.follow("批次签收，待确认")
    window.go(shipment.number)
    window.act("确认签收", confirmed_on=timezone.localdate(), confirmed_by="示例确认人")
    window.open("/")
    for left in (2, 1):
        assert window.tile("档案途中遗失，待查找") == left
        window.follow("档案途中遗失，待查找")
        window.leave(lambda: window.one("a.row-link").click())
        window.see("途中遗失")
        window.act("登记找回", reason="示例：两包均在运输单位仓库找回，封签完好")
        window.open("/")
    assert window.tile("档案途中遗失，待查找") == 0


def enterprise_ships_again(window, town):
    window.go("档案", "//nav[@aria-label='主导航']")
    window.go("档案批次", "//main")
    window.go("建立批次", "//main")
    window.send("建立批次", addressee=str(town.huancui_archive.pk), **{**CARRIED, "seal_number": "示例封-0002"})
    assert "批次中没有档案" in window.refused("发出")
    window.go("选择档案装入", "//main")
    number = Shipment.objects.get(state="packing").number
    window.one("[data-tick-all]").click()
    window.go("装入批次", "//*[@class='bulk-buttons']")
    window.one("[name='elsewhere']").click()
    window.send("装入批次", shipment=f"{number}（{town.huancui_archive}）")
    window.see("已办理 2 卷")
    window.open("/")
    window.follow("批次待发出")
    window.go(number)
    window.act("发出", sent_on=timezone.localdate())


def archive_receives_and_shelves(window):
    window.log_in("archivist")
    window.follow("批次待核收")
    window.leave(lambda: window.one("a.row-link").click())
    window.go("逐卷核收", "//main")
    window.go("其余 2 卷全部核收", "//main")
    window.go("核收其余 2 卷", "//main")
    window.act("核收完毕")
    window.open("/")
    window.follow("档案待入库")
    window.bulk("登记档案情况", start_number="示例-2026-001", shelf="示例一号库")
    window.open("/")
    window.follow("档案待入库")
    window.bulk("入库")
    window.open(f"/dossiers/{Dossier.objects.first().pk}/")
    window.see("途中遗失", "示例：两包均在运输单位仓库找回，封签完好")


# --- an expired letter


@pytest.fixture
def expired_letter(town, staff, make_person):
    """On paper to 竹岛街道, 100 days ago and valid for 60; nobody has confirmed the arrival."""
    with days_ago(110):
        person = make_person(town.mill, "林青示例", political_status="01", dues_paid_until=date(2026, 6, 30))
    with days_ago(100):
        values = {"start_number": OLD, "way": "paper", "issued_on": clock.today(), "valid_days": 60}
        outcome = party.services.take(
            "issue", [person.pk], actor=staff["mill_party"], targets=town.zhudao, values=values
        )
        assert outcome.moved, outcome.refused
    return person


def test_an_expired_letter_is_chased_voided_and_issued_again(window, expired_letter):
    for who in ("zhudao_party", "mill_party"):
        window.log_in(who)
        assert window.tile("介绍信已过期") == 1
        window.follow("介绍信已过期")
        assert window.rows() == [expired_letter.name]
        window.see(OLD, "40 天")
    window.go("办理这些人员", "//main")
    window.go(expired_letter.name)
    window.see("已过期")
    window.act("作废重开", reason_code="超过有效期", start_number=NEW, way="纸质介绍信", issued_on=timezone.localdate())
    window.see("已作废", NEW)
    text = window.make("党员组织关系介绍信")
    assert NEW in text
    assert OLD in text

    for who in ("mill_party", "zhudao_party"):
        window.log_in(who)
        assert window.tile("介绍信已过期") == 0
    assert window.tile("介绍信作废，待知悉") == 1
    window.follow("介绍信作废，待知悉")
    window.see(OLD, "超过有效期")
    window.one("[data-tick-all]").click()
    window.go("知悉所选")
    window.see("已知悉 1 份作废的介绍信")
    window.open("/")
    window.follow("组织关系待接收")
    window.go(expired_letter.name)
    window.act("确认接收", arrived_on=timezone.localdate())
    assert Membership.objects.get().state == "arrived"
    window.see("责任党组织")
    call_command("verify_audit")
    call_command("verify_custody")
