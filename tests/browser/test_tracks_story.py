"""Three people of the stock, from agreement to completion, with every paper printed, in a real browser: an ordinary
retiree, a party member, a city-managed leader."""

import hashlib
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from accounts.models import Office, User
from accounts.services import appoint
from archives.models import Dossier, FilingFee, Shipment
from audit.operations import operation
from handover.models import Agreement, Case
from party.models import Membership
from tests.agreements import STOCK
from tests.browser.conftest import PASSWORD
from tests.papers.reading import text_of

pytestmark = pytest.mark.django_db(transaction=True)
ORDINARY, MEMBER, LEADER = "安平示例", "林青示例", "周明示例"
LETTER = "示例组字-2026-0001"


@pytest.fixture
def folk(town, staff, make_person, tmp_path):
    """The three, who wait to be reported, and somebody who assesses fees."""
    born = {"born_on": date(1957, 3, 8), **STOCK}
    people = (
        make_person(town.mill, ORDINARY, **born),
        make_person(town.mill, MEMBER, political_status="01", dues_paid_until=date(2026, 6, 30), **born),
        make_person(town.mill, LEADER, city_managed_leader=True, **born),
    )
    office = Office(code="STORY-PG", name="示例评估公司", kind="assessor", parent=town.city)
    office.path = office.path_below(town.city)
    with operation("test.arrange", actor=staff["sysadmin"]) as act:
        act.insert([office])
    assessor = User.objects.create_user("assessor", "示例评估员", PASSWORD)
    appoint(assessor, "assessor", office, actor=staff["secadmin"])
    return SimpleNamespace(
        town=town, all=people, ordinary=people[0], member=people[1], leader=people[2], assessor=office, desk=tmp_path
    )


def test_three_people_go_from_agreement_to_completion_with_every_paper(window, folk):
    group_drafts_the_agreement(window, folk)
    people_are_reported_and_distributed(window, folk)
    street_may_not_receive_before_the_agreement(window, folk)
    both_sides_sign(window, folk)
    annexes_are_frozen(window, folk)
    street_receives(window, folk)
    papers_about_the_people(window, folk)
    street_makes_first_contact(window, folk)
    for person in folk.all:
        completion_is_refused(window, person, "人事档案尚未办结")

    dossiers_are_prepared(window, folk)
    shipment_is_sent(window, folk)
    archive_checks_the_shipment(window, folk)
    both_sign_for_the_shipment(window, folk)
    archive_shelves(window, folk)
    fee_is_assessed_confirmed_and_paid(window, folk)
    completion_is_refused(window, folk.member, "党组织关系尚未办结")
    completion_is_refused(window, folk.leader, "人事档案尚未办结")

    leader_is_exempted_by_the_two_part_test(window, folk)
    member_is_transferred_by_letter(window, folk)
    all_are_completed(window, folk)

    assert {case.state for case in Case.objects.all()} == {"completed"}
    call_command("verify_audit")
    call_command("verify_custody")


def scan(folk, words):
    path = folk.desk / f"{words}.pdf"
    path.write_bytes(f"%PDF-1.4 示例{words} %%EOF".encode())
    return path


def today():
    return timezone.localdate()


# --- agreement


def group_drafts_the_agreement(window, folk):
    window.log_in("group")
    window.go("协议", "//nav[@aria-label='主导航']")
    window.go("起草协议", "//main")
    window.send("起草", area=str(folk.town.huancui.pk))
    window.see("已起草")
    # Before anybody of the stock has been reported the plan has nobody.
    window.send("保存方案")
    window.see("本集团还有 3 名存量人员没有上报")
    assert "没有填写移交人数" in window.refused("提出移交方案")


def agreement_page():
    return f"/agreements/{Agreement.objects.get().pk}/"


def people_are_reported_and_distributed(window, folk):
    window.log_in("mill_hr")
    window.follow("待上报")
    assert window.title == "退休人员（3 人）"
    window.bulk("上报")
    window.see("已编批次")
    window.log_in("huancui_clerk")
    window.go("分配", "//nav[@aria-label='主导航']")
    window.go("接受本组建议（3 人）")
    window.see("已分配 3 人")


