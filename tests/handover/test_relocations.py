"""A person who was accepted moves: asked from either end, answered by the other, and nobody is without an office."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from handover.models import Case, Relocation
from handover.services import record_death, relocations
from retirees.models import Retiree
from tests.handover.pages.reading import numbers_in, shown
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

ADDRESS = "山东省威海市高区怡园街道示例新小区2号楼"
WHY = {"reason_code": "not_living_here", "reason": "示例：走访未见本人"}


@pytest.fixture
def ding(retirees):
    """Accepted in 鲸园街道."""
    return retirees["丁"]


@pytest.fixture
def leaving(ding, town, people):
    return relocations.ask_to_leave(
        ding, town.yiyuan, actor=people["jingyuan_clerk"], address=ADDRESS, note="示例：随子女居住"
    )


@pytest.fixture
def coming(ding, town, people):
    return relocations.ask_to_come(
        ding.id_number, ding.name, town.yiyuan, actor=people["yiyuan_clerk"], address=ADDRESS, note="示例：已迁入"
    )


def place_of(person):
    case, retiree = Case.objects.get(pk=person.pk), Retiree.objects.get(pk=person.pk)
    assert case.office_id == retiree.office_id
    return case.office, case.area


@pytest.mark.parametrize(
    ("who", "raised"), [("zhudao_clerk", Refused), ("huancui_clerk", PermissionDenied), ("port_hr", PermissionDenied)]
)
def test_only_the_office_that_has_the_person_asks_another_one(who, raised, ding, town, people):
    with pytest.raises(raised):
        relocations.ask_to_leave(ding, town.yiyuan, actor=people[who], note="示例")
    assert not Relocation.objects.exists()


def test_who_was_not_accepted_yet_is_handed_over_and_not_moved(retirees, town, people):
    with pytest.raises(Refused, match="还没有接收"):
        relocations.ask_to_leave(retirees["安"], town.yiyuan, actor=people["zhudao_clerk"], note="示例")


@pytest.mark.parametrize("fault", ["number", "name", "waiting"])
def test_a_request_that_matches_nobody_says_the_same_whatever_is_wrong(fault, retirees, town, people):
    person = retirees["安" if fault == "waiting" else "丁"]
    number = "371002196203081999" if fault == "number" else person.id_number
    name = "错示例" if fault == "name" else person.name
    with pytest.raises(Refused) as refused:
        relocations.ask_to_come(number, name, town.yiyuan, actor=people["yiyuan_clerk"], note="示例")
    assert str(refused.value) == relocations.NOT_FOUND


def test_one_open_request_at_a_time(leaving, ding, town, people):
    with pytest.raises(Refused, match="尚未答复"):
        relocations.ask_to_come(ding.id_number, ding.name, town.zhudao, actor=people["zhudao_clerk"], note="示例")


def test_the_dead_do_not_move(leaving, ding, town, people):
    record_death(ding, ding.retired_on, actor=people["jingyuan_clerk"], reason="示例：家属告知")
    outcome = relocations.take("accept", [leaving.pk], actor=people["yiyuan_clerk"])
    assert "已去世" in outcome.refused[leaving.pk]
    assert place_of(ding)[0] == town.jingyuan


def test_until_the_new_office_accepts_the_old_one_is_responsible(leaving, ding, town, people):
    assert leaving.side.answers == "old"
    assert place_of(ding) == (town.jingyuan, town.huancui)
    assert not Case.objects.visible_to(people["yiyuan_clerk"]).filter(pk=ding.pk).exists()


def test_accepted_the_person_is_the_new_office_s_with_case_area_and_address(leaving, ding, town, people):
    before = Case.objects.get(pk=ding.pk)
    outcome = relocations.take("accept", [leaving.pk], actor=people["yiyuan_clerk"])
    assert outcome.moved == [leaving.pk]
    assert place_of(ding) == (town.yiyuan, town.gaoqu)
    assert Retiree.objects.get(pk=ding.pk).residence_address == ADDRESS
    after = Case.objects.get(pk=ding.pk)
    assert (after.state, after.accepted_at) == (before.state, before.accepted_at)
    assert Case.objects.visible_to(people["yiyuan_clerk"]).filter(pk=ding.pk).exists()
    assert not Case.objects.visible_to(people["jingyuan_clerk"]).filter(pk=ding.pk).exists()


def test_a_community_takes_in_directly_and_only_ones_own(ding, town, people):
    moved = relocations.ask_to_leave(ding, town.zhudao, actor=people["jingyuan_clerk"], note="示例")
    with pytest.raises(Refused, match="所属的在用社区"):
        relocations.take("accept", [moved.pk], actor=people["zhudao_clerk"], community=town.yiyuan)
    relocations.take("accept", [moved.pk], actor=people["zhudao_clerk"], community=town.zhudao_community)
    assert place_of(ding)[0] == town.zhudao_community


def test_asked_by_the_new_office_the_old_one_agrees(coming, ding, town, people):
    assert relocations.take("agree", [coming.pk], actor=people["yiyuan_clerk"]).forbidden == [coming.pk]
    assert relocations.take("agree", [coming.pk], actor=people["jingyuan_clerk"]).moved == [coming.pk]
    assert place_of(ding) == (town.yiyuan, town.gaoqu)


def test_who_declined_a_person_loses_sight_of_him(leaving, people):
    relocations.take("decline", [leaving.pk], actor=people["yiyuan_clerk"], **WHY)
    assert not Relocation.objects.visible_to(people["yiyuan_clerk"]).exists()
    assert Relocation.objects.visible_to(people["jingyuan_clerk"]).get().state == "refused"


def test_a_request_outrun_by_another_way_says_so(leaving, ding, town, people):
    relocations.take("accept", [leaving.pk], actor=people["yiyuan_clerk"])
    second = relocations.ask_to_leave(ding, town.zhudao, actor=people["yiyuan_clerk"], note="示例")
    assert relocations.take("accept", [second.pk], actor=people["zhudao_clerk"]).moved
    assert place_of(ding)[0] == town.zhudao


# --- pages


def test_asked_and_answered_in_the_browser(ding, town, client_of):
    old, new = client_of("jingyuan_clerk"), client_of("yiyuan_clerk")
    page = old.get(reverse("handover:person", args=[ding.pk]))
    assert "申请属地变更" in shown(page)
    sent = {"office": town.yiyuan.pk, "address": ADDRESS, "note": "示例：随子女居住", "key": str(new_id())}
    assert old.post(reverse("handover:relocate", args=[ding.pk]), sent).status_code == 302
    row = Relocation.objects.get()
    listed = new.get(reverse("handover:relocations"))
    assert ding.name in shown(listed)
    assert numbers_in(listed) == []
    new.post(reverse("handover:relocation_step", args=[row.pk, "accept"]), {"key": str(new_id())})
    assert place_of(ding)[0] == town.yiyuan
    assert "申请属地变更" not in shown(old.get(reverse("handover:person", args=[ding.pk])))
    story = shown(new.get(reverse("handover:relocation", args=[row.pk])))
    assert "接收变更，怡园街道自此负责。" in story


def test_a_request_from_the_new_office_never_says_whose_the_person_is(ding, town, client_of):
    client = client_of("yiyuan_clerk")
    sent = {
        "id_number": ding.id_number,
        "name": ding.name,
        "office": town.yiyuan.pk,
        "note": "示例",
        "key": str(new_id()),
    }
    assert client.post(reverse("handover:relocation_come"), sent).status_code == 302
    assert (
        client_of("jingyuan_clerk").get(reverse("oversight:workbench")).content.decode().count("属地变更，待同意") == 1
    )


def test_many_are_accepted_at_once(leaving, people, client_of):
    client = client_of("yiyuan_clerk")
    sent = {"step": "accept", "id": str(leaving.pk), "seen": "1", "confirm": "1", "key": str(new_id())}
    answer = client.post(reverse("handover:relocation_bulk"), sent)
    assert "/outcome/" in answer.url
    assert Relocation.objects.get().state == "done"
    assert client.get(answer.url).status_code == 200


def test_the_tile_counts_what_waits_here_and_not_what_one_asked_of_others(leaving, client_of):
    for who, count in (("jingyuan_clerk", 0), ("yiyuan_clerk", 1)):
        client = client_of(who)
        tiles = client.get(reverse("oversight:workbench")).context["tiles"]
        (tile,) = (one for one in tiles if one.label == "属地变更，待接收")
        assert (tile.count, client.get(tile.url).context["list"].count) == (count, count), who
