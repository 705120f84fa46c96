from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import ScopedQuerySet, reach_of
from archives.models import Shipment
from audit.history import trail
from handover.models.agreements import Agreement
from handover.models.assets import Asset
from handover.states.problems import ANSWERING, MACHINE, OPEN, RAISING, WITH_UNIT, State
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet
from weihai_transfer.lib.fields import SealedField, new_id


class ProblemKind(models.TextChoices):
    """What goes wrong (domain.md 1.5)."""

    LIVES_ELSEWHERE = "lives_elsewhere", "人户分离、居住异地"
    CONTACT = "contact", "联系信息有误、失联"
    DUPLICATE = "duplicate", "重复移交、信息冲突"
    DOSSIER_PAPERS = "dossier_papers", "档案材料缺失"
    DOSSIER_LOST = "dossier_lost", "档案遗失、损毁"
    PARTY = "party", "党组织关系难接续"
    ASSETS = "assets", "资产未移交"
    MEDICAL = "medical", "医保衔接"
    BENEFITS = "benefits", "统筹外费用、待遇落实"
    STAFF = "staff", "社区工作力量不足"
    ENTERPRISE = "enterprise", "移交后企业不配合"
    PETITION = "petition", "信访和稳定风险"
    OTHER = "other", "其他"


class About(models.TextChoices):
    """Which matter of the person it is about."""

    PERSON = "person", "本人"
    CASE = "case", "管理服务移交"
    DOSSIER = "dossier", "人事档案"
    MEMBERSHIP = "membership", "党组织关系"
    MEDICAL = "medical", "医保衔接"
    TREATMENT = "treatment", "统筹外费用"


# Whoever works at an end for its people sees what that end raised; what is about the party relation, its party workers.
AT_ENTERPRISE, AT_OFFICE = (Duty.SUBMIT, Duty.SIGN), (Duty.RECEIVE, Duty.DISTRIBUTE, Duty.ARCHIVES)
WORKERS = (*AT_ENTERPRISE, *AT_OFFICE, Duty.PARTY)
SEES_PROBLEMS = (*WORKERS, Duty.ANSWER, Duty.COORDINATE, Duty.WATCH)


class ProblemQuerySet(TrackQuerySet):
    """Seen by those concerned: who raised it, the unit that has it, the city office."""

    seen_with = (RAISING, ANSWERING, Duty.COORDINATE, Duty.WATCH)

    def open_to(self, user, *duties):
        rows = Q(pk__in=[])
        for duty in duties:
            if duty == RAISING:
                rows |= raised_by(user)
            elif duty == ANSWERING:
                rows |= given_to(user)
            elif reach_of(user, duty).everywhere:
                return self.filter()
        return self.filter(rows)

    def still_open(self):
        return self.filter(state__in=OPEN)


def raised_by(user):
    ordinary, party = Q(of_party=False), Q(of_party=True)
    return (
        ordinary & Q(raised_enterprise__in=reach_of(user, *AT_ENTERPRISE).enterprises)
        | ordinary & Q(raised_office__in=reach_of(user, *AT_OFFICE).offices)
        | party & Q(raised_enterprise__in=reach_of(user, Duty.PARTY).enterprises)
        | party & Q(raised_office__in=reach_of(user, Duty.PARTY).offices)
    )


def given_to(user):
    """A member unit, a receiving area or an enterprise, while it has the problem or has answered it."""
    offices = (*reach_of(user, Duty.ANSWER).offices, *reach_of(user, Duty.DISTRIBUTE).offices)
    return Q(unit__in=offices) | Q(unit_enterprise__in=reach_of(user, *AT_ENTERPRISE).enterprises)


class Problem(Track):
    """问题台账: one problem from any office or enterprise, about a person, one of his tracks, an agreement, an asset, a
    shipment, or about none of them."""

    machine = MACHINE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("事由", max_length=80)
    kind = models.CharField("问题类别", max_length=16, choices=ProblemKind)
    text = SealedField("具体情况")
    urgent = models.BooleanField("紧急", default=False)
    raised_office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    raised_enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="+")
    raised_at = models.DateTimeField("提出时间")
    of_party = models.BooleanField("由党务干部提出", default=False)
    retiree = models.ForeignKey(
        Retiree, models.PROTECT, null=True, blank=True, verbose_name="有关人员", related_name="problems"
    )
    about = models.CharField("有关事项", max_length=12, choices=About, blank=True)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, verbose_name="有关协议", related_name="problems"
    )
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, verbose_name="有关资产", related_name="problems"
    )
    shipment = models.ForeignKey(
        Shipment, models.PROTECT, null=True, blank=True, verbose_name="有关档案批次", related_name="problems"
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.RAISED, editable=False)
    unit = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, verbose_name="承办单位", related_name="+")
    unit_enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, verbose_name="承办企业", related_name="+"
    )
    due_on = models.DateField("答复期限", null=True, blank=True)
    round = models.PositiveSmallIntegerField("答复轮次", default=0)
    history = trail(no_index=["retiree", "agreement", "asset", "shipment", "number"])

    objects = ProblemQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "问题"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="problem_state_known"),
            models.CheckConstraint(
                condition=Q(raised_office__isnull=False, raised_enterprise=None)
                | Q(raised_office=None, raised_enterprise__isnull=False),
                name="problem_is_raised_by_one_side",
            ),
            models.CheckConstraint(
                condition=Q(unit=None) | Q(unit_enterprise=None), name="problem_is_given_to_one_unit"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_UNIT)
                | (Q(due_on__isnull=False) & (Q(unit__isnull=False) | Q(unit_enterprise__isnull=False))),
                name="assigned_problem_has_a_unit",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def raised_by(self):
        return self.raised_office or self.raised_enterprise

    @property
    def given_to(self):
        return self.unit or self.unit_enterprise


class ProblemAnswerQuerySet(ScopedQuerySet):
    def open_to(self, user, *duties):
        return self.filter(problem__in=Problem.objects.open_to(user, *duties).values("pk"))

    def visible_to(self, user):
        return self.filter(problem__in=Problem.objects.visible_to(user).values("pk"))


class ProblemAnswer(models.Model):
    """One turn of a problem: an answer of the unit, an objection of the raiser, a word of the leading group."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField("轮次")
    step = models.CharField("办理", max_length=24)
    side = models.CharField("单位", max_length=120)
    text = SealedField("内容")
    at = models.DateTimeField("时间")
    history = trail()

    objects = ProblemAnswerQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "问题答复"
        ordering = ["at"]

    def __str__(self):
        return f"{self.problem} 第 {self.round} 轮"

    @property
    def label(self):
        return MACHINE[self.step].label
