from django.db import models

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from archives.states import MACHINE, WITH_ARCHIVE, State
from audit.history import trail
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet


class DossierQuerySet(TrackQuerySet):
    seen_with = (Duty.SUBMIT, Duty.ARCHIVES, Duty.COORDINATE, Duty.WATCH, Duty.WATCH_DOSSIERS)

    def in_state(self, *states):
        return self.filter(state__in=states)


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
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="dossier_by_office"),
            models.Index(fields=["enterprise", "state"], name="dossier_by_enterprise"),
        ]

    def __str__(self):
        return str(self.retiree)
