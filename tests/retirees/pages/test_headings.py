"""The heading map: what is not certain is asked, what was answered is remembered."""

from retirees.models import RememberedHeading, RosterRow
from retirees.models.rosters import RosterState
from retirees.roster import checking, importing, layouts
from tests.retirees.pages.workbooks import HEADINGS, person, workbook

STRANGE = (*HEADINGS, "内部标签")


def people(*serials):
    return [person(serial, f"示例{'甲乙丙丁戊'[serial % 5]}", 内部标签=f"标签{serial}") for serial in serials]


def answers(roster, **changed):
    """What the form sends when the clerk leaves everything as it stands but these: heading → field."""
    data = {}
    for index, layout in layouts.loaded(roster):
        for match in layout.columns:
            given = "" if match.is_open and not match.suggestion else match.field or match.suggestion or "-"
            data[f"s{index}-c{match.index}"] = changed.get(match.heading, given)
    return data


def test_an_unknown_column_stops_the_check_until_it_is_decided(checked, page, act):
    roster = checked(workbook(people(1, 2), headings=STRANGE))
    assert roster.state == RosterState.HEADINGS
    assert "表头待确认" in page("roster", roster)
    text = page("headings", roster)
    assert "内部标签" in text
    assert "未识别" in text
    answer = act("headings", roster, **answers(roster))
    assert answer.status_code == 422
    assert "没有指定这一列是什么" in answer.content.decode()
    roster.refresh_from_db()
    assert roster.state == RosterState.HEADINGS
    assert not RememberedHeading.objects.exists()


def test_a_decision_is_carried_out_and_remembered_for_the_next_file(checked, act, town):
    roster = checked(workbook(people(1, 2), headings=STRANGE))
    act("headings", roster, **answers(roster, 内部标签="remark"))
    checking.carry_out(roster.pk)
    roster.refresh_from_db()
    assert roster.state == RosterState.CHECKED
    assert sorted(row.remark for row in RosterRow.objects.filter(roster=roster)) == ["标签1", "标签2"]
    assert RememberedHeading.objects.get().enterprise == town.mill
    assert checked(workbook(people(3), headings=STRANGE)).state == RosterState.CHECKED


def test_a_column_may_be_left_out(checked, act):
    roster = checked(workbook(people(1), headings=STRANGE))
    act("headings", roster, **answers(roster, 内部标签="-"))
    checking.carry_out(roster.pk)
    roster.refresh_from_db()
    assert roster.state == RosterState.CHECKED
    assert RememberedHeading.objects.get().field == ""
    assert RosterRow.objects.get(roster=roster).remark == ""


def test_two_columns_for_one_item_are_refused_and_the_choices_stay(checked, act):
    roster = checked(workbook(people(1), headings=STRANGE))
    answer = act("headings", roster, **answers(roster, 内部标签="name"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "都指定为“姓名”，只能有一列" in text
    assert '<option value="name" selected>' in text


def test_a_required_item_without_a_column_is_refused(checked, act):
    roster = checked(workbook(people(1)))
    answer = act("headings", roster, **answers(roster, 退休时间="-"))
    assert answer.status_code == 422
    assert "还没有指定必需的列：退休时间" in answer.content.decode()
    roster.refresh_from_db()
    assert roster.state == RosterState.CHECKED


def test_a_checked_roster_may_be_read_again_with_other_headings(checked, act):
    roster = checked(workbook(people(1)))
    act("headings", roster, **answers(roster, 联系电话="remark"))
    roster.refresh_from_db()
    assert roster.state == RosterState.UPLOADED
    checking.carry_out(roster.pk)
    row = RosterRow.objects.get(roster=roster)
    assert (row.phone, row.remark) == ("", "13806310001")


def test_a_heading_of_an_imported_roster_is_no_longer_changed(checked, act):
    roster = checked(workbook(people(1)))
    act("import", roster, rows="all", key="0198c000-0000-7000-8000-000000000002")
    importing.carry_out(roster.pk)
    assert act("headings", roster, **answers(roster)).status_code == 302
    roster.refresh_from_db()
    assert roster.state == RosterState.IMPORTED
