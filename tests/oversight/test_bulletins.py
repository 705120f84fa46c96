"""进展情况通报: one click drafts it, its text is edited, its issue freezes text, numbers and file."""

import hashlib
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Operation, SecurityEvent
from oversight.models import Bulletin
from oversight.reports import bulletins, drafting, figures, paper
from oversight.reports import snapshot as snapshots
from tests.oversight.by_hand import AREAS, snapshot
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

MONTH = date(2026, 10, 1)
NOW = timezone.make_aware(datetime(2026, 11, 2, 9, 30))
OTHERS = ("mill_hr", "group", "huancui_clerk", "zhudao_clerk", "finance", "member", "auditor", "sysadmin", "nobody")


@pytest.fixture(autouse=True)
def in_november():
    with clock.at(NOW):
        yield


@pytest.fixture(autouse=True)
def counted_by_hand(monkeypatch):
    """Whoever asks for the numbers gets those of the hand."""
    monkeypatch.setattr(figures, "read", lambda user, day, since=None, *, months=0: snapshot())


@pytest.fixture
def writer(people):
    return people["watchdog"]


@pytest.fixture
def bulletin(writer):
    return bulletins.draft(MONTH, snapshot(), actor=writer)


@pytest.fixture
def issued(bulletin, writer):
    return Bulletin.objects.get(pk=bulletins.issue(bulletin, actor=writer).pk)


@pytest.fixture
def client(client_of):
    return client_of("watchdog")


def words_of(row, **changes):
    texts = {name: getattr(row, name) for name in bulletins.EDITED}
    return {"key": str(new_id()), "seen": bulletins.version_of(row), **texts, **changes}


def address(name, row):
    return reverse(f"oversight:{name}", args=[row.pk])


def frozen(row):
    row.refresh_from_db()
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


# --- who


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_the_leading_groups_office_sees_a_bulletin(who, issued, client_of, people):
    client = client_of(who)
    for url in (reverse("oversight:bulletins"), address("bulletin", issued), address("bulletin_document", issued)):
        assert client.get(url).status_code == 403
    for name in ("bulletin_edit", "bulletin_retake", "bulletin_issue"):
        assert client.post(address(name, issued)).status_code == 403
    assert not Bulletin.objects.visible_to(people[who]).exists()


def test_a_bulletin_that_does_not_exist_is_not_found(client):
    assert client.get(reverse("oversight:bulletin", args=[new_id()])).status_code == 404


# --- the draft


@pytest.mark.parametrize("month", ["2026-12", "2019-12", "2026-13", ""])
def test_a_month_that_has_no_numbers_has_no_bulletin(month, client):
    answer = client.post(reverse("oversight:bulletin_draft"), {"month": month, "key": str(new_id())})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Bulletin.objects.exists()


def test_one_click_takes_the_numbers_and_writes_the_text(client):
    page = client.get(reverse("oversight:bulletins"))
    answer = client.post(
        reverse("oversight:bulletin_draft"), {"month": page.context["month"], "key": str(page.context["key"])}
    )
    row = Bulletin.objects.get()
    assert answer.url == address("bulletin", row)
    assert (row.month, snapshots.of(row), row.issued_at, row.number) == (date(2026, 11, 1), snapshot(), None, None)
    assert row.blocks == drafting.draft(snapshot())
    assert bulletins.strays(row) == []


def test_a_second_click_opens_the_draft_that_waits(client, bulletin):
    answer = client.post(reverse("oversight:bulletin_draft"), {"month": "2026-10", "key": str(new_id())})
    assert answer.url == address("bulletin", bulletin)
    assert Bulletin.objects.count() == 1
    with pytest.raises(Refused, match="已有一份草稿"):
        bulletins.draft(MONTH, snapshot(), actor=Operation.objects.latest("at").actor)


def test_the_month_ends_today_or_with_its_last_day():
    assert bulletins.days_of(date(2026, 10, 1)) == (date(2026, 10, 31), date(2026, 10, 1))
    assert bulletins.days_of(date(2026, 11, 1)) == (date(2026, 11, 2), date(2026, 11, 1))


def test_the_months_of_the_line_end_with_the_day():
    assert figures.ends_of_months(date(2026, 3, 15), 3) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]
    assert figures.ends_of_months(date(2026, 3, 15), 0) == []


