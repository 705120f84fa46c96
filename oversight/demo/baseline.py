"""应移交人数 of the demo city: frozen after the survey, again when the areas were known, and what changed since."""

from accounts.models import Office
from oversight.baseline import freezing, lines, narrowing, recording
from oversight.demo.cast import ENTERPRISES
from oversight.models import Baseline

# People of a roster that came after the baseline.
LATE_ROSTER = 8


def _office(story):
    return story.clerks.of("sasac", Office.objects.get(code="371000"))


def freeze_first(story):
    """When every enterprise has told its people, and nobody knows yet where they go."""
    with story.on(50):
        freezing.freeze(source="调查摸底（示例）", actor=_office(story))


def freeze_again(story):
    with story.on(36):
        freezing.freeze(
            source="调查摸底，按上报接收区市核定（示例）",
            reason="首次冻结时接收区市尚未确定，上报后重新冻结（示例）",
            actor=_office(story),
        )


def tell(story, enterprises, inventor):
    """A roster that came late: of its stock one half is recorded as found later, the other waits for a reason."""
    code, actor = ENTERPRISES[0][0], _office(story)
    with story.on(7, 9):
        story.upload(enterprises[code], LATE_ROSTER, inventor, story.clerks.of("soe_hr", enterprises[code]))
    rows = narrowing.rows_of(Baseline.objects.in_force(), actor, lines.FOUND_WAITING)
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    with story.on(4):
        recording.record(
            found[: len(found) // 2], "found_later", reason="企业补报，核对后确属存量人员（示例）", actor=actor
        )
