import pytest
from django.urls import reverse

from retirees.models import Roster
from retirees.models.rosters import RosterState
from tests.retirees.pages.workbooks import good_and_bad, person, workbook

READ = ("roster", "rows", "progress", "headings", "withdraw", "annotated", "original")
POSTED = ("headings", "cancel", "discard", "import", "withdraw")
OUTSIDERS = ("zhudao_clerk", "huancui_clerk", "archivist", "mill_party", "auditor", "nobody")


@pytest.mark.parametrize("who", ["port_hr", "dyeworks_hr"])
def test_a_foreign_roster_is_not_found(checked, client_of, act, who):
    roster = checked()
    for name in READ:
        assert client_of(who).get(reverse(f"retirees:{name}", args=[roster.pk])).status_code == 404, name
    for name in POSTED:
        assert act(name, roster, who).status_code == 404, name
    assert roster.filename not in client_of(who).get(reverse("retirees:rosters")).content.decode()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_receiving_office_sees_any_roster(checked, client_of, act, who):
    roster = checked()
    assert client_of(who).get(reverse("retirees:rosters")).status_code == 403
    for name in READ:
        assert client_of(who).get(reverse(f"retirees:{name}", args=[roster.pk])).status_code == 403, name
    for name in POSTED:
        assert act(name, roster, who).status_code == 403, name


def test_the_city_office_looks_and_may_not_act(checked, client_of, act, page):
    roster = checked()
    text = page("roster", roster, "watchdog")
    assert "总行数" in text
    assert "导入全部" not in text
    assert "下载标注问题的表格" not in text
    assert "下载原文件" not in text
    for name in ("annotated", "original", "headings", "withdraw"):
        assert client_of("watchdog").get(reverse(f"retirees:{name}", args=[roster.pk])).status_code == 403, name
    for name in POSTED:
        assert act(name, roster, "watchdog").status_code == 403, name
    roster.refresh_from_db()
    assert roster.state == RosterState.CHECKED


def test_the_group_sees_the_rosters_of_its_subsidiaries(send, client_of, town):
    send(good_and_bad(), "分厂名册.xlsx", who="dyeworks_hr", enterprise=town.dyeworks)
    assert "分厂名册.xlsx" in client_of("group").get(reverse("retirees:rosters")).content.decode()
    assert client_of("group").get(reverse("retirees:roster", args=[Roster.objects.get().pk])).status_code == 200


def test_the_list_is_filtered_by_state_and_enterprise(checked, send, client_of, town):
    checked(name="已核对的名册.xlsx")
    send(workbook([person(9)]), "分厂名册.xlsx", who="group", enterprise=town.dyeworks)
    group, url = client_of("group"), reverse("retirees:rosters")
    by_state = group.get(url, {"state": "checked"}).content.decode()
    assert "已核对的名册.xlsx" in by_state
    assert "分厂名册.xlsx" not in by_state
    by_enterprise = group.get(url, {"enterprise": town.dyeworks.pk}).content.decode()
    assert "分厂名册.xlsx" in by_enterprise
    assert "已核对的名册.xlsx" not in by_enterprise


def test_an_empty_list_says_what_to_do(client_of):
    text = client_of("mill_hr").get(reverse("retirees:rosters")).content.decode()
    assert "还没有上传过花名册" in text
    assert reverse("retirees:upload") in text
    assert reverse("retirees:template") in text
