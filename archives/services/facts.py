"""Writing down the facts of dossiers; each verb takes many as it takes one."""

from django.db.models import QuerySet

from archives.models import Dossier
from archives.states import FACTS, MACHINE, State
from tracks.advancing import NOT_YOURS, UNSEEN, Outcome
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import bulk
from weihai_transfer.lib.numbering import numbers_from

AT_ONCE = 5000
LONGEST_NUMBER = Dossier._meta.get_field("number").max_length


def may_record(dossier, user):
    """The facts that this user may write down in this dossier now; () when none."""
    for duty, (states, names) in FACTS.items():
        if dossier.state in states and Dossier.objects.filter(pk=dossier.pk).open_to(user, duty).exists():
            return names
    return ()


def record(ids, *, values, actor, key=None, start_number=""):
    """Write facts (册数、页数、存放地、编号、架位) into every dossier of `ids` that is in the actor's hands.

    `start_number` numbers them upwards in the order given. Returns an Outcome; no step is taken and the state
    stays. Raises Refused and AlreadyDone.
    """
    ids = as_ids(ids)
    names = {*values, *(("number",) if start_number else ())}
    emptied = {name for name, value in values.items() if value in ("", None)}

    def work(act):
        outcome = Outcome("record")
        for chunk in bulk.chunks(ids, AT_ONCE):
            _sort_out(chunk, names, emptied, actor, outcome, lock=True)
        each = {pk: dict(values) for pk in outcome.moved}
        if start_number:
            for pk, number in zip(each, numbers_from(start_number, len(each), longest=LONGEST_NUMBER), strict=True):
                each[pk]["number"] = number
        act.change_each(Dossier, each)
        return outcome

    return carry_out("dossier.record", work, actor=actor, key=key)


def preview_record(ids, *, names, actor):
    """Which dossiers `record` would write these facts into."""
    outcome = Outcome("record")
    for chunk in bulk.chunks(as_ids(ids), AT_ONCE):
        _sort_out(chunk, set(names), set(), actor, outcome, lock=False)
    return outcome


def _sort_out(ids, names, emptied, actor, outcome, *, lock):
    rows = QuerySet(Dossier).filter(pk__in=ids).order_by("pk")
    state_of = dict((rows.select_for_update(of=("self",)) if lock else rows).values_list("pk", "state"))
    seen = Dossier.objects.filter(pk__in=ids)
    visible = set(seen.visible_to(actor).values_list("pk", flat=True))
    in_hands, mine = set(), set()
    for duty, (states, allowed) in FACTS.items():
        if names <= set(allowed):
            found = set(seen.open_to(actor, duty).values_list("pk", flat=True))
            mine |= found
            in_hands |= {pk for pk in found if state_of[pk] in states}
    labels = dict(MACHINE.states.choices)
    for pk in dict.fromkeys(ids):
        if pk not in visible:
            outcome.refused[pk] = UNSEEN
        elif pk not in mine:
            outcome.refused[pk] = NOT_YOURS
            outcome.forbidden.append(pk)
        elif pk not in in_hands:
            outcome.refused[pk] = f"当前状态为“{labels[state_of[pk]]}”，不能登记这些内容。请在档案由本单位保管时登记。"
        elif state_of[pk] == State.SHELVED and "shelf" in names:
            outcome.refused[pk] = "已入库的档案变更架位须写明理由，没有登记。请办理“移架”。"
        elif state_of[pk] == State.SHELVED and "number" in emptied:
            outcome.refused[pk] = "已入库的档案须有编号，没有登记。请填写编号。"
        else:
            outcome.moved.append(pk)
