"""The engine fed with our offices: the same answers as from the official lists, fresh when something changes."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Office, OfficeAlias
from audit.models import Operation
from audit.operations import operation
from bench.addresses import make_corpus
from handover import suggesting
from handover.models import Suggestion
from handover.suggestion import gazetteer_from_csv, suggest
from retirees.models import Retiree

DIVISIONS = Path(suggesting.__file__).resolve().parent.parent / "accounts" / "reference"


def test_the_offices_give_the_same_answers_as_the_official_lists(town):
    known, listed = suggesting.divisions().gazetteer, gazetteer_from_csv(DIVISIONS)
    for sample in make_corpus(1500, seed=7):
        mine, theirs = suggest(sample.address, known), suggest(sample.address, listed)
        assert (mine.area, mine.street, mine.community) == (theirs.area, theirs.street, theirs.community), sample


def test_the_gazetteer_is_built_anew_when_an_alias_comes(town, people):
    before = suggesting.divisions()
    assert suggesting.divisions() is before
    with operation("test.alias", actor=people["secadmin"]) as act:
        act.insert([OfficeAlias(office=town.zhudao, name="示例老镇")])
    after = suggesting.divisions()
    assert after is not before
    assert suggest("威海市环翠区示例老镇街道8号", after.gazetteer).street == town.zhudao.code


def test_an_office_that_closed_is_no_longer_suggested(town, people):
    with operation("test.close", actor=people["secadmin"]) as act:
        act.change(Office, [town.zhudao.pk], active=False)
    assert suggest("威海市环翠区竹岛街道办事处", suggesting.divisions().gazetteer).street is None


def test_an_office_that_moved_is_suggested_where_it_is_now(town, people):
    with operation("test.move", actor=people["secadmin"]) as act:
        act.change(Office, [town.zhudao.pk], parent=town.gaoqu, path=town.zhudao.path_below(town.gaoqu))
    one = suggest("威海市竹岛街道办事处", suggesting.divisions().gazetteer)
    assert (one.street, one.area) == (town.zhudao.code, town.gaoqu.stats_parent)


def test_suggestions_are_kept_and_worked_out_again_when_the_address_changes(case_in, town, people):
    case = case_in("draft", residence_address="威海市环翠区竹岛街道竹岛路社区", hukou_address="威海市环翠区鲸园街道")
    assert suggesting.work_out([case.pk]) == 1
    assert suggesting.work_out([case.pk]) == 0
    kept = Suggestion.objects.get(pk=case.pk)
    assert (kept.area, kept.office, kept.basis) == (town.huancui, town.zhudao_community, "residence")
    assert kept.confidence > 0.8
    assert any("竹岛" in word for word in kept.words)
    with operation("retiree.correct", actor=people["mill_hr"]) as act:
        person = Retiree.objects.get(pk=case.pk)
        person.residence_address = ""
        act.change(Retiree, [person.pk], residence_address=b"")
    fresh = suggesting.suggestion_for(case)
    assert (fresh.office, fresh.basis) == (town.jingyuan, "hukou")
    # Reading works it out, only submitting and work_out keep it.
    assert Suggestion.objects.get(pk=case.pk).office == town.zhudao_community
    assert suggesting.work_out([case.pk]) == 1
    assert Suggestion.objects.get(pk=case.pk).office == town.jingyuan


def test_many_cost_as_many_queries_as_one(case_in, django_assert_num_queries):
    ids = [case_in("draft", f"示例{number}").pk for number in range(6)]
    suggesting.divisions()
    with django_assert_num_queries(5):
        found = suggesting.suggestions_for(ids)
    assert set(found) == set(ids)


@pytest.fixture
def file(tmp_path):
    def make(text, encoding="utf-8"):
        path = tmp_path / "addresses.txt"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return make


LINES = "威海市环翠区竹岛街道办事处竹岛路社区1号\n\n山东省烟台市芝罘区示例路1号\n看不懂的地址\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_the_command_answers_line_by_line(file, encoding, town, capsys):
    before = Operation.objects.count(), Suggestion.objects.count()
    call_command("suggest_receiver", file(LINES, encoding), "--json")
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(answers) == 4
    assert answers[0]["address"] == LINES.splitlines()[0]
    assert (answers[0]["area"], answers[0]["street"], answers[0]["community"]) == (
        "371002",
        "371002003",
        "371002003012",
    )
    assert answers[0]["confidence"] > 0.9
    assert answers[0]["words"]
    for answer in answers[1:]:
        assert (answer["area"], answer["street"], answer["community"]) == (None, None, None)
    assert [answer["outside"] for answer in answers] == [False, False, True, False]
    assert (Operation.objects.count(), Suggestion.objects.count()) == before


def test_the_command_prints_a_table_for_people(file, town, capsys):
    call_command("suggest_receiver", file(LINES))
    head, first, _, outside, unknown = capsys.readouterr().out.splitlines()
    assert head.split("\t") == ["接收区市", "镇（街道）", "社区（村）", "把握", "依据", "地址"]
    assert first.split("\t")[:3] == ["环翠区", "竹岛街道", "竹岛路居委会"]
    assert outside.startswith("市外\t")
    assert unknown.split("\t")[:3] == ["—", "—", "—"]


def test_the_command_says_what_is_wrong_with_a_file(file, town, tmp_path):
    for path, words in (
        (str(tmp_path / "missing.txt"), "不能读取文件"),
        (str(tmp_path), "不能读取文件"),
        (file("\x81\xff\x00", "latin-1"), "编码"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("suggest_receiver", path)


def test_without_offices_the_command_says_what_to_run(file, db, monkeypatch):
    empty = suggesting.Divisions("none", gazetteer_from_csv(DIVISIONS), {})
    monkeypatch.setattr(suggesting, "divisions", lambda: empty)
    with pytest.raises(CommandError, match="manage.py prepare"):
        call_command("suggest_receiver", file(LINES))
