"""The law of a track as a table: its states, the steps between them, and what stands in a step's way."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q


@dataclass(frozen=True)
class Blocker:
    """Rows that match `condition` cannot take the step; `sentence` says why and what to do."""

    sentence: str
    condition: Q | Callable[[], Q]

    def rows(self):
        return self.condition() if callable(self.condition) else self.condition


@dataclass(frozen=True, kw_only=True)
class Step:
    """One allowed move. `duties`: who may take it; `reasons`: coded reasons, when one must be given."""

    name: str
    label: str
    duties: tuple[str, ...]
    sources: tuple[str, ...]
    target: str
    reasons: tuple[tuple[str, str], ...] = ()
    needs_text: bool = False
    danger: bool = False
    blockers: tuple[Blocker, ...] = ()

    @property
    def needs_reason(self):
        return bool(self.reasons) or self.needs_text


@dataclass(frozen=True)
class Side:
    """Who must act next in a state and who is responsible meanwhile; exactly one of each (design 3: no orphan)."""

    acts: str
    answers: str


@dataclass
class Machine:
    """The states one kind of track can be in, the steps between them, and the sides of each state."""

    states: type
    sides: dict[str, Side | None]
    steps: tuple[Step, ...] = ()
    by_name: dict[str, Step] = field(init=False)

    def __post_init__(self):
        known = {state.value for state in self.states}
        if set(self.sides) != known:
            raise ValueError(f"sides must be said for each state: {known.symmetric_difference(self.sides)}")
        self.by_name = {step.name: step for step in self.steps}
        for step in self.steps:
            if strays := {*step.sources, step.target} - known:
                raise ValueError(f"step {step.name!r} names unknown states {strays}")

    def __getitem__(self, name):
        return self.by_name[name]

    def steps_from(self, state):
        return [step for step in self.steps if state in step.sources]

    def states_where_acts(self, side):
        """The states in which it is this side's turn."""
        return [state for state, sides in self.sides.items() if sides and sides.acts == side]
