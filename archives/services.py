"""What is done with dossiers; each verb takes many as it takes one."""

from django.db.models import QuerySet

from accounts.models import Office
from accounts.models.places import OfficeKind
from archives.models import Dossier
from archives.states import FACTS, MACHINE, WITH_ARCHIVE, State
from tracks.advancing import NOT_YOURS, UNSEEN, Outcome, advance, may_move
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib import bulk
from weihai_transfer.lib.numbering import numbers_from
from weihai_transfer.lib.refusals import Refused

AT_ONCE = 5000
LONGEST_NUMBER = Dossier._meta.get_field("number").max_length
NO_AREA = "此人尚未上报，接收区市未定，不能移交档案。请先上报人员；已确定接收机构的，请在办理时选择。"
NO_ARCHIVE = "此人的接收区市没有在用的档案管理机构，不能移交档案。请联系系统管理员核对单位设置。"
NO_TARGET = "没有指定接收档案的机构，不能移交。请选择档案管理机构。"


def preview(step_name, ids, *, actor, targets=None):
    """What `take` would do, without doing it."""
    return may_move(Dossier, step_name, as_ids(ids), actor=actor, check=_check(step_name, targets))


def _check(step_name, targets):
    return (lambda ids: _addresses(ids, targets)[1]) if step_name == "send" else None


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, targets=None, values=None):
    """Take a step with every dossier of `ids` that may take it; returns tracks.advancing.Outcome.

    `targets` (for sending): the archive institution for all, or {id: Office}; by default that of the
    receiving area. `values`: facts to write down in all rows that move. Raises Refused and AlreadyDone.
    """
    step, ids = MACHINE[step_name], as_ids(ids)
    check_reason(step, reason_code, reason)
    # Whoever sent a dossier back keeps the record of his act, not sight of the dossier.
    leaving = {} if step.target in WITH_ARCHIVE else {"office": None}

    def work(act):
        return advance(
            act,
            Dossier,
            step.name,
            ids,
            actor=actor,
            values={**leaving, **(values or {})},
            each=(lambda moved: _sent_to(moved, targets)) if step.name == "send" else None,
            check=_check(step.name, targets),
        )

    kind = f"dossier.{step.name}"
    return carry_out(kind, work, actor=actor, reason_code=reason_code, reason=reason.strip(), key=key)


def _sent_to(ids, targets):
    return {pk: {"office": office} for pk, office in _addresses(ids, targets)[0].items()}


def _addresses(ids, targets):
    """({id: archive institution}, {id: why there is none})."""
    if isinstance(targets, Office):
        targets = dict.fromkeys(ids, targets)
    if targets is not None:
        if any(office.kind != OfficeKind.ARCHIVE or not office.active for office in targets.values()):
            raise Refused(
                "所选单位不是在用的档案管理机构，没有移交。人事档案须移交档案管理机构（二(四)），请重新选择。"
            )
        return {pk: targets[pk] for pk in ids if pk in targets}, {pk: NO_TARGET for pk in ids if pk not in targets}
    archives = list(Office.objects.active().filter(kind=OfficeKind.ARCHIVE).order_by("path"))
    found, lacking, below = {}, {}, {}
    for pk, path in _area_paths(ids):
        if path is None:
            lacking[pk] = NO_AREA
            continue
        if path not in below:
            below[path] = next((office for office in archives if office.path.startswith(path)), None)
        if below[path]:
            found[pk] = below[path]
        else:
            lacking[pk] = NO_ARCHIVE
    return found, lacking


def _area_paths(ids):
    # By name: the case lies to the right of this app.
    for chunk in bulk.chunks(ids, AT_ONCE):
        yield from QuerySet(Dossier).filter(pk__in=chunk).values_list("pk", "retiree__case__area__path")


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
        elif state_of[pk] == State.SHELVED and emptied & {"number", "shelf"}:
            outcome.refused[pk] = "已入库的档案须有编号和架位，没有登记。请填写编号和架位。"
        else:
            outcome.moved.append(pk)
