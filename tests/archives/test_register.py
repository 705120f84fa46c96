"""The official list of fourteen columns: out and in word for word, every fault at once, nothing half done."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from archives import register
from archives.models import Dossier
from audit.models import Operation, SecurityEvent
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(dossier_in):
    return [dossier_in("preparing", name, number="", pages=None) for name in ("安示例", "白示例")]


def cells_of(data):
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).active.iter_rows()]


def downloaded(client, **query):
    answer = client.get(reverse("archives:register"), query)
    return b"".join(answer.streaming_content)


def written(rows):
    book, held = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


def upload(client, data, name="示例目录.xlsx"):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("archives:upload_register"), {"key": new_id(), "file": file}, follow=True)


def changed(rows, row, heading, value):
    rows = [list(one) for one in rows]
    rows[row - 1][register.HEADINGS.index(heading)] = value
    return rows


def test_the_list_has_exactly_the_official_fourteen_columns(two, client_of):
    rows = cells_of(downloaded(client_of("mill_hr")))
    assert rows[0][0] == "国有企业退休人员人事档案移交案卷目录"
    headings = "序号, 姓名, 身份证号码, 性别, 出生日期, 退休手续办理时间, 生存状态, 死亡日期, 所属单位, 户籍所在地, 页数, 档案局档号, 保管期限, 备注"
    assert rows[1] == headings.split(", ")
    person = two[0].retiree
    assert rows[2][:7] == ["1", "安示例", person.id_number, person.get_sex_display(), "19620308", "20240531", "健在"]
    assert len(rows) == 4


def test_a_round_trip_is_equal_in_every_cell(two, client_of):
    client = client_of("mill_hr")
    rows = cells_of(downloaded(client))
    filled = changed(changed(changed(rows, 3, "页数", "186"), 3, "档案局档号", "示例-0001"), 4, "保管期限", "30年")
    assert "已按目录登记 2 卷" in upload(client, written(filled)).content.decode()
    again = downloaded(client)
    assert cells_of(again) == filled
    assert "已按目录登记 2 卷" in upload(client, again).content.decode()
    assert cells_of(downloaded(client)) == filled
    first = Dossier.objects.get(pk=two[0].pk)
    assert (first.pages, first.number) == (186, "示例-0001")


FAULTS = [
    # heading, value, words
    ("姓名", " 安示例", "首尾有空格"),
    ("姓名", "", "姓名没有填写"),
    ("姓名", "某示例", "姓名与系统登记的不一致"),
    ("身份证号码", "", "身份证号码没有填写"),
    ("身份证号码", "37100219620308", "应为 18 位，现为 14 位"),
    ("身份证号码", "371002196203080000", "校验位不对"),
    ("身份证号码", "371002196213080010", "不是有效日期"),
    ("身份证号码", "37100219620308A010", "数字以外的字符"),
    ("性别", "女", "第 17 位不一致"),
    ("出生日期", "1962-03-08", "8 位数字"),
    ("出生日期", "19620309", "第 7 至 14 位不一致"),
    ("退休手续办理时间", "2024.5", "8 位数字"),
    ("退休手续办理时间", "20240631", "有效日期"),
    ("生存状态", "好", "生存状态应为"),
    ("死亡日期", "20240801", "生存状态却不是"),
    ("所属单位", "", "所属单位没有填写"),
    ("户籍所在地", "", "户籍所在地没有填写"),
    ("页数", "12页", "1 至 99999 的整数"),
    ("页数", "0", "1 至 99999 的整数"),
    ("备注", "长" * 201, "超过 200 个字"),
]


@pytest.mark.parametrize(("heading", "value", "words"), FAULTS)
def test_each_fault_is_named_with_its_cell(heading, value, words, two, client_of):
    client = client_of("mill_hr")
    rows = cells_of(downloaded(client))
    # The invented number of the first person is a man's or a woman's: the other word is the fault.
    if heading == "性别":
        value = {"男": "女", "女": "男"}[rows[2][3]]
    answer = upload(client, written(changed(rows, 3, heading, value)))
    assert answer.status_code == 422
    found = [one for one in answer.context["faults"] if words in one.sentence]
    assert found, [one.sentence for one in answer.context["faults"]]
    assert found[0].cell == f"{'ABCDEFGHIJKLMN'[register.HEADINGS.index(heading)]}3"


def test_all_faults_are_said_at_once_and_nothing_is_written(two, client_of):
    client = client_of("mill_hr")
    rows = cells_of(downloaded(client))
    rows = changed(changed(changed(rows, 3, "页数", "x"), 4, "户籍所在地", ""), 4, "页数", "77")
    before = Operation.objects.count()
    answer = upload(client, written(rows))
    assert answer.context["count"] == 2
    assert "涉及 2 行，没有登记任何一行" in answer.content.decode()
    assert Operation.objects.count() == before
    assert Dossier.objects.get(pk=two[1].pk).pages is None


def test_a_foreign_title_or_heading_is_said_alone(two, client_of):
    client = client_of("mill_hr")
    rows = cells_of(downloaded(client))
    answer = upload(client, written([["移交目录"], *rows[1:]]))
    assert [one.cell for one in answer.context["faults"]] == ["A1"]
    swapped = changed(changed(rows, 2, "页数", "备注"), 2, "备注", "页数")
    assert [one.cell for one in upload(client, written(swapped)).context["faults"]] == ["K2", "N2"]
    short = [rows[0], rows[1][:13], *rows[2:]]
    assert "现有 13 列" in upload(client, written(short)).content.decode()


def test_an_unknown_foreign_or_repeated_number_is_a_fault(two, make_person, town, client_of):
    client = client_of("mill_hr")
    rows = cells_of(downloaded(client))
    stranger = make_person(town.port, "丁示例", dossier_volumes=1)
    foreign = changed(changed(rows, 3, "身份证号码", stranger.id_number), 3, "性别", stranger.get_sex_display())
    assert "没有这个身份证号码" in upload(client, written(foreign)).content.decode()
    twice = [*rows, rows[2]]
    assert "与第 3 行身份证号码相同" in upload(client, written(twice)).content.decode()
    unknown = upload(client_of("port_hr"), written(rows)).content.decode()
    assert "没有这个身份证号码" in unknown


def test_a_dossier_that_is_not_in_hand_is_a_fault(dossier_in, client_of):
    dossier_in("in_transit", "安示例")
    client = client_of("mill_hr")
    answer = upload(client, downloaded(client))
    assert "不在本企业手中" in answer.content.decode()


def test_a_number_cell_is_read_as_the_text_that_excel_shows(two, client_of):
    client = client_of("mill_hr")
    rows = changed(changed(cells_of(downloaded(client)), 3, "页数", 186), 3, "出生日期", 19620308)
    assert "已按目录登记 2 卷" in upload(client, written(rows)).content.decode()
    assert Dossier.objects.get(pk=two[0].pk).pages == 186


@pytest.mark.parametrize(
    ("data", "name"), [(b"%PDF-1.4", "示例.xlsx"), (b"PK\x03\x04xx", "示例.xlsx"), (b"", "示例.xlsx")]
)
def test_what_is_no_workbook_is_refused_with_a_sentence(data, name, two, client_of):
    answer = upload(client_of("mill_hr"), data, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_the_download_leaves_an_event_and_is_for_those_whose_dossiers_they_are(two, client_of):
    downloaded(client_of("mill_hr"))
    assert SecurityEvent.objects.filter(kind="download", field__startswith="移交案卷目录").count() == 1
    assert cells_of(downloaded(client_of("port_hr")))[2:] == []
    assert client_of("watchdog").get(reverse("archives:register")).status_code == 403
    assert client_of("archivist").get(reverse("archives:upload_register")).status_code == 403


def test_a_day_that_is_none_is_none():
    assert register._read_day("20240230") is None
    assert register._read_day("20240229") == date(2024, 2, 29)
