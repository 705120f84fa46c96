"""What happened to a dossier, newest first."""

from archives.models import Dossier
from archives.states import MACHINE, MEANINGS
from audit.history import REMOVED
from tracks import timeline
from tracks.taking import reason_in_words

LABELS = {
    "state": "状态",
    "office": "接收机构",
    "volumes": "册数",
    "pages": "页数",
    "place": "移交前存放地",
    "number": "档案编号",
    "shelf": "架位",
    "shipment": "档案批次",
    "condition": "核收时卷况",
    "retention": "保管期限",
    "remark": "目录备注",
    "digitised_on": "数字化日期",
    "images": "图像数",
    "pages_counted": "数字化清点页数",
}
SENTENCES = {
    "ready": "档案整理完成，待移交。",
    "reopen": "档案退回整理。",
    "send": "档案随批次 {shipment} 移交{office}。",
    "recall": "批次撤回，档案未移交。",
    "receive": "核收档案。",
    "return": "将档案退回补正。",
    "take_back": "收回档案补正。",
    "shelve": "档案入库，存放于{shelf}。",
    "defer": "签订协议，档案转为协议整理。",
    "resume": "恢复整理档案。",
    "report_lost": "登记档案在移交途中遗失。",
    "turn_up": "登记遗失的档案已查见并核收。",
    "find": "登记档案已找回。",
    "rebuild": "登记档案已按规定补建。",
    "move": "档案移架，存放于{shelf}。",
    "exempt": "经两项条件核对，登记档案不移交。",
    "dispute": "提请界定是否属于市委管理的退休领导人员。",
    "decide_exempt": "研究决定档案不移交。",
    "decide_transfer": "研究决定档案应当移交。",
    "end": "档案移交随核销终止。",
    "include": "恢复移交档案。",
    "declare_none": "登记为无档案。",
    "register": "补登档案。",
}


# Acts that are no steps, and steps of the shipment in which the dossier travels.
ALSO = {
    "dossier.pack": "装入批次。",
    "dossier.unpack": "移出批次。",
    "dossier.register_list": "按移交案卷目录登记。",
    "shipment.cancel": "批次取消，档案移出。",
}


def entries(retiree, user):
    """The entries of this person's dossier; [] when the user may not see it."""
    if not Dossier.objects.visible_to(user).filter(pk=retiree.pk).exists():
        return []
    told = [
        _entry(row, before) for row, before in timeline.versions(Dossier, ("office", "shipment"), retiree_id=retiree.pk)
    ]
    return told[::-1]


def _entry(row, before):
    # A dossier is sent and recalled by its shipment.
    step = timeline.step_of(MACHINE, "dossier", row.operation) or timeline.step_of(MACHINE, "shipment", row.operation)
    return timeline.entry(
        row.operation,
        _sentence(row, before, step),
        # Another app's operation, an import or a correction, gives its reason where it belongs.
        reason=reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else "",
        changes=timeline.changes(row, before, LABELS),
        meaning=MEANINGS[row.state],
    )


def _sentence(row, before, step):
    if row.history_type == REMOVED:
        return "删除档案事项。"
    if before is None:
        return f"登记人事档案，状态为{row.get_state_display()}。"
    if step and row.last_step == step.name:
        return SENTENCES[step.name].format(office=row.office, shelf=row.shelf, shipment=row.shipment)
    return ALSO.get(row.operation.kind, "登记档案情况。")
