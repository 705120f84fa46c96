"""The decision table against the clause: every combination of its inputs, read a second time sentence by sentence."""

import re
from itertools import product
from pathlib import Path

import pytest

from benefits.decision import BY_NUMBER, ROWS, Change, Choices, Cohort, Facts, Outcome, decide, in_order

CLAUSE = re.sub(r"\s", "", (Path(__file__).parent / "clause.txt").read_text())
BOTH = (True, False)
FACTS = [Facts(*values) for values in product(tuple(Change), BOTH, BOTH, BOTH, tuple(Cohort), BOTH, BOTH, BOTH)]
CHOICES = [Choices(*values) for values in product(BOTH, BOTH)]


def as_the_clause_says(case, city):
    """二(六) as a clerk reads it, without the table: what becomes of one item of one person."""
    # 国有企业不再新增统筹外项目，原则上不再提高发放标准。
    if case.change == "new":
        return "forbidden"
    if case.change == "raise" and not case.raise_approved:
        return "refused"
    # 已实施企业年金的企业，不再发放统筹外费用. Whether that means people who had retired already, the city says.
    stopped_by_annuity = case.annuity and (case.cohort != "existing" or city.annuity_ends_existing)
    # 弱势群体的统筹外费用，由企业报主管部门（单位）同意后保留. Which of the two goes first, the city says.
    if case.vulnerable and stopped_by_annuity:
        return "keep" if city.vulnerable_before_annuity else "stop"
    if case.vulnerable:
        return "keep"
    if stopped_by_annuity:
        return "stop"
    if case.cohort == "existing":
        # 对符合原有关规定的现有退休人员统筹外费用，国有企业可一次性计提，按现有方式发放；
        # 经与退休人员协商一致，也可参考所在城市人口平均预期寿命一次性支付。
        if not case.met_old_rules:
            return "clean_up"
        return "lump_sum" if case.lump_agreed else "provision"
    # 市属国有企业要采取一定过渡期办法: the others follow their own superiors.
    if not case.city_owned:
        return "follow"
    if not case.met_old_rules:
        return "clean_up"
    # 逐步减少新办理退休人员的统筹外费用 … 过渡期期满后办理退休的人员 … 由企业一次性支付。
    return "taper" if case.cohort == "transition" else "lump_sum"


def test_there_are_all_combinations():
    assert len(FACTS) == len(set(FACTS)) == 3 * 2 * 2 * 2 * 3 * 2 * 2 * 2
    assert len(set(CHOICES)) == 4


@pytest.mark.parametrize("choices", CHOICES)
def test_the_table_decides_every_combination_as_the_clause_says(choices):
    different = [facts for facts in FACTS if decide(facts, choices).outcome != as_the_clause_says(facts, choices)]
    assert different == []


@pytest.mark.parametrize("choices", CHOICES)
def test_each_row_is_reached_under_all_choices(choices):
    assert {decide(facts, choices).number for facts in FACTS} == set(BY_NUMBER)


def test_exactly_the_choices_move_the_annuity():
    # Nothing but vulnerability against annuity, and the annuity of those retired before, hangs on what the city chose.
    moved = {facts for facts in FACTS if len({decide(facts, choices).number for choices in CHOICES}) > 1}
    assert moved
    assert all(facts.annuity for facts in moved)
    assert all(facts.vulnerable or facts.cohort == Cohort.EXISTING for facts in moved)


def test_the_order_of_the_rows_is_that_of_the_clause_or_with_the_annuity_first():
    assert [row.number for row in in_order(Choices())] == list(range(1, 12))
    first = in_order(Choices(vulnerable_before_annuity=False))
    assert [row.number for row in first] == [1, 2, 4, 3, *range(5, 12)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_what_a_row_quotes_stands_in_the_document(row):
    quotes = re.findall("“([^”]+)”", row.says) or [row.says.removesuffix("。")]
    # “等弱势群体” of the clause has no quotation marks of its own.
    assert [quote for quote in quotes if quote not in CLAUSE] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_every_row_but_the_forbidden_names_its_proof(row):
    assert bool(row.proof) == (row.outcome != Outcome.FORBIDDEN)
