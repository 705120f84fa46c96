"""What happened to a supplementary plan, and to one person's place in it, newest first."""

from benefits.models import SupplementaryCover, SupplementaryLevel, SupplementaryPaper, SupplementaryPlan
from tracks import timeline
from weihai_transfer.lib.words import shown


def entries(plan):
    """Of a plan that the caller has found for this viewer: its opening, its levels, its papers."""
    told = [
        timeline.entry(row.operation, f"登记{row.get_kind_display()}“{row.name}”。")
        for row, _ in timeline.versions(SupplementaryPlan, id=plan.pk)
    ]
    told += [_level(row) for row, _ in timeline.versions(SupplementaryLevel, plan_id=plan.pk)]
    for pk in SupplementaryPaper.objects.filter(plan=plan).values_list("pk", flat=True):
        papers = timeline.versions(SupplementaryPaper, id=pk)
        told += [timeline.entry(row.operation, timeline.paper_sentence(row, before)) for row, before in papers]
    return sorted(told, key=lambda entry: entry.at)[::-1]


def _level(row):
    said = SupplementaryLevel(amount=row.amount, percent=row.percent).words
    decided = f"，依{row.decided_by}{row.decision_number}调整" if row.decided_by else ""
    return timeline.entry(row.operation, f"登记 {shown(row.since)} 起的待遇水平：{said}{decided}。")


def entries_of_cover(cover):
    told = []
    for row, before in timeline.versions(SupplementaryCover, ("plan",), id=cover.pk):
        if before is None:
            sentence = f"列入“{row.plan.name}”，自 {shown(row.since)} 起。"
        else:
            sentence = f"待遇自 {shown(row.ended_on)} 终止（{row.get_ended_why_display()}）。"
        told.append(timeline.entry(row.operation, sentence))
    return told[::-1]
