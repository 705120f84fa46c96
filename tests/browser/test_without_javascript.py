"""Every page does its work without a script."""

import pytest

from handover.models import Case
from tests import scene as scenes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


def test_a_street_clerk_filters_and_accepts_without_a_script(plain_window, scene):
    window = plain_window
    window.log_in("zhudao_clerk")
    assert window.title == "工作台"
    assert window.driver.execute_script("return typeof htmx") == "undefined"
    window.open("/people/")
    assert window.rows() == ["安示例"]
    window.press("状态", "//form[contains(@class, 'filters')]")
    window.one("input[name=state][value=accepted]").click()
    window.go("按所选筛选")
    window.see("没有符合筛选条件的记录")
    window.go("清除全部筛选")
    assert window.rows() == ["安示例"]
    window.open("/receive/")
    window.one("input[name=id]").click()
    window.go("接收", "//*[@class='bulk-buttons']")
    window.see("已接收 1 人")
    assert Case.objects.get(pk=scene.people["安"].pk).state == "accepted"


def test_an_enterprise_clerk_searches_and_reveals_without_a_script(plain_window, scene):
    window = plain_window
    window.log_in("mill_hr")
    window.fill("q", "baishili")
    window.go("搜索", "//form[@role='search']")
    window.see("白示例")
    assert scene.people["白"].id_number not in window.driver.page_source
    window.open(f"/people/{scene.people['白'].pk}/reveal/phone/")
    window.one("input[name=purpose][value=contact]").click()
    window.go("查看", "//main//form")
    window.see(scene.people["白"].phone)


def test_a_post_is_chosen_and_letters_grow_without_a_script(plain_window, scene):
    window = plain_window
    window.log_in("watchdog")
    window.go("大字号")
    assert "large-type" in window.one("html").get_attribute("class")
    window.go("标准字号")
    assert "large-type" not in (window.one("html").get_attribute("class") or "")
