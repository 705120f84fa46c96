from django.db import models

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from archives.shipment_states import MACHINE, WITH_ARCHIVE, State
from audit.history import trail
from tracks.models import Track, TrackQuerySet
from weihai_transfer.lib.check_numbers import check_number
from weihai_transfer.lib.fields import SealedField, new_id

LARGEST = 9_999


class Way(models.TextChoices):
    PEOPLE = "people", "两名专人移交"
    CONFIDENTIAL = "confidential", "机要通信"


class ShipmentQuerySet(TrackQuerySet):
    seen_with = (Duty.SUBMIT, Duty.ARCHIVES, Duty.COORDINATE, Duty.WATCH, Duty.WATCH_DOSSIERS)


class Shipment(Track):
    """Dossiers of one enterprise that travel together to one archive institution, with named carriers and a seal."""

    machine = MACHINE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("批次号", max_length=40, unique=True)
    # Counts the shipments to one archive institution: the beginning of its dossiers' check numbers.
    serial = models.PositiveIntegerField("馆内序号")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="移交企业", related_name="shipments", db_index=False
    )
    addressee = models.ForeignKey(Office, models.PROTECT, verbose_name="接收机构", related_name="+", db_index=False)
    # The archive institution that may see the shipment now; nobody's until it is sent.
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="shipments", db_index=False, editable=False
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.PACKING, editable=False)
    way = models.CharField("移交方式", max_length=12, choices=Way, default=Way.PEOPLE)
    carrier = models.CharField("移交人", max_length=60, blank=True)
    carrier_unit = models.CharField("移交人单位", max_length=120, blank=True)
    carrier_phone = SealedField("移交人电话")
    second_carrier = models.CharField("第二名移交人", max_length=60, blank=True)
    second_unit = models.CharField("第二名移交人单位", max_length=120, blank=True)
    second_phone = SealedField("第二名移交人电话")
    seal_number = models.CharField("封签号", max_length=60, blank=True)
    planned_on = models.DateField("计划移交日期", null=True, blank=True)
    sent_on = models.DateField("移交日期", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    # The highest line number that was given; none is given twice, because labels may have been printed.
    lines = models.PositiveSmallIntegerField(default=0, editable=False)
    # What was sent and what became of it, as both sides signed it.
    sent = models.PositiveIntegerField("移交卷数", null=True, blank=True)
    received = models.PositiveIntegerField("核收卷数", null=True, blank=True)
    missing = models.PositiveIntegerField("未见卷数", null=True, blank=True)
    returned = models.PositiveIntegerField("退回卷数", null=True, blank=True)
    signed_on = models.DateField("签收日期", null=True, blank=True)
    signed_by = models.CharField("签收人", max_length=60, blank=True)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by = models.CharField("确认人", max_length=60, blank=True)
    history = trail(no_index=["enterprise", "addressee", "office", "number"])

    objects = ShipmentQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "档案批次"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="shipment_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=WITH_ARCHIVE, office__isnull=False, sent_on__isnull=False)
                | (~models.Q(state__in=WITH_ARCHIVE) & models.Q(office=None)),
                name="shipment_seen_from_sending_on",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=WITH_ARCHIVE) | (~models.Q(carrier="") & ~models.Q(seal_number="")),
                name="sent_shipment_has_carrier_and_seal",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=(State.SIGNED, State.RECEIPTED))
                | (models.Q(signed_on__isnull=False) & ~models.Q(signed_by="")),
                name="signed_shipment_names_who",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.RECEIPTED)
                | (models.Q(confirmed_on__isnull=False) & ~models.Q(confirmed_by="")),
                name="receipted_shipment_names_who",
            ),
            models.UniqueConstraint(fields=["addressee", "serial"], name="shipment_serial_once"),
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="shipment_by_office"),
            models.Index(fields=["enterprise", "state"], name="shipment_by_enterprise"),
        ]

    def __str__(self):
        return self.number

    def check_number(self, line):
        return check_number(self.serial, line)
