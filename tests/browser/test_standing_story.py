"""The standing phase in a real browser: a month of new retirees, a problem and a notice, a death."""

from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Enterprise
from audit.operations import operation
from benefits.models import MedicalTransfer, Treatment
from benefits.services import deciding, items
from benefits.services import steps as treatments
from handover.models import Case, DeathNotice, Notice, Problem
from handover.services import take
from party.models import Membership
from retirees.models import ExpectedRetirement, Roster
from retirees.roster import importing
from retirees.statutory_age import Category, add_months, ages
from tests.browser.test_whole_story import STREET, read_by_a_worker
from tests.cast import id_number
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)
MENU = "//nav[@aria-label='主导航']"


def today():
    return timezone.localdate()


@pytest.fixture
def sound():
    """After the story the audit and the chain of custody are whole."""
    yield
    call_command("verify_audit")
    call_command("verify_custody")


# --- a month of new retirees


NEW = ("甲示例", "丙示例")


def last_month_with_retirements():
    """(first day of the month, a man's birthday): the newest month, at most this one, in which the law retires a man.

    The delay grows by leaps, so that in every fifth month no man reaches his age.
    """
    this = today().replace(day=1)
    births = [add_months(this, -61 * 12 - back) for back in range(48)]
    due = {ages(Category.MEN, born).statutory: born for born in births}
    month = max(one for one in due if one <= this)
    return month, due[month].replace(day=8)


def test_a_month_of_new_retirees_goes_from_the_list_of_employees_to_acceptance(window, town, tmp_path, sound):
    month, born_on = last_month_with_retirements()
    hr_brings_the_list_of_employees(window, employees(tmp_path, born_on), month)
    completed = hr_completes_the_roster_of_the_month(window, month, tmp_path)
    hr_imports_it(window, completed)
    hr_submits_the_month(window, month)
    area_distributes(window)
    street_accepts(window)
    month_is_done(window, month)
    assert {(one.state, one.stock) for one in Case.objects.all()} == {("accepted", False)}


def employees(tmp_path, born_on):
    path = tmp_path / "示例职工名单.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["姓名", "身份证号", "岗位类别"])
    for at, name in enumerate(NEW):
        book.active.append([name, id_number(1 + 2 * at, born_on=born_on), ""])
    book.save(path)
    return path


def hr_brings_the_list_of_employees(window, path, month):
    window.log_in("mill_hr")
    window.go("月度移交", MENU)
    window.go("退休预测", "//main")
    window.go("导入职工名单", "//main")
    window.send("导入", file=path)
    window.see("新增 2 人", *NEW, f"{month:%Y-%m}")
    assert set(ExpectedRetirement.objects.values_list("expected", flat=True)) == {month}


def open_month(window, month):
    window.go("月度移交", MENU)
    while f"（{month:%Y-%m}）" not in window.title:
        window.go("上月", "//main")


def numbers(window):
    """The line of the sum of the month on the page."""
    table = window.one("section[aria-labelledby='one'] table")
    headings = [one.text for one in table.find_elements("css selector", "thead th")][1:]
    counts = [int(one.text) for one in table.find_elements("css selector", "tfoot td")]
    return dict(zip(headings, counts, strict=True))


def hr_completes_the_roster_of_the_month(window, month, tmp_path):
    open_month(window, month)
    assert numbers(window)["预计而未登记"] == 2
    book = openpyxl.load_workbook(window.download("下载本月名单（预填）"))
    page = book.active
    at = next(row[0].row for row in page.iter_rows() if any(cell.value == "姓名" for cell in row))
    headings = {cell.value: cell.column for cell in page[at]}
    for number in range(at + 1, at + 3):
        page.cell(number, headings["联系电话"], f"1380631000{number}")
        page.cell(number, headings["常年居住地"], f"威海市环翠区{STREET}示例路{number}号")
    path = tmp_path / "示例本月花名册.xlsx"
    book.save(path)
    return path


