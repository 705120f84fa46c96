from django.db import models

from accounts.duties import Duty
from audit.history import trail
from benefits.models.settlements import Settlement
from benefits.models.treatments import Treatment
from tracks.papers import Paper, PaperQuerySet, with_number_once


class SettlementPaperQuerySet(PaperQuerySet):
    office = None
    enterprise = "settlement__enterprise"
    seen_with = (Duty.SUBMIT, Duty.COORDINATE)


class SettlementPaper(Paper):
    """A paper about one reckoning: what the retiree is paid once, and the agreement that he signs."""

    class Kind(models.TextChoices):
        RECKONING = "reckoning", "一次性支付核算表"
        AGREEMENT = "agreement", "一次性支付协议书"

    owner = "settlement"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="papers")
    history = trail()

    objects = SettlementPaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "核算文书"
        constraints = [with_number_once("settlement_paper_number_once")]


class TreatmentPaperQuerySet(PaperQuerySet):
    office = "treatment__approver"
    enterprise = "treatment__enterprise"
    seen_with = (Duty.SUBMIT, Duty.APPROVE, Duty.COORDINATE)

    def open_to(self, user, *duties):
        """Whoever the treatment itself is open to: the competent body not before it is asked."""
        return self.filter(treatment__in=Treatment.objects.open_to(user, *duties).order_by())


class TreatmentPaper(Paper):
    """The proof of a treatment, brought as a scan: what the decision table asks for in each of its rows."""

    class Kind(models.TextChoices):
        OPINION = "opinion", "主管部门意见"
        ANNUITY = "annuity", "企业年金备案"
        CLEANING = "cleaning", "清理审核意见"
        PROVISION = "provision", "计提凭证"
        PAYMENT = "payment", "一次性支付凭证"
        APPROVAL = "approval", "批准文件"

    owner = "treatment"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="papers")
    history = trail()

    objects = TreatmentPaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "统筹外费用凭证"
        constraints = [with_number_once("treatment_paper_number_once")]
