"""The catalogue of a dossier, its workbook, what is missing, and what digitising counted."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from archives.models import DossierPaper, Material, MissingPaper
from archives.schemes import schemes, ten_classes
from archives.services import catalogue, record, take
from archives.services.schemes import add_scheme, use_scheme
from audit.operations import operation
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db


def material(code="一", title="示例履历表", date=(None, None, None), **facts):
    year, month, day = date
    values = {"scheme": "ten", "class_code": code, "title": title, "year": year, "month": month, "day": day}
    return {**values, "copies": 1, "pages": 2, "remark": "", **facts}


@pytest.fixture
def dossier(dossier_in):
    return dossier_in("preparing", pages=6)


# --- sad paths


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (material(code="十一"), "不在分类方案"),
        (material(title=" "), "没有填写材料名称"),
        (material(date=(2001, 2, 30)), "不是有效日期"),
        (material(date=(None, 2, None)), "不是有效日期"),
        (material(date=(2001, None, 3)), "不是有效日期"),
    ],
)
def test_a_material_that_cannot_be_is_refused(values, words, dossier, people):
    with pytest.raises(Refused, match=words):
        catalogue.add(dossier, [values], actor=people["mill_hr"])
    assert not Material.objects.visible_to(people["mill_hr"]).exists()


@pytest.mark.parametrize(
    ("state", "who"), [("in_transit", "mill_hr"), ("received", "mill_hr"), ("preparing", "archivist")]
)
def test_only_who_holds_the_dossier_writes_its_catalogue(state, who, dossier_in, people):
    dossier = dossier_in(state)
    with pytest.raises(Refused):
        catalogue.add(dossier, [material()], actor=people[who])


def test_the_pages_of_a_catalogue_are_for_those_who_see_the_dossier(dossier, client_of):
    url = reverse("archives:catalogue", args=[dossier.pk])
    assert [client_of(who).get(url).status_code for who in ("mill_hr", "watchdog", "archivist", "port_hr")] == [
        200,
        200,
        404,
        404,
    ]
    assert client_of("watchdog").post(url, {"key": new_id()}).status_code == 403


# --- in order


def test_materials_stand_by_class_and_date_and_undated_ones_last(dossier, people):
    rows = [
        material("九-1", "示例工资表"),
        material("四-1", "示例甲", (1986, 7, None)),
        material("一", "示例无日期"),
        material("一", "示例早", (1979, 3, 1)),
        material("一", "示例同年", (1979, None, None)),
        material("十", "示例其他"),
        material("二", "示例自传"),
    ]
    catalogue.add(dossier, rows, actor=people["mill_hr"])
    titles = [one.title for one in catalogue.materials_of(dossier)]
    assert titles == ["示例早", "示例同年", "示例无日期", "示例自传", "示例甲", "示例工资表", "示例其他"]


def test_the_ten_classes_are_those_of_the_province():
    codes = [code for code, _ in ten_classes().classes]
    assert codes == ["一", "二", "三", *(f"四-{n}" for n in range(1, 5)), "五", "六", "七", "八"] + [
        *(f"九-{n}" for n in range(1, 5)),
        "十",
    ]


def test_titles_are_sealed_in_every_copy(dossier, people):
    catalogue.add(dossier, [material(title="示例处分决定")], actor=people["mill_hr"])
    row = Material.objects.visible_to(people["mill_hr"]).get()
    assert "示例处分决定".encode() not in bytes(row.__dict__["title"])
    assert row.history.get().title == "示例处分决定"


def test_a_page_sum_that_differs_is_said(dossier, people, client_of):
    client, url = client_of("mill_hr"), reverse("archives:catalogue", args=[dossier.pk])
    catalogue.add(dossier, [material(), material()], actor=people["mill_hr"])
    assert "两者不一致" in client.get(url).content.decode()
    catalogue.add(dossier, [material()], actor=people["mill_hr"])
    page = client.get(url).content.decode()
    assert "目录合计 6 页" in page
    assert "两者不一致" not in page


def test_a_material_is_written_and_removed_from_the_page(dossier, client_of):
    client, url = client_of("mill_hr"), reverse("archives:catalogue", args=[dossier.pk])
    given = {"key": new_id(), "cls": "ten:六", "title": "示例入党志愿书", "year": 1985, "copies": 1, "pages": 4}
    assert "已登记“示例入党志愿书”" in client.post(url, given, follow=True).content.decode()
    page = client.get(url).content.decode()
    assert "六　党、团类" in page
    way = re.search(r'action="([^"]+/remove/)"', page).group(1)
    client.post(way, {"key": new_id()})
    assert "目录中还没有材料" in client.get(url).content.decode()
    assert client.post(way, {"key": new_id()}).status_code == 404


# --- Excel


def sheet_of(answer):
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def upload(client, dossier, rows):
    book, held = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    file = SimpleUploadedFile("示例目录.xlsx", held.getvalue())
    return client.post(
        reverse("archives:upload_catalogue", args=[dossier.pk]), {"key": new_id(), "file": file}, follow=True
    )


def test_the_workbook_goes_out_and_comes_back_the_same(dossier, people, client_of):
    client = client_of("mill_hr")
    catalogue.add(
        dossier,
        [material("一", "示例甲", (1979, 3, 1)), material("九-1", "示例乙", copies=2, remark="示例复印件")],
        actor=people["mill_hr"],
    )
    url = reverse("archives:catalogue_workbook", args=[dossier.pk])
    rows = sheet_of(client.get(url))
    assert rows[1][:2] == ["类号", "材料名称"]
    answer = upload(client, dossier, rows)
    assert "已按文件登记 2 份材料" in answer.content.decode()
    assert sheet_of(client.get(url)) == rows


def test_all_faults_of_a_workbook_are_said_at_once_and_nothing_is_changed(dossier, people, client_of):
    catalogue.add(dossier, [material(title="示例原有")], actor=people["mill_hr"])
    heading = ["类号", "材料名称", "年", "月", "日", "份数", "页数", "备注"]
    rows = [heading, ["一", "示例", 1979, 13, 1, 1, 2, ""], ["二十", "", "", "", "", 1, "两页", ""]]
    answer = upload(client_of("mill_hr"), dossier, rows)
    said = [(one.row, one.sentence.partition("。")[0]) for one in answer.context["faults"]]
    assert (2, "材料制成时间不是有效日期") in said
    assert (3, "页数“两页”不是整数") in said
    assert "第 3 行" in answer.content.decode()
    assert [one.title for one in catalogue.materials_of(dossier)] == ["示例原有"]


@pytest.mark.parametrize("rows", [[["姓名", "年龄"]], [["类号", "材料名称", "页数"]]])
def test_a_workbook_without_headings_or_rows_is_refused(rows, dossier, client_of):
    answer = upload(client_of("mill_hr"), dossier, rows)
    assert answer.status_code == 422
    assert "没有登记" in answer.content.decode()


# --- other schemes


def test_the_administrator_adds_a_scheme_and_takes_it_out_of_use(dossier, people, client_of):
    client = client_of("sysadmin")
    url = reverse("archives:schemes")
    given = {"key": new_id(), "code": "four", "name": "四类", "classes": "1 招工退休\n2 工资待遇\n坏行"}
    assert "第 3 行" in client.post(url, given).content.decode()
    given |= {"classes": "1 招工退休\n2 工资待遇", "key": new_id()}
    assert "已增加" in client.post(url, given, follow=True).content.decode()
    assert schemes()["four"].classes == (("1", "招工退休"), ("2", "工资待遇"))
    four = {**material("2", "示例工资表"), "scheme": "four"}
    catalogue.add(dossier, [four], actor=people["mill_hr"])
    page = client.get(url).content.decode()
    way = re.search(r'action="([^"]+/use/)"', page).group(1)
    client.post(way, {"key": new_id()})
    assert "four" not in schemes()
    with pytest.raises(Refused, match="不在分类方案"):
        catalogue.add(dossier, [four], actor=people["mill_hr"])
    assert "工资待遇" in client_of("mill_hr").get(reverse("archives:catalogue", args=[dossier.pk])).content.decode()


def test_a_code_is_given_to_one_scheme(people):
    given = {"name": "示例", "classes": [["1", "示例"]], "actor": people["sysadmin"]}
    scheme = add_scheme(code="four", **given)
    for code in ("four", "ten"):
        with pytest.raises(Refused, match="已经使用"):
            add_scheme(code=code, **given)
    use_scheme(scheme, False, actor=people["sysadmin"])


# --- missing papers


def test_a_missing_paper_needs_its_name_and_reason(dossier, people):
    for given in ({"title": "", "why": "never_made"}, {"title": "示例", "why": ""}, {"title": "示例", "why": "other"}):
        with pytest.raises(Refused):
            catalogue.note_missing(dossier, text="", actor=people["mill_hr"], **given)


def test_a_dossier_with_missing_papers_goes_on_with_a_statement_only(dossier, people):
    hr = people["mill_hr"]
    paper = catalogue.note_missing(dossier, title="1993年工资表", why="lost_before", text="示例", actor=hr)
    assert "缺件说明" in take("ready", [dossier.pk], actor=hr).refused[dossier.pk]
    with operation("test.arrange", actor=hr) as act:
        act.insert([DossierPaper(dossier=dossier, kind="missing", number="示例-缺0001")])
    assert take("ready", [dossier.pk], actor=hr).moved == [dossier.pk]
    take("reopen", [dossier.pk], actor=hr)
    catalogue.supply(paper, actor=hr)
    with pytest.raises(Refused, match="已登记补齐"):
        catalogue.supply(MissingPaper.objects.visible_to(hr).get(), actor=hr)


def test_what_is_supplied_stands_in_the_way_no_longer(dossier, people, client_of):
    client = client_of("mill_hr")
    url = reverse("archives:note_missing", args=[dossier.pk])
    given = {"key": new_id(), "title": "示例转正表", "why": "with_others", "remedy": "示例：向原单位索取"}
    page = client.post(url, given, follow=True).content.decode()
    assert "示例转正表" in page
    assert "在其他单位，正在索取" in page
    way = re.search(r'action="([^"]+/supply/)"', page).group(1)
    assert "已登记补齐" in client.post(way, {"key": new_id()}, follow=True).content.decode()
    assert take("ready", [dossier.pk], actor=people["mill_hr"]).moved


# --- digitising


def test_counts_of_the_digitisation_that_differ_are_said(dossier_in, people, client_of):
    dossier = dossier_in("received", pages=180)
    facts = {"digitised_on": "2026-03-01", "images": 180, "pages_counted": 178}
    record([dossier.pk], values=facts, actor=people["archivist"])
    page = client_of("archivist").get(f"/dossiers/{dossier.pk}/").content.decode()
    assert "数字化清点页数 178 与登记页数 180 不一致" in page
    assert "图像数 180 与登记页数" not in page
