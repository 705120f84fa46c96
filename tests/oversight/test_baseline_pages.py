"""The pages of the number: what each may read, names only of one's own people, numbers that lead to their lists."""

import io

import openpyxl
import pytest
from django.urls import reverse

from audit.models import SecurityEvent
from oversight.models import BaselineChange, ChangedPerson
from oversight.workbench import tiles
from tests.oversight.baseline_town import SOURCE, WHY, Town
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
HOME, PEOPLE = "/baseline/", "/baseline/people/"


@pytest.fixture
def told(town, people, make_person):
    return Town(town, people, make_person).tell()


def text_of(answer):
    return answer.content.decode()


def test_without_a_baseline_the_page_says_what_to_do(people, client_of):
    assert "还没有冻结应移交基线" in text_of(client_of("huancui_clerk").get(HOME))
    page = text_of(client_of("watchdog").get(HOME))
    assert reverse("oversight:baseline_freeze") in page
    for url in (PEOPLE, "/baseline/workbook.xlsx", "/baseline/people/?line=due"):
        assert client_of("watchdog").get(url).url == HOME


@pytest.mark.parametrize("who", ["zhudao_clerk", "archivist", "mill_party", "finance", "sysadmin", "auditor", "nobody"])
def test_the_number_is_shown_to_heads_alone(told, client_of, who):
    for url in (HOME, f"{PEOPLE}?line=due", "/baseline/workbook.xlsx", "/baseline/changes/"):
        assert client_of(who).get(url).status_code == 403


@pytest.mark.parametrize("who", ["mill_hr", "huancui_clerk"])
def test_heads_see_and_do_not_act(told, client_of, who):
    client = client_of(who)
    page = text_of(client.get(HOME))
    assert "勾选后登记变动" not in page
    assert "/baseline/freeze/" not in page
    for url in ("/baseline/freeze/", "/baseline/record/", "/baseline/changes/"):
        assert client.get(url).status_code == 403
    assert client.post("/baseline/record/?line=found_waiting", {}).status_code == 403


def test_a_line_a_cut_or_a_key_that_is_none_does_not_exist(told, client_of):
    client = client_of("watchdog")
    for query in ("line=none", "line=due&cut=street", "line=due&key=1", "line=due&cut=area&key=x"):
        assert client.get(f"{PEOPLE}?{query}").status_code == 404
    assert client.get(f"{PEOPLE}?line=due&cut=area&key=999999").status_code == 404


@pytest.mark.parametrize("who", ["watchdog", "huancui_clerk", "mill_hr"])
def test_every_number_on_the_page_leads_to_a_list_of_as_many(told, client_of, who):
    client = client_of(who)
    page = client.get(HOME)
    numbers = [*page.context["lines"], *(one for table in page.context["tables"] for one in table.total)]
    numbers += [one for table in page.context["tables"] for _, line in table.lines for one in line if one.count]
    assert len(numbers) > 20
    for one in numbers:
        assert client.get(one.url).context["list"].count == one.count, one.url


def test_an_area_keeps_the_line_of_who_is_no_longer_its_own_without_his_name(told, client_of):
    client = client_of("huancui_clerk")
    for line, count in (("moved_out", 1), ("died", 1), ("baseline", 3)):
        answer = client.get(f"{PEOPLE}?line={line}")
        assert answer.context["list"].count == count
        text = text_of(answer)
        assert "（不在本单位名下）" in text
        assert not {name for name in "丙丁戊" if f"示例{name}" in text}
    assert "示例乙" in text_of(client.get(f"{PEOPLE}?line=moved_in"))


def test_who_is_gone_with_a_roster_is_told_by_his_last_name(told, client_of):
    for who in ("watchdog", "port_hr"):
        text = text_of(client_of(who).get(f"{PEOPLE}?line=removed_waiting"))
        assert "示例庚" in text
        assert "花名册已撤回" in text


