"""From a dirty Excel file to people who are received: every hand that it passes through, in a real browser."""

import re

import openpyxl
import pytest
from selenium.webdriver.common.by import By

from examples import make
from handover.models import Case
from retirees.models import Retiree, Roster
from retirees.roster import checking, importing

pytestmark = pytest.mark.django_db(transaction=True)
STREET = "竹岛街道"
RETURNED = "乐长江示例"


def test_from_a_dirty_workbook_to_people_who_are_received(window, town, tmp_path):
    figures = Figures(window)
    dirty = tmp_path / "退休人员花名册.xlsx"
    make.cells(dirty)

    corrected = enterprise_reads_its_faults(window, dirty, tmp_path)
    assert not Retiree.objects.exists()
    enterprise_brings_them_in(window, corrected)
    figures.are(应移交=12, 已上报=0, 已接收=0, 退回=0)
    nobody_else_sees_them(window, "huancui_clerk", "zhudao_clerk")

    enterprise_submits(window)
    figures.are(应移交=12, 已上报=12, 已接收=0, 退回=0)
    nobody_else_sees_them(window, "zhudao_clerk", "gaoqu_clerk")

    area_distributes_by_the_suggestion(window)
    street_accepts_some_and_returns_one(window)
    figures.are(应移交=12, 已上报=12, 已接收=3, 退回=1)

    enterprise_takes_back_corrects_and_submits_again(window)
    figures.are(应移交=12, 已上报=12, 已接收=3, 退回=0)
    street_sees_the_difference_and_accepts(window)
    figures.are(应移交=12, 已上报=12, 已接收=4, 退回=0)

    nobody_else_sees_them(window, "jingyuan_clerk", "port_hr", "gaoqu_clerk")
    the_auditor_sees_acts_and_no_person(window)


class Figures:
    """The leading group's office: each number on its progress page, and the list behind it."""

    def __init__(self, window):
        self.window = window

    def are(self, **expected):
        window = self.window.log_in("watchdog").open("/progress/")
        found = {}
        for row in window.all(":is(#table-funnel, #table-aside) tbody tr"):
            link = row.find_element(By.CSS_SELECTOR, "td a")
            found[row.find_element(By.TAG_NAME, "th").text] = int(link.text), link.get_attribute("href")
        assert {label: found[label][0] for label in expected} == expected
        for label, count in expected.items():
            window.open(found[label][1].removeprefix(window.address))
            assert window.title == f"退休人员（{count} 人）", label
            assert len(window.rows()) == count


def read_by_a_worker(window):
    """The worker's turn. The page finds out by itself."""
    window.see("正在排队等候读取")
    checking.carry_out(Roster.objects.get(state="uploaded").pk)
    window.see("总行数")
    window.settle()


def equation(window):
    """Rows in the file = may be imported + may not + blank."""
    return [int(re.match(r"[\d,]+", one.text).group().replace(",", "")) for one in window.all(".equation dd")]


def upload(window, path):
    window.log_in("mill_hr")
    window.go("花名册", "//nav[@aria-label='主导航']")
    window.go("上传花名册")
    window.fill("file", path)
    window.go("上传", "//main//form")
    assert path.name in window.title


def enterprise_reads_its_faults(window, path, tmp_path):
    upload(window, path)
    read_by_a_worker(window)
    assert equation(window) == [14, 6, 6, 2]
    window.see(
        "身份证号校验位不对", "身份证号存成了数字", "必填项未填", "日期不存在", "文件内重复", "电话栏填了身份证号"
    )
    assert not window.control("导入全部").is_enabled()
    window.go("身份证号校验位不对")
    assert [one.text for one in window.all("tbody tr td:first-child")] == ["9"]
    window.driver.back()
    window.settle()
    marked = window.download("下载标注问题的表格")
    window.go("放弃本次上传")
    window.see("已放弃本次上传")
    return put_right(marked, tmp_path / "改正后的花名册.xlsx")


def put_right(marked, path):
    """What the clerk does in Excel, led by the column of reasons."""
    book = openpyxl.load_workbook(marked)
    page = book.active
    at = {cell.value: cell.column for cell in page[2]}
    reasons = {row: page.cell(row, at["问题说明"]).value for row in range(3, 15)}
    assert [row for row, reason in reasons.items() if reason] == list(range(9, 15))
    for row, heading, value in (
        (9, "身份证号", make.id_number(207)),
        (10, "身份证号", make.id_number(208)),
        (11, "退休时间", "2021-05"),
        (12, "退休时间", "2021-02-28"),
        (13, "身份证号", make.id_number(211)),
        (13, "姓名", "燕玉川示例"),
        (14, "联系电话", make.phone(212)),
    ):
        page.cell(row, at[heading]).value = value
    book.save(path)
    return path


