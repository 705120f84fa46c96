from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import ScopedQuerySet
from audit.history import trail
from benefits.lump_sum import ROUNDING
from retirees.models import Retiree
from weihai_transfer.lib.fields import new_id


class SettlementQuerySet(ScopedQuerySet):
    office = None
    seen_with = (Duty.SUBMIT, Duty.COORDINATE)

    def standing(self):
        return self.filter(replaced=False)

    def unpaid(self):
        return self.standing().filter(paid_on=None)


class Settlement(models.Model):
    """一次性支付核算: what one retiree is paid once, with every number that leads to it (二(六)); a new reckoning
    replaces the unpaid one before, which stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("编号", max_length=40, unique=True)
    retiree = models.ForeignKey(Retiree, models.PROTECT, verbose_name="退休人员", related_name="settlements")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="支付企业", related_name="+")
    settled_on = models.DateField("核算日期")
    born_on = models.DateField("出生日期")
    age_months = models.PositiveSmallIntegerField("核算时年龄（月）")
    expectancy = models.DecimalField("人口平均预期寿命（岁）", max_digits=5, decimal_places=2)
    expectancy_year = models.PositiveSmallIntegerField("预期寿命统计年份")
    expectancy_source = models.CharField("预期寿命来源", max_length=200)
    full_months = models.PositiveSmallIntegerField("预期寿命（月）")
    floor_months = models.PositiveSmallIntegerField("最少计发月数")
    floor_source = models.CharField("最少计发月数依据", max_length=200, blank=True)
    months = models.PositiveSmallIntegerField("计发月数")
    rounding = models.CharField("取整办法", max_length=40, default=ROUNDING)
    # [{"item": id, "label": …, "rate": "200.00", "times": 12}, …]: what stood in the items on the day.
    lines = models.JSONField("项目和标准", default=list)
    amount = models.DecimalField("金额（元）", max_digits=13, decimal_places=2)
    replaced = models.BooleanField("已被替代", default=False)
    # What was paid stays beside a later reckoning of what was found afterwards.
    voucher = models.CharField("支付凭证号", max_length=80, blank=True)
    paid_on = models.DateField("支付日期", null=True, blank=True)
    history = trail(no_index=["retiree", "enterprise", "number"])

    objects = SettlementQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "一次性支付核算"
        constraints = [
            models.UniqueConstraint(
                fields=["retiree"], condition=Q(replaced=False, paid_on=None), name="one_standing_settlement"
            ),
            models.CheckConstraint(
                condition=Q(paid_on=None, voucher="") | (Q(paid_on__isnull=False, replaced=False) & ~Q(voucher="")),
                name="paid_settlement_has_a_voucher",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="settlement_is_no_debt"),
        ]

    def __str__(self):
        return self.number
