"""Correcting a person: only what was changed is written, nobody's change is overwritten, nothing secret is sent out."""

import pytest

from audit.models import Operation
from handover.correcting import correct
from handover.models import Case
from retirees.correcting import version_of
from retirees.models import Retiree
from tests.cast import id_number
from tests.handover.pages.reading import form_of, numbers_in, shown, url

pytestmark = pytest.mark.django_db


def send(client, pk, **changes):
    address = url("correct", pk)
    return client.post(address, {**form_of(client, address), **changes})


def current(pk):
    return Retiree.objects.get(pk=pk)


@pytest.mark.parametrize(
    ("who", "situation", "status"),
    [
        ("port_hr", "draft", 404),
        ("zhudao_clerk", "draft", 404),
        ("watchdog", "draft", 403),
        ("huancui_clerk", "assigned", 403),
        ("mill_hr", "assigned", 302),
        ("zhudao_clerk", "assigned", 302),
        ("mill_hr", "accepted", 302),
        ("mill_hr", "draft", 200),
        ("zhudao_clerk", "accepted", 200),
    ],
)
def test_who_may_correct_when(who, situation, status, case_in, client_of):
    assert client_of(who).get(url("correct", case_in(situation).pk)).status_code == status


def test_the_receiver_keeps_contact_and_care_data_alone(case_in, client_of):
    names = client_of("zhudao_clerk").get(url("correct", case_in("accepted").pk)).context["form"].names
    assert "phone" in names
    assert "health" in names
    assert not {"name", "id_number", "retired_on"}.intersection(names)


def test_party_facts_are_not_in_the_form_without_the_party_duty(case_in, client_of):
    answer = client_of("mill_hr").get(url("correct", case_in("draft", party_branch="示例支部").pk))
    assert "示例支部" not in shown(answer)
    assert not {"political_status", "party_branch"}.intersection(answer.context["form"].names)


def test_the_form_sends_no_sealed_value_out(case_in, client_of):
    answer = client_of("mill_hr").get(url("correct", case_in("draft", health="示例病情").pk))
    assert numbers_in(answer) == []
    assert "示例路1号" not in shown(answer)
    assert "示例病情" not in shown(answer)


def test_an_unchanged_form_changes_nothing_and_says_so(case_in, client_of):
    case = case_in("draft")
    before, client = version_of(case.retiree), client_of("mill_hr")
    answer = send(client, case.pk)
    assert answer.status_code == 302
    assert version_of(case.retiree) == before
    assert "没有更改任何内容" in shown(client.get(answer.url))


def test_a_change_is_written_with_its_reason_and_nothing_else(case_in, client_of):
    case = case_in("draft")
    before, phone = current(case.pk), case.retiree.phone
    answer = send(client_of("mill_hr"), case.pk, native_place="示例籍贯", reason="示例依据")
    assert answer.status_code == 302
    after = current(case.pk)
    assert after.native_place == "示例籍贯"
    assert after.phone == phone
    operation = Operation.objects.get(kind="retiree.correct")
    assert operation.outcome == {"fields": ["native_place"]}
    assert operation.reason == "示例依据"
    assert bytes(after.__dict__["id_number"]) == bytes(before.__dict__["id_number"])


def test_a_sealed_field_changes_when_something_is_written_and_empties_by_a_word(case_in, client_of):
    case, client = case_in("draft", contact_phone="13906310000"), client_of("mill_hr")
    send(client, case.pk, phone="１３９ ０６３１ ２２２２")
    assert current(case.pk).phone == "13906312222"
    assert current(case.pk).contact_phone == "13906310000"
    send(client, case.pk, contact_phone="无")
    assert current(case.pk).contact_phone == ""


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("id_number", id_number(7)[:17] + "0", "校验位不对"),
        ("id_number", "12345", "应为 18 位"),
        ("id_number", "无", "没有填写"),
        ("name", "安示例1", "含有数字"),
        ("name", "", "没有填写姓名"),
        ("phone", id_number(7), "像是身份证号"),
        ("born_on", "1962-03-09", "与身份证号第 7 至 14 位不一致：日不同"),
        ("born_on", "1962-02-30", "不是有效日期"),
        ("worked_since", "2999-01-01", "在今天之后"),
        ("out_of_pool_monthly", "-1", ""),
    ],
)
def test_what_a_roster_would_refuse_is_refused_and_stays_in_the_form(field, value, words, case_in, client_of):
    case = case_in("draft")
    before = version_of(case.retiree)
    answer = send(client_of("mill_hr"), case.pk, **{field: value})
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert words in shown(answer)
    assert answer.context["form"][field].value() == value
    assert version_of(case.retiree) == before


def test_sex_must_be_what_the_number_says(case_in, client_of):
    case = case_in("draft")
    other = "2" if case.retiree.sex == "1" else "1"
    assert "身份证号第 17 位" in shown(send(client_of("mill_hr"), case.pk, sex=other))


