"""Charts under the strict policy: they draw their table, lead where it leads, and are missed by nobody without them."""

import re

import pytest
from selenium.webdriver.common.by import By

from tests import scene as scenes

pytestmark = pytest.mark.django_db(transaction=True)
# Heard before the page's first byte: whatever the policy blocks, said or unsaid on the console.
LISTEN = """
window.blocked = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.blocked.push(`${event.effectiveDirective} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
});
"""
# The column of 移交率: two more rates stand behind it.
RATE = -3
BARS = "figure[data-table='#table-area'] svg path[fill='#0b5394']"
every_kind = pytest.mark.urls("tests.browser.chart_pages")


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


@pytest.fixture
def watched(window, scene):
    window.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})
    return window.log_in("watchdog")


def blocked(window):
    return window.driver.execute_script("return window.blocked")


def figure(window, table):
    return window.one(f"figure[data-table='#{table}']")


def words(figure):
    return [one.get_attribute("textContent") for one in figure.find_elements(By.CSS_SELECTOR, "svg text")]


def shapes(figure, colour):
    return figure.find_elements(By.CSS_SELECTOR, f"svg path[fill='{colour}']")


def table(window, name="table-area"):
    rows = window.all(f"#{name} :is(tbody, tfoot) tr")
    return [[cell.text for cell in row.find_elements(By.CSS_SELECTOR, "th, td")] for row in rows]


def click(window, target):
    window.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", target)
    window.leave(target.click)


# --- without


def test_without_a_script_the_table_says_it_all_and_no_empty_box_stands_there(plain_window, scene):
    plain_window.log_in("watchdog").open("/progress/")
    assert not figure(plain_window, "table-area").is_displayed()
    rows = table(plain_window)
    assert rows[-1][0] == "合计"
    assert all(re.fullmatch(r"\d+\.\d%|—", row[RATE]) for row in rows)


def test_without_the_drawing_script_the_page_stays_whole(watched):
    watched.driver.execute_cdp_cmd("Network.enable", {})
    watched.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*echarts*"]})
    watched.driver.get(f"{watched.address}/progress/")
    watched.wait(lambda driver: driver.execute_script("return document.readyState") == "complete")
    assert watched.driver.execute_script("return typeof echarts") == "undefined"
    assert not figure(watched, "table-area").is_displayed()
    assert table(watched)[-1][0] == "合计"


def test_a_page_without_charts_does_not_load_them(watched):
    watched.open("/people/")
    assert watched.driver.execute_script("return typeof echarts") == "undefined"


@every_kind
def test_a_table_without_a_number_has_no_chart(watched):
    watched.open("/charts/")
    assert not figure(watched, "none").is_displayed()
    assert not figure(watched, "blank").is_displayed()


# --- with


def test_what_the_policy_blocks_would_be_heard(watched):
    watched.open("/progress/")
    watched.driver.execute_script("document.body.insertAdjacentHTML('beforeend', '<i style=\"color: red\"></i>')")
    assert [one.split()[0] for one in blocked(watched)] == ["style-src-attr"]


def test_the_progress_page_draws_a_bar_for_each_area_that_has_a_rate(watched):
    watched.open("/progress/")
    rates = [row[RATE] for row in table(watched)[:-1]]
    drawn = figure(watched, "table-area")
    assert drawn.is_displayed()
    assert len(watched.all(BARS)) == len([rate for rate in rates if rate != "—"]) > 0
    assert {rate for rate in rates if rate != "—"} <= set(words(drawn))
    assert {row[0] for row in table(watched)[:-1]} <= set(words(drawn))
    assert blocked(watched) == []


def test_a_bar_leads_where_its_row_leads(watched):
    watched.open("/progress/")
    rates = [row[RATE] for row in table(watched)[:-1]]
    at = next(at for at, rate in enumerate(rates) if rate not in ("0.0%", "—"))
    href = watched.all("#table-area tbody tr")[at].find_element(By.CSS_SELECTOR, "a").get_attribute("href")
    bar = max(watched.all(BARS), key=lambda one: one.size["width"])
    assert bar.size["width"] > 20
    click(watched, bar)
    assert watched.driver.current_url == href
    assert watched.title.startswith("进度：总览（")