def street_may_not_receive_before_the_agreement(window, folk):
    window.log_in("zhudao_clerk")
    window.follow("待接收")
    window.go(ORDINARY)
    why = window.refused("接收")
    assert "示例纺织厂与环翠区" in why
    assert "双方签订后再接收" in why


def both_sides_sign(window, folk):
    window.log_in("group")
    window.follow("协议起草中")
    window.leave(lambda: window.one("a.row-link").click())
    window.go("按现有数据更新", "//main")
    window.see("方案的数字已按现有数据更新")
    window.go("填写方案", "//main")
    plan = {"until_0": date(2026, 12, 31), "work_0": "示例：核对名册", "contingency": "示例：由移交企业继续查找。"}
    window.send("保存方案", **plan)
    window.act("提出移交方案", reason="示例：请审阅")
    window.log_in("huancui_clerk")
    window.follow("移交方案待答复")
    window.leave(lambda: window.one("a.row-link").click())
    window.act("同意方案")
    text = window.make("移交协议")
    assert "示例纺织厂" in text
    assert "环翠区" in text
    roster = window.make("移交花名册")
    assert all(name in roster for name in (ORDINARY, MEMBER, LEADER))

    window.log_in("group")
    window.follow("协议待签订")
    window.leave(lambda: window.one("a.row-link").click())
    assert "没有上传企业方盖章的协议扫描件" in window.refused("企业方签订")
    window.bring("上传企业方盖章的协议", scan(folk, "企业方盖章"))
    window.act("企业方签订", signed_on=today(), signer="示例甲方签字人", signer_title="总经理")
    window.log_in("huancui_clerk")
    window.follow("协议待签订")
    window.leave(lambda: window.one("a.row-link").click())
    window.bring("上传接收方盖章的协议", scan(folk, "接收方盖章"))
    window.act("接收方签订", signed_on=today(), signer="示例乙方签字人", signer_title="局长")
    window.see("已签订", "附件一 移交人员花名册", "附件三 党员名册")


def annexes_are_frozen(window, folk):
    """Who may read an annex takes it along, and its digest is the one that both sides see."""
    read = 0
    for who, kinds in (("group", "一 二 四"), ("mill_party", "三")):
        window.log_in(who).open(agreement_page())
        for number in kinds.split():
            row = f"//section[@aria-labelledby='annexes']//tr[th[starts-with(., '附件{number}')]]"
            digest = window.driver.find_element(By.XPATH, f"{row}/td[@class='hash']").text
            data = window.download("Excel", inside=row).read_bytes()
            assert hashlib.sha256(data).hexdigest() == digest
            read += 1
    assert read == 4


# --- people


def street_receives(window, folk):
    window.log_in("zhudao_clerk")
    window.follow("待接收")
    window.bulk("接收")
    window.see("已接收 3 人")


def papers_about_the_people(window, folk):
    window.log_in("mill_hr").open("/people/")
    window.bulk("生成基本信息确认表")
    text = text_of(window.download("下载全部文书", ".docx").read_bytes())
    assert all(one.name in text and one.id_number in text for one in folk.all)
    window.open("/people/")
    window.bulk("生成移交介绍信")
    for person in folk.all:
        window.open(f"/people/{person.pk}/")
        assert person.name in window.paper("基本信息确认表")
        assert "竹岛街道" in window.paper("移交介绍信")
    window.go("上报批次", "//nav[@aria-label='主导航']")
    window.leave(lambda: window.one("a.row-link").click())
    roster = window.make("移交花名册")
    assert all(one.name in roster and one.id_number in roster for one in folk.all)
    assert window.download("下载 Excel 花名册").stat().st_size


def street_makes_first_contact(window, folk):
    window.log_in("zhudao_clerk")
    window.follow("待首次联系")
    window.bulk("生成联系卡")
    for person in folk.all:
        window.open(f"/people/{person.pk}/")
        assert person.name in window.paper("联系卡")
        window.act("登记首次联系", contacted_on=today())
        window.see("已登记首次联系")


