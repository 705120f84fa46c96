from django.db import models

from accounts.models import Enterprise, Office
from audit.history import trail
from handover.states.deaths import MACHINE, State
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet


class DeathNotice(Track):
    """A death that one side recorded and the other side has to take note of: payments and services must stop."""

    machine = MACHINE

    retiree = models.OneToOneField(Retiree, models.PROTECT, primary_key=True, related_name="death_notice")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    died_on = models.DateField("死亡日期")
    state = models.CharField("状态", max_length=24, choices=State, editable=False)
    history = trail()

    objects = TrackQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="death_notice_state_known")
        ]

    def __str__(self):
        return str(self.retiree)
