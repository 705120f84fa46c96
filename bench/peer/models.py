"""The same person as an ordinary Django project would model him: plain columns, simple-history beside it."""

from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import Enterprise, Office
from oversight.demo.invented import HEADINGS

DATES = ("参加工作时间", "退休时间", "入党时间", "党费缴至年月")
INDEXED = ("姓名", "联系电话")
FIELDS = {"id_number" if heading == "身份证号" else f"column{place}": heading for place, heading in enumerate(HEADINGS)}


def _field(heading):
    if heading == "身份证号":
        return models.CharField(max_length=18, unique=True)
    if heading in DATES:
        return models.DateField(null=True)
    return models.CharField(max_length=200, blank=True, db_index=heading in INDEXED)


class Base(models.Model):
    class Meta:
        abstract = True


Person = type(
    "Person",
    (Base,),
    {
        "__module__": __name__,
        **{name: _field(heading) for name, heading in FIELDS.items()},
        "history": HistoricalRecords(),
    },
)


class Transfer(models.Model):
    """The same case as an ordinary Django project would model it: the columns of handover.Case, history by signals."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    returned_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=24)
    last_step = models.CharField(max_length=24, blank=True)
    state_since = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=1)
    batch = models.BigIntegerField(null=True)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    returns = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=12, blank=True)
    outside_place = models.CharField(max_length=120, blank=True)
    contact_card = models.CharField(max_length=40, blank=True)
    contacted_on = models.DateField(null=True)
    stock = models.BooleanField(default=False)
    id_index = models.CharField(max_length=24)
    history = HistoricalRecords()

    class Meta:
        indexes = [
            models.Index(fields=["office", "state"], name="transfer_by_office"),
            models.Index(fields=["enterprise", "state"], name="transfer_by_enterprise"),
            models.Index(fields=["area", "state"], name="transfer_by_area"),
        ]

    def __str__(self):
        return str(self.pk)
