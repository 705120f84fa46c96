"""What an answer tells beside the codes: words, positions, candidates, and which of a person's texts it rests on."""

from pathlib import Path

import pytest

from handover.suggestion import Gazetteer, Place, batch, gazetteer_from_csv, suggest, suggest_for

DIVISIONS = Path(__file__).resolve().parents[2] / "accounts" / "reference"
ZHUDAO, GUANHAI = "371002003", "观海"


@pytest.fixture(scope="module")
def gazetteer():
    return gazetteer_from_csv(DIVISIONS)


def test_spans_point_into_the_address_as_it_was_typed(gazetteer):
    address = "现住：【环 翠区】竹岛\u3000街道（海源社区）３号楼"
    answer = suggest(address, gazetteer)
    assert [(address[span.start : span.end], span.level) for span in answer.spans] == [
        ("环 翠区", "area"),
        ("竹岛\u3000街道", "street"),
        ("海源社区", "community"),
    ]
    assert answer.words == ("环翠区", "竹岛街道", "海源社区")
    assert answer.address == address


def test_namesakes_are_listed_and_none_is_chosen(gazetteer):
    answer = suggest("威海市观海社区", gazetteer)
    assert answer.street is None
    assert answer.outcome == "ambiguous"
    streets = {gazetteer.streets[one.street].name for one in answer.candidates}
    assert streets == {"竹岛街道", "小观镇", "怡园街道", "崖头街道"}
    assert all(one.confidence < 0.5 for one in answer.candidates)
    assert {gazetteer.communities[one.community].name[:2] for one in answer.candidates} == {GUANHAI}


def test_two_communities_of_one_street_leave_the_community_open(gazetteer):
    answer = suggest("环翠区鲸园街道北仓社区光明社区", gazetteer)
    assert (answer.street, answer.community) == ("371002002", None)


def test_area_common_to_the_namesakes_is_given():
    places = [
        Place("1", "甲区", "area", "", "JIA"),
        Place("101", "东岭镇", "street", "1", "JIA"),
        Place("102", "西岭镇", "street", "1", "JIA"),
        Place("101001", "柳树沟村委会", "community", "101", "JIA"),
        Place("102001", "柳树沟村委会", "community", "102", "JIA"),
    ]
    answer = suggest("柳树沟村", Gazetteer(places))
    assert (answer.area, answer.street) == ("1", None)
    assert suggest("东岭镇柳树沟村", Gazetteer(places)).community == "101001"


def test_the_receiver_of_a_village_beats_the_receiver_of_its_town():
    places = [
        Place("371003", "文登区", "area", "", "WD"),
        Place("NH", "威海南海新区", "area", "", "NH"),
        Place("371003105", "侯家镇", "street", "371003", "WD"),
        Place("371003105216", "南廒村委会", "community", "371003105", "NH"),
    ]
    gazetteer = Gazetteer(places)
    assert suggest("文登区侯家镇", gazetteer).area == "371003"
    assert suggest("文登区侯家镇南廒村", gazetteer).area == "NH"


def test_alias_of_a_street_is_a_full_name():
    places = [
        Place("371071", "高区", "area", "", "GQ"),
        Place("371071009", "双泉街道", "street", "371071", "GQ", aliases=("旧泉镇",)),
    ]
    gazetteer = Gazetteer(places)
    assert suggest("高区旧泉镇", gazetteer).street == "371071009"
    assert suggest("高区旧泉办事处", gazetteer).street == "371071009"


def test_batch_answers_in_order_and_for_empty_cells(gazetteer):
    answers = batch(["竹岛街道", None, "", "青岛市崂山区"], gazetteer)
    assert [answer.street for answer in answers] == [ZHUDAO, None, None, None]
    assert [answer.outcome for answer in answers] == ["matched", "nothing", "nothing", "outside"]


class TestPerson:
    def test_residence_goes_before_hukou(self, gazetteer):
        answer = suggest_for("环翠区竹岛街道海源社区", "荣成市俚岛镇俚岛村", "", gazetteer)
        assert (answer.basis, answer.suggestion.street, answer.agree) == ("residence", ZHUDAO, False)
        assert answer.sources["hukou"].street == "371082101"

    def test_declared_goes_before_both(self, gazetteer):
        answer = suggest_for("环翠区竹岛街道", "环翠区竹岛街道", "荣成市俚岛镇", gazetteer)
        assert (answer.basis, answer.suggestion.street) == ("declared", "371082101")

    def test_declared_community_is_told_apart_by_the_residence(self, gazetteer):
        answer = suggest_for("环翠区竹岛街道塔山中路1号", "", "观海社区", gazetteer)
        assert answer.basis == "declared"
        assert gazetteer.communities[answer.suggestion.community].name == "观海居委会"
        assert answer.suggestion.street == ZHUDAO
        assert answer.suggestion.confidence < 0.9

    def test_hukou_helps_out_but_is_less_sure(self, gazetteer):
        alone = suggest_for("", "环翠区竹岛街道", "", gazetteer).suggestion.confidence
        behind = suggest_for("威海市世昌大道38号", "环翠区竹岛街道", "", gazetteer)
        assert behind.basis == "hukou"
        assert behind.suggestion.confidence < 0.9 < alone

    def test_hukou_behind_a_residence_outside_the_city_is_doubtful(self, gazetteer):
        answer = suggest_for("青岛市崂山区香港东路", "环翠区竹岛街道", "", gazetteer)
        assert (answer.basis, answer.suggestion.street) == ("hukou", ZHUDAO)
        assert answer.suggestion.confidence <= 0.6
        assert answer.sources["residence"].outside

    def test_area_of_the_residence_when_no_street_is_known(self, gazetteer):
        answer = suggest_for("威海市环翠区世昌大道38号", "", "", gazetteer)
        assert (answer.basis, answer.suggestion.area, answer.suggestion.street) == ("residence", "371002", None)

    def test_nothing_given(self, gazetteer):
        answer = suggest_for("", " ", "", gazetteer)
        assert (answer.basis, answer.suggestion.street, answer.agree, answer.sources) == ("", None, None, {})
