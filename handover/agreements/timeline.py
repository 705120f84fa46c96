"""What happened to an agreement or to an asset, newest first, in the words of the people who did it."""

from audit.history import REMOVED
from handover.agreements import plan
from handover.models import Agreement, Asset
from handover.states.agreements import MACHINE, MEANINGS
from handover.states.assets import MACHINE as ASSETS
from handover.states.assets import MEANINGS as ASSET_MEANINGS
from tracks import timeline
from tracks.taking import reason_in_words

PLAN = {name: Agreement._meta.get_field(name).verbose_name for name in (*plan.FIGURES, "contingency", "fees")}
LABELS = {"state": "状态", **PLAN}
ASSET_LABELS = {
    name: Asset._meta.get_field(name).verbose_name
    for name in (
        "state",
        "name",
        "address",
        "floor_area",
        "quantity",
        "original_value",
        "net_value",
        "title_number",
        "receiver",
        "approval_number",
        "handed_over_on",
        "remark",
    )
}


def of_agreement(agreement):
    """The caller has found the agreement in his scope."""
    told = [_entry(row, before) for row, before in timeline.versions(Agreement, id=agreement.pk)]
    return told[::-1]


def _entry(row, before):
    step = timeline.step_of(MACHINE, "agreement", row.operation)
    step = step if step and row.last_step == step.name else None
    return timeline.entry(
        row.operation,
        _sentence(row, before, step),
        reason=reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else "",
        changes=timeline.changes(row, before, LABELS),
        meaning=MEANINGS[row.state],
    )


def _sentence(row, before, step):
    if before is None:
        return "修订为新版本，开始起草。" if row.amends_id else "起草移交协议。"
    if step and step.name.startswith(("enterprise_", "area_")) and "sign" in step.name and "unsign" not in step.name:
        return f"登记{step.label}。"
    if step:
        return f"{step.label}。"
    if row.state != before.state:
        return "新版本已签订，本版本不再执行。"
    return "按现有数据更新方案。" if row.operation.kind == "agreement.fill" else "修改方案。"


def of_asset(asset):
    told = []
    for row, before in timeline.versions(Asset, id=asset.pk):
        step = timeline.step_of(ASSETS, "asset", row.operation)
        said = f"{step.label}。" if step else "列入清单。" if before is None else "修改资产信息。"
        told.append(
            timeline.entry(
                row.operation,
                "从清单中移去。" if row.history_type == REMOVED else said,
                reason=reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else "",
                changes=timeline.changes(row, before, ASSET_LABELS),
                meaning=ASSET_MEANINGS[row.state],
            )
        )
    return told[::-1]
