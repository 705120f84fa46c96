"""Out-of-pool money in a real browser: from the enterprise's workbook to the last payment, each outcome beside the clause,
and a sum that anybody recomputes from what the page and the paper print."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Enterprise
from audit.operations import operation
from benefits.models import Settlement, Treatment
from benefits.services import expectancy
from benefits.sheets import HEADINGS

pytestmark = pytest.mark.django_db(transaction=True)
INJURED, ORDINARY, AGREED, LATER = "安平示例", "白林示例", "崔明示例", "丁青示例"
STOCK = {"retired_on": date(2018, 5, 31)}


@pytest.fixture
def folk(town, staff, make_person, tmp_path):
    """Four people of the mill, whose competent body is the SASAC bureau; the city has set the life expectancy."""
    people = {
        INJURED: make_person(town.mill, INJURED, special_groups=["work_injury"], **STOCK),
        ORDINARY: make_person(town.mill, ORDINARY, **STOCK),
        AGREED: make_person(town.mill, AGREED, born_on=date(1958, 3, 10), **STOCK),
        LATER: make_person(town.mill, LATER, retired_on=date(2022, 6, 30)),
    }
    with operation("test.arrange", actor=staff["sysadmin"]) as act:
        act.change(Enterprise, [town.mill.pk], supervisor=town.sasac_bureau)
    expectancy.set_expectancy(
        date(2024, 1, 1), Decimal("81.5"), 2023, "示例统计公报（2023年）", actor=staff["sysadmin"]
    )
    return SimpleNamespace(town=town, people=people, desk=tmp_path)


def test_items_of_an_enterprise_are_decided_and_carried_out(window, folk):
    a_new_item_is_refused_with_the_clause(window, folk)
    items_come_in(window, folk)
    all_are_decided_in_one_act(window)
    each_outcome_is_explained(window)
    what_the_injured_keeps_is_agreed_to(window)
    the_sum_is_reckoned_signed_and_paid(window)
    the_others_are_carried_out(window)
    the_enterprise_looks_ahead(window)

    states = dict(Treatment.objects.values_list("retiree__name", "state"))
    assert states == {INJURED: "in_force", ORDINARY: "in_force", AGREED: "paid", LATER: "in_force"}
    call_command("verify_audit")
    call_command("verify_custody")


def workbook(folk, name, rows):
    book = openpyxl.Workbook()
    page = book.active
    page.append(list(HEADINGS))
    for person, given in rows:
        row = {"姓名": person, "身份证号": folk.people[person].id_number, **given}
        page.append([row.get(heading) for heading in HEADINGS])
    path = folk.desk / name
    book.save(path)
    return path


def heating(**more):
    item = {"项目": "取暖补贴", "标准（元）": 1000, "发放方式": "按年", "开始发放时间": "2010-01-01"}
    return {**item, "发放依据": "示例文件", **more}


def today():
    return timezone.localdate()


def a_new_item_is_refused_with_the_clause(window, folk):
    path = workbook(folk, "新增.xlsx", [(ORDINARY, heating(开始发放时间="2021-05-01")), (AGREED, heating(项目="无"))])
    window.log_in("mill_hr")
    window.go("待遇", "//nav[@aria-label='主导航']")
    window.go("统筹外项目", "//main")
    window.go("导入项目", "//main")
    window.send("导入", file=path)
    window.see("没有导入，请改正以下 2 处", "国有企业不再新增统筹外项目", "二(六)")


def items_come_in(window, folk):
    living = {"项目": "生活补贴", "标准（元）": 200, "发放方式": "按月", "开始发放时间": "2012-01-01"}
    rows = [
        (INJURED, heating()),
        (ORDINARY, heating()),
        (AGREED, heating(协商一致一次性支付="是")),
        (AGREED, {**living, "协商一致一次性支付": "是"}),
        (LATER, heating(开始发放时间="2022-11-01")),
    ]
    window.send("导入", file=workbook(folk, "项目.xlsx", rows))
    window.see("统筹外项目（5 项）")


def all_are_decided_in_one_act(window):
    window.go("判定全部（5 项）", "//main")
    window.see("按判定表", "保留，按现行途径发放", "一次性计提，按现有方式发放", "过渡期内逐步减少")
    window.send("判定")
    window.see("办理结果")
    assert Treatment.objects.count() == 5


def open_treatment(window, name, item="取暖补贴"):
    one = Treatment.objects.get(retiree__name=name, item__kind={"取暖补贴": "heating", "生活补贴": "living"}[item])
    window.open(f"/out-of-pool/treatments/{one.pk}/")


def each_outcome_is_explained(window):
    open_treatment(window, INJURED)
    window.see("判定表第 3 行", "由企业报主管部门（单位）同意后保留", "工伤")
    open_treatment(window, AGREED)
    window.see("判定表第 7 行", "参考所在城市人口平均预期寿命一次性支付")
    open_treatment(window, LATER)
    window.see("判定表第 8 行", "过渡期原则上不超过3年")
    window.go("对照判定表", "//main")
    window.see("文件原文", "分类处理统筹外费用")


def what_the_injured_keeps_is_agreed_to(window):
    open_treatment(window, INJURED)
    window.act("报主管部门同意")
    window.log_in("approver")
    assert window.tile("统筹外费用待同意") == 1
    window.follow("统筹外费用待同意")
    assert window.rows() == [INJURED]
    window.leave(lambda: window.one("tbody a.row-link").click())
    window.see("工伤")
    window.act("同意保留", proof="示例国资意见1号", proof_on=today())
    window.see("执行中")


def the_sum_is_reckoned_signed_and_paid(window):
    window.log_in("mill_hr")
    window.open("/out-of-pool/people/")
    window.one("[data-tick-all]").click()
    window.go("核算一次性支付", "//*[@class='bulk-buttons']")
    window.send("核算一次性支付", settled_on=today())
    window.see("办理结果", "没有待核算的一次性支付项目")
    one = Settlement.objects.get()
    window.open(f"/out-of-pool/settlements/{one.pk}/")
    assert recomputed(window.one("main").text, "\n") == one.amount
    window.make("一次性支付核算表")
    assert f"{one.amount:,.2f}" in window.paper("一次性支付核算表")
    window.make("一次性支付协议书")

    open_treatment(window, AGREED)
    window.act("提交本人签字")
    window.act("登记本人签字", proof="示例协议1号", proof_on=today())
    window.act("登记一次性支付", proof="示例凭证1号", proof_on=today())
    window.see("已一次性支付")
    assert set(Treatment.objects.filter(retiree__name=AGREED).values_list("state", flat=True)) == {"paid"}


def recomputed(text, between):
    """The amount, by nothing but the numbers that are printed: months, rates, times a year."""
    born = date.fromisoformat(re.search(r"出生日期\s*(\d{4}-\d\d-\d\d)", text)[1])
    day = date.fromisoformat(re.search(r"核算日期\s*(\d{4}-\d\d-\d\d)", text)[1])
    lived = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    years, printed = re.search(r"([\d.]+) × 12 [＝≈] (\d+) 个月", text).groups()
    assert Decimal(years) * 12 == int(printed)
    floor = int(re.search(r"最少计发月数\s*(\d+) 个月", text)[1])
    months = max(floor, int(printed) - lived)
    assert f"计发月数 {months} 个月" in text
    lines = re.findall(r"^(?:取暖补贴|生活补贴) ([\d,.]+) (\d+) ", text, re.MULTILINE)
    assert len(lines) == 2
    total = sum(Decimal(rate.replace(",", "")) * int(times) for rate, times in lines) * months
    return (total / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)


def the_others_are_carried_out(window):
    open_treatment(window, ORDINARY)
    window.act("决定")
    window.act("落实计提或过渡方案", proof="示例记字1号", proof_on=today())
    window.see("执行中")
    open_treatment(window, LATER)
    assert "没有登记过渡方案" in window.refused("决定")
    window.open("/out-of-pool/plans/")
    window.go("登记过渡方案", "//main")
    percents = {"first_percent": "80", "second_percent": "50", "third_percent": "20"}
    window.fill("enterprise", "示例纺织厂")
    window.send("登记", first_day=date(2021, 1, 1), years="3", document="示例方案1号", **percents)
    window.see("已登记过渡方案")
    open_treatment(window, LATER)
    window.act("决定")
    window.act("落实计提或过渡方案", proof="示例方案1号", proof_on=today())
    window.see("50")


def the_enterprise_looks_ahead(window):
    window.open("/out-of-pool/what-if/")
    window.send("测算")
    window.see("需要计提", "一次性支付", "81.5")
    window.open("/out-of-pool/budget/")
    window.send("列出十年")
    window.see(str(today().year), str(today().year + 9))
