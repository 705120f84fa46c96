from django.db import models
from django.db.models import Q

from accounts.scope import ScopedQuerySet
from audit.history import trail
from party.models.memberships import Membership
from party.models.scope import PartyScoped
from weihai_transfer.lib.fields import SealedField, new_id


class SearchWay(models.TextChoices):
    PHONE = "phone", "电话、短信联系"
    VISIT = "visit", "上门走访"
    FAMILY = "family", "向家属亲友了解"
    COMMUNITY = "community", "向社区（村）、邻里了解"
    POLICE = "police", "请公安机关协助查询"
    NOTICE = "notice", "登报或张贴公告"
    OTHER = "other", "其他"


class SearchQuerySet(PartyScoped, ScopedQuerySet):
    office = "membership__office"
    enterprise = "membership__enterprise"


class SearchRecord(models.Model):
    """What was done to find a member who cannot be reached 查找记录; the note names relatives, so it is sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="searches")
    searched_on = models.DateField("查找日期")
    way = models.CharField("查找方式", max_length=10, choices=SearchWay)
    note = SealedField("查找情况")
    history = trail()

    objects = SearchQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "查找记录"
        ordering = ["-searched_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(way__in=SearchWay.values), name="search_way_known")]

    def __str__(self):
        return f"{self.searched_on} {self.get_way_display()}"
