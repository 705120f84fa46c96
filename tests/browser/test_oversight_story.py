"""The leading group's office in a real browser: who holds the city back and why, a notice to them, the bulletin."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from handover.models import Case, Notice
from oversight.models import Bulletin
from tests import scene as scenes
from tests.papers.reading import text_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    made = scenes.build(town, people, make_person, tmp_path)
    yield made
    call_command("verify_audit")
    call_command("count_people", "--anew")
    call_command("count_people", "--check")


def follow(window, link):
    window.open(link.get_attribute("href").removeprefix(window.address))


def test_a_leader_sees_who_holds_the_city_back_and_presses_him(window, scene, town):
    window.log_in("watchdog").open("/progress/")
    window.see("谁卡住了移交", "主要指标和阶段目标")
    first = "//section[@aria-labelledby='worst']//table[1]//tbody/tr[1]"
    held = window.driver.find_element("xpath", first)
    assert held.text.startswith(str(town.huancui))
    stuck = int(re.search(r"\d+", held.text)[0])
    assert stuck == Case.objects.filter(area=town.huancui, state__in=("submitted", "assigned")).count()

    # Why: one click on the number, and the list has as many rows.
    follow(window, held.find_elements("css selector", "td a")[0])
    window.see(f"共 {stuck} 人")

    # What to do about it: two clicks, and the area has a notice with a day.
    window.open("/progress/")
    window.go("督办", first)
    due_on = timezone.localdate() + timedelta(days=14)
    window.send("下发督办", due_on=due_on)
    window.see("已下发")
    notice = Notice.objects.order_by("pk").last()
    assert (notice.area, notice.due_on) == (town.huancui, due_on)
    assert f"{stuck} 人" in notice.text
    window.log_in("huancui_clerk").open("/").see("督办，待答复")


def test_from_the_city_down_to_a_person_and_back_in_time(window, scene, town):
    window.log_in("watchdog").open("/progress/")
    window.go(str(town.huancui), "//table[@id='table-area']//tbody")
    window.see("按镇街")
    window.go(str(town.zhudao), "//table[@id='table-street']//tbody")
    window.see("按社区")
    row = window.one("#table-community tfoot tr")
    follow(window, row.find_elements("css selector", "td a")[0])
    window.see("安示例")
    window.go("安示例", "//main//table")
    window.see("管理服务移交")

    yesterday = timezone.localdate() - timedelta(days=1)
    window.open(f"/progress/?day={yesterday}")
    window.see("历史数据", f"截至 {yesterday} 当天结束时的情况")
    window.go("回到今天")
    window.see_not("历史数据")


def test_the_bulletin_of_the_month_is_one_click_and_its_numbers_are_those_of_the_city(window, scene):
    window.log_in("watchdog").open("/bulletins/")
    window.go("生成本月通报")
    row = Bulletin.objects.get(pk=window.path.split("/")[2])
    window.see("正文", "预览")
    window.see_not("不是本期统计数据")
    due = Case.objects.exclude(state="closed").count()
    accepted = Case.objects.filter(state__in=("accepted", "contacted", "completed")).count()
    window.see(f"应移交{due}人", f"已移交{accepted}人")
    window.send("印发")
    window.see("已印发")
    row.refresh_from_db()
    assert row.issued_at
    paper = window.download("下载通报", suffix=".docx")
    assert f"应移交{due}人" in text_of(paper.read_bytes())
