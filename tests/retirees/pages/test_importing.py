"""From a checked roster to people, and back."""

import re
import uuid

from django.urls import reverse

from audit.models import Operation
from handover.models import Case
from handover.services import take
from retirees.models import Retiree, RosterRow
from retirees.models.rosters import RosterState
from retirees.roster import importing
from tests.cast import id_number
from tests.retirees.pages.workbooks import person, workbook


def imported(roster, act, rows="all", key=None):
    answer = act("import", roster, rows=rows, key=key or uuid.uuid4())
    importing.carry_out(roster.pk)
    roster.refresh_from_db()
    return answer


def test_all_or_nothing_brings_nobody_while_a_row_is_wrong(checked, act):
    roster = checked()
    imported(roster, act, "all")
    assert roster.state == RosterState.CHECKED
    assert not Retiree.objects.exists()
    assert not Operation.objects.filter(kind="roster.import").exists()


def test_the_good_rows_alone_become_people_and_the_others_stay_to_be_corrected(checked, act, page):
    roster = checked()
    imported(roster, act, "good")
    assert roster.state == RosterState.IMPORTED
    assert set(Retiree.objects.values_list("name", flat=True)) == {"安示例", "白示例", "崔示例"}
    assert Case.objects.count() == 3
    assert RosterRow.objects.filter(roster=roster).exclude(verdict="blank").count() == 3
    text = page("roster", roster)
    assert "已导入 <b>3</b> 人" in text
    assert "未导入 <b>3</b> 行" in text
    assert f"roster={roster.pk}" in text
    assert "下载未导入的行" in text


def test_no_receiver_sees_what_was_imported_and_not_submitted(checked, act, people):
    imported(checked(), act, "good")
    for who in ("huancui_clerk", "zhudao_clerk", "port_hr"):
        assert not Retiree.objects.visible_to(people[who]).exists(), who


def test_the_same_press_twice_imports_once(checked, act):
    roster, key = checked(workbook([person(1)])), uuid.uuid4()
    imported(roster, act, key=key)
    imported(roster, act, key=key)
    assert Retiree.objects.count() == 1
    assert Operation.objects.filter(kind="roster.import").count() == 1


def test_a_second_import_of_one_roster_is_refused(checked, act):
    roster = checked(workbook([person(1)]))
    imported(roster, act)
    imported(roster, act)
    assert Retiree.objects.count() == 1


def test_a_press_without_its_key_is_no_import(checked, act):
    roster = checked(workbook([person(1)]))
    assert act("import", roster, rows="all").status_code == 400
    assert act("import", roster, key=uuid.uuid4()).status_code == 400
    roster.refresh_from_db()
    assert roster.state == RosterState.CHECKED


def test_a_person_known_already_is_a_duplicate_and_says_so(checked, act, page):
    imported(checked(workbook([person(1)])), act)
    roster = checked(workbook([person(1), person(2, "示例乙")]))
    assert (roster.accepted, roster.rejected, roster.duplicates) == (1, 1, 1)
    assert "已在本企业名册中" in page("rows", roster, tab="duplicate")


def test_cancelling_an_import_undoes_it_whole(checked, act):
    roster = checked(workbook([person(1)]))
    act("import", roster, rows="all", key=uuid.uuid4())
    act("cancel", roster)
    importing.carry_out(roster.pk)
    roster.refresh_from_db()
    assert roster.state == RosterState.CANCELLED
    assert not Retiree.objects.exists()
    assert not Case.objects.exists()


def test_withdrawing_needs_a_reason(checked, act):
    roster = checked(workbook([person(1)]))
    imported(roster, act)
    assert act("withdraw", roster, key=uuid.uuid4(), reason="").status_code == 422
    assert Retiree.objects.count() == 1


def test_an_import_is_withdrawn_while_nobody_acted_on_it(checked, act, page):
    roster = checked(workbook([person(1), person(2, "示例乙")]))
    imported(roster, act)
    act("withdraw", roster, key=uuid.uuid4(), reason="上传了旧名册")
    roster.refresh_from_db()
    assert roster.state == RosterState.WITHDRAWN
    assert not Retiree.objects.exists()
    assert Operation.objects.get(kind="roster.withdraw").reason == "上传了旧名册"
    assert "已撤回" in page("roster", roster)


def test_what_was_not_imported_is_not_withdrawn(checked, client_of):
    roster = checked(workbook([person(1)]))
    answer = client_of("mill_hr").get(reverse("retirees:withdraw", args=[roster.pk]), follow=True)
    assert "不能撤回" in answer.content.decode()


def test_the_result_still_adds_up(checked, act, page):
    roster = checked()
    imported(roster, act, "good")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page("roster", roster)))
    assert "总行数 8 ＝ 已导入 3 ＋ 未导入 3 ＋ 空行和合计行 2" in text


def test_withdrawing_is_refused_once_somebody_was_submitted(checked, act, people, town):
    roster = checked(workbook([person(1), person(2, "示例乙")]))
    imported(roster, act)
    one = Retiree.objects.order_by("pk").first()
    take("submit", [one.pk], actor=people["mill_hr"], targets=town.huancui)
    answer = act("withdraw", roster, key=uuid.uuid4(), reason="上传了旧名册")
    assert answer.status_code == 422
    assert "其中 1 人已经办理过" in answer.content.decode()
    roster.refresh_from_db()
    assert roster.state == RosterState.IMPORTED
    assert Retiree.objects.count() == 2


def test_the_people_of_a_roster_are_listed_from_its_page(checked, act, make_person, town, client_of):
    make_person(town.mill, "别处示例", id_number=id_number(77))
    roster = checked(workbook([person(1, "安示例")]))
    imported(roster, act)
    text = client_of("mill_hr").get(reverse("handover:people"), {"roster": roster.pk}).content.decode()
    assert "安示例" in text
    assert "别处示例" not in text
    foreign = client_of("port_hr").get(reverse("handover:people"), {"roster": roster.pk}).content.decode()
    assert "安示例" not in foreign
    assert roster.filename not in foreign
