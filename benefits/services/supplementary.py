"""Supplementary medical insurance and mutual aid: recorded as they are, staying with their channel, never falling.

二(五): “原享受的补充医疗保险、医疗互助帮困等相关待遇仍按原渠道解决，确保待遇水平不降低”. A level that is lower than the one before it
in any measure is refused unless somebody decided it, with a number, a day and the paper itself.
"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet

from accounts.duties import Duty
from accounts.scope import reach_of
from audit.operations import operation
from benefits.models import SupplementaryLevel, SupplementaryPaper, SupplementaryPlan
from tracks import papers
from tracks.advancing import lock_rows
from weihai_transfer.lib import clock, scans
from weihai_transfer.lib.refusals import Refused

MEASURES = ("amount", "percent")
DECISION = ("decided_by", "decision_number", "decided_on")
NOT_YOURS = "您不能为所选企业登记补充医疗和互助。请选择本企业。"
TWICE = "本企业已登记过同名的{kind}，没有重复登记。请在原有项目中登记待遇水平，或使用不同的名称。"
NO_LEVEL = "没有填写待遇水平，没有登记。每人每年金额和报销比例至少填写一项。"
OUT_OF_RANGE = "待遇水平须大于零，报销比例不超过 100%，没有登记。请核对依据文件。"
NOT_LATER = "起始日期应晚于上一次登记的 {since}，没有登记。待遇水平按时间先后登记。"
BEFORE_PLAN = "起始日期早于实行日期 {since}，没有登记。请核对。"
FALLS = (
    "{measures}低于 {since} 起的待遇水平（{words}），没有登记。补充医疗保险、医疗互助帮困等待遇仍按原渠道解决，"
    "“确保待遇水平不降低”（二(五)）。确经有关单位决定调整的，请填写决定单位、文号和日期，并上传决定文件。"
)
HALF_DECISION = "决定单位、文号、日期须一并填写并上传决定文件，没有登记。请补齐，或全部不填。"
NOT_YET = "决定日期晚于今天，没有登记。请填写实际日期。"
NO_PAPER = "没有填写依据文件，没有登记。请填写文件名称和文号。"


def open_plan(enterprise, *, kind, name, since, level, actor, channel="", key=None):
    """Record a plan with the level from which nothing may fall; returns the plan. `level`: amount, percent, document."""
    if enterprise.pk not in reach_of(actor, Duty.SUBMIT).enterprises:
        raise Refused(NOT_YOURS)
    level = _checked(level)
    plan = SupplementaryPlan(enterprise=enterprise, kind=kind, name=name.strip(), channel=channel.strip(), since=since)
    again = Refused(TWICE.format(kind=plan.get_kind_display()))
    if QuerySet(SupplementaryPlan).filter(enterprise=enterprise, kind=kind, name=plan.name).exists():
        raise again
    try:
        with operation("supplementary.open", actor=actor, key=key) as act:
            act.insert([plan])
            act.insert([SupplementaryLevel(plan=plan, since=since, **level)])
    except IntegrityError as clash:
        if "supplementaryplan" not in str(clash) and "supplementary_plan_once" not in str(clash):
            raise
        raise again from clash
    return plan


def record_level(plan, *, since, level, actor, decision=None, upload=None, key=None):
    """Record the level of a plan from a day on; returns it. `decision`: DECISION, with its paper as `upload`.

    Raises Refused, also for a level that falls without a decision; AlreadyDone.
    """
    level, decision = _checked(level), _decided(decision or {}, upload)
    paper = _paper(plan, upload) if decision else None
    try:
        with operation("supplementary.level", actor=actor, reason=level["document"], key=key) as act:
            lock_rows(SupplementaryPlan, [plan.pk])
            if not SupplementaryPlan.objects.filter(pk=plan.pk).open_to(actor, Duty.SUBMIT).exists():
                raise PermissionDenied
            row = SupplementaryLevel(plan=plan, since=since, **level, **decision)
            _refuse_fall(plan, row)
            act.insert([row])
            if paper:
                name = scans.safe_name(upload.name)
                act.insert([papers.keep(act, paper[0], paper[1], name, scans.content_type(name))])
    except BaseException:
        # What was undone leaves no file behind.
        if paper and paper[0].sha256:
            paper[0].path.unlink(missing_ok=True)
        raise
    return row


def newest(plan):
    """The level that was recorded last: what nothing may fall below."""
    return QuerySet(SupplementaryLevel).filter(plan=plan).order_by("-since").first()


def current(levels, day):
    """Of the levels of one plan the one that holds on a day; the first one before it begins."""
    ordered = sorted(levels, key=lambda level: level.since)
    return next((level for level in reversed(ordered) if level.since <= day), ordered[0] if ordered else None)


def _refuse_fall(plan, row):
    before = newest(plan)
    if row.since < plan.since:
        raise Refused(BEFORE_PLAN.format(since=plan.since))
    if before is None:
        return
    if row.since <= before.since:
        raise Refused(NOT_LATER.format(since=before.since))
    fallen = row.falls_below(before)
    if fallen and not row.decided_by:
        raise Refused(FALLS.format(measures="、".join(fallen), since=before.since, words=before.words))


def _checked(level):
    found = {name: level.get(name) for name in MEASURES}
    said = [value for value in found.values() if value is not None]
    if not said:
        raise Refused(NO_LEVEL)
    if any(value <= 0 for value in said) or (found["percent"] is not None and found["percent"] > 100):
        raise Refused(OUT_OF_RANGE)
    document = (level.get("document") or "").strip()
    if not document:
        raise Refused(NO_PAPER)
    return {**found, "document": document}


def _decided(decision, upload):
    """The whole decision, or {}; half of one is refused."""
    found = {name: decision.get(name) for name in DECISION}
    found = {name: value.strip() if isinstance(value, str) else value for name, value in found.items()}
    given = [*found.values(), upload]
    if not any(given):
        return {}
    if not all(given):
        raise Refused(HALF_DECISION)
    if found["decided_on"] > clock.today():
        raise Refused(NOT_YET)
    return found


def _paper(plan, upload):
    try:
        return SupplementaryPaper(kind=SupplementaryPaper.Kind.DECISION, plan=plan), scans.checked(upload)
    except scans.Unfit as unfit:
        raise Refused(str(unfit)) from unfit
