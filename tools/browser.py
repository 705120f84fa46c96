"""The real browser of the stories: where it is, why it is missing, how it is started.

`python -m tools.browser` says what was found.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

# A container as root has neither the user namespaces of the sandbox nor a large /dev/shm; nothing may call home.
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--lang=zh-CN",
    "--force-device-scale-factor=1",
)
SCREEN = (1366, 768)


@dataclass(frozen=True)
class Found:
    """What of the browser is on this machine."""

    browser: str | None
    driver: str | None
    chinese_font: bool

    @property
    def missing(self):
        """Why no story can run, or an empty text."""
        if not self.browser:
            return "未找到 Chromium（可安装软件包 chromium，或以 CHROMIUM 指定路径）"
        if not self.driver:
            return "未找到 chromedriver（可安装软件包 chromium-driver，或以 CHROMEDRIVER 指定路径）"
        return ""

    def __str__(self):
        if self.missing:
            return self.missing
        text = f"{self.browser}，{self.driver}"
        return text if self.chinese_font else f"{text}；未找到中文字体，汉字显示为方框（可安装软件包 fonts-wqy-zenhei）"


def find():
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    driver = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")
    return Found(browser, driver, has_chinese_font())


def has_chinese_font():
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True).stdout.strip())


def start(*, screen=SCREEN, downloads=None, javascript=True):
    """A selenium driver on a fresh profile; the caller quits it. Only when nothing is `missing`."""
    from selenium import webdriver

    found = find()
    options = webdriver.ChromeOptions()
    options.binary_location = found.browser
    for argument in (*ARGUMENTS, f"--window-size={screen[0]},{screen[1]}"):
        options.add_argument(argument)
    # The console is read by the tests: a breach of the content security policy is a failure.
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    preferences = {"download.default_directory": str(downloads or tempfile.gettempdir())}
    if not javascript:
        preferences["profile.managed_default_content_settings.javascript"] = 2
    options.add_experimental_option("prefs", preferences)
    service = webdriver.ChromeService(executable_path=found.driver)
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_page_load_timeout(60)
    # Headless windows count their (invisible) frame: ask for the inside to be as large as the screen.
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": screen[0], "height": screen[1], "deviceScaleFactor": 1, "mobile": False},
    )
    return driver


if __name__ == "__main__":
    found = find()
    print(found)
    sys.exit(bool(found.missing))
