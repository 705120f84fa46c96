"""进展情况通报: what the leading group's office tells everybody each month, with the numbers on which it stands (四(一))."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.scope import ScopedQuerySet
from audit.history import trail
from weihai_transfer.lib.fields import new_id

# Until it is issued a bulletin is the office's own; afterwards it goes its way as a document does.
SEES_BULLETINS = (Duty.COORDINATE, Duty.WATCH)
# The parts of its text, in their order.
BLOCKS = {
    "overall": "总体情况",
    "areas": "分区市情况",
    "enterprises": "分企业情况",
    "problems": "存在问题",
    "next_steps": "下一步工作",
}


class BulletinQuerySet(ScopedQuerySet):
    """It tells of every area and enterprise, so only who sees the whole city sees it."""

    office = None
    enterprise = None
    seen_with = SEES_BULLETINS

    def drafts(self):
        return self.filter(issued_at=None)

    def issued(self):
        return self.filter(issued_at__isnull=False)


class Bulletin(models.Model):
    """A draft until it is issued: then its text, its numbers and its file stay as they are for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    month = models.DateField("月份")
    # The numbers: oversight.reports.snapshot.kept; `day` is the day at whose end they were counted.
    snapshot = models.JSONField("数据", editable=False)
    day = models.DateField("数据截止日期")
    taken_at = models.DateTimeField("取数时间")
    title = models.CharField("标题", max_length=60)
    addressees = models.CharField("主送", max_length=200)
    overall = models.TextField(BLOCKS["overall"], max_length=4000)
    areas = models.TextField(BLOCKS["areas"], max_length=4000)
    enterprises = models.TextField(BLOCKS["enterprises"], max_length=4000)
    problems = models.TextField(BLOCKS["problems"], max_length=4000)
    next_steps = models.TextField(BLOCKS["next_steps"], max_length=4000)
    copied_to = models.CharField("抄送", max_length=200, blank=True)
    # A second bulletin of a month says which one it replaces, and why.
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="替代"
    )
    reason = models.CharField("重新通报理由", max_length=200, blank=True)
    # Given when it is issued: the number within the year, and the file with its digest.
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    number = models.PositiveSmallIntegerField("期号", null=True, blank=True)
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    issued_by = models.CharField("印发人", max_length=120, blank=True)
    size = models.PositiveIntegerField("大小", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    history = trail()

    objects = BulletinQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "进展情况通报"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="bulletin_number_once_a_year"),
            models.UniqueConstraint(fields=["month"], condition=Q(issued_at=None), name="one_draft_a_month"),
            models.UniqueConstraint(fields=["month"], condition=Q(replaces=None), name="one_first_bulletin_a_month"),
            models.CheckConstraint(
                condition=Q(replaces=None, reason="") | Q(replaces__isnull=False) & ~Q(reason=""),
                name="bulletin_is_replaced_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None, year=None, number=None, issued_by="", size=None, sha256="")
                | Q(issued_at__isnull=False, year__isnull=False, number__gt=0, size__gt=0)
                & ~Q(sha256="")
                & ~Q(issued_by=""),
                name="bulletin_is_issued_wholly",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="bulletin_month_begins_it"),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} 进展情况通报{f'（{self.serial}）' if self.issued_at else '（草稿）'}"

    @property
    def serial(self):
        return f"{self.year} 年第 {self.number} 期" if self.number else ""

    @property
    def blocks(self):
        return {name: getattr(self, name) for name in BLOCKS}

    @property
    def path(self):
        """Where the issued file lies sealed."""
        return Path(settings.UPLOADS) / "bulletins" / f"{self.id}-{self.sha256[:16]}.sealed"
