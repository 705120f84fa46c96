"""From a plan to two signatures; what is refused on the way, and what is frozen at its end."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.operations import operation
from handover.agreements import coverage, plan
from handover.agreements.papers import PAPERS
from handover.models import Agreement, AgreementPaper, AgreementPerson
from handover.models.agreement_papers import ANNEXES
from handover.models.agreement_papers import AgreementPaperKind as Kind
from handover.services import agreements, take
from handover.states.agreements import MACHINE, State
from tests import agreements as arranged
from tests.agreements import STOCK, lead
from tracks import papers
from weihai_transfer.lib.refusals import Refused


@pytest.fixture
def made(town, people):
    return arranged.begin(town.mill, town.huancui, people["group"])


@pytest.fixture
def stock(town, people, make_person):
    """stock(name) → somebody of the mill's stock who waits at 竹岛街道."""

    def make(name="安示例", enterprise=None, **facts):
        one = make_person(enterprise or town.mill, name, **{**STOCK, "political_status": "01", **facts})
        take("submit", [one.pk], actor=people["mill_hr"], targets=town.huancui)
        take("assign", [one.pk], actor=people["huancui_clerk"], targets=town.zhudao)
        return one

    return make


def test_nobody_but_the_group_begins_an_agreement(town, people):
    for who in ("mill_hr", "huancui_clerk", "watchdog", "port_hr"):
        with pytest.raises(PermissionDenied):
            agreements.draft(town.mill, town.huancui, actor=people[who])
    assert not Agreement.objects.exists()


def test_a_subsidiary_has_no_agreement_of_its_own(town, people):
    with pytest.raises(Refused, match="最高一级企业"):
        agreements.draft(town.dyeworks, town.huancui, actor=people["group"])


def test_a_street_is_no_party(town, people):
    with pytest.raises(Refused, match="不是在用的区市"):
        agreements.draft(town.mill, town.zhudao, actor=people["group"])


def test_two_agreements_in_the_making_are_refused_by_name(made, town, people):
    with pytest.raises(Refused, match=made.number):
        agreements.draft(town.mill, town.huancui, actor=people["group"])
    assert agreements.draft(town.mill, town.gaoqu, actor=people["group"]).version == 1


def test_the_database_itself_knows_one_agreement_in_the_making(made, people):
    twin = Agreement(number="示例-2", version=2, enterprise=made.enterprise, area=made.area)
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test.arrange", actor=people["group"]) as act:
        act.insert([twin])


def test_a_plan_without_people_timetable_or_contingency_is_not_laid_before_the_area(town, people):
    made = agreements.draft(town.mill, town.huancui, actor=people["group"])
    refused = agreements.take("propose", [made.pk], actor=people["group"]).refused[made.pk]
    assert all(word in refused for word in ("移交人数", "进度安排", "应急预案"))
    assert Agreement.objects.get(pk=made.pk).office is None


def test_the_area_sees_the_agreement_from_the_proposal_on(made, people):
    seen = Agreement.objects.visible_to(people["huancui_clerk"])
    assert not seen.exists()
    lead(made, "proposed")
    assert seen.exists()
    arranged.take(made, "withdraw", people["group"], reason="示例：数字有误")
    assert not seen.exists()


def test_nobody_answers_his_own_proposal(made, people):
    lead(made, "proposed")
    assert agreements.take("agree", [made.pk], actor=people["group"]).forbidden == [made.pk]
    assert agreements.take("agree", [made.pk], actor=people["gaoqu_clerk"]).refused[made.pk].startswith("查找不到")
    assert agreements.take("agree", [made.pk], actor=people["huancui_clerk"]).moved == [made.pk]


def test_a_comment_says_what_and_opens_the_plan_again(made, people):
    lead(made, "proposed")
    with pytest.raises(Refused):
        agreements.take("comment", [made.pk], actor=people["huancui_clerk"])
    with pytest.raises(Refused, match="不能修改方案"):
        arranged.plan(made, people["group"], people=7)
    arranged.take(made, "comment", people["huancui_clerk"], reason="示例意见")
    arranged.plan(made, people["group"], people=7)
    arranged.take(made, "propose", people["group"])
    rounds = list(made.rounds.all())
    assert [(one.number, one.side, one.step, one.text) for one in rounds] == [
        (1, "enterprise", "propose", ""),
        (2, "area", "comment", "示例意见"),
        (3, "enterprise", "propose", ""),
    ]
    assert ("移交人数", "1", "7") in plan.changes(rounds[1].plan, rounds[2].plan)


def test_a_plan_that_somebody_changed_meanwhile_is_not_overwritten(made, people):
    seen = plan.version_of(Agreement.objects.get(pk=made.pk))
    arranged.plan(made, people["group"], people=9)
    with pytest.raises(Refused, match="他人改动过"):
        agreements.write_plan(made, {"people": 3}, seen=seen, actor=people["group"])
    assert Agreement.objects.get(pk=made.pk).people == 9


