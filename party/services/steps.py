"""Taking a step with memberships, and what the step does to their letters."""

from django.utils import timezone

from party.models import Membership
from party.services import hindrances, letters
from party.states import MACHINE, WITH_RECEIVER, State
from tracks.advancing import advance, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib.refusals import Refused


def preview(step_name, ids, *, actor, targets=None, values=None):
    """What `take` would do, without doing it."""
    return may_move(Membership, step_name, as_ids(ids), actor=actor, check=_check(step_name, targets, values or {}))


def _check(step_name, targets, values):
    return lambda ids: hindrances.of(step_name, ids, targets, values)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, targets=None, values=None):
    """Take a step with every membership of `ids` that may take it; returns tracks.advancing.Outcome.

    `targets` (issue, reissue): the receiving office for all, or {id: Office}; by default the person's street,
    for a reissue the addressee of the void letter. `values`: issue and reissue need start_number, way,
    issued_on, valid_days and may give dues_paid_until (by default the person's own); arrive may give
    arrived_on, place needs branch and may give placed_on. Raises Refused and AlreadyDone.
    """
    step = MACHINE[step_name]
    check_reason(step, reason_code, reason)
    ids, values = as_ids(ids), _checked(step, values or {})

    def work(act):
        outcome = advance(
            act,
            Membership,
            step.name,
            ids,
            actor=actor,
            values=_columns(step, values),
            each=(lambda moved: _sent_to(step.name, moved, targets)) if step.target == State.ISSUED else None,
            check=_check(step.name, targets, values),
        )
        # The letters are numbered in the order in which the members were given.
        order = {pk: place for place, pk in enumerate(ids)}
        outcome.moved.sort(key=order.get)
        _follow(act, step, outcome.moved, values)
        return outcome

    kind = f"membership.{step.name}"
    return carry_out(kind, work, actor=actor, reason_code=reason_code, reason=reason.strip(), key=key)


def _checked(step, values):
    """The values of a step, complete and sound; Refused otherwise."""
    today = timezone.localdate()
    if step.target == State.ISSUED:
        letters.check(values, today)
    if step.name == "arrive":
        values = {"arrived_on": today, **values}
        if values["arrived_on"] > today:
            raise Refused("接收日期晚于今天，没有办理。请填写实际接收日期。")
    if step.name == "place":
        values = {"placed_on": today, **values}
        if not values.get("branch", "").strip():
            raise Refused("没有填写党支部名称，没有办理。请填写编入的党支部。")
        if values["placed_on"] > today:
            raise Refused("编入日期晚于今天，没有办理。请填写实际编入日期。")
    return values


def _columns(step, values):
    if step.name == "place":
        return {"branch": values["branch"].strip(), "placed_on": values["placed_on"]}
    # Whoever refused a member keeps the record of his act, not sight of the member.
    return {} if step.target in WITH_RECEIVER else {"office": None}


def _sent_to(step_name, ids, targets):
    return {pk: {"office": office} for pk, office in letters.addressees(step_name, ids, targets).items()}


def _follow(act, step, moved, values):
    if step.name == "arrive":
        letters.arrive(act, moved, values["arrived_on"])
    elif step.target not in WITH_RECEIVER or step.name == "reissue":
        letters.void(act, moved)
    if step.target == State.ISSUED:
        letters.write(act, moved, values)


def issue_letters(
    ids,
    *,
    actor,
    start_number,
    way,
    issued_on,
    valid_days,
    dues_paid_until=None,
    targets=None,
    key=None,
):
    """Issue one letter for each of `ids`, numbered upwards from `start_number` in the order given."""
    values = letters.values_of(start_number, way, issued_on, valid_days, dues_paid_until)
    return take("issue", ids, actor=actor, targets=targets, values=values, key=key)


def void_and_reissue(
    ids,
    *,
    actor,
    reason_code,
    reason="",
    start_number,
    way,
    issued_on,
    valid_days,
    dues_paid_until=None,
    targets=None,
    key=None,
):
    """Void the standing letters of `ids` and issue new ones under new numbers, in one act."""
    values = letters.values_of(start_number, way, issued_on, valid_days, dues_paid_until)
    return take(
        "reissue", ids, actor=actor, reason_code=reason_code, reason=reason, targets=targets, values=values, key=key
    )


def arrive(ids, *, actor, arrived_on=None, key=None):
    values = {"arrived_on": arrived_on} if arrived_on else None
    return take("arrive", ids, actor=actor, values=values, key=key)


def place(ids, *, actor, branch, placed_on=None, key=None):
    values = {"branch": branch, **({"placed_on": placed_on} if placed_on else {})}
    return take("place", ids, actor=actor, values=values, key=key)


def refuse(ids, *, actor, reason_code, reason, key=None):
    return take("refuse", ids, actor=actor, reason_code=reason_code, reason=reason, key=key)
