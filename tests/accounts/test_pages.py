"""Each page of this app × each kind of person → this answer. The table is policy; a test sees that it is complete."""

import re
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import urls
from accounts.models import Holiday, Office, OfficeAlias
from audit.models import Operation
from audit.operations import operation

PEOPLE = ("anonymous", "sysadmin", "secadmin", "auditor", "nobody", "mill_hr", "huancui_clerk")


def only(who, answer=200, refused=403):
    return {"anonymous": 302, **{name: answer if name == who else refused for name in PEOPLE[1:]}}


SYSTEM, SECURITY, AUDIT = only("sysadmin"), only("secadmin"), only("auditor")
FORM_ONLY = {"anonymous": 302, **dict.fromkeys(PEOPLE[1:], 405)}
GETS = {
    "accounts:switch_post": FORM_ONLY,
    "accounts:large_type": FORM_ONLY,
    "accounts:offices": SYSTEM,
    "accounts:office": SYSTEM,
    "accounts:add_office": SYSTEM,
    "accounts:change_office": SYSTEM,
    "accounts:relink_office": SYSTEM,
    "accounts:use_office": SYSTEM,
    "accounts:add_alias": FORM_ONLY,
    "accounts:remove_alias": FORM_ONLY,
    "accounts:enterprises": SYSTEM,
    "accounts:add_enterprise": SYSTEM,
    "accounts:enterprise": SYSTEM,
    "accounts:change_enterprise": SYSTEM,
    "accounts:use_enterprise": SYSTEM,
    "accounts:users": SECURITY,
    "accounts:add_user": SECURITY,
    "accounts:user": SECURITY,
    "accounts:use_user": SECURITY,
    "accounts:reset_password": SECURITY,
    "accounts:unlock": SECURITY,
    "accounts:appoint": SECURITY,
    "accounts:dismiss": SECURITY,
    "accounts:parameters": SYSTEM,
    "accounts:set_parameter": SYSTEM,
    "accounts:stages": SYSTEM,
    "accounts:set_stage": SYSTEM,
    "accounts:holidays": SYSTEM,
    "accounts:drop_holiday": SYSTEM,
    "oversight:audit": AUDIT,
    "oversight:audit_events": AUDIT,
    "oversight:audit_operation": AUDIT,
}
WHOLE = ("offices", "enterprises", "add_enterprise", "users", "add_user", "parameters", "stages", "holidays")
LOOKED_AT = {name for name, answers in GETS.items() if 200 in answers.values()}
FORMS = LOOKED_AT - {
    "accounts:offices",
    "accounts:office",
    "accounts:enterprises",
    "accounts:enterprise",
    "accounts:users",
    "accounts:user",
    "accounts:parameters",
    "accounts:stages",
    "oversight:audit",
    "oversight:audit_events",
    "oversight:audit_operation",
}


@pytest.fixture
def address(town, people):
    """The address of each page, with rows that are there."""
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        (alias,) = act.insert([OfficeAlias(office=town.zhudao, name="竹岛办事处")])
        (day,) = act.insert([Holiday(day="2026-03-09", working=False, note="示例")])
    user, office = [people["huancui_clerk"].pk], [town.zhudao.pk]
    rows = {
        "remove_alias": [town.zhudao.pk, alias.pk],
        "set_parameter": ["answer_days"],
        "set_stage": ["normal"],
        "drop_holiday": [day.pk],
        "dismiss": [*user, "district", "office", town.huancui.pk],
        "audit_operation": [act.operation.pk],
        **dict.fromkeys(("user", "use_user", "reset_password", "unlock", "appoint"), user),
        **dict.fromkeys(("office", "add_office", "change_office", "relink_office", "use_office", "add_alias"), office),
        **dict.fromkeys(("enterprise", "change_enterprise", "use_enterprise"), [town.mill.pk]),
    }
    return lambda name: reverse(name, args=rows.get(name.split(":")[1], []))


@pytest.fixture
def visitor(client_of):
    return lambda who: Client() if who == "anonymous" else client_of(who)


