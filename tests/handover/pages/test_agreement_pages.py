"""The pages of agreements and assets, as their people use them."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import campaign
from audit.models import SecurityEvent
from handover.agreements import asset_sheets
from handover.models import Agreement, AgreementPaper, Asset
from handover.models.agreement_papers import AgreementPaperKind as Kind
from handover.services import agreements, assets, take
from tests import agreements as arranged
from tests.agreements import STOCK, lead
from tests.handover.pages.reading import form_of, shown, url
from tests.url_calls import clear_numbers
from weihai_transfer.lib.fields import new_id


def key():
    return {"key": str(new_id())}


@pytest.fixture
def made(town, people):
    return arranged.begin(town.mill, town.huancui, people["group"])


@pytest.fixture
def waiting(town, people, make_person):
    one = make_person(town.mill, "安示例", **STOCK)
    take("submit", [one.pk], actor=people["mill_hr"], targets=town.huancui)
    take("assign", [one.pk], actor=people["huancui_clerk"], targets=town.zhudao)
    return one


def test_the_group_drafts_fills_in_and_proposes(town, waiting, client_of):
    client = client_of("group")
    answer = client.post(url("agreement_draft"), {"enterprise": town.mill.pk, "area": town.huancui.pk, **key()})
    one = Agreement.objects.get()
    assert answer.url == url("agreement_plan", one.pk)
    form = form_of(client, answer.url)
    assert form["people"] == 1
    form |= {"until_0": "2026-12-31", "work_0": "示例核对名册", "contingency": "示例预案"}
    assert client.post(answer.url, form).url == url("agreement", one.pk)
    page = shown(client.get(url("agreement", one.pk)))
    assert "示例核对名册" in page
    assert "提出移交方案" in page
    client.post(url("agreement_step", one.pk, "propose"), {"reason": "示例说明", **key()})
    assert Agreement.objects.get().state == "proposed"
    assert "示例说明" in shown(client_of("huancui_clerk").get(url("agreement", one.pk)))


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"people": "-1"}, "people"),
        ({"until_0": "2026-12-31"}, "work_0"),
        ({"work_0": "示例"}, "until_0"),
        ({"assets_area": "1.234"}, "assets_area"),
    ],
)
def test_a_plan_with_a_fault_comes_back_filled(town, people, client_of, wrong, word):
    one = agreements.draft(town.mill, town.huancui, actor=people["group"])
    client, address = client_of("group"), url("agreement_plan", one.pk)
    answer = client.post(address, {**form_of(client, address), "contingency": "示例不能丢的预案", **wrong})
    assert answer.status_code == 200
    assert word in answer.context["form"].errors
    assert "示例不能丢的预案" in shown(answer)
    assert Agreement.objects.get().contingency == ""


def test_a_stale_plan_shows_both_and_may_be_sent_again(made, people, client_of):
    client, address = client_of("group"), url("agreement_plan", made.pk)
    mine = {**form_of(client, address), "people": "33"}
    arranged.plan(made, people["group"], people=44)
    answer = client.post(address, mine)
    assert "他人改动过" in shown(answer)
    assert all(number in shown(answer) for number in ("33", "44"))
    again = {**mine, "version": answer.context["form"].data["version"], **key()}
    assert client.post(address, again).status_code == 302
    assert Agreement.objects.get(pk=made.pk).people == 33


def test_what_cannot_be_done_now_stands_there_with_its_reason(town, people, client_of):
    one = agreements.draft(town.mill, town.huancui, actor=people["group"])
    page = shown(client_of("group").get(url("agreement", one.pk)))
    assert "暂不能办理" in page
    assert "方案没有填写应急预案" in page
    lead(arranged.begin(town.mill, town.gaoqu, people["group"]), "agreed", clerk=people["gaoqu_clerk"])
    signing = Agreement.objects.get(area=town.gaoqu)
    assert "没有上传企业方盖章的协议扫描件" in shown(client_of("group").get(url("agreement", signing.pk)))


def test_both_sides_sign_from_their_pages(made, waiting, people, client_of):
    lead(made, "agreed")
    for who, kind, step in (
        ("group", Kind.SIGNED_ENTERPRISE, "enterprise_signs"),
        ("huancui_clerk", Kind.SIGNED_AREA, "area_countersigns"),
    ):
        client = client_of(who)
        file = SimpleUploadedFile(f"示例{who}.pdf", f"%PDF-1.4 {who} %%EOF".encode())
        client.post(url("agreement_make", made.pk, kind), {"file": file, **key()})
        given = {"signed_on": str(date(2026, 1, 5)), "signer": "示例签字人", "signer_title": "示例主任"}
        assert client.post(url("agreement_step", made.pk, step), {**given, **key()}).status_code == 302
    one = Agreement.objects.get(pk=made.pk)
    assert (one.state, one.signed_on) == ("signed", date(2026, 1, 5))
    page = shown(client_of("group").get(url("agreement", made.pk)))
    assert all(paper.sha256 in page for paper in AgreementPaper.objects.all())
    assert take("accept", [waiting.pk], actor=people["zhudao_clerk"]).moved


def test_the_plan_of_a_live_agreement_marks_what_differs(made, waiting, people, client_of):
    arranged.plan(made, people["group"], people=9)
    client = client_of("group")
    assert "不一致" in shown(client.get(url("agreement", made.pk)))
    client.post(url("agreement_fill", made.pk), key())
    assert Agreement.objects.get(pk=made.pk).people == 1
    count = client.get(url("people"), {"agreement": made.pk}).context["list"].count
    assert count == 1


def test_the_list_says_how_far_the_target_is(made, people, client_of):
    page = shown(client_of("group").get(url("agreements")))
    assert "逾期" in page
    given = {"first_day": date(2021, 1, 1), "last_day": None, "signing_by": date(2099, 1, 1), "source": "示例"}
    campaign.set_stage("normal", actor=people["sysadmin"], **given)
    assert "还有" in shown(client_of("group").get(url("agreements")))
    assert client_of("group").get(url("agreements"), {"late": "1"}).context["list"].count == 0


def test_many_proposals_are_answered_at_once_and_the_outcome_tells_each(made, town, people, client_of):
    lead(made, "proposed")
    client = client_of("huancui_clerk")
    page = client.get(url("agreements"), {"state": "proposed"})
    assert [one.label for one in page.context["bulk"]] == ["同意方案", "提出修改意见"]
    chosen = {"step": "agree", "id": [str(made.pk)], "seen": "1", "confirm": "1", **key()}
    answer = client.post(f"{url('agreement_bulk')}?state=proposed", chosen)
    assert "办理结果" in shown(client.get(answer.url))
    assert Agreement.objects.get(pk=made.pk).state == "agreed"


def test_a_second_click_does_nothing_twice(made, client_of):
    client, once = client_of("group"), key()
    for _ in range(2):
        client.post(url("agreement_step", made.pk, "propose"), once)
    assert made.rounds.count() == 1


def test_the_person_page_says_which_agreement_covers_him(made, waiting, client_of):
    address = url("person", waiting.pk)
    page = shown(client_of("zhudao_clerk").get(address))
    assert "没有已签订的协议列入此人" in page
    assert f"（{made.number}）为“起草中”，暂不能接收" in page
    lead(made, "signed")
    assert url("agreement", made.pk) in shown(client_of("group").get(address))
    at_street = shown(client_of("zhudao_clerk").get(address))
    assert made.number in at_street
    assert url("agreement", made.pk) not in at_street
    assert "暂不能接收" not in at_street


# --- assets


def workbook(rows, headings=asset_sheets.HEADINGS):
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("示例清单.xlsx", target.getvalue())


ROW = [1, "示例活动中心", "房屋", "示例路 1 号", 100, 1, 5000, 4000, "", "", "", "无偿划转", "", "", ""]


def test_a_sheet_with_faults_tells_them_all_and_brings_nothing_in(made, client_of):
    bad = [*ROW[:2], "土地", *ROW[3:6], "五千", *ROW[7:]]
    answer = client_of("group").post(
        url("asset_import", made.pk), {"way": "replace", "file": workbook([ROW, bad]), **key()}
    )
    assert answer.status_code == 422
    assert all(cell in shown(answer) for cell in ("C3", "G3"))
    assert not Asset.objects.exists()


def test_a_sheet_comes_in_and_goes_out_with_the_fifteen_columns(made, client_of):
    client = client_of("group")
    given = {"way": "replace", "file": workbook([ROW]), **key()}
    assert client.post(url("asset_import", made.pk), given).status_code == 302
    assert Asset.objects.get().name == "示例活动中心"
    answer = client.get(url("asset_export", made.pk))
    page = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in page[3]] == asset_sheets.HEADINGS
    assert SecurityEvent.objects.filter(kind="download").exists()
    assert "100.00" in shown(client.get(url("assets"), {"agreement": made.pk}))


def test_an_unreadable_file_is_refused_with_its_cause(made, client_of):
    answer = client_of("group").post(
        url("asset_import", made.pk), {"way": "replace", "file": SimpleUploadedFile("a.xlsx", b"x"), **key()}
    )
    assert answer.status_code == 422
    assert not Asset.objects.exists()


def test_one_asset_is_written_corrected_and_removed_by_hand(made, client_of):
    client = client_of("group")
    wrong = arranged.asset(net_value="9999999.00", handed_over_on="", floor_area="")
    answer = client.post(url("asset_add", made.pk), {**wrong, **key()})
    assert set(answer.context["form"].errors) == {"net_value", "floor_area"}
    client.post(url("asset_add", made.pk), {**arranged.asset(handed_over_on=""), **key()})
    one = Asset.objects.get()
    client.post(url("asset_change", one.pk), {**form_of(client, url("asset_change", one.pk)), "use": "示例新用途"})
    assert "示例新用途" in shown(client.get(url("asset", one.pk)))
    client.post(url("asset_remove", one.pk), key())
    assert not Asset.objects.exists()


def test_the_district_receives_a_list_in_bulk_and_leftovers_stay_ticked(made, people, client_of):
    rows = [arranged.asset(title_number=f"示例 {at}") for at in range(3)]
    assets.bring_in(made, rows, way=assets.APPEND, actor=people["group"])
    lead(made, "signed")
    ids = [str(pk) for pk in Asset.objects.values_list("pk", flat=True)]
    client = client_of("huancui_clerk")
    given = {"step": "receive", "id": ids, "seen": "3", "confirm": "1", "handed_over_on": "2026-01-05", **key()}
    answer = client.post(f"{url('asset_bulk')}?state=listed", given)
    assert "已办理" in shown(client.get(answer.url))
    assert Asset.objects.filter(state="received", handed_over_on=date(2026, 1, 5)).count() == 3
    assert "待移交" in shown(client.get(url("asset", ids[0])))


def test_no_page_of_an_agreement_says_a_whole_number(made, waiting, client_of):
    lead(made, "signed")
    for who in ("group", "huancui_clerk", "mill_party", "watchdog"):
        assert clear_numbers(shown(client_of(who).get(url("agreement", made.pk)))) == []


def test_everybody_sees_each_digest_and_the_party_worker_alone_reads_the_members(made, waiting, client_of):
    lead(made, "signed")
    members = AgreementPaper.objects.get(kind=Kind.ANNEX_MEMBERS)
    others = AgreementPaper.objects.filter(kind__startswith="annex").exclude(pk=members.pk)
    for who, readable in (("group", list(others)), ("huancui_clerk", list(others)), ("mill_party", [members])):
        page = shown(client_of(who).get(url("agreement", made.pk)))
        for one in (members, *others):
            assert one.sha256 in page
            assert (url("agreement_scan", one.pk) in page) == (one in readable), (who, one.kind)