# --- editing


def test_edited_text_is_kept_and_stands_in_the_paper(client, bulletin):
    url = address("bulletin_edit", bulletin)
    assert client.post(url, words_of(bulletin, problems="（一）示例问题。示例说明。")).status_code == 302
    bulletin.refresh_from_db()
    assert bulletin.problems == "（一）示例问题。示例说明。"
    assert {"lead": "（一）示例问题。", "text": "示例说明。"} in paper.context(bulletin)["sections"][3]["parts"]
    assert "（一）示例问题。示例说明。" in client.get(address("bulletin", bulletin)).content.decode()


def test_a_mistyped_number_is_shown_beside_its_sentence(client, bulletin):
    wrong = bulletin.overall.replace("1,284", "1,384")
    client.post(address("bulletin_edit", bulletin), words_of(bulletin, overall=wrong))
    page = client.get(address("bulletin", bulletin))
    assert [one.number for one in page.context["strays"]] == ["1,384"]
    assert "正文有 1 处数字不是本期统计数据" in page.content.decode()


def test_nobodys_words_are_overwritten_unread(client, bulletin, writer):
    stale = words_of(bulletin, title="示例甲标题")
    bulletins.edit(bulletin, words_of(bulletin, title="示例乙标题"), seen=bulletins.version_of(bulletin), actor=writer)
    answer = client.post(address("bulletin_edit", bulletin), stale)
    bulletin.refresh_from_db()
    assert bulletin.title == "示例乙标题"
    assert answer.status_code == 200
    assert "已由他人修改" in answer.content.decode()
    assert answer.context["form"]["title"].value() == "示例甲标题"
    # Having seen both, he decides.
    again = words_of(bulletin, title="示例甲标题", seen=answer.context["form"]["seen"].value())
    assert client.post(address("bulletin_edit", bulletin), again).status_code == 302


def test_a_form_that_fails_comes_back_filled(client, bulletin):
    answer = client.post(address("bulletin_edit", bulletin), words_of(bulletin, title="", problems="示例"))
    assert answer.status_code == 200
    assert answer.context["form"]["problems"].value() == "示例"


def test_numbers_taken_again_rewrite_what_nobody_touched(client, bulletin, monkeypatch):
    client.post(address("bulletin_edit", bulletin), words_of(bulletin, areas="示例东区已移交875人。"))
    values = (1000, 1000, 3, 960, 900, *AREAS[0][2][5:])
    later = snapshot(areas=(("示例东区", "", values), *AREAS[1:]))
    monkeypatch.setattr(figures, "read", lambda *args, **kwargs: later)
    client.post(address("bulletin_retake", bulletin))
    bulletin.refresh_from_db()
    assert snapshots.of(bulletin) == later
    assert bulletin.overall == drafting.draft(later)["overall"]
    # What was edited stays, and its number holds no longer.
    assert bulletin.areas == "示例东区已移交875人。"
    assert [one.number for one in bulletins.strays(bulletin)] == ["875"]


# --- issuing


def test_a_number_of_nobody_is_not_issued_until_somebody_answers_for_it(client, bulletin):
    client.post(address("bulletin_edit", bulletin), words_of(bulletin, problems="示例东区有77人。"))
    answer = client.post(address("bulletin_issue", bulletin), {"key": str(new_id())})
    bulletin.refresh_from_db()
    assert (answer.status_code, bulletin.issued_at) == (200, None)
    assert "“77”（示例东区有77人）" in answer.content.decode()
    client.post(address("bulletin_issue", bulletin), {"key": str(new_id()), "checked": "on"})
    bulletin.refresh_from_db()
    assert bulletin.issued_at
    assert Operation.objects.get(kind="bulletin.issue").outcome == {"unlisted": ["77"]}


def test_an_issued_bulletin_is_numbered_and_its_file_kept(issued, writer):
    assert (issued.year, issued.number, issued.serial) == (2026, 1, "2026 年第 1 期")
    assert issued.issued_by.endswith(writer.name)
    data = bulletins.file_of(issued)
    assert (len(data), hashlib.sha256(data).hexdigest()) == (issued.size, issued.sha256)
    assert data not in issued.path.read_bytes(), "sealed"


