"""What the page of a checked roster says."""

import re

from django.urls import reverse

from retirees.models import Retiree, Roster, RosterRow
from retirees.models.rosters import RosterState
from retirees.roster import checking, files, importing, review
from tests.cast import id_number
from tests.retirees.pages.workbooks import ADDRESS, good_and_bad, person, workbook


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_a_number_in_full_stands_on_no_page(checked, page):
    roster = checked()
    texts = [page("roster", roster), page("headings", roster), page("rows", roster, kind="id_check_digit")]
    texts += [page("rows", roster, tab=tab.name) for tab in review.TABS]
    assert any("示例" in text for text in texts)
    for text in texts:
        for serial in range(1, 7):
            assert id_number(serial)[6:14] not in text
            assert f"1380631{serial:04}" not in text
        assert ADDRESS not in text


def test_the_equation_adds_up_on_the_page(checked, page):
    roster = checked()
    text = words(page("roster", roster))
    assert "总行数 8 ＝ 可导入 3" in text
    assert "＋ 不能导入 3" in text
    assert "＋ 空行和合计行 2" in text
    assert roster.rows == roster.accepted + roster.rejected + roster.blank == 8


def test_each_kind_counts_the_rows_that_its_link_shows(checked, page):
    roster = checked()
    kinds = review.kinds(roster)
    assert {"id_check_digit", "duplicate_in_file", "missing"} <= {kind.code for kind in kinds}
    summary = page("roster", roster)
    for kind in kinds:
        assert f"?kind={kind.code}" in summary
        rows = page("rows", roster, kind=kind.code)
        assert f"共 {kind.count} 行" in words(rows), kind
        assert kind.title in rows


def test_each_tab_counts_the_rows_that_it_shows(checked, page):
    roster = checked()
    counts = review.tab_counts(roster)
    assert counts == {"bad": 2, "duplicate": 1, "warning": 1, "good": 3, "blank": 1}
    for tab in review.TABS[:-1]:
        text = words(page("rows", roster, tab=tab.name))
        assert f"{tab.label} {counts[tab.name]}" in text
        assert f"共 {counts[tab.name]} 行" in text


def test_rows_with_nothing_in_them_are_counted_and_said(checked, page):
    text = words(page("rows", checked(), tab="blank"))
    assert "空行和合计行 2" in text
    assert "另有 1 行没有任何内容" in text
    assert "共 1 行" in text


def test_a_faulty_row_names_the_column_and_what_to_do(checked, page):
    text = words(page("rows", checked(), tab="bad"))
    assert "丁示例" in text
    assert "校验位不对，应为" in text
    assert "371002********" in text


def test_what_was_tidied_up_is_shown(checked, page):
    assert "白示例" in words(page("rows", checked(), tab="good"))


def test_everything_that_is_wrong_blocks_importing_all_and_says_so(checked, page):
    text = words(page("roster", checked()))
    assert "还有 3 行不能导入" in text
    assert "只导入正确的 3 行" in text


def test_without_faults_all_are_offered(checked, page):
    text = words(page("roster", checked(workbook([person(1), person(2, "示例乙")]))))
    assert "导入全部 2 人" in text
    assert "只导入正确的" not in text


def test_an_unreadable_file_gives_its_reason_and_a_way_on(checked, page):
    roster = checked(workbook([{"颜色": "红", "数量": "3"}], headings=("颜色", "数量"), title=""))
    assert roster.state == RosterState.REFUSED
    text = page("roster", roster)
    assert roster.refusal in text
    assert "重新上传" in text


def test_a_running_roster_asks_again_and_works_without_script(send, client_of, page):
    send(good_and_bad())
    roster = Roster.objects.get()
    text = page("roster", roster)
    assert reverse("retirees:progress", args=[roster.pk]) in text
    assert '<noscript><meta http-equiv="refresh"' in text
    client, url = client_of("mill_hr"), reverse("retirees:progress", args=[roster.pk])
    piece = client.get(url, headers={"HX-Request": "true"})
    assert "正在排队" in piece.content.decode()
    assert "<html" not in piece.content.decode()
    assert client.get(url).status_code == 302
    checking.carry_out(roster.pk)
    assert client.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_cancelling_leaves_nothing_and_the_file_may_come_again(send, act):
    content = good_and_bad()
    send(content)
    roster = Roster.objects.get()
    act("cancel", roster)
    roster.refresh_from_db()
    assert roster.state == RosterState.CANCELLED
    assert not files.path_of(roster).exists()
    assert checking.carry_out(roster.pk) is False
    assert not RosterRow.objects.exists()
    send(content)
    assert Roster.objects.count() == 2


def test_discarding_a_checked_roster_forgets_its_rows_and_its_file(checked, act, page):
    roster = checked()
    act("discard", roster)
    roster.refresh_from_db()
    assert roster.state == RosterState.CANCELLED
    assert not RosterRow.objects.exists()
    assert not files.path_of(roster).exists()
    assert "没有登记任何人员" in page("roster", roster)
    assert not Retiree.objects.exists()


def test_an_imported_roster_cannot_be_discarded(checked, act):
    roster = checked(workbook([person(1)]))
    act("import", roster, rows="all", key="0198c000-0000-7000-8000-000000000001")
    importing.carry_out(roster.pk)
    act("discard", roster)
    roster.refresh_from_db()
    assert roster.state == RosterState.IMPORTED
    assert Retiree.objects.count() == 1
