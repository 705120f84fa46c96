"""The stages of the campaign as 三 sets them out; what the city has set otherwise since is a row (models/stages.py)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models


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


class Measure(models.TextChoices):
    """The rates that a stage may have a target for (四(二) “确保按期完成”)."""

    SIGNED = "signed", "签约率"
    TRANSFERRED = "transferred", "移交率"
    CONTACTED = "contacted", "社区对接率"
    DOSSIERS = "dossiers", "档案移交率"
    MEMBERSHIPS = "memberships", "党组织关系转接率"


@dataclass(frozen=True)
class KnownTarget:
    """`due_on` None: the stage's own day of signing, which stands in one place only."""

    stage: str
    measure: str
    percent: Decimal
    due_on: date | None
    clause: str


TARGETS = {
    (one.stage, one.measure): one
    for one in (
        KnownTarget("implementation", Measure.SIGNED, Decimal(100), None, "三(二)"),
        KnownTarget("summary", Measure.TRANSFERRED, Decimal(100), date(2020, 12, 31), "一"),
    )
}