def test_an_issued_bulletin_is_frozen(client, issued, writer):
    before, file = frozen(issued), bulletins.file_of(issued)
    for act in (
        lambda: bulletins.edit(issued, words_of(issued), seen=bulletins.version_of(issued), actor=writer),
        lambda: bulletins.retake(issued, snapshot(since=False), actor=writer),
        lambda: bulletins.issue(issued, actor=writer),
    ):
        with pytest.raises(Refused, match="已印发"):
            act()
    client.post(address("bulletin_edit", issued), words_of(issued, title="示例"))
    client.post(address("bulletin_retake", issued))
    client.post(address("bulletin_issue", issued), {"key": str(new_id())})
    assert frozen(issued) == before
    assert bulletins.file_of(issued) == file
    page = client.get(address("bulletin", issued))
    assert page.context["form"] is None
    assert "重新取数</button>" not in page.content.decode()


def test_the_issued_file_is_the_same_bytes_for_ever(client, issued, monkeypatch):
    monkeypatch.setattr(paper, "printed", lambda *args, **kwargs: b"another layout")
    for _ in range(2):
        answer = client.get(address("bulletin_document", issued))
        assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == issued.sha256
    assert SecurityEvent.objects.filter(kind="download", subject=f"oversight.Bulletin:{issued.pk}").count() == 2


def test_what_could_not_be_issued_leaves_no_file(bulletin, writer, monkeypatch, settings):
    def failing(*args, **kwargs):
        raise OSError("示例磁盘已满")

    monkeypatch.setattr("audit.operations.Act.change", failing)
    with pytest.raises(OSError, match="磁盘"):
        bulletins.issue(bulletin, actor=writer)
    bulletin.refresh_from_db()
    assert bulletin.issued_at is None
    assert [path for path in settings.UPLOADS.rglob("*") if path.is_file()] == []


def test_an_empty_part_is_not_issued(bulletin, writer):
    bulletins.edit(bulletin, words_of(bulletin, problems="  "), seen=bulletins.version_of(bulletin), actor=writer)
    with pytest.raises(Refused, match="“存在问题”没有内容"):
        bulletins.issue(bulletin, actor=writer)


def test_the_number_goes_on_within_the_year_and_begins_anew_in_the_next(issued, writer):
    second = bulletins.issue(bulletins.draft(date(2026, 9, 1), snapshot(), actor=writer), actor=writer)
    with clock.at(timezone.make_aware(datetime(2027, 1, 4, 9))):
        third = bulletins.issue(bulletins.draft(date(2026, 12, 1), snapshot(), actor=writer), actor=writer)
    assert [(row.year, row.number) for row in (issued, second, third)] == [(2026, 1), (2026, 2), (2027, 1)]


def test_a_second_bulletin_of_a_month_needs_a_reason(client, issued):
    asked = {"month": "2026-10", "key": str(new_id())}
    answer = client.post(reverse("oversight:bulletin_draft"), asked)
    assert "的通报已印发（2026 年第 1 期），没有重新生成" in answer.content.decode()
    client.post(reverse("oversight:bulletin_draft"), asked | {"reason": "示例更正"})
    again = Bulletin.objects.get(issued_at=None)
    assert (again.replaces_id, again.reason) == (issued.pk, "示例更正")
    assert "打开重新通报" in client.get(address("bulletin", issued)).content.decode()


# --- the numbers


def test_the_page_shows_the_cells_of_the_paper(client, bulletin):
    page = client.get(address("bulletin", bulletin))
    context = paper.context(bulletin)
    for table, rows in zip(page.context["tables"], (context["areas"], context["enterprises"]), strict=True):
        assert [*table.lines, table.total] == rows


def test_no_number_of_the_snapshot_is_rounded(bulletin):
    bulletin.refresh_from_db()
    assert snapshots.of(bulletin).total.count("assets_value") == Decimal("3980000.00")
    assert snapshots.kept(snapshots.of(bulletin)) == bulletin.snapshot


def test_every_act_is_told_newest_first(client, issued):
    said = [entry.sentence for entry in client.get(address("bulletin", issued)).context["entries"]]
    assert said == ["印发。", "生成草稿。"]
