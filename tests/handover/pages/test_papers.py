"""Papers about people: who makes which one when, what stands in it, one at a time and many in one file."""

import uuid

import openpyxl
import pytest

from accounts import places
from audit.models import Operation, SecurityEvent
from audit.operations import operation
from handover.models import BatchPaper, Case, CasePaper
from handover.papers import words as paper_words
from handover.papers.desk import FITTING, NOT_YET
from handover.services import record_death, take
from handover.states.cases import State
from retirees.models import Retiree
from tests.handover.pages.reading import cost, shown, url
from tests.papers.reading import text_of
from tracks.papers import making
from weihai_transfer.lib import words

pytestmark = pytest.mark.django_db
NAMES = {"confirmation": "基本信息确认表", "introduction": "移交介绍信", "card": "联系卡"}


def key():
    return str(uuid.uuid4())


def make(client, case, code):
    return client.post(url("case_make", case.pk, code), {"key": key()}, follow=True)


def content_of(answer):
    return b"".join(answer.streaming_content)


def printed(client, paper):
    name = "batch_paper" if isinstance(paper, BatchPaper) else "case_paper"
    return text_of(content_of(client.get(url(name, paper.pk))))


# --- one person


@pytest.mark.parametrize(
    ("who", "code", "situation", "status"),
    [
        ("port_hr", "confirmation", "draft", 404),
        ("nobody", "confirmation", "draft", 404),
        ("archivist", "introduction", "assigned", 404),
        ("mill_party", "introduction", "assigned", 404),
        ("jingyuan_clerk", "card", "accepted", 404),
        ("watchdog", "confirmation", "draft", 403),
        ("zhudao_clerk", "introduction", "assigned", 403),
        ("zhudao_clerk", "confirmation", "assigned", 403),
        ("huancui_clerk", "introduction", "assigned", 403),
        ("mill_hr", "card", "accepted", 403),
        ("huancui_clerk", "card", "accepted", 403),
        ("mill_hr", "nothing", "draft", 404),
    ],
)
def test_who_may_not_make_a_paper(who, code, situation, status, case_in, client_of):
    case = case_in(situation)
    assert client_of(who).post(url("case_make", case.pk, code), {"key": key()}).status_code == status
    assert not CasePaper.objects.exists()


@pytest.mark.parametrize(
    ("who", "code", "situation", "words"),
    [
        ("mill_hr", "confirmation", "closed", "此人已核销，不再移交，没有生成基本信息确认表。"),
        ("mill_hr", "introduction", "draft", "当前状态为“待上报”，还没有确定接收街道（镇）"),
        ("mill_hr", "introduction", "submitted", "请待区市分配后再生成。"),
        ("mill_hr", "introduction", "returned", "当前状态为“已退回”"),
        ("zhudao_clerk", "card", "assigned", "联系卡在接收后发放；请先办理接收。"),
    ],
)
def test_a_paper_that_makes_no_sense_now_is_refused_and_says_why(who, code, situation, words, case_in, client_of):
    case, client = case_in(situation), client_of(who)
    assert words in shown(client.get(url("person", case.pk))), "beside the disabled button"
    assert words in shown(make(client, case, code))
    assert not CasePaper.objects.exists()


def test_no_paper_is_made_for_somebody_who_died(case_in, client_of, people):
    case = case_in("accepted")
    record_death(case.retiree, case.retiree.retired_on, actor=people["zhudao_clerk"], reason="示例")
    assert "登记为已去世，不再需要联系卡" in shown(make(client_of("zhudao_clerk"), case, "card"))
    assert not CasePaper.objects.exists()


@pytest.mark.parametrize(
    ("who", "code", "situation", "number"),
    [
        ("mill_hr", "confirmation", "draft", "DEMO01-确0001"),
        ("mill_hr", "introduction", "assigned", "DEMO01-介0001"),
        ("mill_hr", "introduction", "accepted", "DEMO01-介0001"),
        ("mill_hr", "introduction", "outside", "DEMO01-介0001"),
        ("zhudao_clerk", "card", "accepted", "371002003-卡0001"),
        ("zhudao_clerk", "card", "contacted", "371002003-卡0001"),
    ],
)
def test_a_paper_is_made_listed_and_printed(who, code, situation, number, case_in, client_of):
    case, client = case_in(situation), client_of(who)
    page = shown(make(client, case, code))
    paper = CasePaper.objects.get()
    assert paper.number.endswith(number)
    assert f"{NAMES[code]}已生成" in page
    assert paper.number in page
    text = printed(client, paper)
    assert case.retiree.name in text
    assert f"编号 {paper.number}　模板 {code}-1　办理 {str(paper.made_by)[-12:]}" in text
    assert SecurityEvent.objects.get(kind="download").subject == f"handover.CasePaper {paper.pk}"