def test_the_city_freezes_by_preview_and_form(town, people, make_person, client_of):
    begun, client = Town(town, people, make_person), client_of("watchdog")
    begun.person("甲")
    page = text_of(client.get("/baseline/freeze/"))
    assert "共 1 人" in page
    assert "示例纺织厂" in page
    assert client.post("/baseline/freeze/", {"key": str(new_id()), "source": SOURCE}).url == HOME
    again = client.post("/baseline/freeze/", {"key": str(new_id()), "source": SOURCE})
    assert again.status_code == 200
    page = text_of(client.get(HOME))
    assert SOURCE in page
    assert "基线 1 ＝存量应移交 1 人" in page


def recorded(client, line, ids, **given):
    """The way of the user: preview, act, outcome."""
    url, ticked = f"/baseline/record/?line={line}", {"id": [str(one) for one in ids], "seen": str(len(ids))}
    preview = client.post(url, ticked)
    assert f"可办理 <b>{len(ids)}</b>" in text_of(preview)
    key = str(new_id())
    answer = client.post(url, ticked | {"confirm": "1", "key": key, "reason": WHY, **given})
    assert answer.status_code == 302
    return client.get(answer.url)


def test_the_city_records_who_waits_in_one_act(told, client_of):
    client = client_of("watchdog")
    text = text_of(client.get(f"{PEOPLE}?line=found_waiting"))
    assert "登记变动" in text
    outcome = recorded(client, "found_waiting", [told.found["辛"], told.found["壬"]], kind="found_later")
    assert "已办理 <b>2</b>" in text_of(outcome)
    assert client.get(f"{PEOPLE}?line=found_waiting").context["list"].count == 0
    assert client.get(f"{PEOPLE}?line=found_later").context["list"].count == 2
    change = BaselineChange.objects.get()
    page = text_of(client.get(f"/baseline/changes/{change.pk}/"))
    for words in (WHY, "示例辛", "示例壬", "后续摸排发现"):
        assert words in page
    assert WHY in text_of(client.get("/baseline/changes/"))


def test_who_is_gone_with_a_roster_is_recorded_too(told, client_of):
    client = client_of("watchdog")
    (row,) = client.get(f"{PEOPLE}?line=removed_waiting").context["list"].rows
    recorded(client, "removed_waiting", [row.object.pk], kind="withdrawn")
    assert ChangedPerson.objects.get().case_id == told.found["庚"]
    change = BaselineChange.objects.get()
    assert "示例庚" in text_of(client.get(f"/baseline/changes/{change.pk}/"))
    assert client.get(f"{PEOPLE}?line=withdrawn").context["list"].count == 1


def test_the_workbench_counts_what_waits_to_be_recorded(told, people, client_of):
    found = {tile.label: tile for tile in tiles(people["watchdog"])}
    client = client_of("watchdog")
    for label, count in (("应移交增加，待登记理由", 2), ("应移交减少，待登记理由", 1)):
        assert found[label].count == count
        assert client.get(found[label].url).context["list"].count == count
    assert not [one for one in tiles(people["mill_hr"]) if one.label.startswith("应移交")]


def test_the_workbook_says_what_the_page_says_and_leaves_an_event(told, client_of, town):
    client = client_of("watchdog")
    page, answer = client.get(HOME), client.get("/baseline/workbook.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["变动表", "按接收区市", "按移交企业", "历次基线", "计算说明"]
    rows = {row[1]: row[2] for row in book["变动表"].iter_rows(values_only=True) if len(row) > 2}
    for one in page.context["lines"]:
        assert rows[one.line.label] == one.count
    areas = {row[0]: row[1:] for row in book["按接收区市"].iter_rows(values_only=True)}
    table = page.context["tables"][0]
    assert areas["合计"] == tuple(one.count for one in table.total)
    assert not any("示例甲" in str(cell) for row in book["按移交企业"].iter_rows(values_only=True) for cell in row)
    assert SecurityEvent.objects.filter(kind="download", field="应移交人数变动表").count() == 1