def enterprise_brings_them_in(window, path):
    upload(window, path)
    read_by_a_worker(window)
    assert equation(window) == [14, 12, 0, 2]
    window.go("导入全部 12 人")
    window.see("正在导入")
    importing.carry_out(Roster.objects.get(state="importing").pk)
    window.see("已导入 12 人")
    window.settle()
    window.go("查看本批人员")
    assert window.title == "退休人员（12 人）"


def enterprise_submits(window):
    window.log_in("mill_hr")
    assert window.tile("待上报") == 12
    window.leave(lambda: next(one for one in window.all("a.tile") if "待上报" in one.text).click())
    window.one("[data-tick-all]").click()
    window.see("已选 12 人（全部符合条件的）")
    window.go("上报", "//*[@class='bulk-buttons']")
    window.see("环翠区", "按地址判断，由区市分配")
    window.go("上报", "//main//form")
    window.see("已编批次")
    assert Case.objects.filter(state="submitted", area__code="HC").count() == 12


def area_distributes_by_the_suggestion(window):
    window.log_in("huancui_clerk")
    assert window.tile("待分配") == 12
    window.go("分配", "//nav[@aria-label='主导航']")
    assert "12 人" in window.title
    assert {one.text for one in window.all("mark.match")} >= {STREET}
    chosen = {one.text for one in window.all("option:checked")}
    assert STREET in chosen
    window.go("接受本组建议（12 人）")
    window.see("已分配 12 人")


def street_accepts_some_and_returns_one(window):
    window.log_in("zhudao_clerk")
    assert window.tile("待接收") == 12
    window.go("接收", "//nav[@aria-label='主导航']")
    assert window.title.endswith("12 人）")
    names = [name for name in window.rows() if name != RETURNED][:3]
    for name in names:
        window.one(f"input[aria-label='选择 {name}']").click()
    window.see("已选 3 人")
    window.go("接收", "//*[@class='bulk-buttons']")
    window.see("已接收 3 人")
    assert window.title.endswith("9 人）")
    window.one(f"input[aria-label='选择 {RETURNED}']").click()
    window.go("退回", "//*[@class='bulk-buttons']")
    window.fill("reason_code", "地址不详或有误")
    window.fill("reason", "示例：小区没有这一栋，请核对楼号。")
    window.go("退回", "//main//form")
    window.see("已退回")
    window.open("/receive/")
    assert RETURNED not in window.rows()
    person = Retiree.objects.get(name=RETURNED)
    window.open(f"/people/{person.pk}/")
    window.see_not(RETURNED, "乐长江")


def enterprise_takes_back_corrects_and_submits_again(window):
    window.log_in("mill_hr")
    assert window.tile("退回待处理") == 1
    window.leave(lambda: next(one for one in window.all("a.tile") if "退回待处理" in one.text).click())
    window.go(RETURNED)
    window.see("被退回", "小区没有这一栋")
    window.go("收回并修改")
    window.see("办理后状态")
    window.go("收回", "//main//form")
    window.open(f"/people/{Retiree.objects.get(name=RETURNED).pk}/")
    window.go("更正信息")
    window.fill("residence_address", make.ZHUDAO + "9号楼2单元301室")
    window.fill("reason", "示例：核对房产证")
    window.go("保存更正")
    window.see("已更正")
    window.open(f"/people/{Retiree.objects.get(name=RETURNED).pk}/")
    window.go("再次上报")
    window.see(STREET)
    window.go("上报", "//main//form")
    case = Case.objects.get(retiree__name=RETURNED)
    assert (case.state, case.office.short_name or case.office.name, case.round) == ("assigned", STREET, 2)


def street_sees_the_difference_and_accepts(window):
    window.log_in("zhudao_clerk")
    window.open("/receive/?again=1")
    assert window.rows() == [RETURNED]
    window.see("第 2 轮")
    window.leave(lambda: window.one("a.whole").click())
    window.see("上次退回的原因", "小区没有这一栋", "常年居住地", "改动（1 处）")
    window.go("接收", "//main")
    assert Case.objects.get(retiree__name=RETURNED).state == "accepted"


def nobody_else_sees_them(window, *others):
    people = list(Retiree.objects.all())
    for who in others:
        window.log_in(who)
        for path in ("/", "/people/", "/receive/", "/distribute/", "/progress/", f"/people/{people[0].pk}/"):
            window.open(path)
            assert not re.search("|".join(one.name for one in people), window.text), (who, path)


def the_auditor_sees_acts_and_no_person(window):
    window.log_in("auditor")
    window.go("审计", "//nav[@aria-label='主导航']")
    window.see("示例纺织厂人事", "示例竹岛经办")
    person = Retiree.objects.get(name=RETURNED)
    for path in ("/audit/", "/audit/events/", "/people/", f"/people/{person.pk}/"):
        window.open(path)
        assert not any(one.name in window.text for one in Retiree.objects.all())