def test_what_stands_in_a_confirmation(case_in, client_of):
    case = case_in("assigned", political_status="01", party_branch="示例秘密支部", health="示例病史")
    client = client_of("mill_hr")
    make(client, case, "confirmation")
    text = printed(client, CasePaper.objects.get())
    one = case.retiree
    for said in (one.name, one.id_number, one.phone, one.residence_address, words.on_paper(one.retired_on)):
        assert said in text
    assert "威海市环翠区竹岛街道" in text
    assert "示例纺织厂" in text
    assert "个人信息处理告知" in text
    assert "示例秘密支部" not in text, "party data only with the party duty"
    assert "示例病史" not in text


def test_hostile_text_comes_out_whole(case_in, client_of, town):
    case = case_in("draft", name="<w:p>𠮷·示例", residence_address="示例路1号 & {{ 7*7 }}\n{% for %}号楼")
    client = client_of("mill_hr")
    make(client, case, "confirmation")
    text = printed(client, CasePaper.objects.get())
    assert "<w:p>𠮷·示例" in text
    assert "示例路1号 & {{ 7*7 }}\n{% for %}号楼" in text


def test_the_same_again_is_the_same_paper_and_another_fact_a_new_one(case_in, client_of, people):
    case, client = case_in("draft"), client_of("mill_hr")
    for _ in range(2):
        make(client, case, "confirmation")
    first = CasePaper.objects.get()
    with operation("retiree.correct", actor=people["mill_hr"]) as act:
        act.change(Retiree, [case.pk], former_unit="示例新车间")
    make(client, case, "confirmation")
    second = CasePaper.objects.exclude(pk=first.pk).get()
    assert second.number.endswith("确0002")
    assert "示例新车间" in printed(client, second)
    assert "示例新车间" not in printed(client, first), "what was printed once is printed again word for word"


def test_a_card_names_the_street_its_telephone_and_the_community(case_in, client_of, town, people):
    given = {"short_name": "", "note": "", "reason": "示例"}
    where = {"address": "示例路3号", "phone": "0631-5231234"}
    places.change_office(town.zhudao, name=town.zhudao.name, actor=people["sysadmin"], **where, **given)
    case = case_in("at_community")
    take("accept", [case.pk], actor=people["community_clerk"])
    client = client_of("community_clerk")
    make(client, case, "card")
    text = printed(client, CasePaper.objects.get())
    assert "管理服务单位：威海市环翠区竹岛街道" in text
    assert f"社区（村）：{town.zhudao_community.name}" in text
    assert "示例路3号" in text
    assert "0631-5231234" in text


def test_the_card_that_was_made_stands_in_the_form_of_the_first_contact(case_in, client_of):
    case, client = case_in("accepted"), client_of("zhudao_clerk")
    make(client, case, "card")
    form = client.get(url("step", case.pk, "contact")).context["form"]
    assert form["contact_card"].value() == CasePaper.objects.get().number


def test_a_paper_is_seen_by_those_who_see_the_person(case_in, client_of):
    case = case_in("assigned")
    make(client_of("mill_hr"), case, "introduction")
    paper = CasePaper.objects.get()
    for who, status in (
        ("zhudao_clerk", 200),
        ("huancui_clerk", 200),
        ("watchdog", 200),
        ("port_hr", 404),
        ("archivist", 404),
    ):
        assert client_of(who).get(url("case_paper", paper.pk)).status_code == status


def test_the_story_tells_that_a_paper_was_made(case_in, client_of):
    case = case_in("assigned")
    page = shown(make(client_of("mill_hr"), case, "introduction"))
    assert f"生成移交介绍信（{CasePaper.objects.get().number}）。" in page


# --- many people


@pytest.fixture
def waiting(town, make_person, people):
    """Three who wait at 竹岛街道."""
    found = [make_person(town.mill, f"示例{sign}") for sign in "甲乙丙"]
    take("submit", [one.pk for one in found], actor=people["mill_hr"], targets=town.huancui)
    take("assign", [one.pk for one in found], actor=people["huancui_clerk"], targets=town.zhudao)
    return found


def choose(client, code, rows, **more):
    return client.post(url("make_papers", code), {"id": [str(one.pk) for one in rows], **more})


@pytest.mark.parametrize(("code", "status"), [("introduction", 403), ("receipt", 404), ("nothing", 404)])
def test_who_may_not_make_many(code, status, waiting, client_of):
    assert choose(client_of("zhudao_clerk"), code, waiting).status_code == status


def test_nobody_chosen_is_said(waiting, client_of):
    answer = client_of("mill_hr").post(url("make_papers", "introduction"), follow=True)
    assert "没有勾选任何记录" in shown(answer)


def test_foreign_people_are_not_there(waiting, retirees, client_of):
    answer = choose(client_of("mill_hr"), "introduction", [waiting[0], retirees["丁"]], confirm="1", key=key())
    assert answer.status_code == 302
    assert list(CasePaper.objects.values_list("case", flat=True)) == [waiting[0].pk]


def test_more_than_one_file_holds_is_refused(waiting, client_of, monkeypatch):
    monkeypatch.setattr(making, "IN_ONE_FILE", 2)
    client = client_of("mill_hr")
    preview = shown(choose(client, "introduction", waiting))
    assert "不能办理 <b>3</b> 人" in preview
    assert "请缩小选择范围" in preview
    assert "请缩小选择范围" in shown(choose(client, "introduction", waiting, confirm="1", key=key()))
    assert not CasePaper.objects.exists()


