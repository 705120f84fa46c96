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
    stopped = roster is not None and roster.state in (RosterState.REFUSED, RosterState.WITHDRAWN, RosterState.CANCELLED)
    found = []
    for place, label in enumerate(LABELS):
        if place < here:
            found.append(Step(label, "done"))
        elif place == here:
            found.append(Step(label, "off" if stopped else "now", words))
        else:
            found.append(Step(label, "off" if stopped else "ahead"))
    return found
