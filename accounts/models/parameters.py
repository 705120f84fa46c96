"""What the policy leaves to the city: dated, sourced rows instead of constants (design 11)."""

from django.db import models

from accounts.parameters import KNOWN
from audit.history import trail
from audit.querysets import AuditedQuerySet


class Parameter(models.Model):
    """The value of one parameter from a day on."""

    code = models.CharField("参数", max_length=40, choices=[(one.code, one.label) for one in KNOWN.values()])
    since = models.DateField("自何日起")
    value = models.CharField("值", max_length=40)
    source = models.CharField("依据", max_length=200)
    history = trail()

    objects = AuditedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "参数"
        constraints = [models.UniqueConstraint(fields=["code", "since"], name="one_value_a_day")]

    def __str__(self):
        return f"{self.get_code_display()}：{self.value}"


class Holiday(models.Model):
    """A day that differs from the published calendar."""

    day = models.DateField("日期", unique=True)
    working = models.BooleanField("上班")
    note = models.CharField("说明", max_length=80)
    history = trail()

    objects = AuditedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "工作日调整"

    def __str__(self):
        return f"{self.day} {self.note}"