def test_only_the_group_writes_the_plan(made, people):
    lead(made, "commented")
    for who in ("huancui_clerk", "watchdog", "mill_hr"):
        with pytest.raises(PermissionDenied):
            arranged.plan(made, people[who], people=5)


def test_the_plan_is_filled_from_the_data(made, stock, make_person, town, people):
    stock("安示例", dossier_volumes=2)
    stock("白示例", political_status="13", dossier_volumes=3)
    stock("崔示例", enterprise=town.dyeworks)
    make_person(town.mill, "丁示例", **STOCK)
    agreements.fill(made, actor=people["group"])
    made.refresh_from_db()
    assert (made.people, made.members, made.dossiers, made.dossier_volumes) == (3, 2, 3, 5)
    assert coverage.not_submitted(made).count() == 1
    stock("于示例")
    differing = [line.label for line in plan.lines(made) if line.differs]
    assert differing == ["移交人数", "其中党员", "人事档案（份）"]


# --- signing


def test_a_signature_without_its_scan_is_refused(made, people):
    lead(made, "agreed")
    values = {"signed_on": timezone.localdate(), "signer": "示例", "signer_title": "示例"}
    refused = agreements.take("enterprise_signs", [made.pk], actor=people["group"], values=values).refused
    assert "没有上传企业方盖章" in refused[made.pk]


def test_a_scan_from_before_the_last_agreement_does_not_count(made, people):
    lead(made, "signed_by_enterprise")
    arranged.take(made, "enterprise_unsigns", people["group"], reason="示例：文本有误")
    arranged.take(made, "reopen", people["huancui_clerk"], reason="示例：重新商量")
    arranged.take(made, "propose", people["group"])
    arranged.take(made, "agree", people["huancui_clerk"])
    values = {"signed_on": timezone.localdate(), "signer": "示例", "signer_title": "示例"}
    assert agreements.take("enterprise_signs", [made.pk], actor=people["group"], values=values).refused
    made.refresh_from_db()
    assert (made.enterprise_signed_on, made.enterprise_signer) == (None, "")


@pytest.mark.parametrize(
    ("missing", "word"),
    [({"signed_on": None}, "签订日期"), ({"signer": " "}, "签字人"), ({"signer_title": ""}, "签字人")],
)
def test_a_signature_says_when_and_by_whom(made, people, missing, word):
    lead(made, "agreed")
    values = {"signed_on": timezone.localdate(), "signer": "示例", "signer_title": "示例", **missing}
    with pytest.raises(Refused, match=word):
        agreements.take("enterprise_signs", [made.pk], actor=people["group"], values=values)


def test_nobody_signs_for_tomorrow(made, people):
    lead(made, "agreed")
    tomorrow = timezone.localdate() + timedelta(days=1)
    values = {"signed_on": tomorrow, "signer": "示例", "signer_title": "示例"}
    with pytest.raises(Refused, match="不能晚于今天"):
        agreements.take("enterprise_signs", [made.pk], actor=people["group"], values=values)


def test_a_sealed_copy_cannot_be_brought_before_the_text_is_agreed(made, people):
    lead(made, "proposed")
    with pytest.raises(Refused, match="尚未商定"):
        papers.bring(PAPERS, Kind.SIGNED_ENTERPRISE, made, arranged.scan(), actor=people["group"])


def test_with_the_second_signature_people_and_annexes_are_frozen(made, stock, make_person, town, people):
    first = stock("安示例")
    stock("白示例", enterprise=town.dyeworks, political_status="13")
    late = make_person(town.mill, "丁示例", **STOCK)
    flow = make_person(town.mill, "于示例")
    take("submit", [flow.pk], actor=people["mill_hr"], targets=town.huancui)
    lead(made, "signed_by_enterprise")
    assert not AgreementPerson.objects.exists()
    arranged.sign(made, "area_countersigns", people["huancui_clerk"])
    covered = set(AgreementPerson.objects.filter(agreement=made).values_list("retiree", flat=True))
    assert len(covered) == 2
    assert first.pk in covered
    assert not {late.pk, flow.pk} & covered
    frozen = {one.kind: one for one in AgreementPaper.objects.filter(agreement=made, kind__in=ANNEXES)}
    assert set(frozen) == set(ANNEXES)
    for one in frozen.values():
        assert hashlib.sha256(papers.read(one)).hexdigest() == one.sha256


def test_the_same_rosters_are_the_same_bytes(made, stock, town, people):
    from handover.services import annexes

    stock("安示例")
    lead(made, "signed")
    before = dict(AgreementPaper.objects.filter(kind__in=ANNEXES).values_list("kind", "sha256"))
    with operation("test.arrange", actor=people["group"]) as act:
        annexes.freeze(act, Agreement.objects.select_related("enterprise", "area").get(pk=made.pk), [])
    again = dict(AgreementPaper.objects.filter(kind__in=ANNEXES).order_by("made_at").values_list("kind", "sha256"))
    assert again == before