def hr_imports_it(window, path):
    window.go("上传本月花名册", "//main")
    window.fill("file", path)
    window.go("上传", "//main//form")
    read_by_a_worker(window)
    window.go("导入全部 2 人")
    window.see("正在导入")
    importing.carry_out(Roster.objects.get(state="importing").pk)
    window.see("已导入 2 人", "下一步")
    window.settle()


def hr_submits_the_month(window, month):
    open_month(window, month)
    assert (numbers(window)["预计而未登记"], numbers(window)["待上报"]) == (0, 2)
    window.go("上报本月人员", "//main")
    assert set(window.rows()) == set(NEW)
    window.bulk("上报")
    window.see("已编批次")


def area_distributes(window):
    window.log_in("huancui_clerk")
    window.follow("待分配")
    window.go("接受本组建议（2 人）")
    window.see("已分配 2 人")


def street_accepts(window):
    window.log_in("zhudao_clerk")
    window.follow("待接收")
    window.bulk("接收")
    window.see("已接收 2 人")


def month_is_done(window, month):
    window.log_in("mill_hr")
    open_month(window, month)
    found = numbers(window)
    assert (found["预计退休"], found["已登记"], found["待上报"], found["已接收"]) == (2, 2, 0, 2)


# --- a problem and a notice


@pytest.fixture
def folk(town, people, make_person):
    """Somebody at 竹岛街道, and two who have waited for it for long."""
    with clock.at(timezone.now() - timedelta(days=91)):
        found = [make_person(town.mill, name) for name in ("安平示例", "于海示例", "白云示例")]
    ids = [one.pk for one in found]
    with clock.at(timezone.now() - timedelta(days=90)):
        take("submit", ids, actor=people["mill_hr"], targets=town.huancui)
        take("assign", ids, actor=people["huancui_clerk"], targets=town.zhudao)
    assert take("accept", [found[0].pk], actor=people["zhudao_clerk"]).moved
    return found


def test_a_problem_travels_to_a_bureau_and_back_and_the_overdue_are_pressed(window, town, folk, sound):
    street_raises_a_problem(window, folk[0])
    city_gives_it_to(window, town.civil_bureau)
    bureau_answers(window, "示例：已约定联合走访")
    street_says(window, "仍未解决", reason="示例：走访没有进行")
    bureau_answers(window, "示例：已联合走访")
    street_says(window, "确认解决")
    assert (Problem.objects.get().state, Problem.objects.get().round) == ("settled", 2)

    city_presses_the_overdue(window)
    area_replies(window)
    city_closes_the_notice(window)
    assert Notice.objects.get().state == "closed"


def first_row(window):
    window.leave(lambda: window.one("a.row-link").click())


def street_raises_a_problem(window, person):
    window.log_in("zhudao_clerk").open(f"/people/{person.pk}/")
    window.go("提出问题", "//main")
    window.see(person.name)
    said = {"title": "示例：独居老人需要走访", "text": "示例：多次敲门无人应答。"}
    window.send("提出问题", kind="其他", **said)
    window.see("已提出", "领导小组办公室")


def city_gives_it_to(window, bureau):
    window.log_in("watchdog")
    window.follow("问题待交办")
    first_row(window)
    window.act("交办", to=bureau.name)
    window.see("已交办", bureau.name)


def bureau_answers(window, words):
    window.log_in("member")
    window.follow("问题，待答复")
    first_row(window)
    window.act("答复", text=words)
    window.see("已答复", words)


def street_says(window, label, **said):
    window.log_in("zhudao_clerk")
    window.follow("问题已答复，待确认")
    first_row(window)
    window.act(label, **said)


def city_presses_the_overdue(window):
    window.log_in("watchdog")
    figure = "//section[@aria-labelledby='overview']//*[contains(., '逾期')]/descendant-or-self::a"
    window.leave(lambda: window.driver.find_elements("xpath", figure)[-1].click())
    assert set(window.rows()) == {"于海示例", "白云示例"}
    window.bulk("督办")
    window.see("办理结果", "已办理 2 人")
    window.go(f"督办 {Notice.objects.get().number}（环翠区）", "//main")
    window.see("已下发", "仍逾期 2 人")


