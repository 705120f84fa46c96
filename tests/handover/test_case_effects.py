"""What a step sets beside the state, and what may not be asked for."""

import uuid
from datetime import date, timedelta

import pytest

from audit.models import Operation
from audit.operations import AlreadyDone, operation
from handover.models import Batch, Case
from handover.services import preview, take
from handover.services.submitting import NO_AREA, OUTSIDE
from retirees.models import Retiree
from tracks.advancing import UNSEEN
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

RETURN = {"reason_code": "wrong_address", "reason": "示例：地址不详"}


def fresh(case):
    return Case.objects.get(pk=case.pk)


class TestSubmitting:
    def test_the_area_comes_from_the_address(self, case_in, town, people):
        case = case_in("draft")
        take("submit", [case.pk], actor=people["mill_hr"])
        case = fresh(case)
        assert (case.area, case.office, case.basis) == (town.huancui, town.huancui, "residence")
        assert (case.round, case.state) == (1, "submitted")
        assert case.submitted_at == case.state_since == case.batch.at
        assert case.suggestion.area == town.huancui

    def test_the_named_area_stands_above_the_address(self, case_in, town, people):
        case = case_in("draft")
        take("submit", [case.pk], actor=people["mill_hr"], targets={case.pk: town.gaoqu})
        assert (fresh(case).area, fresh(case).basis) == (town.gaoqu, "")

    def test_without_a_known_area_the_row_is_refused_with_what_to_do(self, case_in, people):
        known = case_in("draft")
        unknown = case_in("draft", "白示例", residence_address="老家属院", hukou_address="")
        outside = case_in("draft", "崔示例", residence_address="山东省烟台市芝罘区示例路1号", hukou_address="")
        ids = [known.pk, unknown.pk, outside.pk]
        assert preview("submit", ids, actor=people["mill_hr"]).refused == {unknown.pk: NO_AREA, outside.pk: OUTSIDE}
        outcome = take("submit", ids, actor=people["mill_hr"])
        assert outcome.moved == [known.pk]
        assert outcome.refused == {unknown.pk: NO_AREA, outside.pk: OUTSIDE}
        assert Operation.objects.filter(kind="case.submit").count() == 1

    def test_a_street_is_no_area(self, case_in, town, people):
        case = case_in("draft")
        outcome = take("submit", [case.pk], actor=people["mill_hr"], targets=town.zhudao)
        assert "不是接收区市" in outcome.refused[case.pk]

    def test_batches_are_numbered_by_enterprise_and_year(self, case_in, make_person, town, people):
        first, second = case_in("draft"), case_in("draft", "白示例")
        dyer = make_person(town.dyeworks, "崔示例")
        year = clock.today().year
        take("submit", [first.pk, dyer.pk], actor=people["group"])
        take("submit", [second.pk], actor=people["mill_hr"])
        numbers = {case.pk: case.batch.number for case in Case.objects.select_related("batch")}
        assert numbers == {
            first.pk: f"{year}-DEMO01-0001",
            dyer.pk: f"{year}-DEMO02-0001",
            second.pk: f"{year}-DEMO01-0002",
        }
        assert set(Batch.objects.values_list("people", flat=True)) == {1}

    def test_a_returned_person_goes_straight_back_in_the_same_operation(self, case_in, town, people):
        again, new = case_in("draft_again"), case_in("draft", "白示例")
        outcome = take("submit", [again.pk, new.pk], actor=people["mill_hr"])
        assert set(outcome.moved) == {again.pk, new.pk}
        again, new = fresh(again), fresh(new)
        assert (again.state, again.office, again.round, again.returned_by) == ("assigned", town.zhudao, 2, None)
        assert (new.state, new.office, new.round) == ("submitted", town.huancui, 1)
        assert again.batch == new.batch
        assert again.batch.people == 2

    def test_a_returned_person_for_another_area_goes_by_that_area(self, case_in, town, people):
        case = case_in("draft_again")
        take("submit", [case.pk], actor=people["mill_hr"], targets=town.gaoqu)
        assert (fresh(case).state, fresh(case).office, fresh(case).round) == ("submitted", town.gaoqu, 2)

    def test_what_an_area_returned_goes_to_an_area_again(self, case_in, walk, town, people):
        case = case_in("submitted")
        take("return", [case.pk], actor=people["huancui_clerk"], **RETURN)
        take("take_back", [case.pk], actor=people["mill_hr"])
        assert fresh(case).returned_by == town.huancui
        take("submit", [case.pk], actor=people["mill_hr"])
        assert (fresh(case).state, fresh(case).office, fresh(case).round) == ("submitted", town.huancui, 2)

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"survival": "deceased", "died_on": date(2024, 6, 1)}, "已去世"),
            ({"retirement_kind": "cadre"}, "不在移交范围"),
            ({"retirement_kind": "internal"}, "不在移交范围"),
            ({"retired_on": None}, "没有填写退休时间"),
        ],
    )
    def test_who_is_not_fit_is_refused(self, case_in, people, facts, words):
        case = case_in("draft", **facts)
        outcome = take("submit", [case.pk], actor=people["mill_hr"])
        assert words in outcome.refused[case.pk]

    def test_one_person_is_handed_over_once(self, case_in, make_person, town, people):
        case = case_in("assigned")
        other = make_person(town.port, "安示例", id_number=case.retiree.id_number)
        outcome = take("submit", [other.pk], actor=people["port_hr"])
        assert "已由其他单位上报" in outcome.refused[other.pk]
        # It is told without saying where, and to the other side nothing at all.
        assert "纺织" not in outcome.refused[other.pk]
        take("withdraw", [case.pk], actor=people["mill_hr"], reason="示例：重复")
        assert take("submit", [other.pk], actor=people["port_hr"]).moved == [other.pk]
        assert "已由其他单位上报" in take("submit", [case.pk], actor=people["mill_hr"]).refused[case.pk]

    def test_an_enterprise_may_not_submit_the_same_person_twice_in_one_go(self, make_person, town, people):
        one = make_person(town.mill, "安示例")
        same = make_person(town.dyeworks, "安示例", id_number=one.id_number)
        with pytest.raises(Refused, match="重复人员"):
            take("submit", [one.pk, same.pk], actor=people["group"], targets=town.huancui)
        assert not Batch.objects.exists()
        assert set(Case.objects.values_list("state", flat=True)) == {"draft"}


