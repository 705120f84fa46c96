from django.conf import settings
from django.db import models

from accounts.models import Enterprise
from accounts.scope import ScopedQuerySet
from audit.history import trail


class BatchQuerySet(ScopedQuerySet):
    """A batch belongs to the enterprise that made it; a receiver sees its cases, not the batch."""

    office = None


class Batch(models.Model):
    """People who were submitted together, under one number."""

    number = models.CharField("批次号", max_length=40, unique=True)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="batches")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("上报时间")
    people = models.PositiveIntegerField("人数")
    history = trail()

    objects = BatchQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-at"]

    def __str__(self):
        return self.number