def test_the_table_names_every_page():
    # The younger pages stand in tests/url_table.py alone, with every other address.
    ours = {f"accounts:{one.name}" for one in urls.urlpatterns} - {"accounts:set_target", "accounts:user_email"}
    ours |= {"oversight:audit", "oversight:audit_events", "oversight:audit_operation"}
    assert set(GETS) == ours
    assert all(set(answers) == set(PEOPLE) for answers in GETS.values())


@pytest.mark.parametrize("name", GETS)
def test_each_person_gets_the_answer_of_the_table(visitor, address, name):
    url = address(name)
    assert {who: visitor(who).get(url).status_code for who in PEOPLE} == GETS[name]


@pytest.mark.parametrize("name", sorted({*FORMS, "accounts:add_alias", "accounts:remove_alias"}))
def test_a_form_sent_by_anybody_else_is_refused_and_does_nothing(visitor, address, name):
    url, before = address(name), Operation.objects.count()
    wanted = "secadmin" if GETS[name] == SECURITY else "sysadmin"
    for who in set(PEOPLE) - {wanted}:
        answer = visitor(who).post(url, {"key": uuid.uuid4(), "reason": "x", "name": "x", "wanted": "0"})
        assert answer.status_code == (302 if who == "anonymous" else 403)
    assert Operation.objects.count() == before


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_without_its_key_does_nothing(visitor, address, name):
    url, before = address(name), Operation.objects.count()
    data = {"reason": "x", "wanted": "0", "username": "newclerk", "name": "示例", "code": "N1", "level": "city"}
    answer = visitor("secadmin" if GETS[name] == SECURITY else "sysadmin").post(url, data)
    assert answer.status_code == 200
    assert Operation.objects.count() == before


OF_A_ROW = LOOKED_AT - {f"accounts:{name}" for name in WHOLE} - {"oversight:audit", "oversight:audit_events"}


@pytest.mark.parametrize("name", sorted(OF_A_ROW))
def test_what_is_not_there_is_404(visitor, address, name):
    url = address(name)
    there = re.search(r"[0-9a-f-]{36}|\d+/|answer_days|normal", url)[0]
    missing = {True: str(uuid.uuid4()), False: "999999999/"}["-" in there] if there != "answer_days" else "no_days"
    who = next(who for who, code in GETS[name].items() if code == 200)
    assert visitor(who).get(url.replace(there, missing, 1)).status_code == 404


@pytest.mark.parametrize("name", ["accounts:offices", "accounts:enterprises", "accounts:users"])
def test_a_list_costs_the_same_for_many_rows_as_for_few(visitor, address, people, town, name):
    client = visitor("secadmin" if GETS[name] == SECURITY else "sysadmin")
    few = _cost(client, address(name) + "?size=25")
    from accounts import people as accounts
    from accounts import places
    from accounts.services import appoint

    facts = {"short_name": "", "credit_code": "", "level": "city", "annuity": False, "parent": None}
    facts |= {"address": "", "phone": ""}
    for number in range(20):
        user, _ = accounts.create_user(f"clerk{number:02}", "示例", actor=people["secadmin"])
        appoint(user, "street", town.zhudao, actor=people["secadmin"])
        places.add_enterprise(code=f"N{number}", name=f"示例{number}厂", actor=people["sysadmin"], **facts)
    assert _cost(client, address(name) + "?size=25") == few


def _cost(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def key_on(page):
    return re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]


def test_an_office_is_added_once_however_often_the_form_is_sent(client_of, town):
    client = client_of("sysadmin")
    url = reverse("accounts:add_office", args=[town.gaoqu.pk])
    data = {
        "key": key_on(client.get(url)),
        "kind": "street",
        "name": "双岛街道",
        "since": "2026-01-01",
        "basis": "示例文",
    }
    first = client.post(url, data)
    second = client.post(url, data, follow=True)
    assert first.status_code == 302
    assert "已经办理过" in second.content.decode()
    assert Office.objects.filter(name="双岛街道").count() == 1
    page = client.get(first.url).content.decode()
    assert "新增单位：高区之下的双岛街道" in page


