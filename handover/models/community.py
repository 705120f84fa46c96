"""What a community does for the people that it has accepted: yearly confirmation, eligibility, services, activities."""

from django.db import models
from django.db.models import F, Q

from accounts.duties import Duty
from accounts.models import Office
from accounts.scope import ScopedQuerySet, reach_of
from audit.history import trail
from retirees.models import Retiree
from weihai_transfer.lib.fields import SealedField, new_id


class ConfirmationWay(models.TextChoices):
    VISIT = "visit", "当面核实"
    PHONE = "phone", "电话核实"
    NEIGHBOUR = "neighbour", "邻居、家属证实"
    DATA = "data", "资格认证数据"


class ConfirmationResult(models.TextChoices):
    """A death is no result: it is recorded as a death, and the person leaves the list."""

    ALIVE = "alive", "健在"
    UNREACHABLE = "unreachable", "联系不上"


class ContactCheck(models.TextChoices):
    CORRECT = "correct", "核对无误"
    CORRECTED = "corrected", "已更正"
    UNCHECKED = "unchecked", "未核对"


class EligibilityWay(models.TextChoices):
    FACE = "face", "人脸识别"
    ON_SITE = "on_site", "现场"
    DATA = "data", "数据比对"
    BY_OTHERS = "by_others", "他人代办"


class EligibilityResult(models.TextChoices):
    PASSED = "passed", "已通过"
    NOT_YET = "not_yet", "未通过"
    STOPPED = "stopped", "已停发待遇"


class ServiceKind(models.TextChoices):
    """服务内容丰富 (三(三)); domain.md 6."""

    VISIT = "visit", "走访"
    PHONE = "phone", "电话"
    HOSPITAL = "hospital", "住院探望"
    FESTIVAL = "festival", "节日慰问"
    HARDSHIP = "hardship", "困难帮扶"
    FUNERAL = "funeral", "丧事协助"
    ADVICE = "advice", "政策咨询"


class ActivityKind(models.TextChoices):
    CULTURE = "culture", "文体活动"
    STUDY = "study", "学习教育"
    HEALTH = "health", "健康服务"
    VOLUNTEER = "volunteer", "志愿服务"
    FESTIVAL = "festival", "节日活动"
    OTHER = "other", "其他"


class OfPersonQuerySet(ScopedQuerySet):
    """Facts of a person go along with him: they are seen by the office that has him now."""

    office = "retiree__office"
    enterprise = None
    seen_with = (Duty.RECEIVE,)


class Confirmation(models.Model):
    """年度核实: once a year the community confirms that a person lives, and how he is reached."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    retiree = models.ForeignKey(Retiree, models.PROTECT, related_name="confirmations")
    year = models.PositiveSmallIntegerField("年度")
    on = models.DateField("核实日期")
    way = models.CharField("核实方式", max_length=10, choices=ConfirmationWay)
    result = models.CharField("核实结果", max_length=12, choices=ConfirmationResult)
    contact = models.CharField("联系信息", max_length=10, choices=ContactCheck, default=ContactCheck.UNCHECKED)
    # Stays with the office that wrote it; the rest goes along with the person.
    note = SealedField("说明")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="核实单位", related_name="+")
    history = trail(no_index=["office"])

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "年度核实"
        constraints = [
            models.UniqueConstraint(fields=["retiree", "year"], name="one_confirmation_a_year"),
            models.CheckConstraint(condition=Q(on__year=F("year")), name="confirmation_in_its_year"),
        ]

    def __str__(self):
        return f"{self.retiree} {self.year}"


class EligibilityCheck(models.Model):
    """资格认证: whether the person proved in a year that his pension goes on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    retiree = models.ForeignKey(Retiree, models.PROTECT, related_name="eligibility_checks")
    year = models.PositiveSmallIntegerField("年度")
    on = models.DateField("认证日期")
    way = models.CharField("认证方式", max_length=10, choices=EligibilityWay)
    result = models.CharField("认证结果", max_length=10, choices=EligibilityResult)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="登记单位", related_name="+")
    history = trail(no_index=["office"])

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "资格认证"
        constraints = [
            models.UniqueConstraint(fields=["retiree", "year"], name="one_eligibility_check_a_year"),
            models.CheckConstraint(condition=Q(on__year=F("year")), name="eligibility_check_in_its_year"),
        ]

    def __str__(self):
        return f"{self.retiree} {self.year}"


class ServiceRecordQuerySet(OfPersonQuerySet):
    """Who was served when goes along with the person; the office that wrote the record keeps it."""

    def open_to(self, user, *duties):
        reach = reach_of(user, *duties)
        return self.filter(reach.covers("office", None) | reach.covers("retiree__office", None))

    def written_by(self, user):
        """Those whose text the user may read."""
        return self.filter(reach_of(user, Duty.RECEIVE).covers("office", None))


class ServiceRecord(models.Model):
    """走访服务记录: a service to one person on one day, in a few words of the office that gave it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    retiree = models.ForeignKey(Retiree, models.PROTECT, related_name="services")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="服务单位", related_name="+")
    on = models.DateField("日期")
    kind = models.CharField("服务种类", max_length=10, choices=ServiceKind)
    text = SealedField("情况")
    history = trail()

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "走访服务记录"
        constraints = [
            models.UniqueConstraint(fields=["retiree", "office", "on", "kind"], name="one_service_of_a_kind_a_day")
        ]
        indexes = [models.Index(fields=["office", "on"], name="service_by_office")]

    def __str__(self):
        return f"{self.retiree} {self.on}"


class ActivityQuerySet(ScopedQuerySet):
    enterprise = None
    seen_with = (Duty.RECEIVE, Duty.DISTRIBUTE, Duty.COORDINATE, Duty.WATCH)


class Activity(models.Model):
    """社区活动: how many took part, without their names."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="组织单位", related_name="activities")
    on = models.DateField("日期")
    title = models.CharField("活动名称", max_length=80)
    kind = models.CharField("活动种类", max_length=10, choices=ActivityKind)
    place = models.CharField("地点", max_length=120, blank=True)
    participants = models.PositiveIntegerField("参加人数")
    history = trail()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "社区活动"

    def __str__(self):
        return self.title
