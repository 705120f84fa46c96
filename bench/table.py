"""How a measured row looks, and how it is measured."""

import resource
import time
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Row:
    work: str
    ours: str
    peer: str
    # peer / ours, or ours / floor when the floor is the reference.
    ratio: float | None
    goal: str
    reached: bool

    def __str__(self):
        ratio = f"{self.ratio:.1f} ×" if self.ratio is not None else "—"
        return (
            f"| {self.work} | {self.ours} | {self.peer} | {ratio} | {self.goal} | {'yes' if self.reached else 'NO'} |"
        )


HEAD = "| work | ours | peer or floor | ratio | goal | reached |\n|---|---|---|---|---|---|"


class Watch:
    seconds = 0.0


@contextmanager
def watch():
    found = Watch()
    start = time.perf_counter()
    yield found
    found.seconds = time.perf_counter() - start


def best_of(times, work):
    """The shortest of several runs: the one that the rest of the machine disturbed least."""
    found = []
    for _ in range(times):
        with watch() as one:
            work()
        found.append(one.seconds)
    return min(found)


def peak_mb(who=resource.RUSAGE_SELF):
    return resource.getrusage(who).ru_maxrss / 1024
