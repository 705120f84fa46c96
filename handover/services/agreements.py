"""What is done with agreements. A step may concern many as it concerns one."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Max, QuerySet, Value
from django.utils import timezone

from accounts.duties import Duty
from accounts.models.places import OfficeKind
from accounts.scope import reach_of
from audit.operations import operation
from handover.agreements import coverage, plan
from handover.models import Agreement, AgreementPerson, AgreementRound, Case
from handover.services import annexes
from handover.states.agreements import (
    AREA,
    COUNTERSIGNING,
    EDITABLE,
    ENTERPRISE,
    GROUP_SIGNS,
    MACHINE,
    OPEN,
    ROUNDS,
    SIGNING,
    UNSIGNING,
    State,
    side_of,
)
from tracks.advancing import UNSEEN, advance, follow, lock_rows, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

SIGNATURE = ("signed_on", "signer", "signer_title")
IN_THE_MAKING = "{group}与{area}的移交协议（{number}）为“{state}”，没有另行起草。请在该协议上继续办理。"
MEANWHILE = "刚有人为同一企业和区市起草了协议，没有重复起草。请刷新列表后在该协议上继续办理。"
COPIED = (*plan.FIGURES, *plan.TEXTS)


def draft(enterprise, area, *, actor, key=None):
    """Begin an agreement between a group and an area, its plan filled from the data; returns it."""
    if enterprise.pk not in reach_of(actor, Duty.SIGN).enterprises:
        raise PermissionDenied
    if enterprise.parent_id is not None:
        raise Refused(
            f"{enterprise}不是本市范围内的最高一级企业，没有起草。移交协议由集团统一签订（四(二)），请由其上级企业起草。"
        )
    if area.kind != OfficeKind.AREA or not area.active:
        raise Refused(f"{area}不是在用的区市、开发区，没有起草。请选择接收区市、开发区。")
    last = _versions(enterprise, area).order_by("-version").first()
    if last and last.state in (*OPEN, State.SIGNED):
        words = {"group": enterprise, "area": area, "number": last.number, "state": last.get_state_display()}
        raise Refused(IN_THE_MAKING.format(**words))
    return _begin(enterprise, area, None, "agreement.draft", actor, key)


def amend(agreement, *, actor, key=None):
    """Begin the next version of a signed agreement, which stays in force until the new one is signed."""
    if not Agreement.objects.filter(pk=agreement.pk).open_to(actor, GROUP_SIGNS).exists():
        raise PermissionDenied
    agreement = Agreement.objects.select_related("enterprise", "area").get(pk=agreement.pk)
    if stopped := hindrance_to_amending(agreement):
        raise Refused(stopped)
    return _begin(agreement.enterprise, agreement.area, agreement, "agreement.amend", actor, key)


def hindrance_to_amending(agreement):
    """Why no new version can be begun now, as a sentence; empty when it can."""
    if agreement.state != State.SIGNED:
        return f"协议为“{agreement.get_state_display()}”，不能修订。只有已签订的协议可以修订为新版本。"
    if making := _versions(agreement.enterprise, agreement.area).filter(state__in=OPEN).first():
        return f"新版本（{making.number}）已在办理，没有重复起草。请在新版本上继续办理。"
    return ""


def _versions(enterprise, area):
    return QuerySet(Agreement).filter(enterprise=enterprise, area=area)


def _begin(enterprise, area, before, kind, actor, key):
    try:
        with operation(kind, actor=actor, key=key) as act:
            version = (_versions(enterprise, area).aggregate(last=Max("version"))["last"] or 0) + 1
            year = timezone.localtime(act.operation.at).year
            made = Agreement(
                number=f"{year}-{enterprise.code}-{area.code}-{version:02}",
                version=version,
                amends=before,
                enterprise=enterprise,
                area=area,
                state_since=act.operation.at,
                filled_at=act.operation.at,
                **({name: getattr(before, name) for name in plan.TEXTS} if before else {}),
            )
            for name, value in plan.live_figures(made).items():
                setattr(made, name, value)
            act.insert([made])
            act.outcome = {"step": kind, "moved": [str(made.pk)], "refused": {}}
    except IntegrityError as clash:
        raise Refused(MEANWHILE) from clash
    return made


def fill(agreement, *, actor, key=None):
    """Write what the data says today into the figures of the plan."""
    return _write(agreement, "agreement.fill", actor, key, lambda row: plan.live_figures(row))


def write_plan(agreement, values, *, seen, actor, key=None):
    """Write the plan; `seen` is its version when its writer read it. Raises Refused when somebody wrote meanwhile."""

    def written(row):
        if plan.version_of(row) != seen:
            raise Refused("方案刚被他人改动过，没有保存。下面是您填写的内容；请与现在的内容核对后再保存。")
        return {name: value for name, value in values.items() if getattr(row, name) != value}

    return _write(agreement, "agreement.plan", actor, key, written)


def _write(agreement, kind, actor, key, values_of):
    with operation(kind, actor=actor, key=key) as act:
        lock_rows(Agreement, [agreement.pk])
        rows = Agreement.objects.filter(pk=agreement.pk)
        if not rows.open_to(actor, GROUP_SIGNS).exists():
            raise PermissionDenied(UNSEEN)
        row = QuerySet(Agreement).select_related("enterprise").get(pk=agreement.pk)
        if row.state not in EDITABLE:
            raise Refused(
                f"协议为“{row.get_state_display()}”，不能修改方案。已提出的请先撤回；已签订的请修订为新版本。"
            )
        values = values_of(row)
        if set(values) & set(plan.FIGURES) and kind == "agreement.fill":
            values["filled_at"] = act.operation.at
        if values:
            act.change(Agreement, [row.pk], **values)
        act.outcome = {"step": kind, "moved": [str(row.pk)], "refused": {}}
    return values


def preview(step_name, ids, *, actor):
    """What `take` would move and refuse now; writes nothing."""
    return may_move(Agreement, step_name, as_ids(ids), actor=actor)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, values=None):
    """Take a step with every agreement of `ids` that may take it; returns tracks.advancing.Outcome.

    `values` of a signature: signed_on, signer, signer_title. Raises Refused and AlreadyDone.
    """
    step, ids = MACHINE[step_name], as_ids(ids)
    check_reason(step, reason_code, reason)
    given, kept = _signature(step, values or {}), []

    def work(act):
        lock_rows(Agreement, ids)
        if step.name in COUNTERSIGNING:
            # Only one agreement is in force: the old one gives way in the same act.
            coming = may_move(Agreement, step.name, ids, actor=actor).moved
            old = QuerySet(Agreement).filter(amended_by__in=coming).values_list("pk", flat=True)
            follow(act, Agreement, "supersede", list(old))
        outcome = advance(
            act,
            Agreement,
            step.name,
            ids,
            actor=actor,
            values={**_columns(step, act.operation.at), **given},
            each=_office_of if step.name == "propose" else None,
        )
        _go_on(act, step, outcome.moved, actor, reason.strip(), kept)
        return outcome

    about = {"actor": actor, "reason_code": reason_code, "reason": reason.strip(), "key": key}
    try:
        return carry_out(f"agreement.{step.name}", work, **about)
    except BaseException:
        # What was undone leaves no file behind.
        for paper in kept:
            paper.path.unlink(missing_ok=True)
        raise


def _signature(step, values):
    """The columns of a signature, complete and sound; Refused otherwise."""
    if strays := set(values) - (set(SIGNATURE) if step.name in SIGNING else set()):
        raise TypeError(f"{step.name} takes no {strays}")
    if step.name not in SIGNING:
        return {}
    side = side_of(step.name)
    if not values.get("signed_on"):
        raise Refused("没有填写签订日期，没有办理。请按协议上的日期填写。")
    if values["signed_on"] > clock.today():
        raise Refused("签订日期不能晚于今天，没有办理。请核对协议上的日期后重新填写。")
    if not values.get("signer", "").strip() or not values.get("signer_title", "").strip():
        raise Refused("没有填写签字人的姓名和职务，没有办理。请按协议上的签字填写。")
    return {f"{side}_{name}": values[name].strip() if name != "signed_on" else values[name] for name in SIGNATURE}


def _columns(step, at):
    """What a step sets beside the state."""
    if step.name == "withdraw":
        return {"office": None}
    if step.name == "agree":
        return {"agreed_at": at}
    if step.name in UNSIGNING:
        side = side_of(step.name)
        return {f"{side}_signed_on": None, f"{side}_signer": "", f"{side}_signer_title": ""}
    return {}


def _office_of(ids):
    return {pk: {"office_id": area} for pk, area in QuerySet(Agreement).filter(pk__in=ids).values_list("pk", "area")}


def _go_on(act, step, ids, actor, text, kept):
    """What follows from a step in the rows beside the agreement."""
    if step.name in ROUNDS:
        act.insert([_round(act, one, step, actor, text) for one in QuerySet(Agreement).filter(pk__in=ids)])
    if step.name in COUNTERSIGNING:
        for one in QuerySet(Agreement).filter(pk__in=ids).select_related("enterprise", "area").order_by("pk"):
            act.insert_select(
                AgreementPerson,
                coverage.coming(one),
                agreement=Value(one.pk, output_field=Agreement._meta.pk),
                retiree="pk",
            )
            annexes.freeze(act, one, kept)


def _round(act, agreement, step, actor, text):
    last = agreement.rounds.aggregate(last=Max("number"))["last"] or 0
    return AgreementRound(
        agreement=agreement,
        number=last + 1,
        side=ROUNDS[step.name] or _side_of(agreement, actor),
        step=step.name,
        text=text,
        plan=plan.as_written(agreement),
        at=act.operation.at,
        by=f"{actor.name}（{actor.acting_for}）" if actor.acting_for else actor.name,
    )


def _side_of(agreement, actor):
    mine = Agreement.objects.filter(pk=agreement.pk).open_to(actor, GROUP_SIGNS)
    return ENTERPRISE if mine.exists() else AREA


def waiting_people(agreement):
    """The people of the area who cannot be received until this agreement is signed."""
    return (
        coverage.coming(agreement)
        .filter(state__in=("submitted", "assigned"))
        .exclude(pk__in=coverage.covered(QuerySet(Case)).values("pk"))
    )
