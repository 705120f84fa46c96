"""What stands around a step on every track: the reason it asks for, what one viewer may do now, and a story in words."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from audit.operations import operation
from tracks.advancing import may_move
from weihai_transfer.lib.refusals import Refused


def check_reason(step, code, text):
    """Refuse a step whose reason is missing; an unknown code is a mistake of the caller."""
    if step.reasons and not code:
        raise Refused(f"没有选择{step.label}的原因，未办理。请选择原因后再提交。")
    if code and code not in dict(step.reasons):
        raise Refused(f"{step.label}的原因不在可选范围内，未办理。请重新选择。")
    if (step.needs_text or code == "other") and not text.strip():
        raise Refused(f"没有填写{step.label}的理由，未办理。请写明情况后再提交。")


def reason_in_words(step, code, text):
    label = dict(step.reasons).get(code, "") if step else ""
    return "：".join(part for part in (label, text) if part)


class NothingMoved(Exception):
    """Undoes an operation that found nothing to do: what was refused leaves no trace as done."""

    def __init__(self, outcome):
        super().__init__()
        self.outcome = outcome


def carry_out(kind, work, **about):
    """Do `work(act)` in one operation and keep its Outcome there; an act that moved nothing is undone."""
    try:
        with operation(kind, **about) as act:
            outcome = work(act)
            act.outcome = outcome.as_json()
            if not outcome.moved:
                raise NothingMoved(outcome)
    except NothingMoved as nothing:
        return nothing.outcome
    return outcome


def as_ids(ids):
    """UUIDs, each once, in the order given; what is no UUID names no row."""
    found = {}
    for one in ids:
        try:
            found[one if isinstance(one, UUID) else UUID(str(one))] = None
        except ValueError:
            continue
    return list(found)


@dataclass(frozen=True)
class Offer:
    """A step that this viewer's duty allows in the row's state; `reasons` say why it cannot be taken now."""

    step: object
    reasons: tuple = ()


def offers(row, user, preview=None):
    """The steps of one row that are this user's to take, in the order of the machine.

    `preview(step name, ids, actor=…)` of the track's services, where they ask for more than the machine's blockers do.
    """
    found = []
    mine = type(row).objects.filter(pk=row.pk)
    for step in row.machine.steps_from(row.state):
        if mine.open_to(user, *step.duties).exists():
            ask = preview or partial(may_move, type(row))
            outcome = ask(step.name, [row.pk], actor=user)
            refused = outcome.refused.get(row.pk)
            found.append(Offer(step, (refused,) if refused else ()))
    return found
