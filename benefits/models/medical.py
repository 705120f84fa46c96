from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from audit.history import trail
from benefits.medical_states import MACHINE, OPEN, WITH_AREA, WITH_DAY, WITH_PLACE, WITH_PLAN, State
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet
from tracks.papers import Paper, PaperQuerySet, with_number_once


class Scheme(models.TextChoices):
    """What insured somebody up to now, where it was not the local fund (domain.md 6)."""

    OWN = "own", "企业自办、封闭运行"
    INDUSTRY = "industry", "行业统筹"
    ELSEWHERE = "elsewhere", "异地参保"
    OTHER = "other", "其他"


class Payer(models.TextChoices):
    ENTERPRISE = "enterprise", "移交企业"
    GROUP = "group", "企业集团"
    AREA = "area", "接收区市"
    SHARED = "shared", "企业和区市分担"
    PERSON = "person", "本人"


class AmountKind(models.TextChoices):
    ONCE = "once", "一次性"
    YEARLY = "yearly", "每年"


# A street sees the state as a label on its case page; the medical-insurance bureau sees this track and no other.
SEEN_WITH = (Duty.SUBMIT, Duty.DISTRIBUTE, Duty.COORDINATE, Duty.WATCH_MEDICAL)


class MedicalTransferQuerySet(TrackQuerySet):
    seen_with = SEEN_WITH

    def unsettled(self):
        return self.filter(state__in=OPEN)


class MedicalTransfer(Track):
    """The medical insurance of a retiree that is not managed locally, on its way into the local fund (二(五))."""

    machine = MACHINE

    retiree = models.OneToOneField(Retiree, models.PROTECT, primary_key=True, related_name="medical_transfer")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="移交企业", related_name="medical_transfers", db_index=False
    )
    # The area that may see the matter now; nobody's until it is proposed.
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="接收区市",
        related_name="medical_transfers",
        db_index=False,
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.TO_SETTLE, editable=False)
    # The term of settling runs from here.
    opened_on = models.DateField("登记日期")
    scheme = models.CharField("原参保方式", max_length=12, choices=Scheme, blank=True)
    amount = models.DecimalField("衔接费用（元）", max_digits=11, decimal_places=2, null=True, blank=True)
    amount_kind = models.CharField("费用方式", max_length=8, choices=AmountKind, blank=True)
    payer = models.CharField("费用承担", max_length=12, choices=Payer, blank=True)
    bureau = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="经办部门", related_name="+", db_index=False
    )
    agreed_on = models.DateField("商定日期", null=True, blank=True)
    contribution_proof_on = models.DateField("缴费年限证明移交日期", null=True, blank=True)
    insurance_proof_on = models.DateField("参保凭证移交日期", null=True, blank=True)
    application_form_on = models.DateField("转移接续申请表移交日期", null=True, blank=True)
    other_document = models.CharField("其他材料", max_length=120, blank=True)
    other_document_on = models.DateField("其他材料移交日期", null=True, blank=True)
    taken_over_on = models.DateField("接续日期", null=True, blank=True)
    insured_place = models.CharField("接续后参保地", max_length=80, blank=True)
    history = trail(no_index=["enterprise", "office", "bureau"])

    objects = MedicalTransferQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "医保衔接"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="medical_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=WITH_AREA, office__isnull=False)
                | Q(state=State.DONE)
                | (~Q(state__in=(*WITH_AREA, State.DONE)) & Q(office=None)),
                name="medical_seen_from_proposal_on",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_PLAN)
                | (
                    Q(amount__isnull=False, amount__gte=0, bureau__isnull=False)
                    & ~Q(scheme="")
                    & ~Q(amount_kind="")
                    & ~Q(payer="")
                ),
                name="proposed_medical_has_a_plan",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_DAY) | Q(agreed_on__isnull=False), name="agreed_medical_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HANDED)
                | Q(contribution_proof_on__isnull=False)
                | Q(insurance_proof_on__isnull=False)
                | Q(application_form_on__isnull=False)
                | Q(other_document_on__isnull=False),
                name="handed_medical_has_a_document",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_PLACE) | (Q(taken_over_on__isnull=False) & ~Q(insured_place="")),
                name="settled_medical_has_a_place",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="medical_by_office"),
            models.Index(fields=["enterprise", "state"], name="medical_by_enterprise"),
        ]

    def __str__(self):
        return str(self.retiree)

    @property
    def settled_outside(self):
        """Without an area: in another city, where no documents go through this one."""
        return self.state == State.OUTSIDE or (self.state == State.DONE and self.office_id is None)

    @property
    def documents(self):
        """(name, the day on which it was handed over or None) of each document that is asked for."""
        return [
            ("缴费年限证明", self.contribution_proof_on),
            ("参保凭证", self.insurance_proof_on),
            ("转移接续申请表", self.application_form_on),
            *([(self.other_document, self.other_document_on)] if self.other_document else []),
        ]


class MedicalPaperQuerySet(PaperQuerySet):
    office = "transfer__office"
    enterprise = "transfer__enterprise"
    seen_with = SEEN_WITH


class MedicalPaper(Paper):
    """A paper about one transfer of medical insurance: the confirmations of both sides, the proofs."""

    class Kind(models.TextChoices):
        LEAVING = "leaving", "医保关系转出确认"
        ARRIVING = "arriving", "医保关系接续确认"
        PROOF = "proof", "缴费年限和参保证明"

    owner = "transfer"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    transfer = models.ForeignKey(MedicalTransfer, models.PROTECT, related_name="papers")
    history = trail()

    objects = MedicalPaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "医保衔接文书"
        constraints = [with_number_once("medical_paper_number_once")]
