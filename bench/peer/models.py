"""The same person as an ordinary Django project would model him: plain columns, simple-history beside it."""

from django.db import models
from simple_history.models import HistoricalRecords

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