def test_the_page_of_what_waits_draws_its_table(watched):
    watched.open("/progress/waiting/")
    assert figure(watched, "table-ages").find_element(By.CSS_SELECTOR, "svg").is_displayed()
    assert {"已上报（待分配）", "5 个工作日以内"} <= set(words(figure(watched, "table-ages")))
    assert blocked(watched) == []


@every_kind
def test_every_kind_is_drawn_and_nothing_is_blocked(watched):
    watched.open("/charts/")
    for name in ("rates", "states", "days", "stages"):
        assert figure(watched, name).find_element(By.CSS_SELECTOR, "svg").is_displayed(), name
    # Neither the total below nor what is no number is drawn; who is behind has the warning colour.
    rates = figure(watched, "rates")
    assert (len(shapes(rates, "#0b5394")), len(shapes(rates, "#c93434"))) == (1, 1)
    assert {"87.5%", "12.0%", "目标 90%"} <= set(words(rates))
    assert "85.1%" not in words(rates)
    states = figure(watched, "states")
    # One of each colour stands in the legend.
    assert [len(shapes(states, colour)) for colour in ("#2b8a57", "#0b5394", "#a61b1b")] == [3, 3, 3]
    assert len(shapes(figure(watched, "stages"), "#0b5394")) == 3
    assert {"应移交", "7,000", "已接收", "4,100"} <= set(words(figure(watched, "stages")))
    days = figure(watched, "days")
    lines = [
        one.get_attribute("stroke-dasharray") for one in days.find_elements(By.CSS_SELECTOR, "svg path[fill=none]")
    ]
    assert len({one for one in lines if one}) >= 2
    assert {"实际", "目标", "预计"} <= set(words(days))
    assert blocked(watched) == []


@every_kind
def test_a_part_of_a_bar_leads_to_the_list_of_its_own_cell(watched):
    watched.open("/charts/")
    part = max(shapes(figure(watched, "states"), "#0b5394"), key=lambda one: one.size["width"])
    click(watched, part)
    assert watched.path == "/people/?figure=submitted"


@every_kind
def test_a_coloured_cell_leads_where_its_number_leads(watched):
    watched.open("/charts/")
    cells = watched.all("#heat td")
    assert [one.get_attribute("class") for one in cells] == [f"heat-{step}" for step in range(10)]
    click(watched, cells[9])
    assert watched.path == "/people/?figure=due"


@every_kind
def test_charts_follow_the_window_and_the_size_of_letters(watched):
    watched.open("/charts/")

    def width():
        return int(watched.one("figure[data-table='#days'] svg").get_attribute("width"))

    def size():
        return watched.one("figure[data-table='#days'] svg text").value_of_css_property("font-size")

    wide, small = width(), size()
    screen = {"width": 683, "height": 384, "deviceScaleFactor": 2, "mobile": False}
    watched.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    watched.wait(lambda driver: width() < wide)
    inside = "return document.documentElement.scrollWidth <= window.innerWidth"
    assert watched.driver.execute_script(inside)
    watched.go("大字号")
    watched.open("/charts/")
    assert float(size()[:-2]) > float(small[:-2])
    assert blocked(watched) == []


@every_kind
def test_on_paper_parts_have_patterns_and_the_chart_fits_the_sheet(watched):
    watched.open("/charts/")
    patterns = "return document.querySelectorAll(\"figure[data-table='#states'] pattern\").length"
    before = watched.one("figure[data-table='#states'] svg").get_attribute("width")
    watched.driver.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert int(watched.one("figure[data-table='#states'] svg").get_attribute("width")) == 700
    assert watched.driver.execute_script(patterns) >= 2
    watched.driver.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert watched.one("figure[data-table='#states'] svg").get_attribute("width") == before
    assert watched.driver.execute_script(patterns) == 0
    assert blocked(watched) == []
