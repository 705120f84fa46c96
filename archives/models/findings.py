from django.db import models
from django.db.models import Q

from archives.models.dossiers import Dossier, DossierQuerySet
from audit.history import trail
from weihai_transfer.lib.fields import new_id


class Kind(models.TextChoices):
    CLAIM = "claim", "企业认定"
    DISPUTE = "dispute", "提请界定"
    DECISION = "decision", "研究决定"


class LeaderFindingQuerySet(DossierQuerySet):
    office = "dossier__office"
    enterprise = "dossier__enterprise"


class LeaderFinding(models.Model):
    """Whether somebody is a city-managed leader: the two-part test of 二(四) with its documents, or its decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="findings")
    kind = models.CharField("种类", max_length=8, choices=Kind)
    appointed_by_city = models.BooleanField("由市委或市委委托部门任免", null=True)
    group_post = models.BooleanField("退休前曾任集团公司领导班子副职（含同职级）以上职务", null=True)
    post = models.CharField("曾任职务", max_length=120, blank=True)
    document = models.CharField("任免文件", max_length=160, blank=True)
    decision_number = models.CharField("研究决定文号", max_length=80, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    exempt = models.BooleanField("不移交", null=True)
    history = trail(no_index=["dossier"])

    objects = LeaderFindingQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "领导人员界定"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Kind.DECISION)
                | (~Q(decision_number="") & Q(decided_on__isnull=False, exempt__isnull=False)),
                name="decision_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CLAIM)
                | (Q(appointed_by_city=True, group_post=True) & ~Q(post="") & ~Q(document="")),
                name="claim_passes_the_whole_test",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}（{self.dossier_id}）"
