"""Recording why somebody came into the number or left it: many people as one, each told what became of him."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from audit.operations import operation
from handover.models import Case
from handover.states.cases import State
from oversight.baseline.freezing import may_keep
from oversight.models import Baseline, BaselineChange, BaselinePerson, ChangedPerson, ChangeKind
from oversight.models.baseline import ENTERING, OF_CLOSED
from tracks.advancing import UNSEEN, Outcome
from tracks.taking import NothingMoved, as_ids
from weihai_transfer.lib import bulk
from weihai_transfer.lib.among import among
from weihai_transfer.lib.refusals import Refused

NO_BASELINE = "还没有冻结应移交基线，没有登记。请先冻结基线。"
IN_BASE = "此人冻结时已计入基线，不是新增人员，没有登记。"
OF_FLOW = "此人2021年以后退休，属于常态化移交人员，不计入基线变动，没有登记。"
STILL_DUE = "此人没有核销，仍计入应移交人数，没有登记为减少。请先办理核销。"
NEVER_COUNTED = "此人冻结前已经核销，没有计入基线，没有登记。"
ONLY_WITHDRAWN = "此人已随花名册撤回，只能登记为“花名册撤回”，没有登记。请重新选择变动类别。"
NOT_WITHDRAWN = "此人的花名册没有撤回，没有登记为“花名册撤回”。请重新选择变动类别。"
AGAIN = "此人的变动已登记为“{kind}”，没有重复登记。"
AT_ONCE = 5000


def preview(ids, kind, *, actor):
    """What `record` would do, without doing it."""
    baseline = QuerySet(Baseline).filter(in_force=True).first()
    return _sorted_out(baseline, as_ids(ids), kind, actor)


def record(ids, kind, *, reason, actor, key=None):
    """Record one change about the people of `ids`; returns an Outcome. Who is recorded under another kind of the same
    direction comes under this one: the history keeps what stood before."""
    if not may_keep(actor):
        raise PermissionDenied
    if not reason.strip():
        raise Refused("没有填写变动理由，没有登记。请写明情况后再提交。")
    if kind not in ChangeKind.values:
        raise Refused("没有选择变动类别，没有登记。请选择后再提交。")
    try:
        with operation("baseline.record", actor=actor, reason_code=kind, reason=reason.strip(), key=key) as act:
            # Whoever records at the same time waits: nobody comes under two kinds.
            baseline = QuerySet(Baseline).select_for_update().filter(in_force=True).first()
            outcome = _sorted_out(baseline, as_ids(ids), kind, actor)
            act.outcome = outcome.as_json()
            if not outcome.moved:
                raise NothingMoved(outcome)
            _write(act, baseline, outcome.moved, kind)
    except NothingMoved as nothing:
        return nothing.outcome
    return outcome


def _write(act, baseline, ids, kind):
    done, entering = act.operation, kind in ENTERING
    before = QuerySet(ChangedPerson).filter(baseline=baseline, entering=entering)
    for chunk in bulk.chunks(ids, AT_ONCE):
        act.remove(ChangedPerson, list(before.filter(case_id__in=among(Case, chunk)).values_list("pk", flat=True)))
    by = f"{done.office} {done.actor_name}".strip()
    change = BaselineChange(baseline=baseline, kind=kind, reason=done.reason, at=done.at, by=by)
    (change,) = act.insert([change])
    act.insert(ChangedPerson(change=change, baseline=baseline, case_id=pk, entering=entering) for pk in ids)


def _sorted_out(baseline, ids, kind, actor):
    if not may_keep(actor):
        raise PermissionDenied
    if baseline is None:
        raise Refused(NO_BASELINE)
    outcome = Outcome("record")
    for chunk in bulk.chunks(ids, AT_ONCE):
        known = _Known(baseline, chunk, kind in ENTERING)
        for pk in chunk:
            if why := known.why_not(pk, kind):
                outcome.refused[pk] = why
            else:
                outcome.moved.append(pk)
    return outcome


class _Known:
    """What there is of some people: their cases, their rows of the baseline, what is recorded of them already."""

    def __init__(self, baseline, ids, entering):
        rows = QuerySet(Case).filter(pk__in=among(Case, ids))
        self.frozen_at = baseline.frozen_at
        self.cases = {pk: rest for pk, *rest in rows.values_list("pk", "stock", "state", "state_since")}
        frozen = QuerySet(BaselinePerson).filter(baseline=baseline, case_id__in=among(Case, ids))
        self.frozen = set(frozen.values_list("case_id", flat=True))
        told = QuerySet(ChangedPerson).filter(baseline=baseline, case_id__in=among(Case, ids), entering=entering)
        self.told = dict(told.values_list("case_id", "change__kind"))

    def why_not(self, pk, kind):
        """ "" or why this kind cannot be recorded of this person."""
        if pk not in self.cases and pk not in self.frozen:
            return UNSEEN
        if self.told.get(pk) == kind:
            return AGAIN.format(kind=ChangeKind(kind).label)
        return self._of_arrival(pk) if kind in ENTERING else self._of_departure(pk, kind)

    def _of_arrival(self, pk):
        if pk in self.frozen:
            return IN_BASE
        stock, state, since = self.cases[pk]
        if not stock:
            return OF_FLOW
        return NEVER_COUNTED if state == State.CLOSED and since < self.frozen_at else ""

    def _of_departure(self, pk, kind):
        stock, state, since = self.cases.get(pk, (False, "", None))
        if pk in self.frozen and not stock:
            return "" if kind == ChangeKind.WITHDRAWN else ONLY_WITHDRAWN
        if not stock:
            return OF_FLOW
        if state != State.CLOSED:
            return STILL_DUE
        if pk not in self.frozen and since < self.frozen_at:
            return NEVER_COUNTED
        return "" if kind in OF_CLOSED else NOT_WITHDRAWN
