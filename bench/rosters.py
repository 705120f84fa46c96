"""A roster from the file to committed rows with history: against django-import-export, and against the floor."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import tablib
from django.db import connection
from import_export import fields, resources
from python_calamine import CalamineWorkbook

from accounts import divisions
from accounts.models import Enterprise
from audit import history
from audit.operations import operation
from bench.peer.models import FIELDS, Person
from bench.table import Row, watch
from oversight.demo import story
from oversight.demo.invented import HEADINGS, Inventor
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table


def make_file(folder, people, seed=3):
    inventor = Inventor(seed, story.places())
    rows = (inventor.row(serial, "示例测量企业", date(2026, 11, 23)) for serial in range(1, people + 1))
    path = Path(folder) / f"{people}.xlsx"
    write_table(path, [Sheet("花名册", [Column(heading) for heading in HEADINGS], rows)])
    return path


def ours(path, code):
    """In a process of its own, as a worker does it; returns (seconds, peak MB of the worker, peak MB of taking it in)."""
    script = [sys.executable, "-m", "bench.one_roster", str(path), code]
    out = subprocess.run(script, check=True, capture_output=True, text=True, env=os.environ).stdout.split()
    return tuple(map(float, out))


class PersonResource(resources.ModelResource):
    class Meta:
        model = Person
        import_id_fields = ("id_number",)
        fields = tuple(FIELDS)
        use_transactions = True
        skip_diff = True


for name, heading in FIELDS.items():
    PersonResource.fields[name] = fields.Field(
        attribute=name, column_name=heading, widget=PersonResource.fields[name].widget
    )


def import_export(path):
    with watch() as found:
        sheet = openpyxl.load_workbook(path, read_only=True).active
        rows = sheet.iter_rows(values_only=True)
        data = tablib.Dataset(headers=next(rows))
        for row in rows:
            data.append(["" if cell is None else cell for cell in row])
        result = PersonResource().import_data(data, raise_errors=True)
    made = result.totals["new"]
    if history.history_of(Person).objects.count() < made:
        raise AssertionError("the peer wrote no history")
    return found.seconds


def floor(path):
    """calamine read + COPY + INSERT … SELECT of the same rows, no check, no encryption, no tracks."""
    with watch() as found, connection.cursor() as cursor:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()
        next(rows)
        names = ", ".join(FIELDS)
        with cursor.copy(f"COPY {Person._meta.db_table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    [None if cell == "" and index in DATE_PLACES else str(cell) for index, cell in enumerate(row)]
                )
        trail = history.history_of(Person)._meta.db_table
        cursor.execute(
            f"INSERT INTO {trail} (id, {names}, history_date, history_type) "
            f"SELECT id, {names}, now(), '+' FROM {Person._meta.db_table}"
        )
    return found.seconds


DATE_PLACES = {
    place
    for place, heading in enumerate(HEADINGS)
    if heading in ("参加工作时间", "退休时间", "入党时间", "党费缴至年月")
}


def empty_peer():
    with connection.cursor() as cursor:
        for model in (Person, history.history_of(Person)):
            cursor.execute(f"TRUNCATE {model._meta.db_table} RESTART IDENTITY CASCADE")


def prepare():
    divisions.load()
    if not Enterprise.objects.filter(code="BENCH1").exists():
        with operation("bench.prepare", actor=divisions.steward()) as act:
            for code in ("BENCH1", "BENCH2"):
                act.insert([Enterprise(code=code, name=f"示例测量企业{code}", path=f"{code}/")])


def run():
    prepare()
    with tempfile.TemporaryDirectory() as folder:
        yield from against_import_export(folder)
        yield from against_the_floor(folder)


def against_import_export(folder):
    path = make_file(folder, 20_000)
    seconds, *_ = ours(path, "BENCH1")
    peer = import_export(path)
    empty_peer()
    yield Row(
        f"roster 20,000 × {len(HEADINGS)}, file to committed rows with history",
        f"{seconds:.1f} s",
        f"django-import-export {peer:.0f} s",
        peer / seconds,
        "≥ 15 ×",
        peer / seconds >= 15,
    )


def against_the_floor(folder):
    path = make_file(folder, 100_000, seed=4)
    seconds, worker, web = ours(path, "BENCH2")
    lowest = floor(path)
    empty_peer()
    yield Row(
        f"roster 100,000 × {len(HEADINGS)}, the same",
        f"{seconds:.1f} s",
        f"read + COPY + INSERT … SELECT {lowest:.1f} s",
        seconds / lowest,
        "≤ 4 × the floor",
        seconds / lowest <= 4,
    )
    yield Row("worker on 100,000 rows", f"{worker:.0f} MB", "", None, "≤ 400 MB", worker <= 400)
    yield Row("web process taking the file in", f"{web:.0f} MB", "", None, "≤ 200 MB", web <= 200)
