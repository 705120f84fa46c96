"""Who drafted, edited and issued a bulletin. Newest first."""

from oversight.models import Bulletin
from oversight.reports.bulletins import EDITED
from tracks import timeline

LABELS = {name: Bulletin._meta.get_field(name).verbose_name for name in (*EDITED, "day")}
SAID = {
    "bulletin.draft": "生成草稿",
    "bulletin.edit": "修改正文",
    "bulletin.retake": "重新取数",
    "bulletin.issue": "印发",
}


def of_bulletin(row):
    return [
        timeline.entry(
            version.operation,
            f"{SAID.get(version.operation.kind, version.operation.kind)}。",
            reason=version.operation.reason,
            changes=timeline.changes(version, earlier, LABELS) if earlier else [],
        )
        for version, earlier in timeline.versions(Bulletin, id=row.pk)
    ][::-1]
