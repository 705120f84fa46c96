"""What the service of the retirees costs and who bears it: 阶段支出、分级负担, in the budget of each level (二(一))."""

from decimal import Decimal

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.duties import Duty
from accounts.models import Office
from accounts.models.places import EnterpriseLevel
from accounts.scope import ScopedQuerySet, reach_of
from audit.history import trail
from audit.querysets import AuditedQuerySet
from handover.models import Case, Relocation
from handover.models.cases import CaseQuerySet
from handover.states.cases import RECEIVED
from handover.states.relocations import State as MoveState
from weihai_transfer.lib.fields import new_id

# 四(三): the finance bureau sees to the money; the leading group's office and each area watch what concerns them.
SEES_FUNDING = (Duty.FUNDING, Duty.COORDINATE, Duty.WATCH, Duty.DISTRIBUTE)
# A hundredth of a percent: whole numbers add up to the whole on every engine.
WHOLE = 10_000


class FinanceLevel(models.TextChoices):
    """Whose budget bears a part of the cost."""

    CENTRAL = "central", "中央财政"
    PROVINCE = "province", "省级财政"
    CITY = "city", "市级财政"
    AREA = "area", "区市财政"


class FundingLine(models.TextChoices):
    """From which budget the money comes."""

    STATE_CAPITAL = "2230105", "国有资本经营预算（2230105 国有企业退休人员社会化管理补助支出）"
    GENERAL = "general", "一般公共预算"


class ServiceRate(models.Model):
    """What one person costs in a year from a day on, for the retirees of one level of enterprises, and who bears it."""

    level = models.CharField("企业隶属关系", max_length=10, choices=EnterpriseLevel)
    since = models.DateField("自何日起")
    per_head = models.DecimalField("标准（元/人·年）", max_digits=9, decimal_places=2)
    # The shares in hundredths of a percent, see WHOLE.
    central = models.PositiveSmallIntegerField("中央财政负担（万分之）")
    province = models.PositiveSmallIntegerField("省级财政负担（万分之）")
    city = models.PositiveSmallIntegerField("市级财政负担（万分之）")
    area = models.PositiveSmallIntegerField("区市财政负担（万分之）")
    source = models.CharField("依据", max_length=200)
    history = trail()

    objects = AuditedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "服务经费标准"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["level", "since"], name="one_rate_a_day_and_level"),
            models.CheckConstraint(condition=Q(per_head__gt=0), name="rate_costs_something"),
            models.CheckConstraint(
                condition=Q(central=WHOLE - F("province") - F("city") - F("area")), name="rate_is_borne_wholly"
            ),
            models.CheckConstraint(
                condition=Q(central__gte=0, province__gte=0, city__gte=0, area__gte=0),
                name="nobody_bears_less_than_none",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="rate_has_a_source"),
        ]

    def __str__(self):
        return f"{self.get_level_display()} {self.since} 起"

    def share(self, finance):
        """In hundredths of a percent."""
        return getattr(self, finance)

    def percent(self, finance):
        return Decimal(self.share(finance)) / 100


class FundingQuerySet(ScopedQuerySet):
    """Rows of one's own areas; no enterprise and no street sees them."""

    office = "area"
    enterprise = None
    seen_with = SEES_FUNDING


class FundingEntry(models.Model):
    """One amount of one year for one area by one level of finance. It is never changed and never deleted: what was
    wrong is taken back by an entry of its own, with the same amount below nought."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Office, models.PROTECT, verbose_name="区市", related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    finance = models.CharField("负担级次", max_length=10, choices=FinanceLevel)
    line = models.CharField("预算来源", max_length=8, choices=FundingLine)
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2)
    # Of the entry that it takes back, and why.
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="冲销"
    )
    reason = models.CharField("冲销理由", max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.area} {self.year} 年度 {self.get_finance_display()}"

    @classmethod
    def rules(cls, name):
        return [
            models.CheckConstraint(
                condition=Q(corrects=None, amount__gt=0, reason="")
                | Q(corrects__isnull=False, amount__lt=0) & ~Q(reason=""),
                name=f"{name}_is_taken_back_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(finance__in=FinanceLevel.values), name=f"{name}_level_known"),
            models.CheckConstraint(condition=Q(line__in=FundingLine.values), name=f"{name}_line_known"),
        ]


class FundingBudget(FundingEntry):
    """What one level of finance has put into its budget of a year for an area."""

    document = models.CharField("预算文件", max_length=120)
    history = trail(no_index=["area", "corrects"])

    objects = FundingQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "经费预算"
        default_permissions = ()
        constraints = [
            *FundingEntry.rules("budget"),
            models.CheckConstraint(condition=~Q(document=""), name="budget_has_a_document"),
        ]
        indexes = [models.Index(fields=["year", "area"], name="budget_by_year")]


class FundingPayment(FundingEntry):
    """What one level of finance has paid out to an area for a year."""

    paid_on = models.DateField("拨付日期")
    voucher = models.CharField("凭证号", max_length=60)
    history = trail(no_index=["area", "corrects"])

    objects = FundingQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "经费拨付"
        default_permissions = ()
        constraints = [
            *FundingEntry.rules("payment"),
            models.CheckConstraint(condition=~Q(voucher=""), name="payment_has_a_voucher"),
        ]
        indexes = [models.Index(fields=["year", "area"], name="payment_by_year")]


class FundedQuerySet(CaseQuerySet):
    """People for whom an area bears or bore the service: those whom it has, and those who moved on to another area."""

    office = "area"
    enterprise = None
    seen_with = SEES_FUNDING

    def open_to(self, user, *duties):
        rows, reach = self.filter(state__in=RECEIVED, area__isnull=False), reach_of(user, *duties)
        if reach.everywhere:
            return rows
        left = Relocation.objects.filter(retiree=OuterRef("pk"), state=MoveState.DONE, office__in=reach.offices)
        return rows.filter(Q(area__in=reach.offices) | Exists(left))


class FundedPerson(Case):
    """A person who was received, as those see him who reckon what the service costs: whose he is, and from when to
    when. No contact, no number, no health."""

    objects = FundedQuerySet.as_manager()

    class Meta:
        proxy = True
        base_manager_name = "objects"
        verbose_name = "经费测算人员"
        default_permissions = ()
