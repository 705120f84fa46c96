"""What every track has. No tables here: a concrete track adds its state, its receiver and its history."""

from django.db import models
from django.utils import timezone

from accounts.scope import ScopedQuerySet


class TrackQuerySet(ScopedQuerySet):
    def waiting_for(self, side):
        """Rows in which it is this side's turn to act."""
        return self.filter(state__in=self.model.machine.states_where_acts(side))


class Track(models.Model):
    """One matter on its way from enterprise to office. Only tracks.advance writes these columns."""

    machine = None

    last_step = models.CharField("最近一步", max_length=24, blank=True, editable=False)
    state_since = models.DateTimeField("进入本状态时间", default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def side(self):
        return self.machine.sides[self.state]
