"""What the check found, for the eyes of the person who decides: counts by kind of problem, and the rows behind each."""

import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from retirees.models import Roster, RosterRow
from retirees.models.rosters import Verdict
from retirees.roster import layouts
from retirees.roster.problems import ERROR, KINDS, WARNING
from weihai_transfer.lib import identity

# Found against the base, after the rows were cleaned (duplicates.py), so not among the kinds of a cell.
AGAINST_THE_BASE = {
    "duplicate_here": (ERROR, "已在本企业名册中"),
    "duplicate_elsewhere": (WARNING, "其他单位已登记"),
    "namesake_here": (WARNING, "疑似同一人"),
}
EACH_PROBLEM = {
    "postgresql": (
        "SELECT one->>'code', count(DISTINCT staged.id) FROM {table} staged "
        "CROSS JOIN LATERAL jsonb_array_elements(staged.problems) one WHERE staged.roster_id = %s GROUP BY 1"
    ),
    "sqlite": (
        "SELECT json_extract(one.value, '$.code'), count(DISTINCT staged.id) FROM {table} staged, "
        "json_each(staged.problems) one WHERE staged.roster_id = %s GROUP BY 1"
    ),
}


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    rows: Q


TABS = (
    Tab("bad", "有错误", Q(verdict=Verdict.BAD)),
    Tab("duplicate", "重复", Q(verdict=Verdict.DUPLICATE)),
    Tab("warning", "有提醒", Q(has_warning=True)),
    Tab("good", "可导入", Q(verdict=Verdict.GOOD)),
    Tab("blank", "空行和合计行", Q(verdict=Verdict.BLANK)),
)


@dataclass(frozen=True)
class ProblemKind:
    code: str
    title: str
    severity: str
    count: int

    @property
    def is_error(self):
        return self.severity == ERROR


def kinds(roster):
    """The kinds of problems in the roster's rows with the number of rows that have each, errors first."""
    sql = EACH_PROBLEM[connection.vendor].format(table=connection.ops.quote_name(RosterRow._meta.db_table))
    key = Roster._meta.pk.get_db_prep_value(roster.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        found = [ProblemKind(code, title_of(code), severity_of(code), count) for code, count in cursor.fetchall()]
    return sorted(found, key=lambda kind: (not kind.is_error, -kind.count, kind.code))


def title_of(code):
    return KINDS[code].title if code in KINDS else AGAINST_THE_BASE[code][1]


def severity_of(code):
    return KINDS[code].severity if code in KINDS else AGAINST_THE_BASE[code][0]


def is_kind(code):
    return code in KINDS or code in AGAINST_THE_BASE


def tab_counts(roster):
    """{tab name: number of staged rows}"""
    return roster.staged.aggregate(**{tab.name: Count("pk", filter=tab.rows) for tab in TABS})


def rows_of(roster, *, tab="", kind=""):
    """Staged rows in the order of the file, of one tab or with one kind of problem."""
    rows = roster.staged.order_by("sheet", "number")
    if kind:
        # Both engines write a JSON list as text in this form; a quotation mark inside a sentence is escaped.
        return rows.annotate(said=Cast("problems", TextField())).filter(said__contains=f'"code": "{kind}"')
    return rows.filter(next(one.rows for one in TABS if one.name == tab))


@dataclass(frozen=True)
class Line:
    """One staged row as the page prints it: nothing in it that is not masked."""

    number: int
    sheet: str
    name: str
    masked_id: str
    verdict: str
    verdict_label: str
    problems: list
    notes: list


def lines(rows, sheets):
    return [_line(row, sheets.get(row.sheet, "")) for row in rows]


def sheet_names(roster):
    return {index: layout.sheet for index, layout in layouts.loaded(roster)}


def _line(row, sheet):
    return Line(
        number=row.number,
        sheet=sheet,
        name=row.name,
        masked_id=identity.mask_id(row.id_number),
        verdict=row.verdict,
        verdict_label=row.get_verdict_display(),
        problems=[_said(row, problem) for problem in row.problems],
        notes=json.loads(row.notes) if row.notes else [],
    )


def _said(row, problem):
    """The line names its row already."""
    message = problem["message"].removeprefix(f"第 {row.number} 行")
    column = problem["column"]
    return {
        "is_error": problem["severity"] == ERROR,
        "column": column,
        "message": message.removeprefix(column) if column else message,
    }
