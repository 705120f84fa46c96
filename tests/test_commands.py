"""The commands of the product, by the contract that scripts rely on."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse

from accounts.models import Enterprise, Office, User
from archives.models import Dossier
from audit.models import Operation
from audit.operations import operation
from handover.models import Case, Suggestion
from handover.papers.desk import PAPERS
from handover.services import take
from party.models import Membership
from retirees.models import Retiree, Roster, RosterRow
from tests.conftest import BACKEND, ReadingClient
from tests.linked_numbers import Numbers
from tests.retirees.pages.workbooks import good_and_bad, person, workbook
from tracks import papers

EXAMPLES = Path(settings.BASE_DIR) / "examples"
KEYS = {"rows", "accepted", "rejected", "blank", "warnings", "duplicates", "problems", "annotated"}


@pytest.fixture
def run(people):
    """run(path, *options) → (exit code, the report)"""

    def call(path, *options, enterprise="DEMO01", by="mill_hr"):
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command(
                "import_roster", str(path), f"--enterprise={enterprise}", f"--by={by}", "--json", *options, stdout=out
            )
        (line,) = out.getvalue().splitlines()
        return ended.value.code, json.loads(line)

    return call


@pytest.fixture
def file(tmp_path):
    def write(content, name="名册.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def counts(report):
    return report["rows"], report["accepted"], report["rejected"], report["blank"]


# --- import_roster


def test_a_clean_file_is_imported_with_exit_0(run, file):
    code, report = run(file(workbook([person(1), person(2, "示例乙")])))
    assert code == 0
    assert set(report) == KEYS
    assert counts(report) == (2, 2, 0, 0)
    assert report["problems"] == []
    assert report["annotated"] is None
    assert Retiree.objects.count() == Case.objects.count() == 2


def test_faulty_rows_import_nothing_and_are_told_each_with_exit_1(run, file):
    code, report = run(file(good_and_bad()))
    assert code == 1
    assert set(report) == KEYS
    assert counts(report) == (8, 3, 3, 2)
    assert report["rows"] == report["accepted"] + report["rejected"] + report["blank"]
    assert {frozenset(problem) for problem in report["problems"]} == {frozenset({"row", "column", "code", "message"})}
    assert {(problem["row"], problem["code"]) for problem in report["problems"]} >= {
        (6, "id_check_digit"),
        (7, "duplicate_in_file"),
        (8, "missing"),
    }
    assert Path(report["annotated"]).is_file()
    assert not Retiree.objects.exists()


def test_the_good_rows_alone_are_imported_when_asked_for(run, file):
    code, report = run(file(good_and_bad()), "--good-rows-only")
    assert code == 1
    assert counts(report) == (8, 3, 3, 2)
    assert Retiree.objects.count() == report["accepted"]


@pytest.mark.parametrize("options", [("--dry-run",), ("--dry-run", "--good-rows-only")])
@pytest.mark.parametrize("content", [good_and_bad(), workbook([person(1)])], ids=["faulty", "clean"])
def test_a_dry_run_writes_nothing(run, file, settings, options, content):
    operations = Operation.objects.count()
    _, report = run(file(content), *options)
    assert report["accepted"]
    assert not Retiree.objects.exists()
    assert not RosterRow.objects.exists()
    assert Operation.objects.count() == operations
    assert [path for path in settings.UPLOADS.rglob("*") if path.is_file()] == []
    assert not Roster.objects.exclude(state="cancelled").exists()


def test_a_dry_run_stands_in_the_way_of_no_import(run, file):
    path = file(workbook([person(1)]))
    run(path, "--dry-run")
    assert run(path)[0] == 0
    assert Retiree.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7", "名册.pdf"),
        (b"", "名册.xlsx"),
        (b"PK\x03\x04 broken", "名册.xlsx"),
        (workbook([], headings=("甲", "乙"), title=None), "名册.xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole_with_exit_2(run, file, content, name):
    code, report = run(file(content, name))
    assert code == 2
    assert set(report) == KEYS
    assert counts(report) == (0, 0, 0, 0)
    (problem,) = report["problems"]
    assert problem["row"] is None
    assert "。" in problem["message"]
    assert not Roster.objects.filter(state="imported").exists()


def test_a_file_that_is_not_there_is_refused_whole(run, tmp_path):
    assert run(tmp_path / "没有.xlsx")[0] == 2


@pytest.mark.parametrize(
    ("enterprise", "by"), [("DEMO03", "mill_hr"), ("NONE", "mill_hr"), ("DEMO01", "没有"), ("DEMO01", "zhudao_clerk")]
)
def test_for_a_foreign_enterprise_and_for_a_missing_one_the_answer_is_the_same(people, file, enterprise, by):
    with pytest.raises(CommandError) as refused:
        call_command("import_roster", str(file(workbook([person(1)]))), enterprise=enterprise, by=by)
    assert refused.value.returncode == 2
    assert "不存在，或用户" in str(refused.value)


def test_the_same_file_twice_adds_nothing_and_says_so(run, file):
    path = file(workbook([person(1), person(2, "示例乙")]))
    run(path)
    code, report = run(path)
    assert code == 1
    assert (report["accepted"], report["rejected"], report["duplicates"]) == (0, 2, 2)
    assert report["problems"][0]["code"] == "same_file"
    assert Retiree.objects.count() == 2


def test_without_json_it_speaks_in_sentences(people, file):
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_roster", str(file(good_and_bad())), enterprise="DEMO01", by="mill_hr", stdout=out)
    assert "共 8 行：可导入 3，不能导入 3，空行 2。没有导入。" in out.getvalue()


# --- suggest_receiver


def test_suggestions_are_one_line_of_json_for_each_line_of_the_file(town, file):
    addresses = ["威海市环翠区竹岛街道示例小区1号楼", "", "山东省烟台市芝罘区示例路1号", "怡园街道示例小区", "示例"]
    path = file(("\n".join(addresses) + "\n").encode("gbk"), "地址.txt")
    out, cases = StringIO(), Suggestion.objects.count()
    call_command("suggest_receiver", str(path), "--json", stdout=out)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["address"] for one in found] == addresses
    for one in found:
        assert set(one) == {"address", "area", "street", "community", "confidence", "words", "outside"}
        assert 0 <= one["confidence"] <= 1
    assert (found[0]["area"], found[0]["street"]) == ("371002", "371002003")
    assert found[2]["outside"] is True
    assert (found[3]["area"], found[3]["street"]) == ("371071", "371071004")
    streets = {one[level] for one in found for level in ("street", "community") if one[level]}
    assert streets <= set(Office.objects.values_list("code", flat=True))
    assert Suggestion.objects.count() == cases


def test_suggestions_for_a_file_that_is_not_there_are_refused(town, tmp_path):
    with pytest.raises(CommandError, match="不能读取文件"):
        call_command("suggest_receiver", str(tmp_path / "没有.txt"))


# --- seed_demo, verify_audit


@pytest.fixture
def demo(people, monkeypatch):
    """A small demo city, and what the command said."""
    monkeypatch.setenv("DEMO_PASSWORD", "Demo-123456")
    rename_the_cast(people["sysadmin"])
    out = StringIO()
    call_command("seed_demo", retirees=120, seed=7, stdout=out)
    return out.getvalue()


def rename_the_cast(actor):
    """Its accounts and enterprises are called as those of the demo."""
    User.objects.update(username=Concat(Value("t."), "username"))
    with operation("test.arrange", actor=actor) as act:
        rows = list(Enterprise.objects.all())
        act.change_each(Enterprise, {one.pk: {"code": f"T{one.code}", "path": f"T{one.path}"} for one in rows})


def client_of(username):
    client = ReadingClient()
    client.force_login(User.objects.get(username=username), backend=BACKEND)
    return client


def numbers_of(client):
    """(where, count, url) of every number on the workbench and on the progress page."""
    bench = client.get(reverse("oversight:workbench")).context
    found = [(tile.label, tile.count, tile.url) for tile in [*bench["tiles"], *bench["overview"]]]
    if client.get(reverse("oversight:progress")).status_code == 200:
        for page in ("progress", "progress_waiting", "progress_risks"):
            answer = client.get(reverse(f"oversight:{page}"))
            found += [(page, number, url) for number, url in Numbers(answer.content.decode()).found]
    return found


def rows_behind(client, url):
    """How many rows the list has to which a number leads."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.context["list"].count if "list" in answer.context else answer.context["total"]


