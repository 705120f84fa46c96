"""The five steps from a file to people who wait for somebody, as the step bar shows them."""

from dataclasses import dataclass

from retirees.models.rosters import RosterState

LABELS = ("上传", "识别表头", "核对", "导入", "上报")
# Which of the steps is under way, and what stands below it.
HERE = {
    None: (0, "选择文件"),
    RosterState.UPLOADED: (1, "等待读取"),
    RosterState.READING: (2, "正在核对"),
    RosterState.HEADINGS: (1, "待您确认"),
    RosterState.CHECKED: (3, "待您决定"),
    RosterState.IMPORTING: (3, "正在导入"),
    RosterState.IMPORTED: (4, "在人员列表办理"),
    RosterState.REFUSED: (1, "不能读取"),
    RosterState.WITHDRAWN: (3, "已撤回"),
    RosterState.CANCELLED: (1, "已取消"),
}


@dataclass(frozen=True)
class Step:
    label: str
    status: str
    note: str = ""


def steps_of(roster):
    here, words = HERE[roster.state if roster else None]
    found = [Step(label, "done") for label in LABELS[:here]]
    found.append(Step(LABELS[here], "now", words))
    return found + [Step(label, "ahead") for label in LABELS[here + 1 :]]
