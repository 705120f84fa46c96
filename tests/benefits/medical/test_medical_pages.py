"""The pages of medical insurance: who sees what, bulk steps, tiles, the person's page, the workbook."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.operations import operation
from benefits.models import MedicalPaper, MedicalTransfer
from handover.models import Case
from handover.services import take as take_case
from oversight.workbench import tiles
from tests.benefits.medical.conftest import scan
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id

pytestmark = pytest.mark.django_db
LIST = "/medical/"


def page_of(row):
    return reverse("benefits:transfer", args=[row.pk])


def step_of(row, name):
    return reverse("benefits:medical_step", args=[row.pk, name])


def test_the_medical_bureau_sees_this_track_and_nothing_else(transfer_in, client_of, people):
    row = transfer_in("proposed")
    client = client_of("medical")
    text = client.get(page_of(row)).content.decode()
    assert "安示例" in text
    assert row.retiree.masked_id in text
    assert "3,600.00 元（一次性）" in text
    assert not any(word in text for word in ("性别、年龄", "接收镇街", row.retiree.id_number))
    assert client.get(LIST).context["list"].count == 1
    for address in (f"/people/{row.pk}/", f"/dossiers/{row.pk}/", f"/memberships/{row.pk}/"):
        assert client.get(address).status_code == 404
    assert client.get("/dossiers/").status_code == 403
    assert not Case.objects.visible_to(people["medical"]).exists()
    assert client.get(step_of(row, "agree")).status_code == 403


def test_a_street_reads_the_label_and_no_more(transfer_in, client_of, people, town):
    row = transfer_in("proposed")
    take_case("assign", [row.pk], actor=people["huancui_clerk"], targets=town.zhudao)
    client = client_of("zhudao_clerk")
    text = client.get(f"/people/{row.pk}/").content.decode()
    assert "医保衔接" in text
    assert "已提出（待区市答复）" in text
    assert not any(word in text for word in ("3,600.00", "医保衔接详情", "提出医保衔接方案"))
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(row)).status_code == 404


def test_the_person_page_shows_the_track_and_its_story_to_the_enterprise(transfer_in, client_of):
    row = transfer_in("agreed")
    text = client_of("mill_hr").get(f"/people/{row.pk}/").content.decode()
    for words in (
        "医保衔接详情",
        "向环翠区提出医保衔接方案。",
        "同意医保衔接方案。",
        "移交缴费年限证明、参保凭证等材料",
    ):
        assert words in text


def test_who_lives_in_the_city_is_offered_one_way_and_who_does_not_the_other(transfer_in, client_of):
    client = client_of("mill_hr")
    inside = client.get(page_of(transfer_in())).content.decode()
    assert "提出衔接方案" in inside
    assert "登记市外衔接" not in inside.split("办理记录")[0]


def test_it_goes_its_way_in_the_browser(transfer_in, client_of, town):
    row, hr, area = transfer_in(), client_of("mill_hr"), client_of("huancui_clerk")
    today = clock.today().isoformat()

    def step(client, name, **values):
        return client.post(step_of(row, name), {"key": new_id(), **values}, follow=True).content.decode()

    plan = {"scheme": "industry", "amount": "120.50", "amount_kind": "yearly", "payer": "enterprise"}
    assert "这个字段是必填项" in step(hr, "propose", **plan) or row.state == "to_settle"
    step(hr, "propose", **plan, bureau=town.medical_bureau.pk)
    step(area, "agree", agreed_on=today)
    text = step(hr, "hand", handed_on=today)
    assert "没有勾选移交的材料" in text
    step(hr, "hand", handed_on=today, contribution_proof="on", insurance_proof="on")
    text = step(area, "take_over", taken_over_on=today, insured_place="威海市环翠区")
    assert "120.50 元（每年）" in text
    row.refresh_from_db()
    assert (row.state, row.insured_place) == ("done", "威海市环翠区")
    assert client_of("gaoqu_clerk").get(page_of(row)).status_code == 404
    assert hr.get(step_of(row, "end_by_death")).status_code == 404


def test_an_impossible_step_is_shown_with_its_reason(make_person, town, client_of):
    person = make_person(town.mill, "安示例", medical_local=False)
    text = client_of("mill_hr").get(page_of(person)).content.decode()
    assert "请先上报人员" in text
    assert "disabled" in text


def test_many_are_proposed_from_the_list(transfer_in, client_of, town):
    rows = [transfer_in(name=f"第{number}示例") for number in range(1, 4)]
    done = transfer_in("done", "毕示例")
    client = client_of("mill_hr")
    given = {"all_matching": "1", "seen": "4", "step": "propose", "key": new_id()}
    plan = {"scheme": "own", "amount": "0", "amount_kind": "once", "payer": "enterprise"}
    preview = client.post("/medical/bulk/", given).content.decode()
    assert "当前状态为“已衔接”" in preview
    given |= {"confirm": "1", **plan, "bureau": town.medical_bureau.pk}
    client.post("/medical/bulk/", given)
    assert MedicalTransfer.objects.filter(state="proposed").count() == len(rows)
    assert MedicalTransfer.objects.get(pk=done.pk).state == "done"
    assert client.post("/medical/bulk/", {**given, "step": "undo"}).status_code == 400
    assert client_of("medical").post("/medical/bulk/", {**given, "key": new_id()}).status_code == 403


def test_every_tile_counts_its_list(transfer_in, client_of, people):
    rows = [transfer_in(state, f"第{at}示例") for at, state in enumerate(("to_settle", "agreed", "proposed", "done"))]
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(MedicalTransfer, [rows[1].pk, rows[3].pk], opened_on=clock.today() - timedelta(days=100))
    expected = {
        "mill_hr": {"医保衔接，待协商、交材料": (2, 1)},
        "huancui_clerk": {"医保衔接，待答复、接续": (1, 0)},
        "watchdog": {"医保市外衔接，待确认": (0, 0), "医保衔接逾期": (1, 1)},
        "medical": {"医保衔接逾期": (1, 1), "医保衔接在办": (3, 1)},
    }
    for who, wanted in expected.items():
        mine = {tile.label: tile for tile in tiles(people[who]) if tile.label.startswith("医保")}
        assert {label: (tile.count, tile.late) for label, tile in mine.items()} == wanted
        for tile in mine.values():
            assert client_of(who).get(tile.url).context["list"].count == tile.count


def test_a_late_one_is_red_with_its_days(transfer_in, client_of, people):
    row = transfer_in()
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(MedicalTransfer, [row.pk], opened_on=clock.today() - timedelta(days=67))
    assert "逾期 7 天" in client_of("mill_hr").get(LIST).content.decode()


def test_filters_narrow_the_list(transfer_in, client_of, town):
    transfer_in("proposed")
    transfer_in("to_settle", "白示例")
    client = client_of("watchdog")
    for query, count in (
        ({"state": "proposed"}, 1),
        ({"scheme": "own"}, 1),
        ({"office": town.huancui.pk}, 1),
        ({"bureau": town.medical_bureau.pk}, 1),
        ({"enterprise": town.mill.pk}, 2),
        ({"overdue": "1"}, 0),
    ):
        assert client.get(LIST, query).context["list"].count == count, query


def test_each_side_brings_its_own_confirmation(transfer_in, client_of):
    row = transfer_in("handed")
    leaving, arriving = (reverse("benefits:medical_make", args=[row.pk, kind]) for kind in ("leaving", "arriving"))
    hr, area = client_of("mill_hr"), client_of("huancui_clerk")
    assert hr.get(arriving).status_code == 403
    assert area.get(leaving).status_code == 403
    assert client_of("medical").get(leaving).status_code == 403
    hr.post(leaving, {"key": new_id(), "file": scan("示例转出.pdf")})
    area.post(arriving, {"key": new_id(), "file": scan("示例接续.pdf")})
    assert set(MedicalPaper.objects.values_list("kind", flat=True)) == {"leaving", "arriving"}
    text = client_of("medical").get(page_of(row)).content.decode()
    assert "示例转出.pdf" in text
    assert "上传医保关系转出确认" in text


def test_supplementary_cover_stands_on_the_persons_page_for_enterprise_and_city(
    transfer_in, client_of, cover, people, town
):
    row = transfer_in()
    take_case("assign", [row.pk], actor=people["huancui_clerk"], targets=town.zhudao)
    cover(row.retiree)
    for who in ("mill_hr", "watchdog"):
        text = client_of(who).get(f"/people/{row.pk}/").content.decode()
        assert "仍按原渠道解决，确保待遇水平不降低（二(五)）。" in text
        assert "每人每年 1,200.00 元，报销比例 80%" in text
    for who in ("zhudao_clerk", "huancui_clerk"):
        assert "示例补充医疗" not in client_of(who).get(f"/people/{row.pk}/").content.decode()
