from django.db import models

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from archives.models.shipments import Shipment
from archives.states import MACHINE, MAY_BE_PACKED, WITH_ARCHIVE, State
from audit.history import trail
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet


class DossierQuerySet(TrackQuerySet):
    seen_with = (Duty.SUBMIT, Duty.ARCHIVES, Duty.COORDINATE, Duty.WATCH, Duty.WATCH_DOSSIERS)

    def in_state(self, *states):
        return self.filter(state__in=states)

    def packed(self):
        """In a shipment that has not been sent."""
        return self.filter(state=State.READY, shipment__isnull=False)

    def unpacked(self):
        return self.filter(state=State.READY, shipment=None)


class Dossier(Track):
    """A retiree's personnel dossier on its way to the archive institution of the receiving area (二(四))."""

    machine = MACHINE

    retiree = models.OneToOneField(Retiree, models.PROTECT, primary_key=True, related_name="dossier")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="移交企业", related_name="dossiers", db_index=False
    )
    # The archive institution that may see the dossier now; nobody's until it is sent.
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="接收机构", related_name="dossiers", db_index=False
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.PREPARING, editable=False)
    volumes = models.PositiveSmallIntegerField("册数", null=True, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    place = models.CharField("移交前存放地", max_length=120, blank=True)
    number = models.CharField("档案编号", max_length=60, blank=True)
    shelf = models.CharField("架位", max_length=60, blank=True)
    retention = models.CharField("保管期限", max_length=20, blank=True)
    # What stands in the column 备注 of the official list; of a person's health or hardship nothing belongs here.
    remark = models.CharField("目录备注", max_length=200, blank=True)
    condition = models.CharField("核收时卷况", max_length=200, blank=True)
    # The shipment in which it is packed, travels or came, and its line on that shipment's list.
    shipment = models.ForeignKey(
        Shipment,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="档案批次",
        related_name="dossiers",
        db_index=False,
    )
    line = models.PositiveSmallIntegerField("批次内序号", null=True, blank=True)
    # Digitised is a fact with two counts, not a state (GB/T 33870-2017): images made, and pages counted while doing so.
    digitised_on = models.DateField("数字化日期", null=True, blank=True)
    images = models.PositiveIntegerField("图像数", null=True, blank=True)
    pages_counted = models.PositiveIntegerField("数字化清点页数", null=True, blank=True)
    history = trail(no_index=["enterprise", "office"])

    objects = DossierQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "人事档案"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="dossier_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=WITH_ARCHIVE, office__isnull=False)
                | (~models.Q(state__in=WITH_ARCHIVE) & models.Q(office=None)),
                name="dossier_seen_from_sending_on",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.SHELVED) | (~models.Q(number="") & ~models.Q(shelf="")),
                name="shelved_dossier_has_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(shipment=None, line=None)
                | models.Q(shipment__isnull=False, line__isnull=False, state__in=MAY_BE_PACKED),
                name="packed_dossier_has_a_line",
            ),
            models.UniqueConstraint(fields=["shipment", "line"], name="one_dossier_on_a_line"),
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="dossier_by_office"),
            models.Index(fields=["enterprise", "state"], name="dossier_by_enterprise"),
        ]

    def __str__(self):
        return str(self.retiree)

    @property
    def check_number(self):
        """What the barcode says: nothing about the person."""
        return self.shipment.check_number(self.line) if self.shipment_id else ""

    @property
    def digital_faults(self):
        """Counts of the digitisation that differ from the registered pages, as sentences."""
        said = (("图像数", self.images), ("数字化清点页数", self.pages_counted))
        return [
            f"{label} {count:,} 与登记页数 {self.pages:,} 不一致，请核对原件。"
            for label, count in said
            if count is not None and self.pages is not None and count != self.pages
        ]
