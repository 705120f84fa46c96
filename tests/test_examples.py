"""The sample rosters: what they are said to be, they are."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from examples import make
from retirees.models import Retiree
from tests.lib.workbooks.making import read_all
from weihai_transfer.lib import identity

FOLDER = Path(settings.BASE_DIR) / "examples"
LINE = re.compile(r"\| (\S+\.\w+) \|.*?\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|")
SAID = {name: tuple(map(int, counts)) for name, *counts in LINE.findall((FOLDER / "README.md").read_text())}


def run(path, *options):
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_roster", str(path), "--enterprise=DEMO01", "--by=mill_hr", "--json", *options, stdout=out)
    return ended.value.code, json.loads(out.getvalue())


def test_every_file_is_described_and_made_by_the_script():
    files = {path.name for path in FOLDER.iterdir() if path.suffix not in (".py", ".md") and path.is_file()}
    assert files == set(SAID) == set(make.FILES)


@pytest.mark.parametrize("name", SAID)
def test_the_counts_of_the_page_are_those_of_the_check(name, tmp_path, people):
    path = tmp_path / name
    path.write_bytes((FOLDER / name).read_bytes())
    code, report = run(path, "--dry-run")
    assert (report["rows"], report["accepted"], report["rejected"], report["blank"]) == SAID[name]
    assert code == (1 if report["rejected"] else 0)


@pytest.mark.parametrize("name", make.FILES)
def test_the_files_are_what_the_script_writes(name, tmp_path):
    make.FILES[name](tmp_path / name)
    assert read_all(tmp_path / name) == read_all(FOLDER / name)


def test_everybody_in_them_is_invented_and_says_so(tmp_path, people):
    for name in SAID:
        path = tmp_path / name
        path.write_bytes((FOLDER / name).read_bytes())
        run(path, "--good-rows-only")
    brought = Retiree.objects.all()
    assert brought.count() == sum(accepted for _, accepted, _, _ in SAID.values())
    assert all(one.name.endswith("示例") and identity.is_valid(one.id_number) for one in brought)
    assert all(
        re.fullmatch(r"1990001\d{4}|5231234", number)
        for one in brought
        if one.phone
        for number in one.phone.split("、")[:1]
    )
