"""Taking a step. Nothing else in the project writes a state.

Set-based: one locked read, one UPDATE for each distinct set of values, one INSERT … SELECT into
history; a single click is a batch of one. The outcome says row by row what moved and what did not.
"""

from dataclasses import dataclass, field

from django.db import models

from weihai_transfer.lib import bulk
from weihai_transfer.lib.among import among

UNSEEN = "查找不到这条记录。可能已转到其他单位，请刷新列表后重新选择。"
NOT_YOURS = "您的岗位没有办理此事项的权限。请由有权限的经办人办理。"
AT_ONCE = 5000


@dataclass
class Outcome:
    """What became of each row that was asked for: moved, or refused with a sentence."""

    step: str
    moved: list = field(default_factory=list)
    refused: dict = field(default_factory=dict)
    # The rows that the person sees but has no duty for: a page answers 403 where one row was asked for.
    forbidden: list = field(default_factory=list)

    def by_reason(self):
        """[(sentence, [ids])], most frequent first."""
        groups = {}
        for pk, sentence in self.refused.items():
            groups.setdefault(sentence, []).append(pk)
        return sorted(groups.items(), key=lambda group: -len(group[1]))

    def as_json(self):
        return {
            "step": self.step,
            "moved": [str(pk) for pk in self.moved],
            "refused": {str(pk): sentence for pk, sentence in self.refused.items()},
        }


def may_move(model, step_name, ids, *, actor, check=None):
    """What `advance` would do, without doing it."""
    return _sort_out(model, model.machine[step_name], ids, actor, check, lock=False)


def advance(act, model, step_name, ids, *, actor, values=None, each=None, check=None):
    """Move every row of `ids` that may take the step; the caller's operation (`act`) carries reason and key.

    `values` are further fields set in all moved rows; `each` maps an id to fields of its own, or is a function that
    is given the locked ids that will move and answers with that mapping. `check` is given the locked ids that
    nothing else stops and answers {id: sentence} for those that it stops. Rows that the actor cannot see are
    refused as if they did not exist.
    """
    step = model.machine[step_name]
    outcome = _sort_out(model, step, ids, actor, check, lock=True)
    own = (each(outcome.moved) if callable(each) else each) or {}
    _move(act, model, step, outcome.moved, values, own)
    return outcome


def follow(act, model, step_name, ids, *, values=None):
    """Move the rows of `ids` that stand in one of the step's sources; returns the ids that moved.

    For what one step brings about on another track, such as the end of a party relation with a recorded death. The
    caller's own step was asked for its duty; here nobody is asked again, and what stands elsewhere stays as it is.
    """
    step = model.machine[step_name]
    moved = []
    for chunk in _chunks(ids):
        rows = models.QuerySet(model).filter(pk__in=among(model, chunk), state__in=step.sources)
        moved += _locked(rows).values_list("pk", flat=True)
    _move(act, model, step, moved, values, {})
    return moved


def _move(act, model, step, ids, values, own):
    common = {"state": step.target, "last_step": step.name, "state_since": act.operation.at, **(values or {})}
    act.change_each(model, {pk: {**common, **own[pk]} if pk in own else common for pk in ids})


def lock_rows(model, ids):
    """Lock rows in the order of their ids, so that two batches never wait for each other in a circle."""
    for chunk in _chunks(ids):
        list(_locked(models.QuerySet(model).filter(pk__in=among(model, chunk))).values_list("pk"))


def _chunks(ids):
    # A UUID is compared in Python; its number is not.
    return bulk.chunks(sorted(set(ids), key=lambda pk: getattr(pk, "int", pk)), AT_ONCE)


def _locked(rows):
    return rows.order_by("pk").select_for_update(of=("self",))


def _sort_out(model, step, ids, actor, check, *, lock):
    outcome = Outcome(step.name)
    for chunk in _chunks(ids):
        _sort_out_chunk(model, step, chunk, actor, check, lock, outcome)
    return outcome


def _sort_out_chunk(model, step, ids, actor, check, lock, outcome):
    mine = model.objects.filter(pk__in=among(model, ids)).open_to(actor, *step.duties)
    # One read tells whose turn it is and where the row stands; whoever had to wait for it sees what became of it.
    state_of = dict((_locked(mine) if lock else mine).values_list("pk", "state"))
    visible = _visible(model, [pk for pk in ids if pk not in state_of], actor)
    ready = [pk for pk in ids if state_of.get(pk) in step.sources]
    blocked = _blocked(model, step, ready)
    if check and ready:
        blocked |= {pk: [sentence] for pk, sentence in check([pk for pk in ready if pk not in blocked]).items()}
    labels = dict(model.machine.states.choices)
    for pk in ids:
        if pk in visible:
            outcome.refused[pk] = NOT_YOURS
            outcome.forbidden.append(pk)
        elif pk not in state_of:
            outcome.refused[pk] = UNSEEN
        elif state_of[pk] not in step.sources:
            outcome.refused[pk] = f"当前状态为“{labels[state_of[pk]]}”，不能{step.label}。请刷新后查看最新状态。"
        elif pk in blocked:
            outcome.refused[pk] = "".join(blocked[pk])
        else:
            outcome.moved.append(pk)


def _visible(model, ids, actor):
    """Those that the actor sees; asked about the rows for which he has no duty."""
    if not ids:
        return set()
    return set(model.objects.filter(pk__in=among(model, ids)).visible_to(actor).values_list("pk", flat=True))


def _blocked(model, step, ids):
    """{id: [sentences]} for the rows that something stands in the way of."""
    found = {}
    for blocker in step.blockers if ids else ():
        for pk in (
            models.QuerySet(model)
            .filter(blocker.rows(), pk__in=among(model, ids))
            .values_list("pk", flat=True)
            .distinct()
        ):
            found.setdefault(pk, []).append(blocker.sentence)
    return found
