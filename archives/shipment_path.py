"""How far a shipment or a filing fee has come, as the step bar shows it, and its story."""

from archives import fee_states, shipment_states
from archives.fee_states import ASSESSOR
from archives.models import FilingFee, Shipment
from archives.states import ARCHIVE, ENTERPRISE
from tracks import timeline
from tracks.taking import reason_in_words

Sent = shipment_states.State
Fee = fee_states.State
SHIPMENT_PATH = (Sent.PACKING, Sent.IN_TRANSIT, Sent.CHECKING, Sent.CHECKED, Sent.SIGNED, Sent.RECEIPTED)
SHIPMENT_NEXT = {
    Sent.PACKING: "装箱，填写移交人和封签号后发出",
    Sent.IN_TRANSIT: "收到后逐卷核收",
    Sent.CHECKING: "核收完每一卷",
    Sent.CHECKED: "签收",
    Sent.SIGNED: "核对签收结果，确认签收",
}
FEE_PATH = (Fee.REQUESTED, Fee.ASSESSED, Fee.CONFIRMED, Fee.PAID, Fee.ACKNOWLEDGED)
FEE_ASIDE = {Fee.BY_ENTERPRISE: Fee.ASSESSED, Fee.BY_ARCHIVE: Fee.ASSESSED}
FEE_NEXT = {
    Fee.REQUESTED: "登记评估结果",
    Fee.ASSESSED: "核对评估结果后确认",
    Fee.BY_ENTERPRISE: "核对评估结果后确认",
    Fee.BY_ARCHIVE: "核对评估结果后确认",
    Fee.CONFIRMED: "一次性支付并登记凭证",
    Fee.PAID: "核对到账后确认",
}
SHIPMENT_LABELS = {
    "state": "状态",
    "carrier": "移交人",
    "second_carrier": "第二名移交人",
    "seal_number": "封签号",
    "planned_on": "计划移交日期",
    "sent_on": "移交日期",
    "sent": "移交卷数",
    "received": "核收卷数",
    "missing": "未见卷数",
    "returned": "退回卷数",
    "signed_by": "签收人",
    "confirmed_by": "确认人",
}
FEE_LABELS = {
    "state": "状态",
    "count": "卷数",
    "unit_price": "单价（元/卷）",
    "report_number": "评估报告编号",
    "voucher": "支付凭证号",
}


def shipment_track(shipment, badge, last_day):
    side = shipment.side
    names = {ENTERPRISE: str(shipment.enterprise), ARCHIVE: str(shipment.addressee)}
    words = f"{names[side.acts]}{SHIPMENT_NEXT[shipment.state]}" if side else ""
    if last_day and shipment.state in shipment_states.NOT_RECEIVED:
        words += f"，最迟 {last_day.value:%Y-%m-%d}{f'（{last_day.note}）' if last_day.note else ''}"
    gone = shipment.state == Sent.CANCELLED
    return _track("档案批次", badge, SHIPMENT_PATH, shipment.state, side and names[side.answers], words, gone)


def fee_track(fee, badge):
    side = fee.side
    names = {ENTERPRISE: str(fee.enterprise), ARCHIVE: str(fee.office), ASSESSOR: str(fee.assessor)}
    here = FEE_ASIDE.get(fee.state, fee.state)
    words = f"{names[side.acts]}{FEE_NEXT[fee.state]}" if side else ""
    return _track("档案整理费", badge, FEE_PATH, here, side and names[side.answers], words, fee.state == Fee.CANCELLED)


def _track(heading, badge, path, here, responsible, words, gone):
    now = -1 if gone else path.index(here)
    ended = now == len(path) - 1
    return {
        "heading": heading,
        "badge": badge,
        "steps": [
            {
                "label": one.label,
                "status": "off" if gone else "done" if at < now or ended else "now" if at == now else "ahead",
                "note": "",
            }
            for at, one in enumerate(path)
        ],
        "responsible": responsible or "",
        "next_words": f"{words}。" if words else "",
    }


def shipment_entries(shipment):
    machine = shipment_states.MACHINE
    first = "建立批次。"
    return _entries(Shipment, shipment.pk, machine, "shipment", SHIPMENT_LABELS, shipment_states.MEANINGS, first)


def fee_entries(fee):
    return _entries(FilingFee, fee.pk, fee_states.MACHINE, "fee", FEE_LABELS, fee_states.MEANINGS, "申请评估。")


def _entries(model, pk, machine, track, labels, meanings, first):
    told = []
    for row, before in timeline.versions(model, id=pk):
        step = timeline.step_of(machine, track, row.operation)
        sentence = first if before is None else f"{step.label}。" if step else OTHER.get(row.operation.kind, "登记。")
        told.append(
            timeline.entry(
                row.operation,
                sentence,
                reason=reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else "",
                changes=timeline.changes(row, before, labels),
                meaning=meanings[row.state],
            )
        )
    return told[::-1]


# A shipment is changed by acts with its dossiers too.
OTHER = {
    "shipment.describe": "登记移交人和封签。",
    "dossier.pack": "装入档案。",
    "dossier.receive": "开始核收。",
    "dossier.return": "开始核收。",
    "dossier.report_lost": "开始核收。",
}
