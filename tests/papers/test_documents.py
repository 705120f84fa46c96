"""Papers from templates: nothing that is written into them changes the paper around it."""

import io
import re
import zipfile
from datetime import date

import pytest
from docx import Document
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from tests.papers.reading import text_of
from tests.papers.samples import SAMPLES, sample
from tools.papers.__main__ import FOLDER, TEMPLATES
from weihai_transfer.lib import documents

HOSTILE = "<w:t>&amp;</w:t>\"'{{ 7*7 }}{% raw %}·𠮷㑇\n第二行"
# What stands on a paper only in some cases.
ALSO = {"agreement-1": {"amends": "例0000"}, "letter-1": {"replaces": "例0000"}, "fee-1": {"note": "示例"}}


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_text(context, text):
    """The same context with `text` behind every text in it."""
    if isinstance(context, dict):
        return {key: with_text(value, text) for key, value in context.items()}
    if isinstance(context, list):
        return [with_text(value, text) for value in context]
    return f"{context}{text}" if isinstance(context, str) and context else context


def texts_in(context):
    if isinstance(context, dict):
        context = list(context.values())
    if isinstance(context, list):
        return [text for one in context for text in texts_in(one)]
    return [context] if isinstance(context, str) and context else []


def test_a_paper_with_something_missing_is_not_printed():
    context = sample("letter-1")
    del context["dues_until"]
    with pytest.raises(UndefinedError, match="dues_until"):
        documents.render("letter-1", [context])


@pytest.mark.parametrize("name", ["../settings", "letter", "letter-1.docx", "letter-0", ""])
def test_only_a_template_with_its_version_is_printed(name):
    with pytest.raises(ValueError, match="template"):
        documents.render(name, [{}])


def test_no_paper_is_no_file():
    with pytest.raises(ValueError, match="no paper"):
        documents.render("letter-1", [])


@pytest.mark.parametrize("attempt", ["{{ ''.__class__.__mro__ }}", "{{ [].append(1) }}", "{{ paper.clear() }}"])
def test_a_template_runs_no_code(attempt):
    with pytest.raises((SecurityError, UndefinedError)):
        documents.ENVIRONMENT.from_string(attempt).render(paper={"a": 1})


@pytest.mark.parametrize("template", SAMPLES)
def test_hostile_text_in_every_field_comes_out_whole(template):
    context = with_text(sample(template, **ALSO.get(template, {})), HOSTILE)
    text = text_of(documents.render(template, [context]))
    for said in texts_in(context):
        assert all(line in text for line in said.split("\n")), said
    assert text.count("第二行") >= len(texts_in(SAMPLES[template])) - 3


def test_what_no_file_can_hold_is_left_out():
    context = sample("fee-1", note="甲\x00乙\x0b丙\ud800丁\ufffe戊\u2028己\r\n庚\t辛\f壬\a癸")
    assert "备注：甲乙丙丁戊\n己\n庚 辛壬癸" in text_of(documents.render("fee-1", [context]))


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, ""), (True, "是"), (False, "否"), (date(2026, 3, 1), "2026年3月1日"), (0, "0"), ("𠮷", "𠮷")],
)
def test_how_a_value_stands_on_paper(value, words):
    assert documents.printable(value) == words


@pytest.mark.parametrize("template", SAMPLES)
def test_nothing_of_the_template_is_left_on_the_paper(template):
    text = text_of(documents.render(template, [sample(template), sample(template)]))
    assert not re.search(r"\{\{|\}\}|\{%|%\}|paper\.|row\.|None", text)


@pytest.mark.parametrize("template", SAMPLES)
def test_every_paper_of_a_file_says_its_number_template_and_operation(template):
    numbers = [f"2026-DEMO01-例{at:04}" for at in (1, 2, 3)]
    text = text_of(documents.render(template, [sample(template, number=number) for number in numbers]))
    assert re.findall(rf"编号 (\S+)　模板 {template}　办理 7f3a9c21e04b", text) == numbers


def test_the_same_paper_is_the_same_bytes():
    first, again = (documents.render("letter-1", [sample("letter-1")]) for _ in range(2))
    assert first == again


# Cards share one table, of which each part makes its own.
@pytest.mark.parametrize("template", sorted(set(SAMPLES) - {"card-1"}))
def test_many_papers_are_set_in_parts_and_nobody_can_tell(template, monkeypatch):
    contexts = [sample(template, number=f"例{at}") for at in range(5)]
    whole = documents.render(template, contexts)
    monkeypatch.setattr(documents, "AT_ONCE", 2)
    assert documents.render(template, contexts) == whole


def test_only_the_word_that_does_not_hold_is_struck_out():
    for probationary, struck in ((False, "预备"), (True, "正式")):
        data = documents.render("letter-1", [sample("letter-1", probationary=probationary)])
        runs = [run for one in Document(io.BytesIO(data)).paragraphs for run in one.runs if run.font.strike]
        assert [run.text for run in runs] == [struck] * 2, "stub and letter"


def test_what_is_not_known_leaves_room_for_the_pen():
    data = documents.render("card-1", [sample("card-1", phone="", handler="")])
    assert f"联系电话：{'　' * 6}　　联系人：{'　' * 6}" in text_of(data)


def test_a_long_list_is_left_to_its_annex():
    context = sample("inventory-1", rows=[], annex="清册附件.xlsx", annex_sha256="ab" * 32)
    text = text_of(documents.render("inventory-1", [context]))
    assert f"《清册附件.xlsx》，与本清册同时交接。附件的 SHA-256 校验值：{'ab' * 32}" in text
    assert "核收号" not in text


def test_every_template_has_a_sample_and_a_file():
    assert set(TEMPLATES) == set(SAMPLES) == {path.stem for path in FOLDER.glob("*.docx")}


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_templates_are_what_the_script_lays_out(template):
    assert parts_of(TEMPLATES[template]()) == parts_of((FOLDER / f"{template}.docx").read_bytes())
