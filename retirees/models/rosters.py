"""A roster on its way from an uploaded file to people; the state of its job lies in these rows."""

from django.conf import settings
from django.db import models

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import ScopedJobQuerySet
from retirees.models.facts import PersonFacts
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import SealedField, new_id


class RosterState(models.TextChoices):
    UPLOADED = "uploaded", "已上传，等待读取"
    READING = "reading", "正在读取核对"
    HEADINGS = "headings", "表头待确认"
    CHECKED = "checked", "已核对，待导入"
    IMPORTING = "importing", "正在导入"
    IMPORTED = "imported", "已导入"
    WITHDRAWN = "withdrawn", "已撤回"
    REFUSED = "refused", "文件不能读取"
    CANCELLED = "cancelled", "已取消"


class Verdict(models.TextChoices):
    GOOD = "good", "可导入"
    BAD = "bad", "有错误"
    DUPLICATE = "duplicate", "重复"
    BLANK = "blank", "空行"


LIVE = (
    RosterState.UPLOADED,
    RosterState.READING,
    RosterState.HEADINGS,
    RosterState.CHECKED,
    RosterState.IMPORTING,
    RosterState.IMPORTED,
)


class RosterQuerySet(ScopedJobQuerySet):
    """No receiving office may see a roster; the city office and the enterprise may."""

    office = None
    seen_with = (Duty.SUBMIT, Duty.COORDINATE)

    def unfinished(self):
        return self.filter(state__in=[RosterState.UPLOADED, RosterState.READING, RosterState.IMPORTING])


class Roster(models.Model):
    """One uploaded file. Rows in the file = accepted + rejected + blank, always."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="企业")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人")
    at = models.DateTimeField("上传时间", default=clock.now)
    filename = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小")
    # A keyed digest of the bytes: the same file twice is found, its content is not told.
    digest = models.CharField(max_length=64)
    state = models.CharField("状态", max_length=12, choices=RosterState, default=RosterState.UPLOADED)
    refusal = models.TextField("不能读取的原因", blank=True)

    # [{"sheet": name, "message": why, "people": does it look like people}]: nobody is left out in silence.
    left_sheets = models.JSONField(default=list)
    layout = models.JSONField("表头对应", default=list)
    good_rows_only = models.BooleanField("只导入正确的行", default=False)
    operation = models.UUIDField("导入操作", null=True)

    # Progress of the phase that runs now; a worker that died is noticed by its heartbeat.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=60, blank=True)
    heartbeat = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)

    rows = models.PositiveIntegerField("总行数", default=0)
    accepted = models.PositiveIntegerField("可导入", default=0)
    rejected = models.PositiveIntegerField("不能导入", default=0)
    blank = models.PositiveIntegerField("空行", default=0)
    warnings = models.PositiveIntegerField("提醒", default=0)
    duplicates = models.PositiveIntegerField("重复", default=0)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = "花名册"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "digest"], condition=models.Q(state__in=LIVE), name="same_file_once"
            ),
        ]

    def __str__(self):
        return f"{self.filename}（{self.at:%Y-%m-%d}）"

    @property
    def is_running(self):
        return self.state in (RosterState.UPLOADED, RosterState.READING, RosterState.IMPORTING)

    @property
    def percent(self):
        return min(100, self.done * 100 // self.total) if self.total else 0


class RosterRow(PersonFacts):
    """One row of a roster, cleaned; its id becomes the person's id, so that both share the sealed values."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="staged", db_index=False)
    sheet = models.PositiveSmallIntegerField("工作表")
    number = models.PositiveIntegerField("行号")
    verdict = models.CharField(max_length=10, choices=Verdict)
    has_warning = models.BooleanField(default=False)
    # [{"column": heading, "field": name, "code": …, "severity": error|warning, "message": sentence}]
    problems = models.JSONField(default=list)
    # [{"column": heading, "before": …, "after": …}], sealed because it quotes cells.
    notes = SealedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster", "sheet", "number"], name="one_staged_row")]
        indexes = [models.Index(fields=["roster", "verdict", "sheet", "number"], name="staged_by_verdict")]

    def __str__(self):
        return f"第 {self.number} 行"


class RememberedHeading(models.Model):
    """What an enterprise said a heading means; "" for a column that is not imported."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    heading = models.CharField(max_length=120)
    field = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enterprise", "heading"], name="one_meaning_per_heading")]

    def __str__(self):
        return self.heading
