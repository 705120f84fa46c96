from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import ScopedQuerySet
from audit.history import trail
from benefits.codes import TIMES_A_YEAR, ItemKind, Period
from retirees.models import Retiree
from weihai_transfer.lib.fields import new_id


class OutOfPoolItemQuerySet(ScopedQuerySet):
    """Money only with the duty that needs it: the enterprise's own, and the city office's."""

    office = None
    seen_with = (Duty.SUBMIT, Duty.COORDINATE)


class OutOfPoolItem(models.Model):
    """统筹外项目: what an enterprise pays one retiree beside the pension, as it was when the document came (二(六))."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    retiree = models.ForeignKey(Retiree, models.PROTECT, verbose_name="退休人员", related_name="out_of_pool")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="发放企业", related_name="+")
    kind = models.CharField("项目", max_length=14, choices=ItemKind)
    name = models.CharField("项目名称", max_length=60, blank=True)
    rate = models.DecimalField("标准（元）", max_digits=11, decimal_places=2)
    period = models.CharField("发放方式", max_length=8, choices=Period)
    times = models.PositiveSmallIntegerField("每年次数", default=0)
    since = models.DateField("开始发放时间")
    basis = models.CharField("发放依据", max_length=200, blank=True)
    payer = models.CharField("发放渠道", max_length=120, blank=True)
    met_old_rules = models.BooleanField("符合原有关规定", default=True)
    lump_agreed = models.BooleanField("协商一致一次性支付", default=False)
    raise_approval = models.CharField("提高标准的批准文号", max_length=60, blank=True)
    history = trail(no_index=["retiree", "enterprise"])

    objects = OutOfPoolItemQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "统筹外项目"
        constraints = [
            models.UniqueConstraint(fields=["retiree", "kind", "name"], name="one_item_of_a_kind_and_name"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="item_has_a_rate"),
            models.CheckConstraint(
                condition=Q(period=Period.FESTIVAL, times__gte=1, times__lte=12)
                | (~Q(period=Period.FESTIVAL) & Q(times=0)),
                name="only_festivals_are_counted",
            ),
        ]

    def __str__(self):
        return self.name or self.get_kind_display()

    @property
    def times_a_year(self):
        """How often it is paid in a year; 0 for what is paid on an event."""
        return self.times or TIMES_A_YEAR.get(self.period, 0)

    @property
    def yearly(self):
        return self.rate * self.times_a_year
