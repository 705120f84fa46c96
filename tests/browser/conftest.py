"""A real browser on the running site. Nothing here sleeps: every step waits for what the page must show."""

import pytest
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.papers.reading import text_of
from tools import browser

FOUND = browser.find()
PASSWORD = "Demo-Pass-123"
PATIENCE = 40
# What a console says of a page that answers 403 or 404 on purpose.
EXPECTED = ("status of 403", "status of 404", "status of 409", "status of 422")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if FOUND.missing:
                item.add_marker(pytest.mark.skip(reason=FOUND.missing))


class Window:
    """What a person does: open, read, click, fill in. After each page the console must be silent."""

    def __init__(self, driver, address, downloads):
        self.driver, self.address, self.downloads = driver, address, downloads
        self.read = set()

    def open(self, path):
        self.driver.get(f"{self.address}{path}")
        self.settle()
        return self

    def settle(self):
        self.wait(lambda driver: driver.execute_script("return document.readyState") == "complete", "页面没有载入")
        self.look_at_console()
        self.read.add(self.title)

    def look_at_console(self):
        faults = [one["message"] for one in self.driver.get_log("browser") if one["level"] in ("SEVERE", "WARNING")]
        assert [one for one in faults if not any(words in one for words in EXPECTED)] == [], self.driver.current_url

    def wait(self, condition, words="条件没有满足"):
        # A page may be exchanged for the next one in the middle of a look at it, and chromedriver has several
        # words for that; the look is taken again until the patience ends.
        patient = WebDriverWait(self.driver, PATIENCE, 0.05, ignored_exceptions=[WebDriverException])
        return patient.until(condition, words)

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.address)

    @property
    def title(self):
        return self.driver.find_element(By.TAG_NAME, "h1").text

    @property
    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    def see(self, *words):
        for word in words:
            try:
                self.wait(lambda driver, word=word: word in self.text)
            except TimeoutException:
                pytest.fail(f"没有看到“{word}”：{self.path} {self.text[:1500]}")
        return self

    def see_not(self, *words):
        assert not any(word in self.text for word in words)

    def one(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def all(self, css):
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def control(self, words, inside="//body"):
        """The link or button that says `words`, or begins with them; the first that can be pressed."""
        quoted = f"starts-with(normalize-space(.), '{words}')"
        found = self.driver.find_elements(By.XPATH, f"{inside}//*[self::a or self::button or self::summary][{quoted}]")
        shown = [one for one in found if one.is_displayed()]
        assert shown, f"没有“{words}”：{self.text[:1500]}"
        exact = [one for one in shown if one.text.strip() == words]
        return next((one for one in exact or shown if one.is_enabled()), shown[0])

    def press(self, words, inside="//body"):
        """Press something that stays on the page."""
        target = self.control(words, inside)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", target)
        target.click()

    def go(self, words, inside="//body"):
        """Press something that leads to another page, and wait for it."""
        self.leave(lambda: self.press(words, inside))

    def leave(self, act):
        old = self.driver.find_element(By.TAG_NAME, "html")
        act()
        self.wait(lambda driver: gone(old), "没有转到下一页")
        self.settle()

    def fill(self, name, value):
        field = self.one(f"main [name='{name}'], form [name='{name}']")
        if field.get_attribute("type") == "hidden":
            field = next(one for one in self.all(f"[name='{name}']") if one.is_displayed())
        if field.tag_name == "select":
            field.find_element(By.XPATH, f".//option[normalize-space(.)='{value}' or @value='{value}']").click()
        elif field.get_attribute("type") == "file":
            field.send_keys(str(value))
        elif field.get_attribute("type") == "date":
            # How a day is typed depends on the language of the machine.
            self.driver.execute_script("arguments[0].value = arguments[1]", field, f"{value:%Y-%m-%d}")
        else:
            field.clear()
            field.send_keys(value)

    def log_in(self, who):
        self.driver.delete_all_cookies()
        self.open("/login/")
        self.fill("username", who)
        self.fill("password", PASSWORD)
        self.go("登录")
        return self

    def act(self, words, **fields):
        """Take a step of the page: at once, or through the form that it opens, filled with `fields`."""
        asks = self.control(words, "//main").tag_name == "a"
        self.go(words, "//main")
        if asks:
            self.send(words, **fields)

    def send(self, words, **fields):
        for name, value in fields.items():
            self.fill(name, value)
        self.go(words, "//main//form")

    def bring(self, words, path):
        """Upload a scan from the papers of the page."""
        self.go(words, "//main")
        self.send("上传", file=path)
        self.see("扫描件已上传")

    def refused(self, words):
        """Why the step of this page cannot be taken now."""
        button = self.control(words, "//main")
        assert not button.is_enabled(), words
        return button.find_element(By.XPATH, "./..").text

    def paper(self, label):
        """What stands in the newest paper of this kind, which carries its number; and the number."""
        row = f"//section[@aria-labelledby='papers']//tr[th[normalize-space(.)='{label}']]"
        number = self.driver.find_element(By.XPATH, f"{row}/td[1]").text
        text = text_of(self.download("下载 Word 文件", ".docx", row).read_bytes())
        assert number in text, (label, number)
        return text

    def make(self, label):
        self.go(f"生成{label}", "//main")
        self.see(f"{label}已生成")
        return self.paper(label)

    def follow(self, label):
        """From the workbench to what a tile counts."""
        tile = next(one for one in self.all("a.tile") if one.find_element(By.CSS_SELECTOR, ".tile-label").text == label)
        self.leave(tile.click)

    def bulk(self, words, **fields):
        """All of a list at once: tick, preview, act."""
        self.one("[data-tick-all]").click()
        self.go(words, "//*[@class='bulk-buttons']")
        self.send(words, **fields)

    def rows(self):
        """The names in the list on the page."""
        return [one.text for one in self.all("tbody a.row-link")]

    def tile(self, label):
        """The count on a tile of the workbench."""
        for one in self.all("a.tile"):
            if one.find_element(By.CSS_SELECTOR, ".tile-label").text == label:
                return int(one.find_element(By.TAG_NAME, "b").text)
        raise AssertionError(f"没有“{label}”")

    def download(self, words, suffix=".xlsx", inside="//body"):
        """Press a download and answer with the file when it is whole."""
        before = set(self.downloads.iterdir())
        self.press(words, inside)

        def arrived(driver):
            new = set(self.downloads.iterdir()) - before
            return next((one for one in new if one.suffix == suffix), None)

        return self.wait(arrived, "文件没有下载完")


def gone(element):
    try:
        element.is_enabled()
    except (StaleElementReferenceException, WebDriverException):
        return True
    return False


@pytest.fixture
def staff(transactional_db, people):
    """The cast, with a password that everybody knows."""
    for user in people.values():
        user.set_password(PASSWORD)
        user.save()
    return people


@pytest.fixture
def window(staff, live_server, tmp_path):
    yield from open_window(live_server, tmp_path, javascript=True)


@pytest.fixture
def plain_window(staff, live_server, tmp_path):
    """A browser in which no script runs."""
    yield from open_window(live_server, tmp_path, javascript=False)


def open_window(live_server, tmp_path, javascript):
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    driver = browser.start(downloads=downloads, javascript=javascript)
    try:
        yield Window(driver, live_server.url, downloads)
    finally:
        driver.quit()