def area_replies(window):
    window.log_in("huancui_clerk")
    window.follow("督办，待答复")
    first_row(window)
    window.see("于海示例", "白云示例", "仍逾期 2 人")
    window.act("答复", reply="示例：已督促竹岛街道本周接收")


def city_closes_the_notice(window):
    window.log_in("watchdog")
    window.follow("督办已答复，待核定")
    first_row(window)
    window.see("示例：已督促竹岛街道本周接收")
    window.act("核定办结")
    window.see("已办结")


# --- a death


@pytest.fixture
def supported(town, people, make_person):
    """Accepted by the street; a party member, insured elsewhere; what she is paid beside the pension is in force."""
    hr, proof = people["mill_hr"], {"proof": "示例复〔2026〕1号", "proof_on": today()}
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        act.change(Enterprise, [town.mill.pk], supervisor=town.sasac_bureau)
    person = make_person(
        town.mill, "安平示例", political_status="01", medical_local=False, special_groups=["work_injury"]
    )
    facts = {"rate": Decimal(1000), "period": "season", "since": date(2018, 11, 1), "basis": "示例", "payer": "示例"}
    before = make_person(town.mill, "于海示例", retired_on=date(2018, 5, 31))
    items.add(before, kind="heating", **facts, actor=hr)
    item = items.add(person, kind="heating", **facts, actor=hr)
    assert deciding.decide([item.pk], actor=hr).moved
    assert treatments.take("ask_approval", [item.pk], actor=hr).moved
    assert treatments.take("approve", [item.pk], actor=people["approver"], values=proof).moved
    assert Treatment.objects.get().state == "in_force"
    take("submit", [person.pk], actor=hr, targets=town.huancui)
    take("assign", [person.pk], actor=people["huancui_clerk"], targets=town.zhudao)
    assert take("accept", [person.pk], actor=people["zhudao_clerk"]).moved
    return person


def test_a_death_stops_what_must_stop_and_the_former_enterprise_is_told(window, supported, sound):
    street_records_the_death(window, supported)
    assert Treatment.objects.get().state == "ended"
    assert (MedicalTransfer.objects.get().state, Membership.objects.get().state) == ("ended", "ended")
    enterprise_is_told_and_acknowledges(window, supported)
    party_worker_sees_the_end(window, supported)
    street_sees_that_it_was_heard(window, supported)


def street_records_the_death(window, person):
    window.log_in("zhudao_clerk")
    window.go("退休人员", MENU)
    window.go(person.name, "//main")
    window.go("登记去世", "//main")
    window.see("登记后将告知示例纺织厂", "停发统筹外费用")
    window.send("登记去世", died_on=today() - timedelta(days=2), note="示例：家属告知")
    window.see("已登记去世", "此人于", "联系家属核对死亡信息", "终止转接", "终止衔接")
    window.see_not("取暖补贴", "统筹外费用详情")


def enterprise_is_told_and_acknowledges(window, person):
    window.log_in("mill_hr")
    window.follow("死亡告知，待知悉")
    window.go(person.name, "//main")
    window.see("已去世", "知悉后请停发统筹外费用", "终止转接", "终止衔接")
    page = window.path
    window.go("统筹外费用详情", "//main")
    window.see("取暖补贴", "已终止")
    window.open(page)
    window.go("知悉", "//main")
    window.see(f"已知悉{person.name}去世")
    assert DeathNotice.objects.get().state == "acknowledged"
    window.open("/")
    assert window.tile("死亡告知，待知悉") == 0
    window.go("医保衔接", MENU)
    window.see("终止衔接")


def party_worker_sees_the_end(window, person):
    window.log_in("mill_party").open(f"/memberships/{person.pk}/")
    window.see("去世")
    assert not Membership.objects.exclude(state="ended").exists()


def street_sees_that_it_was_heard(window, person):
    window.log_in("zhudao_clerk").open(f"/people/{person.pk}/")
    window.see("已知悉")
