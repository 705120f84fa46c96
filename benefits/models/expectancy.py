from django.db import models

from audit.history import trail
from audit.querysets import AuditedQuerySet


class LifeExpectancy(models.Model):
    """所在城市人口平均预期寿命, as the city has published it, from a day on (二(六)). There is no value by default."""

    since = models.DateField("自何日起采用", unique=True)
    years = models.DecimalField("预期寿命（岁）", max_digits=5, decimal_places=2)
    year = models.PositiveSmallIntegerField("统计年份")
    source = models.CharField("来源", max_length=200)
    history = trail()

    objects = AuditedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "人口平均预期寿命"
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=models.Q(years__gte=50, years__lte=110), name="expectancy_is_a_life"),
            models.CheckConstraint(condition=~models.Q(source=""), name="expectancy_has_a_source"),
        ]

    def __str__(self):
        return f"{self.years} 岁（{self.year} 年）"
