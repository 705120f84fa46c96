"""Notices 督办: one by hand, or one for each addressee out of a list of overdue people, in one act."""

from django.db.models import QuerySet

from accounts.models import Office
from accounts.models.places import OfficeKind
from audit.operations import operation
from handover import deadlines
from handover.models import Case, Notice, NoticePerson
from handover.services.problems import numbers_after
from handover.states.cases import AREA, ENTERPRISE, RECEIVER
from handover.states.notices import COORDINATE, MACHINE
from tracks.advancing import UNSEEN, Outcome, advance, lock_rows, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

IN_TIME = "此人的移交事项没有逾期，不列入督办。"
NOT_PRESSED = "此人的移交事项轮到领导小组办公室办理，不向其他单位督办。请先办理。"


def issue(to, *, title, text, due_on, actor, key=None):
    """Issue one notice to an area or an enterprise; returns the Notice."""
    _check(title, text, due_on)
    if not to.active or (isinstance(to, Office) and to.kind != OfficeKind.AREA):
        raise Refused("没有选择督办对象，没有下发。请从列表中选择区市或企业。")
    with operation("notice.issue", actor=actor, key=key) as act:
        (row,) = _insert(act, [to], title, text, due_on)
        act.outcome = {"about": row.number}
        return row


def _check(title, text, due_on):
    if not title.strip() or not text.strip():
        raise Refused("没有填写事由或要求，没有下发。请填写后再提交。")
    if due_on < clock.today():
        raise Refused("答复期限早于今天，没有下发。请改为今天或以后的日期。")


def _insert(act, addressees, title, text, due_on):
    list(Office.objects.filter(kind=OfficeKind.CITY).select_for_update(no_key=True))
    numbers = numbers_after(Notice, "D", act.operation.at, len(addressees))
    rows = [
        Notice(
            number=number,
            title=title.strip(),
            text=text.strip(),
            due_on=due_on,
            state_since=act.operation.at,
            **{"area" if isinstance(to, Office) else "enterprise": to},
        )
        for number, to in zip(numbers, addressees, strict=True)
    ]
    return act.insert(rows)


def preview_for_overdue(ids, *, actor):
    """An Outcome: who would be named in a notice, and who would not and why."""
    return _sorted_out(as_ids(ids), actor)[0]


def issue_for_overdue(ids, *, title, text, due_on, actor, key=None):
    """One notice for each area and enterprise whose turn it is with overdue people of `ids`, all in one operation.

    Returns an Outcome over the people.
    """
    _check(title, text, due_on)

    def work(act):
        rows = as_ids(ids)
        lock_rows(Case, rows)
        outcome, cases = _sorted_out(rows, actor)
        by_addressee = {}
        for case in cases:
            by_addressee.setdefault(addressee_of(case), []).append(case)
        addressees = sorted(by_addressee, key=lambda one: (type(one).__name__, one.path))
        made = _insert(act, addressees, title, text, due_on) if addressees else []
        terms = deadlines.Terms()
        act.insert(
            NoticePerson(
                notice=notice,
                retiree_id=case.pk,
                state=case.state,
                days_late=deadlines.days_late(case, terms),
            )
            for notice, to in zip(made, addressees, strict=True)
            for case in by_addressee[to]
        )
        return outcome

    return carry_out("notice.issue_for_overdue", work, actor=actor, key=key)


def _sorted_out(ids, actor):
    """The Outcome, and the cases that a notice names, with all that is read of them."""
    mine = {case.pk: case for case in _cases(Case.objects.open_to(actor, *COORDINATE), ids)}
    late = set(deadlines.overdue(QuerySet(Case).filter(pk__in=list(mine))).values_list("pk", flat=True))
    outcome = Outcome("issue_for_overdue")
    for pk in ids:
        if pk not in mine:
            outcome.refused[pk] = UNSEEN
        elif pk not in late:
            outcome.refused[pk] = IN_TIME
        elif addressee_of(mine[pk]) is None:
            outcome.refused[pk] = NOT_PRESSED
        else:
            outcome.moved.append(pk)
    return outcome, [mine[pk] for pk in outcome.moved]


def _cases(rows, ids):
    return rows.filter(pk__in=ids).select_related("retiree", "enterprise", "area")


def addressee_of(case):
    """The enterprise or the receiving area whose turn it is: the area answers for its streets (四(二))."""
    acts = case.side.acts if case.side else None
    if acts == ENTERPRISE:
        return case.enterprise
    return case.area if acts in (AREA, RECEIVER) else None


def preview(step_name, ids, *, actor):
    return may_move(Notice, step_name, as_ids(ids), actor=actor)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, values=None):
    """Take a step with every notice of `ids` that may take it; `values`: `reply` for the reply."""
    step, given = MACHINE[step_name], values or {}
    check_reason(step, reason_code, reason)
    columns = {}
    if step_name == "reply":
        columns = {"reply": given.get("reply", "").strip()}
        if not columns["reply"]:
            raise Refused("没有填写答复内容，没有答复。请写明办理情况后再提交。")

    def work(act):
        return advance(act, Notice, step_name, as_ids(ids), actor=actor, values=columns)

    return carry_out(f"notice.{step_name}", work, actor=actor, reason=reason.strip(), key=key)


# What of a notice's people has been done since: no longer late, or moved on.
def still_late(notice):
    """The people of a notice who are overdue still, as a query set of cases."""
    ids = QuerySet(NoticePerson).filter(notice=notice).values("retiree")
    return deadlines.overdue(Case.objects.filter(pk__in=ids))