def test_the_demo_city_is_sound_and_its_numbers_are_its_lists(demo):
    # Found as it would be found in production: by the command, with nothing to say.
    out = StringIO()
    call_command("seal_audit", stdout=StringIO())
    call_command("verify_audit", stdout=out)
    assert "全部一致" in out.getvalue()

    assert Retiree.objects.count() >= 100
    assert all(one.name.endswith("示例") for one in Retiree.objects.all())
    assert Case.objects.exclude(office=F("retiree__office")).exclude(office=None, retiree__office=None).count() == 0
    assert Case.objects.order_by().values("state").distinct().count() >= 8

    for who in ("sasac", "hr", "district", "street", "archivist", "party_soe", "medical"):
        client, wrong, known = client_of(who), [], {}
        for where, count, url in numbers_of(client):
            if known.setdefault(url, rows_behind(client, url) if url not in known else known[url]) != count:
                wrong.append((where, count, known[url], url))
        assert wrong == [], who
        assert known, who
    for who in ("auditor", "sysadmin"):
        assert numbers_of(client_of(who)) == []
    # The security administrator is the second person of an export, and sees its request and nobody.
    assert [url for _, _, url in numbers_of(client_of("secadmin"))] == ["/exports/requests/?state=waiting"]

    again = StringIO()
    people = Retiree.objects.count()
    call_command("seed_demo", retirees=120, seed=7, stdout=again)
    assert "没有重复建立" in again.getvalue()
    assert Retiree.objects.count() == people


