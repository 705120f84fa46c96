"""What is kept of every act: operations, security events, seals. Nothing here is ever changed or deleted.

The one exception is an operation's own closing line (`rows`, `outcome`), written once, in the
transaction that opened it; the triggers of audit/triggers.py let exactly that pass.
"""

from django.conf import settings
from django.db import models

from weihai_transfer.lib.fields import new_id


class Operation(models.Model):
    """One act of one person. Its id is also the idempotency key of the request that asked for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    # Names as they were at that time: people move and offices are renamed.
    actor_name = models.CharField("办理人姓名", max_length=60)
    office = models.CharField("所在单位", max_length=120, blank=True)
    position = models.CharField("岗位", max_length=40, blank=True)
    kind = models.CharField("事项", max_length=40, db_index=True)
    reason_code = models.CharField("原因代码", max_length=40, blank=True)
    reason = models.TextField("原因", blank=True)
    request_id = models.CharField("请求编号", max_length=40, blank=True)
    rows = models.PositiveIntegerField("涉及记录数", null=True)
    outcome = models.JSONField("结果", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(actor_name=""), name="operation_names_its_actor"),
            models.CheckConstraint(condition=~models.Q(kind=""), name="operation_names_its_kind"),
        ]

    def __str__(self):
        return f"{self.kind} {self.id}"


class SecurityEvent(models.Model):
    """A login, a denial, or the reading of something that matters; never holds the value that was read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField("时间", db_index=True)
    kind = models.CharField("事件", max_length=40, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField("人员", max_length=150, blank=True)
    office = models.CharField("所在单位", max_length=120, blank=True)
    position = models.CharField("岗位", max_length=40, blank=True)
    address = models.GenericIPAddressField("地址", null=True)
    path = models.CharField("页面", max_length=200, blank=True)
    subject = models.CharField("对象", max_length=80, blank=True)
    field = models.CharField("字段", max_length=40, blank=True)
    reason = models.TextField("原因", blank=True)
    request_id = models.CharField("请求编号", max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="event_by_subject")]

    def __str__(self):
        return f"{self.kind} {self.id}"


class Seal(models.Model):
    """A digest over a run of operations and their history rows, chained and keyed (security.md 3.5)."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField("时间")
    operations = models.PositiveIntegerField("操作数")
    root = models.CharField("摘要", max_length=64)
    previous = models.CharField("上一封印", max_length=64, blank=True)
    mac = models.CharField("封印", max_length=64)
    algorithm = models.CharField("算法", max_length=20)

    def __str__(self):
        return f"第 {self.number} 号封印"


class SealedOperation(models.Model):
    """Which seal covers an operation, with the digest of that operation and its rows."""

    operation = models.OneToOneField(Operation, models.PROTECT, primary_key=True, related_name="sealed")
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="members")
    place = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["seal", "place"]

    def __str__(self):
        return f"{self.seal_id}/{self.place}"