class TestGoingDown:
    def test_only_streets_and_communities_of_the_area(self, case_in, town, people):
        case = case_in("submitted")
        for target, words in (
            (town.yiyuan, "不属于环翠区"),
            (town.huancui, "不是镇（街道）"),
            (town.huancui_archive, "不是镇（街道）"),
        ):
            outcome = take("assign", [case.pk], actor=people["huancui_clerk"], targets=target)
            assert words in outcome.refused[case.pk]
        with pytest.raises(Refused, match="没有选择接收单位"):
            take("assign", [case.pk], actor=people["huancui_clerk"])

    def test_each_row_may_have_its_own_office(self, case_in, town, people):
        one, two, three = case_in("submitted"), case_in("submitted", "白示例"), case_in("submitted", "崔示例")
        targets = {one.pk: town.zhudao, two.pk: town.jingyuan}
        outcome = take("assign", [one.pk, two.pk, three.pk], actor=people["huancui_clerk"], targets=targets)
        assert set(outcome.moved) == {one.pk, two.pk}
        assert "没有为此人选择" in outcome.refused[three.pk]
        assert [fresh(case).office for case in (one, two, three)] == [town.zhudao, town.jingyuan, town.huancui]

    def test_a_closed_office_gets_nobody(self, case_in, town, people):
        case = case_in("submitted")
        with operation("test.close", actor=people["secadmin"]) as act:
            act.change(type(town.zhudao), [town.zhudao.pk], active=False)
        town.zhudao.refresh_from_db()
        outcome = take("assign", [case.pk], actor=people["huancui_clerk"], targets=town.zhudao)
        assert "已停用" in outcome.refused[case.pk]

    def test_a_street_passes_down_to_its_own_communities_only(self, case_in, town, people):
        case = case_in("assigned")
        outcome = take("pass_down", [case.pk], actor=people["zhudao_clerk"], targets=town.jingyuan)
        assert "不是竹岛街道所属的社区" in outcome.refused[case.pk]
        take("pass_down", [case.pk], actor=people["zhudao_clerk"], targets=town.zhudao_community)
        assert fresh(case).office == town.zhudao_community
        assert take("accept", [case.pk], actor=people["community_clerk"]).moved

    def test_hand_back_and_redirect_leave_the_street_without_sight(self, case_in, town, people):
        case = case_in("assigned")
        take("hand_back", [case.pk], actor=people["zhudao_clerk"], reason_code="wrong_office")
        assert (fresh(case).office, fresh(case).state) == (town.huancui, "submitted")
        assert not Retiree.objects.visible_to(people["zhudao_clerk"]).filter(pk=case.pk).exists()
        take("redirect", [case.pk], actor=people["huancui_clerk"], reason_code="wrong_area", targets=town.gaoqu)
        assert (fresh(case).office, fresh(case).area) == (town.gaoqu, town.gaoqu)
        assert not Retiree.objects.visible_to(people["huancui_clerk"]).filter(pk=case.pk).exists()
        assert take("assign", [case.pk], actor=people["gaoqu_clerk"], targets=town.yiyuan).moved


