"""The lines of the bridge from the baseline to today, in the order in which they are read (domain: 应移交人数)."""

from dataclasses import dataclass

from oversight.models import ChangeKind
from oversight.models.baseline import ENTERING, OF_CLOSED


@dataclass(frozen=True)
class Line:
    """`sign`: 1 adds, -1 takes away, 0 is a number to stand on. `kinds`: under which a person of this line may be
    recorded. `always`: a column of the tables even when nobody is in it."""

    code: str
    label: str
    sign: int
    kinds: tuple[str, ...] = ()
    waiting: bool = False
    always: bool = False


BASELINE, FOUND_WAITING, REMOVED_WAITING = "baseline", "found_waiting", "removed_waiting"
MOVED_IN, MOVED_OUT = "moved_in", "moved_out"
DUE_STOCK, DUE_FLOW, DUE = "due_stock", "due_flow", "due"
WITHDRAWN = ChangeKind.WITHDRAWN.value

LINES = {
    line.code: line
    for line in (
        Line(BASELINE, "基线人数", 0, always=True),
        *(Line(kind.value, kind.label, 1, ENTERING) for kind in ENTERING),
        Line(FOUND_WAITING, "待确认增加", 1, ENTERING, waiting=True, always=True),
        *(Line(kind.value, kind.label, -1, OF_CLOSED) for kind in OF_CLOSED),
        Line(WITHDRAWN, ChangeKind.WITHDRAWN.label, -1),
        Line(REMOVED_WAITING, "待确认减少", -1, (ChangeKind.WITHDRAWN,), waiting=True, always=True),
        Line(MOVED_IN, "转入", 1),
        Line(MOVED_OUT, "转出", -1),
        Line(DUE_STOCK, "今日存量应移交", 0, always=True),
        Line(DUE_FLOW, "常态化新增", 1, always=True),
        Line(DUE, "今日应移交", 0, always=True),
    )
}
# What leads from the baseline to the stock of today.
CHANGES = tuple(code for code, line in LINES.items() if line.sign and code != DUE_FLOW)
# Their people are told by the rows of the baseline: the baseline itself, and who is gone with a roster.
OF_FROZEN = (BASELINE, WITHDRAWN, REMOVED_WAITING)
EXPLAINED = {
    BASELINE: "冻结时在册、尚未核销的存量人员",
    FOUND_WAITING: "冻结后登记、尚未登记变动理由的存量人员",
    REMOVED_WAITING: "花名册已撤回、尚未登记变动理由",
    MOVED_IN: "基线时不在这里，现在计入这里",
    MOVED_OUT: "基线时计入这里，现在不在这里",
    DUE_FLOW: "2021年以后退休、尚未核销的人员，不在基线内（方案一）",
}
