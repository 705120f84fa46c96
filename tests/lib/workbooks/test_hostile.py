"""Hostile files are refused with a sentence, before or inside the child, and nothing else happens."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from tests.lib.workbooks import hostile, hostile_others
from tests.lib.workbooks.making import GOOD_ROWS, MAIN, read_all, sheet, small_xlsx
from weihai_transfer.lib.workbooks.facts import Inspected
from weihai_transfer.lib.workbooks.guard import inspect
from weihai_transfer.lib.workbooks.limits import Limits
from weihai_transfer.lib.workbooks.reading import open_workbook
from weihai_transfer.lib.workbooks.refusal import Refused

CASES = hostile_others.CASES
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", CASES)
def test_the_guard_refuses_with_the_cause(tmp_path, name):
    make, code, suffix = CASES[name]
    path = tmp_path / f"a{suffix}"
    make(path)
    with pytest.raises(Refused) as refused:
        inspect(path, f"名册{suffix}")
    assert refused.value.code == code
    assert re.search(r"请.*(上传|打开|另存|修正)", refused.value.message)
    assert refused.value.message.endswith("。")


def test_there_are_enough_classes_and_codes():
    assert len(CASES) >= 60
    assert len({code for _, code, _ in CASES.values()}) >= 17


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """All hostile files seen by a fresh process that notes what it opens, where it connects and how it grows."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _, suffix) in CASES.items():
        make(folder / f"{name}{suffix}")
    script = """
import json, resource, sys
from pathlib import Path
from weihai_transfer.lib.workbooks.guard import inspect
from weihai_transfer.lib.workbooks.refusal import Refused
from xml.parsers import expat
seen = {"sockets": [], "written": [], "opened": [], "taken": []}
folder = Path(sys.argv[1])
def watch(event, arguments):
    if event.startswith("socket."):
        seen["sockets"].append(event)
    elif event == "open" and isinstance(arguments[0], str):
        seen["opened"].append(arguments[0])
        if isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
            seen["written"].append(arguments[0])
files = sorted(folder.iterdir())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sys.addaudithook(watch)
for path in files:
    try:
        inspect(path, path.name)
    except Refused:
        continue
    seen["taken"].append(path.name)
seen["grown"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
print(json.dumps(seen))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(done.stdout) | {"folder": str(folder)}


def test_all_hostile_files_together_reach_nothing(watched):
    assert watched["taken"] == []
    assert watched["sockets"] == []
    assert watched["written"] == []
    outside = [
        name for name in watched["opened"] if not name.startswith((watched["folder"], sys.prefix, sys.base_prefix))
    ]
    assert [name for name in outside if "/weihai_transfer/" not in name] == []


def test_all_hostile_files_together_do_not_swell_the_process(watched):
    assert watched["grown"] <= 50


def trusted(path):
    return Inspected("xlsx", path.stat().st_size)


def test_a_parser_that_aborts_leaves_a_sentence(tmp_path):
    path = tmp_path / "a.xlsx"
    hostile.a_value_in_the_last_cell(path)
    with pytest.raises(Refused) as refused, open_workbook(path, trusted(path)) as book:
        list(book.rows(0))
    assert refused.value.code == "exhausted"


def test_a_parser_that_aborts_while_opening_leaves_a_sentence(tmp_path):
    path = small_xlsx(
        tmp_path / "a.xlsx", strings=f'<sst xmlns="{MAIN}" uniqueCount="99999999999"><si><t>a</t></si></sst>'
    )
    with pytest.raises(Refused) as refused:
        open_workbook(path, trusted(path))
    assert refused.value.code == "exhausted"


def test_a_parser_without_enough_memory_leaves_a_sentence(tmp_path):
    path = small_xlsx(tmp_path / "a.xlsx")
    with pytest.raises(Refused) as refused:
        open_workbook(path, trusted(path), Limits(child_memory=8 * 2**20))
    assert refused.value.code in ("exhausted", "damaged")


def test_a_parser_that_does_not_answer_in_time_is_ended(tmp_path):
    path = small_xlsx(tmp_path / "a.xlsx")
    with pytest.raises(Refused) as refused:
        open_workbook(path, trusted(path), Limits(wait_seconds=0))
    assert refused.value.code == "too_slow"


def test_a_parser_that_is_killed_half_way_leaves_a_sentence(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as written:
        page = written.add_worksheet()
        for row in range(20_000):
            page.write_row(row, 0, ["示例"] * 20)
    with open_workbook(path, inspect(path, "a.xlsx")) as book:
        rows = book.rows(0)
        next(rows)
        book._child._process.kill()
        with pytest.raises(Refused):
            list(rows)
        assert len(list(book.rows(0))) == 20_000


def test_leaving_early_ends_the_child(tmp_path):
    path = small_xlsx(tmp_path / "a.xlsx")
    with open_workbook(path, inspect(path, "a.xlsx")) as book:
        process = book._child._process
        next(book.rows(0))
    assert process.returncode is not None


def test_the_child_sees_nothing_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    path = small_xlsx(tmp_path / "a.xlsx")
    with open_workbook(path, inspect(path, "a.xlsx")) as book:
        environment = Path(f"/proc/{book._child._process.pid}/environ").read_bytes()
    assert b"secret" not in environment


def test_a_cell_longer_than_excel_allows_is_named(tmp_path):
    rows = f'<row r="3"><c r="B3" t="inlineStr"><is><t>{"长" * 33_000}</t></is></c></row>'
    with pytest.raises(Refused, match="B3") as refused:
        read_all(small_xlsx(tmp_path / "a.xlsx", sheet=sheet(rows)))
    assert refused.value.code == "cell_too_long"


def test_the_far_cell_is_named(tmp_path):
    hostile.a_value_in_the_last_cell(tmp_path / "a.xlsx")
    with pytest.raises(Refused, match="XFD1048576"):
        inspect(tmp_path / "a.xlsx", "a.xlsx")


def test_coloured_but_empty_cells_far_away_do_no_harm(tmp_path):
    book = Workbook()
    book.active.append(["姓名", "街道"])
    book.active.append(["示例", "甲"])
    for where in ("XFD1048576", "ZZ2", "C900000"):
        book.active[where].fill = PatternFill("solid", fgColor="FF0000")
    book.save(tmp_path / "a.xlsx")
    facts = inspect(tmp_path / "a.xlsx", "a.xlsx").sheets[0]
    assert (facts.rows, facts.columns) == (2, 2)
    assert read_all(tmp_path / "a.xlsx")["Sheet"] == {1: ["姓名", "街道"], 2: ["示例", "甲"]}


def test_a_file_larger_than_allowed_is_refused_before_it_is_read(tmp_path):
    small_xlsx(tmp_path / "a.xlsx")
    with pytest.raises(Refused) as refused:
        inspect(tmp_path / "a.xlsx", "a.xlsx", Limits(file_bytes=100))
    assert refused.value.code == "too_large"


def test_the_good_neighbour_of_all_hostile_files_is_taken(tmp_path):
    assert read_all(small_xlsx(tmp_path / "a.xlsx", sheet=sheet(GOOD_ROWS)))["名册"] == {
        1: ["姓名", "年龄"],
        2: ["示例甲", 66],
    }
    hostile.ods(tmp_path / "a.ods", "<table:table-row>" + hostile.ODS_VALUE.format("") + "</table:table-row>")
    assert read_all(tmp_path / "a.ods")["a"] == {1: [1]}
