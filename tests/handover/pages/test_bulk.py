"""Many people, one step: frozen when chosen, looked at, confirmed once, and told row by row."""

import uuid
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from audit.models import Operation
from handover.models import BulkSelection, Case
from handover.models.bulk import BulkState
from handover.services import take
from handover.states.cases import State


@pytest.fixture
def drafts(town, make_person):
    """Five drafts of the mill whose addresses name 竹岛街道."""
    return [make_person(town.mill, f"示例{sign}") for sign in "甲乙丙丁戊"]


@pytest.fixture
def waiting(drafts, people, town):
    """The five, waiting at 竹岛街道."""
    ids = [one.pk for one in drafts]
    take("submit", ids, actor=people["mill_hr"])
    take("assign", ids, actor=people["huancui_clerk"], targets=town.zhudao)
    return drafts


def choose(client, step, ids=(), query="", **more):
    where = f"{reverse('handover:bulk', args=[step])}?{query}"
    return client.post(where, {"id": [str(pk) for pk in ids], **more})


def key():
    return str(uuid.uuid4())


def states(people):
    return list(Case.objects.filter(pk__in=[one.pk for one in people]).order_by("pk").values_list("state", flat=True))


def test_a_foreign_person_in_a_posted_selection_is_not_there_and_stays_untouched(client_of, waiting, retirees):
    foreign = retirees["丁"]
    client = client_of("zhudao_clerk")
    preview = client.get(choose(client, "return", [waiting[0].pk, foreign.pk]).url)
    page = preview.content.decode()
    assert "可办理 <b>1</b> 人，不能办理 <b>1</b> 人" in page
    assert "查找不到这条记录" in page
    assert foreign.name not in page
    done = client.post(preview.request["PATH_INFO"], {"key": key(), "reason_code": "wrong_address", "reason": "请核对"})
    assert foreign.name not in client.get(done.url).content.decode()
    assert states([foreign]) == [State.ACCEPTED]
    assert states(waiting) == [State.RETURNED] + [State.ASSIGNED] * 4


def test_rubbish_among_the_ids_is_dropped(client_of, waiting):
    client = client_of("zhudao_clerk")
    choose(client, "return", [waiting[0].pk, "1 OR 1=1", ""])
    assert BulkSelection.objects.get().ids == [str(waiting[0].pk)]


def test_nothing_chosen_is_a_sentence(client_of, waiting):
    client = client_of("zhudao_clerk")
    answer = choose(client, "return")
    assert "没有选择人员" in client.get(answer.url).content.decode()
    assert not BulkSelection.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("mill_hr", 403), ("nobody", 403), ("huancui_clerk", 403), ("sysadmin", 403)]
)
def test_whoever_has_no_such_duty_cannot_even_choose(client_of, waiting, who, status):
    assert choose(client_of(who), "accept", [waiting[0].pk]).status_code == status
    assert not BulkSelection.objects.exists()


def test_a_selection_is_seen_by_nobody_but_its_maker(client_of, waiting):
    where = choose(client_of("zhudao_clerk"), "return", [waiting[0].pk]).url
    for who in ("community_clerk", "jingyuan_clerk", "watchdog", "huancui_clerk"):
        client = client_of(who)
        assert client.get(where).status_code == 404
        assert client.post(where, {"key": key()}).status_code == 404
        assert client.get(f"{where}outcome/").status_code == 404
        assert client.post(f"{where}rest/").status_code == 404
        assert client.post(f"{where}again/").status_code == 404


def test_a_selection_is_found_under_its_own_step_only(client_of, waiting):
    client = client_of("zhudao_clerk")
    where = choose(client, "return", [waiting[0].pk]).url
    assert client.get(where.replace("/return/", "/accept/")).status_code == 404


def test_a_return_without_reason_keeps_what_was_typed_and_moves_nobody(client_of, waiting):
    client = client_of("zhudao_clerk")
    where = choose(client, "return", [one.pk for one in waiting]).url
    page = client.post(where, {"key": key(), "reason": "请核对常年居住地"}).content.decode()
    assert "请核对常年居住地" in page
    assert "没有选择原因" in page
    assert states(waiting) == [State.ASSIGNED] * 5


def test_confirming_twice_is_one_act_and_the_same_answer(client_of, waiting):
    client = client_of("zhudao_clerk")
    where = choose(client, "return", [one.pk for one in waiting[:2]]).url
    sent = {"key": key(), "reason_code": "wrong_address", "reason": "请核对"}
    first, second = client.post(where, sent), client.post(where, sent)
    assert first.url == second.url == where
    assert "已退回 <b>2</b> 人" in client.get(where).content.decode()
    assert Operation.objects.filter(kind="case.return").count() == 1


def test_accepting_at_once_with_one_key_is_one_act(client_of, waiting):
    client = client_of("zhudao_clerk")
    where, sent = reverse("handover:receive_bulk", args=["accept"]), {"id": [str(waiting[0].pk)], "key": key()}
    answers = [client.post(where, sent) for _ in range(2)]
    assert [answer.url for answer in answers] == [f"{reverse('handover:receive')}?"] * 2
    assert Operation.objects.filter(kind="case.accept").count() == 1
    assert BulkSelection.objects.count() == 1
    assert client.get(answers[1].url).content.decode().count("已接收 1 人。") == 2
    assert states(waiting) == [State.ACCEPTED] + [State.ASSIGNED] * 4