def test_in_the_whole_demo_city_every_dossier_and_every_member_is_somebody_s_at_every_instant(demo):
    out = StringIO()
    call_command("verify_custody", stdout=out)
    found = out.getvalue()
    assert Dossier.objects.filter(state="shelved").exists()
    assert Membership.objects.filter(state="issued").exists()
    assert f"人事档案：核对 {Dossier.objects.count():,} 卷，断档 0 处" in found
    assert f"党组织关系：核对 {Membership.objects.count():,} 人，断档 0 处" in found


@pytest.mark.tampering
def test_verify_custody_names_a_dossier_that_nobody_holds(people, make_person, town):
    one = make_person(town.mill, "安示例")
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(Dossier, [one.pk], state="in_transit", office=town.huancui_archive)
    out = StringIO()
    with pytest.raises(CommandError, match="断档"):
        call_command("verify_custody", stdout=out)
    assert f"{one.pk}：移交途中而没有批次" in out.getvalue()
    assert one.name not in out.getvalue()


def test_verify_custody_names_a_paper_whose_file_is_gone_or_was_exchanged(people, make_person, town):
    case = Case.objects.get(pk=make_person(town.mill, "安示例").pk)
    take("send_outside", [case.pk], actor=people["mill_hr"], values={"outside_place": "烟台市示例街道"})
    kept = []
    for name in ("一.pdf", "二.pdf", "三.pdf"):
        scan = SimpleUploadedFile(name, f"%PDF-1.4 {name} %%EOF".encode())
        kept.append(papers.bring(PAPERS, "receipt", case, scan, actor=people["mill_hr"]))
    kept[0].path.unlink()
    kept[1].path.write_bytes(kept[2].path.read_bytes())
    out = StringIO()
    with pytest.raises(CommandError, match="文件缺损"):
        call_command("verify_custody", stdout=out)
    assert "人员文书：核对 3 份，文件缺损 2 份" in out.getvalue()
    assert str(kept[2].pk) not in out.getvalue()


@pytest.mark.tampering
def test_verify_audit_finds_a_row_that_was_changed_behind_its_back(people, make_person, town):
    one = make_person(town.mill, "安示例")
    with connection.cursor() as cursor:
        key = Retiree._meta.pk.get_db_prep_value(one.pk, connection)
        cursor.execute("UPDATE retirees_retiree SET former_unit = %s WHERE id = %s", ["示例篡改", key])
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", stdout=out)
    assert ended.value.code == 1
    assert "与最新历史记录不一致：原工作单位" in out.getvalue()
    assert "示例篡改" not in out.getvalue()