def test_a_doubtful_telephone_number_is_taken_with_a_warning(case_in, client_of):
    case, client = case_in("draft"), client_of("mill_hr")
    answer = send(client, case.pk, phone="1390631")
    assert current(case.pk).phone == "1390631"
    assert "只有 7 位" in shown(client.get(answer.url))


def test_the_number_of_a_colleague_is_refused(case_in, client_of):
    case, _, other = (case_in("draft", name) for name in ("安示例", "白示例", "崔示例"))
    answer = send(client_of("mill_hr"), case.pk, id_number=other.retiree.id_number)
    assert "已有这个身份证号" in shown(answer)


def test_the_receiver_says_on_what_ground(case_in, client_of):
    case, client = case_in("accepted"), client_of("zhudao_clerk")
    assert "没有填写更正依据" in shown(send(client, case.pk, contact_name="示例亲属"))
    assert send(client, case.pk, contact_name="示例亲属", reason="示例依据").status_code == 302
    assert current(case.pk).contact_name == "示例亲属"


def opened_twice(case, people, client, theirs, **mine):
    """The user opened the form; then a colleague corrected `theirs`; then the user sends his."""
    address = url("correct", case.pk)
    form = {**form_of(client, address), **mine}
    correct(case, theirs, version=version_of(case.retiree), actor=people["group"])
    return client.post(address, form)


def test_a_stale_form_shows_both_versions_and_keeps_what_was_typed(case_in, people, client_of):
    case, client = case_in("draft"), client_of("mill_hr")
    answer = opened_twice(
        case,
        people,
        client,
        {"native_place": "他人所填", "title": "他人职称"},
        native_place="本人所填",
        post="本人岗位",
    )
    assert answer.status_code == 409
    assert current(case.pk).native_place == "他人所填"
    lines = {line.label: line for line in answer.context["differences"]}
    assert (lines["籍贯"].before, lines["籍贯"].after, lines["籍贯"].changed) == ("他人所填", "本人所填", True)
    assert (lines["职称（技能等级）"].after, lines["职称（技能等级）"].changed) == ("未改", False)
    form = answer.context["form"]
    assert form["native_place"].value() == "本人所填"
    assert form["post"].value() == "本人岗位"
    # What the colleague changed and the user did not is the colleague's.
    assert form["title"].value() == "他人职称"


def test_sent_again_a_stale_form_overwrites_only_what_the_user_changed(case_in, people, client_of):
    case, client = case_in("draft"), client_of("mill_hr")
    theirs = {"native_place": "他人所填", "title": "他人职称"}
    answer = opened_twice(case, people, client, theirs, native_place="本人所填", phone="13906312222")
    form = answer.context["form"]
    again = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    assert client.post(url("correct", case.pk), again).status_code == 302
    after = current(case.pk)
    assert (after.native_place, after.title, after.phone) == ("本人所填", "他人职称", "13906312222")


def test_the_word_that_empties_a_field_stays_in_a_stale_form(case_in, people, client_of):
    case, client = case_in("draft"), client_of("mill_hr")
    answer = opened_twice(case, people, client, {"native_place": "他人所填"}, phone="无")
    assert answer.context["form"]["phone"].value() == "无"


def test_a_form_of_an_unknown_version_writes_nothing(case_in, client_of):
    case, client = case_in("draft"), client_of("mill_hr")
    for version in ("", "0", "abc", str(version_of(case_in("draft", "白示例").retiree))):
        assert send(client, case.pk, version=version, native_place="示例籍贯").status_code == 302
    assert current(case.pk).native_place == ""


def test_the_same_key_corrects_once(case_in, client_of):
    case, client = case_in("draft"), client_of("mill_hr")
    form = {**form_of(client, url("correct", case.pk)), "native_place": "示例籍贯"}
    for _ in range(2):
        assert client.post(url("correct", case.pk), form).status_code == 302
    assert Operation.objects.filter(kind="retiree.correct").count() == 1


def test_special_groups_in_another_order_are_no_change(case_in, client_of):
    case = case_in("draft", special_groups=["veteran", "alone"])
    before = version_of(case.retiree)
    send(client_of("mill_hr"), case.pk, special_groups=["alone", "veteran"])
    assert version_of(case.retiree) == before
    send(client_of("mill_hr"), case.pk, special_groups=["alone", "veteran", "disabled"])
    assert current(case.pk).special_groups == ["alone", "disabled", "veteran"]


def test_a_corrected_number_moves_the_index_of_the_case(case_in, client_of):
    case = case_in("draft")
    number = id_number(77, born_on=case.retiree.born_on)
    assert send(client_of("mill_hr"), case.pk, id_number=number).status_code == 302
    after = Case.objects.get(pk=case.pk)
    assert after.id_index == after.retiree.id_index != case.id_index
