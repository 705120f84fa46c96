"""Workbooks that leave the system."""

import uuid
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from audit.models import SecurityEvent
from retirees.models import Roster
from retirees.roster import blank_template, importing
from retirees.roster.headings import recognise
from retirees.roster.layout import Layout
from retirees.roster.rows import Cleaner
from tests.retirees.pages.workbooks import good_and_bad


def opened(answer):
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def download(client_of):
    def get(name, roster=None, who="mill_hr"):
        return client_of(who).get(reverse(f"retirees:{name}", args=[roster.pk] if roster else []))

    return get


def template_layout(book):
    page = book.worksheets[0]
    return recognise([(number, list(row)) for number, row in enumerate(page.iter_rows(values_only=True), 1)])


def test_our_own_template_is_understood_without_a_doubt(download):
    layout = template_layout(opened(download("template")))
    assert isinstance(layout, Layout)
    assert layout.is_settled
    assert layout.doubts == ()
    assert {match.status for match in layout.columns} == {"exact"}
    assert [match.field for match in layout.columns] == [column.field for column in blank_template.FIELDS]


def test_the_examples_of_the_template_may_be_imported_as_they_are(download):
    book = opened(download("template"))
    rows = list(book["填写说明"].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(rows) if row[0] == "填写示例")
    heading, *examples = rows[at + 1 :]
    layout = recognise([(1, list(heading)), *((number, list(row)) for number, row in enumerate(examples, 2))])
    cleaner = Cleaner(layout)
    cleaned = [cleaner.clean(number, list(row)) for number, row in enumerate(examples, 2)]
    assert len(cleaned) == 2
    assert all(row.values["name"].startswith("示例") for row in cleaned)
    assert [problem.message for row in cleaned for problem in row.problems] == []


def test_the_template_offers_lists_and_keeps_numbers_as_text(download):
    page = opened(download("template")).worksheets[0]
    headings = {cell.value: cell.column_letter for cell in page[1]}
    lists = {str(rule.sqref).split(":")[0] for rule in page.data_validations.dataValidation if rule.type == "list"}
    assert {f"{headings[label]}2" for label in ("性别", "政治面貌", "退休类别", "居住地类别")} <= lists
    assert page.column_dimensions[headings["身份证号"]].number_format == "@"


def test_the_annotated_workbook_is_the_users_own_with_reasons(checked, download):
    roster = checked()
    page = opened(download("annotated", roster)).worksheets[0]
    assert page["A1"].value == "示例纺织厂退休人员花名册"
    column = next(cell.column for cell in page[2] if cell.value == "问题说明")
    faulty = {row: page.cell(row, column).value for row in (6, 7, 8)}
    assert "校验位不对" in faulty[6]
    assert "相同" in faulty[7]
    assert "没有填写" in faulty[8]
    assert page.cell(3, column).value is None
    assert page["B8"].value == "冯示例"


def test_after_the_import_only_the_faulty_rows_go_back(checked, download, act):
    roster = checked()
    act("import", roster, rows="good", key=uuid.uuid4())
    importing.carry_out(roster.pk)
    page = opened(download("annotated", roster)).worksheets[0]
    assert [page.cell(row, 2).value for row in range(3, page.max_row + 1)] == ["丁示例", "安示例", "冯示例"]


def test_the_original_comes_back_byte_by_byte(send, download):
    content = good_and_bad()
    send(content, "原来的名字.xlsx")
    answer = download("original", Roster.objects.get())
    assert b"".join(answer.streaming_content) == content
    assert "%E5%8E%9F" in answer.headers["Content-Disposition"]


def test_a_download_is_noted_and_a_page_view_is_not(checked, download, page):
    roster = checked()
    page("roster", roster)
    assert not SecurityEvent.objects.filter(kind="download").exists()
    b"".join(download("annotated", roster).streaming_content)
    b"".join(download("original", roster).streaming_content)
    events = SecurityEvent.objects.filter(kind="download").order_by("at")
    assert [event.field for event in events] == ["annotated", "original"]
    assert {event.subject for event in events} == {f"retirees.Roster {roster.pk}"}


def test_a_discarded_roster_has_nothing_left_to_download(checked, download, act):
    roster = checked()
    act("discard", roster)
    assert download("annotated", roster).status_code == 404
    assert download("original", roster).status_code == 404
