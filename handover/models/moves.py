from django.db import models
from django.db.models import Q

from accounts.models import Enterprise, Office
from audit.history import trail
from handover.models.relocations import Relocation
from handover.states.moves import MACHINE, State
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet
from weihai_transfer.lib.fields import new_id


class MoveNotice(Track):
    """An accepted person moved: to another office (`relocation`), or out of the city; the former enterprise is told.

    The places are kept as words: the enterprise is told where to, and sees no office's rows for that.
    """

    machine = MACHINE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    retiree = models.ForeignKey(Retiree, models.PROTECT, related_name="move_notices")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="原企业", related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="现管理单位", related_name="+")
    relocation = models.OneToOneField(Relocation, models.PROTECT, null=True, blank=True, related_name="notice")
    moved_on = models.DateField("迁移日期")
    moved_from = models.CharField("迁出地", max_length=160)
    moved_to = models.CharField("迁入地", max_length=160)
    state = models.CharField("状态", max_length=24, choices=State, editable=False)
    history = trail(no_index=["relocation"])

    objects = TrackQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "迁移告知"
        constraints = [models.CheckConstraint(condition=Q(state__in=State.values), name="move_notice_state_known")]

    def __str__(self):
        return str(self.retiree)
