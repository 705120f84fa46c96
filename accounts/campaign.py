"""Which stage it is, until when agreements are to be signed, and which rates are to be reached by when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.calendar import overrides
from accounts.models import Stage, StageTarget
from accounts.stages import STAGES, TARGETS, KnownStage, Measure
from audit.operations import operation
from weihai_transfer.lib import clock, working_days
from weihai_transfer.lib.refusals import Refused

POLICY = "室字〔2020〕10号"


@dataclass(frozen=True)
class Standing:
    """A stage as it stands: the city's row, else what the policy says."""

    known: KnownStage
    row: Stage | None

    @property
    def first_day(self):
        return (self.row or self.known).first_day

    @property
    def last_day(self):
        return (self.row or self.known).last_day

    @property
    def signing_by(self):
        return (self.row or self.known).signing_by

    @property
    def source(self):
        return self.row.source if self.row else f"{POLICY} {self.known.clause}"

    def includes(self, day: date):
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def stages():
    """Every stage in its order, in one query."""
    rows = {row.code: row for row in Stage.objects.all()}
    return [Standing(known, rows.get(code)) for code, known in STAGES.items()]


def stage_on(day=None):
    """The stage of a day; None between two of them."""
    day = day or clock.today()
    return next((one for one in stages() if one.includes(day)), None)


def signing_target():
    """The day by which agreements are to be signed: the latest that any stage sets; None when none does."""
    return max((one.signing_by for one in stages() if one.signing_by), default=None)


def set_stage(code, *, first_day, last_day, signing_by, source, actor, key=None):
    """Let a stage have other days; what stood before stays in the history."""
    values = {"first_day": first_day, "last_day": last_day, "signing_by": signing_by, "source": source}
    with operation("stage.set", actor=actor, reason=source, key=key) as act:
        said = f"{STAGES[code].label}：{first_day} {f'至 {last_day}' if last_day else '起'}"
        act.outcome = {"about": said + (f"，协议签订目标 {signing_by}" if signing_by else "")}
        row = Stage.objects.select_for_update().filter(code=code).first()
        if row:
            act.change(Stage, [row.pk], **values)
        else:
            act.insert([Stage(code=code, **values)])


# --- targets


@dataclass(frozen=True)
class Target:
    """One rate of one stage: the city's row, else what the policy says."""

    stage: KnownStage
    measure: Measure
    percent: Decimal
    due_on: date
    source: str


@dataclass(frozen=True)
class TargetStanding:
    """A target as it stands on a day. Days that are gone are below nought; `working_days` says by its `note` when it
    was reckoned into a year whose calendar is not published."""

    target: Target
    days: int
    working_days: working_days.Reckoned

    @property
    def measure(self):
        return self.target.measure

    @property
    def percent(self):
        return self.target.percent

    @property
    def due_on(self):
        return self.target.due_on


def targets():
    """{(stage, measure): Target} of those that are set, in two queries."""
    rows = {(row.stage, row.measure): row for row in StageTarget.objects.all()}
    found = {}
    for standing in stages():
        for measure in Measure:
            key = (standing.known.code, measure)
            if target := _target(standing, measure, rows.get(key), TARGETS.get(key)):
                found[standing.known.code, measure.value] = target
    return found


def _target(standing, measure, row, known):
    """A day of signing is a target of its own kind: all agreements, unless the city has said how many."""
    day = standing.signing_by if measure == Measure.SIGNED else (row.due_on if row else known and known.due_on)
    percent = row.percent if row else known.percent if known else Decimal(100) if measure == Measure.SIGNED else None
    if day is None or percent is None:
        return None
    source = row.source if row else f"{POLICY} {known.clause}" if known else standing.source
    return Target(standing.known, measure, percent, day, source)


def targets_on(day=None):
    """What is to be reached, as it stands on a day (today by default): at most one TargetStanding for each measure, in
    the order of `Measure`. It is the target that falls due next, or, when all of them are over, the last one.

    Nothing but stages, targets and holidays is read (three queries); whether a target is reached is told by whoever
    counts. `measure` is the code of the rate, `percent` between 0 and 100.
    """
    day = day or clock.today()
    set_days, found = overrides(), []
    known = list(targets().values())
    for measure in Measure:
        mine = sorted((one for one in known if one.measure == measure), key=lambda one: one.due_on)
        if mine:
            target = next((one for one in mine if one.due_on >= day), mine[-1])
            left = working_days.between(day, target.due_on, set_days)
            found.append(TargetStanding(target, (target.due_on - day).days, left))
    return found


def set_target(code, measure, *, percent, due_on=None, source, actor, key=None):
    """Set the target of one measure in one stage; without a percent the stage has none. What stood before stays in the
    history. The day of signing is set with the stage (`set_stage`)."""
    stage, label = STAGES[code], Measure(measure).label
    dated = measure != Measure.SIGNED and percent is not None
    if dated and due_on is None:
        raise Refused("没有填写目标日期，没有设定。请填写后再提交。")
    if percent is not None and not 0 < percent <= 100:
        raise Refused("目标应大于 0、不超过 100，没有设定。请核对后再提交。")
    values = {"percent": percent, "due_on": due_on if dated else None, "source": source}
    with operation("stage.set_target", actor=actor, reason=source, key=key) as act:
        said = f"{percent}%{f'，{due_on} 前' if dated else ''}" if percent is not None else "不设目标"
        act.outcome = {"about": f"{stage.label} {label}：{said}"}
        row = StageTarget.objects.select_for_update().filter(stage=code, measure=measure).first()
        if row:
            act.change(StageTarget, [row.pk], **values)
        else:
            act.insert([StageTarget(stage=code, measure=measure, **values)])
