"""The list that is worked through all day, without a mouse; and every kind of page with a silent console."""

import pytest
from selenium.webdriver.common.keys import Keys

from handover.models import Case
from handover.services import take
from tests import scene as scenes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(town, people, make_person):
    """Four people who wait at 竹岛街道."""
    found = [make_person(town.mill, f"示例{word}") for word in "甲乙丙丁"]
    keys = [one.pk for one in found]
    assert len(take("submit", keys, actor=people["mill_hr"], targets=town.huancui).moved) == 4
    assert len(take("assign", keys, actor=people["huancui_clerk"], targets=town.zhudao).moved) == 4
    return found


def keys(window, *pressed):
    for one in pressed:
        window.driver.switch_to.active_element.send_keys(one)


def here(window):
    return [one.text for one in window.all("tr.is-here a.row-link")]


def test_people_are_received_by_the_keyboard_alone(window, waiting):
    window.log_in("zhudao_clerk").open("/receive/")
    names = window.rows()
    assert len(names) == 4
    keys(window, "j")
    assert here(window) == names[:1]
    keys(window, "j", "j", "k")
    assert here(window) == names[1:2]
    keys(window, "x")
    window.see("已选 1 人")
    keys(window, "j", "x")
    window.see("已选 2 人")
    window.leave(lambda: keys(window, "a"))
    window.see("已接收 2 人")
    accepted = Case.objects.filter(state="accepted").values_list("retiree__name", flat=True)
    assert set(accepted) == set(names[1:3])
    # With nothing ticked the key means the row one stands on.
    left = window.rows()
    keys(window, "j")
    window.leave(lambda: keys(window, "a"))
    assert set(window.rows()) == set(left[1:])
    keys(window, "j")
    window.leave(lambda: keys(window, "r"))
    assert "退回" in window.title


def test_enter_opens_the_row_and_the_list_is_found_again(window, waiting):
    window.log_in("zhudao_clerk").open("/people/?state=assigned")
    name = window.rows()[0]
    keys(window, "j")
    window.leave(lambda: keys(window, Keys.ENTER))
    window.see(name, "办理记录")
    window.go("退休人员", "//nav[@aria-label='当前位置']")
    assert window.path == "/people/?state=assigned"


def test_enter_on_a_tick_box_opens_the_row_and_receives_nobody(window, waiting):
    window.log_in("zhudao_clerk").open("/receive/")
    name = window.rows()[0]
    window.one("input[name=id]").click()
    window.leave(lambda: keys(window, Keys.ENTER))
    window.see(name, "办理记录")
    assert not Case.objects.filter(state="accepted").exists()


def test_a_slash_leads_to_the_search_and_keys_are_words_there(window, waiting):
    window.log_in("zhudao_clerk").open("/receive/")
    keys(window, "/")
    assert window.driver.switch_to.active_element.get_attribute("id") == "top-search"
    keys(window, "shilijia")
    assert here(window) == []
    window.leave(lambda: keys(window, Keys.ENTER))
    window.see("示例甲")
    # What was looked for stands in no address.
    assert "shilijia" not in window.driver.current_url


def test_the_skip_link_comes_first_and_focus_is_seen(window, waiting):
    window.log_in("zhudao_clerk").open("/receive/")
    keys(window, Keys.TAB)
    first = window.driver.switch_to.active_element
    assert first.text == "跳到正文"
    for _ in range(6):
        keys(window, Keys.TAB)
        # The ring grows within a moment.
        here = window.driver.switch_to.active_element.text
        window.wait(lambda driver: driver.execute_script(RING), f"看不出焦点在“{here}”上")


RING = """
const look = getComputedStyle(document.activeElement);
const transparent = "rgba(0, 0, 0, 0)";
return (look.outlineStyle !== "none" && look.outlineColor !== transparent)
  || (look.boxShadow !== "none" && !look.boxShadow.includes(transparent));
"""
PAGES = {
    "mill_hr": "/ /people/ /rosters/ /rosters/upload/ /dossiers/ /shipments/ /filing-fees/ /progress/ /batches/ /deaths/ /search/ /password/".split(),
    "huancui_clerk": "/ /distribute/ /people/ /progress/".split(),
    "zhudao_clerk": "/ /receive/ /people/ /deaths/".split(),
    "archivist": "/ /dossiers/ /shipments/ /filing-fees/".split(),
    "mill_party": "/ /memberships/ /memberships/?chase=at_risk".split(),
    "watchdog": "/ /progress/ /people/ /rosters/ /batches/".split(),
    "sysadmin": "/ /offices/ /enterprises/ /enterprises/add/ /parameters/ /holidays/".split(),
    "secadmin": "/ /users/ /users/add/".split(),
    "auditor": "/ /audit/ /audit/events/ /nowhere/".split(),
}


def test_no_page_breaks_the_policy_or_runs_into_an_error(window, town, people, make_person, tmp_path):
    """The console of every page is silent: `settle` looks at it. No page is wider than the screen."""
    scene = scenes.build(town, people, make_person, tmp_path)
    own = {"mill_hr": "安", "zhudao_clerk": "安", "watchdog": "丁"}
    for who, paths in PAGES.items():
        window.log_in(who)
        person = [f"/people/{scene.people[own[who]].pk}/"] if who in own else []
        more = (
            [f"/rosters/{scene.rosters['安'].pk}/", f"/rosters/{scene.rosters['安'].pk}/headings/"]
            if who == "mill_hr"
            else []
        )
        for path in [*paths, *person, *more]:
            window.open(path)
            wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert window.driver.execute_script(wide) <= 0, (who, path)
