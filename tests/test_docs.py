"""The pages beside the code say what the code says: words, commands, links, numbers, pictures."""

import inspect
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from accounts import duties, parameters
from accounts.models import places
from handover import figures
from handover.models import bulk
from oversight.models import exports
from retirees.models import rosters
from tools import screenshots
from tracks.models import Track

ROOT = Path(settings.BASE_DIR)
GLOSSARY = ROOT / "docs" / "glossary.md"
DECISIONS = ROOT / "docs" / "decisions"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
TRACKS = [model for model in apps.get_models() if issubclass(model, Track) and model.machine]


def place_of(thing):
    return str(Path(inspect.getfile(thing)).relative_to(ROOT))


@cache
def glossary():
    """(中文, code name, place) of each row of the glossary."""
    row = re.compile(r"^\| ([^|]+) \| `([^`]+)` \| `([^`]+)` \|", re.MULTILINE)
    return [found.groups() for found in row.finditer(GLOSSARY.read_text())]


def words_of_the_code():
    """(label, code name, place) of all that the glossary must say, by kind."""
    for model in TRACKS:
        states = model.machine.states
        yield "state", [(state.label, f"{states.__name__}.{state.name}", place_of(states)) for state in states]
        yield "step", [(step.label, step.name, place_of(states)) for step in model.machine.steps]
    for choices in (
        rosters.RosterState,
        rosters.Verdict,
        bulk.BulkState,
        duties.Duty,
        places.OfficeKind,
        exports.ExportState,
    ):
        yield "choice", [(one.label, f"{choices.__name__}.{one.name}", place_of(choices)) for one in choices]
    yield "position", [(one.label, code, "accounts/duties.py") for code, one in duties.POSITIONS.items()]
    yield "figure", [(one.label, code, "handover/figures.py") for code, one in figures.FIGURES.items()]
    yield "parameter", [(one.label, code, "accounts/parameters.py") for code, one in parameters.KNOWN.items()]


def our_models():
    kept = [model for model in apps.get_models() if (ROOT / model._meta.app_label).is_dir()]
    return [
        model
        for model in kept
        if not hasattr(model, "instance_type") and model.__module__.startswith(model._meta.app_label)
    ]


def test_every_model_stands_in_the_glossary():
    said = {(code, place) for _, code, place in glossary()}
    models = {(model.__name__, place_of(model)) for model in our_models()}
    assert len(models) >= 26
    assert models - said == set()


def test_every_state_step_duty_and_figure_stands_in_the_glossary():
    said = set(glossary())
    wanted = {row for _, rows in words_of_the_code() for row in rows}
    assert len(TRACKS) >= 4
    assert len(wanted) > 100
    assert wanted - said == set()


def test_the_glossary_says_nothing_that_is_gone():
    gone = []
    for _, code, place in glossary():
        path, name = ROOT / place, code.split(".")[-1]
        if not path.is_file() or not re.search(rf"\b{re.escape(name)}\b", path.read_text()):
            gone.append((code, place))
    assert gone == []


def test_the_glossary_names_no_label_that_the_code_has_changed():
    """A row about a state, step, duty or figure must be one of the code's rows, word for word."""
    wanted = {row for _, rows in words_of_the_code() for row in rows}
    codes = {(code, place) for _, code, place in wanted}
    assert [row for row in glossary() if row[1:] in codes and row not in wanted] == []


# --- commands


def code_of(text):
    """Fenced blocks line by line, and inline code."""
    for block in re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


def targets():
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def make_commands(text):
    for line in code_of(text):
        for words in re.findall(r"(?:^|&& |; )make((?: [a-z][a-z-]*)+)", line):
            yield from words.split()


@pytest.mark.parametrize("name", NAMES)
def test_commands_of_the_pages_exist(name):
    text = (ROOT / name).read_text()
    lines = list(code_of(text))
    assert set(make_commands(text)) <= targets()
    assert {found for line in lines for found in re.findall(r"manage\.py ([a-z_]+)", line)} <= set(get_commands())
    modules = {found for line in lines for found in re.findall(r"-m ((?:tools|bench)[a-z_.]*)", line)}
    assert [one for one in modules if not _is_module(one)] == []


def _is_module(name):
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()


def test_the_readme_names_the_two_commands_of_a_newcomer():
    assert {"run", "test"} <= set(make_commands((ROOT / "README.md").read_text()))


# --- links and paths


def links(text):
    bare = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [found.split("#")[0] for found in re.findall(r"\]\(([^)\s]+)\)", bare)]


@pytest.mark.parametrize("name", NAMES)
def test_links_resolve(name):
    page = ROOT / name
    found = [link for link in links(page.read_text()) if link and not re.match(r"[a-z]+:", link)]
    assert [link for link in found if not (page.parent / link).exists()] == []
    assert [link for link in found if not (page.parent / link).resolve().is_relative_to(ROOT)] == []


# Where a work machine keeps its things; an installation lies in /opt, /etc and /var/lib.
MACHINE = re.compile(r"(?<![\w.])/(?:tmp|work|root|home|mnt|Users)/")
HOSTS = re.compile(r"https?://(?!127\.0\.0\.1|localhost|\[::1\])[^\s)`]+")


@pytest.mark.parametrize("name", NAMES)
def test_no_page_names_a_machine_or_a_registry(name):
    text = (ROOT / name).read_text()
    assert MACHINE.findall(text) == []
    assert HOSTS.findall(text) == []


# --- decisions


def decisions():
    return sorted(DECISIONS.glob("[0-9]*.md"))


def test_decisions_are_numbered_without_a_gap():
    pages = decisions()
    assert len(pages) >= 11
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    index = links((DECISIONS / "README.md").read_text())
    assert [page.name for page in pages if page.name not in index] == []


@pytest.mark.parametrize("page", decisions(), ids=lambda page: page.stem)
def test_a_decision_has_its_parts(page):
    text = page.read_text()
    assert re.match(rf"# {page.name[:4]} \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:3] == ["Question", "Choice", "Given up"]
    missing = [place for place in re.findall(r"`([a-z_]+(?:/[a-z_]+)+\.py)`", text) if not (ROOT / place).is_file()]
    assert missing == []


# --- pictures


def test_pictures_are_those_that_the_tool_takes():
    folder = ROOT / "docs" / "screenshots"
    taken = {f"{picture.name}.png" for picture in screenshots.PICTURES}
    assert {path.name for path in folder.iterdir()} == taken
    for name in taken:
        content = (folder / name).read_bytes()
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert len(content) <= screenshots.LARGEST
        assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == screenshots.browser.SCREEN


def test_the_readme_shows_every_role():
    shown = {Path(link).name for link in links((ROOT / "README.md").read_text()) if link.endswith(".png")}
    assert shown <= {f"{picture.name}.png" for picture in screenshots.PICTURES}
    of_role = {picture.account: f"{picture.name}.png" for picture in screenshots.PICTURES if picture.account}
    accounts = {picture.account for picture in screenshots.PICTURES if f"{picture.name}.png" in shown}
    assert set(of_role) <= accounts


# --- changelog


def test_the_changelog_runs_backwards_by_date():
    days = re.findall(r"^## (\d{4}-\d{2}-\d{2})", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert days
    assert days == sorted(days, reverse=True)
