"""The former enterprise is told when an accepted person moves, and takes note, one or many; so it does of deaths."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from handover.community.moves import late as late_moves
from handover.models import Case, DeathNotice, MoveNotice
from handover.services import deaths, moves, record_death, relocations
from handover.views.deaths import late as late_deaths
from retirees.models import Retiree
from tests.handover.pages.reading import shown
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

OUT = {"residence": "province", "place": "烟台市示例区"}


@pytest.fixture
def moved(retirees, town, people):
    """丁 went from 鲸园街道 to 怡园街道."""
    ding = retirees["丁"]
    asked = relocations.ask_to_leave(ding, town.yiyuan, actor=people["jingyuan_clerk"], note="示例：随子女居住")
    relocations.take("accept", [asked.pk], actor=people["yiyuan_clerk"])
    return MoveNotice.objects.get()


def move_out(retiree, actor, **given):
    return moves.record_move_out(retiree, **{"moved_on": clock.today(), **OUT, **given}, actor=actor)


def test_an_accepted_relocation_is_told_in_the_same_operation(moved, town):
    assert (moved.enterprise, moved.office) == (town.port, town.yiyuan)
    assert ("鲸园" in moved.moved_from, "怡园" in moved.moved_to) == (True, True)
    case = Case.objects.get(pk=moved.retiree_id)
    assert moved.history.get().operation_id == case.history.order_by("-history_id").first().operation_id


def test_a_refused_relocation_is_told_to_nobody(retirees, town, people):
    asked = relocations.ask_to_leave(retirees["丁"], town.yiyuan, actor=people["jingyuan_clerk"], note="示例")
    why = {"reason_code": "not_living_here", "reason": "示例"}
    relocations.take("decline", [asked.pk], actor=people["yiyuan_clerk"], **why)
    assert not MoveNotice.objects.exists()


@pytest.mark.parametrize(("who", "raised"), [("zhudao_clerk", Refused), ("port_hr", PermissionDenied)])
def test_only_his_office_records_that_somebody_left_the_city(who, raised, retirees, people):
    with pytest.raises(raised):
        move_out(retirees["丁"], people[who])


@pytest.mark.parametrize("wrong", [{"place": " "}, {"residence": "local"}])
def test_a_move_out_says_where_to(wrong, retirees, people):
    with pytest.raises(Refused, match="迁往何处"):
        move_out(retirees["丁"], people["jingyuan_clerk"], **wrong)


def test_the_dead_do_not_leave_the_city(retirees, people):
    record_death(retirees["丁"], clock.today(), actor=people["jingyuan_clerk"], reason="示例：家属告知")
    with pytest.raises(Refused, match="已去世"):
        move_out(retirees["丁"], people["jingyuan_clerk"])


def test_who_left_the_city_stays_with_his_office(retirees, people, town):
    notice = move_out(retirees["丁"], people["jingyuan_clerk"])
    assert "烟台市示例区" in notice.moved_to
    assert Retiree.objects.get(pk=notice.retiree_id).residence == "province"
    assert Case.objects.get(pk=notice.retiree_id).office == town.jingyuan


def test_the_enterprise_takes_note_once_and_nobody_else_does(moved, people):
    assert moves.acknowledge([moved.pk], actor=people["yiyuan_clerk"]).forbidden == [moved.pk]
    assert moves.acknowledge([moved.pk], actor=people["mill_hr"]).refused
    assert moves.acknowledge([moved.pk], actor=people["port_hr"]).moved == [moved.pk]
    assert moves.acknowledge([moved.pk], actor=people["port_hr"]).refused


def test_what_nobody_takes_note_of_is_late(moved, people):
    assert not MoveNotice.objects.filter(late_moves()).exists()
    later = clock.now().replace(year=clock.now().year + 1)
    with clock.at(later):
        assert list(MoveNotice.objects.filter(late_moves())) == [moved]
    moves.acknowledge([moved.pk], actor=people["port_hr"])
    with clock.at(later):
        assert not MoveNotice.objects.filter(late_moves()).exists()


def test_many_moves_are_taken_note_of_from_the_list(moved, client_of):
    client, ticked = client_of("port_hr"), {"id": [str(moved.pk)], "seen": "1"}
    assert "怡园" in shown(client.get(reverse("handover:moves")))
    page = client.get(reverse("handover:move", args=[moved.pk]))
    assert page.status_code == 200
    answer = client.post(reverse("handover:move_bulk"), {**ticked, "confirm": "1", "key": str(new_id())}, follow=True)
    assert answer.status_code == 200
    moved.refresh_from_db()
    assert moved.state == "acknowledged"


def test_many_deaths_are_taken_note_of_from_the_list(retirees, people, client_of):
    ding = retirees["丁"]
    record_death(ding, clock.today(), actor=people["jingyuan_clerk"], reason="示例：家属告知")
    assert deaths.preview_acknowledge([ding.pk], actor=people["port_hr"]).moved == [ding.pk]
    client, ticked = client_of("port_hr"), {"id": [str(ding.pk)], "seen": "1"}
    assert "停发统筹外费用" in shown(client.get(reverse("handover:deaths")))
    with clock.at(clock.now().replace(year=clock.now().year + 1)):
        assert DeathNotice.objects.filter(late_deaths()).exists()
    answer = client.post(reverse("handover:death_bulk"), {**ticked, "confirm": "1", "key": str(new_id())}, follow=True)
    assert answer.status_code == 200
    assert DeathNotice.objects.get().state == "acknowledged"
