from django.db import models
from django.db.models import F, Q

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import ScopedQuerySet
from audit.history import trail

LONGEST = 3


class TaperingPlanQuerySet(ScopedQuerySet):
    office = None
    seen_with = (Duty.SUBMIT, Duty.COORDINATE)


class TaperingPlan(models.Model):
    """过渡方案: what an enterprise (with its subsidiaries) still pays those who retire in each year of its transition,
    in percent of the full standard; at most three years (二(六))."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="企业", related_name="tapering_plans")
    first_day = models.DateField("过渡期起算日")
    years = models.PositiveSmallIntegerField("过渡期（年）")
    first_percent = models.DecimalField("第一年比例（%）", max_digits=5, decimal_places=2)
    second_percent = models.DecimalField("第二年比例（%）", max_digits=5, decimal_places=2, default=0)
    third_percent = models.DecimalField("第三年比例（%）", max_digits=5, decimal_places=2, default=0)
    document = models.CharField("方案文号", max_length=80)
    history = trail(no_index=["enterprise"])

    objects = TaperingPlanQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "过渡方案"
        constraints = [
            models.UniqueConstraint(fields=["enterprise"], name="one_tapering_plan_an_enterprise"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=LONGEST), name="transition_of_three_years"),
            # 逐步减少: no year pays more than the one before it.
            models.CheckConstraint(
                condition=Q(
                    first_percent__lte=100,
                    second_percent__lte=F("first_percent"),
                    third_percent__lte=F("second_percent"),
                    third_percent__gte=0,
                ),
                name="percentages_only_fall",
            ),
        ]

    def __str__(self):
        return f"{self.enterprise}过渡方案（{self.document}）"

    @property
    def percents(self):
        return (self.first_percent, self.second_percent, self.third_percent)[: self.years]
