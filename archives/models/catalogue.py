from datetime import date

from django.db import models
from django.db.models import Q

from archives.models.dossiers import Dossier, DossierQuerySet
from audit.history import trail
from audit.querysets import AuditedQuerySet
from weihai_transfer.lib.fields import SealedField, new_id


class CatalogueScheme(models.Model):
    """A scheme of classes beside the ten of the house (archives/schemes.py): data, because schemes differ by city."""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    # [[class number, name], …] in the order of the catalogue
    classes = models.JSONField("类目")
    active = models.BooleanField("在用", default=True)
    history = trail()

    objects = AuditedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "材料分类方案"
        ordering = ["code"]

    def __str__(self):
        return self.name


class InDossierQuerySet(DossierQuerySet):
    """Rows inside a dossier are seen and written by those who see the dossier."""

    office = "dossier__office"
    enterprise = "dossier__enterprise"


class Material(models.Model):
    """One paper in a dossier, as its catalogue 人事档案目录 names it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="materials")
    scheme = models.CharField("分类方案", max_length=20)
    class_code = models.CharField("类号", max_length=20)
    title = SealedField("材料名称")
    year = models.PositiveSmallIntegerField("年", null=True, blank=True)
    month = models.PositiveSmallIntegerField("月", null=True, blank=True)
    day = models.PositiveSmallIntegerField("日", null=True, blank=True)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    pages = models.PositiveSmallIntegerField("页数", default=1)
    remark = SealedField("备注")
    history = trail(no_index=["dossier"])

    objects = InDossierQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "档案材料"
        constraints = [
            models.CheckConstraint(condition=Q(copies__gte=1, pages__gte=1), name="material_has_pages"),
            models.CheckConstraint(
                condition=Q(month=None) | Q(year__isnull=False, month__gte=1, month__lte=12),
                name="month_belongs_to_a_year",
            ),
            models.CheckConstraint(
                condition=Q(day=None) | Q(month__isnull=False, day__gte=1, day__lte=31), name="day_belongs_to_a_month"
            ),
        ]

    def __str__(self):
        return f"{self.class_code} 类材料"

    @property
    def made(self):
        """2001.05 as far as it is known."""
        parts = (self.year and f"{self.year:04}", self.month and f"{self.month:02}", self.day and f"{self.day:02}")
        return ".".join(part for part in parts if part)


class WhyMissing(models.TextChoices):
    NEVER_MADE = "never_made", "当时没有形成"
    LOST_BEFORE = "lost_before", "历史原因遗失"
    WITH_OTHERS = "with_others", "在其他单位，正在索取"
    DESTROYED = "destroyed", "灾害或事故损毁"
    OTHER = "other", "其他"


class MissingPaper(models.Model):
    """A paper that should be in a dossier and is not: named, with the reason; supplied later or never."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="missing_papers")
    class_code = models.CharField("类号", max_length=20, blank=True)
    title = SealedField("缺少的材料")
    why = models.CharField("原因", max_length=12, choices=WhyMissing)
    text = SealedField("情况说明")
    remedy = models.CharField("补救办法", max_length=120, blank=True)
    supplied_on = models.DateField("补齐日期", null=True, blank=True)
    history = trail(no_index=["dossier"])

    objects = InDossierQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "缺少的材料"
        ordering = ["id"]

    def __str__(self):
        return f"缺件（{self.get_why_display()}）"


def is_day(year, month, day):
    """Whether the parts that are known can be parts of a day."""
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return bool((year or not month) and (month or not day))
