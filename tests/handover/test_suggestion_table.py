from pathlib import Path

import pytest

from handover.suggestion import gazetteer_from_csv, suggest
from tests.handover.suggestion_cases import ANY, CONTRADICTORY, DECIDED, OUTSIDE, UNDECIDED

DIVISIONS = Path(__file__).resolve().parents[2] / "accounts" / "reference"
AREAS = {
    "环翠区": "371002",
    "文登区": "371003",
    "荣成市": "371082",
    "乳山市": "371083",
    "高区": "371071",
    "经区": "371072",
    "临港区": "371073",
    "综保区": "ZB",
    "南海新区": "NH",
}


@pytest.fixture(scope="module")
def gazetteer():
    return gazetteer_from_csv(DIVISIONS)


@pytest.mark.parametrize(("address", "area", "street", "community"), DECIDED)
def test_street_that_the_address_decides(gazetteer, address, area, street, community):
    answer = suggest(address, gazetteer)
    assert answer.street, f"no street: {answer}"
    assert gazetteer.streets[answer.street].name == street
    assert answer.area == AREAS[area]
    assert answer.outcome == "matched"
    if community is None:
        assert answer.community is None
    elif community != ANY:
        assert answer.community, f"no community: {answer}"
        assert gazetteer.communities[answer.community].name == community


@pytest.mark.parametrize(("address", "area"), UNDECIDED)
def test_address_that_decides_no_street(gazetteer, address, area):
    answer = suggest(address, gazetteer)
    assert (answer.street, answer.community) == (None, None)
    assert answer.area == (AREAS[area] if area else None)
    assert answer.confidence <= 0.4
    assert not answer.outside


@pytest.mark.parametrize("address", OUTSIDE)
def test_place_outside_the_city(gazetteer, address):
    answer = suggest(address, gazetteer)
    assert answer.outside
    assert (answer.area, answer.street, answer.community) == (None, None, None)
    assert answer.words


@pytest.mark.parametrize(("address", "street"), CONTRADICTORY)
def test_address_that_contradicts_itself_is_never_sure(gazetteer, address, street):
    answer = suggest(address, gazetteer)
    assert answer.street, f"no street: {answer}"
    assert gazetteer.streets[answer.street].name == street
    assert answer.community is None
    assert answer.confidence < 0.9


def test_the_table_is_long_enough_to_mean_something():
    assert len(DECIDED) + len(UNDECIDED) + len(OUTSIDE) >= 140