def test_many_are_looked_at_then_made_in_one_act_and_printed_into_one_file(waiting, make_person, town, client_of):
    client, draft = client_of("mill_hr"), make_person(town.mill, "示例丁")
    page = shown(choose(client, "introduction", [*waiting, draft]))
    assert "可办理 <b>3</b> 人，不能办理 <b>1</b> 人" in page
    assert not CasePaper.objects.exists()

    done = choose(client, "introduction", [*waiting, draft], confirm="1", key=key())
    outcome = client.get(done.url)
    assert "下载全部文书" in shown(outcome)
    numbers = sorted(CasePaper.objects.values_list("number", flat=True))
    assert [number[-5:] for number in numbers] == ["介0001", "介0002", "介0003"]
    assert Operation.objects.filter(kind="case.paper").count() == 1

    answer = client.get(outcome.context["papers_url"])
    assert "3%E4%BB%BD.docx" in answer["Content-Disposition"]
    text = text_of(content_of(answer))
    assert all(text.count(f"编号：{number}") == 1 for number in numbers)
    assert all(one.name in text for one in waiting)
    assert draft.name not in text
    assert SecurityEvent.objects.get(kind="download").field == "3 份"
    assert client_of("group").get(outcome.context["papers_url"]).status_code == 404, "one's own act"


def test_the_list_offers_papers_whatever_the_state(waiting, client_of):
    def labels(who, **query):
        return [one.label for one in client_of(who).get(url("people"), query).context["bulk"]]

    assert labels("mill_hr") == ["生成基本信息确认表", "生成移交介绍信"]
    assert labels("mill_hr", state="draft") == ["上报", "申请核销", "生成基本信息确认表"]
    assert labels("zhudao_clerk") == ["生成联系卡"]
    assert labels("watchdog") == []


def test_what_stands_in_many_papers_costs_the_same_as_in_one(waiting):
    ids = [one.pk for one in waiting]
    for said in (paper_words.confirmations, paper_words.introductions, paper_words.cards):
        assert cost(lambda said=said: said(ids)) == cost(lambda said=said: said(ids[:1])) == 1


# --- a batch


@pytest.fixture
def batch(waiting):
    return Case.objects.get(pk=waiting[0].pk).batch


def make_roster(client, batch):
    return client.post(url("batch_make", batch.pk, "roster"), {"key": key()}, follow=True)


@pytest.mark.parametrize(("who", "status"), [("port_hr", 404), ("zhudao_clerk", 404), ("watchdog", 403)])
def test_who_may_not_make_a_roster(who, status, batch, client_of):
    assert client_of(who).post(url("batch_make", batch.pk, "roster"), {"key": key()}).status_code == status
    assert not BatchPaper.objects.exists()


@pytest.mark.parametrize("who", ["port_hr", "zhudao_clerk", "archivist"])
def test_a_foreign_batch_has_no_workbook(who, batch, client_of):
    assert client_of(who).get(url("batch_roster", batch.pk)).status_code == 404


def test_a_batch_that_was_withdrawn_has_no_roster(batch, waiting, client_of, people):
    take("withdraw", [one.pk for one in waiting], actor=people["mill_hr"], reason="示例")
    assert "本批次目前没有人员" in shown(make_roster(client_of("mill_hr"), batch))
    assert client_of("mill_hr").get(url("batch_roster", batch.pk)).status_code == 404


def test_a_batch_too_long_for_paper_is_left_to_its_workbook(batch, client_of, monkeypatch):
    monkeypatch.setattr("handover.papers.words.MOST_ROWS", 2)
    assert "请下载 Excel 花名册" in shown(make_roster(client_of("mill_hr"), batch))
    assert not BatchPaper.objects.exists()


def test_the_roster_in_word_and_in_excel_say_the_same(batch, waiting, client_of, tmp_path):
    client = client_of("mill_hr")
    page = make_roster(client, batch)
    paper = BatchPaper.objects.get()
    assert paper.number.endswith("DEMO01-册0001")
    assert paper.number in shown(page)
    text = printed(client, paper)
    path = tmp_path / "roster.xlsx"
    path.write_bytes(content_of(client.get(url("batch_roster", batch.pk))))
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=4, values_only=True))
    assert [row[1] for row in rows] == [one.name for one in sorted(waiting, key=lambda one: one.pinyin)]
    for row in rows:
        assert row[3] in {one.id_number for one in waiting}
        assert all(str(cell) in text for cell in row if cell)
    assert "共 3 人" in text
    assert batch.number in text
    kinds = SecurityEvent.objects.filter(kind="download").values_list("subject", flat=True)
    assert sorted(kinds) == sorted([f"handover.BatchPaper {paper.pk}", f"handover.Batch {batch.pk}"])


def test_all_states_are_thought_of():
    for kind, states in FITTING.items():
        assert set(State) - set(states) == {State.CLOSED} or kind in NOT_YET
