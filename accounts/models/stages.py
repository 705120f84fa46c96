from django.db import models
from django.db.models import F, Q

from accounts.stages import STAGES, Measure
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


class StageTarget(models.Model):
    """What rate is to be reached by which day, as the city has set it for a stage; without a percent the stage has none.

    The day of signing belongs to the stage itself (`Stage.signing_by`), because agreements are late by it.
    """

    stage = models.CharField("阶段", max_length=20, choices=[(one.code, one.label) for one in STAGES.values()])
    measure = models.CharField("指标", max_length=12, choices=Measure)
    percent = models.DecimalField("目标（%）", max_digits=4, decimal_places=1, null=True, blank=True)
    due_on = models.DateField("目标日期", null=True, blank=True)
    source = models.CharField("依据", max_length=200)
    history = trail()

    objects = AuditedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "阶段目标"
        constraints = [
            models.UniqueConstraint(fields=["stage", "measure"], name="one_target_a_stage_and_measure"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="target_measure_known"),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gt=0, percent__lte=100), name="target_is_a_rate"
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) & (Q(percent=None) | Q(measure=Measure.SIGNED))
                | Q(due_on__isnull=False, percent__isnull=False) & ~Q(measure=Measure.SIGNED),
                name="target_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="target_has_a_source"),
        ]

    def __str__(self):
        return f"{self.get_stage_display()} {self.get_measure_display()}"
