from datetime import timedelta

from django.db import models

from accounts.models import Enterprise, Office
from accounts.scope import ScopedQuerySet
from audit.history import trail
from party.models.memberships import Membership
from party.models.organisations import PartyOrganisation
from party.models.scope import PartyScoped
from weihai_transfer.lib.fields import new_id

LONGEST = 90


class Way(models.TextChoices):
    ONLINE = "online", "网上转接"
    PAPER = "paper", "纸质介绍信"
    PROVINCE = "province", "省外转接"


class LetterQuerySet(PartyScoped, ScopedQuerySet):
    office = "membership__office"

    def standing(self):
        return self.filter(voided_at=None)

    def open(self):
        """Issued, not void, and nobody has said yet that the member arrived."""
        return self.standing().filter(arrived_on=None)

    def expired(self, on):
        """Open letters whose validity was over before the day `on`."""
        return self.open().filter(valid_until__lt=on)

    def awaiting_receipt(self, on, days):
        """Letters whose member arrived more than `days` days before `on` and whose receipt has not come back."""
        return self.standing().filter(arrived_on__lt=on - timedelta(days=days), receipt_on=None)


class Letter(models.Model):
    """One introduction letter 介绍信. A void letter stays, with its number; a member has one standing letter at most."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="letters")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    number = models.CharField("介绍信编号", max_length=40)
    way = models.CharField("转接方式", max_length=8, choices=Way)
    # The number of the transfer in 灯塔-党建在线, which has no paper letter inside the province (domain.md 3.3).
    reference = models.CharField("灯塔转接编号", max_length=40, blank=True)
    # The 基层党委 from which the letter goes and to which it goes, where they are registered.
    sender = models.ForeignKey(
        PartyOrganisation, models.PROTECT, null=True, blank=True, verbose_name="转出党委", related_name="+"
    )
    committee = models.ForeignKey(
        PartyOrganisation, models.PROTECT, null=True, blank=True, verbose_name="转入党委", related_name="+"
    )
    # Whose PARTY duty reads it: nobody of the system when it goes outside the city.
    addressee = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="转入党组织所在单位", related_name="+"
    )
    outside = models.CharField("市外转入党组织", max_length=120, blank=True)
    issued_on = models.DateField("开具日期")
    valid_days = models.PositiveSmallIntegerField("有效期（天）")
    # The last valid day: the day of issue is not counted (民法典 201).
    valid_until = models.DateField("有效期至")
    dues_paid_until = models.DateField("党费交至")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    arrived_on = models.DateField("接收日期", null=True, blank=True)
    late_reason = models.CharField("逾期接收理由", max_length=200, blank=True)
    receipt_on = models.DateField("回执日期", null=True, blank=True)
    receipt_number = models.CharField("回执编号", max_length=40, blank=True)
    receipt_handler = models.CharField("回执经办人", max_length=60, blank=True)
    receipt_phone = models.CharField("回执联系电话", max_length=30, blank=True)
    history = trail(no_index=["enterprise", "addressee", "number", "reference", "sender", "committee"])

    objects = LetterQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "介绍信"
        constraints = [
            # Each enterprise's party organisation numbers its own letters.
            models.UniqueConstraint(fields=["enterprise", "number"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["membership"], condition=models.Q(voided_at=None), name="one_standing_letter"
            ),
            models.CheckConstraint(condition=~models.Q(number=""), name="letter_has_a_number"),
            models.UniqueConstraint(
                fields=["reference"], condition=~models.Q(reference=""), name="letter_reference_once"
            ),
            models.CheckConstraint(
                condition=(models.Q(addressee=None) & ~models.Q(outside=""))
                | models.Q(addressee__isnull=False, outside=""),
                name="letter_goes_to_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_on=None)
                | models.Q(arrived_on__lte=models.F("valid_until"))
                | ~models.Q(late_reason=""),
                name="late_letter_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_days__gte=1, valid_days__lte=LONGEST), name="letter_valid_at_most_90_days"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("issued_on")), name="letter_ends_after_issue"
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_on=None) | models.Q(arrived_on__gte=models.F("issued_on")),
                name="letter_arrives_after_issue",
            ),
            models.CheckConstraint(
                condition=models.Q(receipt_on=None) | models.Q(receipt_on__gte=models.F("arrived_on")),
                name="receipt_comes_after_arrival",
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"], condition=models.Q(voided_at=None, arrived_on=None), name="letter_by_last_day"
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def to_words(self):
        return to_words(self)

    def days_left(self, on):
        """Days of validity after `on`; negative once it is over."""
        return (self.valid_until - on).days


def to_words(letter):
    """To which party organisation a letter, or a version of one, goes."""
    return letter.outside or (letter.committee.name if letter.committee else f"{letter.addressee}党组织")
