"""What waits for the leading group's office: changes of the number that nobody has given a reason for."""

from oversight.baseline import lines, narrowing
from oversight.baseline.freezing import may_keep
from oversight.models import Baseline

WAITING = (
    ("应移交增加，待登记理由", lines.FOUND_WAITING),
    ("应移交减少，待登记理由", lines.REMOVED_WAITING),
)


def waiting(user):
    """[(label, line, people)], nothing where there is no baseline or where it is not this user's to record."""
    baseline = Baseline.objects.visible_to(user).in_force() if may_keep(user) else None
    if baseline is None:
        return []
    return [(label, line, narrowing.rows_of(baseline, user, line).count()) for label, line in WAITING]
