from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import ScopedQuerySet
from audit.history import trail
from retirees.models.people import Retiree
from retirees.statutory_age import Category
from weihai_transfer.lib import identity
from weihai_transfer.lib.fields import SealedField, new_id


class Choice(models.TextChoices):
    """弹性退休: what the employee has told the enterprise."""

    NONE = "none", "按法定时间"
    EARLY = "early", "弹性提前"
    LATE = "late", "弹性延后"


class ExpectedRetirementQuerySet(ScopedQuerySet):
    """Employees are the enterprise's own people; the city office coordinates what is coming."""

    office = None
    seen_with = (Duty.SUBMIT, Duty.COORDINATE)

    def in_month(self, month):
        return self.filter(expected=month)

    def entered(self, yes=True):
        """Those who stand in the enterprise's base already, or those who do not."""
        same = Retiree.objects.filter(enterprise=OuterRef("enterprise"), id_index=OuterRef("id_index"))
        return self.filter(Exists(same) if yes else ~Exists(same))


class ExpectedRetirement(models.Model):
    """预计退休人员: an employee with the months in which he may, shall and will retire; months are their first days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="expected_retirements", db_index=False
    )
    name = models.CharField("姓名", max_length=60)
    id_number = SealedField("身份证号")
    id_index = models.CharField(max_length=24, editable=False)
    category = models.CharField("人员类别", max_length=10, choices=Category)
    born_on = models.DateField("出生日期")
    earliest = models.DateField("最早可退休月份")
    statutory = models.DateField("法定退休月份")
    latest = models.DateField("最晚可退休月份")
    choice = models.CharField("弹性退休", max_length=6, choices=Choice, default=Choice.NONE)
    # The statutory month, or the one that was chosen.
    expected = models.DateField("预计退休月份")
    noticed_on = models.DateField("书面告知日期", null=True, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    history = trail(no_index=["enterprise"])

    objects = ExpectedRetirementQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "预计退休人员"
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "id_index"], name="one_expected_retirement"),
            models.CheckConstraint(
                condition=Q(earliest__lte=F("statutory"), statutory__lte=F("latest")), name="flexible_part_is_around"
            ),
            models.CheckConstraint(
                condition=Q(choice=Choice.NONE, expected=F("statutory"))
                | Q(choice=Choice.EARLY, expected__gte=F("earliest"), expected__lt=F("statutory"))
                | Q(choice=Choice.LATE, expected__gt=F("statutory"), expected__lte=F("latest")),
                name="expected_month_is_possible",
            ),
        ]
        indexes = [models.Index(fields=["enterprise", "expected"], name="expected_by_month")]

    def __str__(self):
        return f"{self.name}（{self.enterprise}）"

    @property
    def masked_id(self):
        return identity.mask_id(self.id_number)
