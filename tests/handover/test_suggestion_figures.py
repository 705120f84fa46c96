"""The figures that the suggestion must reach, and the official list read back through it."""

import time
from pathlib import Path

import pytest

from bench.addresses import make_corpus, measure
from handover.suggestion import batch, gazetteer_from_csv, suggest

DIVISIONS = Path(__file__).resolve().parents[2] / "accounts" / "reference"


@pytest.fixture(scope="module")
def gazetteer():
    return gazetteer_from_csv(DIVISIONS)


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_corpus_figures(seed):
    figures = measure(4_000, seed)
    assert figures.right_share >= 0.97
    assert figures.sure >= 2_000
    assert figures.sure_wrong_share <= 0.002
    assert figures.communities_right / figures.communities >= 0.93
    assert figures.silent_broken / figures.silent <= 0.02
    assert figures.outside_found == figures.outside > 50


def test_ten_thousand_addresses_in_five_seconds(gazetteer):
    addresses = [sample.address for sample in make_corpus(10_000, 21)]
    start = time.process_time()
    batch(addresses, gazetteer)
    assert time.process_time() - start <= 5.0


def test_the_same_seed_gives_the_same_corpus():
    assert list(make_corpus(50, 3)) == list(make_corpus(50, 3))
    assert list(make_corpus(50, 3)) != list(make_corpus(50, 4))


def test_every_official_name_written_in_full_is_found(gazetteer):
    missed = []
    for community in gazetteer.communities.values():
        street = gazetteer.streets[community.parent_code]
        area = gazetteer.areas[street.parent_code]
        answer = suggest(f"山东省威海市{area.name}{street.name}{community.name}", gazetteer)
        if (answer.street, answer.community) != (street.code, community.code) or answer.confidence < 0.9:
            missed.append((community.name, answer))
    assert missed == []


def test_every_official_name_without_its_street_is_right_or_open(gazetteer):
    wrong, right = [], 0
    for community in gazetteer.communities.values():
        area = gazetteer.areas[gazetteer.streets[community.parent_code].parent_code]
        answer = suggest(f"{area.name}{community.name}", gazetteer)
        right += answer.street == community.parent_code
        if answer.street not in (None, community.parent_code):
            wrong.append((area.name, community.name, answer))
    assert wrong == []
    assert right >= 0.96 * len(gazetteer.communities)


def test_every_street_with_and_without_its_ending(gazetteer):
    for street in gazetteer.streets.values():
        area = gazetteer.areas[street.parent_code].name
        assert suggest(area + street.name, gazetteer).street == street.code
        stem = street.name.removesuffix("街道").removesuffix("镇")
        if not stem.endswith("路"):
            assert suggest(area + stem, gazetteer).street == street.code, stem


def test_no_address_breaks_the_reading(gazetteer):
    hostile = [
        "环翠区" * 500,
        "村" * 3000,
        "（" * 400,
        "\ud800竹岛街道",
        "竹岛街道" + "\u0301" * 200,
        "=cmd|' /C calc'!A0",
        "㍿﷽",
    ]
    start = time.process_time()
    for address in hostile:
        suggest(address, gazetteer)
    assert time.process_time() - start <= 1.0
