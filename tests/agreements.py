"""Agreements for tests, brought to each situation by the people who would do it."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from handover.agreements.papers import PAPERS
from handover.models import Agreement
from handover.models.agreement_papers import AgreementPaperKind as Kind
from handover.services import agreements
from tests.cast import find_people
from tracks import papers

PLAN = {
    "timetable": [{"until": "2026-12-31", "work": "示例核对人员名册", "side": "both"}],
    "contingency": "示例预案：联系不上的人员由移交企业继续查找。",
}
SIGNERS = {"enterprise": ("group", Kind.SIGNED_ENTERPRISE), "area": ("huancui_clerk", Kind.SIGNED_AREA)}
# situation: (the one before, step)
WAY = {
    "draft": None,
    "proposed": ("draft", "propose"),
    "commented": ("proposed", "comment"),
    "agreed": ("proposed", "agree"),
    "signed_by_enterprise": ("agreed", "enterprise_signs"),
    "signed_by_area": ("agreed", "area_signs"),
    "signed": ("signed_by_enterprise", "area_countersigns"),
    "ended": ("draft", "end"),
}
OF_AREA = ("comment", "agree", "area_signs", "area_countersigns")
WORDS = {"comment": "示例意见：请补充档案移交时间", "end": "示例：暂不办理"}


def scan(words="示例"):
    return SimpleUploadedFile(f"示例协议{words}.pdf", f"%PDF-1.4 {words} %%EOF".encode())


def plan(agreement, actor, **changes):
    from handover.agreements import plan as plans

    agreement = Agreement.objects.get(pk=agreement.pk)
    return agreements.write_plan(agreement, {**PLAN, **changes}, seen=plans.version_of(agreement), actor=actor)


def begin(enterprise, area, actor):
    made = agreements.draft(enterprise, area, actor=actor)
    # There may be nobody of the stock yet, and a plan says how many there will be.
    plan(made, actor, people=made.people or 1)
    return made


def take(agreement, step, actor, **given):
    outcome = agreements.take(step, [agreement.pk], actor=actor, **given)
    assert outcome.moved == [agreement.pk], outcome.refused


def sign(agreement, step, actor, day=None):
    side = "enterprise" if step.startswith("enterprise") else "area"
    papers.bring(PAPERS, SIGNERS[side][1], agreement, scan(f"{side}{agreement.pk}"), actor=actor)
    values = {"signed_on": day or timezone.localdate(), "signer": "示例签字人", "signer_title": "示例职务"}
    take(agreement, step, actor, values=values)


def lead(agreement, situation, group=None, clerk=None):
    """From a draft to a situation; by the group's and the area's own people."""
    people = find_people()
    group, clerk = group or people["group"], clerk or people["huancui_clerk"]
    if WAY[situation] is None:
        return agreement
    before, step = WAY[situation]
    lead(agreement, before, group, clerk)
    actor = clerk if step in OF_AREA else group
    if "sign" in step:
        sign(agreement, step, actor)
    else:
        take(agreement, step, actor, reason=WORDS.get(step, ""))
    agreement.refresh_from_db()
    return agreement


def asset(**changes):
    """The columns of one asset, as a read sheet gives them."""
    return {
        "name": "示例活动中心",
        "category": "building",
        "address": "威海市环翠区示例路 9 号",
        "floor_area": "320.50",
        "quantity": 1,
        "original_value": "1200000.00",
        "net_value": "800000.00",
        "title_number": "示例房权证 001 号",
        "use": "活动室",
        "receiver": "竹岛街道",
        "approval_number": "示例批〔2026〕1 号",
        "handed_over_on": None,
        "remark": "",
        **changes,
    }


STOCK = {"retired_on": date(2018, 5, 31)}