def completion_is_refused(window, person, why):
    window.log_in("zhudao_clerk").open(f"/people/{person.pk}/")
    assert why in window.refused("办结")


# --- dossiers


def dossiers_are_prepared(window, folk):
    window.log_in("mill_hr").open(f"/dossiers/{folk.ordinary.pk}/")
    assert "没有登记档案册数" in window.refused("整理完成")
    window.act("登记档案情况", volumes="2", pages="12")
    window.go("编制目录", "//main")
    window.send("登记材料", cls="ten:一", title="示例：干部履历表", year="1988", pages="12")
    window.see("已登记“示例：干部履历表”", "目录合计 12 页")
    window.open(f"/dossiers/{folk.ordinary.pk}/")
    window.act("整理完成")

    window.open(f"/dossiers/{folk.member.pk}/")
    window.act("登记档案情况", volumes="1", pages="3")
    window.go("登记缺少的材料", "//main")
    window.send("登记", title="1993年工资变动审批表", why="历史原因遗失", remedy="示例：向市档案馆查档")
    assert "还没有生成缺件说明" in window.refused("整理完成")
    text = window.make("缺件说明")
    assert "1993年工资变动审批表" in text
    assert MEMBER in text
    window.act("整理完成")


def shipment_is_sent(window, folk):
    window.log_in("mill_hr")
    window.follow("档案待装批次")
    assert set(window.rows()) == {ORDINARY, MEMBER}
    window.bulk("装入批次")
    window.see("已办理 2 卷")
    window.open("/")
    window.follow("批次待发出")
    window.leave(lambda: window.one("a.row-link").click())
    assert "没有填写移交人" in window.refused("发出")
    window.go("填写移交人和封签", "//main")
    carried = {
        "carrier": "示例移交人甲",
        "carrier_unit": "示例纺织厂",
        "carrier_phone": "13906310001",
        "second_carrier": "示例移交人乙",
        "second_unit": "示例纺织厂",
        "second_phone": "13906310002",
        "seal_number": "示例封-0001",
    }
    window.send("登记", **carried)
    window.act("发出", sent_on=today())
    shipment = Shipment.objects.get()
    text = window.make("档案移交清册")
    codes = [one.check_number for one in Dossier.objects.filter(shipment=shipment)]
    for words in (ORDINARY, MEMBER, "示例移交人甲", "示例封-0001", *codes):
        assert words in text
    assert shipment.number in window.make("人事档案转递通知单")


def archive_checks_the_shipment(window, folk):
    """One by one with the scanner, which types the check number and presses the return key; then the rest."""
    window.log_in("archivist")
    window.follow("批次待核收")
    window.leave(lambda: window.one("a.row-link").click())
    window.go("清单（带条码）", "//main")
    first = Dossier.objects.select_related("retiree").get(line=1)
    window.see(first.check_number)
    assert len(window.all("svg.barcode")) == 2
    window.driver.back()
    window.settle()
    window.go("逐卷核收", "//main")
    scanned = window.driver.switch_to.active_element
    assert scanned.get_attribute("name") == "code"
    scanned.send_keys(first.check_number, Keys.ENTER)
    window.see("第 1 号", first.retiree.name)
    window.wait(lambda driver: driver.switch_to.active_element.get_attribute("name") == "code", "扫描框没有焦点")
    window.driver.switch_to.active_element.send_keys("999999", Keys.ENTER)
    window.see("没有登记")
    window.go("其余 1 卷全部核收", "//main")
    window.go("核收其余 1 卷", "//main")
    window.see("其余 1 卷已核收")


def both_sign_for_the_shipment(window, folk):
    window.act("核收完毕")
    window.act("签收", signed_on=today(), signed_by="示例签收人")
    window.log_in("mill_hr")
    window.follow("批次签收，待确认")
    window.leave(lambda: window.one("a.row-link").click())
    window.see("移交 2 卷，核收 2 卷，未见 0 卷")
    window.act("确认签收", confirmed_on=today(), confirmed_by="示例确认人")
    window.see("双方已签收")


