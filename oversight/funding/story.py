"""Who entered what and why: the rates of the city, and one budget or payment. Newest first."""

from accounts.models.places import EnterpriseLevel
from oversight.models import FinanceLevel, ServiceRate
from tracks import timeline

LABELS = {"per_head": "标准", "source": "依据", **{one.value: f"{one.label}（万分之）" for one in FinanceLevel}}
LATEST = 50


def of_rates():
    found, before = [], {}
    rows = ServiceRate.history.model.objects.select_related("operation").order_by("history_date", "history_id")
    for row in rows:
        earlier = before.get(row.id)
        level = EnterpriseLevel(row.level).label
        sentence = f"{'更正' if earlier else '设定'}{level} {row.since} 起的标准：每人每年 {row.per_head:,} 元。"
        reason = row.operation.reason
        found.append(
            timeline.entry(
                row.operation,
                sentence,
                reason="" if reason == row.source else reason,
                changes=timeline.changes(row, earlier, LABELS),
            )
        )
        before[row.id] = row
    return found[::-1][:LATEST]


def of_entry(row):
    """The entry, and the one that took it back."""
    back = getattr(row, "corrected_by", None)
    found = []
    for one in (row, back):
        for version, _ in timeline.versions(type(row), id=one.pk) if one else ():
            said = f"冲销 {-version.amount:,} 元。" if version.corrects_id else f"登记 {version.amount:,} 元。"
            found.append(timeline.entry(version.operation, said, reason=version.reason))
    return found[::-1]
