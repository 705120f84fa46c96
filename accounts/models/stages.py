from django.db import models
from django.db.models import F, Q

from accounts.stages import STAGES
from audit.history import trail
from audit.querysets import AuditedQuerySet


class Stage(models.Model):
    """A stage of the campaign with the days that the city has set for it; one that has no row stands as in 三."""

    code = models.CharField(
        "阶段", max_length=20, unique=True, choices=[(one.code, one.label) for one in STAGES.values()]
    )
    first_day = models.DateField("开始日期")
    last_day = models.DateField("结束日期", null=True, blank=True)
    signing_by = models.DateField("协议签订目标日期", null=True, blank=True)
    source = models.CharField("依据", max_length=200)
    history = trail()

    objects = AuditedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "阶段"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="stage_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(signing_by=None) | Q(signing_by__gte=F("first_day")), name="stage_target_within"
            ),
        ]

    def __str__(self):
        return self.get_code_display()
