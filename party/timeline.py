"""What happened to a membership, its letters, searches and papers, newest first."""

from audit.history import CREATED, REMOVED
from party.models import Letter, Membership, MembershipPaper, SearchRecord
from party.models.letters import to_words
from party.states import MACHINE, MEANINGS
from tracks import timeline
from tracks.taking import reason_in_words

LABELS = {
    "state": "状态",
    "office": "转入党组织所在单位",
    "branch_name": "所在党支部",
    "placed_on": "编入支部日期",
    "floating": "流动党员",
    "floating_to": "外出流向",
    "lost_since": "失联时间",
    "stopped_on": "停止党籍日期",
    "papers_complete": "党员档案材料齐全",
}
LETTER_LABELS = {
    "reference": "灯塔转接编号",
    "voided_at": "作废时间",
    "arrived_on": "接收日期",
    "late_reason": "逾期接收理由",
    "receipt_on": "回执日期",
    "receipt_number": "回执编号",
    "receipt_handler": "回执经办人",
}
SENTENCES = {
    "issue": "开具介绍信{number}，转入{to}，有效期至 {until}。",
    "issue_outside": "开具市外介绍信{number}，转入{to}，有效期至 {until}。",
    "arrive": "确认接收组织关系。",
    "refuse": "退回介绍信。",
    "place": "编入{branch}。",
    "move": "调整到{branch}。",
    "reissue": "原介绍信作废，重新开具介绍信{number}，转入{to}，有效期至 {until}。",
    "reissue_outside": "原介绍信作废，重新开具市外介绍信{number}，转入{to}，有效期至 {until}。",
    "confirm_outside": "登记市外党组织已接收。",
    "void": "作废介绍信。",
    "lose": "登记为失联党员。",
    "find": "登记已恢复联系。",
    "end": "终止组织关系转接。",
    "end_by_death": "本人去世，组织关系转接终止。",
    "end_by_closing": "移交核销，组织关系转接终止。",
    "reopen": "恢复组织关系转接。",
}


def entries(retiree, user):
    """The entries of this person's membership; [] when the user may not see it or there is none."""
    if not Membership.objects.visible_to(user).filter(pk=retiree.pk).exists():
        return []
    letters = _letters_by_operation(retiree)
    told = []
    for row, before in timeline.versions(Membership, ("office",), retiree_id=retiree.pk):
        told.append(_entry(row, before, letters.pop(row.operation_id, [])))
    # What is left was done to a letter alone: its receipt, or its number in 灯塔.
    told += [_letter_alone(changed) for changed in letters.values()]
    told += [_search(row) for row, _ in timeline.versions(SearchRecord, membership_id=retiree.pk)]
    papers = MembershipPaper.objects.visible_to(user).filter(membership=retiree.pk)
    for pk in papers.values_list("pk", flat=True):
        told += [
            timeline.entry(row.operation, timeline.paper_sentence(row, before))
            for row, before in timeline.versions(MembershipPaper, id=pk)
        ]
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _letters_by_operation(retiree):
    """{operation id: [(version, version before)]} over all letters of the person."""
    found = {}
    for pk in Letter.objects.filter(membership=retiree.pk).values_list("pk", flat=True):
        for row, before in timeline.versions(Letter, ("committee", "addressee"), id=pk):
            found.setdefault(row.operation_id, []).append((row, before))
    return found


def _entry(row, before, letters):
    step = timeline.step_of(MACHINE, "membership", row.operation)
    changed = [change for letter, old in letters for change in _letter_changes(letter, old)]
    return timeline.entry(
        row.operation,
        _sentence(row, before, letters),
        # Another app's operation, an import or a correction, gives its reason where it belongs.
        reason=reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else "",
        changes=[*timeline.changes(row, before, LABELS), *changed],
        meaning=MEANINGS[row.state],
    )


def _sentence(row, before, letters):
    if row.history_type == REMOVED:
        return "删除党组织关系事项。"
    if before is None:
        return f"登记党组织关系，状态为{row.get_state_display()}。"
    # A step that followed from another track's act has that act's operation; the row says itself which step it took.
    if row.last_step in SENTENCES and row.state_since == row.operation.at:
        new = next((letter for letter, _ in letters if letter.history_type == CREATED), None)
        number, until, to = (f"（编号 {new.number}）", new.valid_until, to_words(new)) if new else ("", "", "")
        return SENTENCES[row.last_step].format(branch=row.branch_name, number=number, until=until, to=to)
    return "登记党组织关系情况。"


def _search(row):
    return timeline.entry(row.operation, f"登记查找记录：{row.searched_on}，{row.get_way_display()}。")


def _letter_alone(changed):
    row, before = changed[0]
    noted = "登记介绍信回执。" if before and row.receipt_on != before.receipt_on else "登记介绍信情况。"
    return timeline.entry(row.operation, noted, changes=_letter_changes(row, before))


def _letter_changes(row, before):
    labels = {name: f"介绍信（编号 {row.number}）{label}" for name, label in LETTER_LABELS.items()}
    return timeline.changes(row, before, labels)
