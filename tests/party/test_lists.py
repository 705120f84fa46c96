"""The party list, out and in: all faults at once, nothing half-done, the same file again changes nothing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import Operation, SecurityEvent
from party.lists.columns import HEADINGS
from party.models import Membership, VoidNotice
from party.states import State
from retirees.models import Retiree
from tests.party.workbooks import rows_of, workbook_of
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
OFFICIAL = (
    "序号 姓名 性别 民族 出生日期 身份证号 学历 入党时间 转正时间 党员类别 原所在党支部 原所在基层党委 党费交至 月党费 联系电话 户籍地 常住地 "
    "转入党委/党支部 介绍信编号 开具日期 有效期 回执日期 是否流动党员 是否失联 党员档案/入党材料是否齐全 备注"
).split()


def exported(client, query=""):
    """(rows above the headings, headings, lines as dictionaries)"""
    rows = rows_of(client.get(f"/memberships/export/{query}"))
    return rows[:2], rows[2], [dict(zip(rows[2], row, strict=True)) for row in rows[3:]]


@pytest.fixture
def bring_in(client_of):
    """bring_in(lines, who="mill_party") → the answer to an upload of these lines (dictionaries by heading)."""

    def send(lines, who="mill_party", headings=HEADINGS):
        table = [
            ["党员名册"],
            ["筛选条件：全部。"],
            headings,
            *([line.get(name) for name in headings] for line in lines),
        ]
        file = SimpleUploadedFile("示例党员名册.xlsx", workbook_of(table))
        return client_of(who).post(reverse("party:import"), {"key": new_id(), "file": file}, follow=True)

    return send


def line_of(member, **facts):
    return {"姓名": member.retiree.name, "身份证号": member.retiree.id_number, **facts}


def said(answer):
    return answer.content.decode()


# --- out


def test_the_columns_are_the_official_ones():
    assert list(HEADINGS) == OFFICIAL
    assert len(HEADINGS) == 26


def test_the_list_holds_what_one_sees_and_leaves_an_event(member_in, town, client_of, people):
    member = member_in(State.ISSUED)
    member_in(State.PENDING, "白示例")
    captions, headings, lines = exported(client_of("zhudao_party"))
    assert headings == OFFICIAL
    assert captions[1][0] == "筛选条件：全部。"
    (line,) = lines
    assert line["身份证号"] == member.retiree.id_number
    assert line["联系电话"] == member.retiree.phone
    assert line["原所在基层党委"] == town.mill_committee.name
    assert line["介绍信编号"].startswith("示例-")
    assert line["党费交至"] == "2026-06-30"
    assert line["党员类别"] == "正式"
    assert line["有效期"].startswith("90 天")
    event = SecurityEvent.objects.get(kind="export")
    assert (event.actor, event.field) == (people["zhudao_party"], "党员名册 1 人")
    assert len(exported(client_of("mill_party"), "?state=pending")[2]) == 1


def test_who_only_watches_takes_no_whole_number_along(member_in, organisation, client_of):
    member = member_in(State.ISSUED)
    _, _, (line,) = exported(client_of(organisation))
    assert line["身份证号"] == member.retiree.masked_id
    assert line["联系电话"] == member.retiree.masked_phone
    assert line["户籍地"] is None


# --- in


def test_facts_are_taken_over_by_id_number(member_in, bring_in):
    one, other = member_in(State.PENDING), member_in(State.ISSUED, "白示例")
    facts = {
        "入党时间": "1985年7月",
        "转正时间": date(1986, 7, 1),
        "党员类别": "预备",
        "党费交至": "2026.10",
        "月党费": "15.5元",
        "是否流动党员": "是（上海市，随子女居住）",
        "党员档案/入党材料是否齐全": "否",
        "备注": "示例：缺转正材料",
    }
    answer = bring_in([line_of(one, **facts), line_of(other)])
    assert "名册共 2 人，更新 1 人，内容相同未更新 1 人" in said(answer)
    one = Membership.objects.get(pk=one.pk)
    person = one.retiree
    assert (person.party_joined_on, person.party_confirmed_on) == (date(1985, 7, 1), date(1986, 7, 1))
    assert (person.political_status, person.dues_paid_until) == ("02", date(2026, 10, 1))
    assert person.dues_monthly == Decimal("15.50")
    assert (one.floating, one.floating_to) == (True, "上海市，随子女居住")
    assert (one.papers_complete, one.remark) == (False, "示例：缺转正材料")
    assert Operation.objects.filter(kind="membership.list").count() == 1


def test_the_same_file_again_and_the_exported_list_change_nothing(member_in, bring_in, client_of):
    members = [member_in(state, f"示例{state}") for state in State.values]
    bring_in([line_of(members[0], **{"月党费": 12, "备注": "示例", "是否流动党员": "是"})])
    operations, versions = Operation.objects.count(), Membership.history.count()
    answer = bring_in([line_of(members[0], **{"月党费": 12, "备注": "示例", "是否流动党员": "是"})])
    assert "更新 0 人" in said(answer)
    _, _, lines = exported(client_of("mill_party"))
    assert len(lines) == len(members)
    assert f"名册共 {len(members)} 人，更新 0 人" in said(bring_in(lines))
    assert (Operation.objects.count(), Membership.history.count()) == (operations, versions)


def test_all_faults_are_told_at_once_and_nothing_is_half_done(member_in, make_person, town, bring_in):
    good, arrived = member_in(State.PENDING), member_in(State.ARRIVED, "到示例")
    foreign = make_person(town.port, "崔示例", political_status="01")
    number = good.retiree.id_number
    answer = bring_in(
        [
            line_of(good, **{"备注": "示例改动"}),
            {"姓名": "崔示例", "身份证号": foreign.id_number},
            {"姓名": "丁示例", "身份证号": number[:-1] + ("0" if number[-1] != "0" else "1")},
            {"姓名": "白示例"},
            line_of(good),
        ]
    )
    assert answer.status_code == 422
    page = said(answer)
    assert "没有更新任何人" in page
    assert "第 6 行" in page
    assert "第 7 行" in page
    assert "与第 4 行是同一人" in page
    # What only the rows can tell is said when the file itself is sound, and all of it again.
    answer = bring_in(
        [
            line_of(good, **{"备注": "示例改动", "是否失联": "是"}),
            {"姓名": "崔示例", "身份证号": foreign.id_number},
            {**line_of(arrived, **{"备注": "示例改动"})},
        ]
    )
    page = said(answer)
    assert "崔示例不在您管理的党员中" in page
    assert "没有填写失联时间" in page
    assert "已不由转出方更新" in page
    assert Membership.objects.get(pk=good.pk).remark == ""
    assert not Operation.objects.filter(kind="membership.list").exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"党员类别": "群众"}, "请填写“正式”或“预备”"),
        ({"入党时间": str(timezone.localdate() + timedelta(days=1))}, "晚于今天"),
        ({"月党费": "免"}, "无法识别为数字"),
        ({"是否流动党员": "可能"}, "不在可选范围内"),
        ({"是否失联": "否（2026-01-05）"}, "前后不一致"),
        ({"姓名": "王示例"}, "与登记的姓名不一致"),
        ({"党费交至": "十月"}, "党费交至"),
    ],
)
def test_a_cell_that_cannot_be_is_told_with_its_row(facts, words, member_in, bring_in):
    answer = bring_in([{**line_of(member_in(State.PENDING)), **facts}])
    assert answer.status_code == 422
    assert words in said(answer)
    assert "第 4 行" in said(answer)


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [("示例.pdf", b"%PDF-1.4", "Excel"), ("示例.xlsx", workbook_of([["姓名", "电话"], ["安示例", "1"]]), "没有找到")],
)
def test_what_is_no_list_is_refused_with_a_sentence(name, body, words, client_of):
    answer = client_of("mill_party").post(
        reverse("party:import"), {"key": new_id(), "file": SimpleUploadedFile(name, body)}
    )
    assert answer.status_code == 422
    assert words in said(answer)


def test_an_id_as_a_number_is_refused_and_never_repaired(member_in, bring_in):
    member = member_in(State.PENDING)
    answer = bring_in([{**line_of(member), "身份证号": float(member.retiree.id_number[:17])}])
    assert answer.status_code == 422
    assert Retiree.objects.get(pk=member.pk).id_number == member.retiree.id_number


def test_members_are_lost_and_found_by_the_list(member_in, bring_in):
    pending, issued, gone = (
        member_in(State.PENDING),
        member_in(State.ISSUED, "途示例"),
        member_in(State.UNREACHABLE, "失示例"),
    )
    day = timezone.localdate() - timedelta(days=40)
    bring_in(
        [
            line_of(pending, **{"是否失联": f"是（{day}）"}),
            line_of(issued, **{"是否失联": f"是（{day}）"}),
            line_of(gone, **{"是否失联": "否"}),
        ]
    )
    states = dict(Membership.objects.values_list("pk", "state"))
    assert states == {pending.pk: "unreachable", issued.pk: "unreachable", gone.pk: "pending"}
    assert Membership.objects.get(pk=pending.pk).lost_since == day
    # The letter on its way is void, and its addressee is told.
    assert VoidNotice.objects.get().letter.membership_id == issued.pk


def test_nobody_updates_who_is_not_his(member_in, bring_in):
    member = member_in(State.ISSUED)
    assert bring_in([line_of(member, **{"备注": "示例"})], who="zhudao_party").status_code == 403
    assert Membership.objects.get(pk=member.pk).remark == ""


def test_a_long_list_costs_as_many_queries_as_a_short_one(member_in, people, cost_of):
    from party.lists import applying
    from party.lists.reading import Line

    members = [member_in(State.PENDING, f"示例{number}") for number in range(22)]

    def lines(some, remark):
        return [
            Line(at, one.retiree.name, one.retiree.id_number, membership={"papers_complete": remark})
            for at, one in enumerate(some)
        ]

    one, many = lines(members[:1], True), lines(members[1:], True)
    applying.apply(lines(members[:1], False), actor=people["mill_party"])
    few = cost_of(lambda: applying.apply(one, actor=people["mill_party"]))
    assert cost_of(lambda: applying.apply(many, actor=people["mill_party"])) == few
