"""Taking a step with memberships, and what the step does to their letters."""

from party.models import Membership
from party.services import hindrances, letters, placing
from party.states import MACHINE, WITH_LETTER, WITH_RECEIVER, State
from tracks.advancing import advance, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

WRITES = ("issue", "reissue", "issue_outside", "reissue_outside")
PLACES = ("place", "move")


def preview(step_name, ids, *, actor, targets=None, values=None):
    """What `take` would do, without doing it."""
    return may_move(Membership, step_name, as_ids(ids), actor=actor, check=_check(step_name, targets, values or {}))


def _check(step_name, targets, values):
    return lambda ids: hindrances.of(step_name, ids, targets, values)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, targets=None, values=None):
    """Take a step with every membership of `ids` that may take it; returns tracks.advancing.Outcome.

    `targets` (issue, reissue): the receiving office or 基层党委 for all, or {id: one}; by default the person's street,
    for a reissue the addressee of the void letter. `values`: a letter needs start_number, way, issued_on,
    valid_days, an online one its reference, one outside the city `outside`, and may give dues_paid_until (by default
    the person's own); arrive may give arrived_on and, past the validity, late_reason; place and move need branch (an
    organisation or a name) and may give placed_on; lose may give lost_since. Raises Refused and AlreadyDone.
    """
    step = MACHINE[step_name]
    check_reason(step, reason_code, reason)
    ids, values = as_ids(ids), _checked(step, values or {})

    def work(act):
        # To whom each letter goes is asked once, while the rows are locked, and then written in both tables.
        going = {}
        outcome = advance(
            act,
            Membership,
            step.name,
            ids,
            actor=actor,
            values=_columns(step, values),
            each=lambda moved: _own(act, step, moved, targets, values, going),
            check=_check(step.name, targets, values),
        )
        # The letters are numbered in the order in which the members were given.
        order = {pk: place for place, pk in enumerate(ids)}
        outcome.moved.sort(key=order.get)
        _follow(act, step, outcome.moved, values, going, dict(step.reasons).get(reason_code, step.label))
        return outcome

    kind = f"membership.{step.name}"
    return carry_out(kind, work, actor=actor, reason_code=reason_code, reason=reason.strip(), key=key)


def _checked(step, values):
    """The values of a step, complete and sound; Refused otherwise."""
    today = clock.today()
    if step.name in WRITES:
        letters.check(step.target, values, today)
    if step.name in ("arrive", "confirm_outside"):
        values = _days({"arrived_on": today, **values}, today, arrived_on="接收日期", receipt_on="收到回执日期")
        if step.name == "confirm_outside":
            values = {"receipt_on": max(today, values["arrived_on"]), **values}
            if values["receipt_on"] < values["arrived_on"]:
                raise Refused("回执日期早于接收日期，没有办理。请核对回执。")
    if step.name in PLACES:
        values = {"placed_on": today, **values, "branch": placing.checked(values)}
        _days(values, today, placed_on="编入日期")
    if step.name == "lose":
        values = _days({"lost_since": today, **values}, today, lost_since="失联时间")
    return values


def _days(values, today, **labels):
    for name, label in labels.items():
        if values.get(name) and values[name] > today:
            raise Refused(f"{label}晚于今天，没有办理。请填写实际{label}。")
    return values


def _columns(step, values):
    """What the step sets alike in every row."""
    # Whoever refused a member keeps the record of his act, not sight of the member.
    common = {} if step.target in WITH_RECEIVER else {"office": None}
    if step.name == "lose":
        common["lost_since"] = values["lost_since"]
    if step.name == "find":
        common |= {"lost_since": None, "stopped_on": None}
    return common


def _own(act, step, moved, targets, values, going):
    """What the step sets in each row of its own."""
    if step.name in PLACES:
        return placing.columns(act, moved, values["branch"], values["placed_on"])
    if step.target == State.ISSUED:
        going.update(letters.destinations(step.name, moved, targets))
        return {pk: {"office": to.office} for pk, to in going.items()}
    return {}


def _follow(act, step, moved, values, going, why):
    if step.name in ("arrive", "confirm_outside"):
        letters.arrive(act, moved, values)
    elif step.target not in WITH_LETTER or step.name in ("reissue", "reissue_outside"):
        letters.void(act, moved, why=why, tell=step.name != "refuse")
    if step.name in WRITES:
        letters.write(act, moved, values, going)


def issue_letters(
    ids,
    *,
    actor,
    start_number,
    way,
    issued_on,
    valid_days,
    reference="",
    dues_paid_until=None,
    targets=None,
    key=None,
):
    """Issue one letter for each of `ids`, numbered upwards from `start_number` in the order given."""
    values = letters.values_of(start_number, way, issued_on, valid_days, dues_paid_until, reference)
    return take("issue", ids, actor=actor, targets=targets, values=values, key=key)


def issue_outside(ids, *, actor, outside, key=None, **letter):
    """Letters to a party organisation outside the city, which is no office of the system."""
    return take("issue_outside", ids, actor=actor, values={**letter, "outside": outside}, key=key)


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
    reference="",
    dues_paid_until=None,
    targets=None,
    key=None,
):
    """Void the standing letters of `ids` and issue new ones under new numbers, in one act."""
    values = letters.values_of(start_number, way, issued_on, valid_days, dues_paid_until, reference)
    return take(
        "reissue", ids, actor=actor, reason_code=reason_code, reason=reason, targets=targets, values=values, key=key
    )


def arrive(ids, *, actor, arrived_on=None, late_reason="", key=None):
    values = {"late_reason": late_reason, **({"arrived_on": arrived_on} if arrived_on else {})}
    return take("arrive", ids, actor=actor, values=values, key=key)


def place(ids, *, actor, branch, placed_on=None, key=None):
    """`branch`: a party organisation, or the name of one that is made where it is missing."""
    values = {"branch": branch, **({"placed_on": placed_on} if placed_on else {})}
    return take("place", ids, actor=actor, values=values, key=key)


def refuse(ids, *, actor, reason_code, reason, key=None):
    return take("refuse", ids, actor=actor, reason_code=reason_code, reason=reason, key=key)
