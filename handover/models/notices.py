from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import ScopedQuerySet, reach_of
from audit.history import trail
from handover.states.cases import State as CaseState
from handover.states.notices import ADDRESSED, MACHINE, State
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet
from weihai_transfer.lib.fields import new_id

AT_ENTERPRISE, AT_AREA = (Duty.SUBMIT, Duty.SIGN), (Duty.DISTRIBUTE,)
SEES_NOTICES = (*AT_ENTERPRISE, *AT_AREA, Duty.COORDINATE, Duty.WATCH)


class NoticeQuerySet(TrackQuerySet):
    """Seen by the area or enterprise that it goes to, and by the city office."""

    seen_with = (ADDRESSED, Duty.COORDINATE, Duty.WATCH)

    def open_to(self, user, *duties):
        rows = Q(pk__in=[])
        for duty in duties:
            if duty == ADDRESSED:
                rows |= Q(area__in=reach_of(user, *AT_AREA).offices)
                rows |= Q(enterprise__in=reach_of(user, *AT_ENTERPRISE).enterprises)
            elif reach_of(user, duty).everywhere:
                return self.filter()
        return self.filter(rows)


class Notice(Track):
    """督办: what the city office asks an area or an enterprise to do by a day."""

    machine = MACHINE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("事由", max_length=80)
    text = models.CharField("要求", max_length=1000)
    area = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, verbose_name="督办区市", related_name="+")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, verbose_name="督办企业", related_name="+"
    )
    due_on = models.DateField("答复期限")
    state = models.CharField("状态", max_length=12, choices=State, default=State.ISSUED, editable=False)
    reply = models.CharField("答复内容", max_length=2000, blank=True)
    history = trail(no_index=["area", "enterprise", "number"])

    objects = NoticeQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "督办"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="notice_state_known"),
            models.CheckConstraint(
                condition=Q(area__isnull=False, enterprise=None) | Q(area=None, enterprise__isnull=False),
                name="notice_goes_to_one_side",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.REPLIED, State.CLOSED)) | ~Q(reply=""), name="replied_notice_has_a_reply"
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def addressee(self):
        return self.area or self.enterprise


class NoticePersonQuerySet(ScopedQuerySet):
    def open_to(self, user, *duties):
        return self.filter(notice__in=Notice.objects.open_to(user, *duties).values("pk"))

    def visible_to(self, user):
        return self.filter(notice__in=Notice.objects.visible_to(user).values("pk"))


class NoticePerson(models.Model):
    """Somebody whose case was overdue when the notice was made, with how it stood then."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="people")
    retiree = models.ForeignKey(Retiree, models.PROTECT, related_name="+")
    state = models.CharField("当时状态", max_length=24, choices=CaseState)
    days_late = models.PositiveIntegerField("当时逾期（工作日）")
    history = trail(no_index=["notice", "retiree"])

    objects = NoticePersonQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "督办人员"
        constraints = [models.UniqueConstraint(fields=["notice", "retiree"], name="one_person_once_in_a_notice")]

    def __str__(self):
        return f"{self.notice} {self.retiree}"
