"""How far a problem or a notice has come, and its story."""

from handover.models import Notice, Problem
from handover.problems import due, viewers
from handover.states import notices, problems
from tracks import timeline
from tracks.taking import reason_in_words

PATH = (problems.State.RAISED, problems.State.ASSIGNED, problems.State.ANSWERED, problems.State.SETTLED)
NEXT = {
    problems.State.RAISED: "交办",
    problems.State.ASSIGNED: "答复",
    problems.State.ANSWERED: "确认是否解决",
    problems.State.ESCALATED: "登记领导小组的决定或意见",
}
NOTICE_PATH = (notices.State.ISSUED, notices.State.REPLIED, notices.State.CLOSED)
NOTICE_NEXT = {notices.State.ISSUED: "答复", notices.State.REPLIED: "核定"}
LABELS = {"state": "状态", "unit": "承办单位", "unit_enterprise": "承办企业", "due_on": "答复期限", "round": "答复轮次"}
NOTICE_LABELS = {"state": "状态", "reply": "答复内容"}


def problem_track(row, user):
    side = row.side
    words = f"{viewers.name_of_side(row, side.acts)}{NEXT[row.state]}" if side else ""
    if day := due.last_day(row):
        words += f"，最迟 {day:%Y-%m-%d}"
    responsible = viewers.name_of_side(row, side.answers) if side else ""
    gone = row.state == problems.State.WITHDRAWN
    here = 1 if row.state == problems.State.ESCALATED else -1 if gone else PATH.index(row.state)
    return _track("问题", viewers.badge(row, user), PATH, here, gone, responsible, words)


def notice_track(row, user):
    side = row.side
    names = {notices.ADDRESSEE: viewers.place_name(row.addressee), notices.CITY: viewers.CITY_OFFICE}
    words = f"{names[side.acts]}{NOTICE_NEXT[row.state]}" if side else ""
    if row.state == notices.State.ISSUED:
        words += f"，最迟 {row.due_on:%Y-%m-%d}"
    gone = row.state == notices.State.CANCELLED
    here = -1 if gone else NOTICE_PATH.index(row.state)
    responsible = names[side.answers] if side else ""
    return _track("督办", viewers.notice_badge(row, user), NOTICE_PATH, here, gone, responsible, words)


def _track(heading, badge, path, here, gone, responsible, words):
    ended = here == len(path) - 1
    return {
        "heading": heading,
        "badge": badge,
        "steps": [
            {
                "label": one.label,
                "status": "off" if gone else "done" if at < here or ended else "now" if at == here else "ahead",
                "note": "",
            }
            for at, one in enumerate(path)
        ],
        "responsible": responsible,
        "next_words": f"{words}。" if words else "",
    }


def of_problem(row):
    told = timeline.versions(Problem, ("unit", "unit_enterprise"), id=row.pk)
    return _entries(told, problems, "problem", "提出问题。", LABELS)


def of_notice(row):
    return _entries(timeline.versions(Notice, id=row.pk), notices, "notice", "下发督办。", NOTICE_LABELS)


def _entries(versions, law, track, first, labels):
    told = []
    for row, before in versions:
        step = timeline.step_of(law.MACHINE, track, row.operation)
        sentence = first if before is None else f"{step.label}。" if step else "登记。"
        told.append(
            timeline.entry(
                row.operation,
                sentence,
                reason=reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else "",
                changes=timeline.changes(row, before, labels) if before is not None else (),
                meaning=law.MEANINGS[row.state],
            )
        )
    return told[::-1]
