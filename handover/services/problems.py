"""Raising a problem and what is done with it, round by round."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.duties import Duty, Place
from accounts.models import Office
from accounts.models.places import OfficeKind
from archives.models import Dossier
from audit.operations import operation
from handover.models import Problem, ProblemAnswer
from handover.models.problems import About, ProblemKind
from handover.problems.due import day_after
from handover.states.problems import MACHINE, SPOKEN
from tracks.advancing import advance, lock_rows, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

# A member unit of the leading group, or a receiving area (附件: 成员单位, 区市、开发区).
UNITS = (OfficeKind.BUREAU, OfficeKind.AREA)
NO_POST = "您当前的岗位不在企业或接收单位，不能提出问题。请切换到相应岗位后再提出。"


def raise_problem(*, title, kind, text, actor, subject=None, urgent=False, key=None):
    """Raise a problem for the place of the actor's post; returns the Problem.

    `subject`: {"retiree": …, "about": …}, or {"agreement": …}, {"asset": …}, {"shipment": …}; the caller has checked that
    the actor sees it.
    """
    if not text.strip() or not title.strip():
        raise Refused("没有写明事由或具体情况，没有提出。请填写后再提交。")
    with operation("problem.raise", actor=actor, key=key) as act:
        row = Problem(
            number=_next_number(act),
            title=title.strip(),
            kind=kind,
            urgent=urgent,
            state_since=act.operation.at,
            raised_at=act.operation.at,
            **_place_of(actor),
            **(subject or {}),
        )
        # A sealed value is bound to the row's id, which the constructor sets after the fields that it is given.
        row.text = text.strip()
        act.outcome = {"about": row.number}
        return act.insert([row])[0]


def _place_of(actor):
    if not may_raise(actor):
        raise Refused(NO_POST)
    post = actor.post
    at = "raised_enterprise" if post.position.place == Place.ENTERPRISE else "raised_office"
    return {at: post.place, "of_party": Duty.PARTY in post.position.duties}


def _next_number(act):
    # The row of the city is the lock on the numbers of a year.
    list(Office.objects.filter(kind=OfficeKind.CITY).select_for_update(no_key=True))
    return numbers_after(Problem, "W", act.operation.at, 1)[0]


def numbers_after(model, letter, at, count):
    """The next `count` numbers of the year: 2026-W0001, 2026-W0002, …"""
    begin = f"{timezone.localtime(at).year}-{letter}"
    last = QuerySet(model).filter(number__startswith=begin).order_by("-pk").first()
    first = int(last.number.removeprefix(begin)) + 1 if last else 1
    return [f"{begin}{number:04}" for number in range(first, first + count)]


def preview(step_name, ids, *, actor):
    return may_move(Problem, step_name, as_ids(ids), actor=actor)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, values=None):
    """Take a step with every problem of `ids` that may take it; returns tracks.advancing.Outcome.

    `values`: `to` (an Office or an Enterprise) and `due_on` for assign and direct; `text` for answer and settle.
    """
    step, given = MACHINE[step_name], values or {}
    check_reason(step, reason_code, reason)
    text = given.get("text", "").strip() or reason.strip()
    if step_name == "answer" and not text:
        raise Refused("没有填写答复内容，没有答复。请写明处理意见后再提交。")
    columns = _columns(step_name, given)

    def work(act):
        rows = as_ids(ids)
        lock_rows(Problem, rows)
        outcome = advance(act, Problem, step_name, rows, actor=actor, values=columns, each=_round_of(step_name))
        if step_name in SPOKEN:
            _speak(act, step_name, outcome.moved, text, actor)
        return outcome

    return carry_out(f"problem.{step_name}", work, actor=actor, reason=reason.strip(), key=key)


def _columns(step_name, given):
    """What a step sets beside the state: the unit and its day, or nobody."""
    if step_name in ("assign", "direct"):
        return _unit(given)
    if step_name == "hand_back":
        return {"unit": None, "unit_enterprise": None, "due_on": None}
    # A unit that did not convince has as long again as a new one.
    return {"due_on": day_after("problem_days")} if step_name == "reopen" else {}


def _unit(given):
    to, due_on = given.get("to"), given.get("due_on") or day_after("problem_days")
    if to is None or not to.active or (isinstance(to, Office) and to.kind not in UNITS):
        raise Refused("没有选择承办单位，没有交办。请从列表中选择成员单位、区市或企业。")
    if due_on < clock.today():
        raise Refused("答复期限早于今天，没有交办。请改为今天或以后的日期。")
    office = isinstance(to, Office)
    return {"unit": to if office else None, "unit_enterprise": None if office else to, "due_on": due_on}


def _round_of(step_name):
    """A new round begins whenever a unit is asked."""
    if step_name not in ("assign", "direct", "reopen"):
        return None

    def rounds(ids):
        known = QuerySet(Problem).filter(pk__in=ids).values_list("pk", "round")
        return {pk: {"round": number + 1} for pk, number in known}

    return rounds


def _speak(act, step_name, ids, text, actor):
    rounds = QuerySet(Problem).filter(pk__in=ids).values_list("pk", "round")
    rows = []
    for pk, number in rounds:
        row = ProblemAnswer(
            problem_id=pk, round=number, step=step_name, side=actor.acting_for or actor.name, at=act.operation.at
        )
        row.text = text
        rows.append(row)
    act.insert(rows)


LOST_TITLE = "档案在移交途中遗失（批次 {shipment}）"
LOST_TEXT = "档案管理机构逐卷核收时未见此档案。请移交企业查找；找回后随新的批次移交，无法找回的按规定重建。"


def open_for_lost(act, ids):
    """A dossier that was lost on the way opens a problem (design 3), unless one about it is open already.

    Called in the operation of the archive that did not find it (settings.LOST_DOSSIERS).
    """
    known = Problem.objects.still_open().filter(retiree__in=ids, kind=ProblemKind.DOSSIER_LOST)
    told = set(known.values_list("retiree_id", flat=True))
    lost = QuerySet(Dossier).filter(pk__in=[pk for pk in ids if pk not in told]).select_related("shipment")
    lost = list(lost.order_by("pk"))
    if not lost:
        return
    list(Office.objects.filter(kind=OfficeKind.CITY).select_for_update(no_key=True))
    rows = []
    for number, dossier in zip(numbers_after(Problem, "W", act.operation.at, len(lost)), lost, strict=True):
        row = Problem(
            number=number,
            title=LOST_TITLE.format(shipment=dossier.shipment or "未记录"),
            kind=ProblemKind.DOSSIER_LOST,
            raised_office_id=dossier.office_id,
            retiree_id=dossier.pk,
            about=About.DOSSIER,
            state_since=act.operation.at,
            raised_at=act.operation.at,
        )
        row.text = LOST_TEXT
        rows.append(row)
    act.insert(rows)


RAISERS = (
    "soe_hr",
    "soe_group",
    "soe_party",
    "district",
    "street",
    "community",
    "archivist",
    "street_party",
)


def may_raise(user):
    """Whether the user acts for a place that meets problems: an enterprise, a receiver, an archive institution."""
    return user.post is not None and user.post.position.code in RAISERS
