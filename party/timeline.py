"""What happened to a membership and its letters, newest first."""

from audit.history import CREATED, REMOVED
from party.models import Letter, Membership
from party.states import MACHINE, MEANINGS
from tracks import timeline
from tracks.taking import reason_in_words

LABELS = {"state": "状态", "office": "转入党组织所在单位", "branch": "所在党支部", "placed_on": "编入支部日期"}
LETTER_LABELS = {"voided_at": "作废时间", "arrived_on": "接收日期", "receipt_on": "回执日期"}
SENTENCES = {
    "issue": "开具介绍信{number}，转入{office}，有效期至 {until}。",
    "arrive": "确认接收组织关系。",
    "refuse": "退回介绍信。",
    "place": "编入{branch}。",
    "reissue": "原介绍信作废，重新开具介绍信{number}，转入{office}，有效期至 {until}。",
    "void": "作废介绍信。",
    "lose": "登记为失联党员。",
    "find": "登记已恢复联系。",
    "end": "终止组织关系转接。",
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
    # What is left was done to a letter alone: its receipt.
    told += [_receipt(changed) for changed in letters.values()]
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _letters_by_operation(retiree):
    """{operation id: [(version, version before)]} over all letters of the person."""
    found = {}
    for pk in Letter.objects.filter(membership=retiree.pk).values_list("pk", flat=True):
        for row, before in timeline.versions(Letter, id=pk):
            found.setdefault(row.operation_id, []).append((row, before))
    return found


def _entry(row, before, letters):
    step = timeline.step_of(MACHINE, "membership", row.operation)
    changed = [change for letter, old in letters for change in _letter_changes(letter, old)]
    return timeline.entry(
        row.operation,
        _sentence(row, before, step, letters),
        # Another app's operation, an import or a correction, gives its reason where it belongs.
        reason=reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else "",
        changes=[*timeline.changes(row, before, LABELS), *changed],
        meaning=MEANINGS[row.state],
    )


def _sentence(row, before, step, letters):
    if row.history_type == REMOVED:
        return "删除党组织关系事项。"
    if before is None:
        return f"登记党组织关系，状态为{row.get_state_display()}。"
    if step and row.last_step == step.name:
        new = next((letter for letter, _ in letters if letter.history_type == CREATED), None)
        number, until = (f"（编号 {new.number}）", new.valid_until) if new else ("", "")
        return SENTENCES[step.name].format(office=row.office, branch=row.branch, number=number, until=until)
    return "登记党组织关系情况。"


def _receipt(changed):
    row, before = changed[0]
    return timeline.entry(row.operation, "登记介绍信回执。", changes=_letter_changes(row, before))


def _letter_changes(row, before):
    labels = {name: f"介绍信（编号 {row.number}）{label}" for name, label in LETTER_LABELS.items()}
    return timeline.changes(row, before, labels)
