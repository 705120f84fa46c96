"""Whom a supplementary plan covers: entered in bulk, ended by a death or a decision and by nothing else (二(五))."""

from django.db.models import QuerySet

from accounts.duties import Duty
from benefits.models import EndOfCover, SupplementaryCover, SupplementaryPlan
from retirees.codes import Survival
from retirees.models import Retiree
from tracks.advancing import NOT_YOURS, UNSEEN, Outcome, lock_rows
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.among import among
from weihai_transfer.lib.refusals import Refused

AT_ONCE = 5000
DEAD = "此人登记为已去世，不能列入。请核对人员信息。"
COVERED = "此人已在参加名单中，没有重复列入。"
ELSEWHERE = "此人不属于本项目的企业及其下属企业，不能列入。请由所属企业办理。"
OVER = "此人的待遇已终止，没有重复终止。"
TOO_EARLY = "终止日期早于起始日期 {since}，不能终止。请核对日期。"
NO_DECISION = (
    "没有填写决定单位和文号，没有终止。待遇“仍按原渠道解决”（二(五)），只因去世或有关单位的决定终止。请补齐决定。"
)
NO_DAY = "没有填写日期，没有办理。请填写后再提交。"


def candidates(plan, user):
    """Whom this user may enter: living people of the plan's enterprise and below who are not in it yet."""
    rows = Retiree.objects.open_to(user, Duty.SUBMIT).alive()
    rows = rows.filter(enterprise__path__startswith=plan.enterprise.path)
    return rows.exclude(pk__in=QuerySet(SupplementaryCover).filter(plan=plan, ended_on=None).values("retiree"))


def preview_cover(plan, ids, *, actor):
    outcome = Outcome("add")
    for chunk in bulk.chunks(as_ids(ids), AT_ONCE):
        _sort_out(plan, chunk, actor, outcome)
    return outcome


def cover(plan, ids, *, since, actor, key=None):
    """Enter people (ids of Retiree) into a plan; returns an Outcome. Raises Refused and AlreadyDone."""
    if since is None:
        raise Refused(NO_DAY)

    def work(act):
        # Two clerks who enter the same people at once: the second one finds them entered.
        lock_rows(SupplementaryPlan, [plan.pk])
        outcome = preview_cover(plan, ids, actor=actor)
        act.insert(SupplementaryCover(plan=plan, retiree_id=pk, since=since) for pk in outcome.moved)
        return outcome

    return carry_out("covering.add", work, actor=actor, key=key)


def _sort_out(plan, ids, actor, outcome):
    rows = Retiree.objects.filter(pk__in=among(Retiree, ids))
    mine = dict(rows.open_to(actor, Duty.SUBMIT).values_list("pk", "enterprise__path"))
    seen = set(rows.visible_to(actor).values_list("pk", flat=True))
    dead = set(rows.filter(survival=Survival.DECEASED).values_list("pk", flat=True))
    standing = QuerySet(SupplementaryCover).filter(plan=plan, ended_on=None, retiree__in=among(Retiree, ids))
    covered = set(standing.values_list("retiree_id", flat=True))
    for pk in ids:
        if pk not in seen:
            outcome.refused[pk] = UNSEEN
        elif pk not in mine:
            outcome.refused[pk] = NOT_YOURS
            outcome.forbidden.append(pk)
        elif not mine[pk].startswith(plan.enterprise.path):
            outcome.refused[pk] = ELSEWHERE
        elif pk in dead:
            outcome.refused[pk] = DEAD
        elif pk in covered:
            outcome.refused[pk] = COVERED
        else:
            outcome.moved.append(pk)


# --- the end


def preview_end(ids, *, actor, ended_on=None):
    outcome = Outcome("end")
    for chunk in bulk.chunks(as_ids(ids), AT_ONCE):
        _sort_out_ends(chunk, actor, ended_on, outcome)
    return outcome


def end(ids, *, ended_on, decided_by, decision_number, actor, key=None):
    """End covers (ids of SupplementaryCover) by a decision; returns an Outcome. Raises Refused and AlreadyDone."""
    decided_by, decision_number = decided_by.strip(), decision_number.strip()
    if not (decided_by and decision_number):
        raise Refused(NO_DECISION)
    if ended_on is None:
        raise Refused(NO_DAY)
    if ended_on > clock.today():
        raise Refused("终止日期晚于今天，没有终止。请在决定生效后办理。")
    values = {"ended_on": ended_on, "ended_why": EndOfCover.DECISION.value}
    values |= {"decided_by": decided_by, "decision_number": decision_number}

    def work(act):
        lock_rows(SupplementaryCover, as_ids(ids))
        outcome = preview_end(ids, actor=actor, ended_on=ended_on)
        act.change(SupplementaryCover, outcome.moved, **values)
        return outcome

    return carry_out("cover.end", work, actor=actor, key=key)


def _sort_out_ends(ids, actor, ended_on, outcome):
    rows = SupplementaryCover.objects.filter(pk__in=among(SupplementaryCover, ids))
    mine = {pk: (since, over) for pk, since, over in _mine(rows, actor)}
    seen = set(rows.visible_to(actor).values_list("pk", flat=True))
    for pk in ids:
        if pk not in seen:
            outcome.refused[pk] = UNSEEN
        elif pk not in mine:
            outcome.refused[pk] = NOT_YOURS
            outcome.forbidden.append(pk)
        elif mine[pk][1]:
            outcome.refused[pk] = OVER
        elif ended_on and ended_on < mine[pk][0]:
            outcome.refused[pk] = TOO_EARLY.format(since=mine[pk][0])
        else:
            outcome.moved.append(pk)


def _mine(rows, actor):
    return rows.open_to(actor, Duty.SUBMIT).values_list("pk", "since", "ended_on")


def end_by_death(act, ids):
    """Nothing is paid for the dead: end their covers on the day of death. Nobody is asked, it follows from the record."""
    found = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = QuerySet(SupplementaryCover).filter(retiree__in=among(Retiree, chunk), ended_on=None)
        for pk, died_on in rows.values_list("pk", "retiree__died_on"):
            found[pk] = {"ended_on": died_on or clock.today(), "ended_why": EndOfCover.DEATH.value}
    act.change_each(SupplementaryCover, found)
