"""One story over everything that happened to a person, newest first, in the words of the people who did it."""

from dataclasses import dataclass

from archives import timeline as dossiers
from audit.history import CREATED
from benefits import medical_timeline as medical
from benefits import path as money
from handover import differences, facts
from handover.badges import MEANINGS
from handover.models import Case, CasePaper, DeathNotice
from handover.states.cases import MACHINE
from party import timeline as memberships
from retirees.models import Retiree
from tracks import timeline
from tracks.taking import reason_in_words
from weihai_transfer.lib.words import shown

CASE_LABELS = {
    "state": "状态",
    "office": "接收单位",
    "outside_place": "市外接收单位",
    "contact_card": "联系卡编号",
    "contacted_on": "首次联系日期",
}
JOINED = ("office", "area", "batch", "returned_by")
SENTENCES = {
    "submit": "第 {round} 轮上报，批次 {batch}，送{area}分配。",
    "resubmit": "第 {round} 轮上报，批次 {batch}，直接送{office}。",
    "withdraw": "撤回上报。",
    "assign": "分配到{office}。",
    "reassign": "改派到{office}。",
    "pass_down": "转交{office}。",
    "hand_back": "交回{area}重新分配。",
    "redirect": "转{area}。",
    "accept": "接收。",
    "return": "退回。",
    "take_back": "收回退件，准备修改。",
    "contact": "登记首次联系，联系卡 {card}。",
    "complete": "办结。",
    "send_outside": "转市外移交，接收单位为{outside}。",
    "recall_outside": "改为市内移交。",
    "report_outside": "提交市外接收回执。",
    "confirm_outside": "确认市外接收。",
    "refuse_outside": "退回市外接收回执。",
    "ask_closing": "申请核销。",
    "propose_closing": "提出核销。",
    "confirm_closing": "确认核销。",
    "agree_closing": "同意核销。",
    "refuse_closing": "不同意核销，退回企业。",
    "object_closing": "不同意核销，收回人员。",
}


@dataclass
class Told:
    """What one operation did to one person: the versions that it left, each with the one before."""

    operation: object
    person: tuple = (None, None)
    case: tuple = (None, None)
    notice: tuple = (None, None)
    paper: tuple = (None, None)


def entries(retiree, user):
    """The entries of all tracks that this user may see."""
    told = [entry for track in (dossiers, memberships, medical) for entry in track.entries(retiree, user)]
    told += _own(retiree, user)
    told += money.entries_of_person(retiree, user)
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _own(retiree, user):
    case = Case.objects.visible_to(user).filter(pk=retiree.pk).first()
    if case is None:
        return []
    names = facts.names_for(case, user)
    found = (_entry(told, names) for told in _by_operation(retiree.pk).values())
    return [entry for entry in found if entry][::-1]


def _by_operation(pk):
    """{operation id: Told}, oldest first."""
    versions = (
        ("person", timeline.versions(Retiree, id=pk)),
        ("case", timeline.versions(Case, JOINED, retiree_id=pk)),
        ("notice", timeline.versions(DeathNotice, ("office", "enterprise"), retiree_id=pk)),
        ("paper", timeline.versions(CasePaper, case_id=pk)),
    )
    found = {}
    for name, rows in versions:
        for row, before in rows:
            told = found.setdefault(row.operation_id, Told(row.operation))
            # An import in several transactions may touch a row twice: its last version counts, with the first before.
            setattr(told, name, (row, getattr(told, name)[1] or before))
    return dict(sorted(found.items(), key=lambda item: item[1].operation.at))


def _entry(told, names):
    changes = [*_facts_changed(told.person, names), *_case_changes(*told.case)]
    sentence = _sentence(told, changes)
    if not sentence:
        return None
    row = told.case[0]
    step = MACHINE.by_name.get(row.last_step) if row and _took_a_step(*told.case) else None
    return timeline.entry(
        told.operation,
        sentence,
        reason=_reason(step, told.operation),
        changes=changes,
        meaning=MEANINGS.get(row.state, "away") if row else "",
    )


def _reason(step, operation):
    # Of an import the reason column names the file for the auditors; a reader of the story has no use for it.
    if operation.kind.startswith("roster."):
        return ""
    return reason_in_words(step, operation.reason_code, operation.reason)


def _case_changes(row, before):
    return timeline.changes(row, before, CASE_LABELS) if row else ()


def _facts_changed(versions, names):
    row, before = versions
    if row is None or before is None:
        return []
    return differences.changed(differences.as_person(before), differences.as_person(row), names)


def _took_a_step(row, before):
    return row.last_step != "" and (before is None or row.state_since != before.state_since)


def _sentence(told, changes):
    parts = []
    notice, earlier = told.notice
    if told.operation.kind == "case.record_death":
        parts.append(f"登记死亡，死亡日期 {shown(told.person[0].died_on)}。")
    if told.case[0] and _took_a_step(*told.case):
        parts.append(_step_sentence(told.case[0]))
    if notice and earlier is None:
        side = notice.enterprise if notice.state == "told_to_enterprise" else notice.office
        parts.append(f"告知{side}。")
    elif notice and notice.state != earlier.state:
        parts.append("知悉死亡登记。")
    if told.paper[0]:
        parts.append(timeline.paper_sentence(*told.paper))
    if not parts and told.person[0] and told.person[0].history_type == CREATED:
        parts.append("登记退休人员信息，等待上报。")
    if not parts and (changes or told.operation.kind == "retiree.correct"):
        parts.append("更正人员信息。")
    return "".join(parts)


def _step_sentence(row):
    return SENTENCES[row.last_step].format(
        round=row.round,
        batch=row.batch,
        area=row.area,
        office=row.office,
        card=row.contact_card,
        outside=row.outside_place,
    )
