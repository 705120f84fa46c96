from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DigestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody reads his own and nobody else's."""
        return self.filter(user=user.pk)

    def unread(self):
        return self.filter(read_at=None)


class Digest(models.Model):
    """每日提醒: how much was due from one person on the morning of a day, in numbers only; it names nobody.

    Not audited: it can be worked out again, and reading it is the reader's own affair.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    day = models.DateField("日期")
    # [{"label": "待接收", "unit": "人", "count": 3, "late": true, "url": "/due/?…"}]
    lines = models.JSONField("内容", default=list)
    made_at = models.DateTimeField("生成时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    mailed_at = models.DateTimeField("邮件发出时间", null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = "每日提醒"
        default_permissions = ()
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day"),
            models.CheckConstraint(condition=Q(read_at=None) | Q(read_at__gte=F("made_at")), name="digest_read_later"),
            models.CheckConstraint(condition=~Q(lines=[]), name="digest_says_something"),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="digest_unread"),
        ]

    def __str__(self):
        return f"{self.user} {self.day}"

    @property
    def late(self):
        """How much of it was late already."""
        return sum(line["count"] for line in self.lines if line["late"])

    @property
    def count(self):
        return sum(line["count"] for line in self.lines)
