"""The pictures of docs/screenshots: one page for each role of a running demo, as a screen of 1366×768 shows it.

`DEMO_PASSWORD=… python -m tools.screenshots --address http://127.0.0.1:8000 [name …]`. It reads only; the demo is the
one that `make run` starts, or any site after `manage.py seed_demo`.
"""

import argparse
import base64
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools import browser

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
LARGEST = 200 * 1024
# A password takes its time to be checked.
LOGIN_SECONDS = 10
# The link of the first row of a list: the page behind it is the one to be taken.
FIRST_ROW = "main table.list tbody a[href]"


@dataclass(frozen=True)
class Picture:
    """`path` is opened as `account`; with `follow` the first row of that list is opened in turn."""

    name: str
    account: str
    path: str
    follow: bool = False


PICTURES = (
    Picture("login", "", "/login/"),
    Picture("hr-workbench", "hr", "/"),
    Picture("hr-roster", "hr", "/rosters/", follow=True),
    Picture("district-distribute", "district", "/distribute/"),
    Picture("street-receive", "street", "/receive/"),
    Picture("street-person", "street", "/people/?state=contacted", follow=True),
    Picture("sasac-progress", "sasac", "/progress/"),
    Picture("group-agreement", "group", "/agreements/?state=signed", follow=True),
    Picture("archivist-shipment", "archivist", "/shipments/?state=in_transit", follow=True),
    Picture("archivist-dossiers", "archivist", "/dossiers/"),
    Picture("party-memberships", "party_street", "/memberships/"),
    Picture("party-chase", "party_soe", "/memberships/chase/"),
    Picture("sysadmin-offices", "sysadmin", "/offices/"),
    Picture("secadmin-users", "secadmin", "/users/"),
    Picture("auditor-operations", "auditor", "/audit/?kind=case.accept"),
)


class NotTaken(Exception):
    """A sentence for the person at the terminal."""


def log_in(driver, address, account, password):
    driver.get(f"{address}/login/")
    if not account:
        return
    driver.find_element("name", "username").send_keys(account)
    driver.find_element("name", "password").send_keys(password)
    driver.find_element("css selector", "form button").click()
    deadline = time.monotonic() + LOGIN_SECONDS
    while "/login/" in driver.current_url:
        if time.monotonic() > deadline:
            raise NotTaken(f"{account} 未能登录。请以 DEMO_PASSWORD 给出演示账号的密码。")
        time.sleep(0.1)


def open_page(driver, address, picture):
    driver.get(f"{address}{picture.path}")
    if picture.follow:
        rows = driver.find_elements("css selector", FIRST_ROW)
        if not rows:
            raise NotTaken(f"{picture.name}：{picture.path} 的列表是空的，没有可以打开的一行。请先建立演示数据。")
        driver.get(rows[0].get_attribute("href"))


def status_of(driver):
    entry = "return performance.getEntriesByType('navigation')[0].responseStatus"
    return driver.execute_script(entry)


def picture_of(driver):
    answer = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": False})
    return base64.b64decode(answer["data"])


def take(picture, address, password, folder):
    """Each picture in a browser of its own: no role sees the session of another."""
    driver = browser.start()
    try:
        log_in(driver, address, picture.account, password)
        open_page(driver, address, picture)
        if status_of(driver) != 200:
            raise NotTaken(f"{picture.name}：{picture.path} 返回 {status_of(driver)}，没有保存。")
        content = picture_of(driver)
    finally:
        driver.quit()
    if len(content) > LARGEST:
        raise NotTaken(f"{picture.name}：图片 {len(content) // 1024} KB，超过 {LARGEST // 1024} KB，没有保存。")
    (folder / f"{picture.name}.png").write_bytes(content)
    return len(content)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="只拍这几张；默认全部")
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    if missing := browser.find().missing:
        sys.exit(f"没有拍摄：{missing}。")
    unknown = set(options.names) - {picture.name for picture in PICTURES}
    if unknown:
        sys.exit(f"没有这些图片：{'、'.join(sorted(unknown))}。可选：{'、'.join(one.name for one in PICTURES)}。")
    options.folder.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in PICTURES if picture.name in (options.names or [picture.name])]
    refusals = []
    for picture in wanted:
        try:
            size = take(picture, options.address.rstrip("/"), os.environ.get("DEMO_PASSWORD", ""), options.folder)
            print(f"{picture.name}.png  {size // 1024} KB", flush=True)
        except NotTaken as refusal:
            refusals.append(str(refusal))
    if refusals:
        sys.exit("\n".join(refusals))


if __name__ == "__main__":
    main()
