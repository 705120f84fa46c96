"""The sentences that users read: where, what happened, why, what to do."""

import ast
import re
from pathlib import Path

import pytest

import retirees.roster
from retirees.roster.headings import recognise
from retirees.roster.problems import KINDS
from retirees.roster.rows import Cleaner, Duplicates
from tests.retirees.roster.sample import GOOD, TODAY, WOMAN, clean

OURS = "agreement assembly cells dates ids person_names phones rows".split()


def test_a_message_begins_with_the_row_and_the_users_own_heading():
    row = Cleaner(recognise([(1, ["姓名", "公民身份号码", "退休年月"])]), today=TODAY).clean(
        37, ["王示例", "371", "2013.3"]
    )
    assert row.problems[0].message.startswith("第 37 行公民身份号码是 3 位，应为 18 位")
    assert row.problems[0].column_index == 1
    assert row.problems[0].column_label == "公民身份号码"


def test_the_check_digit_that_would_be_right_is_named():
    wrong = WOMAN[:17] + ("1" if WOMAN[17] != "1" else "2")
    assert f"校验位不对，应为 {WOMAN[17]}" in clean(身份证号=wrong).problems[0].message


def test_a_missing_column_is_named_by_its_own_label():
    row = Cleaner(recognise([(1, ["姓名", "身份证号"])]), today=TODAY).clean(5, ["王示例", WOMAN])
    problem = next(p for p in row.problems if p.field == "retired_on")
    assert problem.message.startswith("第 5 行退休时间没有填写")
    assert problem.column_index is None


def test_an_unknown_choice_names_what_is_allowed():
    message = clean(政治面貌="民主党派").problems[0].message
    assert "民主党派" in message
    assert all(word in message for word in ("中共党员", "民盟盟员", "群众"))


def test_the_same_number_twice_names_both_rows_and_leaves_the_first():
    duplicates = Duplicates()
    rows = [duplicates.look(clean(number)) for number in (3, 4, 9)]
    assert [[p.code for p in row.problems] for row in rows] == [[], ["duplicate_in_file"], ["duplicate_in_file"]]
    assert rows[2].problems[0].message.startswith("第 9 行身份证号与第 3 行的相同")


def test_the_same_row_number_on_two_sheets_is_not_the_same_row():
    duplicates, found = Duplicates(key=hash), []
    for sheet in ("一车间", "二车间"):
        layout = recognise([(1, list(GOOD))], sheet=sheet)
        found.append(duplicates.look(Cleaner(layout, today=TODAY).clean(5, list(GOOD.values()))))
    assert found[0].problems == []
    assert "工作表“一车间”第 5 行" in found[1].problems[0].message


@pytest.mark.parametrize("code", KINDS)
def test_a_sentence_says_what_and_what_to_do_without_shouting(code):
    kind = KINDS[code]
    assert kind.sentence.endswith("。")
    assert kind.sentence.count("。") + kind.sentence.count("，") >= 2
    assert not re.search("[!！]|您的错误|非法", kind.sentence)
    assert re.search("请|可改为|可选", kind.sentence)


def test_every_kind_of_problem_is_raised_somewhere_and_every_raised_one_is_known():
    raised = set()
    for name in OURS:
        tree = ast.parse((Path(retirees.roster.__path__[0]) / f"{name}.py").read_text())
        raised |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in KINDS}
    columns = (Path(retirees.roster.__path__[0]) / "columns.py").read_text()
    raised |= {code for code in KINDS if f'"{code}"' in columns}
    assert set(KINDS) == raised