def test_a_signature_that_is_undone_leaves_no_file(made, stock, people, settings, monkeypatch):
    from handover.services import annexes

    stock("安示例")
    lead(made, "signed_by_enterprise")
    papers.bring(PAPERS, Kind.SIGNED_AREA, made, arranged.scan("接收方"), actor=people["huancui_clerk"])
    before = set(settings.UPLOADS.rglob("*.sealed"))

    def spoilt(agreement):
        raise RuntimeError("示例：磁盘已满")
        yield

    monkeypatch.setattr(annexes, "_members", spoilt)
    values = {"signed_on": timezone.localdate(), "signer": "示例", "signer_title": "示例"}
    with pytest.raises(RuntimeError):
        agreements.take("area_countersigns", [made.pk], actor=people["huancui_clerk"], values=values)
    assert set(settings.UPLOADS.rglob("*.sealed")) == before
    assert Agreement.objects.get(pk=made.pk).state == "signed_by_enterprise"
    assert not AgreementPerson.objects.exists()


# --- versions and the end


def test_a_new_version_leaves_the_old_one_in_force_until_it_is_signed(made, stock, town, people):
    first = stock("安示例")
    lead(made, "signed")
    second = stock("白示例")
    assert set(coverage.lacking([first.pk, second.pk])) == {second.pk}
    new = agreements.amend(made, actor=people["group"])
    assert (new.version, new.amends, new.people, new.contingency) == (2, made, 2, made.contingency)
    with pytest.raises(Refused, match=new.number):
        agreements.amend(made, actor=people["group"])
    lead(new, "signed_by_enterprise")
    assert Agreement.objects.get(pk=made.pk).state == State.SIGNED
    assert set(coverage.lacking([first.pk, second.pk])) == {second.pk}
    arranged.sign(new, "area_countersigns", people["huancui_clerk"])
    assert Agreement.objects.get(pk=made.pk).state == State.SUPERSEDED
    assert coverage.lacking([first.pk, second.pk]) == {}


def test_only_a_signed_agreement_is_amended(made, people):
    with pytest.raises(Refused, match="不能修订"):
        agreements.amend(made, actor=people["group"])


def test_an_ended_negotiation_may_begin_anew(made, town, people):
    lead(made, "ended")
    assert agreements.draft(town.mill, town.huancui, actor=people["group"]).version == 2


def test_a_signed_agreement_is_ended_by_the_city_office_with_a_reason(made, stock, people):
    one = stock("安示例")
    lead(made, "signed")
    given = {"reason_code": "enterprise_gone", "reason": "示例：企业注销"}
    assert agreements.take("terminate", [made.pk], actor=people["group"], **given).forbidden
    assert agreements.take("terminate", [made.pk], actor=people["watchdog"], **given).moved
    assert set(coverage.lacking([one.pk])) == {one.pk}


def test_nobody_takes_the_step_that_follows_by_itself(made, people):
    lead(made, "signed")
    for one in people.values():
        assert not agreements.take("supersede", [made.pk], actor=one).moved
    assert MACHINE["supersede"].duties == ()


# --- papers


@pytest.mark.parametrize("kind", [Kind.AGREEMENT, Kind.ROSTER])
def test_the_papers_are_made_from_their_templates(made, stock, people, kind):
    stock("安示例")
    arranged.plan(made, people["group"], people=1, assets_value="12345.60")
    lead(made, "agreed")
    outcome = papers.make(PAPERS, kind, [made.pk], actor=people["huancui_clerk"])
    paper = AgreementPaper.objects.get(pk=outcome.papers[0])
    year = timezone.localdate().year
    assert paper.number == (made.number if kind == Kind.AGREEMENT else f"{year}-DEMO01-册0001")
    assert papers.render([paper])[:2] == b"PK"
    # Printed again with another content it is still the same agreement.
    arranged.sign(made, "enterprise_signs", people["group"])
    arranged.sign(made, "area_countersigns", people["huancui_clerk"])
    again = papers.make(PAPERS, kind, [made.pk], actor=people["group"])
    assert AgreementPaper.objects.get(pk=again.papers[0]).number == paper.number


def test_an_ended_agreement_makes_no_papers(made, people):
    lead(made, "ended")
    assert "已终止" in papers.make(PAPERS, Kind.AGREEMENT, [made.pk], actor=people["group"]).refused[made.pk]


def test_party_data_is_in_the_roster_of_members_alone(made, stock, people):
    stock("安示例", party_branch="示例安字党支部")
    lead(made, "signed")
    seen = {
        who: set(AgreementPaper.objects.visible_to(people[who]).values_list("kind", flat=True))
        for who in ("group", "huancui_clerk", "watchdog", "mill_party", "zhudao_party", "port_hr")
    }
    assert seen["mill_party"] == {Kind.ANNEX_MEMBERS}
    assert seen["zhudao_party"] == seen["port_hr"] == set()
    for who in ("group", "huancui_clerk", "watchdog"):
        assert Kind.ANNEX_MEMBERS not in seen[who]
        assert {Kind.ANNEX_PEOPLE, Kind.ANNEX_DOSSIERS, Kind.ANNEX_ASSETS} <= seen[who]
