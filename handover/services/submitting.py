"""Submitting 上报: to the receiving area, or straight back to the street that returned the person."""

from dataclasses import dataclass, field

from handover import suggesting
from handover.models import Case
from handover.services.batches import number_batches
from handover.services.effects import EFFECTS, RECEIVERS, values_of
from handover.services.targets import is_area
from retirees.codes import ReceiverBasis
from tracks import advancing
from tracks.advancing import Outcome
from weihai_transfer.lib import bulk

NO_AREA = "地址不能判断接收区市。请补充户口所在地或常年居住地，或手工指定接收区市。"
OUTSIDE = "户口所在地、常年居住地均在市外。请改走市外移交；在本市有常年居住地的，请先更正地址。"


@dataclass
class Plan:
    """Which rows go straight back, which go by an area, and by which one."""

    targets: object
    store: bool
    straight: list = field(default_factory=list)
    by_area: list = field(default_factory=list)
    # {case id: (area, basis) or a sentence}, filled as rows are asked about.
    answers: dict = field(default_factory=dict)

    def check(self, ids):
        """For tracks.advance: the rows without a known area."""
        self._ask([pk for pk in ids if pk not in self.answers])
        return {pk: self.answers[pk] for pk in ids if isinstance(self.answers[pk], str)}

    def _ask(self, ids):
        suggested = suggesting.suggestions_for(ids, store=self.store)
        for pk in ids:
            self.answers[pk] = _answer(self.targets.of(pk), suggested[pk])

    def places(self, ids):
        """{case id: the fields that say where it goes}"""
        found = {}
        for pk in ids:
            area, basis = self.answers[pk]
            found[pk] = {"area": area, "office": area, "basis": basis}
        return found


def _answer(target, suggested):
    if target is not None and not is_area(target):
        return f"{target}不是接收区市、开发区。请选择区市、开发区。"
    if target is not None and not target.active:
        return f"{target}已停用，不能接收。请另选接收区市。"
    if target is None and suggested.outside:
        return OUTSIDE
    area = target or suggested.area
    if area is None:
        return NO_AREA
    known = suggested.area == area and suggested.basis in ReceiverBasis.values
    return area, suggested.basis if known else ""


def plan(step_name, ids, targets, *, store):
    """Tell returned rows whose area is not changed from all others; asked for `resubmit`, all go straight back."""
    made = Plan(targets, store)
    if step_name == "resubmit":
        made.straight = list(ids)
        return made
    straight = set()
    for chunk in bulk.chunks(ids, advancing.AT_ONCE):
        returned = Case.objects.filter(pk__in=chunk, returned_by__kind__in=RECEIVERS, returned_by__active=True)
        for pk, area in returned.values_list("pk", "area_id"):
            target = targets.of(pk)
            if target is None or target.pk == area:
                straight.add(pk)
    made.straight = [pk for pk in ids if pk in straight]
    made.by_area = [pk for pk in ids if pk not in straight]
    return made


def preview(step_name, ids, *, actor, targets):
    made = plan(step_name, ids, targets, store=False)
    return joined(
        step_name,
        advancing.may_move(Case, "submit", made.by_area, actor=actor, check=made.check),
        advancing.may_move(Case, "resubmit", made.straight, actor=actor),
    )


def submit(act, step_name, ids, *, actor, targets):
    """All in one operation: the batch, the new rows to their areas, the returned rows to their streets."""
    advancing.lock_rows(Case, ids)
    made = plan(step_name, ids, targets, store=True)
    new = advancing.may_move(Case, "submit", made.by_area, actor=actor, check=made.check).moved
    again = advancing.may_move(Case, "resubmit", made.straight, actor=actor).moved
    batches = number_batches(act, [*new, *again])
    at = act.operation.at
    places = made.places(new)
    return joined(
        step_name,
        advancing.advance(
            act,
            Case,
            "submit",
            made.by_area,
            actor=actor,
            values=values_of(EFFECTS["submit"], at),
            each={pk: {**places[pk], "batch": batches[pk]} for pk in new},
            check=made.check,
        ),
        advancing.advance(
            act,
            Case,
            "resubmit",
            made.straight,
            actor=actor,
            values=values_of(EFFECTS["resubmit"], at),
            each={pk: {"batch": batches[pk]} for pk in again},
        ),
    )


def joined(step_name, *outcomes):
    whole = Outcome(step_name)
    for one in outcomes:
        whole.moved += one.moved
        whole.refused |= one.refused
        whole.forbidden += one.forbidden
    return whole
