from django.db import models

from audit.history import trail
from handover.models.batches import Batch
from handover.models.cases import Case
from tracks.papers import Paper, PaperQuerySet, with_number_once


class CasePaperQuerySet(PaperQuerySet):
    office = "case__office"
    enterprise = "case__enterprise"


class CasePaper(Paper):
    """A paper about one person's hand-over."""

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", "基本信息确认表"
        INTRODUCTION = "introduction", "移交介绍信"
        CARD = "card", "联系卡"
        RECEIPT = "receipt", "市外接收回执"

    owner = "case"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    history = trail()

    objects = CasePaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "人员文书"
        constraints = [with_number_once("case_paper_number_once")]


class BatchPaperQuerySet(PaperQuerySet):
    """As the batch: seen by the enterprise that made it."""

    office = None
    enterprise = "batch__enterprise"


class BatchPaper(Paper):
    """A paper about the people who were submitted together."""

    class Kind(models.TextChoices):
        ROSTER = "roster", "移交花名册"

    owner = "batch"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="papers")
    history = trail()

    objects = BatchPaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "批次文书"
        constraints = [with_number_once("batch_paper_number_once")]