def test_accepting_at_once_stops_to_show_what_cannot_move(client_of, waiting, people):
    take("accept", [waiting[0].pk], actor=people["zhudao_clerk"])
    client = client_of("zhudao_clerk")
    where = reverse("handover:receive_bulk", args=["accept"])
    answer = client.post(where, {"id": [str(one.pk) for one in waiting[:2]], "key": key()})
    page = client.get(answer.url).content.decode()
    assert "可办理 <b>1</b> 人，不能办理 <b>1</b> 人" in page
    assert "当前状态为“已接收”，不能接收" in page
    assert states(waiting) == [State.ACCEPTED] + [State.ASSIGNED] * 4


def test_all_matching_is_frozen_when_it_is_chosen(client_of, waiting, people, town, make_person):
    client = client_of("zhudao_clerk")
    where = choose(client, "return", query="state=assigned", all_matching="1", seen="5").url
    late = make_person(town.mill, "示例后来")
    take("submit", [late.pk], actor=people["mill_hr"])
    take("assign", [late.pk], actor=people["huancui_clerk"], targets=town.zhudao)
    client.post(where, {"key": key(), "reason_code": "wrong_address", "reason": "请核对"})
    assert states(waiting) == [State.RETURNED] * 5
    assert states([late]) == [State.ASSIGNED]


def test_a_list_that_has_changed_since_it_was_looked_at_says_so(client_of, waiting):
    client = client_of("zhudao_clerk")
    answer = choose(client, "return", query="state=assigned", all_matching="1", seen="4")
    assert "您勾选时符合条件的共 4 人，现在是 5 人" in client.get(answer.url).content.decode()


def test_all_matching_of_the_receiving_list_is_not_all_that_one_sees(client_of, waiting, people):
    take("accept", [waiting[0].pk], actor=people["zhudao_clerk"])
    client = client_of("zhudao_clerk")
    where = reverse("handover:receive_bulk", args=["return"])
    client.post(where, {"all_matching": "1", "seen": "4"})
    assert sorted(BulkSelection.objects.get().ids) == sorted(str(one.pk) for one in waiting[1:])


def test_moved_and_refused_add_up_on_the_page_and_in_the_workbook(client_of, waiting, people):
    take("accept", [waiting[0].pk], actor=people["zhudao_clerk"])
    client = client_of("zhudao_clerk")
    where = choose(client, "pass_down", [*(one.pk for one in waiting), uuid.uuid4()]).url
    client.post(where, {"key": key(), "target": Case.objects.get(pk=waiting[1].pk).office.children.first().pk})
    selection = BulkSelection.objects.get()
    assert (len(selection.moved), len(selection.refused), selection.total) == (4, 2, 6)
    book = openpyxl.load_workbook(BytesIO(b"".join(client.get(f"{where}outcome/").streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=4)]
    results = [row[5] for row in rows]
    assert (results.count("已转交社区"), results.count("未办理")) == (4, 2)
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert all("*" in row[2] for row in rows if row[2])
    assert "继续办理其余 1 人" in client.get(where).content.decode()


def test_going_on_with_the_rest_is_a_new_selection_of_them_alone(client_of, waiting, people):
    take("accept", [waiting[0].pk], actor=people["zhudao_clerk"])
    client = client_of("zhudao_clerk")
    where = choose(client, "return", [one.pk for one in waiting]).url
    client.post(where, {"key": key(), "reason_code": "wrong_address", "reason": "请核对"})
    rest = client.post(f"{where}rest/")
    assert rest.url != where
    assert BulkSelection.objects.get(pk=rest.url.split("/")[-2]).ids == [str(waiting[0].pk)]


def test_a_selection_that_nobody_can_be_moved_from_has_no_button(client_of, waiting, people):
    take("accept", [one.pk for one in waiting], actor=people["zhudao_clerk"])
    client = client_of("zhudao_clerk")
    answer = choose(client, "return", [one.pk for one in waiting])
    page = client.get(answer.url).content.decode()
    assert 'name="reason_code"' not in page
    sent = {"key": key(), "reason_code": "wrong_address", "reason": "请核对"}
    assert client.post(answer.url, sent).status_code == 200
    assert BulkSelection.objects.get().state == BulkState.CHOSEN


def test_submitting_counts_the_areas_and_leaves_the_undecided_unless_an_area_is_named(
    client_of, drafts, town, make_person
):
    lost = make_person(town.mill, "示例不明", hukou_address="示例路1号", residence_address="示例路1号")
    client = client_of("mill_hr")
    where = choose(client, "submit", [*(one.pk for one in drafts), lost.pk]).url
    page = client.get(where).content.decode()
    assert "可办理 <b>5</b> 人" in page
    assert "地址未能判断接收区市（1 人）" in page
    client.post(where, {"key": key()})
    assert states(drafts) == [State.SUBMITTED] * 5
    assert states([lost]) == [State.DRAFT]
    result = client.get(where).content.decode()
    assert Case.objects.get(pk=drafts[0].pk).batch.number in result


def test_the_area_named_is_for_the_undecided_alone(client_of, drafts, town, make_person):
    lost = make_person(town.mill, "示例不明", hukou_address="示例路1号", residence_address="示例路1号")
    client = client_of("mill_hr")
    where = choose(client, "submit", [*(one.pk for one in drafts), lost.pk]).url
    client.post(where, {"key": key(), "target": town.gaoqu.pk})
    assert Case.objects.get(pk=lost.pk).area == town.gaoqu
    assert {case.area for case in Case.objects.filter(pk__in=[one.pk for one in drafts])} == {town.huancui}
    assert len({case.batch_id for case in Case.objects.filter(enterprise=town.mill)}) == 1


def test_looking_at_a_preview_writes_nothing(client_of, drafts):
    # The reading client fails a GET that writes; submitting works out suggestions, which a preview must not keep.
    client = client_of("mill_hr")
    assert client.get(choose(client, "submit", [one.pk for one in drafts]).url).status_code == 200
