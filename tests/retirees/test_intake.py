"""From a file to people: no row unaccounted for, nobody twice, nobody seen before his time."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection

from archives.models import Dossier
from audit.models import Operation
from examples import make
from handover.models import Case
from handover.services import take
from party.models import Membership
from retirees.models import Retiree, Roster, RosterRow
from retirees.models.rosters import RosterState, Verdict
from retirees.roster import annotated, checking, files, importing
from tests.retirees.pages.workbooks import HEADINGS, good_and_bad, person, workbook
from weihai_transfer.lib.refusals import Refused


def adds_up(roster):
    return roster.rows == roster.accepted + roster.rejected + roster.blank


@pytest.mark.parametrize("name", make.FILES)
def test_no_row_of_a_dirty_file_is_unaccounted_for(imported, tmp_path, name):
    make.FILES[name](tmp_path / name)
    content = (tmp_path / name).read_bytes()
    roster = imported_without_questions(imported, content, name)
    assert adds_up(roster)
    assert Retiree.objects.filter(roster=roster).count() == roster.accepted == roster.done
    left = RosterRow.objects.filter(roster=roster)
    assert left.filter(verdict__in=[Verdict.BAD, Verdict.DUPLICATE]).count() == roster.rejected
    assert not left.filter(verdict=Verdict.GOOD).exists()


def imported_without_questions(imported, content, name):
    """As the command line does it: columns that nobody knows are left out."""
    with pytest.MonkeyPatch.context() as patch:
        ask_nothing = checking.carry_out
        patch.setattr(checking, "carry_out", lambda pk: ask_nothing(pk, ask_about_headings=False))
        return imported(content, good_rows_only=True, name=name)


def test_faulty_rows_stop_the_whole_import_unless_the_good_ones_alone_are_wanted(checked, people):
    roster = checked(good_and_bad())
    assert (roster.rows, roster.accepted, roster.rejected, roster.blank) == (8, 3, 3, 2)
    with pytest.raises(Refused, match="还有 3 行不能导入"):
        importing.start(roster, actor=people["mill_hr"], good_rows_only=False)
    assert not Operation.objects.filter(kind="roster.import").exists()
    importing.start(roster, actor=people["mill_hr"], good_rows_only=True)
    importing.carry_out(roster.pk)
    assert Retiree.objects.count() == 3


def test_everybody_who_is_imported_has_his_tracks_and_no_office_sees_him(imported, people):
    roster = imported(workbook([person(1, 政治面貌="中共党员"), person(2, "示例乙")], headings=(*HEADINGS, "政治面貌")))
    brought = Retiree.objects.filter(roster=roster)
    assert set(Case.objects.values_list("pk", "state")) == {(one.pk, "draft") for one in brought}
    assert Dossier.objects.count() == 2
    assert Membership.objects.count() == 1
    assert not brought.exclude(office=None).exists()
    for who in ("huancui_clerk", "zhudao_clerk", "community_clerk", "archivist", "zhudao_party", "gaoqu_clerk"):
        for model in (Retiree, Case, Dossier, Membership, Roster):
            assert not model.objects.visible_to(people[who]).exists(), (who, model)


def test_the_same_file_twice_is_one_roster(receive):
    content = good_and_bad()
    first, second = receive(content), receive(content, name="改了名.xlsx")
    assert not first.already
    assert second.already
    assert second.roster == first.roster
    assert Roster.objects.count() == 1


def test_a_copy_saved_anew_adds_nobody(imported, checked, people):
    content = workbook([person(1), person(2, "示例乙")])
    imported(content)
    book = openpyxl.load_workbook(BytesIO(content))
    copy = BytesIO()
    book.active["H1"] = "另存"
    book.save(copy)
    roster = checked(copy.getvalue(), name="另存.xlsx")
    assert (roster.accepted, roster.rejected, roster.duplicates) == (0, 2, 2)
    assert adds_up(roster)
    with pytest.raises(Refused, match="没有可以导入的行"):
        importing.start(roster, actor=people["mill_hr"], good_rows_only=True)
    assert Retiree.objects.count() == 2


def test_the_corrected_workbook_brings_the_rest(imported, checked, people, tmp_path):
    """Only the good rows, then the user's own workbook with its faulty rows put right."""
    first = imported(good_and_bad(), good_rows_only=True)
    back = tmp_path / "back.xlsx"
    annotated.build(first, back)
    book = openpyxl.load_workbook(back)
    page = book.active
    assert [page.cell(row, 2).value for row in (3, 4, 5)] == ["丁示例", "安示例", "冯示例"]
    page["C3"] = person(4)["身份证号码"]
    page["C4"], page["B4"] = person(6)["身份证号码"], "华示例"
    page["D5"] = "2022-03"
    book.save(back)
    second = imported(back.read_bytes(), name="改正.xlsx")
    assert (second.accepted, second.rejected) == (3, 0)
    assert Retiree.objects.count() == 6
    assert set(Retiree.objects.filter(roster=second).values_list("name", flat=True)) == {"丁示例", "华示例", "冯示例"}


def test_an_import_is_taken_back_whole_or_not_at_all(imported, people, town):
    roster = imported(workbook([person(1), person(2, "示例乙")]))
    one = Retiree.objects.filter(roster=roster).first()
    take("submit", [one.pk], actor=people["mill_hr"], targets=town.huancui)
    with pytest.raises(Refused, match="其中 1 人已经办理过"):
        importing.withdraw(roster, actor=people["mill_hr"], reason="示例：传错了")
    assert Retiree.objects.count() == Case.objects.count() == Dossier.objects.count() == 2
    other = imported(workbook([person(3, "示例丙")]), name="另一份.xlsx")
    importing.withdraw(other, actor=people["mill_hr"], reason="示例：传错了")
    assert set(Retiree.objects.values_list("roster", flat=True)) == {roster.pk}
    assert Case.objects.count() == Dossier.objects.count() == 2


def test_a_file_that_was_withdrawn_may_be_sent_again(imported, people):
    content = workbook([person(1)])
    importing.withdraw(imported(content), actor=people["mill_hr"], reason="示例：传错了")
    assert imported(content).state == RosterState.IMPORTED
    assert Retiree.objects.count() == 1


def test_nothing_of_a_file_lies_in_the_clear(imported, settings, tmp_path):
    """The upload on disk, the staged rows, the live rows and their history."""
    roster = imported(good_and_bad(), good_rows_only=True)
    secret = [person(serial)["身份证号码"].encode() for serial in (1, 2, 3)]
    assert not any(word in files.path_of(roster).read_bytes() for word in secret)
    for table in (
        "retirees_retiree",
        "retirees_historicalretiree",
        "retirees_rosterrow",
        "retirees_roster",
        "audit_operation",
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            stored = repr(
                [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in cursor.fetchall()]
            )
        assert not any(word.decode() in stored for word in secret), table
