"""The bridge from the baseline to today closes, for everybody and every cut, and each number is its list."""

import pytest

from accounts.models import Office
from accounts.scope import reach_of
from handover.figures import FIGURES
from handover.models import Case
from oversight.baseline import bridge, narrowing, recording
from oversight.baseline.bridge import AREA, ENTERPRISE, WHOLE
from oversight.baseline.lines import DUE, DUE_FLOW, DUE_STOCK, LINES
from oversight.models import Baseline, DuePerson
from oversight.models.baseline import SEES_BASELINE
from tests.oversight.baseline_town import WHY, Town, names_of

pytestmark = pytest.mark.django_db
EVERYBODY = ("watchdog", "group", "mill_hr", "dyeworks_hr", "port_hr", "huancui_clerk", "gaoqu_clerk")
# Decided by hand: what the city reads, line by line.
CITY = {
    "baseline": 7,
    "found_later": 0,
    "found_other": 0,
    "found_waiting": 2,
    "died": 1,
    "out_of_scope": 1,
    "duplicate": 0,
    "managed_already": 1,
    "other": 1,
    "withdrawn": 0,
    "removed_waiting": 1,
    "moved_in": 0,
    "moved_out": 0,
    "due_stock": 4,
    "due_flow": 2,
    "due": 6,
}
HUANCUI = {"baseline": 3, "died": 1, "out_of_scope": 1, "moved_in": 1, "moved_out": 1, "due_stock": 1, "due": 1}
GAOQU = {"baseline": 1, "managed_already": 1, "moved_in": 1, "due_stock": 1, "due": 1}
MILL = {"baseline": 5, "found_waiting": 1, "died": 1, "out_of_scope": 1, "due_stock": 4, "due_flow": 1, "due": 5}
PORT = {"baseline": 1, "found_waiting": 1, "other": 1, "removed_waiting": 1, "due_flow": 1, "due": 1}


@pytest.fixture
def told(town, people, make_person):
    return Town(town, people, make_person).tell()


def read(people, who):
    return bridge.read(Baseline.objects.in_force(), people[who])


def said(found):
    return {code: count for code, count in found.items() if count}


def test_the_city_reads_every_change_by_its_reason(told, people):
    assert read(people, "watchdog").of() == CITY


def test_each_area_and_each_enterprise_reads_its_own_line(told, people, town):
    found = read(people, "watchdog")
    assert said(found.of(AREA, town.huancui.pk)) == HUANCUI
    assert said(found.of(AREA, town.gaoqu.pk)) == GAOQU
    assert said(found.of(ENTERPRISE, town.mill.pk)) == MILL
    assert said(found.of(ENTERPRISE, town.port.pk)) == PORT


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("huancui_clerk", HUANCUI),
        ("gaoqu_clerk", GAOQU),
        ("port_hr", PORT),
        ("mill_hr", {**MILL, "baseline": 6, "managed_already": 1}),
    ],
)
def test_whoever_sees_a_part_reads_the_same_numbers_as_the_city_does_of_it(told, people, who, expected):
    assert said(read(people, who).of()) == expected


def test_who_was_closed_before_and_who_is_not_of_the_stock_never_counted(told, people):
    found = Baseline.objects.in_force().people.values_list("case_id", flat=True)
    assert told.found["早"] not in found
    assert told.found["新"] not in found


@pytest.mark.parametrize("who", EVERYBODY)
def test_two_ways_of_counting_agree_for_every_cut(told, people, who):
    """Baseline and changes on one side, the figure 应移交 of the progress table on the other."""
    found, reach = read(people, who), reach_of(people[who], *SEES_BASELINE)
    mine = FIGURES["due"].of(Case.objects.filter(reach.covers("area", "enterprise")))
    for cut, column in ((WHOLE, ""), (AREA, "area"), (ENTERPRISE, "enterprise")):
        for key in found.keys(cut):
            rows = mine.filter(**{column: key or None}) if cut else mine
            if cut == AREA and key and not Office.objects.filter(pk=key).exists():
                raise AssertionError(key)
            numbers = found.of(cut, key)
            assert numbers[DUE_STOCK] == rows.filter(stock=True).count(), (cut, key)
            assert numbers[DUE_FLOW] == rows.filter(stock=False).count(), (cut, key)
            assert numbers[DUE] == rows.count(), (cut, key)
    for cut in (AREA, ENTERPRISE):
        assert found.total(cut)[DUE] == found.of()[DUE]
    every = set(mine.values_list("area", flat=True))
    assert {key or None for key in found.keys(AREA)} >= every


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_number_is_a_list_with_that_many_rows(told, people, who):
    found = read(people, who)
    for cut, key in found.numbers:
        for line, count in found.of(cut, key).items():
            rows = narrowing.rows_of(found.baseline, people[who], line, cut, key if cut else None)
            assert rows.count() == count, (cut, key, line)
    for cut in (AREA, ENTERPRISE):
        for line, count in found.total(cut).items():
            assert narrowing.rows_of(found.baseline, people[who], line, cut).count() == count, (cut, line)


def test_recording_moves_people_between_lines_and_never_changes_the_sum(told, people):
    before = read(people, "watchdog").of()
    actor = people["watchdog"]
    assert recording.record([told.found["辛"]], "found_later", reason=WHY, actor=actor).moved
    assert recording.record([told.found["庚"]], "withdrawn", reason=WHY, actor=actor).moved
    assert recording.record([told.found["壬"]], "duplicate", reason=WHY, actor=actor).moved
    changed = {"found_later": 1, "found_waiting": 1, "withdrawn": 1, "removed_waiting": 0, "duplicate": 1, "other": 0}
    assert read(people, "watchdog").of() == before | changed
    test_every_number_is_a_list_with_that_many_rows(told, people, "watchdog")


def test_a_line_names_the_people_whom_it_counts(told, people):
    base, watchdog = Baseline.objects.in_force(), people["watchdog"]
    expected = {"found_waiting": "壬辛", "died": "丙", "out_of_scope": "戊", "managed_already": "己", "other": "壬"}
    for line, names in (expected | {"due_stock": "丁乙甲辛", "due_flow": "新癸"}).items():
        assert names_of(narrowing.rows_of(base, watchdog, line)) == "".join(sorted(names)), line
    assert list(narrowing.rows_of(base, watchdog, "removed_waiting").values_list("case_id", flat=True)) == [
        told.found["庚"]
    ]


def test_a_new_baseline_begins_with_today(told, people):
    told.freeze(reason=WHY)
    found = read(people, "watchdog").of()
    assert said(found) == {"baseline": 4, "due_stock": 4, "due_flow": 2, "due": 6}


def test_the_bridge_costs_the_same_for_many_as_for_few(told, people, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        read(people, "watchdog")


def test_every_line_is_explained_by_a_sign(db):
    assert {line.sign for line in LINES.values()} == {1, 0, -1}
    assert DuePerson._meta.proxy
