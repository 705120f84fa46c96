from decimal import Decimal

from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import reach_of
from archives.fee_states import MACHINE, WITH_AMOUNT, State
from audit.history import trail
from tracks.models import Track, TrackQuerySet
from weihai_transfer.lib.fields import new_id


class FeeScoped:
    """Money only with the duty that needs it; a fee hangs on an enterprise, an archive institution and an assessor."""

    assessor = "assessor"
    seen_with = (Duty.SUBMIT, Duty.ARCHIVES, Duty.ASSESS, Duty.COORDINATE)

    def open_to(self, user, *duties):
        rows = Q(pk__in=[])
        for duty in duties:
            reach = reach_of(user, duty)
            if reach.everywhere:
                return self.filter()
            rows |= reach.covers(self.assessor if duty == Duty.ASSESS else self.office, self.enterprise)
        return self.filter(rows)


class FilingFeeQuerySet(FeeScoped, TrackQuerySet):
    """Fees of one's own enterprise, archive institution or assessing body."""


class FilingFee(Track):
    """What an enterprise pays an archive institution, once, for putting dossiers in order and digitising them."""

    machine = MACHINE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("编号", max_length=40, unique=True)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="移交企业", related_name="filing_fees")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="档案管理机构", related_name="filing_fees")
    assessor = models.ForeignKey(Office, models.PROTECT, verbose_name="评估机构", related_name="+")
    state = models.CharField("状态", max_length=14, choices=State, default=State.REQUESTED, editable=False)
    note = models.CharField("说明", max_length=300, blank=True)
    count = models.PositiveIntegerField("卷数", null=True, blank=True)
    unit_price = models.DecimalField("单价（元/卷）", max_digits=9, decimal_places=2, null=True, blank=True)
    report_number = models.CharField("评估报告编号", max_length=60, blank=True)
    assessed_on = models.DateField("评估日期", null=True, blank=True)
    voucher = models.CharField("支付凭证号", max_length=60, blank=True)
    paid_on = models.DateField("支付日期", null=True, blank=True)
    history = trail(no_index=["enterprise", "office", "assessor", "number"])

    objects = FilingFeeQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "档案整理费"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="fee_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_AMOUNT)
                | (
                    Q(
                        count__gt=0,
                        count__isnull=False,
                        unit_price__gt=0,
                        unit_price__isnull=False,
                        assessed_on__isnull=False,
                    )
                    & ~Q(report_number="")
                ),
                name="assessed_fee_has_an_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.PAID, State.ACKNOWLEDGED)) | (~Q(voucher="") & Q(paid_on__isnull=False)),
                name="paid_fee_has_a_voucher",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def amount(self):
        """Decimal, never a float; None before the assessment."""
        if self.count is None or self.unit_price is None:
            return None
        return (Decimal(self.count) * self.unit_price).quantize(Decimal("0.01"))
