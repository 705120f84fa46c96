"""Items as a workbook: every fault at once by its cell and with the clause, nothing half-done, the same again is none."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from audit.models import SecurityEvent
from benefits import sheets
from benefits.models import OutOfPoolItem
from tests.cast import id_number
from tests.handover.pages.reading import cost
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
STOCK = date(2018, 5, 31)


@pytest.fixture
def row_of():
    """row_of(person, 项目=…) → the cells of one row."""

    def cells(person, **changed):
        row = {
            "姓名": person.name,
            "身份证号": person.id_number,
            "项目": "取暖补贴",
            "标准（元）": 1800,
            "发放方式": "按采暖季",
            "开始发放时间": "2009-11-01",
            **changed,
        }
        return [row.get(heading) for heading in sheets.HEADINGS]

    return cells


@pytest.fixture
def upload(client_of):
    def send(*rows, who="mill_hr", headings=sheets.HEADINGS):
        book, target = Workbook(), BytesIO()
        for row in (headings, *rows):
            book.active.append(row)
        book.save(target)
        file = SimpleUploadedFile("示例.xlsx", target.getvalue())
        return client_of(who).post(reverse("benefits:import"), {"file": file, "key": str(new_id())})

    return send


def faults(answer):
    assert answer.status_code == 422
    return {one.cell: one.sentence for one in answer.context["faults"]}


def test_all_faults_are_told_at_once_by_row_and_cell_and_nothing_goes_in(upload, row_of, town, make_person):
    good = make_person(town.mill, "安示例", retired_on=STOCK)
    foreign = make_person(town.port, "崔示例", retired_on=STOCK)
    later = make_person(town.mill, "白示例", retired_on=date(2024, 5, 31))
    answer = upload(
        row_of(good),
        row_of(good, 项目="示例补贴"),
        row_of(good, 项目="物业补贴", **{"标准（元）": "一百元"}),
        row_of(foreign),
        row_of(good, 姓名="示例他人", 项目="生活补贴"),
        row_of(good, 项目="住房补贴", 开始发放时间="2021-05-01"),
        row_of(later, 项目="护理费", 开始发放时间="2024-06-01"),
        row_of(good),
        row_of(good, 项目="节日慰问", 发放方式="按节日"),
        row_of(good, 身份证号=371002196203080017, 项目="护理费"),
    )
    told = faults(answer)
    assert set(told) == {"C3", "E4", "B5", "A6", "H7", "C8", "C9", "G10", "B11"}
    assert "不是金额" in told["E4"]
    assert "没有这个身份证号的人员" in told["B5"]
    assert "不再新增统筹外项目" in told["H7"]
    assert "二(六)" in told["C8"]
    assert "第 2 行" in told["C9"]
    assert not OutOfPoolItem.objects.exists()


def test_a_foreign_person_is_told_like_one_who_does_not_exist(upload, row_of, town, make_person):
    foreign = make_person(town.port, "崔示例", retired_on=STOCK)
    stranger = [*row_of(foreign)]
    stranger[1] = id_number(777)
    told = faults(upload(row_of(foreign), stranger))
    assert told["B2"] == told["B3"]


def test_a_raise_is_refused_and_passes_with_the_number_of_an_approval(upload, row_of, item_of):
    person = item_of(rate=Decimal("1000.00")).retiree
    assert "原则上不再提高发放标准" in faults(upload(row_of(person)))["E2"]
    assert upload(row_of(person, 提高标准的批准文号="示例批〔2026〕1号")).status_code == 302
    assert OutOfPoolItem.objects.get().rate == Decimal("1800.00")


def test_the_same_file_again_changes_nothing(upload, row_of, town, make_person):
    people = [make_person(town.mill, name, retired_on=STOCK) for name in ("安示例", "白示例")]
    rows = [row_of(one) for one in people]
    assert upload(*rows).status_code == 302
    before = list(OutOfPoolItem.history.values_list("history_id", flat=True))
    assert upload(*rows).status_code == 302
    assert list(OutOfPoolItem.history.values_list("history_id", flat=True)) == before
    assert OutOfPoolItem.objects.count() == 2


def test_headings_that_do_not_fit_are_named(upload, row_of, town, make_person):
    person = make_person(town.mill, "安示例", retired_on=STOCK)
    wrong = [*sheets.HEADINGS]
    wrong[4] = "金额"
    assert "应为“标准（元）”" in faults(upload(row_of(person), headings=wrong))["E1"]
    assert "没有找到表头" in faults(upload(headings=["示例"]))[""]


def test_what_costs_one_row_costs_many(upload, row_of, town, make_person):
    people = [make_person(town.mill, f"示例{at}", retired_on=STOCK) for at in range(12)]
    few = cost(lambda: upload(row_of(people[0]), row_of(people[1])))
    many = cost(lambda: upload(*[row_of(one) for one in people[2:]]))
    assert many == few


def test_the_template_has_the_headings_and_their_lists(client_of):
    answer = client_of("mill_hr").get(reverse("benefits:template"))
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == sheets.HEADINGS
    assert len(page.data_validations.dataValidation) >= 4


def test_the_list_goes_out_with_its_decisions_masked_and_harmless_and_leaves_an_event(client_of, item_of, decided):
    one = decided(item_of(basis="=1+1"))
    answer = client_of("mill_hr").get(reverse("benefits:export"))
    page = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    row = [cell.value for cell in page[4]]
    assert "=1+1" in row
    assert all(cell.data_type != "f" for cell in page[4])
    assert one.get_outcome_display() in row
    assert one.row.proof in row
    assert one.retiree.id_number not in row
    assert SecurityEvent.objects.filter(kind="download").count() == 1
