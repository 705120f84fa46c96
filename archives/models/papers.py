from django.db import models

from accounts.duties import Duty
from archives.models.dossiers import Dossier, DossierQuerySet
from archives.models.fees import FeeScoped, FilingFee
from archives.models.shipments import Shipment
from audit.history import trail
from tracks.papers import Paper, PaperQuerySet, with_number_once


class ShipmentPaperQuerySet(PaperQuerySet):
    office = "shipment__office"
    enterprise = "shipment__enterprise"
    # The lists name everybody in them; who only watches the track has no need of them.
    seen_with = (Duty.SUBMIT, Duty.ARCHIVES)


class ShipmentPaper(Paper):
    """A paper about one shipment: its list with receipt, its notice."""

    class Kind(models.TextChoices):
        INVENTORY = "inventory", "档案移交清册"
        NOTICE = "notice", "人事档案转递通知单"

    owner = "shipment"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="papers")
    history = trail()

    objects = ShipmentPaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "档案批次文书"
        constraints = [with_number_once("shipment_paper_number_once")]


class DossierPaperQuerySet(PaperQuerySet):
    office = "dossier__office"
    enterprise = "dossier__enterprise"
    seen_with = DossierQuerySet.seen_with


class DossierPaper(Paper):
    """A paper about one dossier: the statement of what is missing, the documents of a leader."""

    class Kind(models.TextChoices):
        MISSING = "missing", "缺件说明"
        LEADER = "leader", "领导人员任免文件"

    owner = "dossier"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    history = trail()

    objects = DossierPaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "档案文书"
        constraints = [with_number_once("dossier_paper_number_once")]


class FeePaperQuerySet(FeeScoped, PaperQuerySet):
    office = "fee__office"
    enterprise = "fee__enterprise"
    assessor = "fee__assessor"


class FeePaper(Paper):
    """A paper about one filing fee: report, confirmation, voucher."""

    class Kind(models.TextChoices):
        REPORT = "report", "评估报告"
        CONFIRMATION = "confirmation", "费用确认书"
        VOUCHER = "voucher", "支付凭证"

    owner = "fee"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    fee = models.ForeignKey(FilingFee, models.PROTECT, related_name="papers")
    history = trail()

    objects = FeePaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "费用文书"
        constraints = [with_number_once("fee_paper_number_once")]
