"""How many people are due for the hand-over: a number that is frozen, and what has changed in it since (design 12)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import ScopedQuerySet, holds, reach_of
from audit.history import trail
from handover.models import Case
from handover.models.cases import CaseQuerySet

# The heads of both sides see how their own number came about; the leading group's office sees everything.
SEES_BASELINE = (Duty.SUBMIT, Duty.SIGN, Duty.DISTRIBUTE, Duty.COORDINATE, Duty.WATCH)


class ChangeKind(models.TextChoices):
    """Why somebody came into the number or left it. The codes of those who left by 核销 are its reason codes."""

    FOUND_LATER = "found_later", "后续摸排发现"
    FOUND_OTHER = "found_other", "其他增加"
    DIED = "died", "移交前已去世"
    OUT_OF_SCOPE = "out_of_scope", "不属于移交范围"
    DUPLICATE = "duplicate", "重复登记"
    MANAGED_ALREADY = "managed_already", "已实行社会化管理"
    OTHER = "other", "其他核销"
    WITHDRAWN = "withdrawn", "花名册撤回"


ENTERING = (ChangeKind.FOUND_LATER, ChangeKind.FOUND_OTHER)
OF_CLOSED = (
    ChangeKind.DIED,
    ChangeKind.OUT_OF_SCOPE,
    ChangeKind.DUPLICATE,
    ChangeKind.MANAGED_ALREADY,
    ChangeKind.OTHER,
)


class BaselineQuerySet(ScopedQuerySet):
    """A baseline hangs on nothing: whoever may see how many people are due may know when it was frozen, and from what."""

    office = None
    enterprise = None
    seen_with = SEES_BASELINE

    def open_to(self, user, *duties):
        return self.all() if holds(user, *duties) else self.none()

    def in_force(self):
        return self.filter(in_force=True).first()


class Baseline(models.Model):
    """应移交人数 as it was frozen at one moment. The one in force is what every change is reckoned from."""

    frozen_at = models.DateTimeField("冻结时间")
    source = models.CharField("依据", max_length=200)
    # Of a later baseline: why the one before it no longer serves.
    reason = models.CharField("重新冻结的理由", max_length=200, blank=True)
    in_force = models.BooleanField("现行", default=True)
    history = trail()

    objects = BaselineQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "应移交基线"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["in_force"], condition=Q(in_force=True), name="one_baseline_in_force"),
            models.CheckConstraint(condition=~Q(source=""), name="baseline_has_a_source"),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.frozen_at):%Y-%m-%d} 应移交基线"


class BaselinePersonQuerySet(ScopedQuerySet):
    """People of one's own area or enterprise, as they were then."""

    office = "area"
    enterprise = "enterprise"
    seen_with = SEES_BASELINE


class BaselinePerson(models.Model):
    """One person who counted at that moment, with the enterprise and the area that he counted for."""

    baseline = models.ForeignKey(Baseline, models.PROTECT, verbose_name="基线", related_name="people", db_index=False)
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        verbose_name="人员",
        related_name="baseline_rows",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="移交企业", related_name="+", db_index=False
    )
    area = models.ForeignKey(
        Office, models.PROTECT, verbose_name="接收区市", related_name="+", null=True, blank=True, db_index=False
    )
    history = trail(no_index=["baseline", "case", "enterprise", "area"])

    objects = BaselinePersonQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "基线人员"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["baseline", "case"], name="counted_once_in_a_baseline"),
            # The person may be gone with a withdrawn roster (no constraint holds him); whose row this was stays known.
            # Null is allowed only so that joins to the case are left joins.
            models.CheckConstraint(condition=Q(case__isnull=False), name="baseline_row_is_somebodys"),
        ]
        indexes = [
            models.Index(fields=["case"], name="baseline_row_by_person"),
            models.Index(fields=["baseline", "enterprise"], name="baseline_by_enterprise"),
            models.Index(fields=["baseline", "area"], name="baseline_by_area"),
        ]

    def __str__(self):
        return f"基线人员 {self.pk}"


SEES_CHANGES = (Duty.COORDINATE, Duty.WATCH)


class CityOnly(ScopedQuerySet):
    """A reason may name anybody of the city: for its office alone."""

    office = None
    enterprise = None
    seen_with = SEES_CHANGES


class BaselineChange(models.Model):
    """A change of the number that the leading group's office has recorded: why, on what grounds, about whom."""

    baseline = models.ForeignKey(Baseline, models.PROTECT, verbose_name="基线", related_name="changes")
    kind = models.CharField("变动类别", max_length=16, choices=ChangeKind)
    reason = models.CharField("理由", max_length=500)
    at = models.DateTimeField("登记时间")
    by = models.CharField("登记人", max_length=120)
    history = trail(no_index=["baseline"])

    objects = CityOnly.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "应移交变动"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="baseline_change_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="baseline_change_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}（{timezone.localtime(self.at):%Y-%m-%d}）"


class ChangedPerson(models.Model):
    """One person whom a recorded change names. Who came later and left again has one row for each."""

    change = models.ForeignKey(BaselineChange, models.PROTECT, verbose_name="应移交变动", related_name="people")
    baseline = models.ForeignKey(Baseline, models.PROTECT, verbose_name="基线", related_name="+", db_index=False)
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        verbose_name="人员",
        related_name="baseline_changes",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    entering = models.BooleanField("计入")
    history = trail(no_index=["change", "baseline", "case"])

    objects = CityOnly.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "变动人员"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["baseline", "case", "entering"], name="changed_once_each_way"),
            models.CheckConstraint(condition=Q(case__isnull=False), name="changed_row_is_somebodys"),
        ]
        indexes = [models.Index(fields=["case"], name="changed_row_by_person")]

    def __str__(self):
        return f"变动人员 {self.pk}"


class DuePersonQuerySet(CaseQuerySet):
    """People who are or were due for one's own area or enterprise: those of today, and those of the baseline in force."""

    office = "area"
    enterprise = "enterprise"
    seen_with = SEES_BASELINE

    def open_to(self, user, *duties):
        reach = reach_of(user, *duties)
        if reach.everywhere:
            return self.all()
        then = QuerySet(BaselinePerson).filter(case=OuterRef("pk"), baseline__in_force=True)
        return self.filter(reach.covers("area", "enterprise") | Exists(then.filter(reach.covers("area", "enterprise"))))


class DuePerson(Case):
    """A person as he counts in the number: of which enterprise and area, then and now, and why he left it. An area keeps
    the line of somebody who is no longer its own, without his name."""

    objects = DuePersonQuerySet.as_manager()

    class Meta:
        proxy = True
        base_manager_name = "objects"
        verbose_name = "应移交人员"
        default_permissions = ()
