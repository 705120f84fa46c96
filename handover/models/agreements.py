from django.db import models
from django.db.models import F, Q

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import Reach, ScopedQuerySet, reach_of
from audit.history import trail
from handover.states.agreements import (
    AREA,
    AREA_SIGNS,
    BOTH_SIGNED,
    ENTERPRISE,
    GROUP_SIGNS,
    MACHINE,
    OPEN,
    WITH_AREA,
    State,
)
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet
from weihai_transfer.lib.fields import new_id

BUSINESS = (Duty.SUBMIT, Duty.SIGN, Duty.DISTRIBUTE, Duty.COORDINATE, Duty.WATCH)


class TwoSided:
    """A duty of the machine may say at which end SIGN must be held: nobody answers his own proposal."""

    seen_with = BUSINESS

    def open_to(self, user, *duties):
        held = reach_of(user, Duty.SIGN)
        rows = Q(pk__in=[])
        if GROUP_SIGNS in duties:
            rows |= Reach(enterprises=held.enterprises).covers(None, self.enterprise)
        if AREA_SIGNS in duties:
            # Whoever reaches everything still stands only for an area that the plan was laid before.
            at_offices = Reach(everywhere=held.everywhere, offices=held.offices)
            rows |= Q(**{f"{self.office}__isnull": False}) & at_offices.covers(self.office, None)
        if plain := [duty for duty in duties if duty not in (GROUP_SIGNS, AREA_SIGNS)]:
            reach = reach_of(user, *plain)
            # Everything is said by an empty condition, and that would vanish in an “or”.
            rows = Q() if reach.everywhere else rows | reach.covers(self.office, self.enterprise)
        return self.filter(rows)


class AgreementQuerySet(TwoSided, TrackQuerySet):
    # Party workers find here the roster of members that was frozen with it; it names nobody but in its annexes.
    seen_with = (*BUSINESS, Duty.PARTY, Duty.WATCH_PARTY)

    def in_state(self, *states):
        return self.filter(state__in=states)


class Agreement(Track):
    """What an enterprise group and a receiving area agree about the stock (三(二)): a plan, then two signatures."""

    machine = MACHINE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("协议编号", max_length=60, unique=True)
    version = models.PositiveSmallIntegerField("版本", default=1)
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="替代的协议", related_name="amended_by"
    )
    # The root of its tree: the highest enterprise in the city is the counterpart (四(二)).
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="移交企业", related_name="agreements")
    area = models.ForeignKey(Office, models.PROTECT, verbose_name="接收区市", related_name="+")
    # The area from the day on which the plan was laid before it; nobody's before.
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="agreements")
    state = models.CharField("状态", max_length=24, choices=State, default=State.DRAFT, editable=False)

    people = models.PositiveIntegerField("移交人数", null=True, blank=True)
    members = models.PositiveIntegerField("其中党员", null=True, blank=True)
    dossiers = models.PositiveIntegerField("人事档案（份）", null=True, blank=True)
    dossier_volumes = models.PositiveIntegerField("档案册数", null=True, blank=True)
    assets = models.PositiveIntegerField("资产（项）", null=True, blank=True)
    assets_area = models.DecimalField("资产面积（㎡）", max_digits=14, decimal_places=2, null=True, blank=True)
    assets_value = models.DecimalField("资产原值（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    # [{"until": "2026-12-31", "work": "…", "side": "both"}]
    timetable = models.JSONField("进度安排", default=list, blank=True)
    contingency = models.TextField("应急预案", blank=True)
    fees = models.TextField("费用约定", blank=True)
    filled_at = models.DateTimeField("最近按数据更新时间", null=True, blank=True)

    agreed_at = models.DateTimeField("商定时间", null=True, blank=True)
    enterprise_signed_on = models.DateField("企业方签订日期", null=True, blank=True)
    enterprise_signer = models.CharField("企业方签字人", max_length=60, blank=True)
    enterprise_signer_title = models.CharField("企业方签字人职务", max_length=60, blank=True)
    area_signed_on = models.DateField("接收方签订日期", null=True, blank=True)
    area_signer = models.CharField("接收方签字人", max_length=60, blank=True)
    area_signer_title = models.CharField("接收方签字人职务", max_length=60, blank=True)
    history = trail()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "移交协议"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="agreement_state_known"),
            models.CheckConstraint(
                condition=Q(office=None, state__in=[State.DRAFT, State.ENDED])
                | Q(office=F("area"), state__in=[*WITH_AREA, State.ENDED]),
                name="agreement_seen_from_proposing_on",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BOTH_SIGNED)
                | Q(enterprise_signed_on__isnull=False, area_signed_on__isnull=False),
                name="signed_agreement_says_when",
            ),
            models.UniqueConstraint(fields=["enterprise", "area", "version"], name="one_agreement_a_version"),
            models.UniqueConstraint(
                fields=["enterprise", "area"],
                condition=Q(state__in=OPEN),
                name="one_agreement_in_the_making",
            ),
            models.UniqueConstraint(
                fields=["enterprise", "area"], condition=Q(state=State.SIGNED), name="one_agreement_in_force"
            ),
        ]

    def __str__(self):
        return f"{self.number}（{self.enterprise}—{self.area}）"

    @property
    def signed_on(self):
        """The day of the second signature; None until then."""
        both = (self.enterprise_signed_on, self.area_signed_on)
        return max(both) if all(both) else None

    def signature_of(self, side):
        return {name: getattr(self, f"{side}_{name}") for name in ("signed_on", "signer", "signer_title")}


class OfAgreement(TwoSided):
    """Rows that are seen by the two sides of their agreement."""

    office = "agreement__office"
    enterprise = "agreement__enterprise"


class OfAgreementQuerySet(OfAgreement, ScopedQuerySet):
    pass


SIDE_LABELS = ((ENTERPRISE, "移交企业"), (AREA, "接收方"))


class AgreementRound(models.Model):
    """One turn of the negotiation: what one side laid before the other, with the plan as it stood then."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("轮次")
    side = models.CharField("哪一方", max_length=12, choices=SIDE_LABELS)
    step = models.CharField(max_length=24)
    text = models.TextField("意见", blank=True)
    plan = models.JSONField(default=dict)
    at = models.DateTimeField("时间")
    by = models.CharField("经办人", max_length=120)
    history = trail()

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "协商轮次"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_round_a_number")]

    def __str__(self):
        return f"{self.agreement} 第 {self.number} 轮"


class AgreementPerson(models.Model):
    """One of the people whom an agreement covers, frozen on the day of the second signature."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="covered", db_index=False)
    retiree = models.ForeignKey(Retiree, models.PROTECT, related_name="agreements")
    history = trail(no_index=["agreement"])

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "协议人员"
        constraints = [models.UniqueConstraint(fields=["agreement", "retiree"], name="one_person_an_agreement")]

    def __str__(self):
        return str(self.retiree)
