"""The text of a bulletin says the numbers of its snapshot, and a number that is none of them is found."""

import json
import re
from fractions import Fraction

import pytest

from handover.listing import NO_AREA_YET
from oversight.models.bulletins import BLOCKS
from oversight.reports import checking, drafting
from oversight.reports import snapshot as snapshots
from oversight.reports.columns import points, rate_words, shown_rate
from tests.oversight.by_hand import AREAS, snapshot


@pytest.fixture
def numbers():
    return snapshot()


def stray(text, numbers):
    return [one.number for one in checking.strays(text, numbers)]


@pytest.mark.parametrize(
    "text",
    [
        "全市移交率87.5%。",
        "示例东区移交率99.9%。",
        "示例东区已移交876人。",
        # A number of another area.
        "示例西区已移交875人。",
        "示例南区移交率3.0%，低于全市72.4个百分点。",
        "示例东区已移交８７６人。",
        # Without the sign it is no rate.
        "示例东区移交率87.5。",
    ],
)
def test_a_number_of_nobody_is_found(text, numbers):
    assert len(stray(text, numbers)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有数字的一句话，三个区市。",
        "示例东区移交率87.5%，已移交875人，尚有125人未移交。",
        "示例东区、示例西区移交率分别为87.5%、100.0%。",
        "示例东区应移交1,000人；示例西区应移交400人。",
        "截至2026年10月31日，按室字〔2020〕10号文件，自2026-01-01起，请于11月15日前、12月底前办结第1期所列事项。",
        "示例东区已移交８７５人。",
        "全市已移交1,284人，比示例西区的400人多。",
    ],
)
def test_what_the_snapshot_says_may_be_said(text, numbers):
    assert stray(text, numbers) == []


def test_a_digit_in_the_name_of_a_place_is_no_figure(numbers):
    rows = (("示例404厂", "市属企业", AREAS[0][2]),)
    assert stray("示例404厂移交率87.5%。", snapshot(enterprises=rows)) == []


def test_the_draft_has_no_number_of_its_own(numbers):
    text = drafting.draft(numbers)
    assert set(text) == set(BLOCKS)
    assert [stray(one, numbers) for one in text.values()] == [[]] * len(text)


def test_a_draft_says_nothing_that_its_reader_has_no_list_for():
    numbers = snapshot(known=())
    text = "\n".join(drafting.draft(numbers).values())
    assert not re.search("None|—|元|平方米|[0-9]件|[0-9]份", text)
    assert stray(text, numbers) == []


def test_a_city_without_anybody_is_told_so():
    empty = (("示例东区", "", (0,) * 21),)
    text = drafting.draft(snapshot(areas=empty, enterprises=empty))
    assert text["areas"] == "各区市本期没有应移交人员。"
    assert text["problems"] == "本期没有需要通报的突出问题。"
    assert "移交率—" in text["overall"]


def test_the_whole_is_told_with_its_change(numbers):
    first = drafting.draft(numbers)["overall"].splitlines()[0]
    total, before = numbers.total.rate("accepted"), numbers.total.earlier["accepted"]
    assert first.startswith(
        "截至2026年10月31日，全市国有企业退休人员应移交1,700人，已移交1,284人，移交率75.5%；本期新增移交257人，"
        f"移交率比上期末提高{shown_rate(total) - shown_rate(before)}个百分点。"
    )
    assert "退回企业待改正50人" in first


def test_all_are_ranked_and_the_slowest_three_named_with_what_holds_them_back(numbers):
    ranking, slow, *each = drafting.draft(numbers)["enterprises"].splitlines()
    assert "示例四站（86.0%）、示例二厂（79.6%）、=示例（集团）公司（77.8%）、示例三所（50.0%）" in ranking
    assert slow == "进度较慢的企业是示例三所、=示例（集团）公司、示例二厂。"
    assert each[0] == ("示例三所移交率50.0%，低于全市25.5个百分点，尚有100人未移交，主要是待分配50人、待上报25人。")


def test_who_is_done_or_has_nobody_is_not_slow(numbers):
    assert [one.label for one in drafting.ranked(numbers.areas)] == ["示例西区", "示例东区", "示例南区"]
    assert [one.label for one in drafting.slowest(numbers.areas)] == ["示例南区", "示例东区"]


def test_who_goes_nowhere_yet_is_told_apart_and_not_ranked():
    rows = (*AREAS, (NO_AREA_YET, "", (14, 14, 0, 3, *(0,) * 11, "0.00", "0.00", 5, 14, 0, 0)))
    numbers = snapshot(areas=rows, enterprises=rows)
    text = drafting.draft(numbers)
    assert text["areas"].splitlines()[-1] == "尚未确定接收地的有14人。"
    assert [one.key for one in drafting.slowest(numbers.areas)] == ["3", "1"]
    assert numbers.enterprises.lines[-1].label == "不属于企业"
    assert stray(text["areas"], numbers) == []


def test_points_are_what_the_reader_gets_by_subtracting():
    assert points(Fraction(12345, 100000), Fraction(10255, 100000)) == shown_rate(Fraction(12345, 100000)) - shown_rate(
        Fraction(10255, 100000)
    )
    assert points(None, Fraction(1)) is None


def test_only_what_is_wholly_done_reads_a_hundred():
    assert rate_words(Fraction(99999, 100000)) == "99.9%"
    assert rate_words(Fraction(1, 3)) == "33.3%"
    assert rate_words(None) == "—"


@pytest.mark.parametrize("since", [True, False])
def test_a_snapshot_is_kept_whole(since):
    numbers = snapshot(since=since)
    assert snapshots.read(json.loads(json.dumps(snapshots.kept(numbers)))) == numbers
