"""A void letter, told to the organisation to which it was addressed (domain.md 3.2: 作废并通知接收方)."""

from django.db import models
from django.db.models import Q

from accounts.models import Enterprise, Office
from audit.history import trail
from party.models.letters import Letter
from party.models.scope import PartyScoped
from party.notice_states import MACHINE, State
from tracks.models import Track, TrackQuerySet


class VoidNoticeQuerySet(PartyScoped, TrackQuerySet):
    pass


class VoidNotice(Track):
    """A letter that its addressee must no longer accept 介绍信作废通知.

    The receiver lost sight of the member; the notice names the number of the paper and nobody's name.
    """

    machine = MACHINE

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True, related_name="void_notice")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="转出企业", related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="原转入单位", related_name="+")
    why = models.CharField("作废原因", max_length=40)
    voided_at = models.DateTimeField("作废时间")
    state = models.CharField("状态", max_length=8, choices=State, default=State.TOLD, editable=False)
    history = trail(no_index=["enterprise", "office"])

    objects = VoidNoticeQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "介绍信作废通知"
        constraints = [models.CheckConstraint(condition=Q(state__in=State.values), name="void_notice_state_known")]

    def __str__(self):
        return self.letter.number
