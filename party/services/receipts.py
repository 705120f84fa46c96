"""The third part of the letter, the receipt, comes back to the sender within a month (domain.md 3.2)."""

from django.db.models import QuerySet

from party.models import Letter, Membership
from party.states import SENDING
from tracks.advancing import NOT_YOURS, UNSEEN, Outcome
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.refusals import Refused

AT_ONCE = 5000
NOT_ARRIVED = "接收党组织还没有确认接收，不能登记回执。请先与接收党组织核对。"
HAS_RECEIPT = "回执已经登记过。请刷新列表核对。"
BEFORE_ARRIVAL = "回执日期早于接收日期。请核对回执。"


def record_receipts(ids, *, actor, receipt_on=None, number="", handler="", phone="", key=None):
    """Note that the receipts of these members' letters came back; returns an Outcome, no step is taken.

    `number`, `handler`, `phone`: what the receipt itself says (domain.md 3.2).
    """
    day = receipt_on or clock.today()
    if day > clock.today():
        raise Refused("回执日期晚于今天，没有登记。请填写收到回执的日期。")

    def work(act):
        outcome, found = Outcome("receipt"), []
        for chunk in bulk.chunks(as_ids(ids), AT_ONCE):
            found += _sort_out(chunk, day, actor, outcome, lock=True)
        said = {"receipt_number": number.strip(), "receipt_handler": handler.strip(), "receipt_phone": phone.strip()}
        act.change(Letter, found, receipt_on=day, **said)
        return outcome

    return carry_out("membership.receipt", work, actor=actor, key=key)


def preview_receipts(ids, *, actor, receipt_on=None):
    """Whose receipts `record_receipts` would note."""
    outcome = Outcome("receipt")
    for chunk in bulk.chunks(as_ids(ids), AT_ONCE):
        _sort_out(chunk, receipt_on or clock.today(), actor, outcome, lock=False)
    return outcome


def _sort_out(ids, day, actor, outcome, *, lock):
    """Sort ids into the outcome; returns the letters to write."""
    letters = QuerySet(Letter).filter(membership__in=ids, voided_at=None).order_by("pk")
    if lock:
        letters = letters.select_for_update(of=("self",))
    standing = {letter.membership_id: letter for letter in letters}
    seen = Membership.objects.filter(pk__in=ids)
    visible = set(seen.visible_to(actor).values_list("pk", flat=True))
    mine = set(seen.open_to(actor, SENDING).values_list("pk", flat=True))
    ready = []
    for pk in ids:
        letter = standing.get(pk)
        if pk not in visible:
            outcome.refused[pk] = UNSEEN
        elif pk not in mine:
            outcome.refused[pk] = NOT_YOURS
            outcome.forbidden.append(pk)
        elif letter is None or letter.arrived_on is None:
            outcome.refused[pk] = NOT_ARRIVED
        elif letter.receipt_on:
            outcome.refused[pk] = HAS_RECEIPT
        elif day < letter.arrived_on:
            outcome.refused[pk] = BEFORE_ARRIVAL
        else:
            outcome.moved.append(pk)
            ready.append(letter.pk)
    return ready