def test_a_refused_form_keeps_what_was_typed_and_shows_what_is_there(client_of, town, people):
    from accounts import places

    client = client_of("sysadmin")
    url = reverse("accounts:change_office", args=[town.zhudao.pk])
    page = client.get(url).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    given = {"short_name": "", "address": "", "phone": "", "note": "", "reason": "x"}
    places.change_office(town.zhudao, name="他人所改", actor=people["sysadmin"], **given)
    data = {"key": uuid.uuid4(), "version": version, "name": "我所填写", "reason": "更名"}
    refused = client.post(url, data).content.decode()
    assert "已由他人修改" in refused
    assert "他人所改" in refused
    assert 'value="我所填写"' in refused
    again = {**data, "version": re.search(r'name="version" value="(\d+)"', refused)[1]}
    assert client.post(url, again).status_code == 302
    assert Office.objects.get(pk=town.zhudao.pk).name == "我所填写"


def test_the_first_password_is_shown_once(client_of, client):
    secadmin = client_of("secadmin")
    url = reverse("accounts:add_user")
    data = {"key": key_on(secadmin.get(url)), "username": "newclerk", "name": "示例新人"}
    page = secadmin.post(url, data)
    password = re.search(r"<kbd>(\w{12})</kbd>", page.content.decode())[1]
    assert page["Cache-Control"] == "no-store"
    again = secadmin.post(url, data, follow=True).content.decode()
    assert password not in again
    assert "已经办理过" in again
    assert client.post("/login/", {"username": "newclerk", "password": password}).status_code == 302


@pytest.mark.parametrize("username", ["Ab", "ab", "1abc", "a b c", "张三", "a" * 41, "abc/../x"])
def test_a_wrong_account_name_is_refused(client_of, username):
    before = get_user_model().objects.count()
    data = {"key": uuid.uuid4(), "username": username, "name": "示例"}
    assert client_of("secadmin").post(reverse("accounts:add_user"), data).status_code == 200
    assert get_user_model().objects.count() == before


def test_a_place_that_was_not_found_cannot_be_appointed_to(client_of, town, people):
    url = reverse("accounts:appoint", args=[people["nobody"].pk])
    data = {"key": uuid.uuid4(), "q": "竹岛", "place": f"office-{town.huancui.pk}", "position": "district"}
    assert client_of("secadmin").post(url, data).status_code == 200
    assert people["nobody"].posts == []


def test_a_post_is_given_by_the_page(client_of, town, people):
    url = reverse("accounts:appoint", args=[people["nobody"].pk])
    data = {"key": uuid.uuid4(), "q": "竹岛", "place": f"office-{town.zhudao.pk}", "position": "street"}
    assert client_of("secadmin").post(url, data).status_code == 302
    assert [post.label for post in people["nobody"].posts] == ["竹岛街道 镇街经办"]


def test_the_page_does_not_let_the_administrator_appoint_himself(client_of, town, people):
    url = reverse("accounts:appoint", args=[people["secadmin"].pk])
    data = {"key": uuid.uuid4(), "q": "威海市", "place": f"office-{town.city.pk}", "position": "sasac"}
    assert "不能给自己任职" in client_of("secadmin").post(url, data).content.decode()


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("area=371000/HC/&kind=street", "竹岛街道", "怡园街道"),
        ("text=竹岛", "竹岛街道", "怡园街道"),
        ("text=竹岛办事处", "竹岛街道", "怡园街道"),
        ("text=371071004", "怡园街道", "竹岛街道"),
        ("active=0", "没有符合筛选条件", "竹岛街道"),
    ],
)
def test_offices_are_found(client_of, address, query, found, missing):
    page = client_of("sysadmin").get(address("accounts:offices") + "?" + query).content.decode()
    assert found in page
    assert f">{missing}<" not in page
