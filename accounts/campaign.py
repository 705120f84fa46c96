"""Which stage it is and until when agreements are to be signed."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Stage
from accounts.stages import STAGES, KnownStage
from audit.operations import operation
from weihai_transfer.lib import clock


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
        return self.row.source if self.row else f"室字〔2020〕10号 {self.known.clause}"

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


def targets_on(day=None):
    return []
