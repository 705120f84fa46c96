"""An office's own acts, and the access review."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Office, User
from accounts.services import appoint, dismiss
from audit.models import Operation, SecurityEvent
from audit.operations import operation
from handover.services import take
from oversight.auditing import access, own
from tests import scene as scenes

OWN, ACCESS = "/own-acts/", "/audit/access/"


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


def again(user):
    return User.objects.get(pk=user.pk)


def actors(user):
    return set(own.acts_of(again(user)).values_list("actor__username", flat=True))


def act(user, kind="case.accept"):
    with operation(kind, actor=again(user)) as done:
        pass
    return done.operation


def test_nobody_sees_acts_of_another_place(scene, people):
    """What is shown to each is his own place's and below, of his own circle, decided by hand."""
    mill = {"mill_hr", "group", "dyeworks_hr"}
    wanted = {
        "mill_hr": mill,
        "dyeworks_hr": {"dyeworks_hr"},
        "port_hr": {"port_hr"},
        "mill_party": {"mill_party"},
        "zhudao_clerk": {"zhudao_clerk"},
        "zhudao_party": {"zhudao_party"},
        "community_clerk": set(),
        "yiyuan_clerk": set(),
        "archivist": {"archivist"},
        "nobody": set(),
    }
    for who, seen in wanted.items():
        assert actors(people[who]) <= seen, who
        assert actors(people[who]) == {one for one in seen if _acted(people[one])}, who
    assert actors(people["huancui_clerk"]) == {"huancui_clerk", "zhudao_clerk", "jingyuan_clerk"}
    assert {"huancui_clerk", "zhudao_clerk", "watchdog"} <= actors(people["watchdog"])
    hidden = {"mill_hr", "mill_party", "zhudao_party", "secadmin", "sysadmin", "archivist", "finance"}
    assert actors(people["watchdog"]).isdisjoint(hidden)


def _acted(user):
    return Operation.objects.filter(actor=user).exclude(office="").exists()


def test_another_place_of_the_same_name_is_another_place(people, town):
    """Two streets may be called alike; the text of an operation does not say which."""
    twin = Office.objects.filter(kind="street", path__startswith=town.gaoqu.path).exclude(pk=town.yiyuan.pk).first()
    with operation("test.arrange", actor=people["sysadmin"]) as done:
        done.change(Office, [twin.pk], name=town.zhudao.name, short_name=town.zhudao.short_name)
    stranger = User.objects.create_user("twin", "示例同名街道")
    appoint(stranger, "street", twin, actor=people["secadmin"])
    foreign, ours = act(stranger), act(people["zhudao_clerk"])
    assert foreign.office == ours.office
    assert set(own.acts_of(again(people["zhudao_clerk"]))) == {ours}
    assert set(own.acts_of(again(stranger))) == {foreign}


def test_what_somebody_did_elsewhere_before_stays_there(people, town):
    user = people["zhudao_clerk"]
    before = act(user)
    dismiss(user, "street", town.zhudao, actor=people["secadmin"], reason="示例：调离")
    appoint(user, "street", town.jingyuan, actor=people["secadmin"])
    after = act(user)
    successor = User.objects.create_user("successor", "示例接任")
    appoint(successor, "street", town.zhudao, actor=people["secadmin"])
    assert set(own.acts_of(again(successor))) == {before}
    assert set(own.acts_of(again(user))) == {after}
    assert {before, after} <= set(own.acts_of(again(people["huancui_clerk"])))


def test_an_office_that_was_renamed_keeps_its_acts(people, town):
    before = act(people["zhudao_clerk"])
    with operation("test.arrange", actor=people["sysadmin"]) as done:
        done.change(Office, [town.zhudao.pk], name="示例新名街道", short_name="示例新名街道")
    after = act(people["zhudao_clerk"])
    assert before.office != after.office
    assert set(own.acts_of(again(people["zhudao_clerk"]))) == {before, after}


def test_ones_own_acts_name_nobody_and_no_reason(client_of, scene, people):
    take(
        "return",
        [scene.people["安"].pk],
        actor=people["zhudao_clerk"],
        reason_code="wrong_address",
        reason="示例：安示例地址不符",
    )
    page = client_of("zhudao_clerk").get(OWN).content.decode()
    assert "退回" in page
    assert "安示例" not in page
    assert "已填写" in page
    assert SecurityEvent.objects.filter(kind="read_audit", actor=people["zhudao_clerk"]).exists()


def test_who_has_no_post_has_no_place_of_his_own(client_of):
    assert client_of("nobody").get(OWN).status_code == 403


def test_own_acts_are_filtered(client_of, scene):
    client = client_of("huancui_clerk")
    everything = client.get(OWN).context["list"].count
    one = client.get(OWN, {"account": "zhudao_clerk"}).context["list"].count
    assert 0 <= one < everything
    assert client.get(OWN, {"account": "mill_hr"}).context["list"].count == 0


# --- the access review


def sheet_of(answer):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    return rows


def test_the_review_has_a_line_for_every_post_and_every_account_without_one(client_of, people, town):
    appoint(people["zhudao_clerk"], "street", town.jingyuan, actor=people["secadmin"])
    User.objects.create_user("formula", "=1+1")
    rows = sheet_of(client_of("auditor").get(f"{ACCESS}workbook.xlsx"))
    heading = next(number for number, row in enumerate(rows) if row[0] == "序号")
    lines = {}
    for row in rows[heading + 1 :]:
        lines.setdefault(row[1], []).append(row)
    assert set(lines) == set(User.objects.values_list("username", flat=True))
    assert [row[3] for row in lines["zhudao_clerk"]] == [str(town.jingyuan), str(town.zhudao)]
    assert lines["zhudao_clerk"][0][7] == people["secadmin"].name
    assert lines["nobody"][0][3] is None
    assert lines["formula"][0][2] == "=1+1"
    assert rows[heading][-3:] == ["复核意见", "复核人", "复核日期"]
    assert all(row[-3:] == [None, None, None] for row in rows[heading + 1 :])


def test_text_that_looks_like_a_formula_stays_text(client_of):
    User.objects.create_user("formula", "=1+1")
    answer = client_of("secadmin").get(f"{ACCESS}workbook.xlsx", {"username": "formula"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cell = next(one for row in book.active.iter_rows() for one in row if one.value == "=1+1")
    assert cell.data_type == "s" or cell.quotePrefix


def test_the_review_leaves_an_event_with_the_number_of_lines(client_of, people):
    sheet_of(client_of("secadmin").get(f"{ACCESS}workbook.xlsx", {"position": "street"}))
    event = SecurityEvent.objects.get(kind="export", actor=people["secadmin"])
    assert event.field == "权限复核表 3 行"
    assert event.reason == "岗位：镇街经办"


def test_the_review_costs_the_same_for_any_number_of_accounts(people, town):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            list(access.lines_of(User.objects.order_by("username")))
        return len(captured)

    before = cost()
    for number in range(10):
        user = User.objects.create_user(f"many{number}", "示例众人")
        appoint(user, "street", town.zhudao, actor=people["secadmin"])
    assert cost() == before
