from django.conf import settings
from django.db import models

from accounts.models import Office
from weihai_transfer.lib.fields import new_id


class BulkState(models.TextChoices):
    CHOSEN = "chosen", "待确认"
    RUNNING = "running", "正在办理"
    DONE = "done", "已办理"


class BulkSelectionQuerySet(models.QuerySet):
    """A selection belongs to the person who made it, and to nobody else."""

    def visible_to(self, user):
        return self.filter(user=user)


class BulkSelection(models.Model):
    """People chosen for one step, frozen at the moment of choosing: what is confirmed is what was looked at. Not
    audited: it holds ids only, and each step that is taken from it is an operation of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # The post in which the user chose: a job acts in the same one.
    post = models.CharField(max_length=80, blank=True)
    step = models.CharField(max_length=24)
    ids = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)
    back = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.CHOSEN)

    reason_code = models.CharField(max_length=24, blank=True)
    reason = models.TextField(blank=True)
    target = models.ForeignKey(Office, models.SET_NULL, null=True, related_name="+")
    values = models.JSONField(default=dict)

    # {"moved": [ids], "refused": {id: sentence}, "batches": [[id, number]]}, grown chunk by chunk with the cases.
    outcome = models.JSONField(default=dict)
    worker = models.CharField(max_length=60, blank=True)
    heartbeat = models.DateTimeField(null=True)

    objects = BulkSelectionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="bulk_selection_of_user")]

    def __str__(self):
        return f"{self.step}（{len(self.ids)} 人）"

    @property
    def moved(self):
        return self.outcome.get("moved", [])

    @property
    def refused(self):
        return self.outcome.get("refused", {})

    @property
    def batches(self):
        return self.outcome.get("batches", [])

    @property
    def done(self):
        return len(self.moved) + len(self.refused)

    @property
    def total(self):
        return len(self.ids)

    @property
    def percent(self):
        return self.done * 100 // self.total if self.total else 100
