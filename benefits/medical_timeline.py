"""What happened to a medical-insurance transfer, newest first."""

from audit.history import REMOVED
from benefits.medical_states import MACHINE, MEANINGS
from benefits.models import MedicalPaper, MedicalTransfer
from tracks import timeline
from tracks.taking import reason_in_words
from weihai_transfer.lib.words import shown

LABELS = {
    "state": "状态",
    "office": "接收区市",
    "scheme": "原参保方式",
    "amount": "衔接费用（元）",
    "amount_kind": "费用方式",
    "payer": "费用承担",
    "bureau": "经办部门",
    "agreed_on": "商定日期",
    "contribution_proof_on": "缴费年限证明移交日期",
    "insurance_proof_on": "参保凭证移交日期",
    "application_form_on": "转移接续申请表移交日期",
    "other_document": "其他材料",
    "other_document_on": "其他材料移交日期",
    "taken_over_on": "接续日期",
    "insured_place": "接续后参保地",
}
SENTENCES = {
    "propose": "向{office}提出医保衔接方案。",
    "recall": "撤回医保衔接方案。",
    "agree": "同意医保衔接方案。",
    "object": "不同意医保衔接方案，退回协商。",
    "reopen": "医保衔接重新协商。",
    "hand": "移交医保衔接材料。",
    "refuse_documents": "退回医保衔接材料。",
    "take_over": "登记医保已衔接，{day} 起在{place}参保。",
    "undo": "撤销医保已衔接的登记。",
    "report_outside": "登记医保在市外衔接，{day} 起在{place}参保。",
    "confirm_outside": "确认医保在市外衔接。",
    "refuse_outside": "退回医保市外衔接的登记。",
    "undo_outside": "撤销医保在市外衔接的登记。",
    "end_by_death": "医保衔接因去世终止。",
    "end_by_closing": "医保衔接随核销终止。",
    "end_by_correction": "更正为已纳入地方管理，医保衔接终止。",
    "resume": "更正为未纳入地方管理，恢复医保衔接。",
}


def entries(retiree, user):
    """The entries of this person's transfer; [] when the user may not see it."""
    if not MedicalTransfer.objects.visible_to(user).filter(pk=retiree.pk).exists():
        return []
    rows = timeline.versions(MedicalTransfer, ("office", "bureau"), retiree_id=retiree.pk)
    told = [_entry(row, before) for row, before in rows]
    for pk in MedicalPaper.objects.visible_to(user).filter(transfer=retiree.pk).values_list("pk", flat=True):
        papers = timeline.versions(MedicalPaper, id=pk)
        told += [timeline.entry(row.operation, timeline.paper_sentence(row, before)) for row, before in papers]
    return sorted(told, key=lambda entry: entry.at)[::-1]


def _entry(row, before):
    step = timeline.step_of(MACHINE, "medical", row.operation)
    return timeline.entry(
        row.operation,
        _sentence(row, before),
        # Another app's operation, an import or a recorded death, gives its reason where it belongs.
        reason=reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else "",
        changes=timeline.changes(row, before, LABELS),
        meaning=MEANINGS[row.state],
    )


def _sentence(row, before):
    if row.history_type == REMOVED:
        return "更正为已纳入地方管理，删除医保衔接事项。"
    if before is None:
        return f"登记医保衔接，状态为{row.get_state_display()}。"
    return SENTENCES[row.last_step].format(office=row.office, day=shown(row.taken_over_on), place=row.insured_place)
