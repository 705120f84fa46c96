from django.db import models

from accounts.models import Enterprise, Office
from audit.history import trail
from handover.models.batches import Batch
from handover.states.cases import (
    MACHINE,
    ON_THE_WAY,
    RECEIVED,
    SEEN_BY_A_RECEIVER,
    SEEN_BY_NO_OFFICE,
    UNDER_A_TERM,
    State,
)
from retirees.codes import ReceiverBasis
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet


class CaseQuerySet(TrackQuerySet):
    def in_state(self, *states):
        return self.filter(state__in=states)


class Case(Track):
    """The hand-over of one retiree's management service; binds the person's other tracks together."""

    machine = MACHINE

    retiree = models.OneToOneField(Retiree, models.PROTECT, primary_key=True, related_name="case")
    # Offices and enterprises are indexed together with the state, below.
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="移交企业", related_name="cases", db_index=False
    )
    # The receiver who may see the case now: an area, then a street or community. Retiree.office always equals it.
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="接收单位", related_name="cases", db_index=False
    )
    area = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="接收区市", related_name="+", db_index=False
    )
    state = models.CharField("状态", max_length=24, choices=State, default=State.DRAFT, editable=False)
    round = models.PositiveSmallIntegerField("上报轮次", default=0)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, verbose_name="批次", related_name="cases")
    submitted_at = models.DateTimeField("最近上报时间", null=True, blank=True)
    accepted_at = models.DateTimeField("接收时间", null=True, blank=True)
    returned_by = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="退回单位", related_name="+", db_index=False
    )
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    basis = models.CharField("接收依据", max_length=12, choices=ReceiverBasis, blank=True)
    outside_place = models.CharField("市外接收单位", max_length=120, blank=True)
    contact_card = models.CharField("联系卡编号", max_length=40, blank=True)
    contacted_on = models.DateField("首次联系日期", null=True, blank=True)
    stock = models.BooleanField("存量人员", default=False)
    # The person's blind index, so that the database itself refuses a second hand-over of one person.
    id_index = models.CharField(max_length=24, editable=False)
    history = trail(no_index=["enterprise", "office", "area", "batch", "returned_by"])

    objects = CaseQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "移交事项"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="case_state_known"),
            models.UniqueConstraint(
                fields=["id_index"], condition=models.Q(state__in=ON_THE_WAY), name="one_open_case_per_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=SEEN_BY_A_RECEIVER) | models.Q(office__isnull=False),
                name="case_on_its_way_has_a_receiver",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=SEEN_BY_NO_OFFICE) | models.Q(office=None),
                name="draft_is_seen_by_no_office",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.SUBMITTED) | models.Q(office=models.F("area")),
                name="submitted_case_lies_with_its_area",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=RECEIVED) | models.Q(accepted_at__isnull=False),
                name="received_case_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.CONTACTED)
                | (~models.Q(contact_card="") & models.Q(contacted_on__isnull=False)),
                name="contacted_case_has_a_card",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.OUTSIDE, State.OUTSIDE_REPORTED]) | ~models.Q(outside_place=""),
                name="outside_case_names_its_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.COMPLETED)
                | models.Q(office__isnull=False)
                | ~models.Q(outside_place=""),
                name="completed_case_is_somewhere",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.RETURNED) | models.Q(returned_by__isnull=False),
                name="returned_case_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="case_by_office"),
            # The first page of an office's whole list, in the order in which people came, and its count.
            models.Index(fields=["office", "retiree"], name="case_in_office_order"),
            models.Index(fields=["enterprise", "state"], name="case_by_enterprise"),
            models.Index(fields=["area", "state"], name="case_by_area"),
            # Who is past his term (deadlines.TERMS), counted by place without looking at the rows.
            models.Index(
                fields=["state", "state_since", "area", "office", "enterprise"],
                condition=models.Q(state__in=UNDER_A_TERM),
                name="case_under_a_term",
            ),
            models.Index(
                fields=["state_since", "area", "office", "enterprise"],
                condition=models.Q(state=State.DRAFT, round__gt=0),
                name="case_to_be_sent_again",
            ),
            models.Index(
                fields=["retiree", "area", "office", "enterprise"],
                condition=models.Q(state=State.DRAFT, round=0, stock=False),
                name="case_to_be_sent_first",
            ),
        ]

    def __str__(self):
        return str(self.retiree)


class Suggestion(models.Model):
    """Where a person's address points; worked out when asked for, never acted on by itself. Not audited: it is
    derived from the person's facts and can be worked out again."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="suggestion")
    area = models.ForeignKey(Office, models.CASCADE, null=True, related_name="+")
    office = models.ForeignKey(Office, models.CASCADE, null=True, related_name="+")
    confidence = models.FloatField("把握")
    words = models.JSONField("依据的词", default=list)
    basis = models.CharField("依据", max_length=12, blank=True)
    outside = models.BooleanField("地址在市外", default=False)
    # A digest of the sealed addresses and of the divisions that it was worked out from: another one means stale.
    worked_from = models.CharField(max_length=64, blank=True, editable=False)

    def __str__(self):
        return f"{self.office or self.area or '未能判断'}"