def archive_shelves(window, folk):
    window.log_in("archivist")
    window.follow("档案待入库")
    window.bulk("登记档案情况", start_number="示例-2026-001", shelf="一号库 3 区 2 列 5 架 4 层")
    window.open("/")
    window.follow("档案待入库")
    window.bulk("入库")
    window.open(f"/dossiers/{folk.ordinary.pk}/")
    chain = window.one("section[aria-labelledby='custody'] tbody").text
    for words in ("示例移交人甲", "示例纺织厂", "一号库 3 区 2 列 5 架 4 层", "现在"):
        assert words in chain
    assert {one.state for one in Dossier.objects.exclude(pk=folk.leader.pk)} == {"shelved"}


def fee_is_assessed_confirmed_and_paid(window, folk):
    window.log_in("mill_hr")
    window.go("档案", "//nav[@aria-label='主导航']")
    window.go("档案整理费", "//main")
    window.go("申请评估", "//main")
    window.send("申请评估", office=str(folk.town.huancui_archive.pk), assessor=str(folk.assessor.pk))
    page = f"/filing-fees/{FilingFee.objects.get().pk}/"
    assert window.path.startswith(page)
    window.log_in("assessor")
    window.follow("整理费待评估")
    window.leave(lambda: window.one("a.row-link").click())
    window.act("登记评估结果", count="2", unit_price="55.50", report_number="示例评〔2026〕1号", assessed_on=today())
    window.bring("上传评估报告", scan(folk, "评估报告"))
    window.log_in("mill_hr").open(page)
    text = window.make("费用确认书")
    assert "示例评〔2026〕1号" in text
    assert "壹佰壹拾壹元" in text
    window.act("企业确认")
    window.log_in("archivist")
    window.follow("整理费待确认")
    window.leave(lambda: window.one("a.row-link").click())
    window.act("档案机构确认")
    window.log_in("mill_hr")
    window.follow("整理费待确认、支付")
    window.leave(lambda: window.one("a.row-link").click())
    window.bring("上传支付凭证", scan(folk, "支付凭证"))
    window.act("登记支付", voucher="示例凭证1", paid_on=today())
    window.log_in("archivist").open(page)
    window.act("确认到账")
    window.see("已到账")


def leader_is_exempted_by_the_two_part_test(window, folk):
    window.log_in("mill_hr").open(f"/dossiers/{folk.leader.pk}/")
    assert "没有上传任免文件的扫描件" in window.refused("登记不移交")
    window.bring("上传领导人员任免文件", scan(folk, "任免文件"))
    test = {"appointed_by_city": "是", "post": "示例集团副总经理", "document": "示例任〔2009〕3号"}
    window.act("登记不移交", **test, group_post="否", reason="示例：市管领导")
    window.see("不符合“不移交”的两项条件")
    window.send("登记不移交", group_post="是")
    window.see("领导人员界定", "不移交")
    assert Dossier.objects.get(pk=folk.leader.pk).state == "exempt"


# --- party


def member_is_transferred_by_letter(window, folk):
    page = f"/memberships/{folk.member.pk}/"
    window.log_in("mill_party")
    window.follow("组织关系待转出")
    window.go(MEMBER)
    window.act("开具介绍信", start_number=LETTER, way="纸质介绍信", issued_on=today() - timedelta(days=3))
    text = window.make("党员组织关系介绍信")
    for words in (MEMBER, LETTER, folk.member.id_number, "示例竹岛街道工作委员会", "玖拾"):
        assert words in text
    window.log_in("zhudao_party")
    window.follow("组织关系待接收")
    window.go(MEMBER)
    window.act("确认接收", arrived_on=today())
    window.act("编入党支部", branch=str(folk.town.zhudao_branch.pk), placed_on=today())
    window.log_in("mill_party").open(page)
    window.bring("上传介绍信回执扫描件", scan(folk, "回执"))
    window.act("登记回执", receipt_on=today(), number="示例回执1")
    window.see("回执已回", "示例社区第一支部")
    assert Membership.objects.get(pk=folk.member.pk).state == "placed"


def all_are_completed(window, folk):
    window.log_in("zhudao_clerk")
    window.follow("待办结")
    window.bulk("办结")
    window.see("已办结 3 人")