class TestReturning:
    def test_by_the_street(self, case_in, town, people):
        case = case_in("returned")
        assert (case.office, case.returned_by, case.returns, case.area) == (None, town.zhudao, 1, town.huancui)

    def test_by_the_area_over_the_head_of_the_street(self, case_in, town, people):
        case = case_in("assigned")
        take("return", [case.pk], actor=people["huancui_clerk"], **RETURN)
        assert fresh(case).returned_by == town.huancui

    def test_a_community_returns_as_itself(self, case_in, town, people):
        case = case_in("at_community")
        take("return", [case.pk], actor=people["community_clerk"], **RETURN)
        assert fresh(case).returned_by == town.zhudao_community

    def test_the_reason_is_asked_for_in_code_and_words(self, case_in, people):
        case = case_in("assigned")
        for given in (
            {},
            {"reason_code": "wrong_address"},
            {"reason": "示例"},
            {"reason_code": "nonsense", "reason": "示例"},
        ):
            with pytest.raises(Refused):
                take("return", [case.pk], actor=people["zhudao_clerk"], **given)
        assert fresh(case).state == "assigned"

    def test_withdrawing_forgets_where_it_was(self, case_in, people):
        case = case_in("assigned")
        take("withdraw", [case.pk], actor=people["mill_hr"], reason="示例：信息有误")
        case = fresh(case)
        assert (case.office, case.area, case.batch, case.returned_by, case.round) == (None, None, None, None, 1)


class TestAfterAcceptance:
    def test_accepting_says_when(self, case_in):
        case = case_in("accepted")
        assert case.accepted_at == case.state_since

    def test_contact_asks_for_card_and_day(self, case_in, people):
        case = case_in("accepted")
        card = {"contact_card": "示例-1", "contacted_on": clock.today()}
        for wrong in (
            {"contact_card": " "},
            {"contacted_on": None},
            {"contacted_on": clock.today() + timedelta(days=1)},
        ):
            with pytest.raises(Refused):
                take("contact", [case.pk], actor=people["zhudao_clerk"], values={**card, **wrong})
        take("contact", [case.pk], actor=people["zhudao_clerk"], values=card)
        assert (fresh(case).contact_card, fresh(case).contacted_on) == ("示例-1", clock.today())

    def test_it_is_not_complete_while_dossier_and_membership_are_on_their_way(self, case_in, people):
        case = case_in("contacted", has_dossier=True, political_status="01")
        sentence = take("complete", [case.pk], actor=people["zhudao_clerk"]).refused[case.pk]
        assert "人事档案尚未办结" in sentence
        assert "党组织关系尚未办结" in sentence


