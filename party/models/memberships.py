from datetime import timedelta

from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q

from accounts.models import Enterprise, Office
from audit.history import trail
from party.models.organisations import PartyOrganisation
from party.models.scope import PartyScoped
from party.states import MACHINE, ON_THE_WAY, WITH_RECEIVER, State
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet
from weihai_transfer.lib.fields import SealedField


class MembershipQuerySet(PartyScoped, TrackQuerySet):
    def in_state(self, *states):
        return self.filter(state__in=states)

    def with_letter(self):
        """Each row with its standing letter as `.letter` (None without one) in the same query."""
        standing = FilteredRelation("letters", condition=Q(letters__voided_at=None))
        return self.alias(letter=standing).select_related(
            "letter", "letter__committee", "letter__addressee", "letter__sender"
        )

    def unreachable(self):
        """Recorded as not to be found, whether or not the relation is on its way."""
        return self.filter(Q(state=State.UNREACHABLE) | Q(lost_since__isnull=False))

    def at_risk(self, on, ahead=0):
        """Members on their way who hold no letter that is still valid `ahead` days after `on`: nobody may be lost.

        Said by the absence of a good letter, so that a member without any letter is in it too.
        """
        good = self.model.letters.rel.related_model.objects.filter(
            membership=OuterRef("pk"), voided_at=None, valid_until__gte=on + timedelta(days=ahead)
        )
        return self.filter(~Exists(good), state__in=ON_THE_WAY)


class Membership(Track):
    """A party member's organisational relation on its way to a branch of the community (二(三))."""

    machine = MACHINE
    # Set by with_letter() on the rows that have a standing letter.
    letter = None

    retiree = models.OneToOneField(Retiree, models.PROTECT, primary_key=True, related_name="membership")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="转出企业", related_name="memberships", db_index=False
    )
    # The receiving organisation that may see the member now; nobody until a letter stands. It may be another
    # street than the one that receives the person.
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="转入党组织所在单位",
        related_name="memberships",
        db_index=False,
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.PENDING, editable=False)
    branch = models.ForeignKey(
        PartyOrganisation, models.PROTECT, null=True, blank=True, verbose_name="所在党支部", related_name="members"
    )
    # How the branch was called when the member was placed; of old rows it is all that is known.
    branch_name = models.CharField("所在党支部名称", max_length=120, blank=True)
    placed_on = models.DateField("编入支部日期", null=True, blank=True)
    floating = models.BooleanField("流动党员", default=False)
    floating_to = models.CharField("外出流向", max_length=80, blank=True)
    lost_since = models.DateField("失联时间", null=True, blank=True)
    # Decided by the party organisation and noted here; the system never does it (党员教育管理工作条例 24).
    stopped_on = models.DateField("停止党籍日期", null=True, blank=True)
    papers_complete = models.BooleanField("党员档案材料齐全", null=True, blank=True)
    remark = SealedField("党务备注")
    history = trail(no_index=["enterprise", "office", "branch"])

    objects = MembershipQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "党组织关系"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="membership_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=WITH_RECEIVER, office__isnull=False)
                | (~models.Q(state__in=WITH_RECEIVER) & models.Q(office=None)),
                name="membership_seen_while_letter_stands",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.PLACED)
                | (~models.Q(branch_name="") & models.Q(placed_on__isnull=False)),
                name="placed_member_has_a_branch",
            ),
            models.CheckConstraint(
                condition=models.Q(floating=True) | models.Q(floating_to=""), name="floating_member_goes_somewhere"
            ),
            models.CheckConstraint(
                condition=models.Q(stopped_on=None) | models.Q(lost_since__isnull=False),
                name="stopped_member_was_lost_before",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="membership_by_office"),
            models.Index(fields=["enterprise", "state"], name="membership_by_enterprise"),
        ]

    def __str__(self):
        return str(self.retiree)

    @property
    def id(self):
        """Of the person: what the sealed remark is bound to."""
        return self.pk
