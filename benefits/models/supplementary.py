from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import ScopedQuerySet
from audit.history import trail
from retirees.models import Retiree
from tracks.papers import Paper, PaperQuerySet, with_number_once
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.words import yuan

# It stays a matter of the enterprise after the person was received: no office but the city's sees it.
SEEN_WITH = (Duty.SUBMIT, Duty.COORDINATE)


class PlanKind(models.TextChoices):
    SUPPLEMENTARY = "supplementary", "补充医疗保险"
    MUTUAL = "mutual", "医疗互助帮困"


class SupplementaryPlanQuerySet(ScopedQuerySet):
    office = None
    seen_with = SEEN_WITH


class SupplementaryPlan(models.Model):
    """A supplementary medical insurance or mutual aid of an enterprise, which stays with its original channel (二(五))."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="企业", related_name="supplementary_plans")
    kind = models.CharField("种类", max_length=16, choices=PlanKind)
    name = models.CharField("名称", max_length=80)
    channel = models.CharField("解决渠道", max_length=80, blank=True)
    since = models.DateField("实行日期")
    history = trail(no_index=["enterprise"])

    objects = SupplementaryPlanQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "补充医疗保险和医疗互助"
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "kind", "name"], name="supplementary_plan_once"),
            models.CheckConstraint(condition=~Q(name=""), name="supplementary_plan_has_a_name"),
        ]

    def __str__(self):
        return f"{self.name}（{self.enterprise}）"

    @property
    def through(self):
        """Who pays it: the enterprise itself where nobody else is named."""
        return self.channel or self.enterprise.name


class SupplementaryLevelQuerySet(ScopedQuerySet):
    office = None
    enterprise = "plan__enterprise"
    seen_with = SEEN_WITH


class SupplementaryLevel(models.Model):
    """What a plan gives from a day on. A level below the one before needs a decision (services/supplementary.py)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(SupplementaryPlan, models.PROTECT, related_name="levels")
    since = models.DateField("起始日期")
    amount = models.DecimalField("每人每年（元）", max_digits=9, decimal_places=2, null=True, blank=True)
    percent = models.DecimalField("报销比例（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    document = models.CharField("依据文件", max_length=160)
    # By whom, under which number and when it was decided that the level may fall; empty where it does not.
    decided_by = models.CharField("决定单位", max_length=80, blank=True)
    decision_number = models.CharField("决定文号", max_length=80, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    history = trail(no_index=["plan"])

    objects = SupplementaryLevelQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "补充医疗待遇水平"
        constraints = [
            models.UniqueConstraint(fields=["plan", "since"], name="supplementary_level_once_a_day"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | Q(percent__isnull=False), name="supplementary_level_says_something"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="supplementary_amount_above_nothing"
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gt=0, percent__lte=100), name="supplementary_percent_in_range"
            ),
            models.CheckConstraint(
                condition=Q(decided_by="", decision_number="", decided_on=None)
                | (~Q(decided_by="") & ~Q(decision_number="") & Q(decided_on__isnull=False)),
                name="supplementary_decision_is_whole",
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self):
        found = []
        if self.amount is not None:
            found.append(f"每人每年 {yuan(self.amount)}")
        if self.percent is not None:
            # 80 and not 80.00, 85.5 and not 85.50
            found.append(f"报销比例 {self.percent.normalize():f}%")
        return "，".join(found)

    def falls_below(self, before):
        """The measures in which this level is lower than one before it; a measure that is given up counts as lower."""
        pairs = (("每人每年金额", self.amount, before.amount), ("报销比例", self.percent, before.percent))
        return [label for label, new, old in pairs if old is not None and (new is None or new < old)]


class SupplementaryCoverQuerySet(ScopedQuerySet):
    """By the person's own enterprise: a subsidiary sees that the group's plan covers its people."""

    office = None
    enterprise = "retiree__enterprise"
    seen_with = SEEN_WITH

    def standing(self):
        return self.filter(ended_on=None)


class EndOfCover(models.TextChoices):
    DEATH = "death", "去世"
    DECISION = "decision", "依决定终止"


class SupplementaryCover(models.Model):
    """One person covered by a plan. Nothing ends it but a death or a decision; being handed over does not (二(五))."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(SupplementaryPlan, models.PROTECT, related_name="covers")
    retiree = models.ForeignKey(Retiree, models.PROTECT, related_name="supplementary_covers")
    since = models.DateField("起始日期")
    ended_on = models.DateField("终止日期", null=True, blank=True)
    ended_why = models.CharField("终止原因", max_length=12, choices=EndOfCover, blank=True)
    decided_by = models.CharField("决定单位", max_length=80, blank=True)
    decision_number = models.CharField("决定文号", max_length=80, blank=True)
    history = trail(no_index=["plan", "retiree"])

    objects = SupplementaryCoverQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "补充医疗参加人员"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "retiree"], condition=Q(ended_on=None), name="covered_once_by_a_plan"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_why="")
                | Q(ended_on__isnull=False, ended_why=EndOfCover.DEATH)
                | (
                    Q(ended_on__isnull=False, ended_why=EndOfCover.DECISION)
                    & ~Q(decided_by="")
                    & ~Q(decision_number="")
                ),
                name="cover_ends_by_death_or_decision",
            ),
        ]

    def __str__(self):
        return f"{self.retiree.name}（{self.plan.name}）"


class SupplementaryPaperQuerySet(PaperQuerySet):
    office = None
    enterprise = "plan__enterprise"
    seen_with = SEEN_WITH


class SupplementaryPaper(Paper):
    """A paper about a plan: what it rests on, and the decision that let its level fall."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "待遇依据文件"
        DECISION = "decision", "待遇调整决定"

    owner = "plan"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    plan = models.ForeignKey(SupplementaryPlan, models.PROTECT, related_name="papers")
    history = trail()

    objects = SupplementaryPaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "补充医疗文书"
        constraints = [with_number_once("supplementary_paper_number_once")]