class TestOutsideAndClosing:
    def test_the_outside_place_is_asked_for(self, case_in, people):
        case = case_in("draft")
        with pytest.raises(Refused, match="没有填写市外接收单位"):
            take("send_outside", [case.pk], actor=people["mill_hr"])

    def test_a_receipt_counts_for_the_present_round_only(self, case_in, walk, people):
        case = case_in("outside_reported")
        take("refuse_outside", [case.pk], actor=people["watchdog"], reason="示例：看不清")
        refused = take("report_outside", [case.pk], actor=people["mill_hr"]).refused
        assert "没有上传" in refused[case.pk]
        walk.file_receipt(case)
        assert take("report_outside", [case.pk], actor=people["mill_hr"]).moved

    def test_confirmed_outside_is_complete_and_counts_as_received(self, case_in):
        case = case_in("outside_completed")
        assert (case.state, case.office) == ("completed", None)
        assert case.accepted_at is not None

    def test_closing_what_an_office_proposed(self, case_in, town, people):
        agreed, objected = case_in("closing_by_office"), case_in("closing_by_office", "白示例")
        take("agree_closing", [agreed.pk], actor=people["mill_hr"])
        take("object_closing", [objected.pk], actor=people["mill_hr"], reason="示例：本人健在")
        assert (fresh(agreed).state, fresh(agreed).office) == ("closed", None)
        assert (fresh(objected).state, fresh(objected).office, fresh(objected).returned_by) == (
            "draft",
            None,
            town.zhudao,
        )
        assert take("submit", [objected.pk], actor=people["mill_hr"]).moved
        assert fresh(objected).office == town.zhudao

    def test_a_closed_person_is_free_for_the_right_enterprise(self, case_in, make_person, town, people):
        case = case_in("closed")
        other = make_person(town.port, "安示例", id_number=case.retiree.id_number)
        assert take("submit", [other.pk], actor=people["port_hr"]).moved == [other.pk]


class TestTheRequest:
    def test_a_key_works_once_and_the_second_answer_is_the_first(self, case_in, people):
        case, key = case_in("assigned"), uuid.uuid4()
        outcome = take("accept", [case.pk], actor=people["zhudao_clerk"], key=key)
        with pytest.raises(AlreadyDone) as again:
            take("accept", [case.pk], actor=people["zhudao_clerk"], key=key)
        assert again.value.operation.outcome == outcome.as_json()
        assert Operation.objects.filter(kind="case.accept").count() == 1

    def test_foreign_missing_and_nonsense_answer_alike(self, case_in, make_person, town, people):
        mine, foreign, missing = case_in("draft"), make_person(town.port, "丁示例"), uuid.uuid4()
        outcome = take("submit", [str(mine.pk), foreign.pk, missing, "x"], actor=people["mill_hr"])
        assert outcome.moved == [mine.pk]
        assert outcome.refused == {foreign.pk: UNSEEN, missing: UNSEEN}
        assert outcome.by_reason() == [(UNSEEN, outcome.by_reason()[0][1])]

    def test_many_are_as_one(self, case_in, make_person, town, people):
        """Some stale, some foreign: each is told its own sentence, and nobody else is touched."""
        good = [case_in("assigned", name) for name in ("安示例", "白示例", "崔示例")]
        stale, elsewhere = case_in("accepted", "丁示例"), case_in("draft", "戊示例")
        outcome = take("accept", [case.pk for case in (*good, stale, elsewhere)], actor=people["zhudao_clerk"])
        assert set(outcome.moved) == {case.pk for case in good}
        assert "当前状态为“已接收”" in outcome.refused[stale.pk]
        assert outcome.refused[elsewhere.pk] == UNSEEN
        last = Operation.objects.get(kind="case.accept", rows=3)
        assert last.outcome["moved"] == [str(pk) for pk in outcome.moved]
        assert fresh(elsewhere).state == "draft"

    def test_nothing_moved_leaves_no_operation(self, case_in, people):
        case, before = case_in("accepted"), Operation.objects.count()
        assert not take("accept", [case.pk], actor=people["zhudao_clerk"]).moved
        assert not take("accept", [], actor=people["zhudao_clerk"]).moved
        assert Operation.objects.count() == before
