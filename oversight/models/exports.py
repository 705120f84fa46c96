"""Exports of lists: asked for, where needed approved by a second person, made by a worker, fetched, gone after some days."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import ScopedJobQuerySet
from weihai_transfer.lib.fields import new_id

KEPT = timedelta(days=7)
# Who answers the requests of others: the leading group's office, and the security administrator, who sees no person,
# only what is asked for.
SEES_REQUESTS = (Duty.COORDINATE, Duty.MANAGE_SECURITY)


class ExportState(models.TextChoices):
    WAITING = "waiting", "待批准"
    QUEUED = "queued", "排队中"
    RUNNING = "running", "正在生成"
    READY = "ready", "可下载"
    REFUSED = "refused", "未批准"
    FAILED = "failed", "未生成"
    CANCELLED = "cancelled", "已取消"
    EXPIRED = "expired", "已过期"


UNDER_WAY = (ExportState.WAITING, ExportState.QUEUED, ExportState.RUNNING)
# What came to nothing takes nothing of the day's rows.
CAME_TO_NOTHING = (ExportState.REFUSED, ExportState.FAILED, ExportState.CANCELLED)


class ExportQuerySet(ScopedJobQuerySet):
    """One's own; and for the second person those that others ask for in the places that he looks after."""

    seen_with = SEES_REQUESTS

    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(user=user)

    def answerable_by(self, user):
        """Asked for by somebody else where this user may answer; nobody answers his own request."""
        return self.open_to(user, *self.seen_with).exclude(user=user)

    def waiting(self):
        return self.filter(state=ExportState.WAITING)


class Export(models.Model):
    """Not audited: it is the state of a job and holds ids only. Asking, answering and cancelling are operations of
    their own, making and fetching are security events."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("编号", max_length=20, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="申请人", related_name="+")
    # The post in which the user asked: the job acts in the same one. Its place says who may answer.
    post = models.CharField(max_length=80)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("申请时间")

    what = models.CharField("名单", max_length=20)
    query = models.TextField(blank=True)
    words = models.TextField("筛选条件", blank=True)
    columns = models.JSONField("列", default=list)
    masked = models.BooleanField("脱敏", default=True)
    reason = models.TextField("用途", blank=True)
    # The keys of the rows, 16 bytes each, in the order of the list: what is approved is what was looked at.
    keys = models.BinaryField(default=b"")
    total = models.PositiveIntegerField("行数")

    state = models.CharField("状态", max_length=12, choices=ExportState)
    # Why a second person is needed; empty where none is.
    needs = models.CharField("须批准的原因", max_length=200, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True)
    answer = models.TextField("答复说明", blank=True)

    done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField("实际行数", null=True)
    failure = models.TextField(blank=True)
    # The file's own id: a worker that was taken for dead never writes into the file of the next one.
    file = models.UUIDField(null=True)
    size = models.PositiveBigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=60, blank=True)
    heartbeat = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "导出"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known"),
            models.CheckConstraint(condition=Q(masked=True) | ~Q(reason=""), name="clear_export_says_why"),
            models.CheckConstraint(condition=Q(masked=True) | ~Q(needs=""), name="clear_export_needs_another"),
            # Four eyes, held by the database itself.
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("user")), name="nobody_answers_his_own_export"
            ),
            models.CheckConstraint(
                condition=Q(needs="")
                | Q(state__in=[ExportState.WAITING, ExportState.CANCELLED, ExportState.EXPIRED])
                | Q(answered_by__isnull=False),
                name="export_waits_for_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY) | Q(file__isnull=False, rows__isnull=False),
                name="ready_export_has_a_file",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "at"], name="export_of_user"),
            models.Index(fields=["state", "at"], name="export_by_state"),
        ]

    def __str__(self):
        return self.number

    @property
    def percent(self):
        return self.done * 100 // self.total if self.total else 100

    @property
    def fewer(self):
        """Rows that were asked for and are not in the file: lost from sight, or not in the list any more."""
        return self.total - self.rows if self.rows is not None else 0

    @property
    def kept_until(self):
        return self.ready_at + KEPT if self.ready_at else None
