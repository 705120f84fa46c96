"""The stages of the campaign as 三 sets them out; what the city has set otherwise since is a row (models/stages.py)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class KnownStage:
    """`signing_by`: until when agreements are to be signed, where the stage has such a target."""

    code: str
    label: str
    first_day: date
    last_day: date | None
    signing_by: date | None
    clause: str


STAGES = {
    one.code: one
    for one in (
        KnownStage("preparation", "准备阶段", date(2020, 3, 30), date(2020, 3, 31), None, "三(一)"),
        KnownStage("implementation", "实施阶段", date(2020, 4, 1), date(2020, 10, 31), date(2020, 4, 30), "三(二)"),
        KnownStage("summary", "总结阶段", date(2020, 11, 1), date(2020, 12, 31), None, "三(三)"),
        KnownStage("normal", "常态化移交", date(2021, 1, 1), None, None, "一"),
    )
}
