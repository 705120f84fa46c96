from django.db import models

from audit.history import trail
from party.models.memberships import Membership
from party.models.scope import PartyScoped
from tracks.papers import Paper, PaperQuerySet


class MembershipPaperQuerySet(PartyScoped, PaperQuerySet):
    office = "membership__office"
    enterprise = "membership__enterprise"


class MembershipPaper(Paper):
    """A paper about one member's relation: the letter in three parts, and the scans that come back."""

    class Kind(models.TextChoices):
        LETTER = "letter", "党员组织关系介绍信"
        BROUGHT = "brought", "介绍信扫描件"
        RECEIPT = "receipt", "介绍信回执扫描件"
        SEARCH = "search", "查找证明材料"

    owner = "membership"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="papers")
    history = trail()

    objects = MembershipPaperQuerySet.as_manager()

    class Meta:
        # A letter's number is that of its enterprise's own book: two enterprises may have the same.
        base_manager_name = "objects"
        verbose_name = "党组织关系文书"
