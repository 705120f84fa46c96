from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import Reach, reach_of
from audit.history import trail
from handover.states.relocations import ARRIVING, LEAVING, MACHINE, OPEN, State
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet
from weihai_transfer.lib.fields import SealedField, new_id


class RelocationQuerySet(TrackQuerySet):
    """Seen from both ends: by the office that has the person, and by the new one as long as the row says so."""

    seen_with = (Duty.SUBMIT, Duty.DISTRIBUTE, Duty.RECEIVE, Duty.COORDINATE, Duty.WATCH)

    def open_to(self, user, *duties):
        rows = Q(pk__in=[])
        receiving = reach_of(user, Duty.RECEIVE)
        if LEAVING in duties:
            rows |= Reach(offices=receiving.offices).covers("office", None)
        if ARRIVING in duties:
            rows |= Reach(offices=receiving.offices).covers("seen_by", None)
        if plain := [duty for duty in duties if duty not in (LEAVING, ARRIVING)]:
            reach = reach_of(user, *plain)
            # Everything is said by an empty condition, and that would vanish in an “or”.
            rows = (
                Q() if reach.everywhere else rows | reach.covers("office", "enterprise") | reach.covers("seen_by", None)
            )
        return self.filter(rows)


class Relocation(Track):
    """A person who was accepted moves to another street or community."""

    machine = MACHINE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    retiree = models.ForeignKey(Retiree, models.PROTECT, related_name="relocations")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="移交企业", related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="原单位", related_name="+")
    to_office = models.ForeignKey(Office, models.PROTECT, verbose_name="新单位", related_name="+")
    # The new office while it may see the row: not any more once it has declined a person whom it did not ask for.
    seen_by = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("状态", max_length=12, choices=State, editable=False)
    address = SealedField("新住址")
    note = models.CharField("说明", max_length=500, blank=True)
    history = trail()

    objects = RelocationQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "属地变更"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="relocation_state_known"),
            models.UniqueConstraint(fields=["retiree"], condition=Q(state__in=OPEN), name="one_open_relocation"),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | Q(seen_by=models.F("to_office")), name="open_relocation_seen_by_both"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="relocation_by_office"),
            models.Index(fields=["seen_by", "state"], name="relocation_by_new_office"),
        ]

    def __str__(self):
        return str(self.retiree)
