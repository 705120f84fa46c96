from django.db import models

from accounts.scope import ScopedQuerySet
from audit.history import trail
from handover.models.cases import Case
from weihai_transfer.lib.fields import new_id


class OutsideReceiptQuerySet(ScopedQuerySet):
    office = "case__office"
    enterprise = "case__enterprise"


class OutsideReceipt(models.Model):
    """The paper by which a place outside the city says that it received the person; the scan lies sealed on disk."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="receipts")
    filename = models.CharField("文件名", max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField("大小")
    sha256 = models.CharField(max_length=64)
    history = trail()

    objects = OutsideReceiptQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.filename
