from django.db import models

from audit.history import trail
from handover.models.cases import Case
from tracks.papers import Paper, PaperQuerySet, with_number_once


class CasePaperQuerySet(PaperQuerySet):
    office = "case__office"
    enterprise = "case__enterprise"


class CasePaper(Paper):
    """A paper about one person's hand-over."""

    class Kind(models.TextChoices):
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
